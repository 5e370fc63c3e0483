"""Two to four job profiles side by side."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import duckdb
import pandas as pd

from analytics.deltas import Step
from analytics.errors import InputError
from analytics.market_tables import Market, level_difference_table
from analytics.table_units import texts
from analytics.units import with_units
from data.catalog.profiles import NOT_GIVEN, adjacent, find_profile, profile_sheet
from queries import run

FEWEST, MOST = 2, 4
_DISTANCE_UNITS = {
    **texts("from", "to", "match_band"),
    **dict.fromkeys(("distance", "taxonomy", "grade", "track"), "distance"),
}


def compare(
    con: duckdb.DuckDBPyConnection, market: Market, codes: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Frames by name: distances, facts, work, skills and pay of the profiles.

    ``distances`` and ``pay`` have a row a pair, the others a column a profile.
    Pay is the modelled difference of medians, with its interval. Raises
    `InputError` unless two to four different codes are given, and as
    `find_profile` does for a code that is wrong.
    """
    profiles = run(con, "profiles")
    found = [find_profile(profiles, code) for code in codes]
    distinct = {p["code"]: p for p in found}
    if not FEWEST <= len(distinct) <= MOST:
        raise InputError(
            f"{len(distinct)} profile(s) to compare; choose {FEWEST} to {MOST} different ones"
        )
    sheets = [profile_sheet(con, market, code) for code in distinct]
    pairs = [_pair(profiles, a, b) for a, b in combinations(distinct, 2)]
    return {
        "distances": with_units(pd.DataFrame(pairs), _DISTANCE_UNITS),
        "facts": _texts(_facts(sheets)),
        "work": _texts(_beside(sheets, "responsibilities")),
        "skills": _texts(_skills(sheets)),
        "pay": _pay(market, sheets),
    }


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    return with_units(frame, texts(*frame.columns))


def _pair(profiles: pd.DataFrame, a: str, b: str) -> dict[str, Any]:
    near = adjacent(profiles, a).set_index("code").loc[b]
    parts = ("match_band", "distance", "taxonomy", "grade", "track")
    return {"from": a, "to": b} | {part: near[part] for part in parts}


def _facts(sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    rows: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        said = {
            "level": f"{sheet['level']} {sheet['title']}",
            "focus": sheet["focus_title"],
            "track": sheet["track"],
            "grade": f"{sheet['grade']} ({sheet['grade_said_by']})",
            "review": sheet["review"],
        }
        for row in sheet["guidelines"]:
            rubric = {k.replace("_", " "): v for k, v in row.items() if k != "level"}
            said |= {f"guideline, {k}": v for k, v in rubric.items()}
        said |= {f"asks, {row['dimension']}": row["descriptor"] for row in sheet["card"]}
        for fact, words in said.items():
            rows.setdefault(fact, {})[sheet["code"]] = words
    columns = [sheet["code"] for sheet in sheets]
    return pd.DataFrame(
        [{"": fact} | {c: row.get(c, NOT_GIVEN) for c in columns} for fact, row in rows.items()]
    )


def _beside(sheets: Sequence[dict[str, Any]], key: str) -> pd.DataFrame:
    columns = {sheet["code"]: pd.Series(sheet[key], dtype=object) for sheet in sheets}
    return pd.DataFrame(columns).fillna("")


def _skills(sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Each skill with who calls for it: all of them, or only some."""
    holders: dict[str, list[str]] = {}
    for sheet in sheets:
        for row in sheet["skills"]:
            holders.setdefault(row["skill"], []).append(sheet["code"])
    rows = [
        {"skill": skill, "called for by": "all" if len(who) == len(sheets) else ", ".join(who)}
        for skill, who in holders.items()
    ]
    return pd.DataFrame(rows, columns=["skill", "called for by"])


def _pay(market: Market, sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    found = [
        level_difference_table(
            market, [Step(a["level"], b["level"], "compared")], ladder=a["ladder"]
        )
        for a, b in combinations(sheets, 2)
        if a["ladder"] == b["ladder"] and a["level"] != b["level"]
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()
