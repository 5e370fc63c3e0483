"""The pricing chart: what each source says, moved to one date and basis, and the answer."""

from collections.abc import Sequence
from html import escape
from typing import Any

from analytics.pricing.pricing import PricedFigure as Answer
from analytics.pricing.pricing import PricedJob, SourceContribution
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    BENCHMARKS,
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TRACKS,
    dollars,
    left_margin,
    money_axis,
    thousands,
)

_ROW = 44
_SHORT = 34
TYPICAL, POOLED = TRACKS["professional"], TRACKS["management"]


def price_chart(priced: PricedJob) -> ChartSpec:
    """Sources above, the typical market and the pooled workforce below, on one pay axis."""
    rows = [_source(part, i) for i, part in enumerate(priced.used)]
    rows.append(("<b>Typical market</b>", _typical(priced.figures), TYPICAL, "typical market"))
    together = {f.p: f.pooled for f in priced.figures if f.pooled is not None}
    if together:
        rows.append(("<b>Pooled workforce</b>", together, POOLED, "pooled workforce"))
    heights = [len(rows) - i for i in range(len(rows))]
    traces = [
        trace
        for (_, pays, colour, said), y in zip(rows, heights, strict=True)
        for trace in _band(pays, colour, said, y, priced.pricing.target)
    ]
    figure = priced.target
    answer = len(rows) - len(priced.used)
    if figure.interval:
        traces.append(_interval(figure, heights[-answer]))
    names = [name for name, *_ in rows]
    bare = [name.replace("<b>", "").replace("</b>", "") for name in names]
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": _ROW * len(rows) + 90,
            "showlegend": False,
            "margin": {"l": left_margin(bare), "r": 24, "t": 12, "b": 52},
            "xaxis": money_axis(f"{priced.pricing.currency} a year, at {priced.pricing.to}"),
            "yaxis": {
                **CATEGORY_AXIS,
                "tickvals": heights,
                "ticktext": names,
                "range": [0.4, len(rows) + 0.7],
            },
        },
    }


def price_alt(priced: PricedJob) -> str:
    """The pricing chart in a sentence, for a screen reader."""
    figure = priced.target
    said = [f"{part.source.name} weighs {part.weight:.0%}" for part in priced.used]
    return (
        f"P{100 * figure.p:g}, typical market {dollars(figure.composite)}"
        + (f", from {dollars(figure.low)} to {dollars(figure.high)}; " if figure.interval else "; ")
        + "; ".join(said)
    )


def _source(part: SourceContribution, i: int) -> tuple[str, dict[float, float], str, str]:
    name = part.source.name
    short = name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"
    colour = BENCHMARKS[i % len(BENCHMARKS)]
    pays = {moved.p: moved.value for moved in part.adjusted}
    return escape(short), pays, colour, f"{escape(name)}, weight {part.weight:.0%}"


def _typical(figures: Sequence[Answer]) -> dict[float, float]:
    return {figure.p: figure.composite for figure in figures}


def _band(
    pays: dict[float, float], colour: str, said: str, y: int, target: float
) -> list[dict[str, Any]]:
    """A long line, a box and a mark: outermost percentiles, quartiles, target."""
    ends = sorted(pays)
    traces: list[dict[str, Any]] = []
    if len(ends) > 1:
        traces.append(_line([pays[ends[0]], pays[ends[-1]]], y, colour, 2))
    if 0.25 in pays and 0.75 in pays:
        traces.append(_line([pays[0.25], pays[0.75]], y, colour, 14, 0.45))
    marked = target if target in pays else min(ends, key=lambda p: abs(p - target))
    hover = "<br>".join([f"<b>{said}</b>", *(f"P{100 * p:g} {dollars(pays[p])}" for p in ends)])
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [pays[marked]],
            "y": [y],
            "text": [thousands(pays[marked])],
            "textposition": "top center",
            "textfont": {"color": colour, "size": 12},
            "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": colour}},
            "customdata": [hover],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    return traces


def _line(x: list[float], y: float, colour: str, width: int, opacity: float = 1.0) -> ChartSpec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [y, y],
        "line": {"color": colour, "width": width},
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _interval(figure: Answer, y: float) -> ChartSpec:
    """The interval of the target figure, capped, beneath the typical market."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [figure.low, figure.high],
        "y": [y - 0.3, y - 0.3],
        "line": {"color": NEUTRAL, "width": 1.5},
        "marker": {"symbol": "line-ns", "size": 7, "line": {"width": 1.5, "color": NEUTRAL}},
        "customdata": ["Interval of the typical market"] * 2,
        "hovertemplate": "%{customdata}: %{x:$,.0f}<extra></extra>",
    }


def priced_level_chart(rows: Sequence[Any]) -> ChartSpec:
    """Levels of a ladder priced alike: raw medians with intervals, and the rising ones."""
    levels = [row.level for row in rows]
    raw = {
        "type": "scatter",
        "mode": "markers",
        "name": "as computed",
        "x": levels,
        "y": [row.typical for row in rows],
        "marker": {"color": TYPICAL, "size": 10},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [row.high - row.typical for row in rows],
            "arrayminus": [row.typical - row.low for row in rows],
            "color": TYPICAL,
            "thickness": 1.5,
            "width": 5,
        },
        "hovertemplate": "%{x}: %{y:$,.0f} as computed<extra></extra>",
    }
    # A gap between the tracks: neither leads on to the other.
    tracks = list(dict.fromkeys(row.track for row in rows))
    parts = [[(r.level, r.rising) for r in rows if r.track == track] for track in tracks]
    joined = [pair for part in parts for pair in [*part, (part[-1][0], None)]]
    rising = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "made to rise",
        "x": [level for level, _ in joined],
        "y": [pay for _, pay in joined],
        "line": {"color": PUBLISHED, "width": 1.5, "dash": "dot"},
        "marker": {"symbol": "circle-open", "size": 14, "line": {"width": 2}},
        "hovertemplate": "%{x}: %{y:$,.0f} made to rise<extra></extra>",
    }
    axis = money_axis("US dollars a year, at the target percentile")
    return {
        "data": [rising, raw],
        "layout": {
            **HOVER,
            "height": 380,
            "showlegend": False,
            "margin": {"l": 90, "r": 16, "t": 12, "b": 40},
            "xaxis": {**CATEGORY_AXIS, "type": "category"},
            "yaxis": axis,
        },
    }
