"""What an answer is and how it came about, in one line and step by step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from analytics.pricing.priced_job import AdjustedFigure, PricedJob, SourceContribution
from analytics.quantiles import percentile_of


@dataclass(frozen=True)
class WaterfallStep:
    """One step from what is published to the answer: what it does to pay, and why."""

    label: str
    amount: float
    total: float
    reason: str


def trust_line(priced: PricedJob) -> str:
    """How far the answer can be trusted, in a few plain words.

    For example ``modelled · one source · ±7% · nothing to check it against``.
    """
    figure = priced.target
    used = priced.answering
    statuses = list(dict.fromkeys(part.source.status for part in used))
    count = "one source" if len(used) == 1 else f"{len(used)} sources"
    if figure.interval:
        wide = max(figure.high / figure.composite - 1, 1 - figure.low / figure.composite)
        error = f"±{wide:.0%}"
    else:
        error = "error unknown"
    parts = [" and ".join(statuses), count, error]
    if figure.extrapolated:
        parts.append("beyond what is published")
    parts.append(_check(priced))
    return " · ".join(parts)


def _check(priced: PricedJob) -> str:
    figure = priced.target
    if not figure.leave_one_out:
        return "nothing to check it against"
    widest = max(abs(pay / figure.composite - 1) for pay in figure.leave_one_out.values())
    return f"moves up to {widest:.0%} without one source"


def waterfall(priced: PricedJob) -> list[WaterfallStep]:
    """The way from the published figures to the answer at the target percentile.

    Each factor is the weighted geometric mean of the sources' own, as the answer
    is of their figures, so the last total is the answer. Where a source does not
    print the percentile, its nearest printed one gives the factors, and what
    interpolation adds is a step of its own.
    """
    figure, p = priced.target, priced.pricing.target
    parts = priced.answering
    shares = [figure.shares[part.source.name] for part in parts]

    def mean(value: Callable[[SourceContribution, AdjustedFigure], float]) -> float:
        logs = [log(value(part, _nearest(part, p))) for part in parts]
        return exp(sum(share * x for share, x in zip(shares, logs, strict=True)))

    total = mean(lambda part, _: _published_at(part, p))
    steps = [WaterfallStep("Published", total, total, _names(parts))]
    for label, factor, reason in (
        ("Currency", mean(lambda _, m: m.currency_factor), "rate of exchange"),
        ("Pay basis", mean(lambda _, m: m.bridge_factor), _reasons(x.bridge_label for x in parts)),
        ("Ageing", mean(lambda _, m: m.ageing_factor), _ageing_reason(parts, p)),
        ("Place", mean(lambda _, m: m.place_factor), _reasons(x.source.place.label for x in parts)),
    ):
        if abs(factor - 1) > 1e-9:
            steps.append(WaterfallStep(label, total * (factor - 1), total * factor, reason))
            total *= factor
    left = figure.composite - total
    if abs(left) >= 1:
        steps.append(WaterfallStep("Interpolation", left, figure.composite, "between percentiles"))
    return steps


def _published_at(part: SourceContribution, p: float) -> float:
    printed = part.source.percentiles
    return printed[p] if p in printed else percentile_of(printed, p).value


def _nearest(part: SourceContribution, p: float) -> AdjustedFigure:
    return min(part.adjusted, key=lambda figure: abs(figure.p - p))


def _ageing_reason(parts: Sequence[SourceContribution], p: float) -> str:
    figures = [_nearest(part, p) for part in parts]
    return _reasons(f"{f.months} months at {f.rate:.2%} a year ({f.rate_label})" for f in figures)


def _names(parts: Sequence[SourceContribution]) -> str:
    return _reasons(f"{part.source.name}, {part.source.as_of}" for part in parts)


def _reasons(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))
