"""Two to four job profiles side by side."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import duckdb
import pandas as pd

from analytics.deltas import Step
from analytics.errors import InputError
from analytics.market_tables import Market, level_difference_table
from data.catalog.profiles import NOT_GIVEN, adjacent, find_profile, profile_sheet
from queries import run

FEWEST, MOST = 2, 4


def compare(
    con: duckdb.DuckDBPyConnection, market: Market, codes: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Frames by name: distances, facts, work, skills and pay of the profiles.

    ``distances`` and ``pay`` have one row per pair, the others one column per
    profile. Pay is the modelled difference of medians, with its interval. Raises
    `InputError` unless two to four different codes are given, and as
    `find_profile` does for a wrong code.
    """
    profiles = run(con, "profiles")
    distinct = list(dict.fromkeys(find_profile(profiles, code)["code"] for code in codes))
    if not FEWEST <= len(distinct) <= MOST:
        raise InputError(
            f"{len(distinct)} profile(s) to compare; choose {FEWEST} to {MOST} different ones"
        )
    sheets = [profile_sheet(con, code) for code in distinct]
    return {
        "distances": pd.DataFrame(
            [_distance_row(profiles, a, b) for a, b in combinations(distinct, 2)]
        ),
        "facts": _facts(sheets),
        "work": _responsibilities(sheets),
        "skills": _skills(sheets),
        "pay": _pay_differences(market, sheets),
    }


def _distance_row(profiles: pd.DataFrame, a: str, b: str) -> dict[str, Any]:
    row = adjacent(profiles, a).set_index("code").loc[b]
    columns = ("match_band", "distance", "taxonomy", "grade", "track")
    return {"from": a, "to": b} | {column: row[column] for column in columns}


def _facts(sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """One row per fact, one column per profile."""
    rows: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        for fact, text in _facts_of(sheet).items():
            rows.setdefault(fact, {})[sheet["code"]] = text
    columns = [sheet["code"] for sheet in sheets]
    return pd.DataFrame(
        [{"": fact} | {c: row.get(c, NOT_GIVEN) for c in columns} for fact, row in rows.items()]
    )


def _facts_of(sheet: dict[str, Any]) -> dict[str, str]:
    facts = {
        "level": f"{sheet['level']} {sheet['title']}",
        "focus": sheet["focus_title"],
        "track": sheet["track"],
        "grade": str(sheet["grade"]),
        "review": sheet["review"],
    }
    for row in sheet["guidelines"]:
        guidelines = {k.replace("_", " "): v for k, v in row.items() if k != "level"}
        facts |= {f"guideline, {name}": text for name, text in guidelines.items()}
    return facts | {f"asks, {row['dimension']}": row["descriptor"] for row in sheet["card"]}


def _responsibilities(sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    columns = {s["code"]: pd.Series(s["responsibilities"], dtype=object) for s in sheets}
    return pd.DataFrame(columns).fillna("")


def _skills(sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """One row per skill, with the profiles that require it: all of them, or only some."""
    codes_of: dict[str, list[str]] = {}
    for sheet in sheets:
        for row in sheet["skills"]:
            codes_of.setdefault(row["skill"], []).append(sheet["code"])
    rows = [
        {"skill": skill, "called for by": "all" if len(codes) == len(sheets) else ", ".join(codes)}
        for skill, codes in codes_of.items()
    ]
    return pd.DataFrame(rows, columns=["skill", "called for by"])


def _pay_differences(market: Market, sheets: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The modelled difference of each pair of profiles on different levels of one ladder."""
    tables = [
        level_difference_table(
            market, [Step(a["level"], b["level"], "compared")], ladder=a["ladder"]
        )
        for a, b in combinations(sheets, 2)
        if a["ladder"] == b["ladder"] and a["level"] != b["level"]
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
