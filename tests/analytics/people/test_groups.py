"""Groups, costs and reporting lines of a small roster, by hand and by enumeration."""

import math
import statistics
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.people.cost import COMPA_RATIO, MARKET, MINIMUM, Goal, cost_table, raises_to
from analytics.people.groups import aggregate_table, group_table, in_order, largest_groups
from analytics.people.positions import positions_of
from analytics.people.reporting import manager_pairs
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster

RANGES = [a_range("P3"), a_range("P4", minimum=80e3, midpoint=100e3, maximum=120e3)]
MARKETS = {"P3": 85e3, "P4": None}


def people(*rows: dict[str, object]) -> pd.DataFrame:
    placed = positions_of(
        read_roster(roster(*rows), [P3]), RANGES, PLACES, lambda r: MARKETS[r.level]
    )
    return placed.people


TEAM = (
    {"level": "P3", "base": 60e3},
    {"level": "P3", "base": 30e3, "fte": 0.5},
    {"level": "P3", "base": 96e3},
    {"level": "P4", "base": 130e3},
    {"level": "P9", "base": 50e3},
)


def test_groups_count_heads_positions_and_sums():
    table = group_table(people(*TEAM), "level", ["P4"]).set_index("group")
    assert table.index.tolist() == ["P4", "P3", "P9"]
    p3 = table.loc["P3"]
    # Full-time: 60, 60 and 96 thousand over three midpoints of 80; the market is 85 each.
    assert (p3.people, p3.fte, p3.below_minimum, p3.quarter_4, p3.above_maximum) == (
        3,
        2.5,
        2,
        1,
        0,
    )
    assert p3.compa_ratio == pytest.approx(216 / 240)
    assert p3.median_compa_ratio == 0.75
    assert p3.market_index == pytest.approx(216 / 255)
    assert p3.to_minimum == 4e3 + 2e3
    assert (table.above_maximum["P4"], table.over_maximum["P4"]) == (1, 10e3)
    assert (table.people["P9"], table.without_range["P9"]) == (1, 1)
    assert pd.isna(table.compa_ratio["P9"])
    assert table[["people", "with_range", "without_range"]].sum().tolist() == [5, 4, 1]


@pytest.fixture(scope="module")
def every_kind() -> tuple[pd.DataFrame, list[Any]]:
    """Everybody of three FTEs, on levels with and without a range or a market, and as rows."""
    whole = people(
        *(
            {"level": level, "base": base * fte, "fte": fte}
            for level in ("P3", "P4", "P9", None)
            for base in (50e3, 64e3, 87654.32, 125e3)
            for fte in (0.0, 0.5, 1.0)
        )
    )
    return whole, list(whole.itertuples())


@given(st.lists(st.integers(0, 47), min_size=1, max_size=12))
def test_a_group_is_its_people_one_by_one(every_kind, chosen):
    each = [every_kind[1][i] for i in chosen]
    table = group_table(every_kind[0].iloc[chosen], "level", ["P4"])
    assert table.group.tolist() == [
        name
        for name in ("P4", "P3", "P9", "not stated")
        if name in {person.level or "not stated" for person in each}
    ]
    for found in table.itertuples():
        own = [p for p in each if (p.level or "not stated") == found.group]
        placed = [p for p in own if p.position]
        assert (found.people, found.with_range) == (len(own), len(placed))
        assert found.without_range == sum(not p.position for p in own)
        assert found.fte == sum(p.fte for p in own)
        assert found.below_minimum == sum(p.pay < p.minimum for p in placed)
        assert found.above_maximum == sum(p.pay > p.maximum for p in placed)
        assert found.to_minimum == pytest.approx(sum(p.to_minimum for p in placed))
        assert found.over_maximum == pytest.approx(sum(p.over_maximum for p in placed))
        ratios = [p.pay / p.midpoint for p in placed]
        expected = statistics.median(ratios) if ratios else math.nan
        assert found.median_compa_ratio == pytest.approx(expected, nan_ok=True)
        expected = len(ratios) and sum(p.pay for p in placed) / sum(p.midpoint for p in placed)
        assert found.compa_ratio == pytest.approx(expected or math.nan, nan_ok=True)
        priced = [p for p in placed if p.market == p.market]
        expected = len(priced) and sum(p.pay for p in priced) / sum(p.market for p in priced)
        assert found.market_index == pytest.approx(expected or math.nan, nan_ok=True)


