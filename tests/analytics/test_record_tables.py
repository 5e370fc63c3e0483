"""What follows from a band table: steps between levels, and what lies beside."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.record_tables import beside_table, record_difference_table
from data.records.bands import PayRecords, record_band_table
from data.records.question import RecordQuery
from tests.data.records.demo_store import Person, only


def test_steps_join_both_intervals(own, tmp_path, market):
    from analytics.deltas import Rung

    draw = np.random.default_rng(1)
    only(own, [Person(level=p, base=100 * round(median * np.exp(0.2 * draw.standard_normal())))
               for p, median in (("P1", 60_000), ("P2", 61_000), ("P3", 90_000))
               for _ in range(400)])  # fmt: skip
    table = record_band_table(
        own, PayRecords.open(own, tmp_path / "mine.duckdb"), RecordQuery("USD")
    )
    rungs = [Rung(p, "professional", i, i) for i, p in enumerate(("P1", "P2", "P3"))]
    steps = record_difference_table(table, ("level",), rungs)
    assert list(zip(steps.start, steps.end, strict=True)) == [("P1", "P2"), ("P2", "P3")]
    p50 = table.p50.tolist()
    assert steps.ratio.tolist() == pytest.approx([p50[1] / p50[0] - 1, p50[2] / p50[1] - 1])
    assert (steps.ratio_low < steps.ratio).all()
    assert (steps.ratio < steps.ratio_high).all()
    assert record_difference_table(table.head(1), ("level",), rungs).empty


def test_beside_the_market_a_ratio_needs_one_basis(own, tmp_path):
    only(own, [Person(base=12_000_000)])
    store = PayRecords.open(own, tmp_path / "mine.duckdb")
    table = record_band_table(own, store, RecordQuery("USD"))
    whole = record_band_table(own, store, RecordQuery("USD", by=("function",)))
    market = pd.DataFrame([
        {"function": "Sales", "level": "P1", "status": "published", "pay_basis": b,
         "p50": 100_000.0, "low": 1.0, "high": 2.0, "as_of": "2026", "source": "s"}
        for b in ("base", "total_comp")])  # fmt: skip
    ranges = pd.DataFrame([
        {"load": 9, "function": "sales", "focus": None, "level": "P1", "title": None,
         "place": "not stated", "currency": "USD", "pay_basis": "base", "minimum": 90_000.0,
         "midpoint": 110_000.0, "maximum": 130_000.0,
         "effective_date": date(2026, 1, 1)}])  # fmt: skip
    benchmarks = market.assign(benchmark="All of sales", series="S", point=np.nan, currency="USD")
    found = beside_table(table, whole, market, benchmarks, ranges, "Sales")
    assert found.level.tolist() == ["P1", "P1", "P1", "all levels", "all levels"]
    assert found.ratio.tolist() == pytest.approx(
        [0.2, np.nan, 120 / 110 - 1, 0.2, np.nan], nan_ok=True
    )
    assert found.compa_ratio.iloc[2] == pytest.approx(120 / 110)
    assert found.penetration.iloc[2] == pytest.approx(0.75)


def test_a_benchmark_without_a_median_is_compared_by_the_figure_that_it_gives():
    whole = pd.DataFrame({"p50": [125_000.0], "pay_basis": "base", "currency": "USD"})
    benchmarks = pd.DataFrame(
        {"function": "Sales", "benchmark": ["point", "median", "range"], "pay_basis": "base"}
        | {"currency": "USD", "p50": [np.nan, 100_000.0, np.nan], "low": 1.0, "high": 2.0}
        | {"point": [50_000.0, 1.0, np.nan], "as_of": "2026", "source": "s"}
    )
    nothing = pd.DataFrame(columns=["function", "level"])
    found = beside_table(nothing, whole, nothing, benchmarks, nothing, "Sales")
    assert found.beside.tolist() == ["point", "median"]
    assert found.ratio.tolist() == [1.5, 0.25]


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
    found = beside_table(table, table, market, benchmarks, ranges, "Sales")
    if ratio:
        assert found.ratio.tolist() == [ratio, ratio, ratio]
        return
    # An own range in another currency is not shown at all; the market's figures stay.
    assert found.beside.tolist() == ["Market, published", "All of sales"]
    assert found.point.tolist() == [100_000, 100_000]
    assert found.ratio.isna().all()
