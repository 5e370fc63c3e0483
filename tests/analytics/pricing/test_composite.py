"""Several sources as one figure: weights, means, and what each source does."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.distribution import Distribution
from analytics.errors import InputError
from analytics.pricing.composite import (
    market_composite,
    outliers,
    pooled_workforce,
    weights,
)

RELEVANCE = st.lists(st.floats(0.01, 1), min_size=1, max_size=6)
PAYS = st.floats(2e4, 5e5)


def test_weights_by_hand():
    # 1 × √400 = 20, .5 × √100 = 5, .5 × √225 = 7.5: 61.5 %, capped at 50; the rest shares 50.
    assert weights([1, 0.5, 0.5], [400, 100, 225]) == pytest.approx([0.5, 0.2, 0.3])


def test_an_unknown_size_counts_as_one():
    assert weights([1, 1, 1], [4, 9, None]) == pytest.approx([2 / 6, 3 / 6, 1 / 6])


def test_two_sources_count_alike_and_one_has_all():
    assert weights([1, 0.1], [900, None]) == pytest.approx([0.5, 0.5])
    assert weights([0.3], [None]) == [1.0]


@given(RELEVANCE, st.floats(0.01, 100), st.randoms())
def test_weights_sum_to_one_and_know_no_scale_or_order(relevance, scale, random):
    sizes: list[int | None] = [7 * (i + 1) for i in range(len(relevance))]
    shares = weights(relevance, sizes)
    assert sum(shares) == pytest.approx(1)
    assert len(shares) == 1 or max(shares) <= 0.5 + 1e-12
    assert weights([scale * r for r in relevance], sizes) == pytest.approx(shares)
    order = list(range(len(relevance)))
    random.shuffle(order)
    again = weights([relevance[i] for i in order], [sizes[i] for i in order])
    assert again == pytest.approx([shares[i] for i in order])


@pytest.mark.parametrize(
    ("relevance", "sizes", "message"),
    [([0, 0], [1, 2], "sum to 0"), ([-1], [1], "below 0"), ([1], [0], "sample size is below 1")],
)
def test_weights_that_cant_be_say_why(relevance, sizes, message):
    with pytest.raises(InputError, match=message):
        weights(relevance, sizes)


@given(st.lists(PAYS, min_size=1, max_size=6))
def test_typical_lies_within_and_like_sources_are_the_source(pays):
    shares = [1 / len(pays)] * len(pays)
    assert min(pays) * (1 - 1e-9) <= market_composite(shares, pays) <= max(pays) * (1 + 1e-9)
    assert market_composite(shares, [pays[0]] * len(pays)) == pytest.approx(pays[0])


def test_pooled_of_identical_sources_is_the_source():
    curve = Distribution({0.25: 80_000, 0.5: 100_000, 0.75: 130_000})
    assert pooled_workforce([curve, curve], [0.5, 0.5], 0.6) == pytest.approx(curve.pay(0.6))


def test_a_family_weighs_like_its_heaviest_member():
    # 1, 1 and .5 of one family beside 1 and 1: a third each; within it 2 : 1 … by weight.
    shares = weights([1, 1, 1, 0.5], [None] * 4, ["a", "b", "c", "c"])
    assert shares == pytest.approx([1 / 3, 1 / 3, 2 / 9, 1 / 9])
    assert weights([1, 0.25], [None, None], ["c", "c"]) == pytest.approx([0.8, 0.2])


def test_outliers_are_named_with_how_far_they_are():
    found = outliers({"a": 100.0, "b": 104.0, "c": 140.0})
    assert found == pytest.approx({"c": log(140 / (100 * 104) ** 0.5)})
    assert outliers({"a": 1.0}) == {}


def test_an_outlier_may_lie_below_the_others():
    # ln(75/100) = −.288 is further than .25 away; ln(80/100) = −.223 is not.
    assert outliers({"a": 100.0, "b": 100.0, "c": 75.0}) == pytest.approx({"c": log(0.75)})
    assert outliers({"a": 100.0, "b": 100.0, "c": 80.0}) == {}
