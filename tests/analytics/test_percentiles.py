"""Percentiles as column names, as labels and as numbers; labels of pay bases."""

from math import nan
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pay_basis import LABELS, PAY_BASES, PHRASES
from analytics.percentiles import (
    percentile_label,
    percentile_name,
    percentile_of_name,
    published_percentiles,
)


@pytest.mark.parametrize(
    ("p", "name", "label"), [(0.1, "p10", "P10"), (0.07, "p7", "P7"), (0.975, "p97.5", "P97.5")]
)
def test_a_percentile_has_a_column_name_and_a_label(p, name, label):
    assert (percentile_name(p), percentile_label(p)) == (name, label)


@given(st.integers(1, 9_999))
def test_a_name_gives_its_percentile_back_exactly(ten_thousandths):
    p = ten_thousandths / 10_000
    assert percentile_of_name(percentile_name(p)) == p


@pytest.mark.parametrize("name", ["", "p", "median"])
def test_other_names_are_refused(name):
    with pytest.raises(ValueError, match="could not convert"):
        percentile_of_name(name)


def test_empty_percentiles_of_a_row_are_left_out():
    row = SimpleNamespace(p10=nan, p25=90.0, p50=110.0, p75=nan, p90=200.0)
    assert published_percentiles(row) == {0.25: 90.0, 0.5: 110.0, 0.9: 200.0}


def test_every_pay_basis_has_a_label_and_a_phrase():
    assert tuple(LABELS) == tuple(PHRASES) == PAY_BASES
