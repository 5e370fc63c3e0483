"""The units of the tables that Bandstand makes, for those who make them to declare."""

from collections.abc import Iterable, Sequence

from analytics.percentiles import percentile_name

#: Columns that say where a figure comes from, alike in every table.
PROVENANCE = dict.fromkeys(
    ("pay_basis", "currency", "status", "source", "as_of", "n", "note", "interval"), "text"
)
#: A difference between two levels, in money and relative to the lower one.
DIFFERENCE = {
    **dict.fromkeys(("start", "end", "kind", "flag"), "text"),
    **dict.fromkeys(("amount", "amount_low", "amount_high", "start_p50", "end_p50"), "currency"),
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "share"),
}


def texts(*names: str) -> dict[str, str]:
    """Columns of words."""
    return dict.fromkeys(names, "text")


def percentile_units(
    percentiles: Sequence[float], unit: str = "currency", prefixes: Iterable[str] = ("",)
) -> dict[str, str]:
    """The columns of some percentiles and of the ends of their intervals."""
    names = [f"{prefix}{percentile_name(p)}" for prefix in prefixes for p in percentiles]
    return {f"{name}{end}": unit for name in names for end in ("", "_low", "_high")}
