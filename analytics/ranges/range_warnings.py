"""What a compensation analyst would look at twice in a pay structure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.money import money, signed_percent
from analytics.ranges.build import neighbors
from analytics.ranges.rows import StructureRange
from analytics.ranges.settings import RangeSettings
from analytics.ranges.structure import midpoint_progression, range_overlap

INVERSION, COMPRESSION, OFF_MARKET = "inversion", "compression", "off market"
OVERLAP, NARROW = "overlap", "narrower than the market's interval"


@dataclass(frozen=True)
class RangeWarning:
    """One thing to look at: the range's key, its kind, and what it is in figures."""

    key: str
    kind: str
    text: str


def range_warnings(
    ranges: Sequence[StructureRange], settings: RangeSettings, currency: str
) -> list[RangeWarning]:
    """Every warning of a structure's ranges, those of steps between levels first.

    An inversion is a midpoint that is not above the one below it on its track; the
    other limits are those of the settings, and figures exactly at a limit pass. A range
    is too narrow where it is narrower than the interval of its own market figure, so
    that the market may lie outside of it altogether.
    """
    steps = (w for low, high in neighbors(ranges) for w in _between(low, high, settings))
    alone = (w for r in ranges for w in _of_range(r, settings, currency))
    return [*steps, *alone]


def _between(
    low: StructureRange, high: StructureRange, settings: RangeSettings
) -> Iterable[RangeWarning]:
    (step,) = midpoint_progression([low.midpoint, high.midpoint])
    where = f"{low.level} to {high.level}, {high.place}"
    said = f"{where}: midpoints progress by {signed_percent(step, 1)}"
    if step <= 0:
        yield RangeWarning(high.key, INVERSION, said)
    elif step < settings.least_progression - 1e-12:
        limit = f"{settings.least_progression:.0%}"
        yield RangeWarning(high.key, COMPRESSION, f"{said}, less than {limit}")
    overlap = range_overlap((low.minimum, low.maximum), (high.minimum, high.maximum))
    if overlap is not None and overlap > settings.most_overlap + 1e-12:
        text = f"{where}: the lower range covers {overlap:.0%} of the upper one"
        limit = f"{settings.most_overlap:.0%}"
        yield RangeWarning(high.key, OVERLAP, f"{text}, more than {limit}")


def _of_range(r: StructureRange, settings: RangeSettings, currency: str) -> Iterable[RangeWarning]:
    if r.market:
        off = r.midpoint / r.market - 1
        if abs(off) > settings.off_market + 1e-12:
            pays = money(r.market, currency)
            text = f"{r.label}: the midpoint is {signed_percent(off, 1)} from the market's {pays}"
            yield RangeWarning(r.key, OFF_MARKET, text)
    if r.low is not None and r.high is not None and r.maximum - r.minimum < r.high - r.low:
        wide = money(r.maximum - r.minimum, currency)
        text = (
            f"{r.label}: the range is {wide} wide, the market's own interval "
            f"{money(r.high - r.low, currency)}"
        )
        yield RangeWarning(r.key, NARROW, text)
