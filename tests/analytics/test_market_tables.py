"""Market tables: top-coded wages, and which pay a split divides."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.market_tables import Market, band_table, benchmark_table, sources_of
from analytics.ote import Split


@pytest.fixture
def top_coded(market: Market) -> Market:
    """The market with one occupation whose P90 BLS prints as # alone: at least 239,200."""
    occupation = market.occupations[market.occupations.soc == "43-4051"].assign(
        p10=np.nan, p25=50_000.0, p50=100_000.0, p75=200_000.0, p90=239_200.0, at_least="p90"
    )
    return replace(market, occupations=occupation)


def test_a_top_coded_wage_is_not_an_interpolation_anchor(top_coded):
    # Pay doubles from P25 to P50 and again to P75, so every 0.6745 of normal score doubles it. P80
    # and P90 follow that line: 100,000 × 2^(0.8416 / 0.6745) and 100,000 × 2^(1.2816 / 0.6745).
    # Through a P90 of 239,200, P80 would come out below 220,000.
    row = benchmark_table(top_coded, (0.5, 0.75, 0.8, 0.9)).set_index("series").loc["BLS 43-4051"]
    assert (row.p50, row.p75, row.p80, row.p90) == (100_000, 200_000, 237_500, 373_200)
    assert row.status == "published; p80 extrapolated; p90 extrapolated"
    assert row.at_least == "p90"
    assert row.p80_low < 237_500 < row.p80_high


def test_a_wage_published_in_full_is_an_interpolation_anchor(top_coded):
    printed = replace(top_coded, occupations=top_coded.occupations.assign(at_least=""))
    row = benchmark_table(printed, (0.8, 0.9)).set_index("series").loc["BLS 43-4051"]
    assert row.p90 == 239_200
    assert 200_000 < row.p80 < 220_000
    assert row.status == "published; p80 interpolated"


@pytest.mark.parametrize("basis", ["base", "total_cash", "oews_wage", "unstated"])
def test_only_target_cash_and_total_compensation_are_split(market, basis):
    published = replace(market, published=market.published.assign(pay_basis=basis))
    (row,) = band_table(published, split=Split(0.8)).query("status == 'published'").itertuples()
    assert (row.level, row.p50, row.pay_basis) == ("M6", 242_000, basis)
    assert row.split.startswith("not split")
    assert np.isnan([row.base_at_p50, row.variable_at_p50]).all()


@pytest.mark.parametrize(
    ("basis", "label"),
    [("target_cash", "80/20"), ("total_comp", "80/20, at most: counts equity")],
)
def test_a_split_divides_target_cash_and_total_compensation(market, basis, label):
    published = replace(market, published=market.published.assign(pay_basis=basis))
    (row,) = band_table(published, split=Split(0.8)).query("status == 'published'").itertuples()
    assert row.split == label
    assert (row.base_at_p50, row.variable_at_p50) == pytest.approx((193_600, 48_400))
    assert np.isnan([row.base_at_p25, row.variable_at_p25]).all()


def test_the_sources_of_a_table_include_those_that_its_model_was_fitted_to(market):
    bands = band_table(market)
    modelled = bands[bands.status == "modelled"]
    assert set(sources_of(market.sources, modelled).source) == {
        "ladder-model",
        "levels-fyi",
        "canon-m6",
    }
    published = bands[bands.status == "published"]
    assert set(sources_of(market.sources, published).source) == {"canon-m6"}
    assert set(sources_of(market.sources, benchmark_table(market)).source) >= {
        "levels-fyi",
        "glide",
    }
