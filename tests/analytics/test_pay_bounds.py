"""What percentiles of blocks tell of single people: true, and all that repeated reading finds."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import round_for_disclosure
from analytics.pay_bounds import CountedPay, PublishedFigure, closely_known, pay_bounds

blocks_of_pay = st.lists(
    st.lists(st.integers(40_000, 60_000), min_size=3, max_size=6), min_size=2, max_size=4
)


def published(blocks: list[list[int]]) -> list[PublishedFigure]:
    """The median and the quartiles of every union of blocks."""
    return [
        PublishedFigure(union, p, float(round_for_disclosure(np.array([np.quantile(pays, p)]))[0]))
        for size in range(1, len(blocks) + 1)
        for union in combinations(range(len(blocks)), size)
        for pays in [np.concatenate([blocks[i] for i in union])]
        for p in (0.25, 0.5, 0.75)
    ]


def read_over_and_over(counted: CountedPay) -> CountedPay:
    """Every figure read for every block until nothing more is learned: what `given` spares."""
    least, most = counted.least.copy(), counted.most.copy()
    before = -1
    while before != (before := int(least.sum() - most.sum())):
        for count in counted.counts:
            count.narrow(least, most)
        least = np.maximum.accumulate(least, axis=1)
        most = np.minimum.accumulate(most[:, ::-1], axis=1)[:, ::-1].copy()
    return replace(counted, least=least, most=most)


@given(blocks_of_pay)
def test_bounds_are_true_and_those_of_reading_every_figure_over_and_over(blocks):
    figures = published(blocks)
    sizes = [len(pays) for pays in blocks]
    found = pay_bounds(sizes, figures)
    for bounds, pays in zip(found, blocks, strict=True):
        assert (bounds[0] <= np.sort(pays)).all()
        assert (np.sort(pays) <= bounds[1]).all()
    expected = read_over_and_over(CountedPay.of(sizes, figures)).bounds()
    for bounds, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(bounds, other)


@given(blocks_of_pay)
def test_who_is_known_beyond_before_is_who_is_known_and_was_not(blocks):
    figures = published(blocks)
    blank = CountedPay.of([len(pays) for pays in blocks], figures)
    one = blank.given(range(3 * len(blocks)))
    both = one.given(range(3 * len(blocks), len(figures)))
    beyond = both.closely_known_beyond(one)
    assert beyond <= closely_known(both.bounds())
    assert closely_known(both.bounds()) <= beyond | closely_known(one.bounds())
