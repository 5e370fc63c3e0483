"""Which percentile of the market each level of a structure aims at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.ranges.rows import MarketLevel

_PLAIN, _MANAGEMENT = "professional", "management"


@dataclass(frozen=True)
class Targets:
    """The target percentiles of a structure, in (0, 1).

    ``percentile`` is that of every level but those of the focuses, by title, and tracks in
    ``of``; a focus counts before its track.
    """

    percentile: float = 0.5
    of: tuple[tuple[str, float], ...] = ()

    def of_level(self, focus: str, track: str) -> float:
        """The percentile of a level of a focus and track that has none of its own.

        >>> Targets(0.5, (("management", 0.75), ("Sales", 0.6))).of_level("Sales", "management")
        0.6
        """
        return target_of((focus, track), dict(self.of), self.percentile)

    @property
    def managers(self) -> float | None:
        """The percentile of the management track; None for that of all."""
        return dict(self.of).get(_MANAGEMENT)


def target_of(names: Iterable[str], targets: Mapping[str, float], usual: float) -> float:
    """The percentile of the first of some names that has one, else the usual one.

    >>> target_of(("P3", "Sales", "professional"), {"Sales": 0.6}, 0.5)
    0.6
    """
    return next((targets[name] for name in names if name in targets), usual)


def targets_of(markets: Iterable[MarketLevel], focuses: Mapping[str, str]) -> Targets:
    """The targets that the levels of a structure were read at.

    Of levels with several it is the one that most have: of the professional track, of
    management and of a focus where theirs is another. ``focuses`` has the title of each
    level's focus, empty or missing where it is not known.
    """
    each = list(markets)
    tracks = _most((m.track, m.percentile) for m in each)
    plain = tracks.get(_PLAIN, each[0].percentile if each else 0.5)
    of = {_MANAGEMENT: tracks.get(_MANAGEMENT, plain)}
    of = {name: percentile for name, percentile in of.items() if percentile != plain}
    known = [(focuses.get(m.level, ""), m) for m in each]
    for focus, most in _most((focus, m.percentile) for focus, m in known if focus).items():
        usual = {of.get(m.track, plain) for named, m in known if named == focus}
        if usual != {most}:
            of[focus] = most
    return Targets(plain, tuple(of.items()))


def _most(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The most frequent figure by name; of several the first."""
    return dict(pair for pair, _ in reversed(Counter(pairs).most_common()))
