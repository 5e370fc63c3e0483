"""The step chart: what each move up or across the ladder is worth."""

from collections.abc import Sequence
from typing import Any

from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TRACKS,
    error_bar,
    money_axis,
    provenance,
    ratio_axis,
    signed,
)


def step_chart(steps: Sequence[Any], tracks: dict[str, str], in_dollars: bool) -> ChartSpec:
    """Each step with its interval; moves across tracks hollow.

    ``steps`` are rows of the step table, ``tracks`` maps level to track.
    """
    heights = {id(r): len(steps) - i for i, r in enumerate(steps)}
    kinds = {id(r): "across" if r.kind == "across" else tracks[r.start] for r in steps}
    traces = []
    for kind in dict.fromkeys(kinds.values()):
        rows = [r for r in steps if kinds[id(r)] == kind]
        traces.append(_marks(rows, [heights[id(r)] for r in rows], kind, in_dollars))
    axis = (
        money_axis("US dollars a year, at the median")
        if in_dollars
        else ratio_axis("Per cent of the median of the level below")
    )
    zero = {
        "rangemode": "tozero",
        "zeroline": True,
        "zerolinecolor": NEUTRAL,
        "zerolinewidth": 1,
    }
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": 110 + 38 * len(steps),
            "showlegend": False,
            "margin": {"l": 80, "r": 16, "t": 30, "b": 50},
            "xaxis": {**axis, **zero},
            "yaxis": {
                **CATEGORY_AXIS,
                "tickvals": list(heights.values()),
                "ticktext": [f"{r.start} → {r.end}" for r in steps],
                "range": [0.4, len(steps) + 0.8],
            },
        },
    }


def step_alt(steps: Sequence[Any]) -> str:
    """The step chart in a sentence, for a screen reader."""
    said = [f"{r.start} to {r.end} {signed(r.ratio, False)}" for r in steps]
    return "Steps between levels, modelled: " + "; ".join(said)


def _marks(rows: Sequence[Any], heights: list[int], kind: str, in_dollars: bool) -> ChartSpec:
    value = "amount" if in_dollars else "ratio"
    across = kind == "across"
    colour = PUBLISHED if across else TRACKS[kind]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [getattr(r, value) for r in rows],
        "y": heights,
        "text": [signed(getattr(r, value), in_dollars) for r in rows],
        "textposition": "top center",
        "marker": {
            "color": colour,
            "size": 10,
            "line": {"width": 2 if across else 0},
            "symbol": "diamond-open" if across else "circle",
        },
        "error_x": error_bar(rows, value, f"{value}_low", f"{value}_high", colour, 4),
        "customdata": [_hover(r) for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: Any) -> str:
    lines = [f"<b>{row.start} → {row.end}</b>, {row.status}"]
    for value, in_dollars in (("amount", True), ("ratio", False)):
        middle, low, high = (
            signed(getattr(row, value + end), in_dollars) for end in ("", "_low", "_high")
        )
        lines.append(f"{middle} ({low} to {high})")
    lines.append(f"Interval: {row.interval}")
    return "<br>".join([*lines, *provenance(row, row.source)])
