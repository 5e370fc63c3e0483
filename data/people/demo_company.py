"""Generate a company: people, ranges, and a list of what was built into them.

Nobody's pay: every employee id begins with `DEMO_ID` and every pay zone with `DEMO_ZONE`,
so that the rows are labeled wherever they go. Most people are paid somewhere between the
ends of their range, at least 10 percent less than their manager; the exceptions are in
`Truth`, for tests and for those who try things out.
"""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics.ranges.spread import range_from_midpoint
from data.imports.provenance import DEMO_ID, DEMO_ZONE
from data.records.demo import LEVELS

#: Function → the factor of its midpoints, and the stem of its titles.
FUNCTIONS = {
    "Customer Success": (1.00, "Customer Success Manager"),
    "Sales": (1.04, "Account Executive"),
    "Engineering": (1.16, "Software Engineer"),
    "Operations": (0.94, "Operations Analyst"),
}
#: Pay zone → the factor of its midpoints, and its places.
ZONES = {
    f"{DEMO_ZONE} 1": (1.12, ("New York", "San Francisco", "Seattle")),
    f"{DEMO_ZONE} 2": (1.00, ("Chicago", "Denver", "Austin", "Boston")),
    f"{DEMO_ZONE} 3": (0.90, ("Atlanta", "Tampa")),
}
AS_OF, EFFECTIVE = "2026-10-01", "2026-01-01"
#: Columns of the roster that the loader keeps when asked to.
KEPT = ("Function", "Pay Zone", "Manager ID", "Performance")
_TITLES = {
    "P1": "Associate {}",
    "P2": "{}",
    "P3": "{}",
    "P4": "Senior {}",
    "P5": "Strategic {}",
    "P6": "Principal {}",
    "M3": "Manager, {}",
    "M4": "Director, {}",
    "M5": "Senior Director, {}",
    "M6": "Vice President, {}",
}
_SHARES = (0.09, 0.17, 0.23, 0.18, 0.09, 0.03, 0.10, 0.06, 0.035, 0.015)
_GRADES = dict(zip(LEVELS, (1, 2, 3, 4, 5, 6, 4, 5, 6, 7), strict=True))
#: Of every thousand people: below the minimum, above the maximum, with a compressed manager.
_GREEN, _RED, _COMPRESSED, _TITLED = 30, 12, 4, 6
_AT_MOST_OF_MANAGER, _COMPRESSED_STEP = 1 / 1.10, 1.02


@dataclass(frozen=True)
class Truth:
    """What was built in: employee ids, and what it costs to bring all to the minimum.

    ``compressed`` are the managers of a report who is paid 2 to 5 percent less than they;
    ``misleveled`` people whose title is that of two levels up. ``to_minimum`` is in dollars
    a year, at each one's FTE.
    """

    green: frozenset[str]
    red: frozenset[str]
    compressed: frozenset[str]
    misleveled: frozenset[str]
    to_minimum: float


class DemoCompany(NamedTuple):
    """The two files that are loaded, and the truth about them."""

    roster: pd.DataFrame
    ranges: pd.DataFrame
    truth: Truth


def demo_company(people: int, seed: int) -> DemoCompany:
    """A company of so many people; the same for the same number and seed."""
    draw = np.random.default_rng(seed)
    ranges = _ranges()
    staff = _staff(people, draw, ranges)
    staff["manager"] = _managers(staff, draw)
    green, red, cost = _outliers(staff, draw)
    compressed = _compress(staff, draw, green | red)
    misleveled = _mistitle(staff, draw)

    def ids(rows: set[int]) -> frozenset[str]:
        return frozenset(staff.employee_id.iloc[sorted(rows)])

    truth = Truth(ids(green), ids(red), ids(compressed), ids(misleveled), cost)
    return DemoCompany(_roster(staff), ranges, truth)


def _ranges() -> pd.DataFrame:
    """One range of base pay for each function, level and zone, to the hundred dollars."""
    rows = []
    for (function, (factor, _)), (zone, (at_place, _)), (level, pay) in product(
        FUNCTIONS.items(), ZONES.items(), LEVELS.items()
    ):
        spread = 0.4 if level in ("P1", "P2", "P3") else 0.5
        ends = range_from_midpoint(round(pay.median * factor * at_place, -2), spread)
        rounded = [round(end, -2) for end in (ends.minimum, ends.midpoint, ends.maximum)]
        rows.append((function, level, zone, "USD", "base", *rounded, EFFECTIVE))
    names = "function level place currency basis minimum midpoint maximum effective_date"
    return pd.DataFrame(rows, columns=names.split())


