"""Small cells: nothing that others may see gives one person's pay away.

The audit assumes the worst case: an observer who knows everybody's cell, and the
exact sum of pay of each cell that is shown under every filter. (What is published
is far less: rounded percentiles and size bands.) A person is identified where their
pay alone follows from these sums by any linear combination, or where two cells
differ by that one person.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import numpy as np
import pytest

from analytics.errors import InputError
from data.records.bands import PayRecords, record_band_table
from data.records.disclosure import disclosure_blocks
from data.records.index import INDEX_ORDER, SortedIndex
from data.records.question import RecordQuery
from data.records.verify import index_problems
from tests.data.records.demo_store import Person, replace_records

PLACES = ["Boston", "Chicago", "Denver", "Austin", "Miami"]
LEVELS = ["P1", "P2", "P3", "P4", "M3", "M4"]
FOCUSES = ["Field", "Inside", "Channel", "Success"]
#: Every choice of places and of focuses, with each level alone and with neighboring levels.
FILTERS = list(
    product(
        [c for n in range(1, 6) for c in combinations(PLACES, n)],
        [*((level,) for level in LEVELS), tuple(LEVELS[:3]), tuple(LEVELS[3:]), tuple(LEVELS)],
        [c for n in range(1, 5) for c in combinations(FOCUSES, n)],
    )
)

#: The blocks of one focus and level.
BY_PLACE = RecordQuery(
    "USD", by=("place",), where=(("focus", ("Field",)), ("level", ("P1",))), mode="aggregate"
)


def population(people: int = 1_500, seed: int = 6) -> list[Person]:
    """People of sixty organizations, most of them in small cells."""
    draw = np.random.default_rng(seed)
    weights = 1 / np.arange(1, 61)
    return [
        Person(
            organisation=f"O{draw.choice(60, p=weights / weights.sum())}",
            function="Sales",
            focus=FOCUSES[min(draw.geometric(0.45) - 1, 3)],
            level=LEVELS[draw.choice(6, p=[0.2, 0.25, 0.25, 0.15, 0.1, 0.05])],
            place=PLACES[min(draw.geometric(0.4) - 1, 4)],
            base=100 * int(draw.lognormal(11.4, 0.3)),
        )
        for _ in range(people)
    ]


def shown_to_others(index: SortedIndex) -> Iterator[frozenset[int]]:
    """The runs of each cell shown under each filter, in all and by level."""
    blocks = disclosure_blocks(index, "base")
    for places, levels, focuses in FILTERS:
        where = {"place": places, "level": levels, "focus": focuses}
        runs, codes = blocks.runs(where)
        if len(runs):
            yield frozenset(runs.tolist())
        for level in np.unique(codes[:, INDEX_ORDER.index("level")]):
            yield frozenset(runs[codes[:, INDEX_ORDER.index("level")] == level].tolist())


def shown_by_threshold(index: SortedIndex, people: list[Person]) -> Iterator[frozenset[int]]:
    """The same if every cell of five organizations were shown: the way that leaks."""
    organizations = organizations_by_run(index, people)
    for places, levels, focuses in FILTERS:
        runs = index.runs({"place": places, "level": levels, "focus": focuses})
        level_codes = index.codes[runs, INDEX_ORDER.index("level")]
        for cell in (runs, *(runs[level_codes == code] for code in np.unique(level_codes))):
            if len(set().union(*(organizations[run] for run in cell.tolist()))) >= 5:
                yield frozenset(cell.tolist())


def run_of_each(index: SortedIndex, people: list[Person]) -> list[int]:
    numbers = {
        tuple(index.names[n][c] for n, c in zip(INDEX_ORDER, row, strict=True)): i
        for i, row in enumerate(index.codes.tolist())
    }
    return [numbers[tuple(getattr(person, n) for n in INDEX_ORDER)] for person in people]


def organizations_by_run(index: SortedIndex, people: list[Person]) -> dict[int, set[str]]:
    organizations: dict[int, set[str]] = {}
    for run, person in zip(run_of_each(index, people), people, strict=True):
        organizations.setdefault(run, set()).add(person.organisation)
    return organizations


def identified(cells: set[frozenset[int]], runs: list[int]) -> list[int]:
    """People whose pay follows from the sums of the cells.

    A cell contains a run whole, so the people of a run of several can't be told
    apart; one alone in their run is identified if the run is in the row space.
    """
    columns = {run: i for i, run in enumerate(sorted({run for cell in cells for run in cell}))}
    sums = np.zeros((len(cells), len(columns)))
    for i, cell in enumerate(cells):
        sums[i, [columns[run] for run in cell]] = 1
    _, strength, space = np.linalg.svd(sums, full_matrices=False)
    space = space[strength > 1e-9 * strength[0]]
    in_space = (space**2).sum(axis=0) > 1 - 1e-9
    return [
        i
        for i, run in enumerate(runs)
        if runs.count(run) == 1 and run in columns and in_space[columns[run]]
    ]


def pairs_that_differ_by_one_person(cells: set[frozenset[int]], runs: list[int]) -> int:
    """How many pairs of cells, one within the other, differ by a single person."""
    people_of = Counter(runs)
    return sum(
        sum(people_of[run] for run in large - small) == 1
        for small, large in combinations(sorted(cells, key=len), 2)
        if len(large) - len(small) == 1 and small < large
    )


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return population()


@pytest.fixture
def index(own, tmp_path, people) -> SortedIndex:
    replace_records(own, people)
    return PayRecords.open(own, tmp_path / "mine.duckdb").index


def test_of_1500_people_and_3500_filters_nobody_is_identified(index, people):
    assert len(people) == 1_500
    assert len(FILTERS) >= 3_500
    cells, runs = set(shown_to_others(index)), run_of_each(index, people)
    assert len(cells) > 100
    assert identified(cells, runs) == []
    assert pairs_that_differ_by_one_person(cells, runs) == 0


def test_the_audit_identifies_people_whom_a_threshold_alone_gives_away(index, people):
    cells, runs = set(shown_by_threshold(index, people)), run_of_each(index, people)
    assert len(identified(cells, runs)) > 3
    assert pairs_that_differ_by_one_person(cells, runs) > 0


def test_every_block_has_five_organizations_none_of_them_with_over_a_quarter(index, people):
    blocks = disclosure_blocks(index, "base")
    organizations: dict[tuple[int, ...], list[str]] = {}
    for run, person in zip(run_of_each(index, people), people, strict=True):
        if blocks.codes[run, 0] >= 0:
            organizations.setdefault(tuple(blocks.codes[run]), []).append(person.organisation)
    for names in organizations.values():
        assert len(set(names)) >= 5
        assert max(map(names.count, names)) <= 0.25 * len(names)
    assert sum(map(len, organizations.values())) > 900


def test_what_is_held_back_or_combined_has_a_reason(own, tmp_path):
    people = [Person(organisation=f"O{i}", base=100 * (45_000 + 1_000 * i)) for i in range(12)]
    people += [Person(organisation=f"O{i}", place="Chicago") for i in range(3)]
    people += [Person(organisation=f"O{i}", place="Denver") for i in range(4)]
    people += [Person(organisation="O1", level="P2") for _ in range(9)]
    people += [Person(organisation=f"O{min(i, 5)}", level="P3") for i in range(9)]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    where = (("focus", ("Field",)),)
    query = RecordQuery("USD", by=("level", "place"), where=where, mode="aggregate")
    table = record_band_table(own, records, query)
    rows = {(row["level"], row["place"]): row for row in table.to_dict("records")}
    notes = {label: row["note"] for label, row in rows.items()}
    too_few = "fewer than 5 organizations; held back"
    # Chicago and Denver together have four organizations: combined they are still too few.
    assert notes == {
        ("P1", "Boston"): "",
        ("P1", "Chicago"): too_few,
        ("P1", "Denver"): too_few,
        ("P2", "Boston"): too_few,
        ("P3", "Boston"): "one organization accounts for over 25%; held back",
    }
    shown = rows["P1", "Boston"]
    assert (shown["n"], shown["organisations"], shown["p50"]) == ("10–19", "10–19", 50_500)
    assert all(np.isnan(row["p50"]) for row in rows.values() if row is not shown)
    assert rows["P2", "Boston"]["n"] == ""


def test_small_places_are_counted_under_other_places(own, tmp_path):
    people = [Person(organisation=f"O{i}") for i in range(12)]
    for place, first in (("Chicago", 0), ("Denver", 3), ("Austin", 6)):
        people += [
            Person(organisation=f"O{i}", place=place, base=100 * (50_000 + 2_000 * i))
            for i in range(first, first + 3)
        ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, BY_PLACE)
    notes = dict(zip(table.place, table.note, strict=True))
    assert notes["Other places"] == "P10, P90 and intervals need 10 organizations"
    assert notes["Denver"] == "fewer than 5 organizations; counted under Other places"
    chicago = replace(BY_PLACE, where=(*BY_PLACE.where, ("place", ("Chicago",))))
    (row,) = record_band_table(own, records, chicago).to_dict("records")
    assert row["note"] == "fewer than 5 organizations; counted under Other places"
    assert np.isnan(row["p50"])


def test_of_a_single_organization_people_count_for_themselves(own, tmp_path):
    people = [
        Person(base=100 * (50_000 + 200 * i), level=level)
        for level, n in (("P1", 4), ("P2", 6), ("P3", 30))
        for i in range(n)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", mode="aggregate"))
    rows = {row["level"]: row for row in table.to_dict("records")}
    assert rows["P1"]["note"] == "fewer than 5 people; held back"
    assert np.isnan([rows["P2"]["p10"], rows["P2"]["p25"], rows["P2"]["p75"]]).all()
    assert rows["P2"]["p50"] == 50_500
    assert rows["P2"]["note"] == "all but the median needs 10 people"
    assert not np.isnan([rows["P3"]["p10"], rows["P3"]["p25"]]).any()
    assert rows["P3"]["organisations"] == "1"


def test_nothing_is_shown_unrounded(own, tmp_path, people):
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(
        own, records, RecordQuery("USD", by=("focus", "level"), mode="aggregate")
    )
    pay = table.filter(regex=r"^p\d").to_numpy().ravel()
    pay = pay[~np.isnan(pay)]
    assert len(pay) > 20
    assert set(pay % 100) == {0}
    assert "mean" not in " ".join(table.columns)
    assert all(isinstance(n, str) for n in table.n)


def test_snapshots_of_one_person_do_not_count_as_five_people(own, tmp_path):
    """The yearly rows of one organization's cell may all be one person's."""
    yearly = [Person(effective_date=date(2020 + i, 1, 1)) for i in range(7)]
    replace_records(own, [*yearly, *(Person(level="P2") for _ in range(5))])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", mode="aggregate"))
    notes = dict(zip(table.level, table.note, strict=True))
    assert notes["P1"] == "fewer than 5 people; held back"
    assert notes["P2"] == "all but the median needs 10 people"
    assert record_band_table(own, records, RecordQuery("USD")).organisations.tolist() == [1, 1]
    assert index_problems(own, tmp_path / "mine.duckdb") == []


def test_organizations_that_differ_only_in_case_are_one(own, tmp_path):
    names = ["Acme", "ACME", "acme", "Bolt", "Cord", "Dune"]
    replace_records(own, [Person(organisation=name) for name in names])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    assert record_band_table(own, records, RecordQuery("USD")).organisations.tolist() == [4]
    by_size = record_band_table(own, records, RecordQuery("USD", by=("size",)))
    assert by_size.organisations.tolist() == [4]
    table = record_band_table(own, records, RecordQuery("USD", mode="aggregate"))
    assert table.note.tolist() == ["fewer than 5 organizations; held back"]
    assert index_problems(own, tmp_path / "mine.duckdb") == []


@pytest.mark.parametrize(("without", "shown"), [(0, True), (1, False), (4, False), (5, True)])
@pytest.mark.parametrize(
    ("element", "part"),
    [("target_cash", "variable"), ("total_comp", "variable"), ("total_comp", "equity")],
)
def test_people_whose_pay_element_is_unknown_cannot_be_singled_out(
    own, tmp_path, element, part, without, shown
):
    people = [
        Person(organisation=f"O{i}")._replace(**{part: None if i < without else 0})
        for i in range(12)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    base, pay = (
        record_band_table(own, records, RecordQuery("USD", name, mode="aggregate")).p50.iloc[0]
        for name in ("base", element)
    )
    assert base == 100_000
    assert (pay == 100_000) == shown


@pytest.mark.parametrize(
    ("without", "shown"),
    [
        ([1, 1, 1, 1, 1], True),
        ([2, 1, 1, 1, 1], False),  # one of five holds 2 of 6, over a quarter
        ([2, 1, 1, 1, 1, 1, 1], True),  # 2 of 8 is a quarter
        ([2, 2, 2, 2], False),  # four organizations
    ],
)
def test_no_organization_dominates_the_people_whose_pay_element_is_unknown(
    own, tmp_path, without, shown
):
    missing = {f"O{i}": n for i, n in enumerate(without)}
    people = [
        Person(organisation=name, variable=None if j < missing.get(name, 0) else 0)
        for name in (f"O{i}" for i in range(12))
        for j in range(3)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", "target_cash", mode="aggregate"))
    assert (table.p50.iloc[0] == 100_000) == shown


@pytest.mark.parametrize(
    ("without", "shown"), [(0, True), (1, False), (4, False), (5, True), (7, True), (8, False)]
)
def test_a_single_companys_people_of_unknown_pay_cannot_be_singled_out(
    own, tmp_path, without, shown
):
    # Of twelve people both those with and those without variable pay stated must be five or more.
    replace_records(own, [Person(variable=None if i < without else 0) for i in range(12)])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", "target_cash", mode="aggregate"))
    assert (table.p50.iloc[0] == 100_000) == shown


@pytest.mark.parametrize(
    ("organisations", "tails"), [(5, False), (9, False), (10, True), (11, True)]
)
def test_p10_p90_and_intervals_need_ten_organizations(own, tmp_path, organisations, tails):
    # Of eight people at each organization, half earn 80,000 and half 120,000. At least 40 people
    # have an interval for every percentile, so that only the disclosure rules leave one out.
    people = [
        Person(organisation=f"O{i}", base=100 * pay)
        for i in range(organisations)
        for pay in (80_000, 120_000)
        for _ in range(4)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (owner_row,) = record_band_table(own, records, RecordQuery("USD")).to_dict("records")
    (row,) = record_band_table(own, records, RecordQuery("USD", mode="aggregate")).to_dict(
        "records"
    )
    assert (row["p25"], row["p50"], row["p75"]) == (80_000, 100_000, 120_000)
    ends = [f"p{p}_{end}" for p in (10, 25, 50, 75, 90) for end in ("low", "high")]
    needing_ten = ["p10", "p90", *ends]
    assert not np.isnan([owner_row[name] for name in needing_ten]).any()
    shown = {name: row[name] for name in needing_ten if not np.isnan(row[name])}
    if not tails:
        assert shown == {}
        assert "need 10" in row["note"]
        return
    assert list(shown) == needing_ten
    assert (row["p10"], row["p50_low"]) == (80_000, 80_000)
    assert (row["p50_high"], row["p90"]) == (120_000, 120_000)
    assert row["note"] == ""


@pytest.mark.parametrize(("headcount", "tails"), [(9, False), (10, True)])
def test_all_but_the_median_of_a_single_company_needs_ten_people(own, tmp_path, headcount, tails):
    pays = [80_000, 120_000] * 20
    replace_records(own, [Person(base=100 * pay) for pay in pays[:headcount]])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(own, records, RecordQuery("USD", mode="aggregate")).to_dict(
        "records"
    )
    names = ("p10", "p25", "p50_low", "p50_high", "p75", "p90")
    assert [not np.isnan(row[name]) for name in names] == [tails] * 6
    assert row["p50"] == (100_000 if tails else 80_000)
    assert (row["note"] == "all but the median needs 10 people") != tails


def test_people_paid_alike_are_shown_as_one_figure(own, tmp_path):
    tariff = [Person(organisation=f"O{i}", base=100 * 60_000) for i in range(12)]
    tariff += [Person(organisation=f"O{i}", base=100 * 75_000) for i in range(2)]
    spread = [
        Person(organisation=f"O{i}", level="P2", base=100 * (60_000 + 1_000 * i)) for i in range(12)
    ]
    replace_records(own, [*tariff, *spread])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", mode="aggregate"))
    one, other = table.to_dict("records")
    shown = {name: v for name, v in one.items() if name[0] == "p" and name[1:3].isdigit()}
    assert {name: v for name, v in shown.items() if not np.isnan(v)} == {"p50": 60_000}
    assert (one["note"], one["interval_of"]) == ("paid alike: one figure, no spread", "")
    assert (other["p10"], other["p25"], other["p75"]) == (61_000, 63_000, 68_000)


@pytest.mark.parametrize(
    ("by", "where"),
    [
        (("place",), {}),
        (("focus",), {}),
        (("level", "place"), {}),
        (("level", "function"), {}),
        (("level",), {"function": ("Sales",)}),
        (("level",), {"place": ("Boston",)}),
        (("level",), {"focus": ("Field", "Inside")}),
        (("place",), {"focus": ("Field",)}),
        (("place",), {"focus": ("Field",), "level": ("P1", "P2")}),
        (("function",), {"level": ("P1",)}),
    ],
)
def test_a_union_that_is_not_in_the_lattice_is_refused(by, where):
    with pytest.raises(InputError, match="others see fixed cells alone"):
        RecordQuery("USD", by=by, where=tuple(where.items()), mode="aggregate").checked()


def test_filters_choose_cells_and_never_change_them(own, tmp_path, people):
    replace_records(own, [*people, *(p._replace(function="Service") for p in people)])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    whole = RecordQuery("USD", by=("focus", "level"), mode="aggregate")
    rows = record_band_table(own, records, whole)
    assert {name for name in rows.focus if "Field" in name} == {"Field (Sales)", "Field (Service)"}
    chosen = (("function", ("Sales",)), ("focus", ("Field",)))
    field = record_band_table(own, records, replace(whole, by=("level",), where=chosen))
    same = rows[rows.focus == "Field (Sales)"].drop(columns="focus").reset_index(drop=True)
    assert field.to_dict("list")["p50"] == same.to_dict("list")["p50"]
    assert field.level.tolist() == same.level.tolist()
    with pytest.raises(InputError, match="choose one of Sales, Service"):
        record_band_table(own, records, replace(whole, by=("level",), where=chosen[1:]))
    functions = record_band_table(own, records, replace(whole, by=("function",)))
    assert functions.function.tolist() == ["All functions", "Sales", "Service"]
    assert functions.n.tolist() == ["1,000–1,999", "500–999", "500–999"]


@pytest.mark.parametrize(
    ("cash", "total", "overtime", "shown"),
    [
        (12, 12, 12, {"target_cash", "total_comp", "overtime"}),
        (12, 7, 0, {"target_cash", "total_comp"}),
        (7, 7, 0, {"target_cash", "total_comp"}),
        (7, 6, 0, {"target_cash"}),  # six and seven differ by one
        (7, 0, 0, {"target_cash"}),
        (12, 11, 0, {"target_cash"}),
        (11, 7, 0, set()),
        (7, 7, 7, {"target_cash", "total_comp"}),  # who has overtime may be others
        (12, 12, 7, {"target_cash", "total_comp", "overtime"}),
        (12, 7, 12, {"target_cash", "total_comp", "overtime"}),
    ],
)
def test_a_block_has_one_set_of_people_for_all_pay_elements(
    own, tmp_path, cash, total, overtime, shown
):
    people = [
        Person(
            organisation=f"O{i}",
            variable=0 if i < cash else None,
            equity=0 if i < total else None,
            overtime=100 if i < overtime else None,
        )
        for i in range(12)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    medians = {
        element: record_band_table(
            own, records, RecordQuery("USD", element, mode="aggregate")
        ).p50.iloc[0]
        for element in ("target_cash", "total_comp", "overtime")
    }
    assert {element for element, p50 in medians.items() if not np.isnan(p50)} == shown


def test_combined_places_get_a_name_that_no_place_has(own, tmp_path):
    people = [Person(organisation=f"O{i}", place="Other places") for i in range(8)]
    people += [Person(organisation=f"O{i}", place=f"Town {i}") for i in range(8)]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, BY_PLACE)
    shown = table[table.p50.notna()]
    assert shown.place.tolist() == ["Other places", "Other places, grouped"]


def test_an_element_that_nobody_has_stated_is_held_back_with_a_reason(own, tmp_path):
    replace_records(own, [Person(organisation=f"O{i}", variable=None) for i in range(12)])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    (row,) = record_band_table(
        own, records, RecordQuery("USD", "target_cash", mode="aggregate")
    ).to_dict("records")
    assert row["note"] == "too few people with, or without, this pay stated; held back"
    assert np.isnan(row["p50"])
