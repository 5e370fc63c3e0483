import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from analytics.bands import bands_of_fits, lognormal_pay
from analytics.errors import InputError


@given(st.floats(8, 14), st.floats(0.05, 1), st.floats(0.01, 0.99))
def test_lognormal_pay_matches_scipy(mu, sigma, p):
    assert lognormal_pay(mu, sigma, [p])[0] == pytest.approx(
        lognorm(sigma, scale=np.exp(mu)).ppf(p)
    )


def test_bands_take_the_default_fit_and_the_reach_of_all():
    # Medians 100k, 90k and 120k at one level; sigma .2, so P90 = median · exp(.2 · 1.2816).
    logs = np.log([[100_000], [90_000], [120_000]])
    bands = bands_of_fits(logs, np.full((3, 1), 0.2), [0.5, 0.9])
    assert bands.value.tolist() == [[100_000, 129_200]]
    assert bands.low.tolist() == [[90_000, 116_300]]
    assert bands.high.tolist() == [[120_000, 155_100]]


@given(st.lists(st.floats(9, 13), min_size=1, max_size=6), st.floats(0.05, 0.8))
def test_bands_rise_and_lie_in_their_interval(logs, sigma):
    fits = np.array(logs)[:, None]
    bands = bands_of_fits(fits, np.full_like(fits, sigma), [0.1, 0.25, 0.5, 0.75, 0.9])
    assert (np.diff(bands.value) >= 0).all()
    assert (bands.low <= bands.value).all()
    assert (bands.value <= bands.high).all()


@pytest.mark.parametrize(("sigma", "p"), [(0.3, 0.0), (0.3, 25), (0.0, 0.5), (-1, 0.5)])
def test_nonsense_is_refused(sigma, p):
    with pytest.raises(InputError):
        lognormal_pay(11, sigma, [p])
