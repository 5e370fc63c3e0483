"""What every engine must answer: made-up people, questions of them, and today's own answers.

An engine's test calls `hold` with a function that puts people where the engine is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from analytics.clustered_intervals import Members
from analytics.percentiles import PERCENTILES
from data.records.cells import Cells
from data.records.engines.bands import EngineCells, engine_cells
from data.records.engines.copying import copy_records
from data.records.engines.duckdb_engine import DuckDbEngine
from data.records.engines.protocol import Engine
from data.records.engines.records import EngineRecords
from data.records.engines.snapshots import superseded
from data.records.engines.sql_text import Asked
from data.records.engines.table import FIELDS, NOT_STATED, RecordTable
from data.records.intervals import cell_bands
from data.records.origins import Origins
from data.records.question import RecordQuery
from data.records.snapshots import read_snapshots
from data.records.spellings import Spellings
from queries import run
from tests.data.records.demo_store import Person
from tests.examples import examples

HOSTILE = ["'; drop table pay_record; --", "a ? b", "$1", "\\", '"', "%", "x\ty", "{0}"]
TABLE = RecordTable("pay_record", {name: name for name in FIELDS}, hundredths=True)
#: Fewer people than a run of the store has, and more ties: what a percentile trips over.
PEOPLE = st.lists(
    st.builds(
        Person,
        organisation=st.sampled_from([f"O{k}" for k in range(7)] + ["Brücke", "brücke ", "花火"]),
        function=st.sampled_from(["Sales", "sales", "Häuser & Co"]),
        focus=st.sampled_from(["Field", *HOSTILE]),
        level=st.sampled_from(["P1", "P2"]),
        place=st.sampled_from(["Zürich", "東京"]),
        base=st.sampled_from([0, 1, 5_000_000, 5_000_050, 10**11]) | st.integers(0, 10**9),
        variable=st.none() | st.sampled_from([0, -(10**6)]) | st.integers(-(10**6), 10**7),
        equity=st.none() | st.integers(0, 10**7),
        size=st.sampled_from([None, "1-50", "51-200"]),
        title=st.sampled_from([None, "CSM", "csm"]),
        overtime=st.none() | st.integers(0, 10**7),
        department=st.sampled_from([None, "North"]),
        tenure=st.sampled_from([None, "0 to 1 years"]),
        currency=st.sampled_from(["USD", "USD", "USD", "EUR"]),
        effective_date=st.sampled_from([date(2025, 5, 1), date(2026, 1, 1)]),
    ),
    min_size=80,
    max_size=160,
)
#: Questions that share one set of people: 200 in four, half of what `examples` says. A failure
#: does not make them smaller: it names the question, and an engine that is asked a thousand
#: more takes minutes.
ASKED_TOGETHER = settings(
    examples(8, HealthCheck.function_scoped_fixture), phases=(Phase.explicit, Phase.generate)
)
MANY = st.tuples(PEOPLE, st.deferred(lambda: st.lists(QUESTIONS, min_size=50, max_size=50)))
_VALUES = {
    "focus": ["Field", HOSTILE[0], "none"],
    "level": ["P1"],
    "place": ["東京"],
    "organisation": ["O1", "O2", "Brücke"],
    "size": ["not stated", "1-50"],
    "title": ["CSM"],
}
QUESTIONS = st.builds(
    RecordQuery,
    currency=st.sampled_from(["USD", "EUR"]),
    element=st.sampled_from(["base", "target_cash", "total_comp", "overtime"]),
    by=st.lists(
        st.sampled_from(["level", "place", "function", "focus", "title", "size", "tenure", "year"]),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(tuple),
    where=st.lists(
        st.sampled_from(list(_VALUES)).flatmap(
            lambda name: st.tuples(
                st.just(name),
                st.lists(st.sampled_from(_VALUES[name]), max_size=2, unique=True).map(tuple),
            )
        ),
        max_size=2,
    ).map(tuple),
    since=st.sampled_from(["", "2025-06-01"]),
    until=st.sampled_from(["", "2025-12-31"]),
    percentiles=st.sampled_from([PERCENTILES] * 4 + [(0.5,), tuple(k / 20 for k in range(1, 20))]),
    snapshots=st.sampled_from(["latest", "all"]),
    interval=st.sampled_from(["market", "people"]),
)

#: Two snapshots of O1, names in two spellings, ties, cells of one, missing and negative pay.
PEOPLE_TO_COPY = [
    Person(
        organisation=("O1", "O2", "Brücke", "brücke ", "花火", "O6")[k % 6],
        function=("Sales", "sales", "Customer Success")[k % 3],
        focus=("Field", "'; drop table x; --")[k % 2],
        level=("P1", "P2", "P10")[k % 3],
        place=("Zürich", "東京", "Boston")[k // 7 % 3],
        base=100 * (90_000 + 500 * (k % 23)) + (50 if k % 11 == 0 else 0),
        variable=None if k % 5 == 0 else 100 * (k % 7 - 1),
        equity=None if k % 4 == 0 else 10_000 * (k % 3),
        overtime=k if k % 9 == 0 else None,
        title=("CSM", "csm", None)[k % 3],
        size=None if k % 2 else "1-50",
        effective_date=date(2025, 5, 1) if k % 6 == 0 and k < 60 else date(2026, 1, 1),
    )
    for k in range(240)
]


def arrow(people: Sequence[Person]) -> pa.Table:
    """People as a table with the columns of the store's."""
    types = dict.fromkeys(("base", "variable", "equity", "overtime"), pa.int64())
    columns = {
        name: pa.array(
            [getattr(p, name) for p in people],
            types.get(name, None if name == "effective_date" else pa.string()),
        )
        for name in Person._fields
    }
    return pa.table(columns)


