"""The percentiles that tables show, and what their columns are called."""

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def percentile_name(p: float) -> str:
    """Column name of a percentile: 0.1 → ``p10``, 0.975 → ``p97.5``."""
    return f"p{100 * p:g}"
