"""Job profiles: finding one by its code, and what stands near it."""

import json
from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.codes import parse_code
from analytics.jobs.distance import Coordinates, distance
from analytics.jobs.reviews import passes_review
from analytics.suggestions import nearest
from analytics.table_units import texts
from analytics.units import with_units
from queries import run

#: Said where a document leaves a field out.
NOT_GIVEN = "not given"
_DISTANCE_UNITS = {
    **texts("code", "title", "match_band"),
    **dict.fromkeys(("distance", "taxonomy", "grade", "track"), "distance"),
}


def find_profile(profiles: pd.DataFrame, text: str) -> dict[str, Any]:
    """The profile whose code is ``text``, whatever its case; None where nothing is given.

    Raises `InputError` for what is no code and `UnknownNameError` for a code
    that the store doesn't hold; both name the nearest codes.
    """
    known = list(profiles.code)
    try:
        code = str(parse_code(text))
    except InputError as error:
        raise InputError(f"{error}; {nearest(text, known)}") from None
    if code not in known:
        raise UnknownNameError(f"no profile {code!r}; {nearest(code, known)}")
    (row,) = _rows(profiles[profiles.code == code])
    return row


def adjacent(profiles: pd.DataFrame, code: str) -> pd.DataFrame:
    """Every other profile by distance, nearest first, with the distance's three parts."""
    rows = {row.code: row for row in profiles.itertuples()}
    here = _coordinates(rows[code])
    found = []
    for other, row in rows.items():
        if other == code:
            continue
        apart = distance(here, _coordinates(row))
        found.append(
            {
                "code": other,
                "title": profile_name(row_as_dict(row)),
                "match_band": apart.match_band,
                "distance": round(apart.total, 3),
                "taxonomy": round(apart.tree, 3),
                "grade": round(apart.grade, 3),
                "track": round(apart.track, 3),
            }
        )
    table = pd.DataFrame(found).sort_values(["distance", "code"]).reset_index(drop=True)
    return with_units(table, _DISTANCE_UNITS)


def profile_name(profile: Mapping[str, Any]) -> str:
    """A profile's title as people say it: focus and level."""
    return f"{profile['focus_title']}, {profile['title']} ({profile['level']})"


def row_as_dict(row: Any) -> dict[str, Any]:
    """A row of a frame as a dictionary."""
    fields: dict[str, Any] = row._asdict()
    return fields


def profile_frames(con: duckdb.DuckDBPyConnection, profile: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the store holds of a profile, as frames by name."""
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


def _other_titles(known: pd.DataFrame, code: str) -> pd.DataFrame:
    """Titles that mean the profile beside its own, and who says so."""
    kinds = known.kind.isin(["title", "alias", "correction"])
    return known[kinds & (known.code == code)][["title", "said_by"]].reset_index(drop=True)


def sheet_table(sheet: Mapping[str, Any]) -> pd.DataFrame:
    """A profile sheet as a table: one row a fact, with the part of the sheet it is in."""
    rows = []
    for part, value in sheet.items():
        for item in value if isinstance(value, list) else [value]:
            said = (
                " · ".join(str(v) for v in item.values() if v is not None)
                if isinstance(item, dict)
                else item
            )
            rows.append(
                {"part": part.replace("_", " "), "fact": NOT_GIVEN if said is None else str(said)}
            )
    return with_units(pd.DataFrame(rows), texts("part", "fact"))


def profile_sheet(con: duckdb.DuckDBPyConnection, code: str) -> dict[str, Any]:
    """A profile as one dictionary of plain values and lists of rows.

    What no document gives is None. Raises as `find_profile` does.
    """
    profiles = run(con, "profiles")
    profile = find_profile(profiles, code)
    frames = profile_frames(con, profile)
    work = frames["work"]
    sheet: dict[str, Any] = {**profile, "name": profile_name(profile)}
    sheet["review"] = review_verdict(frames["scores"])
    sheet["responsibilities"] = work[work.level == profile["level"]].responsibility.tolist()
    for key in ("guidelines", "skills", "scores", "card", "experience", "occupations", "titles"):
        sheet[key] = _rows(frames[key])
    sheet["guidelines"] = [r for r in sheet["guidelines"] if r["level"] == profile["level"]]
    sheet["adjacent"] = _rows(adjacent(profiles, profile["code"]))
    return sheet


def as_json(sheet: Mapping[str, Any]) -> str:
    """A profile sheet as JSON."""
    return json.dumps(sheet, ensure_ascii=False, indent=2)


def as_text(sheet: Mapping[str, Any]) -> str:
    """A profile sheet for reading in a terminal."""
    badges = [f"{k} {sheet[k] or NOT_GIVEN}" for k in ("confidence", "status", "scope", "version")]
    lines = [sheet["name"], sheet["code"], "; ".join(badges), "", sheet["description"], ""]
    lines += ["Responsibilities", *(f"- {said}" for said in sheet["responsibilities"]), ""]
    lines += [sheet["review"], *(f"- {r['dimension']}: {r['score']:g}" for r in sheet["scores"])]
    lines += ["", "Adjacent roles"]
    lines += [
        f"- {r['code']}  {r['distance']:.3f}  {r['match_band']}  {r['title']}"
        for r in sheet["adjacent"]
    ]
    return "\n".join(lines)


def review_verdict(scores: pd.DataFrame) -> str:
    """The review in words; unscored is not passed."""
    if scores.empty:
        return "Not reviewed, so not passed."
    lowest = scores.score.min()
    passed = "Passed" if passes_review(scores.score.tolist()) else "Not passed"
    return f"{passed}: the lowest of {len(scores)} scores is {lowest:g}; 4 or more passes."


def years_text(low: float, high: float) -> str:
    """Years of experience in words; no upper end means and more."""
    return f"{low:g}+ years" if pd.isna(high) else f"{low:g}–{high:g} years"


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    """A cell as a value that JSON has: unknown is None, whole numbers are whole."""
    if pd.isna(value):
        return None
    if isinstance(value, bool | str):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _coordinates(row: Any) -> Coordinates:
    return Coordinates(row.family, row.function, row.focus, row.track, row.grade)
