"""A distribution from its percentiles, its inverse, and mixtures of several."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

from analytics.distribution import Distribution, mixture_pay
from analytics.errors import InputError

PERCENTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def lognormal(median: float, sigma: float) -> Distribution:
    return Distribution({p: median * np.exp(sigma * norm.ppf(p)) for p in PERCENTILES})


@st.composite
def distributions(draw) -> Distribution:
    steps = draw(st.lists(st.floats(0.01, 0.6), min_size=5, max_size=5))
    start = draw(st.floats(np.log(20_000), np.log(200_000)))
    return Distribution(dict(zip(PERCENTILES, np.exp(start + np.cumsum(steps)), strict=True)))


@given(distributions(), st.floats(0.001, 0.999))
def test_the_inverse_undoes_it(curve, p):
    assert curve.share_below(np.log(curve.pay(p))) == pytest.approx(p, abs=1e-9)


@given(distributions())
def test_the_anchors_come_back_to_the_cent(curve):
    assert [curve.pay(p) for p in PERCENTILES] == list(curve.anchors.values())


@given(distributions())
def test_the_share_below_an_anchor_is_its_percentile(curve):
    shares = [curve.share_below(log(pay)) for pay in curve.anchors.values()]
    assert shares == pytest.approx(PERCENTILES, abs=1e-9)


@given(distributions(), st.floats(0.01, 0.98))
def test_it_rises(curve, p):
    assert curve.pay(p) < curve.pay(p + 0.01)


def test_where_pay_stands_still_the_share_is_the_upper_end():
    curve = Distribution({0.25: 50_000, 0.5: 50_000, 0.75: 80_000})
    assert curve.share_below(np.log(50_000)) == pytest.approx(0.5)
    flat = Distribution({0.25: 50_000, 0.75: 50_000})
    assert flat.share_below(np.log(49_999)) == 0
    assert flat.share_below(np.log(50_001)) == 1


@pytest.mark.parametrize(("p", "k"), [(0.25, 79.9), (0.5, 105.8), (0.75, 140.2)])
def test_two_lognormals_pooled_as_published(p, k):
    parts = {lognormal(80_000, 0.2): 0.5, lognormal(140_000, 0.2): 0.5}
    assert mixture_pay(parts, p) / 1000 == pytest.approx(k, abs=0.05)


@given(
    st.lists(
        st.tuples(st.floats(4e4, 3e5), st.floats(0.1, 0.6), st.floats(0.05, 1)),
        min_size=1,
        max_size=5,
    ),
    st.floats(0.02, 0.98),
)
def test_pooled_lognormals_match_scipys_root(parts, p):
    total = sum(w for *_, w in parts)
    shares = {lognormal(m, s): w / total for m, s, w in parts}

    def miss(x: float) -> float:
        return sum(w / total * norm.cdf((x - np.log(m)) / s) for m, s, w in parts) - p

    assert mixture_pay(shares, p) == pytest.approx(np.exp(brentq(miss, 0, 30)), rel=1e-6)


@given(st.lists(distributions(), min_size=2, max_size=4), st.floats(0.02, 0.98))
def test_pooled_lies_between_its_parts(parts, p):
    pooled = mixture_pay({part: 1 / len(parts) for part in parts}, p)
    pays = [part.pay(p) for part in parts]
    assert min(pays) * (1 - 1e-9) <= pooled <= max(pays) * (1 + 1e-9)


@pytest.mark.parametrize(
    "anchors", [{0.5: 1.0}, {0.5: 0.0, 0.9: 2.0}, {0.5: 3.0, 0.9: 2.0}, {0.0: 1.0, 0.5: 2.0}]
)
def test_what_is_no_distribution_is_refused(anchors):
    with pytest.raises(InputError):
        Distribution(anchors)


def test_a_percentile_outside_is_refused():
    with pytest.raises(InputError, match="write P25 as 0"):
        lognormal(1e5, 0.3).pay(25)
