"""What a team brings: loaded in one transaction, logged, and withdrawn whole."""

from collections.abc import Mapping
from typing import Any

import duckdb

from analytics.errors import InputError
from analytics.load_source import load_source
from data.files.problems import Problem, RejectedError
from data.imports.log import (
    ACTIVE,
    SET_ASIDE,
    WITHDRAWN,
    load_name,
    load_type,
    log_load,
    set_state,
)
from data.imports.oews import reconcile as oews_load
from data.imports.oews.release import Release
from data.imports.provenance import add_load_source, add_source
from data.imports.taxonomy import files as taxonomy_files
from data.imports.taxonomy import tables as taxonomy
from data.imports.taxonomy.files import Taxonomy
from data.imports.team_files import insert as loading
from data.imports.team_files.check import CheckedFile
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession
from data.store.connection import transaction
from data.store.digest import sha256


def load_taxonomy(con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes], name: str) -> str:
    """Load a taxonomy's files, or raise `RejectedError` with all that is wrong.

    The same files a second time change nothing. Returns what was done, in words.
    """
    digest = taxonomy_files.files_digest(files)
    if known := loaded_already(con, files):
        return known
    with transaction(con):
        read, problems = taxonomy.read_taxonomy(con, files)
        if problems:
            raise RejectedError(problems)
        load = log_load(con, "taxonomy", name, digest, len(read), len(read))
        con.executemany(
            "insert into taxonomy_file values (?, ?, ?)",
            [[load, file, content] for file, content in files.items()],
        )
        _apply(con, load, name, read)
    counts = ", ".join(f"{len(rows):,} {file}" for file, rows in read.rows.items() if rows)
    return f"load {load}: {len(read):,} rows in, {len(read):,} loaded, 0 rejected ({counts})"


def loaded_already(con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes]) -> str:
    """Words that say so where the same files are an active load; empty otherwise."""
    found = con.execute(
        "select load from import_log where sha256 = ? and state = ?",
        [taxonomy_files.files_digest(files), ACTIVE],
    ).fetchone()
    return f"these files are loaded already, as load {found[0]}; nothing changed" if found else ""


