"""What an answer depends on: each input changed alone."""

from dataclasses import replace

import pytest

from analytics.pricing.sensitivity import sensitivities
from tests.analytics.pricing.test_explanation import LEVELS_FYI, MODEL, priced


def test_the_largest_effect_comes_first_and_is_what_pricing_again_gives():
    answer = priced(replace(MODEL, bridged=True), basis="base", months=12)
    found = {s.change: s for s in sensitivities(answer)}
    # One year: × 1.04 / 1.03. Split: × .75 / .8. Equity: × .9.
    assert found["pay rising one point faster a year"].ratio == pytest.approx(1.04 / 1.03 - 1)
    assert found["base at 75% of target cash"].ratio == pytest.approx(0.75 / 0.8 - 1)
    assert found["equity at 10% of total compensation"].ratio == pytest.approx(-0.1)
    assert next(iter(found)) == "equity at 10% of total compensation"


def test_inputs_that_the_answer_does_not_use_are_left_out():
    assert sensitivities(priced(MODEL)) == []


def test_each_source_is_left_out_in_turn():
    answer = priced(MODEL, LEVELS_FYI)
    changes = {s.change for s in sensitivities(answer)}
    assert {"without Modelled ladder, P3", "without levels.fyi"} <= changes
