"""Match titles to the store's jobs, one by one or as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analytics.errors import InputError
from analytics.jobs.matching import Job, KnownTitle, Match, Matcher, Neighbor
from analytics.jobs.titles import LevelWord, Vocabulary, words_of
from analytics.units import with_units
from data.catalog.profiles import profile_name, row_as_dict
from data.files.opened import OpenOptions
from data.files.problems import FileError
from data.files.read_table import read_table, read_text
from data.files.text_table import TextTable, column_name
from data.imports.team_files.file_types import file_type
from data.imports.team_files.headings import tidy_heading
from queries import run

#: How many alternatives a list shows beside the best match.
ALTERNATIVES = 2
_LIMIT = "TABLE_MB"


def read_matcher(con: duckdb.DuckDBPyConnection) -> Matcher:
    """A matcher of all the jobs and titles in the store."""
    vocabulary = read_vocabulary(con)
    profiles = run(con, "profiles")
    known_titles = run(con, "known_titles")
    titles: dict[str, list[KnownTitle]] = {}
    work: dict[str, list[str]] = {}
    level_titles = known_titles[known_titles.kind == "level"].set_index("code").title.to_dict()
    for row in known_titles.itertuples():
        if row.kind == "work":
            work.setdefault(row.code, []).append(row.title)
        elif row.kind == "correction" or _names_work(row.title, vocabulary):
            kind = "title" if row.kind == "level" else row.kind
            titles.setdefault(row.code, []).append(KnownTitle(row.title, kind))
    # Skills that only one focus requires point to it.
    lone_skills = run(con, "lone_skills").groupby("focus").skill.agg(tuple).to_dict()
    return Matcher(
        vocabulary,
        [
            Job(
                row.code,
                row.level,
                profile_name(row_as_dict(row)),
                row.track,
                int(row.grade),
                row.focus,
                (row.focus_title, *work.get(row.code, ())),
                tuple(titles.get(row.code, ())),
                lone_skills.get(row.focus, ()),
                level_titles.get(row.code, ""),
            )
            for row in profiles.itertuples()
        ],
        [
            Neighbor(row.title, row.focus_title, row.reason)
            for row in run(con, "title_neighbors").itertuples()
        ],
    )


def read_vocabulary(con: duckdb.DuckDBPyConnection) -> Vocabulary:
    """The words of job titles in the store."""
    words = run(con, "title_words")
    by_kind = {kind: list(rows.itertuples()) for kind, rows in words.groupby("kind")}
    return Vocabulary(
        {r.word: tuple(r.meaning.split()) for k in ("short", "same") for r in by_kind.get(k, ())},
        frozenset(r.word for r in by_kind.get("plain", ())),
        frozenset(r.word for r in by_kind.get("role", ())),
        frozenset(tuple(r.word.split()) for r in by_kind.get("other", ())),
        {
            tuple(r.word.split()): LevelWord(r.track, float(r.grade))
            for r in by_kind.get("level", ())
        },
    )


def match_table(matcher: Matcher, titles: Iterable[str]) -> pd.DataFrame:
    """One row per title: its best match with confidence and reason, and the alternatives.

    For a title without a good match ``code`` is empty, and ``reason`` says so, with
    the neighboring work that the title names, if any.
    """
    table = pd.DataFrame(
        [_row(title, matcher) for title in titles],
        columns=["title", "code", "level", "job", "confidence", "reason", "alternatives"],
    )
    return with_units(table, dict.fromkeys(table.columns, "text") | {"confidence": "number"})


def match_list(matcher: Matcher, titles: Iterable[str], limit: int = 5) -> list[dict[str, Any]]:
    """The matches of each title, best first, as plain values; else the neighboring work."""
    rows: list[dict[str, Any]] = []
    for title in titles:
        matches = [vars(match) for match in matcher.match(title, limit)]
        neighbor = None if matches else matcher.neighbor(title)
        rows.append(
            {"title": title, "matches": matches} | ({"neighbor": str(neighbor)} if neighbor else {})
        )
    return rows


@dataclass(frozen=True)
class TitleList:
    """The titles in a file, and how it was read, a sentence each."""

    titles: list[str]
    notes: list[str]


def titles_in(
    file: str, source: Path | bytes, opening: OpenOptions | None = None, sheet: str = ""
) -> TitleList:
    """The titles in a file: its title column, else its only column; of a .txt, each line.

    The column is known by the headings that it has in rosters and surveys. Every row
    of a table gives one title, empty where the cell is. Raises `InputError` when
    there is none to read or it isn't clear which.
    """
    if file.casefold().endswith(".txt"):
        content = source.read_bytes() if isinstance(source, Path) else source
        text, note = read_text(file, content, opening.encoding if opening else "")
        return TitleList(titles_of_lines(text), [note] if note else [])
    table = _title_table(file, source, opening or OpenOptions(), sheet)
    notes = [table.note] if table.note else []
    column = min(filter(None, map(_as_title, table.headings)), default=None)
    if column is not None:
        at = [_as_title(heading) for heading in table.headings].index(column)
        if column[1] not in ("title", "titles", "job title"):
            notes.append(f"titles from {table.headings[at]!r}")
        return TitleList([cells[at].strip() for _, cells in table.rows], notes)
    if len(table.headings) == 1:
        # A list of titles alone has no heading: its first line is a title too.
        rows = (table.headings, *(cells for _, cells in table.rows))
        return TitleList([cells[0].strip() for cells in rows], notes)
    columns = ", ".join(map(column_name, table.headings))
    raise InputError(
        f"{file}, row {table.header_row}: none of the columns {columns} is "
        "called title; rename one, or save a list of titles alone as .txt"
    )


def _as_title(heading: str) -> tuple[int, str] | None:
    """How well a heading names a column of titles, 0 being best; None if it does not."""
    words = tidy_heading(heading)
    known = ("title", "titles", "job title", "jobtitle", "position", "role", "job",
             *file_type("roster").fields["title"].headings,
             *file_type("survey").fields["title"].headings)  # fmt: skip
    return (known.index(words), words) if words in known else None


def _column_of(heading: str) -> str:
    return "title" if _as_title(heading) else column_name(heading)


def _title_table(file: str, source: Path | bytes, opening: OpenOptions, sheet: str) -> TextTable:
    opening = replace(opening, size_limit=_LIMIT)
    try:
        table, problems = read_table(
            file, source, ("title",), named=_column_of, opening=opening, sheet=sheet
        )
    except FileError as error:
        problems = [error.problem]
    if problems:
        reasons = "; ".join(map(str, problems[:5]))
        raise InputError(f"{reasons}. A file that ends in .txt is read as one title a line")
    return table


def titles_of_lines(text: str) -> list[str]:
    """One title a line, blank lines passed over."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def no_match_reason(matcher: Matcher, title: str) -> str:
    """Why a title means no job: the neighboring work that it names, if it is known."""
    neighbor = matcher.neighbor(title)
    return f"no good match; {neighbor}" if neighbor else "no good match"


def _row(title: str, matcher: Matcher) -> dict[str, Any]:
    matches: Sequence[Match] = matcher.match(title, 1 + ALTERNATIVES)
    if not matches:
        reason = no_match_reason(matcher, title)
        return {"title": title, "code": "", "level": "", "job": "", "reason": reason}
    best, *others = matches
    return {
        "title": title,
        "code": best.code,
        "level": best.level,
        "job": best.title,
        "confidence": best.confidence,
        "reason": best.reason,
        "alternatives": "; ".join(f"{m.code} {m.confidence:.2f}" for m in others),
    }


def _names_work(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title names more than a level: Director alone could be anyone's."""
    level_words = {word for phrase in vocabulary.levels for word in phrase}
    words = words_of(title, vocabulary)
    return any(w not in level_words and w not in vocabulary.role for w in words)
