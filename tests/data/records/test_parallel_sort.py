"""Pay sorted by two threads is what one would give."""

import itertools

import numpy as np

from data.records.parallel_sort import sort_groups_in_parallel


def test_two_threads_sort_as_one_does():
    draw = np.random.default_rng(1)
    starts = np.concatenate(([0], np.cumsum(draw.integers(0, 60_000, 8))))
    values = draw.integers(0, 10**6, starts[-1])
    expected = np.concatenate([np.sort(values[a:b]) for a, b in itertools.pairwise(starts)])
    sort_groups_in_parallel(values, starts)
    assert (values == expected).all()
