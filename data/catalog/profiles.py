"""Job profiles: find one by its code, its sheet, and its nearest neighbors."""

import json
from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.codes import parse_code
from analytics.jobs.distance import Coordinates, Distance, distance
from analytics.jobs.reviews import passes_review
from analytics.suggestions import nearest
from queries import run

#: Shown where a document leaves a field out.
NOT_GIVEN = "not given"


def find_profile(profiles: pd.DataFrame, text: str) -> dict[str, Any]:
    """The profile whose code is ``text``, regardless of case; empty fields are None.

    Raises `InputError` for text that is not a code and `UnknownNameError` for an
    unknown code; both messages name the nearest codes.
    """
    codes = list(profiles.code)
    try:
        code = str(parse_code(text))
    except InputError as error:
        raise InputError(f"{error}; {nearest(text, codes)}") from None
    if code not in codes:
        raise UnknownNameError(f"no profile {code!r}; {nearest(code, codes)}")
    (row,) = _plain_rows(profiles[profiles.code == code])
    return row


def adjacent(profiles: pd.DataFrame, code: str) -> pd.DataFrame:
    """Every other profile by distance, nearest first, with the distance's three parts."""
    rows = {row.code: row for row in profiles.itertuples()}
    start = _coordinates(rows[code])
    neighbors = [
        _neighbor_row(row, distance(start, _coordinates(row)))
        for other, row in rows.items()
        if other != code
    ]
    return pd.DataFrame(neighbors).sort_values(["distance", "code"]).reset_index(drop=True)


def _neighbor_row(row: Any, gap: Distance) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": profile_name(row_as_dict(row)),
        "match_band": gap.match_band,
        "distance": round(gap.total, 3),
        "taxonomy": round(gap.tree, 3),
        "grade": round(gap.grade, 3),
        "track": round(gap.track, 3),
    }


def profile_name(profile: Mapping[str, Any]) -> str:
    """A profile's name for people: its focus, title and level."""
    return f"{profile['focus_title']}, {profile['title']} ({profile['level']})"


def row_as_dict(row: Any) -> dict[str, Any]:
    """A row from ``itertuples`` as a dictionary."""
    fields: dict[str, Any] = row._asdict()
    return fields


def profile_frames(con: duckdb.DuckDBPyConnection, profile: Mapping[str, Any]) -> dict[str, Any]:
    """Everything in the store about a profile, as frames by name."""
    focus, level = profile["focus"], {"ladder": profile["ladder"], "level": profile["level"]}
    return {
        "work": run(con, "profile_work", focus=focus),
        "guidelines": run(con, "profile_guidelines", focus=focus),
        "skills": run(con, "profile_skills", focus=focus),
        "scores": run(con, "profile_scores", code=profile["code"]),
        "card": run(con, "level_card", **level),
        "experience": run(con, "level_experience", **level),
        "occupations": run(con, "profile_occupations", focus=focus),
        "titles": _other_titles(run(con, "known_titles"), profile["code"]),
    }


def _other_titles(known_titles: pd.DataFrame, code: str) -> pd.DataFrame:
    """Titles other than its own that mean the profile, each with where it is from."""
    of_profile = known_titles[known_titles.code == code]
    titles = of_profile[of_profile.kind.isin(["title", "alias", "correction"])]
    return titles[["title", "said_by"]].reset_index(drop=True)


def sheet_table(sheet: Mapping[str, Any]) -> pd.DataFrame:
    """A profile sheet as a table: one row per fact, with the part of the sheet it is in."""
    return pd.DataFrame(
        [
            {"part": part.replace("_", " "), "fact": _fact_text(item)}
            for part, value in sheet.items()
            for item in (value if isinstance(value, list) else [value])
        ]
    )


def _fact_text(item: Any) -> str:
    if isinstance(item, dict):
        return " · ".join(str(value) for value in item.values() if value is not None)
    return NOT_GIVEN if item is None else str(item)


def profile_sheet(con: duckdb.DuckDBPyConnection, code: str) -> dict[str, Any]:
    """A profile as one dictionary of plain values and lists of rows.

    Values that no document gives are None. Raises as `find_profile` does.
    """
    profiles = run(con, "profiles")
    profile = find_profile(profiles, code)
    frames = profile_frames(con, profile)
    work = frames["work"]
    sheet: dict[str, Any] = {**profile, "name": profile_name(profile)}
    sheet["review"] = review_verdict(frames["scores"])
    sheet["responsibilities"] = work[work.level == profile["level"]].responsibility.tolist()
    for key in ("guidelines", "skills", "scores", "card", "experience", "occupations", "titles"):
        sheet[key] = _plain_rows(frames[key])
    sheet["guidelines"] = [r for r in sheet["guidelines"] if r["level"] == profile["level"]]
    sheet["adjacent"] = _plain_rows(adjacent(profiles, profile["code"]))
    return sheet


def as_json(sheet: Mapping[str, Any]) -> str:
    """A profile sheet as JSON."""
    return json.dumps(sheet, ensure_ascii=False, indent=2)


def as_text(sheet: Mapping[str, Any]) -> str:
    """A profile sheet as plain text for a terminal."""
    badges = [f"{k} {sheet[k] or NOT_GIVEN}" for k in ("confidence", "status", "scope", "version")]
    lines = [sheet["name"], sheet["code"], "; ".join(badges), "", sheet["description"], ""]
    lines += ["Responsibilities", *(f"- {duty}" for duty in sheet["responsibilities"]), ""]
    lines += [sheet["review"], *(f"- {r['dimension']}: {r['score']:g}" for r in sheet["scores"])]
    lines += ["", "Adjacent roles"]
    lines += [
        f"- {r['code']}  {r['distance']:.3f}  {r['match_band']}  {r['title']}"
        for r in sheet["adjacent"]
    ]
    return "\n".join(lines)


def review_verdict(scores: pd.DataFrame) -> str:
    """The result of a review in words; a profile without scores has not passed."""
    if scores.empty:
        return "Not reviewed, so not passed."
    lowest = scores.score.min()
    passed = "Passed" if passes_review(scores.score.tolist()) else "Not passed"
    return f"{passed}: the lowest of {len(scores)} scores is {lowest:g}; 4 or more passes."


def years_text(low: float, high: float) -> str:
    """Years of experience in words; without an upper end, ``low`` or more."""
    return f"{low:g}+ years" if pd.isna(high) else f"{low:g}–{high:g} years"


def _plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    """A cell as a JSON value: missing cells are None, whole numbers integers."""
    if pd.isna(value):
        return None
    if isinstance(value, bool | str):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _coordinates(row: Any) -> Coordinates:
    return Coordinates(row.family, row.function, row.focus, row.track, row.grade)
