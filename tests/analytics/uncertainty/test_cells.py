"""Widths that can be recomputed by hand, and kinds that nothing was measured for."""

from math import exp, sqrt

import numpy as np
import pytest
from scipy.stats import norm

from analytics.errors import InputError
from analytics.uncertainty.cells import (
    AREA,
    NATION,
    STATE,
    WIDEST,
    WIDEST_ALONE,
    Cell,
    interpolation_scale,
    sampling_half_widths,
)
from analytics.uncertainty.conversions import ageing_half_width, place_half_widths


@pytest.mark.parametrize(
    ("cell", "scale"),
    [
        (Cell(NATION, 90_000, 0.5), 0.59),
        (Cell(STATE, 260, 3.0), 1.16),
        # Half way between 120 and 220 people in logs.
        (Cell(AREA, sqrt(120 * 220), 3.0), (1.33 + 1.29) / 2),
        (Cell(AREA, 5, 3.0), 1.47),
        (Cell(AREA, 10**6, 3.0), 1.15),
        (Cell(STATE, None, 3.0), 1.19),
        (Cell(n=500), WIDEST),
        (Cell(), WIDEST_ALONE),
        (Cell(NATION, 90_000), WIDEST_ALONE),
    ],
)
def test_the_scale_follows_kind_and_size(cell, scale):
    assert interpolation_scale(cell) == pytest.approx(scale)


def test_no_measured_kind_is_wider_than_what_stands_for_unmeasured_ones():
    sizes = (1, 40, 500, 10**7, None)
    scales = [interpolation_scale(Cell(k, e, 3.0)) for k in (NATION, STATE, AREA) for e in sizes]
    assert max(scales) <= WIDEST < WIDEST_ALONE


def test_a_sample_and_the_standard_error_that_it_has_are_one():
    spread, n = 0.35, 400
    rse = 100 * sqrt((exp(spread**2) - 1) / n)
    z = norm.ppf([0.1, 0.5, 0.9])
    of_n = sampling_half_widths(Cell(n=n), spread, z)
    assert of_n == pytest.approx(sampling_half_widths(Cell(mean_rse=rse), spread, z))
    assert of_n[1] == pytest.approx(1.6449 * 0.5 / 20 * spread / norm.pdf(0), rel=1e-4)
    assert of_n[0] == pytest.approx(of_n[2])


def test_a_negative_error_or_an_empty_sample_is_refused():
    with pytest.raises(InputError, match="below 0"):
        Cell(mean_rse=-1.0)
    with pytest.raises(InputError, match="below 1"):
        Cell(n=0)


def test_ageing_grows_with_the_root_of_time_both_ways():
    assert ageing_half_width(0) == 0
    assert ageing_half_width(24) == pytest.approx(0.07 * sqrt(2)) == ageing_half_width(-24)


def test_a_factor_for_a_place_errs_by_how_it_came_about():
    z = norm.ppf([0.01, 0.1, 0.25, 0.5, 0.9])
    assert place_half_widths("", z).tolist() == [0.0] * 5
    assert place_half_widths("median ratio", z) == pytest.approx([0.27, 0.27, 0.17, 0.0, 0.28])
    unstated = place_half_widths("not stated", z)
    assert np.all(unstated > place_half_widths("all wages, state", z))
