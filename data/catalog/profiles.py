"""Job profiles: finding one by its code, and what stands near it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError, UnknownNameError
from analytics.jobs.codes import parse_code
from analytics.jobs.distance import Coordinates, distance
from analytics.jobs.reviews import passes_review
from analytics.market_tables import Market, band_table
from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band
from analytics.rows import typed_rows
from analytics.suggestions import nearest
from analytics.table_units import texts
from analytics.units import with_units
from queries import run

#: Said where a document leaves a field out.
NOT_GIVEN = "not given"
#: The percentiles of a profile's pay.
QUARTILES = (0.25, 0.5, 0.75)
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
    here = coordinates(rows[code])
    found = []
    for other, row in rows.items():
        if other == code:
            continue
        apart = distance(here, coordinates(row))
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
        "occupations": run(con, "profile_occupations", focus=focus, level=profile["level"]),
        "titles": _other_titles(run(con, "known_titles"), profile["code"]),
    }


def _other_titles(known: pd.DataFrame, code: str) -> pd.DataFrame:
    """Titles that mean the profile beside its own, and who says so."""
    kinds = known.kind.isin(["title", "alias", "correction"])
    own = known[kinds & (known.code == code)]
    return own[["title", "said_by", "source"]].reset_index(drop=True)


def alias_note(titles: Iterable[Mapping[str, Any]], profile: Mapping[str, Any]) -> str:
    """Whether a profile's own source records other titles; empty where it does."""
    if any(title["source"] == profile["source"] for title in titles):
        return ""
    return "The source of this profile records no title aliases. Each of these says whose it is."


def profile_pay(bands: Iterable[Band], profile: Mapping[str, Any]) -> list[Band]:
    """The bands of a profile's level and focus: what is published, then what is modelled."""
    place = (profile["function_title"], profile["focus_title"], profile["level"])
    own = [band for band in bands if (band.function, band.focus, band.level) == place]
    return sorted(own, key=lambda band: band.modelled)


def pay_facts(band: Band) -> dict[str, Any]:
    """A band as plain values; for a modelled one ``low`` to ``high`` is the median's interval."""
    figures = {name: band.pay(name) for name in band.percentiles}
    ends = {"low": band.low, "high": band.high, "low_high": band.low_high}
    provenance = ("pay_basis", "currency", "as_of", "n", "source")
    facts = {"status": band.status, "publisher": band.series, **figures, **ends}
    return {k: _plain(v) for k, v in facts.items()} | {k: getattr(band, k) for k in provenance}


def pay_text(pay: Mapping[str, Any]) -> str:
    """What `pay_facts` gives, as a sentence: the figures, then basis, date and sample size."""
    known = {name: pay[name] for name in ("p25", "p50", "p75") if pay[name] is not None}
    names = {"p25": "P25", "p50": "median", "p75": "P75"}
    figures = [f"{names[k]} {money(v, pay['currency'])}" for k, v in known.items()]
    if pay["low"] is not None:
        interval = "interval " if pay["status"] == "modelled" else ""
        ends = money_range(pay["low"], pay["high"], pay["currency"])
        figures.append(f"{interval}{ends} ({pay['low_high']})")
    return (
        f"{pay['status'].capitalize()}, {pay['publisher']}: {', '.join(figures)}; "
        f"{LABELS[pay['pay_basis']]}; date {pay['as_of']}; n {pay['n']}; source {pay['source']}"
    )


def sheet_table(sheet: Mapping[str, Any]) -> pd.DataFrame:
    """A profile sheet as a table: one row a fact, with the part of the sheet it is in."""
    rows = []
    for part, value in sheet.items():
        for item in value if isinstance(value, list) else [value]:
            rows.append({"part": part.replace("_", " "), "fact": _fact_text(part, item)})
    return with_units(pd.DataFrame(rows), texts("part", "fact"))


def _fact_text(part: str, item: Any) -> str:
    if part == "pay":
        return pay_text(item)
    if isinstance(item, dict):
        return " · ".join(str(v) for v in item.values() if v is not None)
    return NOT_GIVEN if item is None else str(item)


def profile_sheet(con: duckdb.DuckDBPyConnection, market: Market, code: str) -> dict[str, Any]:
    """A profile as one dictionary of plain values and lists of rows.

    ``title_said_by`` and ``grade_said_by`` are titles of sources; ``pay`` has
    published figures before modelled ones. What no document gives is None.
    Raises as `find_profile` does.
    """
    profiles = run(con, "profiles")
    profile = find_profile(profiles, code)
    frames = profile_frames(con, profile)
    work = frames["work"]
    sheet: dict[str, Any] = {**profile, "name": profile_name(profile)}
    named = dict(zip(market.sources.source, market.sources.title, strict=True))
    for part in ("title", "grade"):
        source = profile[f"{part}_source"]
        sheet[f"{part}_said_by"] = named.get(source, source)
    bands = typed_rows(band_table(market, QUARTILES), Band)
    sheet["pay"] = [pay_facts(band) for band in profile_pay(bands, profile)]
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
    lines = [sheet["name"], sheet["code"], "; ".join(badges)]
    lines += [f"Title {sheet['title']}: {sheet['title_said_by']}"]
    lines += [f"Grade {sheet['grade']}: {sheet['grade_said_by']}", "", sheet["description"]]
    pay = [f"- {pay_text(band)}" for band in sheet["pay"]]
    lines += ["", "Market pay", *(pay or ["None published or modelled."]), ""]
    lines += ["Responsibilities", *(f"- {said}" for said in sheet["responsibilities"]), ""]
    lines += [sheet["review"], *(f"- {r['dimension']}: {r['score']:g}" for r in sheet["scores"])]
    lines += ["", "Adjacent roles"]
    lines += [
        f"- {r['code']}  {r['distance']:.3f}  {r['match_band']}  {r['title']}"
        for r in sheet["adjacent"]
    ]
    lines += ["", "Occupations"]
    lines += [
        f"- {r['soc']} {r['soc_title']}: {r['asserted_by']}. {r['note']}".strip()
        for r in sheet["occupations"]
    ]
    lines += ["", "Title aliases", *filter(None, [alias_note(sheet["titles"], sheet)])]
    lines += [f"- {r['title']}: {r['said_by']}" for r in sheet["titles"]]
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


def coordinates(row: Any) -> Coordinates:
    """Where a profile stands, from a row of the profiles."""
    return Coordinates(row.family, row.function, row.focus, row.track, row.grade)
