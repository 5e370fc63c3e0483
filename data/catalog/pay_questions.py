"""A question of pay from words: a job by code or title, a place, a basis, a month."""

from collections.abc import Sequence

import duckdb

from analytics.errors import InputError, UnknownNameError
from analytics.job_rows import JobProfile
from analytics.places import find_places
from analytics.pricing.ageing import parse_month
from analytics.pricing.question import BASES, NATION, PayQuestion
from analytics.rows import typed_rows
from analytics.suggestions import exact, nearest
from analytics.wage_rows import PlaceName
from data.catalog.matcher import read_matcher
from data.catalog.profiles import find_profile
from queries import run

#: How many of the places that a name may mean are listed.
_MOST = 6


def find_question(
    con: duckdb.DuckDBPyConnection, job: str, place: str, basis: str, percent: float, month: str
) -> tuple[PayQuestion, str]:
    """The question, and what a title or a part of a place's name was taken for.

    ``percent`` is from 1 to 99. Raises `InputError` for what can't be read, and
    `UnknownNameError` for a job or a place that the store does not have.
    """
    if basis not in BASES:
        raise InputError(f"no pay basis {basis!r}; {nearest(basis, BASES)}")
    if not 1 <= percent <= 99:
        raise InputError(f"percentile {percent:g} is outside 1 to 99")
    found, taken = _find_job(con, job)
    where, moved = find_place(place, typed_rows(run(con, "places"), PlaceName))
    taken = "; ".join(filter(None, (taken, moved)))
    return PayQuestion(found, where, basis, round(percent / 100, 6), parse_month(month)), taken


def _find_job(con: duckdb.DuckDBPyConnection, text: str) -> tuple[JobProfile, str]:
    profiles = run(con, "profiles")
    jobs = {row.code: row for row in typed_rows(profiles, JobProfile)}
    if text.count(".") == 2 and " " not in text.strip():
        return jobs[find_profile(profiles, text)["code"]], ""
    matches = read_matcher(con).match(text, 1)
    if not matches:
        raise UnknownNameError(
            f"no job matches {text!r}; try the words of the work, such as customer success, or a "
            "code from `bandstand match`"
        )
    job = jobs[matches[0].code]
    return job, f"“{text}” taken as {job.label} ({job.code}): {matches[0].reason}"


def find_place(text: str, places: Sequence[PlaceName]) -> tuple[str, str]:
    """The place, and what a part of its name was taken for; empty for the whole country.

    Raises `InputError` for a name that several places bear, `UnknownNameError` for none.
    """
    if not text.strip() or exact(text, [NATION, "US", "USA"]):
        return "", ""
    found = [row.place for row in find_places(text, places) if row.kind != "nation"]
    if len(found) == 1:
        (place,) = found
        return place, "" if exact(text, [place]) else f"“{text}” taken as {place}"
    if found:
        some = "; ".join(found[:_MOST])
        more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise InputError(f"place {text!r} may be one of {len(found)}: {some}{more}; name one")
    close = nearest(text, [row.place for row in places])
    hint = f" {close}" if close.startswith("did you mean") else ""
    raise UnknownNameError(
        f"no place {text!r};{hint} name its metropolitan area or its state, or leave the place "
        "out for the whole country"
    )
