"""Charts of one occupation's pay: by place, ranked, and by year."""

from collections.abc import Mapping, Sequence

from analytics.money import money, short_money
from analytics.wage_rows import AreaWage, OccupationArea
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    BENCHMARKS,
    CATEGORY_AXIS,
    GRID,
    HOVER,
    NEUTRAL,
    TRACKS,
    left_margin,
    money_axis,
)

_ROW, _EDGES = 26, 70
_COLOR = TRACKS["professional"]
_PERCENTILES = ("p10", "p25", "p50", "p75", "p90")


def ranked_chart(
    rows: Sequence[OccupationArea],
    nation: OccupationArea | None,
    people: Mapping[str, int] | None = None,
) -> ChartSpec:
    """P25–P75 of each place as printed, P10–P90 as a line, the median as a mark.

    ``people`` are the team's own by place; their number stands beside its name.
    """
    own = people or {}
    names = [f"{r.area} · {own[r.area]:,} yours" if r.area in own else r.area for r in rows]
    heights = [len(rows) - i for i in range(len(rows))]
    boxed = [(r, h) for r, h in zip(rows, heights, strict=True) if {0.25, 0.75} <= set(r.published)]
    lined = [(r, h) for r, h in zip(rows, heights, strict=True) if {0.10, 0.90} <= set(r.published)]
    marked = [(r, h) for r, h in zip(rows, heights, strict=True) if 0.50 in r.published]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [x for r, _ in lined for x in (r.p10, r.p90, None)],
                "y": [y for _, h in lined for y in (h, h, None)],
                "line": {"color": NEUTRAL, "width": 1.5},
                "hoverinfo": "skip",
            },
            {
                "type": "bar",
                "orientation": "h",
                "base": [r.p25 for r, _ in boxed],
                "x": [(r.p75 or 0) - (r.p25 or 0) for r, _ in boxed],
                "y": [h for _, h in boxed],
                "width": 0.5,
                "marker": {"color": _COLOR, "opacity": 0.85},
                "customdata": [_hover(r) for r, _ in boxed],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [r.p50 for r, _ in marked],
                "y": [h for _, h in marked],
                "marker": {"symbol": "line-ns-open", "size": 13, "color": BENCHMARKS[0],
                           "line": {"width": 3}},
                "customdata": [_hover(r) for r, _ in marked],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        ],
        "layout": {
            **HOVER,
            "height": _EDGES + _ROW * len(rows),
            "showlegend": False,
            "margin": {"l": left_margin(names), "r": 16, "t": 26, "b": 44},
            "xaxis": money_axis("US dollars a year, as printed"),
            "yaxis": {**CATEGORY_AXIS, "tickvals": heights, "ticktext": names,
                      "range": [0.4, len(rows) + 0.6]},
            **_nation_line(nation),
        },
    }  # fmt: skip


def ranked_alt(rows: Sequence[OccupationArea]) -> str:
    """The ranked chart in a sentence, for a screen reader."""
    told = [f"{row.area} {money(row.p50)}" for row in rows[:5] if row.p50]
    return f"Pay by place, highest median first: {'; '.join(told)}"


def history_chart(rows: Sequence[AreaWage]) -> ChartSpec:
    """The nation's percentiles by year; what is only a lower bound is left out."""
    traces = []
    for name, color in zip(_PERCENTILES, (NEUTRAL, NEUTRAL, _COLOR, NEUTRAL, NEUTRAL), strict=True):
        printed = [row for row in rows if getattr(row, name) and name not in row.at_least]
        last = printed[-1:] and printed[-1].year
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": [row.year for row in printed],
                "y": [getattr(row, name) for row in printed],
                "text": [
                    f"{name.upper()} {short_money(getattr(row, name))}" if row.year == last else ""
                    for row in printed
                ],
                "textposition": "middle right",
                "cliponaxis": False,
                "line": {"color": color, "width": 2.5 if name == "p50" else 1.5},
                "marker": {"size": 6},
                "hovertemplate": f"{name.upper()} %{{x}}: $%{{y:,.0f}}<extra></extra>",
            }
        )
    years = [row.year for row in rows]
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": 340,
            "showlegend": False,
            "margin": {"l": 80, "r": 90, "t": 16, "b": 40},
            "xaxis": {"tickvals": years, "ticktext": [f"May {y}" for y in years], "showgrid": False,
                      "fixedrange": True, "automargin": False,
                      "range": [min(years) - 0.2, max(years) + 0.2]},
            "yaxis": {**money_axis(""), "gridcolor": GRID, "rangemode": "tozero"},
        },
    }  # fmt: skip


def _nation_line(nation: OccupationArea | None) -> ChartSpec:
    if nation is None or 0.50 not in nation.published:
        return {}
    return {
        "shapes": [{"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": nation.p50,
                    "x1": nation.p50, "line": {"color": NEUTRAL, "width": 1.5, "dash": "dash"}}],
        "annotations": [{"x": nation.p50, "y": 1, "yref": "paper", "yanchor": "bottom",
                         "showarrow": False, "font": {"size": 12, "color": NEUTRAL},
                         "text": f"the nation's median {short_money(nation.p50 or 0)}"}],
    }  # fmt: skip


def _hover(row: OccupationArea) -> str:
    pays = [f"P{100 * p:g} {money(pay)}" for p, pay in row.published.items()]
    bounds = [
        f"{name.upper()} at least {money(getattr(row, name))}"
        for name in row.at_least.split(", ")
        if name
    ]
    jobs = f"{row.employment:,.0f} jobs" if row.employment else "jobs not released"
    error = f", standard error {row.employment_rse:g}%" if row.employment_rse is not None else ""
    mean = f", of the mean {row.mean_rse:g}%" if row.mean_rse is not None else ""
    return "<br>".join([f"<b>{row.area}</b>", *pays, *bounds, f"{jobs}{error}{mean}"])
