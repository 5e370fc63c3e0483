"""Chart of measured coverage beside what intervals state."""

from collections.abc import Sequence

from analytics.uncertainty.calibration import STATED, Coverage
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import CATEGORY_AXIS, GRID, HOVER, NEUTRAL, TRACKS, left_margin

_ROW, _EDGES = 24, 90
_AXIS = {"range": [0.7, 1.0], "tickformat": ".0%", "title": {"text": "share of figures covered"},
         "gridcolor": GRID, "fixedrange": True}  # fmt: skip


def coverage_chart(rows: Sequence[Coverage]) -> ChartSpec:
    """A mark for each kind and part of it, a line where 90 percent is."""
    heights = [len(rows) - i for i in range(len(rows))]
    labels = [label_of(row) for row in rows]
    wholes = [row.group == "all" for row in rows]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [row.covered for row in rows],
                "y": heights,
                "text": [f"{row.covered:.1%}" for row in rows],
                # Away from the line of what is stated, which would strike a figure through.
                "textposition": [f"middle {_side(row.covered)}" for row in rows],
                "cliponaxis": False,
                "marker": {
                    "size": [11 if whole else 8 for whole in wholes],
                    "color": [TRACKS["professional"] if w else NEUTRAL for w in wholes],
                },
                "customdata": [
                    f"<b>{label}</b><br>{row.covered:.1%} of {row.trials:,} covered, {STATED:.0%} "
                    f"stated<br>typical half-width {row.width:.1%}"
                    for row, label in zip(rows, labels, strict=True)
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": {
            **HOVER,
            "height": _EDGES + _ROW * len(rows),
            "showlegend": False,
            "margin": {"l": left_margin(labels), "r": 60, "t": 26, "b": 48},
            "xaxis": _AXIS,
            "yaxis": {**CATEGORY_AXIS, "tickvals": heights, "ticktext": labels,
                      "range": [0.4, len(rows) + 0.6]},
            "shapes": [{"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": STATED,
                        "x1": STATED, "line": {"color": NEUTRAL, "width": 1.5, "dash": "dash"}}],
            "annotations": [{"x": STATED, "y": 1, "yref": "paper", "yanchor": "bottom",
                             "showarrow": False, "font": {"size": 12, "color": NEUTRAL},
                             "text": f"stated {STATED:.0%}"}],
        },
    }  # fmt: skip


def _side(covered: float) -> str:
    return "left" if covered < STATED else "right"


def coverage_alt(rows: Sequence[Coverage]) -> str:
    """The chart in a sentence, for a screen reader."""
    told = [f"{label_of(row)} {row.covered:.1%}" for row in rows if row.group == "all"]
    return f"Share of figures that {STATED:.0%} intervals covered: {'; '.join(told)}"


def label_of(row: Coverage) -> str:
    """The kind, or the part of it."""
    return row.kind if row.group == "all" else f"{row.kind}, {row.group}"
