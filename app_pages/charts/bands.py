"""The band chart: levels in ladder order against pay, benchmarks behind them."""

from collections.abc import Sequence
from html import escape
from typing import Any

from app_pages.charts.figure import ChartSpec
from app_pages.charts.flags import LABEL_ROW, flags
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TINTS,
    TRACKS,
    dollars,
    in_thousands,
    left_margin,
    money_axis,
    provenance,
    span,
    thousands,
)
from app_pages.components.filters import BASIS_WORDS

_ROW = 46
_BELOW = 52


def band_chart(bands: Sequence[Any], benchmarks: Sequence[Any], split: bool) -> ChartSpec:
    """Levels in ladder order up the side, pay along the x axis.

    ``bands`` are the band table's rows to draw, ``benchmarks`` the benchmark
    table's; with ``split`` each bar is the median package, base then variable.
    """
    places = _places(bands)
    top = max(places.values(), default=1) + 0.7
    ends = _reach_of_axis(bands, benchmarks, split)
    labels, shapes, traces = flags(benchmarks, sorted(places.values()), ends)
    modelled = [r for r in bands if r.status == "modelled"]
    for track in dict.fromkeys(r.track for r in modelled):
        rows = [r for r in modelled if r.track == track]
        heights = [places[id(r)] for r in rows]
        traces += _split_bars(rows, heights, track) if split else _bars(rows, heights, track)
    traces += _medians(modelled, [places[id(r)] for r in modelled], split)
    published = [r for r in bands if r.status == "published"]
    traces += _published(published, [places[id(r)] for r in published])
    plot, above = _ROW * top, 14 + LABEL_ROW * len(labels)
    ticks = _ticks(bands, places)
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": plot + above + _BELOW,
            "showlegend": False,
            "barmode": "overlay",
            "shapes": shapes,
            "annotations": labels,
            "margin": {"l": left_margin(_said(r) for r in bands), "r": 16, "t": above, "b": _BELOW},
            "xaxis": {**money_axis(_axis_title([*bands, *benchmarks])), "range": ends},
            "yaxis": {
                **CATEGORY_AXIS,
                "tickvals": list(ticks),
                "ticktext": list(ticks.values()),
                "range": [0.3, top],
            },
        },
    }


def band_alt(bands: Sequence[Any]) -> str:
    """The band chart in a sentence, for a screen reader."""
    said = [f"{r.level} {r.title} {thousands(r.p50)} {r.status}" for r in bands]
    return "Pay by level, median a year: " + "; ".join(said)


def _reach_of_axis(bands: Sequence[Any], benchmarks: Sequence[Any], split: bool) -> list[float]:
    """The x axis from the lowest mark to the highest; labels would stretch an automatic one."""
    names = ("p10", "p25", "p50", "p75", "p90", "low", "high", "point")
    rows = [*bands, *(r for r in benchmarks if r.pay_basis != "oews_wage")]
    pays = [getattr(r, name) for r in rows for name in names if hasattr(r, name)]
    pays += [r.p50 for r in benchmarks if r.pay_basis == "oews_wage"]
    known = [pay for pay in pays if pay == pay]
    margin = 0.04 * (max(known) - min(known)) + 1_000
    return [0 if split else min(known) - margin, max(known) + margin]


def _places(bands: Sequence[Any]) -> dict[int, float]:
    """Height of each row: ladder order, a gap between tracks, published under modelled."""
    places: dict[int, float] = {}
    height, track = 0.0, None
    for level in dict.fromkeys(r.level for r in bands):
        rows = [r for r in bands if r.level == level]
        if track not in (None, rows[0].track):
            height += 0.5
        track = rows[0].track
        for row in sorted(rows, key=lambda r: r.status, reverse=True):
            height += 0.85 if row.status == "published" else 1.0
            places[id(row)] = height
    return places


def _said(row: Any) -> str:
    return f"{row.level}  {row.title}"


def _ticks(bands: Sequence[Any], places: dict[int, float]) -> dict[float, str]:
    levels = [r.level for r in bands]
    return {
        places[id(r)]: f"<b>{r.level}</b>  {escape(r.title)}"
        for r in bands
        if r.status == "modelled" or levels.count(r.level) == 1
    } | {
        places[id(r)]: f"{r.level}  {escape(r.series)}"
        for r in bands
        if r.status == "published" and levels.count(r.level) > 1
    }


def _bars(rows: Sequence[Any], heights: Sequence[float], track: str) -> list[ChartSpec]:
    if not hasattr(rows[0], "p25"):
        return []
    starts, lengths = [r.p25 for r in rows], [r.p75 - r.p25 for r in rows]
    return [_bar(rows, heights, track, starts, lengths, "/")]


