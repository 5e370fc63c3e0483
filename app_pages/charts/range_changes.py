"""What changed between two versions of a structure: each range before and after, one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.money import money, money_range, short_money
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import CATEGORY_AXIS, HOVER, NEUTRAL, OWN, left_margin, money_axis

_ROW, _EDGES = 34, 64


@dataclass(frozen=True)
class RangeChange:
    """A range in two versions; the points of one in which it does not exist are None."""

    key: str
    change: str
    minimum_before: float | None
    minimum_after: float | None
    midpoint_before: float | None
    midpoint_after: float | None
    maximum_before: float | None
    maximum_after: float | None


def change_chart(rows: Sequence[RangeChange], currency: str) -> ChartSpec:
    """Each range as a line from minimum to maximum: gray before, above it in color after."""
    heights = {row.key: len(rows) - i for i, row in enumerate(rows)}
    return {
        "data": [
            *_marks(rows, heights, "before", NEUTRAL, -0.14, currency),
            *_marks(rows, heights, "after", OWN, 0.14, currency),
        ],
        "layout": {
            **HOVER,
            "height": _EDGES + _ROW * len(rows),
            "showlegend": False,
            "margin": {"l": left_margin(row.key for row in rows), "r": 16, "t": 8, "b": 48},
            "xaxis": money_axis(f"Pay, {currency} a year; gray before, blue after", currency),
            "yaxis": {**CATEGORY_AXIS, "tickvals": list(heights.values()),
                      "ticktext": [escape(key) for key in heights],
                      "range": [0.4, len(rows) + 0.6]},
        },
    }  # fmt: skip


def change_alt(rows: Sequence[RangeChange], currency: str) -> str:
    """The changes in a sentence, for a screen reader."""
    told = [
        f"{row.key} {row.change}, midpoint {short_money(row.midpoint_before, currency)} to "
        f"{short_money(row.midpoint_after, currency)}"
        if row.midpoint_before is not None and row.midpoint_after is not None
        else f"{row.key} {row.change}"
        for row in rows
    ]
    return "Ranges before and after. " + "; ".join(told)


def _marks(
    rows: Sequence[RangeChange],
    heights: dict[str, int],
    when: str,
    color: str,
    lift: float,
    currency: str,
) -> list[ChartSpec]:
    known = [
        (heights[row.key] + lift, row.key, low, middle, high)
        for row in rows
        for low, middle, high in [
            tuple(getattr(row, f"{p}_{when}") for p in ("minimum", "midpoint", "maximum"))
        ]
        if low is not None
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for _, _, low, _, high in known for x in (low, high, None)],
            "y": [v for y, *_ in known for v in (y, y, None)],
            "line": {"color": color, "width": 5},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [middle for _, _, _, middle, _ in known],
            "y": [y for y, *_ in known],
            "marker": {"symbol": "line-ns", "size": 12, "line": {"color": color, "width": 3}},
            "customdata": [
                f"<b>{escape(key)}</b>, {when}<br>{money_range(low, high, currency)}, midpoint "
                f"{money(middle, currency)}"
                for _, key, low, middle, high in known
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
