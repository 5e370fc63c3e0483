"""Bands made to rise, against scipy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from analytics.isotonic import isotonic_pay

PAYS = st.lists(st.floats(2e4, 5e5), min_size=1, max_size=12)


@given(PAYS, st.data())
def test_it_is_scipys_isotonic_regression_of_log_pay(pays, data):
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(pays), max_size=len(pays)))
    expected = np.exp(isotonic_regression(np.log(pays), weights=weights).x)
    np.testing.assert_allclose(isotonic_pay(pays, weights), expected, rtol=1e-9)


@given(PAYS)
def test_what_rises_already_stays_to_the_cent(pays):
    assert isotonic_pay(sorted(pays)) == sorted(pays)


def test_neighbors_that_fall_meet_in_the_middle():
    assert np.allclose(isotonic_pay([100.0, 121.0, 100.0]), [100, 110, 110])
