"""How a pay structure is built: midpoints, spreads, rounding, steps and limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.errors import InputError
from analytics.ranges.spread import spread_from_width, width_from_spread

#: Tracks, for which spreads can be stated together.
TRACKS = ("professional", "management")
#: Where midpoints come from: each level's own market figure, or a line through them all.
MARKET, LINE = MIDPOINTS = ("market", "line")
#: How a spread is stated: from minimum to maximum, or either way around the midpoint.
MIN_TO_MAX, AROUND = CONVENTIONS = ("min to max", "around midpoint")


@dataclass(frozen=True)
class RangeSettings:
    """The decisions of a structure.

    ``spread`` is every range's, ``spreads`` those of single levels or tracks, a level's
    before its track's; both are stated by ``convention``: 0.5 is a maximum half as high
    again as the minimum, or ends half the midpoint away from it. ``rounding`` is the
    unit that pay is rounded to. ``steps`` divides each range into so many steps, 0 into
    none. Limits are shares: a midpoint may be ``off_market`` from its market, a range
    may cover ``most_overlap`` of the one above, and midpoints progress by at least
    ``least_progression``.
    """

    midpoints: str = MARKET
    spread: float = 0.5
    spreads: Mapping[str, float] = field(default_factory=dict)
    convention: str = MIN_TO_MAX
    rounding: float = 100.0
    steps: int = 0
    off_market: float = 0.10
    most_overlap: float = 0.70
    least_progression: float = 0.05

    def __post_init__(self) -> None:
        _one_of("midpoints", self.midpoints, MIDPOINTS)
        _one_of("the convention of spreads", self.convention, CONVENTIONS)
        if not 0 < self.rounding <= 100_000:
            raise InputError(f"rounding to {self.rounding:g}: use a unit above 0, such as 100")
        if self.steps not in (0, *range(2, 31)):
            raise InputError(f"{self.steps} steps: use from 2 to 30, or 0 for none")
        for value in (self.spread, *self.spreads.values()):
            self.as_min_to_max(value)

    def as_min_to_max(self, value: float) -> float:
        """A spread of the settings' convention, from minimum to maximum; raises `InputError`."""
        if self.convention == AROUND:
            return spread_from_width(value)
        width_from_spread(value)  # refuses what is no spread
        return value

    def spread_of(self, level: str, track: str) -> float:
        """The spread of a level, from minimum to maximum.

        >>> RangeSettings(spreads={"management": 0.6, "M6": 0.8}).spread_of("M5", "management")
        0.6
        """
        stated = self.spreads.get(level, self.spreads.get(track, self.spread))
        return self.as_min_to_max(stated)

    @property
    def both_conventions(self) -> str:
        """Every spread of the settings in both conventions, in words."""
        stated = {"others": self.spread, **self.spreads}
        if set(TRACKS) <= set(stated):
            del stated["others"]
        if len(set(stated.values())) == 1:
            return self._both(next(iter(stated.values())))
        return "; ".join(f"{name}: {self._both(value)}" for name, value in stated.items())

    def _both(self, value: float) -> str:
        spread = self.as_min_to_max(value)
        around = width_from_spread(spread)
        return f"{spread:.1%} from minimum to maximum, ±{around:.1%} of midpoint"


def _one_of(name: str, value: str, possible: tuple[str, ...]) -> None:
    if value not in possible:
        raise InputError(f"{name} {value!r}: use {' or '.join(possible)}")
