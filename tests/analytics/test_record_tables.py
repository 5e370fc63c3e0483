"""Level-to-level steps and comparisons made from a band table of pay records."""

import doctest
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics import record_tables
from analytics.deltas import Rung
from analytics.record_tables import MARKET, PEOPLE, comparison_table, record_difference_table
from data.records.bands import PayRecords, record_band_table
from data.records.question import RecordQuery
from tests.data.records.demo_store import Person, replace_records


def test_steps_combine_both_intervals(own, tmp_path):
    draw = np.random.default_rng(1)
    medians = {"P1": 60_000, "P2": 61_000, "P3": 90_000}
    people = [
        Person(level=level, base=100 * round(median * np.exp(0.2 * draw.standard_normal())))
        for level, median in medians.items()
        for _ in range(400)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD"))
    rungs = [Rung(level, "professional", i, i) for i, level in enumerate(medians)]
    steps = record_difference_table(table, ("level",), rungs)
    assert list(zip(steps.start, steps.end, strict=True)) == [("P1", "P2"), ("P2", "P3")]
    p50 = table.p50.tolist()
    assert steps.ratio.tolist() == pytest.approx([p50[1] / p50[0] - 1, p50[2] / p50[1] - 1])
    assert (steps.ratio_low < steps.ratio).all()
    assert (steps.ratio < steps.ratio_high).all()
    assert record_difference_table(table.head(1), ("level",), rungs).empty


def test_steps_stay_within_each_value_of_the_other_dimension(own, tmp_path):
    people = [
        Person(place=place, level=level, base=100 * (pay + i))
        for place, level, pay in (
            ("Boston", "P1", 50_000),
            ("Boston", "P2", 60_000),
            ("Chicago", "P1", 40_000),
        )
        for i in range(9)
    ]
    replace_records(own, people)
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD", by=("place", "level")))
    rungs = [Rung("P1", "professional", 1, 1), Rung("P2", "professional", 2, 2)]
    steps = record_difference_table(table, ("place", "level"), rungs)
    assert steps[["place", "start", "end", "amount", "n"]].to_dict("records") == [
        {"place": "Boston", "start": "P1", "end": "P2", "amount": 10_000, "n": "9 and 9"}
    ]


def test_a_step_has_the_provenance_of_both_its_cells():
    table = pd.DataFrame(
        {"level": ["P1", "P2", "P3"], "n": 9, "p50": [50_000.0, 60_000.0, 70_000.0]}
        | {"p50_low": 50_000.0, "p50_high": 70_000.0, "pay_basis": "base", "currency": "USD"}
        | {"organisations": [12, 9, 4], "interval_of": [MARKET, MARKET, PEOPLE]}
        | {"status": ["computed", "computed from demo data", "computed"]}
        | {"source": ["own-load-1", "own-load-1, own-load-2", "own-load-1"]}
        | {"as_of": ["2025-01-01", "2024-06-01 to 2025-01-01", "2025-01-01"]}
    )
    rungs = [Rung("P1", "professional", 1, 1), Rung("P3", "professional", 3, 3)]
    (step,) = record_difference_table(table, ("level",), rungs).to_dict("records")
    assert (step["source"], step["as_of"]) == ("own-load-1", "2025-01-01")
    assert step["interval"].endswith(
        "(MOVER), from those of the market that they come from and of these people; "
        "12 and 4 organizations"
    )
    rungs[1] = Rung("P2", "professional", 2, 2)
    (step,) = record_difference_table(table, ("level",), rungs).to_dict("records")
    assert (step["source"], step["as_of"]) == (
        "own-load-1, own-load-2",
        "2024-06-01 to 2025-01-01",
    )
    assert step["status"] == "computed from demo data"


def test_a_ratio_needs_one_pay_basis(own, tmp_path):
    replace_records(own, [Person(base=12_000_000)])
    records = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, records, RecordQuery("USD"))
    whole = record_band_table(own, records, RecordQuery("USD", by=("function",)))
    market = pd.DataFrame(
        {
            "function": "Sales",
            "level": "P1",
            "status": "published",
            "pay_basis": basis,
            "currency": "USD",
            "p50": 100_000.0,
            "low": 1.0,
            "high": 2.0,
            "as_of": "2026",
            "source": "s",
        }
        for basis in ("base", "total_comp")
    )
    pay_range = {
        "load": 9,
        "function": "sales",
        "focus": None,
        "level": "P1",
        "title": None,
        "place": "not stated",
        "currency": "USD",
        "pay_basis": "base",
        "minimum": 90_000.0,
        "midpoint": 110_000.0,
        "maximum": 130_000.0,
        "effective_date": date(2026, 1, 1),
    }
    benchmarks = market.assign(benchmark="All of sales", point=np.nan)
    rows = comparison_table(table, whole, market, benchmarks, pd.DataFrame([pay_range]), "Sales")
    assert rows.level.tolist() == ["P1", "P1", "P1", "all levels", "all levels"]
    assert rows.beside.tolist() == [
        "Market, published",
        "Market, published",
        "Own range",
        "All of sales",
        "All of sales",
    ]
    assert rows.ratio.tolist() == pytest.approx(
        [0.2, np.nan, 120 / 110 - 1, 0.2, np.nan], nan_ok=True
    )
    assert rows.compa_ratio.iloc[2] == pytest.approx(120 / 110)
    assert rows.penetration.iloc[2] == pytest.approx(0.75)


