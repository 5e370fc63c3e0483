"""Bands of many cells against numpy, cell by cell, and their intervals against the definition."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analytics.grouped_quantiles import (
    contiguous_spans,
    count_payers,
    gather,
    group_bands,
    largest_payer,
    sort_groups,
)
from analytics.order_statistics import ranks_by_size

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
PAYS = st.lists(st.lists(st.integers(-(10**9), 10**11), max_size=60), min_size=1, max_size=8)


def flat(cells: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    starts = np.concatenate(([0], np.cumsum([len(cell) for cell in cells]))).astype(np.int64)
    pays = np.array([pay for cell in cells for pay in cell], np.int64)
    sort_groups(pays, starts)
    return pays, starts


@settings(deadline=None)
@given(PAYS)
def test_percentiles_are_numpys(cells):
    found = group_bands(*flat(cells), SHARES)
    assert found.n.tolist() == [len(cell) for cell in cells]
    for cell, values in zip(cells, found.values, strict=True):
        if cell:
            assert values == pytest.approx(np.quantile(cell, SHARES), rel=1e-12, abs=1e-6)
        else:
            assert np.isnan(values).all()


def scalar_rank(n: int, p: float, tail: float) -> float | None:
    """Nyblom's rank, one sample at a time, by scipy's binomial."""
    r = int(binom.ppf(tail, n, p))
    while r > 0 and binom.cdf(r - 1, n, p) > tail:
        r -= 1
    while binom.cdf(r, n, p) <= tail:
        r += 1
    if r < 1:
        return None
    below, above = binom.cdf(r - 1, n, p), binom.cdf(r, n, p)
    share = (tail - below) / (above - below)
    return r + (n - r) * p * share / ((n - r) * p * share + r * (1 - p) * (1 - share))


@settings(deadline=None)
@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=30), st.sampled_from(SHARES))
def test_the_ranks_of_many_sizes_are_those_of_each(sizes, p):
    lows, highs = (ends[:, 0] for ends in ranks_by_size(sizes, [p]))
    for n, low, high in zip(sizes, lows, highs, strict=True):
        below, above = scalar_rank(n, p, 0.025), scalar_rank(n, 1 - p, 0.025)
        if below is None or above is None:
            assert np.isnan(low)
            assert np.isnan(high)
        else:
            assert (low, high) == pytest.approx((below, n + 1 - above), rel=1e-9)


@settings(deadline=None)
@given(PAYS)
def test_intervals_are_interpolated_between_the_cells_own_pays(cells):
    pays, starts = flat(cells)
    found = group_bands(pays, starts, SHARES)
    for i, cell in enumerate(cells):
        ordered = sorted(cell)
        for j, p in enumerate(SHARES):
            ranks = (scalar_rank(len(cell), p, 0.025), scalar_rank(len(cell), 1 - p, 0.025))
            if not cell or None in ranks:
                assert np.isnan(found.lows[i, j])
                continue
            ends = (ranks[0], len(cell) + 1 - ranks[1])
            wanted = np.interp(ends, np.arange(1, len(cell) + 1), ordered)
            assert (found.lows[i, j], found.highs[i, j]) == pytest.approx(wanted, rel=1e-9)


@settings(deadline=None)
@given(PAYS, st.data())
def test_runs_are_gathered_in_the_order_asked(cells, data):
    pays, starts = flat(cells)
    runs = np.array(data.draw(st.permutations(range(len(cells)))))
    found = gather(pays, starts, contiguous_spans(runs))
    assert found.tolist() == [pay for run in runs for pay in sorted(cells[run])]


@pytest.mark.parametrize("organisations", [3, 2_000_000])
def test_payers_are_counted_once_and_the_largest_by_all_its_people(organisations):
    organisation = np.array([1, 2, 1, 0, 0])
    people = np.array([3, 2, 5, 1, 1])
    starts = np.array([0, 3, 3, 5])
    assert count_payers(organisation, starts, organisations).tolist() == [2, 0, 1]
    assert largest_payer(organisation, people, starts).tolist() == [8, 0, 2]


def test_many_pays_are_put_in_order_as_few_are():
    draw = np.random.default_rng(1)
    starts = np.concatenate(([0], np.cumsum(draw.integers(0, 60_000, 8))))
    pays = draw.integers(0, 10**6, starts[-1])
    wanted = np.concatenate([np.sort(pays[a:b]) for a, b in itertools.pairwise(starts)])
    sort_groups(pays, starts)
    assert (pays == wanted).all()
