"""What in the team's own data needs a look: ranges off the market, old benchmarks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analytics.own_pay import OwnRange
from analytics.pricing.ageing import Month, find_month, months_between

#: How far a midpoint may be from the market's median before it is off its target.
OFF_TARGET = 0.10
#: Months after which a benchmark is old.
OLD = 12


@dataclass(frozen=True)
class OffTarget:
    """A range whose midpoint is off the market's median; ``ratio`` is how far, as a share."""

    pay_range: OwnRange
    market: float
    ratio: float


def off_target(
    ranges: Iterable[OwnRange], market_of: Callable[[OwnRange], float | None]
) -> list[OffTarget]:
    """The ranges whose midpoint is more than `OFF_TARGET` from the market, the furthest first.

    ``market_of`` gives the market's median for a range on its own pay basis and at its
    place; None where nothing answers.
    """
    found = [
        OffTarget(r, market, r.midpoint / market - 1)
        for r in ranges
        if (market := market_of(r)) is not None
    ]
    return sorted(
        (o for o in found if abs(o.ratio) > OFF_TARGET), key=lambda o: abs(o.ratio), reverse=True
    )


def is_old(as_of: str, today: Month) -> bool:
    """Whether a figure's date is more than `OLD` months before ``today``.

    ``as_of`` is a month or a day; anything else is not known to be old.
    """
    month = find_month(as_of[:7])
    return month is not None and months_between(month, today) > OLD
