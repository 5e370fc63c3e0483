"""Target percentiles, levels and currencies of a structure."""

from dataclasses import replace

import pytest

from analytics.errors import InputError
from analytics.ranges.build import build_ranges
from analytics.ranges.changes import setting_changes
from analytics.ranges.exchange import exchange_rate, in_currency, read_currency
from analytics.ranges.market_levels import choose_levels
from analytics.ranges.serialization import from_spec, to_spec
from analytics.ranges.targets import Targets, targets_of
from tests.analytics.ranges.structures import THREE, market


def at(level: str, percentile: float):
    return replace(market(level, 1e5), percentile=percentile)


def test_targets_are_found_again_in_the_levels_that_were_read_at_them():
    levels = [at("P1", 0.5), at("P2", 0.5), at("P3", 0.6), at("P4", 0.6), at("M3", 0.75)]
    focuses = {"P1": "Field", "P2": "Field", "P3": "Inside", "P4": "Inside", "M3": "Sales"}
    found = targets_of(levels, focuses)
    assert found == Targets(0.5, (("management", 0.75), ("Inside", 0.6)))
    read = [found.of_level(focuses[m.level], m.track) for m in levels]
    assert read == [m.percentile for m in levels]


def test_a_structure_in_another_currency_is_its_dollars_times_the_rate_and_reads_back():
    canada = in_currency(THREE, "cad", 1.25, " Our  treasury ")
    assert [r.midpoint for r in build_ranges(canada).ranges] == [100_000, 125_000, 137_500]
    assert from_spec(to_spec(canada)) == canada
    assert setting_changes(THREE, canada) == [
        "currency: USD → CAD, 1 USD = 1.25 CAD (Our treasury)"
    ]
    # What was saved before there were rates is the same text, so its checksum stands.
    assert "exchange" not in to_spec(THREE)
    assert in_currency(THREE, "USD", None) == THREE


@pytest.mark.parametrize("rate", [None, 0, -1, float("nan"), float("inf")])
def test_no_currency_is_converted_without_a_rate_above_zero(rate):
    with pytest.raises(InputError, match="CAD"):
        exchange_rate("CAD", rate)


def test_what_is_no_currency_or_level_is_refused():
    for text in ("", "C$", "DOLLARS", "12A"):
        with pytest.raises(InputError, match="three letters"):
            read_currency(text)
    with pytest.raises(InputError, match="no such level: P9; those that can be built are P1, P2"):
        choose_levels(THREE.markets, ["P1", "P9"])
    assert [m.level for m in choose_levels(THREE.markets, ["P3", "P1"])] == ["P1", "P3"]
    assert choose_levels(THREE.markets, []) == THREE.markets
