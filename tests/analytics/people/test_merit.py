"""Merit by enumeration on a small roster, and what holds for any matrix and budget."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.people.merit import (
    MeritCycle,
    merit_cost,
    merit_cost_table,
    merit_table,
    merit_to_budget,
)
from analytics.people.merit_matrix import MeritMatrix, example_matrix, parse_edges, parse_matrix
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster

#: The rates of a published example (coda.io, merit matrix), ratings 5 to 1 by four bands.
GRID = ((6, 5, 4, 2.5), (4.5, 4, 3.5, 2), (3, 2.5, 2, 1), (2, 0.8, 0.5, 0), (0, 0, 0, 0))
MATRIX = MeritMatrix(
    tuple("54321"), (0.9, 1.0, 1.1), tuple(tuple(r / 100 for r in row) for row in GRID)
)
CYCLE = MeritCycle(MATRIX, "Performance", "2026-01-01", "2026-12-31")


def people(*rows: tuple[float, float, str, str | None]) -> pd.DataFrame:
    """Full-time pay on a range of 64, 80, 96 thousand; FTE, rating, hire date."""
    made = [
        {"base": pay * fte, "fte": fte, "kept": {"Performance": rating}, "hire_date": hired}
        for pay, fte, rating, hired in rows
    ]
    return positions_of(read_roster(roster(*made), [P3]), [a_range()], PLACES).people


def test_every_cell_of_a_published_matrix():
    # 70, 76, 84 and 92 thousand are compa-ratios of .875, .95, 1.05 and 1.15.
    pays = (70e3, 76e3, 84e3, 92e3)
    everybody = people(*[(pay, 1, rating, None) for rating in "54321" for pay in pays])
    table = merit_table(everybody, CYCLE)
    expected = [pay * rate / 100 for row in GRID for pay, rate in zip(pays, row, strict=True)]
    assert table.merit.tolist() == pytest.approx(expected)
    assert merit_cost(table) == 33_658
    by = merit_cost_table(everybody, table, "Performance", tuple("54321"))
    assert by.cost.tolist() == [13_660, 10_970, 6_600, 2_428, 0]


def test_edges_half_time_late_hires_and_the_maximum_by_hand():
    table = merit_table(
        people(
            (72e3, 1.0, "3", None),  # exactly .90: the second band, 2.5 percent
            (70e3, 0.5, "3", None),  # 35,000 at half time, 3 percent
            (70e3, 1.0, "3", "2026-07-02"),  # 183 of 365 days
            (95e3, 1.0, "5", None),  # 2,375, of which 1,000 until the maximum
            (99e3, 1.0, "5", None),  # above the maximum: all of it once
            (70e3, 1.0, "", None),
        ),
        CYCLE,
    )
    assert table.raise_paid.tolist() == [1_800, 1_050, 1_052.88, 1_000, 0, 0]
    assert table.lump_sum.tolist() == [0, 0, 0, 1_375, 2_475, 0]
    assert table.new_pay.tolist() == [73_800, 72_100, 71_052.88, 96e3, 99e3, 70e3]
    assert table.why.tolist() == [""] * 5 + ["no rate for this rating"]


def test_without_lump_sums_what_is_beyond_the_maximum_is_not_paid():
    cycle = MeritCycle(MATRIX, "Performance", lump_sums=False)
    table = merit_table(people((95e3, 1.0, "5", date(2020, 1, 1))), cycle)
    assert (merit_cost(table), table.merit[0]) == (1_000, 2_375)
    assert merit_cost_table(people((95e3, 1, "5", None)), table, "level").capped.tolist() == [1]


def test_a_budget_is_met_by_one_factor():
    two = people((70e3, 1, "3", None), (76e3, 1, "5", None))
    # 2,100 and 3,800 by the matrix; half of it by half of its rates.
    cycle, factor = merit_to_budget(two, CYCLE, 2_950)
    assert factor == pytest.approx(0.5, abs=1e-5)
    assert cycle.matrix.rates[2][0] == pytest.approx(0.015, abs=1e-6)
    # Rounded down to tenths of a per cent: 1.5 and 2.5 cost just that; at 2,949 less.
    stepped, _ = merit_to_budget(two, CYCLE, 2_949, step=0.001)
    assert merit_cost(merit_table(two, stepped)) <= 2_949
    assert {round(1e5 * r) % 100 for row in stepped.matrix.rates for r in row} == {0}


ROWS = st.tuples(
    st.integers(60_000, 100_000),
    st.sampled_from([0.5, 0.8, 1.0]),
    st.sampled_from(["1", "3", "5", ""]),
    st.sampled_from([None, "2024-05-01", "2026-09-09", "2027-03-03"]),
)


@given(st.lists(ROWS, min_size=1, max_size=6), st.floats(0, 20_000), st.booleans(), st.booleans())
def test_cost_is_within_the_budget_and_caps_hold(rows, budget, lump_sums, stepped):
    everybody = people(*rows)
    cycle = MeritCycle(MATRIX, "Performance", "2026-01-01", "2026-12-31", lump_sums)
    found, _ = merit_to_budget(everybody, cycle, budget, 0.001 if stepped else 0.0)
    table = merit_table(everybody, found)
    assert merit_cost(table) <= budget or merit_cost(table) == 0
    top = (96e3 * everybody.fte).round(2).clip(lower=everybody.paid)
    assert (everybody.paid + table.raise_paid <= top + 1e-6).all()
    assert (table.raise_paid + table.lump_sum <= table.merit + 1e-6).all()
    assert merit_cost(merit_table(everybody, MeritCycle(MATRIX.times(0), "Performance"))) == 0


def test_the_factor_is_the_largest_of_all_matrices_that_the_budget_covers():
    # Rates in tenths of a percent change only where a factor lifts one of them to its next
    # tenth: each such factor is tried, of a roster of four with a cap among them.
    team = people(
        (60e3, 1.0, "5", None), (78e3, 0.5, "4", "2026-05-01"), (85e3, 1.0, "3", None),
        (95e3, 1.0, "5", None),
    )  # fmt: skip
    rates = {rate for row in MATRIX.rates for rate in row if rate}
    factors = sorted({k * 0.001 / rate for rate in rates for k in range(1, 90)})

    def cost(factor: float) -> float:
        matrix = MATRIX.times(factor * (1 + 1e-9), 0.001)
        return merit_cost(merit_table(team, replace(CYCLE, matrix=matrix)))

    costs = {factor: cost(factor) for factor in factors}
    for budget in (900, 3_000, 5_500):
        found, _ = merit_to_budget(team, CYCLE, budget, 0.001)
        best = max((f for f, spent in costs.items() if spent <= budget), default=0.0)
        assert merit_cost(merit_table(team, found)) == costs.get(best, 0.0) <= budget
        assert all(spent > budget for factor, spent in costs.items() if factor > best)


def test_matrices_that_make_no_sense_are_refused():
    for ratings, edges, rates, said in (
        (("1", "1"), (), ((0.1,), (0.1,)), "each once"),
        (("1",), (1.0, 0.9), ((0.1,) * 3,), "rising"),
        (("1",), (0.9,), ((0.1,),), "needs 2 rates"),
        (("1",), (), ((3.0,),), "from 0 to 100 percent"),
    ):
        with pytest.raises(InputError, match=said):
            MeritMatrix(ratings, edges, rates)
    with pytest.raises(InputError, match="first and its last"):
        MeritCycle(MATRIX, "Performance", "2026-01-01")


def test_a_matrix_as_text():
    text = "rating,0,0.9,1,1.1\n" + "".join(
        f"{5 - i},{','.join(map(str, row))}\n" for i, row in enumerate(GRID)
    )
    assert parse_matrix(text) == MATRIX == example_matrix(["3", "5"])
    assert MATRIX.bands == ("below 0.90", "0.90 to 1.00", "1.00 to 1.10", "from 1.10")
    assert example_matrix(["meets", "exceeds"]) is None
    assert parse_edges("0.9, 1.1") == (0.9, 1.1)
    for wrong, said in (
        ("rating,0.9\n5,3\n", "begins at 0"),
        ("rating,0\n5,much\n", "row 2: 'much'"),
        ("rating,0\n", "a row for each rating"),
    ):
        with pytest.raises(InputError, match=said):
            parse_matrix(wrong)
