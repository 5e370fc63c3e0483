"""Job profiles, ladders, comparisons and the matcher, as pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.job_rows import (
    AdjacentProfile,
    Experience,
    GuideEntry,
    GuideFunction,
    GuidePhrase,
    JobProfile,
    LadderLevel,
    LevelCriterion,
    OtherTitle,
    Responsibility,
    ReviewScore,
)
from analytics.jobs import profile_lookup
from analytics.jobs.matching import Matcher
from analytics.pay_rows import LevelDifference
from analytics.rows import typed_rows
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.market_tables import market
from app_pages.components.tables import Table
from data.catalog.compare import compare
from data.catalog.guide import guide_table
from data.catalog.matcher import read_matcher
from data.catalog.profiles import (
    adjacent,
    find_profile,
    profile_frames,
    profile_sheet,
    sheet_table,
)

if TYPE_CHECKING:
    from analytics.jobs.postings import PostingReader


@dataclass(frozen=True)
class ProfileTables:
    """Everything that the store has of a profile, and its neighbors."""

    work: Table[Responsibility]
    guidelines: Table[Any]
    skills: Table[Any]
    scores: Table[ReviewScore]
    card: Table[Any]
    experience: Table[Experience]
    occupations: Table[Any]
    titles: Table[OtherTitle]
    adjacent: Table[AdjacentProfile]


@dataclass(frozen=True)
class RoleGuide:
    """The role guide of a function: its entries and phrases, and both as one table."""

    entries: list[GuideEntry]
    phrases: list[GuidePhrase]
    table: pd.DataFrame


@dataclass(frozen=True)
class Comparison:
    """Two to four profiles side by side."""

    distances: Table[Any]
    facts: Table[Any]
    work: Table[Any]
    skills: Table[Any]
    pay: Table[LevelDifference]


def profiles() -> Table[JobProfile]:
    """Every job profile."""
    return ask("profiles", JobProfile)


def ladder_levels() -> Table[LadderLevel]:
    """Every level of every ladder."""
    return ask("ladders", LadderLevel)


def level_criteria(ladder: str) -> Table[LevelCriterion]:
    """What each level of a ladder asks."""
    return ask("level_cards", LevelCriterion, ladder=ladder)


def responsibilities(focus: str) -> Table[Responsibility]:
    """What each level of a focus does."""
    return ask("profile_work", Responsibility, focus=focus)


@cached_read()
def guides() -> dict[str, GuideFunction]:
    """The functions that have a role guide, by title."""
    return {row.title: row for row in ask("guide_functions", GuideFunction).rows}


@cached_read(most=64)
def role_guide(function: str) -> RoleGuide:
    """The role guide of a function, named by its short name."""
    with store_lock().cursor() as con:
        table = guide_table(con, function)
    entries = typed_rows(table[table.section != "phrases"], GuideEntry)
    return RoleGuide(entries, ask("guide_phrases", GuidePhrase, function=function).rows, table)


@cached_read(most=64)
def profile_tables(code: str) -> ProfileTables:
    """A profile's tables; raises as `find_profile` does."""
    every = profiles().frame
    with store_lock().cursor() as con:
        frames = profile_frames(con, find_profile(every, code))
    return ProfileTables(
        work=Table.of(frames["work"], Responsibility),
        guidelines=Table.of(frames["guidelines"]),
        skills=Table.of(frames["skills"]),
        scores=Table.of(frames["scores"], ReviewScore),
        card=Table.of(frames["card"]),
        experience=Table.of(frames["experience"], Experience),
        occupations=Table.of(frames["occupations"]),
        titles=Table.of(frames["titles"], OtherTitle, hidden=["source"]),
        adjacent=Table.of(adjacent(every, code), AdjacentProfile),
    )


@cached_read(most=64)
def profile_facts(code: str) -> pd.DataFrame:
    """A profile as one table, for a file."""
    with store_lock().cursor() as con:
        return sheet_table(profile_sheet(con, market(), code))


@cached_read(most=64)
def comparison(codes: tuple[str, ...]) -> Comparison:
    """Two to four profiles side by side; raises as `compare` does."""
    with store_lock().cursor() as con:
        frames = compare(con, market(), codes)
    pay = frames.pop("pay")
    differences = Table.of(pay, LevelDifference if len(pay) else None)
    tables: dict[str, Table[Any]] = {name: Table.of(frame) for name, frame in frames.items()}
    return Comparison(pay=differences, **tables)


@cached_read()
def matcher() -> Matcher:
    """What finds jobs by their titles."""
    with store_lock().cursor() as con:
        return read_matcher(con)


@cached_read()
def posting_reader() -> PostingReader:
    """What reads job postings; it keeps nothing of their text."""
    from data.catalog import postings  # whose patterns no other page needs

    titles = matcher()
    with store_lock().cursor() as con:
        return postings.posting_reader(con, titles)


def name_jobs(jobs: list[profile_lookup.Job]) -> list[profile_lookup.NamedJob]:
    """The profiles that the jobs of a file mean."""
    return profile_lookup.name_jobs(jobs, matcher(), set(profiles().frame.code))
