"""A priced figure explained in words and numbers, to paste where it is questioned."""

from analytics.pay_basis import PHRASES
from analytics.percentiles import percentile_label
from analytics.pricing.priced_job import AdjustedFigure, PricedJob, SourceContribution
from analytics.quantiles import percentile_of


def derivation(priced: PricedJob) -> str:
    """The target figure and its whole derivation, in one paragraph."""
    pricing, figure = priced.pricing, priced.target
    label = percentile_label(pricing.target)
    used = [c for c in priced.used if c.source.name in figure.shares]
    sources = [_source_words(c, figure.shares[c.source.name], pricing.target) for c in used]
    lines = [
        f"{pricing.job}: {label} of {PHRASES[pricing.basis]} at {pricing.to} is "
        f"{_money(figure.composite, pricing.currency)} a year{_interval_words(priced)}.",
        f"It is the weighted geometric mean of {len(used)} source{'s' if len(used) > 1 else ''}: "
        f"{'; '.join(sources)}.",
        _interval_meaning(priced),
    ]
    if figure.extrapolated:
        names = ", ".join(figure.extrapolated)
        lines.append(f"{label} lies outside the percentiles published by {names}.")
    if figure.pooled is not None:
        pooled = _money(figure.pooled, pricing.currency)
        everyone = len(figure.pooled_sources) == len(used)
        names = "these sources" if everyone else ", ".join(figure.pooled_sources)
        lines.append(f"The pooled workforce of {names} has a {label} of {pooled}.")
    for low, high in priced.non_monotone:
        lines.append(
            f"The band falls from {percentile_label(low)} to {percentile_label(high)}, because "
            "different sources give the two."
        )
    if priced.excluded:
        reasons = "; ".join(f"{c.source.name} {c.exclusion_reason}" for c in priced.excluded)
        lines.append(f"Left out: {reasons}.")
    return " ".join(lines)


def _source_words(contribution: SourceContribution, share: float, p: float) -> str:
    source = contribution.source
    size = f"n {source.n:,}" if source.n else "n not published"
    reason = f", {source.reason}" if source.reason else ""
    return (
        f"{source.name} (weight {share:.1%}: {source.match} match{reason}, relevance "
        f"{source.relevance:g}, {size}), {_adjustment_words(contribution, p)}"
    )


def _adjustment_words(contribution: SourceContribution, p: float) -> str:
    """How the published figure at ``p``, or the nearest one, becomes the one that is used."""
    source, adjusted = contribution.source, contribution.adjusted
    nearest = min(adjusted, key=lambda figure: abs(figure.p - p))
    published = (
        f"{percentile_label(nearest.p)} {nearest.published:,.0f} {source.currency} "
        f"as of {source.as_of}"
    )
    steps = ", ".join([published, *_factor_words(nearest, contribution)])
    if nearest.p == p:
        return f"{steps}, gives {nearest.value:,.2f}"
    computed = percentile_of({figure.p: figure.value for figure in adjusted}, p).value
    return (
        f"whose percentiles ({steps}, gives {nearest.value:,.2f}) give {percentile_label(p)} "
        f"{computed:,.2f}"
    )


def _factor_words(figure: AdjustedFigure, contribution: SourceContribution) -> list[str]:
    place = contribution.source.place
    words = []
    if figure.currency_factor != 1:
        words.append(f"at {figure.currency_factor:g} a unit")
    if contribution.bridge_label:
        words.append(f"bridged ({contribution.bridge_label})")
    if figure.months:
        aged = "aged" if figure.months > 0 else "aged back"
        rate = f"{figure.rate:.2%} a year ({figure.rate_label})"
        words.append(f"{aged} {abs(figure.months)} months at {rate}")
    if place.label:
        words.append(f"times {figure.place_factor:.3f} for place ({place.label})")
    return words


def _interval_words(priced: PricedJob) -> str:
    figure, currency = priced.target, priced.pricing.currency
    if not figure.interval:
        return ", error unknown"
    return f", from {_money(figure.low, currency)} to {_money(figure.high, currency)}"


def _interval_meaning(priced: PricedJob) -> str:
    figure = priced.target
    if not figure.interval:
        return "A single figure says nothing about its own error."
    unknown = ", ".join(figure.error_unknown)
    kinds = ", ".join(error_kinds(priced))
    meaning = (
        f"The interval joins, in quadrature, the errors of {kinds}; nothing is known of other "
        "sources."
        if not figure.leave_one_out
        else "The interval runs from the lowest to the highest of the answers that leave one "
        f"source out, widened by the errors of {kinds}; it is not a probability."
    )
    return meaning + (f" The sampling error of {unknown} is not published." if unknown else "")


def error_kinds(priced: PricedJob) -> list[str]:
    """What the interval of the target figure counts, in words."""
    used, p = priced.answering, priced.pricing.target
    apart = [c for c in used if p not in c.source.percentiles and not c.source.intervals]
    counted = {
        "the sample": any(c.source.known.knows_sampling for c in used),
        "the model's assumptions": any(c.source.intervals for c in used),
        "interpolation": bool(apart),
        "ageing": any(f.months for c in used for f in c.adjusted),
        "the place": any(c.source.place.error for c in used),
        "the bridge between pay bases": any(any(c.bridge_reach) for c in used),
    }
    return [kind for kind, counts in counted.items() if counts]


def _money(value: float, currency: str) -> str:
    return f"{value:,.0f} {currency}"
