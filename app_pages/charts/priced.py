"""The pricing chart: what each source says, moved to one date and basis, and the answer."""

from collections.abc import Sequence
from html import escape
from typing import Any

from analytics.money import money, money_range, short_money
from analytics.pay_rows import PricedLevel
from analytics.pricing.answers import answer_name
from analytics.pricing.inputs import Pricing
from analytics.pricing.priced_job import PricedFigure, PricedJob, SourceContribution
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    BENCHMARKS,
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TRACKS,
    left_margin,
    money_axis,
)

_ROW = 44
_SHORT = 34
COMPOSITE, POOLED = TRACKS["professional"], TRACKS["management"]


def price_chart(priced: PricedJob) -> ChartSpec:
    """Sources above, the market composite and the pooled workforce below, on one pay axis."""
    rows = [_source(part, i) for i, part in enumerate(priced.used)]
    name = answer_name(priced)
    rows.append((f"<b>{name.capitalize()}</b>", _composite(priced.figures), COMPOSITE, name))
    together = {f.p: f.pooled for f in priced.figures if f.pooled is not None}
    if together and len(priced.used) > 1:
        rows.append(("<b>Pooled workforce</b>", together, POOLED, "pooled workforce"))
    heights = [len(rows) - i for i in range(len(rows))]
    modelled = [part.source.status == "modelled" for part in priced.used]
    hatched = [*modelled, *[all(modelled)] * (len(rows) - len(modelled))]
    traces = [
        trace
        for (_, pays, color, label), y, hatch in zip(rows, heights, hatched, strict=True)
        for trace in _band(pays, color, label, y, priced.pricing, hatch)
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
            "xaxis": money_axis(
                f"{priced.pricing.currency} a year, at {priced.pricing.to}", priced.pricing.currency
            ),
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
    figure, currency = priced.target, priced.pricing.currency
    weights = [f"{part.source.name} weighs {part.weight:.0%}" for part in priced.used]
    return (
        f"P{100 * figure.p:g}, {answer_name(priced)} {money(figure.composite, currency)}"
        + (f", interval {money_range(*figure.interval, currency)}; " if figure.interval else "; ")
        + "; ".join(weights)
    )


def _source(part: SourceContribution, i: int) -> tuple[str, dict[float, float], str, str]:
    name = part.source.name
    short = name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"
    color = BENCHMARKS[i % len(BENCHMARKS)]
    pays = {moved.p: moved.value for moved in part.adjusted}
    return escape(short), pays, color, f"{escape(name)}, weight {part.weight:.0%}"


def _composite(figures: Sequence[PricedFigure]) -> dict[float, float]:
    return {figure.p: figure.composite for figure in figures}


def _band(
    pays: dict[float, float], color: str, label: str, y: int, pricing: Pricing, hatched: bool
) -> list[dict[str, Any]]:
    """A long line, a box and a mark: outermost percentiles, quartiles, target.

    The box of modelled pay is hatched.
    """
    ends = sorted(pays)
    traces: list[dict[str, Any]] = []
    if len(ends) > 1:
        traces.append(_line([pays[ends[0]], pays[ends[-1]]], y, color, 2))
    if 0.25 in pays and 0.75 in pays:
        quartiles = [pays[0.25], pays[0.75]]
        box = _hatched_box(quartiles, y, color) if hatched else _line(quartiles, y, color, 14, 0.45)
        traces.append(box)
    target, currency = pricing.target, pricing.currency
    marked = target if target in pays else min(ends, key=lambda p: abs(p - target))
    hover = "<br>".join(
        [f"<b>{label}</b>", *(f"P{100 * p:g} {money(pays[p], currency)}" for p in ends)]
    )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [pays[marked]],
            "y": [y],
            "text": [short_money(pays[marked], currency)],
            "textposition": "top center",
            "textfont": {"color": color, "size": 12},
            "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": color}},
            "customdata": [hover],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    return traces


def _hatched_box(x: list[float], y: float, color: str) -> ChartSpec:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [x[0]],
        "x": [x[1] - x[0]],
        "y": [y],
        "width": 0.32,
        "marker": {
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": color, "size": 6},
            "line": {"color": color, "width": 1},
        },
        "hoverinfo": "skip",
    }


def _line(x: list[float], y: float, color: str, width: int, opacity: float = 1.0) -> ChartSpec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [y, y],
        "line": {"color": color, "width": width},
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _interval(figure: PricedFigure, y: float) -> ChartSpec:
    """The interval of the target figure, capped, beneath the market composite."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [figure.low, figure.high],
        "y": [y - 0.3, y - 0.3],
        "line": {"color": NEUTRAL, "width": 1.5},
        "marker": {"symbol": "line-ns", "size": 7, "line": {"width": 1.5, "color": NEUTRAL}},
        "customdata": ["Interval"] * 2,
        "hovertemplate": "%{customdata}: %{x:$,.0f}<extra></extra>",
    }


def priced_level_chart(rows: Sequence[PricedLevel]) -> ChartSpec:
    """Levels of a ladder priced alike: raw medians with intervals, and the smoothed ones."""
    levels = [row.level for row in rows]
    raw = {
        "type": "scatter",
        "mode": "markers",
        "name": "as computed",
        "x": levels,
        "y": [row.typical for row in rows],
        "marker": {"color": COMPOSITE, "size": 10},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [row.high - row.typical for row in rows],
            "arrayminus": [row.typical - row.low for row in rows],
            "color": COMPOSITE,
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
        "name": "smoothed",
        "x": [level for level, _ in joined],
        "y": [pay for _, pay in joined],
        "line": {"color": PUBLISHED, "width": 1.5, "dash": "dot"},
        "marker": {"symbol": "circle-open", "size": 14, "line": {"width": 2}},
        "hovertemplate": "%{x}: %{y:$,.0f} smoothed<extra></extra>",
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
