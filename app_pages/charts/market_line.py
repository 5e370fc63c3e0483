"""The market line: market pay of each level by grade, the line through it, its interval."""

from collections.abc import Sequence
from html import escape

from analytics.money import money, short_money, signed_percent
from analytics.ranges.market_line import MarketLine
from analytics.ranges.rows import MarketLevel
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import HOVER, OWN, TRACKS, money_axis

_POINTS = 41


def line_chart(levels: Sequence[MarketLevel], line: MarketLine, currency: str) -> ChartSpec:
    """Pay by grade on a logarithmic axis, where the line is straight."""
    grades = sorted({level.grade for level in levels})
    low, high = grades[0] - 0.3, grades[-1] + 0.3
    x = [low + (high - low) * i / (_POINTS - 1) for i in range(_POINTS)]
    return {
        "data": [
            *_interval(x, line),
            {"type": "scatter", "mode": "lines", "x": x, "y": [line.pay(g) for g in x],
             "line": {"color": OWN, "width": 2}, "hoverinfo": "skip"},
            *_market(levels, line, currency),
        ],
        "layout": {
            **HOVER,
            "height": 380,
            "showlegend": False,
            "margin": {"l": 70, "r": 16, "t": 8, "b": 48},
            "xaxis": {"title": {"text": "Grade"}, "tickvals": grades, "zeroline": False,
                      "range": [low, high]},
            "yaxis": {**money_axis(f"Market pay, {currency} a year", currency), "type": "log",
                      "tickvals": _ticks(levels, line, grades),
                      "ticktext": [short_money(v, currency) for v in _ticks(levels, line, grades)]},
        },
    }  # fmt: skip


def line_alt(levels: Sequence[MarketLevel], line: MarketLine, currency: str) -> str:
    """The line and its residuals in a sentence, for a screen reader."""
    told = [
        f"{level.level} {short_money(level.market, currency)}, "
        f"{signed_percent(level.market / line.pay(level.grade) - 1, 1)} from the line"
        for level in levels
        if level.market
    ]
    return f"Market line, {line.progression:.1%} a grade. " + "; ".join(told)


def _interval(x: Sequence[float], line: MarketLine) -> list[ChartSpec]:
    ends = [line.interval(grade) for grade in x]
    known = [(g, *e) for g, e in zip(x, ends, strict=True) if e]
    if not known:
        return []
    there, back = known, known[::-1]
    return [{
        "type": "scatter",
        "mode": "lines",
        "x": [g for g, _, _ in there] + [g for g, _, _ in back],
        "y": [low for _, low, _ in there] + [high for _, _, high in back],
        "fill": "toself",
        "fillcolor": f"{OWN}22",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }]  # fmt: skip


def _market(levels: Sequence[MarketLevel], line: MarketLine, currency: str) -> list[ChartSpec]:
    known = [(level, level.market) for level in levels if level.market]
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [level.grade for level, _ in known if level.track == track],
            "y": [pay for level, pay in known if level.track == track],
            "text": [escape(level.level) for level, _ in known if level.track == track],
            "textposition": "top center" if track == "management" else "bottom center",
            "marker": {"size": 9, "color": TRACKS.get(track, OWN)},
            "customdata": [
                f"<b>{escape(level.level)}</b><br>Market {money(pay, currency)}<br>Line "
                f"{money(line.pay(level.grade), currency)}, residual "
                f"{signed_percent(pay / line.pay(level.grade) - 1, 1)}"
                for level, pay in known
                if level.track == track
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for track in dict.fromkeys(level.track for level, _ in known)
    ]


def _ticks(levels: Sequence[MarketLevel], line: MarketLine, grades: Sequence[float]) -> list[float]:
    """Round amounts from the lowest figure to the highest."""
    pays = [level.market for level in levels if level.market]
    low, high = min([*pays, line.pay(grades[0])]), max([*pays, line.pay(grades[-1])])
    return [
        step * 10.0**power
        for power in range(2, 8)
        for step in (1, 1.5, 2, 3, 4, 5, 7)
        if 0.8 * low <= step * 10.0**power <= 1.25 * high
    ]
