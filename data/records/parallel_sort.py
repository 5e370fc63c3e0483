"""The pay of each group sorted by two threads; numpy frees the interpreter while it sorts."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from analytics.grouped_quantiles import IntArray, sort_groups

_WORTH_A_THREAD = 100_000
_HELPERS = ThreadPoolExecutor(thread_name_prefix="sort-pay")


def sort_groups_in_parallel(values: IntArray, starts: IntArray) -> None:
    """`sort_groups`, with a second thread for large arrays."""
    if len(values) < _WORTH_A_THREAD:
        sort_groups(values, starts)
        return
    pending = list(itertools.pairwise(starts.tolist()))
    pending.sort(key=lambda bounds: bounds[1] - bounds[0])  # the largest is taken first

    def sort_pending() -> None:
        with suppress(IndexError):  # nothing is left
            while True:
                start, end = pending.pop()
                values[start:end].sort()

    helper = _HELPERS.submit(sort_pending)
    sort_pending()
    helper.result()
