"""Job profiles, comparisons and the matcher, as pages read them."""

import pandas as pd

from analytics.jobs import profile_lookup
from analytics.jobs.matching import Matcher
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.market_tables import market
from app_pages.components.tables import Table
from data.catalog.compare import compare
from data.catalog.matcher import read_matcher
from data.catalog.profiles import (
    adjacent,
    find_profile,
    profile_frames,
    profile_sheet,
    sheet_table,
)


@cached_read(most=64)
def profile_details(code: str) -> dict[str, Table]:
    """Everything that is held of a profile, and its neighbours, as tables."""
    profiles = ask("profiles").frame
    with store_lock().cursor() as con:
        found = profile_frames(con, find_profile(profiles, code))
    found["adjacent"] = adjacent(profiles, code)
    return {name: Table.of(frame) for name, frame in found.items()}


@cached_read(most=64)
def profile_facts(code: str) -> pd.DataFrame:
    """A profile as one table, for a file."""
    with store_lock().cursor() as con:
        return sheet_table(profile_sheet(con, code))


@cached_read(most=64)
def comparison(codes: tuple[str, ...]) -> dict[str, Table]:
    """Two to four profiles side by side, as tables."""
    with store_lock().cursor() as con:
        found = compare(con, market(), codes)
    return {name: Table.of(frame) for name, frame in found.items()}


@cached_read()
def matcher() -> Matcher:
    """What finds jobs by their titles."""
    with store_lock().cursor() as con:
        return read_matcher(con)


def name_jobs(
    jobs: list[tuple[str | None, str | None, str | None]],
) -> list[tuple[str, str, str]]:
    """The profiles that the jobs of a file mean."""
    return profile_lookup.name_jobs(jobs, matcher(), set(ask("profiles").frame.code))
