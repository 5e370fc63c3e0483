"""Bands of pay records, in one chart or in small multiples, and the shape of one cell."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

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
    left_margin,
    money_axis,
    provenance,
)
from app_pages.components.filters import BASIS_WORDS

#: Panels, and rows of a panel, that a chart holds; the table holds all.
MOST_PANELS, MOST_ROWS = 12, 40


def money(pay: float, currency: str, *, short: bool = False) -> str:
    """``$117,500`` or ``EUR 117,500``; short in whole thousands."""
    figure = f"{pay / 1000:,.0f}k" if short and abs(pay) >= 10_000 else f"{pay:,.0f}"
    return f"${figure}" if currency == "USD" else f"{currency} {figure}"


def cell_chart(
    rows: Sequence[Any],
    by: Sequence[str],
    tracks: Mapping[str, str],
    order: Sequence[str] = (),
    beside: Sequence[Any] = (),
) -> ChartSpec:
    """The band of each cell: box P25–P75, line P10–P90, tick at the median, its interval below.

    ``rows`` are rows of the band table in its order; a second dimension makes a
    panel for each of its values, all on one pay axis. ``tracks`` gives a level's
    colour, ``order`` the panels' order; each point's cell stands in its trace's
    ``meta``. ``beside`` are rows of the table of what lies beside, drawn on the
    rows of their level.
    """
    there = dict.fromkeys(_word(r, by, 1) for r in rows)
    panels = [*(w for w in order if w in there), *(w for w in there if w not in order)]
    names = list(dict.fromkeys(_word(r, by, 0) for r in rows))[:MOST_ROWS]
    grid = Grid(names, panels[:MOST_PANELS], divided=len(by) > 1)
    upwards = by[0] == "level"  # as on every ladder; what has no rank reads from the top
    heights = {n: i for i, n in enumerate(names if upwards else reversed(names), 1)}
    shown = [r for r in rows if _word(r, by, 0) in heights and _word(r, by, 1) in grid.panels]
    layout: dict[str, Any] = {
        **HOVER,
        "height": grid.height,
        "showlegend": False,
        "barmode": "overlay",
        "margin": {"l": left_margin(names), "r": 20, "t": grid.top, "b": 54},
        "annotations": grid.titles(),
    }
    span = _span([*shown, *beside])
    traces: list[ChartSpec] = []
    for i, panel in enumerate(grid.panels):
        own = [r for r in shown if _word(r, by, 1) == panel]
        number = str(i + 1) if i else ""
        layout[f"xaxis{number}"] = _pay_axis(grid, i, rows[0]) | {"range": span}
        layout[f"yaxis{number}"] = {
            **CATEGORY_AXIS, "domain": grid.tall(i), "anchor": f"x{number}",
            "range": [0.3, len(names) + 0.75], "tickvals": list(heights.values()),
            "ticktext": [escape(n) for n in names], "showticklabels": i % grid.wide == 0,
        }  # fmt: skip
        at = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        cells = {"meta": [[_word(r, by, j) for j in range(len(by))] for r in own]}
        traces += [
            {**trace, **at, **(cells if "customdata" in trace else {})}
            for trace in _panel(
                own, [heights[_word(r, by, 0)] for r in own], tracks, len(grid.panels) == 1
            )
        ]
    traces += _beside([r for r in beside if r.level in heights], heights)
    return {"data": traces, "layout": layout}


def is_cut(rows: Sequence[Any], by: Sequence[str]) -> bool:
    """Whether there are more cells than the chart shows."""
    return (
        len({_word(r, by, 1) for r in rows}) > MOST_PANELS
        or len({_word(r, by, 0) for r in rows}) > MOST_ROWS
    )


def cell_alt(rows: Sequence[Any], by: Sequence[str]) -> str:
    """The chart in a sentence, for a screen reader."""
    said = [
        f"{', '.join(str(getattr(r, name)) for name in by)} {money(r.p50, r.currency)}"
        for r in rows[:MOST_ROWS]
        if r.p50 == r.p50
    ]
    return f"Median pay by {' and '.join(by)}, of pay records: " + "; ".join(said)


def shape_chart(
    shares: Sequence[float],
    pays: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    currency: str,
    basis: str,
) -> ChartSpec:
    """The share of people paid at most so much, with the interval of each percentile."""
    known = [(s, low, high) for s, low, high in zip(shares, lows, highs, strict=True) if low == low]
    around = {
        "type": "scatter", "mode": "lines", "fill": "toself", "hoverinfo": "skip",
        "x": [low for _, low, _ in known] + [high for *_, high in reversed(known)],
        "y": [s for s, *_ in known] + [s for s, *_ in reversed(known)],
        "line": {"width": 0}, "fillcolor": TINTS["professional"],
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines+markers", "x": list(pays), "y": list(shares),
        "line": {"color": TRACKS["professional"], "width": 2.5},
        "marker": {"size": 6},
        "customdata": [
            f"{s:.0%} are paid at most {money(p, currency)}"
            for s, p in zip(shares, pays, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    axis = money_axis(f"{BASIS_WORDS[basis].capitalize()}, {currency} a year")
    return {
        "data": [around, line] if known else [line],
        "layout": {
            **HOVER,
            "height": 380,
            "showlegend": False,
            "margin": {"l": 70, "r": 20, "t": 12, "b": 54},
            "xaxis": {**axis, "tickformat": "$~s" if currency == "USD" else "~s"},
            "yaxis": {
                "title": {"text": "Share of people paid at most this"},
                "tickformat": ".0%", "range": [0, 1], "gridcolor": GRID, "fixedrange": True,
                "zeroline": False,
            },
        },
    }  # fmt: skip


def _word(row: Any, by: Sequence[str], i: int) -> str:
    return str(getattr(row, by[i])) if i < len(by) else ""


def _pays(row: Any) -> list[float]:
    names = ("p10", "p25", "p50", "p75", "p90", "p50_low", "p50_high", "low", "point", "high")
    return [v for name in names if (v := getattr(row, name, float("nan"))) == v]


def _span(rows: Sequence[Any]) -> list[float]:
    """The pay axis, with some room on either side."""
    pays = [v for r in rows for v in _pays(r)] or [0.0, 1.0]
    edge = 0.05 * (max(pays) - min(pays)) + 1
    return [min(pays) - edge, max(pays) + edge]


def _pay_axis(grid: Grid, i: int, row: Any) -> ChartSpec:
    """The pay axis of a panel; only the lowest ones say what it is."""
    lowest = i + grid.wide >= len(grid.panels)
    title = f"{BASIS_WORDS[row.pay_basis].capitalize()}, {row.currency} a year"
    dollars = row.currency == "USD"
    return {
        **money_axis(title if lowest else ""),
        "domain": grid.across(i), "anchor": f"y{i + 1 if i else ''}",
        "tickprefix": "" if dollars else f"{row.currency} ",
        "tickformat": "$~s" if dollars else "~s",
        "nticks": 8 if grid.wide == 1 else 5,
    }  # fmt: skip


def _panel(
    rows: Sequence[Any], heights: Sequence[float], tracks: Mapping[str, str], labelled: bool
) -> list[ChartSpec]:
    colours = [TRACKS[_track(r, tracks)] for r in rows]
    found = [
        {
            "type": "bar", "orientation": "h", "y": list(heights), "width": 0.46,
            "base": [r.p25 for r in rows], "x": [r.p75 - r.p25 for r in rows],
            "marker": {
                "color": [TINTS[_track(r, tracks)] for r in rows],
                "line": {"color": colours, "width": 1.5},
            },
            **_hovers(rows),
        },
        interval_line(rows, [y - 0.34 for y in heights], "p50_low", "p50_high", 5),
    ]  # fmt: skip
    if rows and hasattr(rows[0], "p10"):
        found.append(interval_line(rows, heights, "p10", "p90", 9))
    median = {
        "type": "scatter", "mode": "markers+text" if labelled else "markers",
        "x": [r.p50 for r in rows], "y": list(heights),
        "marker": {"symbol": "line-ns", "size": 18, "line": {"color": colours, "width": 3.5}},
        **_hovers(rows),
    }  # fmt: skip
    if labelled:
        median |= {
            "text": [
                f"<b>{money(r.p50, r.currency, short=True)}</b>" if r.p50 == r.p50 else ""
                for r in rows
            ],
            "textposition": "top center",
            "textfont": {"color": colours},
        }
    return [*found, median]


def _beside(rows: Sequence[Any], heights: Mapping[str, float]) -> list[ChartSpec]:
    """Market medians as diamonds, own ranges as brackets with their midpoint."""
    if not rows:
        return []
    traces = []
    for own, colour, symbol in ((False, PUBLISHED, "diamond"), (True, NEUTRAL, "line-ns")):
        some = [r for r in rows if r.beside.startswith("Own range") == own]
        at = [heights[r.level] + (0.36 if own else 0) for r in some]
        if own:
            traces.append(interval_line(some, at, "low", "high", 8))
        traces.append({
            "type": "scatter", "mode": "markers", "x": [r.point for r in some], "y": at,
            "marker": {
                "symbol": symbol, "size": 9, "color": colour,
                "line": {"color": colour if own else "#ffffff", "width": 2 if own else 1},
            },
            "customdata": [
                f"<b>{escape(r.level)}</b> {escape(r.beside)}<br>{r.point:,.0f}"
                f"<br>Records' median {r.ratio:+.0%}<br>Source: {r.source}; as of: {r.as_of}"
                for r in some
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        })  # fmt: skip
    return traces


def _track(row: Any, tracks: Mapping[str, str]) -> str:
    return tracks.get(getattr(row, "level", ""), "professional")


def _hovers(rows: Sequence[Any]) -> ChartSpec:
    return {
        "customdata": [_hover(r) for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: Any) -> str:
    names = ("function", "focus", "level", "place", "size", "organisation", "year")
    words = [str(getattr(row, name)) for name in names if hasattr(row, name)]
    lines = [f"<b>{escape(', '.join(words))}</b>, {row.status}"]
    for label, low, high in (
        ("Median", "p50", ""), ("Its interval", "p50_low", "p50_high"),
        ("P25–P75", "p25", "p75"), ("P10–P90", "p10", "p90"),
    ):  # fmt: skip
        ends = [getattr(row, name, float("nan")) for name in (low, high) if name]
        if all(end == end for end in ends):
            lines.append(f"{label} {'–'.join(money(end, row.currency) for end in ends)}")
    lines.append(f"People: {row.n}; organisations: {row.organisations}")
    if row.note:
        lines.append(escape(row.note))
    return "<br>".join([*lines, *provenance(row, row.source)])
