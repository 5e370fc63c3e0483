"""Who is paid like another level, and whose title means another level than the one given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.deltas import Rung
from analytics.jobs.matching import Matcher
from analytics.jobs.profile_lookup import level_code
from analytics.table_units import texts
from analytics.units import with_units

#: A title must mean its levels at least this surely to be held against the level given.
SURE = 0.90
_BARE = "the title names no level"
_PERSON = ["employee_id", "level", "title", "function", "place"]


@dataclass(frozen=True)
class TitleLevels:
    """The levels that a title means alike, and why."""

    levels: tuple[str, ...]
    reason: str


def neighbor_levels(rungs: Iterable[Rung]) -> dict[str, tuple[str, str]]:
    """Each level's neighbors on its own track, below and above; empty at an end.

    >>> from analytics.deltas import Rung
    >>> neighbor_levels([Rung("P1", "professional", 1, 1), Rung("P2", "professional", 2, 2)])
    {'P1': ('', 'P2'), 'P2': ('P1', '')}
    """
    tracks: dict[str, list[Rung]] = {}
    for rung in rungs:
        tracks.setdefault(rung.track, []).append(rung)
    neighbors = {}
    for own in tracks.values():
        levels = ["", *(r.level for r in sorted(own, key=lambda r: r.ordinal)), ""]
        for below, level, above in zip(levels, levels[1:], levels[2:], strict=False):
            neighbors[level] = (below, above)
    return neighbors


def paid_like_another(people: pd.DataFrame) -> pd.DataFrame:
    """People paid at least the midpoint of the level above, or at most that of the level below.

    ``people`` is a table of positions with the midpoints of both neighbors, each of the
    same function, zone, currency and pay basis. Pay is full-time.
    """
    up, down = people.pay >= people.midpoint_above, people.pay <= people.midpoint_below
    found = people[up | down]
    above = up[found.index]
    like = np.where(above, found.level_above, found.level_below)
    midpoint = np.where(above, found.midpoint_above, found.midpoint_below)
    table = found[[*_PERSON, "pay", "midpoint"]].assign(
        paid_like=like,
        midpoint_there=midpoint,
        reason=np.where(above, "at least the midpoint of ", "at most the midpoint of ") + like,
        currency=found.currency,
    )
    units = {**texts(*table.columns), **dict.fromkeys(("pay", "midpoint"), "currency")}
    ordered = table.sort_values(["paid_like", "employee_id"]).reset_index(drop=True)
    return with_units(ordered, {**units, "midpoint_there": "currency"})


def title_levels(titles: Iterable[str], matcher: Matcher) -> dict[str, TitleLevels]:
    """The levels that each title means by its own words; titles that name no level are left out."""
    meant = {}
    for title in dict.fromkeys(titles):
        matches = matcher.match(title)
        if not matches or matches[0].confidence < SURE:
            continue
        if any(_BARE in match.reason for match in matches):
            continue
        best = matches[0]
        alike = [m.level for m in matches if m.confidence >= best.confidence]
        meant[title] = TitleLevels(tuple(dict.fromkeys(alike)), best.reason)
    return meant


def title_means_another(people: pd.DataFrame, meant: Mapping[str, TitleLevels]) -> pd.DataFrame:
    """People whose title means none but other levels than the one that the roster gives.

    Levels of the team's own, which no title is known to mean, are not compared.
    """
    rows = [
        {**dict(zip(_PERSON, values, strict=True)), "title_means": " or ".join(known.levels),
         "reason": known.reason}
        for values in people[_PERSON].values.tolist()
        if (known := meant.get(values[2])) and (level := level_code(values[1]))
        and level not in known.levels
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*_PERSON, "title_means", "reason"])
    ordered = table.sort_values(["title", "employee_id"]).reset_index(drop=True)
    return with_units(ordered, texts(*table.columns))
