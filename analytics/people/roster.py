"""A loaded roster as people: each once, leavers apart, its further columns by heading."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.job_rows import JobProfile
from analytics.units import with_units

#: The columns of a table of positions; a kept column of such a name is told apart.
POSITION_COLUMNS = (
    *("employee_id", "title", "code", "function", "focus", "level", "place", "zone", "manager"),
    *("fte", "currency", "base", "variable", "pay_basis", "paid", "pay", "position"),
    *("compa_ratio", "penetration", "minimum", "midpoint", "maximum", "to_minimum"),
    *("over_maximum", "market", "level_below", "midpoint_below", "level_above"),
    *("midpoint_above", "range", "why", "hire_date", "as_of", "roster", "source"),
    *("range_source",),
)
#: Headings of kept columns that decide on ranges and reports, folded.
MEANT = {
    "function": ("function", "job function", "family", "job family"),
    "focus": ("focus", "specialization", "specialisation", "discipline"),
    "zone": ("zone", "geo zone", "pay zone", "geographic zone", "geo differential"),
    "manager": (
        *("manager id", "manager", "manager employee id", "supervisor id", "supervisor"),
        *("reports to", "reports to id"),
    ),
}
_TEXTS = ("function", "focus", "zone", "manager", "profile_level", "level", "title", "code")


@dataclass(frozen=True)
class Roster:
    """Who is employed and who has left: one row a person.

    Both tables have ``function``, ``focus``, ``zone``, ``manager`` and ``profile_level`` as
    text, empty where unknown. ``further`` are the headings of the kept columns that are
    none of these. ``earlier`` counts people whom only an older roster than the newest has.
    """

    people: pd.DataFrame
    leavers: pd.DataFrame
    further: tuple[str, ...]
    earlier: int


def read_roster(
    frame: pd.DataFrame, profiles: Iterable[JobProfile], names: Mapping[int, str] | None = None
) -> Roster:
    """The people of what the query ``loaded_roster`` gives, each from the newest roster.

    Function and focus are those that the roster keeps under such a heading, else those of
    the profile. Base and variable pay are as paid for the FTE. ``names`` are those of the
    rosters by the number of their load, for the column ``roster``.
    """
    newest = frame.sort_values(["as_of", "load"], kind="stable")
    newest = newest.drop_duplicates("employee_id", keep="last").reset_index(drop=True)
    kept = _unread_columns(newest)
    meant = {name: _meant(kept, headings) for name, headings in MEANT.items()}
    jobs = {job.code: job for job in profiles}
    of_profile: dict[str, dict[str, str]] = {
        "function": {code: job.function_title for code, job in jobs.items()},
        "focus": {code: job.focus_title for code, job in jobs.items()},
        "profile_level": {code: job.level for code, job in jobs.items()},
    }
    texts = {name: kept[heading] for name, heading in meant.items() if heading}
    for name, by_code in of_profile.items():
        own = texts.get(name, pd.Series("", newest.index))
        texts[name] = own.where(own != "", _looked_up(newest.code, by_code))
    further = tuple(h for h in kept if h not in meant.values())
    people = newest.drop(columns="kept", errors="ignore").assign(
        **{name: texts.get(name, "") for name in _TEXTS if name not in frame.columns}
    )
    people = people.assign(
        **{name: people[name].fillna("").astype(str) for name in _TEXTS},
        **{heading: kept[heading] for heading in further},
    )
    people = with_units(people, frame.attrs.get("units", {}) | dict.fromkeys(people, "text"))
    people = with_units(people, _own_units(frame))
    left = people.has_left.astype(bool)
    people = _as_paid(people).assign(roster=_looked_up(people.load, names or {}))
    earlier = int((people.as_of < people.as_of.max()).sum()) if len(people) else 0
    return Roster(people[~left], people[left], further, earlier)


def _looked_up(keys: pd.Series, texts: Mapping[Any, str]) -> pd.Series:
    """What each key means, looked up once a key; empty where nothing does."""
    numbers, known = pd.factorize(keys, use_na_sentinel=False)
    found = pd.Series([texts.get(key, "") for key in known], dtype=str)
    return found.take(numbers).set_axis(keys.index)


def _own_units(frame: pd.DataFrame) -> Mapping[str, str]:
    units: Mapping[str, str] = frame.attrs.get("units", {})
    return units


def _unread_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """The kept columns by heading, empty where a row lacks one."""
    if "kept" not in frame:
        return pd.DataFrame(index=frame.index)
    # All at once: a text a person takes the parser several times as long.
    rows = json.loads(f"[{','.join(frame.kept.fillna('null').tolist())}]")
    table = pd.DataFrame([row or {} for row in rows], index=frame.index)
    taken = {*POSITION_COLUMNS, *frame.columns}
    named = {h: f"{h} (roster)" for h in table.columns if h in taken and h not in MEANT}
    return table.fillna("").astype(str).rename(columns=named)


def _meant(kept: pd.DataFrame, headings: tuple[str, ...]) -> str:
    """The kept column with one of the headings; empty where there is none."""
    folded = {str(h).replace("_", " ").strip().casefold(): str(h) for h in kept.columns}
    return next((folded[h] for h in headings if h in folded), "")


def _as_paid(people: pd.DataFrame) -> pd.DataFrame:
    """Base and variable pay as paid for the FTE, which is 1 where none is stated."""
    fte = people.fte.astype(float).fillna(1.0)
    shares = fte.where(people.pay_is == "full-time", 1.0)
    pays = {name: (people[name] * shares).round(2) for name in ("base", "variable")}
    return people.assign(fte=fte, **pays)
