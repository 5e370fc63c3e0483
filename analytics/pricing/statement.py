"""What an answer is, as it is shown: its figure, its context and its assumption."""

import numpy as np

from analytics.bands import round_modelled
from analytics.money import money_range
from analytics.pay_basis import LABELS
from analytics.percentiles import percentile_label
from analytics.pricing.answers import status_of
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion


def shown_figures(priced: PricedJob) -> tuple[float, tuple[float, float] | None]:
    """The answer and its interval as they are shown: modelled ones to the nearest hundred."""
    figure = priced.target
    if status_of(priced) != "modelled":
        return figure.composite, figure.interval
    value, *ends = (
        float(x) for x in round_modelled(np.array([figure.composite, *(figure.interval or ())]))
    )
    return value, (ends[0], ends[1]) if ends else None


def context_of(question: PayQuestion, priced: PricedJob) -> dict[str, str]:
    """What the figure is, part by part (`analytics.context.PARTS`)."""
    _, ends = shown_figures(priced)
    return {
        "job": question.job.label,
        "pay basis": f"{percentile_label(question.percentile)} of {LABELS[question.basis]}",
        "place": question.place_label,
        "date": question.month.words,
        "status": status_of(priced),
        "interval": money_range(*ends, priced.pricing.currency) if ends else "",
    }


def assumption_line(priced: PricedJob) -> str:
    """The bridge between pay bases that the answer rests on; empty where there is none."""
    bridges = list(dict.fromkeys(c.bridge_label for c in priced.answering if c.bridge_label))
    if not bridges:
        return ""
    counts_equity = any(c.source.basis == "total_comp" for c in priced.answering)
    at_most = "At most, since total compensation counts equity: " if counts_equity else "Assumes "
    return f"{at_most}{'; '.join(bridges)}."