def test_a_benchmark_without_a_median_is_compared_by_the_figure_that_it_gives():
    whole = pd.DataFrame({"p50": [125_000.0], "pay_basis": "base", "currency": "USD"})
    benchmarks = pd.DataFrame(
        {"function": "Sales", "benchmark": ["point", "median", "range"], "pay_basis": "base"}
        | {"currency": "USD", "p50": [np.nan, 100_000.0, np.nan], "low": 1.0, "high": 2.0}
        | {"point": [50_000.0, 1.0, np.nan], "as_of": "2026", "source": "s"}
    )
    nothing = pd.DataFrame(columns=["function", "level"])
    rows = comparison_table(nothing, whole, nothing, benchmarks, nothing, "Sales")
    assert rows.beside.tolist() == ["point", "median"]
    assert rows.ratio.tolist() == [1.5, 0.25]


@pytest.mark.parametrize(
    ("cell", "other", "ratio"),
    [("USD", "USD", 0.25), ("EUR", "EUR", 0.25), ("EUR", "USD", None), ("USD", "EUR", None)],
)
def test_no_ratio_of_pay_in_one_currency_to_a_market_in_another(cell, other, ratio):
    table = pd.DataFrame({"level": ["P1"], "p50": 125_000.0, "pay_basis": "base", "currency": cell})
    market = pd.DataFrame(
        {"function": ["Sales"], "level": "P1", "status": "published", "pay_basis": "base"}
        | {"currency": other, "p50": 100_000.0, "low": 90_000.0, "high": 110_000.0}
        | {"as_of": "2026", "source": "s"}
    )
    benchmarks = market.assign(benchmark="All of sales", point=np.nan)
    ranges = pd.DataFrame(
        {"load": [9], "function": None, "focus": None, "level": "P1", "title": None}
        | {"place": "not stated", "currency": other, "pay_basis": "base"}
        | {"minimum": 80_000.0, "midpoint": 100_000.0, "maximum": 120_000.0}
        | {"effective_date": date(2026, 1, 1)}
    )
    rows = comparison_table(table, table, market, benchmarks, ranges, "Sales")
    if ratio:
        assert rows.ratio.tolist() == [ratio, ratio, ratio]
        return
    # An own range in another currency is not shown at all; the market's figures stay.
    assert rows.beside.tolist() == ["Market, published", "All of sales"]
    assert rows.point.tolist() == [100_000, 100_000]
    assert rows.ratio.isna().all()


def test_the_documented_examples_hold():
    assert doctest.testmod(record_tables).failed == 0