def _staff(people: int, draw: np.random.Generator, ranges: pd.DataFrame) -> pd.DataFrame:
    """People inside their ranges, with full-time ``pay`` to the hundred dollars."""
    function = draw.choice(list(FUNCTIONS), people, p=(0.35, 0.25, 0.25, 0.15))
    level = draw.choice(list(LEVELS), people, p=_SHARES)
    places = [(zone, place) for zone, (_, names) in ZONES.items() for place in names]
    zone, place = np.array(places)[draw.integers(0, len(places), people)].T
    staff = pd.DataFrame({
        "employee_id": [f"{DEMO_ID}{i:05d}" for i in range(1, people + 1)],
        "function": function, "level": level, "zone": zone, "place": place,
        "fte": draw.choice([1.0, 0.8, 0.5], people, p=(0.92, 0.05, 0.03)),
        "performance": draw.choice(5, people, p=(0.04, 0.12, 0.54, 0.22, 0.08)) + 1,
        "hired": pd.Timestamp(AS_OF) - pd.to_timedelta(draw.integers(60, 4_000, people), "D"),
    })  # fmt: skip
    ends = ["minimum", "midpoint", "maximum"]
    staff = staff.merge(
        ranges[["function", "level", "place", *ends]].rename(columns={"place": "zone"}),
        on=["function", "level", "zone"],
    )
    depth = np.clip(draw.normal(0.33 + 0.04 * staff.performance, 0.20), 0.03, 0.97)
    width = staff.maximum - staff.minimum
    staff["pay"] = (staff.minimum + depth * width).round(-2)
    staff["title"] = [
        _TITLES[lv].format(FUNCTIONS[f][1] if lv[0] == "P" else f)
        for f, lv in zip(staff.function, staff.level, strict=True)
    ]
    return staff


def _managers(staff: pd.DataFrame, draw: np.random.Generator) -> list[str]:
    """Somebody of a higher grade and the same function, paid enough more; empty at the top."""
    grade = staff.level.map(_GRADES).to_numpy()
    manages = staff.level.str.startswith("M").to_numpy() & (staff.fte == 1).to_numpy()
    pay, function = staff.pay.to_numpy(), staff.function.to_numpy()
    ids = staff.employee_id.to_numpy(object)
    # Who may manage a grade of a function, sought once for all of it.
    able = {
        (f, g): np.flatnonzero(manages & (grade > g) & (grade <= g + 3) & (function == f))
        for f in set(function.tolist())
        for g in set(grade.tolist())
    }
    chosen = []
    for own, g, f in zip(pay.tolist(), grade.tolist(), function.tolist(), strict=True):
        those = able[f, g]
        those = those[own <= pay[those] * _AT_MOST_OF_MANAGER]
        chosen.append(str(ids[those[draw.integers(len(those))]]) if len(those) else "")
    return chosen


def _outliers(staff: pd.DataFrame, draw: np.random.Generator) -> tuple[set[int], set[int], float]:
    """Move some professionals below and above their range; who, and what the former cost."""
    people = len(staff)
    professionals = np.flatnonzero(staff.level.str.startswith("P") & (staff.level < "P5"))
    picked = draw.permutation(professionals)
    green = picked[: people * _GREEN // 1_000]
    missing = 100.0 * draw.integers(5, 60, len(green))
    staff.loc[green, "pay"] = staff.minimum.iloc[green].to_numpy() - missing
    cost = float((missing * staff.fte.iloc[green]).sum())
    # Only those whose manager stays 10 percent above them.
    by_id = staff.set_index("employee_id").pay
    limit = staff.manager.map(by_id).fillna(np.inf) * _AT_MOST_OF_MANAGER
    beyond = (staff.maximum + 100.0 * draw.integers(5, 80, people)).to_numpy()
    able = [i for i in picked[len(green) :] if beyond[i] <= limit.iloc[i]]
    red = able[: people * _RED // 1_000]
    staff.loc[red, "pay"] = beyond[red]
    return set(green.tolist()), set(map(int, red)), cost


def _compress(staff: pd.DataFrame, draw: np.random.Generator, others: set[int]) -> set[int]:
    """Pay one report of some managers almost what they are paid; which managers."""
    at = {name: i for i, name in enumerate(staff.employee_id)}
    wanted = len(staff) * _COMPRESSED // 1_000
    managers: set[int] = set()
    for i in draw.permutation(len(staff)).tolist():
        manager = at.get(staff.manager.iloc[i], -1)
        if len(managers) == wanted:
            break
        row = staff.iloc[i]
        if manager < 0 or manager in managers or i in others or row.level[0] == "M":
            continue
        pay = np.floor(staff.pay.iloc[manager] / _COMPRESSED_STEP / 100) * 100
        if row.minimum < pay < row.maximum:
            staff.loc[i, "pay"] = pay
            managers.add(manager)
    return managers


def _mistitle(staff: pd.DataFrame, draw: np.random.Generator) -> set[int]:
    """Give some Customer Success Managers of P2 the title of P4."""
    plain = np.flatnonzero((staff.function == "Customer Success") & (staff.level == "P2"))
    chosen = draw.permutation(plain)[: len(staff) * _TITLED // 1_000]
    staff.loc[chosen, "title"] = _TITLES["P4"].format(FUNCTIONS["Customer Success"][1])
    return set(chosen.tolist())


def _roster(staff: pd.DataFrame) -> pd.DataFrame:
    """The roster's file: pay at the FTE, and columns to keep."""
    base = staff.pay * staff.fte
    share = staff.level.map({level: pay.variable for level, pay in LEVELS.items()})
    return pd.DataFrame({
        "employee_id": staff.employee_id, "title": staff.title, "level": staff.level,
        "place": staff.place, "fte": staff.fte, "currency": "USD", "base": base,
        "variable": (base * share).round(-2), "hire_date": staff.hired.dt.date, "as_of": AS_OF,
        "Function": staff.function, "Pay Zone": staff.zone, "Manager ID": staff.manager,
        "Performance": staff.performance,
    })  # fmt: skip
