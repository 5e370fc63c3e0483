"""What was last published of the pay records: written once, and read by those who ask."""

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.errors import InputError
from analytics.percentiles import PERCENTILES
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units
from data.records.bands import PayRecords
from data.records.lattice import ALL, FUNCTION, everybody_among, shape_of
from data.records.lattice_figures import lattice_figures
from data.records.lattice_labels import label_dimensions, labels_by_query
from data.records.ordering import ladder_order, read_ladder, sort_key
from data.records.publication import COLUMNS, payers, people_to_publish
from data.records.question import DIMENSIONS, RecordQuery
from data.store.acting import acting_user
from data.store.connection import transaction
from queries import run

_BANDS, _WHEN, _FROM = "published_band", "publication", "published_from"
#: Tables that a store for others has no row in.
_OF_THE_TEAM = (
    *("import_log", "taxonomy_file", "title_correction", "saved_work", "imported_occupation"),
    *("imported_wage", "imported_survey", "pay_record", "employee"),
    *("pay_range", "pay_range_step", "ladder_request", _FROM),
)


def publish(con: duckdb.DuckDBPyConnection, records: PayRecords) -> int:
    """Make the lattice of the active records what others see; returns how many cells it has.

    Blocks of which too few people changed since the last publication stay as they were.
    Raises `InputError` where nothing may be shown.
    """
    with transaction(con):
        previous = con.execute(f"select * from {_FROM}").df()[COLUMNS]
        people, blocks = people_to_publish(con, records.index, previous)
        if people.empty:
            raise InputError(
                "nothing can be published: no block of the pay records has people enough"
            )
        bands = lattice_figures(people, blocks, records.provenance.columns)
        for name, table in ((_FROM, people), (_BANDS, bands)):
            con.execute(f"delete from {name}")
            con.register("rows", table)
            con.execute(f"insert into {name} by name select * from rows")
            con.unregister("rows")
        con.execute(f"delete from {_WHEN}")
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        con.execute(
            f"insert into {_WHEN} values (?, ?, ?)", [now, acting_user(), payers(people)[1]]
        )
    return len(bands)


def read_publication(con: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """All that others may be given of it: the cells, when, and the sources that they name."""
    bands = con.execute(f"select * from {_BANDS} order by position").df()
    when = con.execute(f"select * replace ('not shown' as published_by) from {_WHEN}").df()
    sources = con.execute(
        "select * replace ('not shown' as sample_size, 'not shown' as population) from source "
        "where source in (select unnest(string_split(source, ', ')) from "
        f"(select distinct source from {_BANDS}))"
    ).df()
    return {_BANDS: bands, _WHEN: when, "source": sources}


def write_publication(con: duckdb.DuckDBPyConnection, tables: dict[str, pd.DataFrame]) -> None:
    """Put what `read_publication` gave into a store that has nothing else of the team."""
    for name, table in tables.items():
        con.register("rows", table)
        con.execute(f"insert into {name} by name select * from rows")
        con.unregister("rows")


def is_published(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything was published of the pay records of this store, or into it."""
    known = con.execute(
        "select count(*) from duckdb_tables() where table_name = ?", [_BANDS]
    ).fetchone()
    return bool(known and known[0]) and not run(con, "publication").empty


def is_of_one_organization(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether what was published is of one organization."""
    return bool(run(con, "publication").one_organisation.any())


def is_of_demo_data(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether any cell that was published is of made-up records."""
    return bool(run(con, "published_bands").status.str.contains("demo").any())


def published_table(con: duckdb.DuckDBPyConnection, query: RecordQuery) -> pd.DataFrame:
    """The cells that a question in aggregate mode looks at, as they were published.

    Columns are as in `record_band_table`. Raises `InputError` for a question that the
    lattice has no cells for.
    """
    query = query.checked()
    shape = shape_of(query.by, query.chosen)
    table = _cells_of(con, query, shape)
    for name, values in query.chosen.items():
        table = table[table[name].isin(values)]
    labels = labels_by_query(
        list(table[list(label_dimensions(query))].itertuples(index=False, name=None)), query
    )
    if query.by == FUNCTION and not query.chosen and len(labels) > 1:
        table = pd.concat([table, _cells_of(con, query, ALL)], ignore_index=True)
        names = [label[0] for label in labels]
        labels += [(everybody_among(names),)] * (len(table) - len(labels))
    order = ladder_order(read_ladder(con), labels, query.by)
    named = {name: [label[j] for label in labels] for j, name in enumerate(query.by)}
    rest = table.drop(columns=["position", "shape", *DIMENSIONS[:4]]).reset_index(drop=True)
    whole = pd.concat([pd.DataFrame(named, index=rest.index), rest], axis=1)
    units = {
        **texts(*query.by, "interval_of", "organisations"),
        **PROVENANCE,
        **percentile_units(PERCENTILES),
    }
    return with_units(whole.take(order).reset_index(drop=True), units)


def published_values(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """What the published cells can be narrowed by; dimensions that they don't have are empty."""
    bands, ladder = run(con, "published_bands"), read_ladder(con)

    def in_order(name: str) -> list[str]:
        return sorted(set(bands[name].dropna()), key=lambda value: sort_key(ladder, name, value))

    values = {name: in_order(name) for name in ("currency", *DIMENSIONS[:4])}
    return {**values, **{name: [] for name in (*DIMENSIONS[4:], "date")}}


def published_elements(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The pay elements that any published cell shows."""
    bands = run(con, "published_bands")
    return frozenset(bands.pay_basis[bands.p50.notna()])


def _cells_of(
    con: duckdb.DuckDBPyConnection, query: RecordQuery, shape: Sequence[str]
) -> pd.DataFrame:
    """The published cells of a shape, of the currency and pay element of a question."""
    bands = run(con, "published_bands")
    chosen = (
        (bands["shape"] == " ".join(shape))
        & (bands.currency == query.currency)
        & (bands.pay_basis == query.element)
    )
    return bands[chosen].reset_index(drop=True)


def holds_nothing_else(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a store has what was published, and no row of the team's own."""
    if not is_published(con):
        return False
    rows = con.execute(" union all ".join(f"select 1 from {name}" for name in _OF_THE_TEAM))
    return rows.fetchone() is None
