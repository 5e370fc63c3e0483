"""What is published of the pay records: the lattice, kept between loads, in a store of its own."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.errors import InputError
from data.build.published_store import write_published_store
from data.records.bands import PayRecords, record_band_table
from data.records.pivot_audit import HELD_BACK
from data.records.published import (
    holds_nothing_else,
    is_published,
    publish,
    published_table,
    published_values,
)
from data.records.question import RecordQuery
from data.store.connection import open_to_read
from data.store.migrations import prepare_team_tables
from tests.data.records.demo_store import Person, replace_records
from tests.data.records.test_disclosure import population

LEVELS = RecordQuery("USD", mode="aggregate")
QUESTIONS = [
    RecordQuery("USD", element, by, where, mode="aggregate")
    for element in ("base", "target_cash", "total_comp", "overtime")
    for by, where in (
        (("level",), ()),
        (("function",), ()),
        (("focus", "level"), ()),
        (("level",), (("focus", ("Field",)),)),
        (("place", "level"), (("focus", ("Field",)),)),
        (("place",), (("focus", ("Field",)), ("level", ("P2",)))),
    )
]


def published(own, tmp_path, people) -> pd.DataFrame:
    """The levels after a load of these people and a publication."""
    replace_records(own, people)
    prepare_team_tables(own)
    publish(own, PayRecords.open(own, tmp_path / "mine.duckdb"))
    return published_table(own, LEVELS)


def raised(people: list[Person], count: int, **changes: int) -> list[Person]:
    """The people, of whom the first few have other pay."""
    return [
        person._replace(**{part: getattr(person, part) + more for part, more in changes.items()})
        if i < count
        else person
        for i, person in enumerate(people)
    ]


def twelve(level: str = "P1", place: str = "Boston") -> list[Person]:
    return [
        Person(organisation=f"O{i}", level=level, place=place, base=100 * (60_000 + 2_000 * i))
        for i in range(12)
    ]


@pytest.mark.parametrize("organizations", [60, 1])
def test_a_first_publication_is_what_the_owner_was_shown(own, tmp_path, organizations):
    people = population(700, seed=3)
    some = [p._replace(variable=None) if i % 7 == 0 else p for i, p in enumerate(people)]
    people = [p._replace(equity=None) if i % 5 == 0 else p for i, p in enumerate(some)]
    if organizations == 1:
        people = [p._replace(organisation="Acme") for p in people]
    published(own, tmp_path, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    rows = 0
    for question in QUESTIONS:
        shown = record_band_table(own, records, question)
        kept = published_table(own, question)
        alike = (kept.note != HELD_BACK).to_numpy()  # the owner is shown what is asked for alone
        assert alike.sum() > 0.6 * len(alike)
        pd.testing.assert_frame_equal(
            shown[alike], kept.loc[alike, shown.columns], check_dtype=False, check_exact=True
        )
        rows += int(shown.p50.notna().sum())
    assert rows > 60


@pytest.mark.parametrize(
    ("changed", "changes", "new"),
    [
        (0, {"base": 1_000_000}, False),
        (1, {"base": 1_000_000}, False),
        (4, {"base": 1_000_000}, False),
        (5, {"base": 1_000_000}, True),
        (12, {"base": 1_000_000}, True),
        (4, {"variable": 1_000_000}, False),
        (4, {"equity": 1_000_000}, False),
    ],
)
def test_a_figure_changes_only_when_five_people_of_a_block_did(
    own, tmp_path, changed, changes, new
):
    before = published(own, tmp_path, twelve())
    after = published(own, tmp_path, raised(twelve(), changed, **changes))
    assert (before.p25.tolist() != after.p25.tolist()) == new
    if not new:
        assert before.drop(columns="source").equals(after.drop(columns="source"))


def test_changes_add_up_until_five_people_changed(own, tmp_path):
    first = published(own, tmp_path, twelve())
    assert published(own, tmp_path, raised(twelve(), 3, base=1_000_000)).p25.equals(first.p25)
    assert not published(own, tmp_path, raised(twelve(), 5, base=1_000_000)).p25.equals(first.p25)


def test_one_persons_equity_keeps_the_whole_block_while_others_are_raised(own, tmp_path):
    first = published(own, tmp_path, twelve())
    people = raised(raised(twelve(), 12, base=1_000_000), 1, equity=5_000_000)
    assert published(own, tmp_path, people).p50.equals(first.p50)


def test_a_union_is_of_its_blocks_as_they_are_published(own, tmp_path):
    """A level of a block that stays and of one that is new can't give the first away."""
    boston, chicago = twelve(), twelve(place="Chicago")
    published(own, tmp_path, [*boston, *chicago])
    together = published(
        own, tmp_path, [*raised(boston, 4, base=90_000_000), *raised(chicago, 12, base=1_000_000)]
    )
    boston_as_before = published_table_of_new(
        own, tmp_path, [*boston, *raised(chicago, 12, base=1_000_000)]
    )
    assert together.p50.tolist() == boston_as_before.p50.tolist()
    assert together.p90.tolist() == boston_as_before.p90.tolist()


