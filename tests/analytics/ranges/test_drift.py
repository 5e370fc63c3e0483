"""How far a structure's ranges are from the market as it is now, by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from analytics.job_rows import JobProfile
from analytics.pricing.ageing import Month
from analytics.pricing.question import PayQuestion
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.drift import drift_table, market_changes
from analytics.ranges.market_levels import market_again
from analytics.ranges.rows import MarketLevel, PlaceRatio
from analytics.ranges.serialization import from_spec, to_spec
from tests.analytics.ranges.structures import THREE, market, structure


def moved(*pays: float | None, month: str = "2027-07", **fields: object) -> Structure:
    levels = [replace(level, market=pay) for level, pay in zip(THREE.markets, pays, strict=True)]
    return replace(THREE, markets=tuple(levels), month=month, **fields)


def test_how_far_midpoints_are_from_todays_market_by_hand():
    # Midpoints of 80, 100 and 110 thousand against 88, 112 thousand and no figure.
    now, again = moved(88_000, 112_000, None), moved(82_000, 100_000, None, month="2027-01")
    table = drift_table(THREE, build_ranges(THREE).ranges, now, again)
    assert table.market_change.tolist()[:2] == pytest.approx([0.10, 0.12])
    assert table.change_by_data.tolist()[:2] == pytest.approx([0.025, 0.0])
    assert table.midpoint_off.tolist()[:2] == pytest.approx([80 / 88 - 1, 100 / 112 - 1])
    assert table.drifted.tolist() == [False, True, pd.NA]
    assert pd.isna(table.midpoint_off[2])
    assert set(table.since) == {"2027-01"}
    assert set(table.now) == {"2027-07"}


def test_exactly_at_the_limit_has_not_drifted_and_a_place_moves_with_its_ratio():
    own = structure(market("P1", 90_000))
    there = replace(own, places=(PlaceRatio("Colorado", 1.1),))
    now = replace(there, markets=(market("P1", 100_000),), places=(PlaceRatio("Colorado", 1.2),))
    table = drift_table(there, build_ranges(there).ranges, now, there)
    assert table.midpoint_off.tolist() == pytest.approx([-0.1, 99_000 / 120_000 - 1])
    assert table.drifted.tolist() == [False, True]
    assert market_changes(there, now) == [
        "Sales P1: market $90,000.00 → $100,000.00 (+11.1%)",
        "Colorado: ratio of wages 1.1000 → 1.2000",
    ]
    assert market_changes(there, there) == []


def test_each_level_is_asked_for_again_on_its_own_terms():
    job = JobProfile("S.S.P1", "s", "s", "Sales", "s", "Sales", "canon", "P1", "professional", 1,
                     "Rep")  # fmt: skip
    priced = MarketLevel("Sales", "P1", "professional", 1, 9e4, None, None, 0.6, "BLS", "computed",
                         "S.S.P1")  # fmt: skip
    old = replace(priced, code="")
    asked: list[tuple[PayQuestion, str]] = []

    def answer(question: PayQuestion, figure: str) -> None:
        asked.append((question, figure))

    for level in (priced, replace(old, chosen="Survey A"), market("P1", 80_000)):
        own = Structure("base", "USD", "2027-01", (level,))
        assert from_spec(to_spec(own)) == own
        again = market_again(own, [job], answer, "2027-07")
        assert (again.month, again.markets[0].market) == ("2027-07", None)
    # The figure of a file can't be asked for; one saved without its code can, by its level.
    question = PayQuestion(job, "", "base", 0.6, Month(2027, 7))
    assert asked == [(question, ""), (question, "Survey A")]
