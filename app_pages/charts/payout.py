"""Charts of a pay plan: the payout curve, and how payouts spread."""

from collections.abc import Sequence

from analytics.plans import Plan, payout_curve
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TINTS,
    TRACKS,
    ratio_axis,
)

_CURVE = TRACKS["professional"]


def payout_chart(plan: Plan, own: float, to: float) -> ChartSpec:
    """Payout against attainment, with target marked, and one's own attainment if it is another."""
    at, paid = payout_curve(plan, to)
    marks = [("target", 1.0, NEUTRAL)]
    if abs(own - 1) > 1e-9:
        marks.append((f"{own:.0%}", own, PUBLISHED))
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": at.tolist(),
                "y": paid.tolist(),
                "line": {"color": _CURVE, "width": 2.5},
                "hovertemplate": "attainment %{x:.0%}: payout %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [x for _, x, _ in marks],
                "y": [plan.payout(x) for _, x, _ in marks],
                "text": [f"{name}: {plan.payout(x):.0%}" for name, x, _ in marks],
                "textposition": "top left",
                "marker": {"size": 10, "color": [color for *_, color in marks]},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            **HOVER,
            "height": 340,
            "showlegend": False,
            "margin": {"l": 70, "r": 16, "t": 24, "b": 48},
            "xaxis": {**ratio_axis("Attainment"), "range": [0, to]},
            "yaxis": {**ratio_axis("Payout, share of target variable pay"), "rangemode": "tozero"},
        },
    }


def spread_chart(deciles: Sequence[float], mean: float, of_mean: float) -> ChartSpec:
    """Deciles of payout, with their mean and the payout of the mean attainment."""
    names = [f"P{10 * i}" for i in range(1, 10)]
    lines = [("mean payout", mean, _CURVE), ("payout at the mean", of_mean, PUBLISHED)]
    highest = max(mean, of_mean)
    return {
        "data": [
            {
                "type": "bar",
                "x": names,
                "y": list(deciles),
                "marker": {
                    "color": TINTS["professional"],
                    "line": {"color": _CURVE, "width": 1.5},
                },
                "hovertemplate": "%{x} of payouts: %{y:.0%}<extra></extra>",
            }
        ],
        "layout": {
            **HOVER,
            "height": 300,
            "showlegend": False,
            "bargap": 0.25,
            "margin": {"l": 70, "r": 16, "t": 24, "b": 40},
            "xaxis": {"type": "category", "fixedrange": True, "automargin": False},
            "yaxis": {**ratio_axis("Payout"), "rangemode": "tozero"},
            "shapes": [
                {
                    "type": "line",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "y0": value,
                    "y1": value,
                    "line": {"color": color, "width": 1.5, "dash": "dash"},
                }
                for _, value, color in lines
            ],
            "annotations": [
                {
                    "xref": "paper",
                    "x": 0.01,
                    "y": value,
                    "text": f"{name} {value:.1%}",
                    "showarrow": False,
                    "xanchor": "left",
                    "yanchor": "bottom" if value == highest else "top",
                    "font": {"color": color, "size": 12},
                }
                for name, value, color in lines
            ],
        },
    }
