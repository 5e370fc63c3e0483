"""Sets of assumptions that vary together: between what each scenario has, and evenly spread."""

from math import exp, log

import numpy as np
import pytest

from analytics.ladder_scenarios import joint_changes

DEFAULTS = {"step": 0.16, "share": 0.1, "other": 0.9, "fit_tolerance": 0.2}
SCENARIOS = {
    "default": {},
    "steps small": {"step": 0.12},
    "steps large": {"step": 0.25},
    "juniors": {"share": 0.2, "other": 0.8},
    "firm": {"fit_tolerance": 0.02},
}


def test_each_parameter_stays_between_what_its_scenarios_have():
    sets = joint_changes(SCENARIOS, DEFAULTS, 400)
    assert len(sets) == 400
    for name, low, high in (
        ("step", 0.12, 0.25),
        ("share", 0.1, 0.2),
        ("fit_tolerance", 0.02, 0.2),
    ):
        values = [changes[name] for changes in sets.values()]
        assert low <= min(values) < low + 0.02 * (high - low) + 1e-3
        assert high - 0.02 * (high - low) - 1e-3 < max(values) <= high
    # What one scenario moves together moves together.
    assert all(c["share"] + c["other"] == pytest.approx(1.0) for c in sets.values())


def test_default_and_alternatives_are_evenly_spaced_and_tolerances_go_in_logs():
    sets = list(joint_changes(SCENARIOS, DEFAULTS, 2_000).values())
    steps = np.array([c["step"] for c in sets])
    # Half of the places lie below the default, which stands between the two alternatives.
    assert np.mean(steps < 0.16) == pytest.approx(0.5, abs=0.01)
    middle = exp((log(0.02) + log(0.2)) / 2)
    assert np.median([c["fit_tolerance"] for c in sets]) == pytest.approx(middle, rel=0.02)


def test_axes_are_filled_evenly_and_independently():
    sets = list(joint_changes(SCENARIOS, DEFAULTS, 1_000).values())
    share = [(c["share"] - 0.1) / 0.1 for c in sets]
    tolerance = [log(c["fit_tolerance"] / 0.02) / log(10) for c in sets]
    counts, *_ = np.histogram2d(share, tolerance, bins=5, range=[[0, 1], [0, 1]])
    assert counts.min() >= 30
    assert counts.max() <= 50
    assert abs(np.corrcoef(share, tolerance)[0, 1]) < 0.05


def test_the_same_sets_come_every_time():
    assert joint_changes(SCENARIOS, DEFAULTS, 7) == joint_changes(SCENARIOS, DEFAULTS, 7)
