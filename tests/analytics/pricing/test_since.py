"""What differs between a pricing's sources and those of today's store."""

from dataclasses import replace

from analytics.pricing.ageing import Month
from analytics.pricing.inputs import OWN_ORIGIN, Place, Pricing, Rate, Source
from analytics.pricing.since import pricing_since

MARCH = Month(2026, 3)
ECI = Rate(0.035, "ECI to 2026-06", "bls-eci")
SURVEY = Source("Survey A", "base", MARCH, {0.5: 100e3}, n=200, match="exact", origin="own-load-1")
GONE = Source("Survey B", "base", MARCH, {0.5: 90e3}, origin="own-load-2")
TYPED = Source("Mine", "base", MARCH, {0.5: 95e3}, origin=OWN_ORIGIN)
PRICING = Pricing("CSM", "base", Month(2027, 1), ECI, (SURVEY, GONE, TYPED))


def test_what_is_alike_says_nothing_and_decisions_are_kept():
    offered = [replace(SURVEY, match="partial"), GONE]
    assert pricing_since(PRICING, offered, ECI) == (PRICING, [])


def test_each_difference_is_named_with_both_figures():
    new = replace(SURVEY, percentiles={0.5: 104e3, 0.75: 120e3}, n=None, place=Place(1.1, "there"))
    today, told = pricing_since(PRICING, [new], Rate(0.04, "ECI to 2026-09", "bls-eci"))
    assert told == [
        "Survey A: P50 $100,000.00 → $104,000.00",
        "Survey A: P75 none → $120,000.00",
        "Survey A: sample size 200 → not stated",
        "Survey A: place × 1.0000 → × 1.1000",
        "Survey B: the store has no such source of this job any longer",
        "yearly rate: 3.50% (ECI to 2026-06) → 4.00% (ECI to 2026-09)",
    ]
    assert today.sources == (replace(new, match="exact"), GONE, TYPED)
    assert today.rate.value == 0.04


def test_rates_that_somebody_gave_stay():
    mine = {0.5: Rate(0.02, "a rate for this source")}
    own = replace(PRICING, rate=Rate(0.03, "your rate"), sources=(replace(SURVEY, rates=mine),))
    now = replace(SURVEY, rates={0.5: Rate(0.05, "ECI", "bls-eci")})
    assert pricing_since(own, [now], ECI) == (own, [])