@pytest.mark.parametrize(
    ("goal", "cost", "raised"),
    [
        (Goal(MINIMUM), 6e3, 2),
        # To 72,000: 12,000 and half of 12,000; P4's 90,000 is passed by 130,000.
        (Goal(COMPA_RATIO, 0.9), 18e3, 2),
        # To 96,000, which is the maximum, and not to 1.5 times the midpoint.
        (Goal(COMPA_RATIO, 1.5), 36e3 + 18e3, 2),
        (Goal(MARKET), 25e3 + 12.5e3, 2),
    ],
)
def test_costs_by_hand(goal, cost, raised):
    table = cost_table(people(*TEAM), goal, "level")
    assert table.cost.sum() == cost
    assert table.raised.sum() == raised
    p3 = table.set_index("group").loc["P3"]
    assert p3.share_of_payroll == pytest.approx(cost / 186e3)


def test_nobody_without_a_market_is_in_its_cost():
    table = cost_table(people(*TEAM), Goal(MARKET), "level")
    assert table.group.tolist() == ["P3"]


def test_what_is_no_goal_is_refused():
    with pytest.raises(InputError, match="no goal"):
        Goal("happiness")
    with pytest.raises(InputError, match="above 0"):
        Goal(COMPA_RATIO, 0)


PAYS = st.lists(
    st.tuples(st.integers(40_000, 140_000), st.sampled_from([0.5, 0.8, 1.0])), min_size=1
)


@given(PAYS)
def test_minimum_costs_nothing_exactly_where_nobody_is_below_and_raises_reach_it(pays):
    team = people(*({"base": pay * fte, "fte": fte} for pay, fte in pays))
    raises = raises_to(team, Goal(MINIMUM))
    below = (team.position == "Below minimum").sum()
    assert (raises.sum() == 0) == (below == 0)
    assert (raises > 0).sum() == below
    # One by one: FTE times what full-time pay lacks of 64,000.
    expected = sum(fte * max(0, 64_000 - pay) for pay, fte in pays)
    assert raises.sum() == pytest.approx(expected)
    assert cost_table(team, Goal(MINIMUM), "level").cost.sum() == pytest.approx(expected)


def team(level: str, number: int) -> list[dict[str, object]]:
    return [{"level": level, "base": 64e3 + 4e3 * i} for i in range(number)]


def test_others_see_only_groups_of_five_and_nothing_to_subtract():
    whole = people(*team("P3", 9), *team("P4", 4))
    table = aggregate_table(whole, "level")
    assert table.columns.tolist() == ["group", "people", "p25", "p50", "p75"]
    # 72, 80 and 88 thousand of 80; four of P4 are too few, alone and together.
    assert table.values.tolist() == [["P3", "5–9", 0.9, 1.0, 1.1]]


def test_small_groups_are_counted_together_where_that_makes_enough():
    table = aggregate_table(people(*team("P3", 4), *team("P4", 4)), "level")
    assert table.group.tolist() == ["Other levels"]
    assert table.people.tolist() == ["5–9"]


def reports(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return manager_pairs(
        people(
            *(
                {"employee_id": i, "kept": {"Manager ID": m}, "base": base, "fte": fte}
                for i, m, base, fte in rows
            )
        )
    )


def test_managers_paid_less_or_little_more_than_a_report():
    found = reports(
        ("boss", "", 100e3, 1), ("a", "boss", 96e3, 1), ("b", "boss", 50e3, 0.5),
        ("c", "a", 97e3, 1), ("d", "d", 9e3, 1), ("e", "nobody", 9e3, 1), ("f", "d", 5e3, 1),
    )  # fmt: skip
    assert found[["manager", "report", "flag"]].values.tolist() == [
        ["a", "c", "inversion"],
        ["boss", "b", "compression"],
    ]
    assert found.ratio.tolist() == pytest.approx([96 / 97 - 1, 0])


def test_five_percent_is_no_compression():
    assert len(reports(("m", "", 105e3, 1), ("r", "m", 100e3, 1))) == 0
    assert len(reports(("m", "", 104.9e3, 1), ("r", "m", 100e3, 1))) == 1


def test_all_but_the_largest_groups_are_one_and_nobody_is_lost():
    places = ["Rome", "Oslo", "Bern", "Rome", "", "Oslo", "Nice"]
    team = pd.DataFrame({"place": places, "base": range(7)})
    shown, order = largest_groups(team, "place", 2)
    assert order == ("Oslo", "Rome")
    other = "3 other groups"
    assert shown.place.tolist() == ["Rome", "Oslo", other, "Rome", other, "Oslo", other]
    whole, order = largest_groups(team, "place", 5)
    assert whole is team
    assert order == ("Oslo", "Rome", "Bern", "Nice", "not stated")


def test_groups_stand_in_the_order_that_is_asked_then_by_name():
    frame = pd.DataFrame({"people": [1, 2, 3]}, index=["b", "a", "c"])
    assert in_order(frame, ["c"]).group.tolist() == ["c", "a", "b"]
    assert in_order(frame, ["c"]).people.tolist() == [3, 2, 1]
