"""What became of the store's sources of a pricing, and what it comes to on them as they are now."""

from collections.abc import Sequence
from dataclasses import replace

from analytics.money import money
from analytics.percentiles import percentile_label
from analytics.pricing.inputs import OWN_ORIGIN, Pricing, Rate, Source

#: What somebody decides about a source, beside what the source itself says.
_DECIDED = ("match", "reason", "relevance", "bridged", "per_unit")
_SAID = {"as_of": "date", "n": "sample size", "basis": "pay basis", "currency": "currency"}


def pricing_since(
    pricing: Pricing, offered: Sequence[Source], rate: Rate
) -> tuple[Pricing, list[str]]:
    """The pricing on the store's sources as they are now, and a sentence for each that differs.

    ``offered`` are the store's sources of the job at its place, ``rate`` its usual rate. A
    source is known again by its name; how well it matches, and a rate that somebody gave
    it, stay as decided. Sources that the store never had, and such that it no longer has,
    stay as they are in the pricing.
    """
    known = {source.name: source for source in offered}
    told: list[str] = []
    sources = []
    for source in pricing.sources:
        now = known.get(source.name)
        if source.origin in ("", OWN_ORIGIN):
            sources.append(source)
        elif now is None:
            sources.append(source)
            told.append(f"{source.name}: the store has no such source of this job any longer")
        else:
            sources.append(_as_decided(source, now))
            told += _differences(source, now)
    usual = rate if pricing.rate.origin == rate.origin else pricing.rate
    if round(usual.value - pricing.rate.value, 6):
        told.append(f"yearly rate: {pricing.rate.value:.2%} ({pricing.rate.label}) → "
                    f"{usual.value:.2%} ({usual.label})")  # fmt: skip
    return replace(pricing, sources=tuple(sources), rate=usual), told


def _as_decided(source: Source, now: Source) -> Source:
    decided = replace(now, **{name: getattr(source, name) for name in _DECIDED})
    by_hand = any(not rate.origin for rate in source.rates.values())
    return replace(decided, rates=source.rates) if by_hand else decided


def _differences(source: Source, now: Source) -> list[str]:
    told = []
    for p in sorted({*source.percentiles, *now.percentiles}):
        old, new = source.percentiles.get(p), now.percentiles.get(p)
        if old is None or new is None or round(old - new, 2):
            told.append(f"{source.name}: {percentile_label(p)} {_pay(old, source.currency)} → "
                        f"{_pay(new, now.currency)}")  # fmt: skip
    told += [
        f"{source.name}: {words} {_word(getattr(source, name))} → {_word(getattr(now, name))}"
        for name, words in _SAID.items()
        if getattr(source, name) != getattr(now, name)
    ]
    if abs(source.place.factor - now.place.factor) > 5e-5:
        told.append(f"{source.name}: place × {source.place.factor:.4f} → × {now.place.factor:.4f}")
    return told


def _pay(pay: float | None, currency: str) -> str:
    return "none" if pay is None else money(pay, currency, decimals=2)


def _word(value: object) -> str:
    return "not stated" if value is None else str(value)
