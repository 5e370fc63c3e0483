import numpy as np
import pytest

from analytics.errors import UnknownNameError
from analytics.market_tables import band_table, benchmark_table, level_difference_table
from analytics.ote import parse_split
from analytics.suggestions import exact, nearest
from data.catalog.market import Filters, check_known

LADDER = ["P1", "P2", "P3", "P4", "P5", "P6", "M3", "M4", "M5", "M6"]


def test_bands_are_in_ladder_order_with_the_published_row_after_the_modelled(market):
    bands = band_table(market)
    assert bands.level.tolist() == [*LADDER, "M6"]
    assert bands.status.tolist() == ["modelled"] * 10 + ["published"]


def test_the_published_m6_stands_apart_and_untouched(market):
    (row,) = band_table(market).query("status == 'published'").itertuples()
    assert (row.p50, row.low, row.high) == (242_000, 190_000, 308_000)
    assert row.pay_basis == "unstated"
    assert row.low_high == "published range, percentiles not stated"
    assert np.isnan([row.p10, row.p25, row.p75, row.p90]).all()


def test_modelled_medians_are_the_oracle_to_the_hundred(market):
    medians = band_table(market).query("status == 'modelled'").p50
    oracle = [
        68_700,
        88_000,
        117_500,
        158_400,
        200_900,
        243_400,
        192_500,
        216_700,
        239_700,
        261_400,
    ]
    assert medians.tolist() == pytest.approx(oracle, abs=150)


def test_every_computed_percentile_carries_an_interval_that_holds_it(market):
    bands = band_table(market, (0.1, 0.4, 0.975)).query("status == 'modelled'")
    for name in ("p10", "p40", "p97.5"):
        assert (bands[f"{name}_low"] <= bands[name]).all()
        assert (bands[name] <= bands[f"{name}_high"]).all()


def test_a_split_divides_pay_of_a_stated_basis_and_nothing_else(market):
    bands = band_table(market, split=parse_split("80/20"))
    modelled = bands.query("status == 'modelled'")
    assert (modelled.base_at_p50 + modelled.variable_at_p50).tolist() == modelled.p50.tolist()
    assert modelled.base_at_p75.tolist() == pytest.approx((0.8 * modelled.p75).tolist())
    unstated = bands.query("pay_basis == 'unstated'")
    assert unstated.base_at_p50.isna().all()
    assert unstated.split.tolist() == ["not split: basis not stated"]
    assert set(modelled.split) == {"80/20, at most: counts equity"}


def test_benchmarks_keep_published_figures_and_name_what_is_interpolated(market):
    rows = benchmark_table(market).set_index("source")
    levels = rows.loc["levels-fyi"]
    assert (levels.p25, levels.p50, levels.p75, levels.p90) == (87_000, 132_000, 193_000, 247_387)
    assert (levels.p10, levels.p10_low, levels.p10_high) == (59_800, 32_700, 87_000)
    assert levels.status == "published; p10 extrapolated"
    assert np.isnan(rows.loc["glide"].p25)
    assert (rows.loc["glide"].low, rows.loc["glide"].high) == (44_000, 121_000)


def test_the_proxy_occupation_always_carries_its_warning(market):
    rows = benchmark_table(market).set_index("series")
    assert "understates customer success pay" in rows.loc["BLS 43-4051"].note
    assert rows.loc["BLS 43-4051"].as_of == "2025-05"


def test_steps_cover_each_track_and_each_move_across(market):
    steps = level_difference_table(market)
    within = steps.query("kind == 'within'")
    assert list(zip(within.start, within.end, strict=True)) == [
        ("P1", "P2"),
        ("P2", "P3"),
        ("P3", "P4"),
        ("P4", "P5"),
        ("P5", "P6"),
        ("M3", "M4"),
        ("M4", "M5"),
        ("M5", "M6"),
    ]
    across = steps.query("kind == 'across'")
    assert list(zip(across.start, across.end, strict=True)) == [
        ("P4", "M3"),
        ("P5", "M4"),
        ("P6", "M5"),
    ]
    assert (steps.amount_low <= steps.amount).all()
    assert (steps.amount <= steps.amount_high).all()
    assert (steps.end_p50 - steps.start_p50).tolist() == steps.amount.tolist()


@pytest.mark.parametrize(
    ("filters", "levels"),
    [
        (Filters(), [*LADDER, "M6"]),
        (Filters(track=("management",)), ["M3", "M4", "M5", "M6", "M6"]),
        (Filters(focus=("Customer Success Management",), level=("P2", "P1", "M3")), ["P1", "P2"]),
        (Filters(focus=("Customer Success",), track=("professional",)), []),
        (Filters(pay_basis=("unstated",)), ["M6"]),
        (Filters(series=("Canon taxonomy",)), ["M6"]),
    ],
)
def test_filters_keep_the_rows_that_pass_all_of_them(market, filters, levels):
    assert filters.keep(band_table(market)).level.tolist() == levels


def test_an_unknown_level_names_the_nearest(market):
    with pytest.raises(UnknownNameError, match="no level 'P7'; did you mean P6"):
        check_known(market, Filters(level=("P7",)))


def test_names_are_found_whatever_their_case_and_hyphens():
    assert exact(" customer-success ", ["Customer Success"]) == "Customer Success"
    assert exact("sales", ["Customer Success"]) is None
    assert nearest("zzz", ["P1", "P2"]) == "available: P1, P2"
