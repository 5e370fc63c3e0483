"""Which inputs an answer depends on most: each changed alone, and the job priced again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analytics.errors import InputError
from analytics.pricing.inputs import Pricing, Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.pricing import price_job

_RATE_STEP, _SPLIT_STEP, _EQUITY_STEP = 0.01, 0.05, 0.10


@dataclass(frozen=True)
class Sensitivity:
    """What the target figure becomes when one input changes."""

    change: str
    value: float
    ratio: float


def sensitivities(priced: PricedJob) -> list[Sensitivity]:
    """The answer under one changed input each, the largest effect first.

    The inputs are each source in turn left out, the yearly rate one point higher,
    base five points lower as a share of target cash, and ten points of equity:
    the last two only where a bridge between pay bases uses them. Inputs that
    change nothing are left out.
    """
    answer = priced.target.composite
    found = [
        Sensitivity(f"without {name}", pay, pay / answer - 1)
        for name, pay in priced.target.leave_one_out.items()
    ]
    for change, pricing in _variants(priced.pricing):
        try:
            pay = price_job(pricing).target.composite
        except InputError:
            continue
        if abs(pay / answer - 1) > 1e-6:
            found.append(Sensitivity(change, pay, pay / answer - 1))
    return sorted(found, key=lambda s: -abs(s.ratio))


def _variants(pricing: Pricing) -> Iterator[tuple[str, Pricing]]:
    rate = replace(pricing.rate, value=pricing.rate.value + _RATE_STEP)
    sources = tuple(_faster(source) for source in pricing.sources)
    yield "pay rising one point faster a year", replace(pricing, rate=rate, sources=sources)
    if pricing.split - _SPLIT_STEP > 0:
        lower = replace(pricing, split=pricing.split - _SPLIT_STEP)
        yield f"base at {lower.split:.0%} of target cash", lower
    if pricing.equity + _EQUITY_STEP < 1:
        more = replace(pricing, equity=pricing.equity + _EQUITY_STEP)
        yield f"equity at {more.equity:.0%} of total compensation", more


def _faster(source: Source) -> Source:
    rates = {p: replace(rate, value=rate.value + _RATE_STEP) for p, rate in source.rates.items()}
    return replace(source, rates=rates)
