"""Colours, axes and the way figures are written in charts.

The colours are mid-tones that read on a light and on a dark page.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from app_pages.components.filters import BASIS_WORDS

TRACKS = {"professional": "#12968a", "management": "#7c6ad6"}
TINTS = {"professional": "rgba(18,150,138,0.10)", "management": "rgba(124,106,214,0.10)"}
PUBLISHED = "#d9742b"
NEUTRAL = "#808a96"
BENCHMARKS = ("#b8860b", "#64809c", "#8a7f99", "#5f8f6b", "#a0707c", "#7f8a3f", "#8c8c8c")
BENCHMARK_TINT = "rgba(184,134,11,0.10)"
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


def money_axis(title: str) -> dict[str, Any]:
    """An axis in whole dollars."""
    return {
        "title": {"text": title},
        "tickformat": "$,.0f",
        "gridcolor": GRID,
        "zeroline": False,
        "nticks": 8,
        "tickangle": 0,
        **_MEASURED,
    }


def ratio_axis(title: str) -> dict[str, Any]:
    """An axis in per cent."""
    return {"title": {"text": title}, "tickformat": ".0%", "gridcolor": GRID, **_MEASURED}


def error_bar(
    rows: Sequence[Any], centre: str, low: str, high: str, colour: str, cap: int
) -> dict[str, Any]:
    """A line from ``low`` to ``high`` around ``centre``, with caps of ``cap`` pixels."""
    return {
        "type": "data",
        "symmetric": False,
        "thickness": 1.5,
        "width": cap,
        "color": colour,
        "array": [getattr(r, high) - getattr(r, centre) for r in rows],
        "arrayminus": [getattr(r, centre) - getattr(r, low) for r in rows],
    }


def thousands(pay: float) -> str:
    """``$118k``; halves go up, so that labels on one page agree."""
    return f"${in_thousands(pay):,}k"


def in_thousands(pay: float) -> int:
    """Whole thousands, halves up."""
    return math.floor(pay / 1000 + 0.5)


def dollars(pay: float) -> str:
    """``$117,500``."""
    return f"${pay:,.0f}"


def span(low: float, high: float) -> str:
    """``$106,300–$125,100``."""
    return f"{dollars(low)}–{dollars(high)}"


def signed(value: float, in_dollars: bool) -> str:
    """A difference with its sign: ``+$41k`` or ``−2%``."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{thousands(abs(value))}" if in_dollars else f"{sign}{abs(value):.0%}"


def provenance(row: Any, source: str) -> list[str]:
    """The lines of a hover that say where a figure comes from."""
    return [
        f"Source: {source}; as of: {row.as_of}",
        f"Basis: {BASIS_WORDS[row.pay_basis]}; n: {row.n}",
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
