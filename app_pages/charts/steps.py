"""The chart of level-to-level differentials: what each move up or across is worth."""

from collections.abc import Sequence

from analytics.money import signed_money, signed_percent
from analytics.pay_rows import LevelDifference
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
)


def step_chart(
    steps: Sequence[LevelDifference], tracks: dict[str, str], in_dollars: bool
) -> ChartSpec:
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
        else ratio_axis("Percent of the median of the level below")
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


def step_alt(steps: Sequence[LevelDifference]) -> str:
    """The step chart in a sentence, for a screen reader."""
    labels = [f"{r.start} to {r.end} {signed_percent(r.ratio)}" for r in steps]
    return "Level-to-level differentials: " + "; ".join(labels)


def _marks(
    rows: Sequence[LevelDifference], heights: list[int], kind: str, in_dollars: bool
) -> ChartSpec:
    centers = [r.amount if in_dollars else r.ratio for r in rows]
    lows = [r.amount_low if in_dollars else r.ratio_low for r in rows]
    highs = [r.amount_high if in_dollars else r.ratio_high for r in rows]
    across = kind == "across"
    color = PUBLISHED if across else TRACKS[kind]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": centers,
        "y": heights,
        "text": [difference(r, in_dollars) for r in rows],
        "textposition": "top center",
        "marker": {
            "color": color,
            "size": 10,
            "line": {"width": 2 if across else 0},
            "symbol": "diamond-open" if across else "circle",
        },
        "error_x": error_bar(centers, lows, highs, color, 4),
        "customdata": [_hover(r) for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def difference(row: LevelDifference, in_dollars: bool) -> str:
    """A difference as its label says it: ``+$41k`` or ``+35%``."""
    return signed_money(row.amount, row.currency) if in_dollars else signed_percent(row.ratio)


def _hover(row: LevelDifference) -> str:
    amounts = [
        signed_money(amount, row.currency)
        for amount in (row.amount, row.amount_low, row.amount_high)
    ]
    ratios = [signed_percent(ratio) for ratio in (row.ratio, row.ratio_low, row.ratio_high)]
    lines = [f"<b>{row.start} → {row.end}</b>, {row.status}"]
    lines += [f"{middle} ({low} to {high})" for middle, low, high in (amounts, ratios)]
    lines.append(f"Interval: {row.interval}")
    return "<br>".join([*lines, *provenance(row, row.source)])