def _split_bars(rows: Sequence[Any], heights: Sequence[float], track: str) -> list[ChartSpec]:
    base, variable = [r.base_at_p50 for r in rows], [r.variable_at_p50 for r in rows]
    return [
        _bar(rows, heights, track, [0] * len(rows), base, "/"),
        _bar(rows, heights, track, base, variable, "."),
    ]


def _bar(
    rows: Sequence[Any],
    heights: Sequence[float],
    track: str,
    starts: Sequence[float],
    lengths: Sequence[float],
    shape: str,
) -> ChartSpec:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(heights),
        "width": 0.42,
        "base": list(starts),
        "x": list(lengths),
        "marker": {
            "color": TINTS[track],
            "line": {"color": TRACKS[track], "width": 1.5},
            "pattern": {
                "shape": shape,
                "fgcolor": TRACKS[track],
                "bgcolor": TINTS[track],
                "size": 7,
                "solidity": 0.16,
            },
        },
        **_hovers(rows),
    }


def _medians(rows: Sequence[Any], heights: Sequence[float], split: bool) -> list[ChartSpec]:
    """P10–P90, the interval of the median beneath it, and the median itself on top."""
    if not rows:
        return []
    traces = [interval_line(rows, [y - 0.34 for y in heights], "low", "high", 5)]
    if hasattr(rows[0], "p10") and hasattr(rows[0], "p90"):
        traces.append(interval_line(rows, heights, "p10", "p90", 10))
    colours = [TRACKS[r.track] for r in rows]
    median = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [r.p50 for r in rows],
        "y": list(heights),
        "marker": {"symbol": "line-ns", "size": 20, "line": {"color": colours, "width": 3.5}},
        "text": [_median_label(r, split) for r in rows],
        "textposition": "top center",
        "textfont": {"color": colours},
        **_hovers(rows),
    }
    return [*traces, median]


def interval_line(
    rows: Sequence[Any], heights: Sequence[float], low: str, high: str, cap: int
) -> ChartSpec:
    """One line a row from ``low`` to ``high``, with end caps, as a single trace."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, height in zip(rows, heights, strict=True):
        x += [getattr(row, low), getattr(row, high), None]
        y += [height, height, None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": NEUTRAL, "width": 1.5},
        "marker": {"symbol": "line-ns", "size": cap, "line": {"color": NEUTRAL, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _median_label(row: Any, split: bool) -> str:
    if not split:
        return f"<b>{thousands(row.p50)}</b>"
    base = in_thousands(row.base_at_p50)
    return f"<b>${base:,}k</b> + ${in_thousands(row.p50) - base:,}k"


def _published(rows: Sequence[Any], heights: Sequence[float]) -> list[ChartSpec]:
    if not rows:
        return []
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(heights),
            "width": 0.2,
            "base": [r.low for r in rows],
            "x": [r.high - r.low for r in rows],
            "marker": {"color": PUBLISHED},
            "text": [f" <b>{thousands(r.p50)}</b> published" for r in rows],
            "textposition": "outside",
            "constraintext": "none",
            "textangle": 0,
            "textfont": {"color": PUBLISHED, "size": 12},
            "cliponaxis": False,
            **_hovers(rows),
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [r.p50 for r in rows],
            "y": list(heights),
            "marker": {
                "symbol": "diamond",
                "size": 13,
                "color": PUBLISHED,
                "line": {"color": "#ffffff", "width": 1.5},
            },
            **_hovers(rows),
        },
    ]


def _hovers(rows: Sequence[Any]) -> ChartSpec:
    return {
        "customdata": [_hover(r) for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: Any) -> str:
    lines = [f"<b>{row.level} {escape(row.title)}</b>, {row.status}"]
    if row.status == "modelled":
        lines.append(f"Median {dollars(row.p50)}, interval {span(row.low, row.high)}")
        for low, high in (("p25", "p75"), ("p10", "p90")):
            if hasattr(row, low) and hasattr(row, high):
                ends = span(getattr(row, low), getattr(row, high))
                lines.append(f"{low.upper()}–{high.upper()} {ends}")
    else:
        lines.append(f"Median {dollars(row.p50)}")
        lines.append(f"Range {span(row.low, row.high)}, percentiles not stated")
    base = getattr(row, "base_at_p50", None)
    if base is not None and base == base:
        lines.append(f"At the median: base {dollars(base)}, variable {dollars(row.p50 - base)}")
    return "<br>".join([*lines, *provenance(row, row.series)])


def _axis_title(bands: Sequence[Any]) -> str:
    bases = list(dict.fromkeys(r.pay_basis for r in bands))
    if len(bases) == 1:
        return f"{BASIS_WORDS[bases[0]].capitalize()}, US dollars a year"
    return "Pay, US dollars a year (basis by source)"
