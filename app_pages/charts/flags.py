"""Benchmarks behind a chart: a tint, a line, and a label that hangs above it."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

from analytics.money import money, money_range, short_money
from analytics.pay_basis import LABELS
from analytics.pay_rows import Benchmark
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import BENCHMARK_TINT, BENCHMARKS, provenance, wrapped

LABEL_ROW = 20
_ROOMIER_LEFT_FROM = 0.3


def flags(
    benchmarks: Sequence[Benchmark], heights: Sequence[float], reach: Sequence[float]
) -> tuple[list[ChartSpec], list[ChartSpec], list[ChartSpec]]:
    """Labels, shapes and traces of the benchmarks that have a median or a figure.

    A total-compensation P25–P75 is tinted; every benchmark has its line, which
    answers the mouse at each of ``heights``. Labels hang to the side of ``reach``,
    the axis, that has more room; the level names leave some on the left.
    """
    labels: list[ChartSpec] = []
    shapes: list[ChartSpec] = []
    hovers: list[tuple[float, str]] = []
    names = [row.series for row in benchmarks]
    turn = reach[0] + _ROOMIER_LEFT_FROM * (reach[1] - reach[0])
    for row in benchmarks:
        at = row.figure
        if at is None:
            continue
        color = _color(row.series)
        tinted = row.pay_basis == "total_comp" and "p25" in row.percentiles
        if tinted:
            shapes.append(_tint(row))
        shapes.append(_line(at, color, "dash" if tinted else "dot"))
        what = "P25–P75 and median" if tinted else "figure" if row.median is None else "median"
        who = row.series if names.count(row.series) == 1 else f"{row.series}, {row.benchmark},"
        said = f"{escape(who)} {what} <b>{short_money(at, row.currency)}</b>"
        labels.append(_label(row, at, said, color, len(labels), at > turn))
        hovers.append((at, _hover(row, at)))
    return labels, shapes, [_answers(hovers, heights)] if hovers else []


def _line(at: float, color: str, dash: str) -> ChartSpec:
    return {
        "type": "line",
        "layer": "below",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1.5, "dash": dash},
    }


def _answers(hovers: Sequence[tuple[float, str]], heights: Sequence[float]) -> ChartSpec:
    """Unseen points along the lines, since a shape does not answer the mouse."""
    points = [(at, y, said) for at, said in hovers for y in heights]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [p[0] for p in points],
        "y": [p[1] for p in points],
        "customdata": [p[2] for p in points],
        "marker": {"size": 8, "opacity": 0},
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _tint(row: Benchmark) -> ChartSpec:
    return {
        "type": "rect",
        "layer": "below",
        "xref": "x",
        "yref": "paper",
        "x0": row.percentiles["p25"],
        "x1": row.percentiles["p75"],
        "y0": 0,
        "y1": 1,
        "line": {"width": 0},
        "fillcolor": BENCHMARK_TINT,
    }


def _color(series: str) -> str:
    """One color a source, whatever else is shown; the first is the tint's."""
    if series == "levels.fyi":
        return BENCHMARKS[0]
    return BENCHMARKS[1 + crc32(series.encode()) % (len(BENCHMARKS) - 1)]


def _label(row: Benchmark, at: float, who: str, color: str, place: int, left: bool) -> ChartSpec:
    said = f"{who}, {LABELS[row.pay_basis]}, {row.as_of}"
    return {
        "x": at,
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yshift": 2 + LABEL_ROW * place,
        "yanchor": "bottom",
        "xanchor": "right" if left else "left",
        "showarrow": False,
        "font": {"color": color, "size": 12},
        "text": f"{said}▕" if left else f"▏{said}",
    }


def _hover(row: Benchmark, at: float) -> str:
    lines = [f"<b>{escape(row.benchmark)}</b>", f"Published: {money(at, row.currency)}"]
    low, high = row.pay("p25"), row.pay("p75")
    if low is not None and high is not None:
        lines.append(f"P25–P75 {money_range(low, high, row.currency)}")
    return "<br>".join([*lines, *provenance(row, row.series), *wrapped(escape(row.note))])
