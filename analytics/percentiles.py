"""The percentiles that tables show, and how they are written."""

from math import isnan
from typing import Any

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def percentile_name(p: float) -> str:
    """Column name of a percentile: 0.1 → ``p10``, 0.975 → ``p97.5``."""
    return f"p{100 * p:g}"


def percentile_label(p: float) -> str:
    """A percentile as people write it: 0.1 → ``P10``, 0.975 → ``P97.5``."""
    return f"P{100 * p:g}"


def percentile_of_name(name: str) -> float:
    """The percentile of a column name: ``p97.5`` → 0.975; raises `ValueError`."""
    # Rounded, so that p7 is 0.07 exactly, not 0.07 plus the error of a division.
    return round(float(name[1:]) / 100, 12)


def published_percentiles(row: Any) -> dict[float, float]:
    """Percentile → pay of a table row, for those of `PERCENTILES` that are not empty.

    ``row`` has an attribute for each percentile column, as from ``itertuples``.
    """
    pays = {p: getattr(row, percentile_name(p)) for p in PERCENTILES}
    return {p: pay for p, pay in pays.items() if not isnan(pay)}
