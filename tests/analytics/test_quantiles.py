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
from analytics.uncertainty.cells import AREA, NATION, STATE, Cell
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
        # P10 and P40 reach to their published neighbor above, P60 and P95 to that below.
        (0.10, 59_800, 32_700, 87_000),
        (0.40, 113_400, 96_800, 132_000),
        (0.60, 153_500, 132_000, 179_700),
        (0.95, 287_000, 247_400, 412_100),
    ],
)
def test_levels_fyi_percentiles_match_the_hand_checked_table(p, value, low, high):
    found = percentile_of(LEVELS_FYI, p)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=50)
    assert found.status == "interpolated"
    assert found.extrapolated == (p in (0.10, 0.95))


def test_a_published_percentile_is_returned_as_published():
    assert percentile_of(LEVELS_FYI, 0.9) == Estimate(247_387, None, None, "published")


def test_between_two_published_percentiles_the_interval_is_scale_times_spread_times_gap():
    # By hand for P60 of a national cell of 90,000 people, κ .59, without sampling error:
    # spread is the slope of log pay on score, the gap (z−a)(b−z)/(b−a).
    anchors = {0.1: 50e3, 0.5: 100e3, 0.9: 200e3}
    z, a, b = norm.ppf(0.6), norm.ppf(0.5), norm.ppf(0.9)
    half = 0.59 * math.log(2) / b * (z - a) * (b - z) / (b - a)
    found = percentile_of(anchors, 0.6, Cell(NATION, 90_000, mean_rse=0.0))
    assert math.log(found.high / found.value) == pytest.approx(half)
    assert math.log(found.value / found.low) == pytest.approx(half)


def test_the_standard_error_of_the_mean_gives_published_percentiles_theirs():
    # A spread of .3: the mean's relative error is √(e^.09 − 1)/√n; 2 % of it makes n 235.4.
    anchors = {p: math.exp(11 + 0.3 * norm.ppf(p)) for p in (0.1, 0.25, 0.5, 0.75, 0.9)}
    n = (math.exp(0.09) - 1) / 0.02**2
    half = norm.ppf(0.95) * math.sqrt(0.25 / n) * 0.3 / norm.pdf(0)
    found = percentile_of(anchors, 0.5, Cell(STATE, 500, mean_rse=2.0))
    assert math.log(found.high / found.value) == pytest.approx(half)
    assert found.status == "published"


def test_a_known_sample_size_widens_the_interval_even_at_an_anchor():
    found = percentile_of(LEVELS_FYI, 0.5, cell=Cell(n=100))
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
    if once.low is not None:
        assert twice.low == pytest.approx(2 * once.low)


@given(published())
def test_strictly_increasing_and_inside_its_interval(anchors):
    found = [percentile_of(anchors, p) for p in np.linspace(0.01, 0.99, 50)]
    values = [e.value for e in found]
    assert all(a < b for a, b in itertools.pairwise(values))
    known = [e for e in found if e.low is not None]
    assert all(e.low <= e.value * (1 + 1e-12) and e.value <= e.high * (1 + 1e-12) for e in known)


@given(published(), st.sampled_from([Cell(), Cell(n=40), Cell(AREA, 60, 4.0), Cell(NATION, 1e5)]))
def test_neither_end_of_the_interval_ever_falls(anchors, cell):
    found = [percentile_of(anchors, p, cell) for p in np.linspace(0.01, 0.99, 99)]
    known = [e for e in found if e.low is not None]
    for a, b in itertools.pairwise(known):
        assert a.low <= b.low * (1 + 1e-12)
        assert a.high <= b.high * (1 + 1e-12)


@given(st.floats(8, 14), st.floats(0.05, 1.5), PERCENTILES)
def test_a_lognormal_is_reproduced(mu, sigma, p):
    dist = lognorm(sigma, scale=math.exp(mu))
    anchors = {q: dist.ppf(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)}
    assert percentile_of(anchors, p).value == pytest.approx(dist.ppf(p), rel=1e-9)


@given(published(), PERCENTILES, st.integers(10, 100_000))
def test_more_people_never_widen_the_interval(anchors, p, n):
    few, many = (percentile_of(anchors, p, Cell(n=size)) for size in (n, 10 * n))
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
        Cell(n=0)
