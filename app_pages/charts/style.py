"""Colors, axes and the way figures are written in charts.

The colors are mid-tones that read on a light and on a dark page.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from analytics.money import currency_prefix
from analytics.pay_basis import LABELS
from analytics.rows import known

TRACKS = {"professional": "#12968a", "management": "#7c6ad6"}
TINTS = {"professional": "rgba(18,150,138,0.10)", "management": "rgba(124,106,214,0.10)"}
PUBLISHED = "#d9742b"
OWN = "#2f74d0"
NEUTRAL = "#808a96"
BENCHMARKS = ("#b8860b", "#64809c", "#8a7f99", "#5f8f6b", "#a0707c", "#7f8a3f", "#8c8c8c")
BENCHMARK_TINT = "rgba(184,134,11,0.10)"
HIGHLIGHT = "rgba(18,150,138,0.09)"
GRID = "rgba(128,138,150,0.22)"
HOVER = {"hovermode": "closest", "hoverlabel": {"align": "left"}}
# The template would have Plotly measure its margins, and draw each chart twice.
_MEASURED = {"automargin": False, "fixedrange": True}
CATEGORY_AXIS = {
    **_MEASURED,
    "showgrid": False,
    "zeroline": False,
    "tickfont": {"size": 13},
}


def left_margin(labels: Iterable[str]) -> int:
    """Room for category labels; Plotly's own measuring would draw the chart twice."""
    return 18 + round(7.1 * max(map(len, labels), default=0))


def money_axis(title: str, currency: str = "USD") -> dict[str, Any]:
    """An axis in whole units of a currency."""
    return {
        "title": {"text": title},
        "tickprefix": currency_prefix(currency),
        "tickformat": ",.0f",
        "gridcolor": GRID,
        "zeroline": False,
        "nticks": 8,
        "tickangle": 0,
        **_MEASURED,
    }


def ratio_axis(title: str) -> dict[str, Any]:
    """An axis in percent."""
    return {"title": {"text": title}, "tickformat": ".0%", "gridcolor": GRID, **_MEASURED}


def error_bar(
    centers: Sequence[float], lows: Sequence[float], highs: Sequence[float], color: str, cap: int
) -> dict[str, Any]:
    """A line from each low to its high around its center, with caps of ``cap`` pixels."""
    return {
        "type": "data",
        "symmetric": False,
        "thickness": 1.5,
        "width": cap,
        "color": color,
        "array": [high - center for high, center in zip(highs, centers, strict=True)],
        "arrayminus": [center - low for center, low in zip(centers, lows, strict=True)],
    }


def known_pays(values: Iterable[float | None]) -> list[float]:
    """The figures that there are, without those that are missing in any way."""
    return [value for value in map(known, values) if value is not None]


class Sourced(Protocol):
    """A row that says where its figure comes from."""

    @property
    def as_of(self) -> str: ...
    @property
    def pay_basis(self) -> str: ...
    @property
    def n(self) -> int | str: ...


def provenance(row: Sourced, source: str) -> list[str]:
    """The lines of a hover that say where a figure comes from."""
    return [
        f"Source: {source}; as of: {row.as_of}",
        f"Basis: {LABELS[row.pay_basis]}; n: {row.n}",
    ]


def wrapped(text: str, width: int = 60) -> list[str]:
    """A sentence in lines of about ``width`` characters, for a hover."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]
