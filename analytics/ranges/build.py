"""Pay ranges from market figures: midpoints, ends, variants by place, and steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor

from analytics.errors import InputError
from analytics.pricing.question import NATION
from analytics.ranges.market_line import MarketLine, fit_market_line
from analytics.ranges.rows import Ends, MarketLevel, PlaceRatio, StructureRange
from analytics.ranges.settings import LINE, TRACKS, RangeSettings
from analytics.ranges.spread import range_from_midpoint


@dataclass(frozen=True)
class Structure:
    """A pay structure and all that it stands on: enough to build it again alike.

    ``month`` is the date of its market figures, ``exchange`` how many of ``currency`` one
    USD is worth, by which they were converted, and ``exchange_source`` says who states that;
    it is None for figures that were in ``currency`` already. ``places`` are its geographic
    variants, besides the whole country. ``set_ranges`` are the ranges that somebody set, by key.
    """

    pay_basis: str
    currency: str
    month: str
    markets: tuple[MarketLevel, ...]
    settings: RangeSettings = field(default_factory=RangeSettings)
    places: tuple[PlaceRatio, ...] = ()
    set_ranges: Mapping[str, Ends] = field(default_factory=dict)
    exchange: float | None = None
    exchange_source: str = ""

    @property
    def function(self) -> str:
        """The function of its first level; empty where ranges are for everybody of a level."""
        return self.markets[0].function if self.markets else ""

    @property
    def unused_spreads(self) -> list[str]:
        """The names that have a spread and are neither a track nor one of its levels."""
        known = {*TRACKS, *(name for m in self.markets for name in (m.level, m.track))}
        return [name for name in self.settings.spreads if name not in known]


@dataclass(frozen=True)
class BuiltStructure:
    """The ranges of a structure from the lowest grade up, by function, place and track.

    ``lines`` are the market lines by function, where midpoints come from lines.
    ``left_out`` are levels that no range could be built for.
    """

    ranges: tuple[StructureRange, ...]
    lines: Mapping[str, MarketLine]
    left_out: tuple[MarketLevel, ...]


def build_ranges(structure: Structure) -> BuiltStructure:
    """Build every range of a structure.

    A midpoint is the level's market figure, or the market line of its function at its
    grade; times the ratio of a place for a geographic variant. It is rounded, and the
    ends are of the spread around it, rounded too. A level without a market figure has a
    range where there is a line, and is left out elsewhere. Raises `InputError` for a line
    through fewer than two grades, and for a level that stands twice.
    """
    _refuse_twice(structure.markets)
    lines = _lines(structure) if structure.settings.midpoints == LINE else {}
    ratios = (PlaceRatio(NATION, 1.0), *structure.places)
    built, left_out = [], []
    for level in structure.markets:
        middle = lines[level.function].pay(level.grade) if lines else level.market
        if middle is None:
            left_out.append(level)
            continue
        built += [_range_at(level, middle, ratio, structure) for ratio in ratios]
    order = {ratio.place: i for i, ratio in enumerate(ratios)}
    built.sort(key=lambda r: (r.function, order[r.place], r.track == "management", r.grade))
    return BuiltStructure(tuple(built), lines, tuple(left_out))


def round_to(value: float, unit: float) -> float:
    """The nearest multiple of a unit; half way goes up.

    >>> round_to(80_150, 100)
    80200.0
    """
    return floor(value / unit + 0.5) * float(unit)


def range_around(midpoint: float, spread: float, rounding: float) -> Ends:
    """A range with a midpoint and a spread, min to max, all three rounded.

    >>> range_around(80_040, 0.5, 100)
    Ends(minimum=64000.0, midpoint=80000.0, maximum=96000.0)
    """
    middle = round_to(midpoint, rounding)
    ends = range_from_midpoint(middle, spread)
    return Ends(round_to(ends.minimum, rounding), middle, round_to(ends.maximum, rounding))


def range_steps(minimum: float, maximum: float, steps: int, rounding: float = 1) -> list[float]:
    """Pay at each step of a range, equally far apart from the minimum to the maximum.

    >>> range_steps(64_000, 96_000, 5)
    [64000.0, 72000.0, 80000.0, 88000.0, 96000.0]
    """
    if steps < 2:
        return []
    between = (maximum - minimum) / (steps - 1)
    inside = [round_to(minimum + i * between, rounding) for i in range(1, steps - 1)]
    return [float(minimum), *inside, float(maximum)]


def set_range(structure: Structure, key: str, ends: Ends | None) -> Structure:
    """The structure with a range set to somebody's figures, or back to what is built.

    Raises `InputError` unless 0 < minimum ≤ midpoint ≤ maximum.
    """
    others = {k: v for k, v in structure.set_ranges.items() if k != key}
    if ends is None:
        return replace(structure, set_ranges=others)
    if not 0 < ends.minimum <= ends.midpoint <= ends.maximum:
        raise InputError(
            f"{key}: {ends.minimum:,.0f}, {ends.midpoint:,.0f}, {ends.maximum:,.0f} is no range; "
            "the minimum must be above 0, the midpoint at least that, the maximum at least the "
            "midpoint"
        )
    return replace(structure, set_ranges=others | {key: ends})


def _lines(structure: Structure) -> dict[str, MarketLine]:
    lines = {}
    for function in dict.fromkeys(level.function for level in structure.markets):
        known = [
            (level.grade, level.market)
            for level in structure.markets
            if level.function == function and level.market is not None
        ]
        try:
            lines[function] = fit_market_line([g for g, _ in known], [pay for _, pay in known])
        except InputError as error:
            raise InputError(f"{function}: {error}") from error
    return lines


def _range_at(
    level: MarketLevel, midpoint: float, ratio: PlaceRatio, structure: Structure
) -> StructureRange:
    settings = structure.settings
    spread = settings.spread_of(level.level, level.track)
    ends = range_around(midpoint * ratio.factor, spread, settings.rounding)
    built = StructureRange(
        level.function, level.level, level.track, level.grade, ratio.place,
        ends.minimum, ends.midpoint, ends.maximum,
        _times(level.market, ratio.factor), _times(level.low, ratio.factor),
        _times(level.high, ratio.factor), level.percentile, level.source, level.status,
    )  # fmt: skip
    if own := structure.set_ranges.get(built.key):
        return replace(built, **vars(own), locked=True)
    return built


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _refuse_twice(markets: Sequence[MarketLevel]) -> None:
    seen: set[tuple[str, str]] = set()
    for level in markets:
        if (level.function, level.level) in seen:
            raise InputError(
                f"{level.function} {level.level} stands twice; give one market figure a level"
            )
        seen.add((level.function, level.level))


def neighbors(ranges: Iterable[StructureRange]) -> list[tuple[StructureRange, StructureRange]]:
    """Each range with the next one up of its function, place and track."""
    tracks: dict[tuple[str, str, str], list[StructureRange]] = {}
    for r in ranges:
        tracks.setdefault((r.function, r.place, r.track), []).append(r)
    return [
        pair
        for track in tracks.values()
        for ordered in [sorted(track, key=lambda r: r.grade)]
        for pair in pairwise(ordered)
    ]
