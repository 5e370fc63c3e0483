"""What a function's own ladder is modelled under, by hand."""

from math import exp

import pytest

from analytics.errors import InputError
from analytics.ladder_assumptions import (
    check_parameter,
    defaults_used,
    log_spread,
    model_scenarios,
    without_levels,
)
from analytics.ladder_model import LEVELS, Assumptions

#: Pay whose logs spread by exactly .50 from one normal score to the next.
PUBLISHED = {0.5: 100_000.0, 0.8413447460685429: 100_000 * exp(0.5)}
SHORT = ("P1", "P2", "P3", "P4", "M3", "M4")
USUAL = {
    "default": {},
    "anchor 15 % lower": {"anchor_factor": 0.85},
    "levels narrow": {"dispersion": 0.19, "dispersion_tolerance": 0.03},
}


def test_levels_that_a_ladder_lacks_have_next_to_nobody_and_the_others_their_share():
    share = dict(zip(LEVELS, without_levels(Assumptions(), SHORT).headcount(), strict=True))
    # Professionals .10, .25, .32 and .21 of .88; one M3 to 6 of them, one M4 to 4 M3.
    everybody = 1 + 1 / 6 + 1 / 24
    assert share["P2"] == pytest.approx(0.25 / 0.88 / everybody, rel=1e-4)
    assert share["M3"] == pytest.approx(1 / 6 / everybody, rel=1e-4)
    assert share["M4"] == pytest.approx(1 / 24 / everybody, rel=1e-4)
    assert max(share[level] for level in ("P5", "P6", "M5", "M6")) < 2e-6


def test_a_management_level_missing_in_the_middle_leaves_the_one_above_its_share():
    share = dict(zip(LEVELS, without_levels(Assumptions(), ("P1", "M4")).headcount(), strict=True))
    assert share["M3"] < 2e-6
    assert share["M4"] / share["P1"] == pytest.approx(1 / 24, rel=1e-4)


def test_all_levels_leave_the_assumptions_as_they_are():
    assert without_levels(Assumptions(), LEVELS) == Assumptions()


def test_what_a_team_leaves_out_has_a_default_that_is_told():
    ((assume, anchor),) = model_scenarios({}, {}, LEVELS, PUBLISHED).values()
    assert (assume.dispersion, assume.professional_step) == (pytest.approx(0.71 * 0.5), 0.16)
    assert (anchor, assume.anchor_tolerance) == (None, 5.0)
    told = defaults_used({"default": {"professional_step": 0.1}})
    assert "defaults for near-parity of the tracks, spread inside a level (71% of the" in told
    assert "steps" not in told
    assert "No pay of M6 is given" in told


def test_alternatives_move_what_a_team_gives_by_the_same_ratio():
    made = model_scenarios({"default": {"dispersion": 0.20}}, USUAL, LEVELS, PUBLISHED)
    assert list(made) == ["default", "levels narrow"]
    narrow, _ = made["levels narrow"]
    assert narrow.dispersion == pytest.approx(0.20 * 0.19 / 0.38)
    assert narrow.dispersion_tolerance == pytest.approx(0.03)


def test_an_anchor_is_held_and_tried_lower():
    made = model_scenarios({"default": {"anchor": 300_000.0}}, USUAL, LEVELS, PUBLISHED)
    assert {anchor for _, anchor in made.values()} == {300_000.0}
    assert made["default"][0].anchor_tolerance == 0.05
    assert made["anchor 15 % lower"][0].anchor_factor == 0.85


def test_alternatives_of_a_teams_own_take_the_place_of_the_usual_ones():
    own = {"default": {"span_m3": 8.0}, "flat": {"span_m3": 12.0}}
    made = model_scenarios(own, USUAL, LEVELS, PUBLISHED)
    assert {name: assume.span_m3 for name, (assume, _) in made.items()} == {
        "default": 8.0, "flat": 12.0,
    }  # fmt: skip
    assert "Bandstand's alternatives" not in defaults_used(own)


@pytest.mark.parametrize(
    ("own", "levels", "said"),
    [
        ({"default": {"bonus": 1.0}}, LEVELS, "unknown assumption"),
        ({"default": {"anchor": 3e5}}, SHORT, "the pay of M6, which the ladder does not have"),
        ({}, ("M3", "M4"), "no professional level"),
    ],
)
def test_what_cant_be_modelled_is_refused(own, levels, said):
    with pytest.raises(InputError, match=said):
        model_scenarios(own, {}, levels, PUBLISHED)


def test_spread_is_that_of_the_outermost_percentiles():
    assert log_spread(PUBLISHED) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("professional_step", 0.16, ""),
        ("professional_step", 16, "is outside -1 to 1"),
        ("parity_gap", -0.1, ""),
        ("dispersion", 38, "is outside 0 to 2"),
        ("share_p1", 10, "is outside 0 to 1"),
        ("span_m3", 0, "is not above 0"),
        ("anchor", 250_000, ""),
    ],
)
def test_values_that_make_no_sense_are_named(name, value, wrong):
    assert check_parameter(name, value) == wrong
