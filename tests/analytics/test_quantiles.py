import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator
from scipy.stats import lognorm, norm

from analytics.errors import InputError
from analytics.pchip import cubic, slopes
from analytics.quantiles import Estimate, percentile_of
from tests.conftest import LEVELS_FYI

PERCENTILES = st.floats(0.01, 0.99)
PAY = st.floats(1_000, 1_000_000)


@st.composite
def published(draw: st.DrawFn) -> dict[float, float]:
    """Two to six percentiles whose pay rises by at least a thousandth each."""
    ps = sorted(draw(st.sets(st.sampled_from([0.05, 0.1, 0.25, 0.4, 0.5, 0.75, 0.9]), min_size=2)))
    steps = draw(st.lists(st.floats(0.001, 1.0), min_size=len(ps), max_size=len(ps)))
    return dict(zip(ps, draw(PAY) * np.exp(np.cumsum(steps)), strict=True))


@pytest.mark.parametrize(
    ("p", "value", "low", "high"),
    [
        (0.10, 59_800, 47_600, 75_100),
        (0.40, 113_400, 106_800, 120_300),
        (0.60, 153_500, 144_600, 162_900),
        (0.95, 287_000, 250_300, 329_100),
    ],
)
def test_levels_fyi_percentiles_match_the_hand_checked_table(p, value, low, high):
    found = percentile_of(LEVELS_FYI, p)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=50)
    assert found.status == "interpolated"
    assert found.extrapolated == (p in (0.10, 0.95))


def test_a_published_percentile_is_returned_as_published():
    assert percentile_of(LEVELS_FYI, 0.9) == Estimate(247_387, 247_387, 247_387, "published")


def test_a_known_sample_size_widens_the_interval_even_at_an_anchor():
    found = percentile_of(LEVELS_FYI, 0.5, n=100)
    # Delta method by hand: 1.645 · √(.25/100) · slope / φ(0), slope of the four points .5443.
    z = norm.ppf(list(LEVELS_FYI))
    slope = np.polyfit(z, np.log(list(LEVELS_FYI.values())), 1)[0]
    half = norm.ppf(0.95) * math.sqrt(0.25 / 100) * slope / norm.pdf(0)
    assert math.log(found.high / found.value) == pytest.approx(half)
    assert found.value == 132_000


@given(published(), PERCENTILES)
def test_scale_equivariant(anchors, p):
    once, twice = (
        percentile_of(anchors, p),
        percentile_of({k: 2 * v for k, v in anchors.items()}, p),
    )
    assert twice.value == pytest.approx(2 * once.value)
    assert twice.low == pytest.approx(2 * once.low)


@given(published())
def test_strictly_increasing_and_inside_its_interval(anchors):
    found = [percentile_of(anchors, p) for p in np.linspace(0.01, 0.99, 50)]
    values = [e.value for e in found]
    assert all(a < b for a, b in itertools.pairwise(values))
    assert all(e.low <= e.value * (1 + 1e-12) and e.value <= e.high * (1 + 1e-12) for e in found)


@given(st.floats(8, 14), st.floats(0.05, 1.5), PERCENTILES)
def test_a_lognormal_is_reproduced(mu, sigma, p):
    dist = lognorm(sigma, scale=math.exp(mu))
    anchors = {q: dist.ppf(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)}
    assert percentile_of(anchors, p).value == pytest.approx(dist.ppf(p), rel=1e-9)


@given(published(), PERCENTILES, st.integers(10, 100_000))
def test_more_people_never_widen_the_interval(anchors, p, n):
    few, many = percentile_of(anchors, p, n=n), percentile_of(anchors, p, n=10 * n)
    assert many.high - many.low <= (few.high - few.low) * (1 + 1e-9)


@given(published(), st.floats(0, 1))
def test_curve_matches_scipy_pchip(anchors, share):
    z, logs = norm.ppf(list(anchors)), np.log(list(anchors.values()))
    at = z[0] + share * (z[-1] - z[0])
    assert cubic(z, logs, slopes(z, logs), at) == pytest.approx(
        float(PchipInterpolator(z, logs)(at))
    )


@pytest.mark.parametrize(
    ("x", "y"),
    [([0, 1, 2, 3], [0, 1, 0.5, 2]), ([0, 1, 3], [0, 0, 5]), ([0, 2, 3, 7], [3, 3, 1, 0])],
)
def test_curve_matches_scipy_pchip_where_the_data_turns(x, y):
    at = np.linspace(x[0], x[-1], 40)
    assert [cubic(x, y, slopes(x, y), a) for a in at] == pytest.approx(PchipInterpolator(x, y)(at))


@pytest.mark.parametrize(
    ("anchors", "p", "message"),
    [
        ({0.5: 100.0}, 0.5, "needs two"),
        ({0.25: 200.0, 0.5: 100.0}, 0.4, "must not fall"),
        (LEVELS_FYI, 25, "write P25 as 0.25"),
        ({0.25: 0.0, 0.5: 100.0}, 0.4, "above 0"),
        ({0.25: float("nan"), 0.5: 100.0}, 0.4, "above 0"),
    ],
)
def test_bad_input_says_what_is_wrong(anchors, p, message):
    with pytest.raises(InputError, match=message):
        percentile_of(anchors, p)


def test_a_sample_of_none_is_refused():
    with pytest.raises(InputError, match="leave it out"):
        percentile_of(LEVELS_FYI, 0.4, n=0)
