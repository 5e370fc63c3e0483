"""A pricing in words and numbers, so that it can be pasted where it is questioned."""

from collections.abc import Sequence

from analytics.pricing.pricing import BASES, AdjustedFigure, PricedJob, SourceContribution
from analytics.quantiles import percentile_of


def derivation(priced: PricedJob) -> str:
    """The target figure and its whole derivation."""
    asked, figure = priced.pricing, priced.target
    name = f"P{100 * asked.target:g}"
    used = [part for part in priced.parts if part.source.name in figure.shares]
    lines = [
        f"{asked.job}: {name} of {BASES[asked.basis]} at {asked.to} is "
        f"{_money(figure.typical, asked.currency)} a year{_ends(priced)}.",
        f"It is the weighted geometric mean of {len(used)} source{'s' if len(used) > 1 else ''}: "
        + "; ".join(_part(part, figure.shares[part.source.name], asked.target) for part in used)
        + ".",
        _interval(priced),
    ]
    if figure.beyond:
        lines.append(f"{name} lies beyond what is published by {', '.join(figure.beyond)}.")
    if figure.pooled is not None:
        whose = "these sources" if len(figure.pooled_of) == len(used) else _list(figure.pooled_of)
        pooled = _money(figure.pooled, asked.currency)
        lines.append(f"Everybody in {whose} together has a {name} of {pooled}.")
    for low, high in priced.falls:
        lines.append(
            f"The band falls from P{100 * low:g} to P{100 * high:g}, since not the same sources "
            "speak of both."
        )
    if left := [part for part in priced.parts if part.refused]:
        said = "; ".join(f"{part.source.name} {part.refused}" for part in left)
        lines.append(f"Left out: {said}.")
    return " ".join(lines)


def _part(part: SourceContribution, share: float, p: float) -> str:
    source = part.source
    size = f"n {source.n:,}" if source.n else "n not published"
    reason = f", {source.reason}" if source.reason else ""
    return (
        f"{source.name} (weight {share:.1%}: {source.match} match{reason}, relevance "
        f"{source.relevance:g}, {size}), {_moves(part, p)}"
    )


def _moves(part: SourceContribution, p: float) -> str:
    source = part.source
    exact = next((m for m in part.moved if m.p == p), None)
    shown = exact or min(part.moved, key=lambda m: abs(m.p - p))
    start = f"P{100 * shown.p:g} {shown.printed:,.0f} {source.currency} as of {source.as_of}"
    said = ", ".join([start, *_factors(shown, part)])
    if exact:
        return f"{said}, gives {shown.value:,.2f}"
    between = percentile_of({m.p: m.value for m in part.moved}, p).value
    return f"whose percentiles ({said}, gives {shown.value:,.2f}) give P{100 * p:g} {between:,.2f}"


def _factors(moved: AdjustedFigure, part: SourceContribution) -> list[str]:
    said = []
    if moved.currency != 1:
        said.append(f"at {moved.currency:g} a unit")
    if part.bridge_said:
        said.append(f"bridged ({part.bridge_said})")
    if moved.months:
        way = "aged" if moved.months > 0 else "aged back"
        rate = f"{moved.rate:.2%} a year ({moved.rate_said})"
        said.append(f"{way} {abs(moved.months)} months at {rate}")
    if part.source.place.said:
        said.append(f"times {moved.place:.3f} for place ({part.source.place.said})")
    return said


def _ends(priced: PricedJob) -> str:
    figure, currency = priced.target, priced.pricing.currency
    if not figure.reach:
        return ", its error not known"
    return f", from {_money(figure.low, currency)} to {_money(figure.high, currency)}"


def _interval(priced: PricedJob) -> str:
    figure = priced.target
    if not figure.reach:
        return "One figure alone says nothing of its own error."
    if not figure.without:
        return "The interval is that of the one source; nothing is known of others."
    return (
        "The interval reaches from the lowest to the highest of the answers that leave one source "
        "out, widened by the sources' own errors; it is no probability."
        + (f" Of {_list(figure.unknown)} no error is known." if figure.unknown else "")
    )


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _money(value: float, currency: str) -> str:
    return f"{value:,.0f} {currency}"