def published_table_of_new(own, tmp_path, people) -> pd.DataFrame:
    """The levels as a first publication of these people."""
    own.execute("delete from published_from")
    return published(own, tmp_path, people)


@pytest.mark.parametrize(("joining", "new"), [(1, False), (4, False), (5, True)])
def test_newcomers_are_seen_from_five_on(own, tmp_path, joining, new):
    first = published(own, tmp_path, twelve())
    more = [Person(organisation=f"N{i}", base=100 * 200_000) for i in range(joining)]
    assert (not published(own, tmp_path, [*twelve(), *more]).p50.equals(first.p50)) == new


def test_a_place_stays_in_the_block_that_it_was_published_in(own, tmp_path):
    chicago = [Person(organisation=f"O{i}", place="Chicago") for i in range(3)]
    denver = [Person(organisation=f"O{i}", place="Denver") for i in range(3, 6)]
    by_place = RecordQuery(
        "USD", by=("place",), where=(("focus", ("Field",)), ("level", ("P1",))), mode="aggregate"
    )
    published(own, tmp_path, [*twelve(), *chicago, *denver])
    assert published_table(own, by_place).query("p50.notna()").place.tolist() == [
        "Boston",
        "Other places",
    ]
    grown = [Person(organisation=f"O{i}", place="Chicago") for i in range(8)]
    published(own, tmp_path, [*twelve(), *grown, *denver])
    shown = published_table(own, by_place).query("p50.notna()")
    assert shown.place.tolist() == ["Boston", "Other places"]
    assert shown.n.tolist() == ["10–19", "10–19"]


def test_a_block_that_too_few_are_left_of_is_held_back_with_a_reason(own, tmp_path):
    published(own, tmp_path, [*twelve(), *twelve("P2")])
    table = published(own, tmp_path, [*twelve(), *twelve("P2")[:3]])
    rows = {row["level"]: row for row in table.to_dict("records")}
    assert rows["P2"]["note"] == "fewer than 5 organizations; held back"
    assert pd.isna(rows["P2"]["p50"])


def test_the_store_for_others_has_the_lattice_and_nothing_else(own, tmp_path):
    secret = "Quarzwerk-Zwiesel"
    people = [
        person._replace(organisation=f"{secret} {person.organisation}", title=f"{secret} title")
        for person in [*twelve(), *twelve("P2", "Chicago")]
    ]
    table = published(own, tmp_path, people)
    logged = []
    path = write_published_store(own, tmp_path / "public", logged.append)
    assert logged == [path.read_bytes()]
    assert secret.encode() not in path.read_bytes()
    assert sorted(entry.name for entry in path.parent.iterdir()) == [path.name]
    con = open_to_read(path)
    team = ("import_log", "pay_record", "employee", "pay_range", "imported_survey", "saved_work",
            "title_correction", "published_from", "taxonomy_file")  # fmt: skip
    rows = {name: con.execute(f"select count(*) from {name}").fetchone() for name in team}
    assert rows == dict.fromkeys(team, (0,))
    assert holds_nothing_else(con)
    assert not holds_nothing_else(own)
    assert published_table(con, LEVELS).equals(table)
    assert published_values(con)["level"] == ["P1", "P2"]
    own_sources = con.execute(
        "select sample_size, population from source where source like 'own-load-%'"
    ).fetchall()
    assert own_sources == [("not shown", "not shown")]
    con.close()


def test_nothing_is_published_where_nobody_may_be_shown(own, tmp_path):
    replace_records(own, twelve()[:3])
    prepare_team_tables(own)
    with pytest.raises(InputError, match="no block of the pay records has people enough"):
        publish(own, PayRecords.open(own, tmp_path / "mine.duckdb"))
    assert not is_published(own)


def test_a_union_that_is_not_published_is_refused(own, tmp_path):
    published(own, tmp_path, twelve())
    with pytest.raises(InputError, match="others see fixed cells alone"):
        published_table(own, replace(LEVELS, by=("place",)))
