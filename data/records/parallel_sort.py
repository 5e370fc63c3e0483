"""The threads that help to sort pay, shared by all queries of the process."""

from concurrent.futures import ThreadPoolExecutor

from analytics.grouped_quantiles import IntArray, sort_groups

_HELPERS = ThreadPoolExecutor(thread_name_prefix="sort-pay")


def sort_groups_in_parallel(values: IntArray, starts: IntArray) -> None:
    """Sort the values of each group in place, large arrays on two threads."""
    sort_groups(values, starts, _HELPERS)
