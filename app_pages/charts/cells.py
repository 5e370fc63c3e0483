"""Bands of pay records, in one chart or in small multiples, and the shape of one cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from analytics.money import money, money_range, short_money
from analytics.pay_basis import ELEMENT_LABELS
from analytics.record_rows import RecordCell, RecordComparison
from app_pages.charts.bands import interval_line
from app_pages.charts.figure import ChartSpec
from app_pages.charts.grid import Grid
from app_pages.charts.style import (
    CATEGORY_AXIS,
    GRID,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TINTS,
    TRACKS,
    known_pays,
    left_margin,
    money_axis,
    provenance,
)

#: Panels, and rows of a panel, that a chart holds; the table holds all.
MOST_PANELS, MOST_ROWS = 12, 40
#: Half a box's height, of the distance between two rows.
_HALF_BOX = 0.23


def cell_chart(
    rows: Sequence[RecordCell],
    by: Sequence[str],
    tracks: Mapping[str, str],
    order: Sequence[str] = (),
    beside: Sequence[RecordComparison] = (),
) -> ChartSpec:
    """The band of each cell: box P25–P75, line P10–P90, tick at the median, its interval below.

    ``rows`` are rows of the band table in its order; a second dimension makes a
    panel for each of its values, all on one pay axis. ``tracks`` gives a level's
    color, ``order`` the panels' order; each point's cell stands in its trace's
    ``meta``. ``beside`` are rows of the table of what lies beside, drawn on the
    rows of their level.
    """
    there = dict.fromkeys(_word(r, by, 1) for r in rows)
    panels = [*(w for w in order if w in there), *(w for w in there if w not in order)]
    names = list(dict.fromkeys(_word(r, by, 0) for r in rows))[:MOST_ROWS]
    on_chart = [r for r in beside if r.level in names]
    grid = Grid(names, panels[:MOST_PANELS], divided=len(by) > 1)
    upwards = by[0] == "level"  # as on every ladder; what has no rank reads from the top
    heights = {n: i for i, n in enumerate(names if upwards else reversed(names), 1)}
    shown = [r for r in rows if _word(r, by, 0) in heights and _word(r, by, 1) in grid.panels]
    layout: dict[str, Any] = {
        **HOVER,
        "height": grid.height,
        "showlegend": False,
        "barmode": "overlay",
        "margin": {
            "l": left_margin(names),
            "r": 60 if on_chart else 20,
            "t": grid.top,
            "b": 54,
        },
        "annotations": grid.titles(),
    }
    span = _span(shown, beside)
    traces: list[ChartSpec] = []
    for i, panel in enumerate(grid.panels):
        own = [r for r in shown if _word(r, by, 1) == panel]
        number = str(i + 1) if i else ""
        layout[f"xaxis{number}"] = _pay_axis(grid, i, rows[0]) | {"range": span}
        layout[f"yaxis{number}"] = {
            **CATEGORY_AXIS,
            "domain": grid.tall(i),
            "anchor": f"x{number}",
            "range": [0.3, len(names) + 0.75],
            "tickvals": list(heights.values()),
            "ticktext": [escape(n) for n in names],
            "showticklabels": i % grid.wide == 0,
        }
        at = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        cells = {"meta": [[_word(r, by, j) for j in range(len(by))] for r in own]}
        traces += [
            {**trace, **at, **(cells if "customdata" in trace else {})}
            for trace in _panel(own, [heights[_word(r, by, 0)] for r in own], tracks)
        ]
        if len(grid.panels) == 1:
            traces.append(_median_labels(own, heights, by, tracks, on_chart))
    traces += _beside(on_chart, heights, rows[0].currency if rows else "USD")
    return {"data": traces, "layout": layout}


def is_cut(rows: Sequence[RecordCell], by: Sequence[str]) -> bool:
    """Whether there are more cells than the chart shows."""
    return (
        len({_word(r, by, 1) for r in rows}) > MOST_PANELS
        or len({_word(r, by, 0) for r in rows}) > MOST_ROWS
    )


def cell_alt(rows: Sequence[RecordCell], by: Sequence[str]) -> str:
    """The chart in a sentence, for a screen reader."""
    labels = [
        f"{', '.join(r.dimensions[name] for name in by)} {money(r.median, r.currency)}"
        for r in rows[:MOST_ROWS]
        if r.median is not None
    ]
    return f"Median pay by {' and '.join(by)}, of pay records: " + "; ".join(labels)


def shape_chart(
    shares: Sequence[float],
    pays: Sequence[float | None],
    intervals: Sequence[tuple[float, float] | None],
    currency: str,
    basis: str,
) -> ChartSpec:
    """The share of people paid at most so much, with the interval of each percentile."""
    bounds = [(s, *ends) for s, ends in zip(shares, intervals, strict=True) if ends]
    around = {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "hoverinfo": "skip",
        "x": [low for _, low, _ in bounds] + [high for *_, high in reversed(bounds)],
        "y": [s for s, *_ in bounds] + [s for s, *_ in reversed(bounds)],
        "line": {"width": 0},
        "fillcolor": TINTS["professional"],
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(pays),
        "y": list(shares),
        "line": {"color": TRACKS["professional"], "width": 2.5},
        "marker": {"size": 6},
        "customdata": [
            f"{s:.0%} are paid at most {money(p, currency)}"
            for s, p in zip(shares, pays, strict=True)
            if p is not None
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    axis = money_axis(f"{ELEMENT_LABELS[basis].capitalize()}, {currency} a year", currency)
    return {
        "data": [around, line] if bounds else [line],
        "layout": {
            **HOVER,
            "height": 380,
            "showlegend": False,
            "margin": {"l": 70, "r": 20, "t": 12, "b": 54},
            "xaxis": {**axis, "tickformat": "~s"},
            "yaxis": {
                "title": {"text": "Share of people paid at most this"},
                "tickformat": ".0%",
                "range": [0, 1],
                "gridcolor": GRID,
                "fixedrange": True,
                "zeroline": False,
            },
        },
    }


def _word(row: RecordCell, by: Sequence[str], i: int) -> str:
    return row.dimensions[by[i]] if i < len(by) else ""


def _span(rows: Sequence[RecordCell], beside: Sequence[RecordComparison]) -> list[float]:
    """The pay axis, with some room on either side."""
    values: list[float | None] = []
    for cell in rows:
        values += [*cell.percentiles.values(), *(cell.interval("p50") or ())]
    for other in beside:
        values += [other.low, other.point, other.high]
    pays = known_pays(values) or [0.0, 1.0]
    edge = 0.05 * (max(pays) - min(pays)) + 1
    return [min(pays) - edge, max(pays) + edge]


def _pay_axis(grid: Grid, i: int, row: RecordCell) -> ChartSpec:
    """The pay axis of a panel; only the lowest ones say what it is."""
    lowest = i + grid.wide >= len(grid.panels)
    title = f"{ELEMENT_LABELS[row.pay_basis].capitalize()}, {row.currency} a year"
    return {
        **money_axis(title if lowest else "", row.currency),
        "domain": grid.across(i),
        "anchor": f"y{i + 1 if i else ''}",
        "tickformat": "~s",
        "nticks": 8 if grid.wide == 1 else 5,
    }


def _panel(
    rows: Sequence[RecordCell], heights: Sequence[float], tracks: Mapping[str, str]
) -> list[ChartSpec]:
    colors = [TRACKS[_track(r, tracks)] for r in rows]
    quartiles = [(r.pay("p25"), r.pay("p75")) for r in rows]
    box = {
        "type": "bar",
        "orientation": "h",
        "y": list(heights),
        "width": 2 * _HALF_BOX,
        "base": [low for low, _ in quartiles],
        "x": [None if low is None or high is None else high - low for low, high in quartiles],
        "marker": {
            "color": [TINTS[_track(r, tracks)] for r in rows],
            "line": {"color": colors, "width": 1.5},
        },
        **_hovers(rows),
    }
    below = [y - 0.34 for y in heights]
    traces = [box, interval_line([r.interval("p50") or (None, None) for r in rows], below, 5)]
    if rows and "p10" in rows[0].percentiles:
        traces.append(interval_line([(r.pay("p10"), r.pay("p90")) for r in rows], heights, 9))
    return [*traces, _medians(rows, heights, colors)]


def _medians(
    rows: Sequence[RecordCell], heights: Sequence[float], colors: Sequence[str]
) -> ChartSpec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r.median for r in rows],
        "y": list(heights),
        "marker": {"symbol": "line-ns", "size": 18, "line": {"color": colors, "width": 3.5}},
        **_hovers(rows),
    }


def _median_labels(
    rows: Sequence[RecordCell],
    heights: Mapping[str, float],
    by: Sequence[str],
    tracks: Mapping[str, str],
    beside: Sequence[RecordComparison],
) -> ChartSpec:
    """The medians in words: above them, or right of all marks where something lies above."""
    known = [r for r in rows if r.median is not None]
    ends: dict[str, list[float]] = {r.level: [] for r in beside}
    for other in beside:
        ends[other.level] += known_pays([other.point, other.high])
    for r in known if beside else ():
        pays = [*r.percentiles.values(), *(r.interval("p50") or ())]
        ends.setdefault(_word(r, by, 0), []).extend(known_pays(pays))
    return {
        "type": "scatter",
        "mode": "text",
        "x": [max(ends[_word(r, by, 0)]) if beside else r.median for r in known],
        "y": [heights[_word(r, by, 0)] + (0 if beside else _HALF_BOX + 0.08) for r in known],
        "text": [f"  <b>{short_money(r.median or 0, r.currency)}</b>  " for r in known],
        "textposition": "middle right" if beside else "top center",
        "textfont": {"color": [TRACKS[_track(r, tracks)] for r in known]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _beside(
    rows: Sequence[RecordComparison], heights: Mapping[str, float], currency: str
) -> list[ChartSpec]:
    """Market medians as diamonds, own ranges as brackets with their midpoint, each in a lane."""
    market = [r for r in rows if not r.own_range]
    ranges = [r for r in rows if r.own_range]
    above = _lanes(ranges, heights)
    traces = [
        _comparison_marks(market, [heights[r.level] for r in market], "diamond", currency),
        interval_line([(r.low, r.high) for r in ranges], above, 8),
        _comparison_marks(ranges, above, "line-ns", currency),
    ]
    return traces if rows else []


def _lanes(ranges: Sequence[RecordComparison], heights: Mapping[str, float]) -> list[float]:
    """The height of each range above its level's bar: several of a level don't meet."""
    seen: dict[str, int] = {}
    most = max(Counter(r.level for r in ranges).values(), default=1)
    apart = min(0.13, 0.26 / max(1, most - 1))
    lanes = []
    for r in ranges:
        lanes.append(heights[r.level] + 0.36 + apart * seen.get(r.level, 0))
        seen[r.level] = seen.get(r.level, 0) + 1
    return lanes


def _comparison_marks(
    rows: Sequence[RecordComparison], heights: Sequence[float], symbol: str, currency: str
) -> ChartSpec:
    color, edge, width = (PUBLISHED, "#ffffff", 1) if symbol == "diamond" else (NEUTRAL, NEUTRAL, 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r.point for r in rows],
        "y": list(heights),
        "marker": {
            "symbol": symbol,
            "size": 9,
            "color": color,
            "line": {"color": edge, "width": width},
        },
        "customdata": [
            f"<b>{escape(r.level)}</b> {escape(r.beside)}<br>{money(r.point, currency)}"
            f"<br>Records' median {r.ratio:+.0%}<br>Source: {r.source}; as of: {r.as_of}"
            for r in rows
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _track(row: RecordCell, tracks: Mapping[str, str]) -> str:
    return tracks.get(row.dimensions.get("level", ""), "professional")


def _hovers(rows: Sequence[RecordCell]) -> ChartSpec:
    return {
        "customdata": [_hover(r) for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: RecordCell) -> str:
    lines = [f"<b>{escape(', '.join(row.dimensions.values()))}</b>, {row.status}"]
    if row.median is not None:
        lines.append(f"Median {money(row.median, row.currency)}")
    spans = {
        f"Its interval of {row.interval_of}:": row.interval("p50"),
        "P25–P75": (row.pay("p25"), row.pay("p75")),
        "P10–P90": (row.pay("p10"), row.pay("p90")),
    }
    for label, ends in spans.items():
        low, high = ends or (None, None)
        if low is not None and high is not None:
            lines.append(f"{label} {money_range(low, high, row.currency)}")
    lines.append(f"People: {row.n}; organizations: {row.organisations}")
    if row.note:
        lines.append(escape(row.note))
    return "<br>".join([*lines, *provenance(row, row.source)])
