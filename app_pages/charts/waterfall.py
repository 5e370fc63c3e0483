"""The way from published figures to an answer, as a waterfall."""

from collections.abc import Sequence
from html import escape

from analytics.money import money
from analytics.pricing.explanation import WaterfallStep
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TRACKS,
    money_axis,
    wrapped,
)

_ANSWER = "Answer"


def waterfall_chart(steps: Sequence[WaterfallStep], currency: str) -> ChartSpec:
    """What is published, what each step adds or takes away, and the answer."""
    labels = [*(step.label for step in steps), _ANSWER]
    answer = steps[-1].total
    amounts = [*(step.amount for step in steps), answer]
    lowest = min([step.total for step in steps])
    return {
        "data": [
            {
                "type": "waterfall",
                "x": labels,
                "y": amounts,
                "measure": ["absolute", *["relative"] * (len(steps) - 1), "total"],
                "text": [_label(step, i, currency) for i, step in enumerate(steps)]
                + [f"<b>{money(answer, currency)}</b>"],
                "textposition": "outside",
                "cliponaxis": False,
                "connector": {"line": {"color": NEUTRAL, "width": 1}},
                "increasing": {"marker": {"color": TRACKS["professional"]}},
                "decreasing": {"marker": {"color": PUBLISHED}},
                "totals": {"marker": {"color": NEUTRAL}},
                "customdata": [_hover(step, currency) for step in steps]
                + [f"<b>Answer</b> {money(answer, currency)}"],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": {
            **HOVER,
            "height": 300,
            "showlegend": False,
            "margin": {"l": 80, "r": 16, "t": 28, "b": 36},
            "xaxis": {**CATEGORY_AXIS, "type": "category"},
            "yaxis": {
                **money_axis("", currency),
                "range": [0, 1.18 * max(answer, *(step.total for step in steps), lowest)],
            },
        },
    }


def waterfall_alt(steps: Sequence[WaterfallStep], currency: str) -> str:
    """The waterfall in a sentence, for a screen reader."""
    labels = [f"{step.label} {money(step.total, currency)}" for step in steps]
    return "From published to the answer: " + "; ".join(labels)


def _label(step: WaterfallStep, i: int, currency: str) -> str:
    """Whole amounts, which a reader may add up to the answer."""
    if i == 0:
        return money(step.total, currency)
    sign = "+" if step.amount >= 0 else ""
    return f"{sign}{money(step.amount, currency)}"


def _hover(step: WaterfallStep, currency: str) -> str:
    lines = [f"<b>{step.label}</b> {money(step.total, currency)}", *wrapped(escape(step.reason))]
    return "<br>".join(lines)
