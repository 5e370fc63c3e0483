"""What reading a job posting takes from the store, and its findings as tables."""

import json
from dataclasses import asdict
from typing import Any

import duckdb
import pandas as pd

from analytics.guide import phrase_pattern
from analytics.job_rows import LadderLevel
from analytics.jobs.matching import Matcher
from analytics.jobs.posting_levels import LevelFinder, LevelYears
from analytics.jobs.posting_resemblance import ProfileIndex, ProfileText
from analytics.jobs.postings import Finding, Phrase, Posting, PostingReader, findings
from analytics.rows import typed_rows
from analytics.table_units import texts
from analytics.units import with_units
from data.catalog.matcher import read_matcher, read_vocabulary
from data.catalog.profiles import profile_name, row_as_dict
from queries import run


def known_phrases(con: duckdb.DuckDBPyConnection) -> list[Phrase]:
    """The phrases that the role guides of all functions explain."""
    return [
        Phrase(row.phrase, phrase_pattern(row.pattern), row.meaning, row.ask_at_offer)
        for function in run(con, "guide_functions").function
        for row in run(con, "guide_phrases", function=function).itertuples()
    ]


def posting_reader(con: duckdb.DuckDBPyConnection, matcher: Matcher | None = None) -> PostingReader:
    """A reader that knows the store's profiles, ladders, level words and phrases.

    ``matcher`` finds jobs by their titles; without one it is read too.
    """
    vocabulary = read_vocabulary(con)
    ladders = run(con, "ladders")
    known = run(con, "known_titles")
    work = [*run(con, "profiles").focus_title, *known[known.kind == "work"].title]
    return PostingReader(
        known_phrases(con),
        LevelFinder(vocabulary, typed_rows(ladders[ladders.kind == "profiles"], LadderLevel), work),
        _level_years(con),
        ProfileIndex(profile_texts(con), matcher or read_matcher(con), vocabulary),
    )


def _level_years(con: duckdb.DuckDBPyConnection) -> list[LevelYears]:
    return [
        LevelYears(
            row.ladder,
            row.level,
            row.track,
            row.kind,
            float(row.low),
            None if pd.isna(row.high) else float(row.high),
        )
        for row in run(con, "level_years").itertuples()
    ]


def profile_texts(con: duckdb.DuckDBPyConnection) -> list[ProfileText]:
    """The words of each job profile."""
    known = run(con, "known_titles")
    titles = known[known.kind != "work"].groupby("code").title.agg(tuple).to_dict()
    profiles = run(con, "profiles")
    focuses = {focus: _focus_frames(con, focus) for focus in profiles.focus.unique()}
    cards = {ladder: run(con, "level_cards", ladder=ladder) for ladder in profiles.ladder.unique()}
    return [
        _profile_text(row, titles.get(row.code, ()), focuses[row.focus], cards[row.ladder])
        for row in profiles.itertuples()
    ]


def _focus_frames(con: duckdb.DuckDBPyConnection, focus: str) -> dict[str, pd.DataFrame]:
    names = ("profile_work", "profile_skills", "profile_guidelines")
    return {name: run(con, name, focus=focus) for name in names}


def _profile_text(
    row: Any, titles: tuple[str, ...], focus: dict[str, pd.DataFrame], card: pd.DataFrame
) -> ProfileText:
    work, skills = focus["profile_work"], focus["profile_skills"]
    guidelines = focus["profile_guidelines"].set_index("level").drop(columns="degree_and_years")
    asked = guidelines[guidelines.index == row.level].to_numpy().ravel()
    # Years stand beside the dimensions of a level; they are no words to compare.
    criteria = card[(card.level == row.level) & ~card.dimension.str.startswith("years, ")]
    return ProfileText(
        row.code,
        profile_name(row_as_dict(row)),
        row.level,
        (row.focus_title, row.title, *titles),
        tuple(work[work.level == row.level].responsibility),
        tuple(skills.skill + ". " + skills.meaning),
        (*criteria.descriptor, *(text for text in asked if isinstance(text, str))),
    )


def findings_table(posting: Posting) -> pd.DataFrame:
    """A posting's findings, one a row: part, item, finding, quote, ask."""
    columns = list(Finding.__dataclass_fields__)
    table = pd.DataFrame([vars(row) for row in findings(posting)], columns=columns)
    return with_units(table, texts(*columns))


def as_json(posting: Posting) -> str:
    """A posting's findings as JSON."""
    fields: dict[str, Any] = asdict(posting)
    return json.dumps(fields, ensure_ascii=False, indent=2)


def as_text(posting: Posting) -> str:
    """A posting's findings for reading in a terminal."""
    lines: list[str] = []
    part = ""
    for row in findings(posting):
        if row.part != part:
            lines += ["", row.part.capitalize()] if lines else [row.part.capitalize()]
            part = row.part
        words = (row.item, row.finding, row.quote, row.ask)
        lines.append("- " + " · ".join(word for word in words if word))
    return "\n".join(lines)