def own_store(people: Sequence[Person]) -> duckdb.DuckDBPyConnection:
    """A connection with the two tables that today's own answers come from."""
    con = duckdb.connect(config={"threads": 1})
    con.register("people", arrow(people))
    con.execute(
        "create table pay_record as select 1 as load, * from people; "
        "create table import_log as select 1 as load, 'records' as kind, 'active' as state"
    )
    return con


def hold(
    put: Callable[[Sequence[Person]], Engine],
    people: Sequence[Person],
    questions: Sequence[RecordQuery],
) -> None:
    """Raise `AssertionError` where the engine answers any question otherwise than the store."""
    con, records = own_store(people), EngineRecords(put(people), TABLE)
    spellings = Spellings.of(run(con, "record_words"))
    assert set(records.spellings.joined) == set(spellings.joined)
    stored = cache(lambda *key: read_snapshots(con, *key[:3], by_year=key[3]))
    for query in questions:
        snapshots = stored(query.currency, query.since, query.until, "year" in query.by)
        left_out = superseded(snapshots, query)
        assert set(superseded(records.snapshots(query), query)) == set(left_out)
        found = engine_cells(records.engine, Asked(query, TABLE, spellings, left_out))
        _hold_alike(query, found, _cells(people, query, spellings, set(left_out)))


def hold_copy(put: Callable[[Sequence[Person]], Engine], folder: Path) -> None:
    """Raise `AssertionError` where the copy of an engine's records is not DuckDB's to the byte."""
    engines = put(PEOPLE_TO_COPY), DuckDbEngine(own_store(PEOPLE_TO_COPY), "DuckDB")
    copies = [
        copy_records(EngineRecords(engine, TABLE), folder / f"{i}.duckdb")
        for i, engine in enumerate(engines)
    ]
    theirs, ours = (
        {
            file.name: file.read_bytes()
            for file in (copy.folder / "records.sorted" / copy.facts.identity).iterdir()
            if not file.name.startswith("manifest")
        }
        for copy in copies
    )
    assert theirs == ours
    assert copies[0].index.spellings == copies[1].index.spellings


def _cells(
    people: Sequence[Person],
    query: RecordQuery,
    spellings: Spellings,
    left_out: set[tuple[str, str, str]],
) -> Cells:
    """The cells of a question, gathered in plain Python."""
    wanted = {name: set(spellings.names(name, values)) for name, values in query.filters.items()}
    gathered: dict[tuple[str, ...], list[tuple[int, str, int]]] = {}
    for person in people:
        day = person.effective_date.isoformat()
        pay = person.pay(query.element)
        passes = all(_value(person, name) in values for name, values in wanted.items())
        passes &= (query.since or day) <= day <= (query.until or day)
        if pay is None or not passes or (person.organisation, person.function, day) in left_out:
            continue
        label = tuple(spellings.label(name, _value(person, name)) for name in query.by)
        payer = spellings.label("organisation", person.organisation)
        days = (person.effective_date - date(1970, 1, 1)).days
        gathered.setdefault(label, []).append((pay, payer, days))
    return _as_cells({label: sorted(gathered[label]) for label in sorted(gathered)})


def _as_cells(gathered: Mapping[tuple[str, ...], Sequence[tuple[int, str, int]]]) -> Cells:
    names = [sorted({payer for _, payer, _ in rows}) for rows in gathered.values()]
    firsts = np.cumsum([0, *map(len, names)])
    cells = zip(gathered.values(), names, firsts.tolist(), strict=False)
    clusters = [first + n.index(payer) for rows, n, first in cells for _, payer, _ in rows]
    pay = np.array([pay for rows in gathered.values() for pay, _, _ in rows], np.int64)
    starts = np.cumsum([0, *map(len, gathered.values())])
    days = [[day for _, _, day in rows] for rows in gathered.values()]
    return Cells(
        labels=list(gathered),
        organizations=np.diff(firsts),
        cents_per_unit=1,
        origins=Origins(
            [(0,)] * len(days), np.array([min(d) for d in days]), np.array([max(d) for d in days])
        ),
        pay=pay,
        starts=starts,
        members_of=Members(pay, np.array(clusters, np.int64), starts, firsts).part,
    )


def _value(person: Person, name: str) -> str:
    return (
        str(person.effective_date.year) if name == "year" else getattr(person, name) or NOT_STATED
    )


def _hold_alike(query: RecordQuery, found: EngineCells, cells: Cells) -> None:
    bands, missing = cell_bands(cells, query)
    assert found.summary.labels == cells.labels
    assert found.bands.n.tolist() == bands.n.tolist()
    assert found.summary.organizations.tolist() == cells.organizations.tolist()
    assert found.summary.origins.first.tolist() == cells.origins.first.tolist()
    assert found.summary.origins.last.tolist() == cells.origins.last.tolist()
    assert found.missing == missing
    for name in ("values", "lows", "highs"):
        figures, expected = getattr(found.bands, name), getattr(bands, name)
        # A thousandth of a cent; of ten thousand million, a float's last digits are as large.
        assert np.allclose(figures, expected, rtol=1e-14, atol=1e-3, equal_nan=True), (query, name)
