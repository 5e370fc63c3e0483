"""The demo company: the analysis recovers from the store what was built in."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from analytics.load_source import load_source
from analytics.people.cost import MINIMUM, Goal, cost_table
from analytics.people.groups import group_table
from analytics.people.level_check import (
    paid_like_another,
    title_levels,
    title_means_another,
)
from analytics.people.positions import Positions
from analytics.people.reporting import COMPRESSION, manager_pairs
from analytics.people.scenario import loads_behind
from analytics.pricing.ageing import Month
from data.catalog.matcher import read_matcher
from data.files.people_workbook import COST, people_file
from data.people.demo_company import demo_company
from data.people.demo_load import PEOPLE, SEED, company_loads, load_company, remove_company
from data.people.people_today import read_people_since
from data.people.positions import market_medians, read_positions
from data.store.connection import open_to_write
from queries import run


@pytest.fixture(scope="module")
def truth():
    return demo_company(PEOPLE, SEED).truth


@pytest.fixture(scope="module")
def company(tmp_path_factory, store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A store with a demo company that was loaded like a team's own files."""
    path = tmp_path_factory.mktemp("company") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load_company(con)
    yield con
    con.close()


@pytest.fixture(scope="module")
def placed(company) -> Positions:
    """Everybody of the demo company."""
    return read_positions(company, market_medians(company, Month(2026, 11)))


def test_everybody_has_a_range_and_nobody_is_lost(placed):
    assert len(placed.people) == PEOPLE
    assert (placed.people.why == "").all()
    assert len(placed.leavers) == 0
    assert placed.further == ("Performance",)


def test_circles_and_cost_are_those_built_in(placed, truth):
    people = placed.people.set_index("employee_id")
    assert set(people.index[people.position == "Below minimum"]) == truth.green
    assert set(people.index[people.position == "Above maximum"]) == truth.red
    assert (len(truth.green), len(truth.red)) == (60, 24)
    for by in ("function", "level", "zone", "Performance"):
        cost = cost_table(placed.people, Goal(MINIMUM), by)
        assert cost.cost.sum() == truth.to_minimum
        assert cost.raised.sum() == len(truth.green)
        groups = group_table(placed.people, by)
        assert groups.to_minimum.sum() == truth.to_minimum
        assert groups.people.sum() == PEOPLE


def test_compressed_managers_are_those_built_in(placed, truth):
    pairs = manager_pairs(placed.people)
    assert set(pairs.manager) == truth.compressed
    assert set(pairs.flag) == {COMPRESSION}
    assert len(truth.compressed) == 8


def test_titles_that_mean_another_level_are_those_built_in(placed, truth, con):
    customer_success = placed.people[placed.people.code != ""]
    meant = title_levels(customer_success.title, read_matcher(con.cursor()))
    found = title_means_another(customer_success, meant)
    assert set(found.employee_id) == truth.misleveled
    assert set(zip(found.level, found.title_means, strict=True)) == {("P2", "P3 or P4")}
    assert len(truth.misleveled) == 12


def test_who_is_paid_like_another_level_by_enumeration(placed):
    people = placed.people
    midpoint = dict(zip(zip(people.function, people.zone, people.level, strict=True),
                        people.midpoint, strict=True))  # fmt: skip
    expected = {}
    for row in people.itertuples():
        for step, like in ((-1, row.level_below), (1, row.level_above)):
            there = midpoint.get((row.function, row.zone, like))
            if there and (row.pay - there) * step >= 0:
                expected[row.employee_id] = (like, there)
    found = paid_like_another(people)
    pairs = zip(found.paid_like, found.midpoint_there, strict=True)
    assert dict(zip(found.employee_id, pairs, strict=True)) == expected
    assert len({like for like, _ in expected.values()}) > 3


def test_the_market_is_known_for_customer_success_alone(placed):
    known = placed.people.groupby("function").market.count()
    assert known["Customer Success"] == (placed.people.function == "Customer Success").sum()
    assert known.drop("Customer Success").sum() == 0


def test_the_same_seed_is_the_same_company():
    one, two = demo_company(300, 4), demo_company(300, 4)
    pd.testing.assert_frame_equal(one.roster, two.roster)
    assert not one.roster.base.equals(demo_company(300, 5).roster.base)


def test_it_is_labeled_removed_and_restored(own):
    load_company(own, 200, 3)
    loads = company_loads(own)
    sources = run(own, "sources").set_index("source")
    assert len(loads) == 2
    assert {sources.publisher[load_source(load)] for load in loads} == {"Demo data, generated"}
    assert remove_company(own) == 2
    assert company_loads(own) == []
    assert len(read_positions(own, lambda _: None).people) == 0
    load_company(own, 200, 3)
    assert company_loads(own) == loads
    people = read_positions(own, lambda _: None).people
    assert len(people) == 200
    assert people.employee_id.str.startswith("DEMO-").all()


def test_a_table_of_people_is_held_against_the_rosters_of_today(company, placed, truth):
    loads = loads_behind(placed.people, run(company, "loads"))
    assert [load.kind for load in loads] == ["ranges", "roster"]
    file = people_file(COST, placed.people, "2026-11", loads, "level", (), Goal(MINIMUM))
    assert read_people_since(company, file) == []
    # When the file was made, one of those below the minimum was paid 100 dollars less.
    people = file.people.copy()
    at = people.index[people.employee_id.isin(truth.green) & (people.fte == 1)][0]
    people.loc[at, "base"] -= 100
    then = f"${truth.to_minimum + 100:,.2f} → ${truth.to_minimum:,.2f}"
    assert read_people_since(company, replace(file, people=people)) == [
        "1 of 2,000 people paid otherwise",
        f"its cost for those who are still there: {then}",
    ]