def withdraw(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Take a load's rows out of the tables; its files stay, for a later `restore`.

    Raises `UnknownNameError` for a load that is not there, and `InputError`
    where another load's rows refer to this one's.
    """
    load_name(con, load, (ACTIVE,))
    with transaction(con):
        if load_type(con, load) == "taxonomy":
            taxonomy.remove_taxonomy(con, load_source(load))
        con.execute("delete from source where source = ?", [load_source(load)])
        set_state(con, load, WITHDRAWN)
        _refuse_orphans(con)
    return f"load {load} is withdrawn; 'bandstand reapply {load}' brings it back"


def reapply(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Put a withdrawn load back; raises as `load_taxonomy` and `withdraw` do."""
    name = load_name(con, load, (WITHDRAWN, SET_ASIDE))
    same = con.execute(
        "select other.load from import_log as mine join import_log as other "
        "using (kind, sha256, mapping) where mine.load = ? and other.state = ?",
        [load, ACTIVE],
    ).fetchone()
    if same:
        raise InputError(f"load {same[0]} holds the same file; withdraw that one first")
    with transaction(con):
        _reload(con, load, name)
        set_state(con, load, ACTIVE)
    return f"load {load} is active again"


def reload_active(con: duckdb.DuckDBPyConnection) -> None:
    """After the seed tables were made anew, put every active load back into them.

    Loads may rest on each other, whatever their order. One that fits no more is
    set aside, files and all: a build must not fail on it.
    """
    waiting = con.execute(
        "select load, name from import_log where state = ? order by load", [ACTIVE]
    ).fetchall()
    while waiting:
        left = [(load, name) for load, name in waiting if not _fits(con, load, name)]
        if len(left) == len(waiting):
            for load, _ in left:
                set_state(con, load, SET_ASIDE)
            return
        waiting = left


def _fits(con: duckdb.DuckDBPyConnection, load: int, name: str) -> bool:
    try:
        _reload(con, load, name)
    except RejectedError:
        return False
    return True


def load_oews(
    con: duckdb.DuckDBPyConnection, release: Release, content: bytes
) -> tuple[str, list[Problem]]:
    """Load the rows of a BLS release that can be right; those left out come back with reasons.

    Rows that the store holds already, alike, count as loaded and are not stored
    twice: the same release a second time changes nothing.
    """
    with transaction(con):
        found = oews_load.reconcile(con, release)
        rejected = [*release.rejected, *found.contradicting]
        left_out = len({problem.row for problem in rejected})
        kept = release.rows_in - left_out
        said = f"{release.rows_in:,} rows in, {kept:,} loaded, {left_out:,} rejected"
        if not found.new:
            return f"{said}; nothing is new in OEWS May {release.year}, nothing changed", rejected
        load = log_load(con, "oews", release.file, sha256(content), release.rows_in, kept)
        oews_load.insert_occupations(con, load, found.new)
        add_load_source(con, "oews", load, release.file)
    known = f", {len(found.known):,} of them known already" if found.known else ""
    return f"load {load}: OEWS May {release.year}, {said}{known}", rejected


def load_team_file(
    con: duckdb.DuckDBPyConnection, session: ImportSession, checked: CheckedFile, name: str
) -> str:
    """Load the rows of a checked file, under a name; returns what was done, in words.

    The same file a second time changes nothing. Raises `InputError` while a
    question is open, when no row is left, or when the file is loaded already
    with other options; `CancelledError` when the session is cancelled.
    """
    report = checked.report
    if report.questions:
        raise InputError(f"{report.file}: {report.questions[0].text}; {report.questions[0].option}")
    if not report.to_load:
        raise InputError(f"{report.file}: no row is left to load")
    kind = report.layout.kind
    mapping = report.layout.as_options().to_json()
    with session.work(), transaction(con):
        if known := _same_file(con, report, mapping):
            return known
        load = log_load(
            con,
            kind.name,
            name,
            report.layout.table.sha256,
            report.rows_in,
            report.to_load,
            file=report.file,
            mapping=mapping,
        )
        loading.insert_rows(con, load, session, kind)
        add_load_source(con, kind.name, load, name)
    more = f"; {report.with_profile:,} mean a profile" if kind.by_title else ""
    return (
        f"load {load}: {report.rows_in:,} rows in, {report.to_load:,} loaded, "
        f"{report.left_out:,} rejected{more}"
    )


def _same_file(con: duckdb.DuckDBPyConnection, report: Report, mapping: str) -> str:
    """A message that the same file is loaded in the same way; raises if in another."""
    layout = report.layout
    loads = con.execute(
        "select load, mapping from import_log where sha256 = ? and kind = ? and state = ?",
        [layout.table.sha256, layout.kind.name, ACTIVE],
    ).fetchall()
    for load, other in loads:
        if other == mapping:
            return f"this file is loaded already, as load {load}; nothing changed"
        before, now = ImportOptions.from_json(other), layout.options
        if (before.member, before.sheet) == (now.member, now.sheet):
            raise InputError(
                f"{report.file}: is loaded already, as load {load}, with its columns taken "
                "otherwise; withdraw that load first"
            )
    return ""


def _reload(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    kind = load_type(con, load)
    if kind == "oews" and (other := oews_load.conflicting_load(con, load)):
        raise InputError(f"load {other} holds rows of load {load}; withdraw that one first")
    if kind != "taxonomy":
        add_load_source(con, kind, load, name)
        return
    files = con.execute("select name, content from taxonomy_file where load = ?", [load]).fetchall()
    read, problems = taxonomy.read_taxonomy(con, dict(files))
    if problems:
        raise RejectedError(problems)
    _apply(con, load, name, read)


def _apply(con: duckdb.DuckDBPyConnection, load: int, name: str, read: Taxonomy) -> None:
    functions = ", ".join(r["title"] for r in read.each("functions")) or "own focuses"
    add_source(
        con,
        load,
        title=functions,
        publisher="Your team",
        as_of="not stated",
        licence="Your own",
        pay_basis="none",
        population=functions,
        n=f"{len(read):,} rows",
        disclosure=f"Loaded from {name}, and checked for form alone",
    )
    taxonomy.insert_taxonomy(con, read, load_source(load))


def _refuse_orphans(con: duckdb.DuckDBPyConnection) -> None:
    for what, sql in _ORPHANS.items():
        orphans: list[Any] = con.execute(sql).fetchall()
        if orphans:
            raise InputError(
                f"{what} of another load would be left without its home: {orphans[0][0]}; "
                "withdraw that load first"
            )


_ORPHANS = {
    "the focus": "select focus from focus anti join job_function using (function)",
    "the ladder": "select ladder from ladder anti join job_function using (function)",
    "the role guide": """
        select function
        from (select function from guide_entry union select function from guide_phrase)
        anti join job_function using (function)
    """,
    "the crosswalk": """
        select a.ladder from crosswalk a
        where not exists (from level l where l.ladder = a.ladder and l.level = a.level)
           or (a.to_level is not null and not exists
               (from level l where l.ladder = a.to_ladder and l.level = a.to_level))
    """,
}
