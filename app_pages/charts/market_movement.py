"""Market movement: each midpoint beside the market that it stands on, then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.money import money, short_money, signed_percent
from analytics.pricing.question import NATION
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    OWN,
    PUBLISHED,
    known_pays,
    left_margin,
    money_axis,
)

_ROW, _EDGES = 34, 64


@dataclass(frozen=True)
class RangeMovement:
    """A range's midpoint and its market then and now, which is None where it isn't known."""

    level: str
    place: str
    midpoint: float
    since: str
    market_then: float | None
    market_now: float | None
    midpoint_off: float | None
    drifted: bool | None
    now: str

    @property
    def label(self) -> str:
        """The level, with its place where that is not the whole country."""
        return self.level if self.place == NATION else f"{self.level}, {self.place}"


def movement_chart(rows: Sequence[RangeMovement], currency: str) -> ChartSpec:
    """A row a range, from the lowest up: the way of its market, its midpoint, how far it is off."""
    heights = {row.label: i for i, row in enumerate(rows, 1)}
    known = [row for row in rows if row.market_now is not None]
    pays = known_pays([p for r in rows for p in (r.midpoint, r.market_then, r.market_now)])
    room = (max(pays) - min(pays)) * 0.06 + 1
    return {
        "data": [
            _way(known, heights),
            _marks(rows, heights, "market_then", "diamond-open", NEUTRAL, currency),
            _marks(rows, heights, "market_now", "diamond", NEUTRAL, currency),
            _marks(rows, heights, "midpoint", "line-ns", OWN, currency),
        ],
        "layout": {
            **HOVER,
            "height": _EDGES + _ROW * len(rows),
            "showlegend": False,
            "margin": {"l": left_margin(heights), "r": 62, "t": 8, "b": 48},
            "annotations": [_off(row, heights[row.label]) for row in known],
            "xaxis": {**money_axis(f"Pay, {currency} a year", currency),
                      "range": [min(pays) - room, max(pays) + room]},
            "yaxis": {**CATEGORY_AXIS, "tickvals": list(heights.values()),
                      "ticktext": [escape(label) for label in heights],
                      "range": [0.4, len(rows) + 0.6]},
        },
    }  # fmt: skip


def movement_alt(rows: Sequence[RangeMovement], currency: str) -> str:
    """The movement in a sentence, for a screen reader."""
    told = [
        f"{row.label} midpoint {short_money(row.midpoint, currency)}, market "
        f"{short_money(row.market_now, currency)}, {signed_percent(row.midpoint_off, 1)}"
        for row in rows
        if row.market_now is not None and row.midpoint_off is not None
    ]
    return "Midpoints against today's market. " + "; ".join(told)


def _way(rows: Sequence[RangeMovement], heights: dict[str, int]) -> ChartSpec:
    ways = [(r.market_then, r.market_now, heights[r.label]) for r in rows if r.market_then]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for then, now, _ in ways for x in (then, now, None)],
        "y": [v for *_, y in ways for v in (y, y, None)],
        "line": {"color": NEUTRAL, "width": 2},
        "hoverinfo": "skip",
    }


def _marks(
    rows: Sequence[RangeMovement],
    heights: dict[str, int],
    field: str,
    symbol: str,
    color: str,
    currency: str,
) -> ChartSpec:
    there = [(row, getattr(row, field)) for row in rows if getattr(row, field) is not None]
    colors = [PUBLISHED if row.drifted and field == "midpoint" else color for row, _ in there]
    said = {"midpoint": "midpoint", "market_then": "market of {0.since}",
            "market_now": "market of {0.now}"}[field]  # fmt: skip
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pay for _, pay in there],
        "y": [heights[row.label] for row, _ in there],
        "marker": {"symbol": symbol, "size": 16 if field == "midpoint" else 9, "color": colors,
                   "line": {"color": colors, "width": 4 if field == "midpoint" else 1.5}},
        "customdata": [
            f"<b>{escape(row.label)}</b>, {said.format(row)}<br>{money(pay, currency)}"
            for row, pay in there
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _off(row: RangeMovement, height: int) -> ChartSpec:
    off = "" if row.midpoint_off is None else signed_percent(row.midpoint_off, 1)
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "y": height,
        "text": f" <b>{off}</b>" if row.drifted else f" {off}",
        "showarrow": False,
        "font": {"color": PUBLISHED if row.drifted else NEUTRAL, "size": 13},
    }
