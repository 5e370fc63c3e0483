"""Which of the team's own pay ranges is somebody's: by job, level, zone, currency and basis."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from analytics.own_pay import OwnRange
from analytics.places import find_places
from analytics.pricing.market_sources import ANYWHERE
from analytics.wage_rows import PlaceName

#: Pay bases that a roster can tell, in the order in which ranges of them are preferred.
ROSTER_BASES = ("base", "target_cash")


@dataclass(frozen=True)
class Placement:
    """What decides on somebody's range; what is unknown is empty.

    ``level`` is the roster's, ``profile_level`` that of the profile with ``code``. ``zone``
    is a pay zone that the roster names beside the ``place`` of work.
    """

    code: str
    level: str
    profile_level: str
    function: str
    focus: str
    title: str
    place: str
    zone: str
    currency: str
    has_variable: bool


@dataclass(frozen=True)
class FoundRange:
    """Somebody's range, or ``why`` there is none."""

    pay_range: OwnRange | None
    why: str = ""


class RangeFinder:
    """Finds ranges among those that are loaded.

    A range that names a profile, title, focus, function or level is for people who have
    it; one that names none of them is for everybody of its level. Of several, the one for
    the job goes first, then title, focus, function; then the one for the pay zone, the
    place, its state, the whole country; base before target cash; the newest.
    """

    def __init__(self, ranges: Iterable[OwnRange], places: Sequence[PlaceName] = ()) -> None:
        """``places`` are the known ones, by which "Denver" lies in Colorado."""
        self._by_level: dict[str, list[OwnRange]] = {}
        self._by_code: dict[str, list[OwnRange]] = {}
        for r in ranges:
            key = r.code or r.level.casefold()
            (self._by_code if r.code else self._by_level).setdefault(key, []).append(r)
        self._known = _canonical(places)

    @property
    def names_titles(self) -> bool:
        """Whether any range is for a title alone, so that titles decide."""
        return any(r.title for ranges in self._by_level.values() for r in ranges)

    def find(self, person: Placement) -> FoundRange:
        """The range that fits best, or why none does."""
        levels = {x.casefold() for x in (person.level, person.profile_level)}
        near = [r for level in sorted(levels | {""}) for r in self._by_level.get(level, ())]
        coded = self._by_code.get(person.code, []) if person.code else []
        of_job = [(r, rank) for r in (*coded, *near) if (rank := _job_rank(r, person))]
        if not of_job:
            return FoundRange(None, _no_job(person, is_level_known=bool(coded or near)))
        level = _level_of(person)
        paid = [(r, rank) for r, rank in of_job if r.currency == person.currency]
        if not paid:
            held = ", ".join(sorted({r.currency for r, _ in of_job}))
            return FoundRange(None, f"ranges{level} are in {held}, not in {person.currency}")
        known = [(r, rank) for r, rank in paid if _basis_known(r, person)]
        if not known:
            bases = ", ".join(sorted({r.pay_basis for r, _ in paid}))
            return FoundRange(None, f"ranges{level} are of {bases}, which is not known of them")
        here = [(self._place_rank(r.place, person), r, rank) for r, rank in known]
        there = [(rank, -place, r) for place, r, rank in here if place is not None]
        if not there:
            where = person.place if person.zone == "" else f"{person.zone} ({person.place})"
            return FoundRange(None, f"no range{level} for {where} or for the whole country")
        return _best(there)

    def _place_rank(self, place: str, person: Placement) -> int | None:
        """How near a range's place is: 0 the zone, 3 the whole country; None elsewhere."""
        folded = place.casefold()
        if person.zone and folded == person.zone.casefold():
            return 0
        if place in ANYWHERE:
            return 3
        if folded == person.place.casefold():
            return 1
        theirs, own = self._known(place), self._known(person.place)
        if theirs and own:
            if theirs.place == own.place:
                return 1
            if theirs.kind == "state" and theirs.states in own.states.split("-"):
                return 2
        return None


def _job_rank(pay_range: OwnRange, person: Placement) -> tuple[bool, ...]:
    """How closely a range is for somebody's job, greater being closer; empty if it is not."""
    if pay_range.code:
        return (True,) * 5 if pay_range.code == person.code else ()
    named = (
        (pay_range.title, person.title),
        (pay_range.focus, person.focus),
        (pay_range.function, person.function),
    )
    if any(wanted and wanted.casefold() != has.casefold() for wanted, has in named):
        return ()
    level = pay_range.level.casefold()
    if level not in ("", person.level.casefold(), person.profile_level.casefold()):
        return ()
    if not (level or pay_range.title):
        return ()
    own_level = bool(level) and level == person.level.casefold()
    return (False, *(bool(wanted) for wanted, _ in named), own_level)


def _basis_known(pay_range: OwnRange, person: Placement) -> bool:
    return pay_range.pay_basis == "base" or (
        pay_range.pay_basis == "target_cash" and person.has_variable
    )


def _best(fitting: list[tuple[tuple[bool, ...], int, OwnRange]]) -> FoundRange:
    """The closest; where two are equally close and equally new, neither."""
    order = [
        ((*rank, place, -ROSTER_BASES.index(r.pay_basis), r.effective_date), r)
        for rank, place, r in fitting
    ]
    best = max(key for key, _ in order)
    alike = [r for key, r in order if key == best]
    if len({(r.minimum, r.midpoint, r.maximum) for r in alike}) > 1:
        names = " and ".join(sorted({f"{r.name or r.level}, {r.place}" for r in alike}))
        return FoundRange(None, f"several ranges fit equally: {names}")
    return FoundRange(alike[0])


def _no_job(person: Placement, is_level_known: bool) -> str:
    """Why no range is for somebody's job."""
    if not (person.level or person.profile_level):
        return "no level, and the title means no profile that has one"
    if is_level_known:
        return f"ranges{_level_of(person)} are for other functions, focuses or titles"
    return f"no range{_level_of(person)}"


def _level_of(person: Placement) -> str:
    level = person.level or person.profile_level
    return f" of {level}" if level else ""


def _canonical(places: Sequence[PlaceName]) -> Callable[[str], PlaceName | None]:
    @cache
    def known(text: str) -> PlaceName | None:
        found = find_places(text, places)
        return found[0] if len(found) == 1 else None

    return known
