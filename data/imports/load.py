"""Load taxonomies and OEWS releases in one transaction; withdraw and restore any load."""

from collections.abc import Mapping
from typing import Any

import duckdb

from analytics.errors import InputError
from analytics.load_source import load_source
from data.files.problems import Problem, RejectedError
from data.imports.ladder_models import refresh_models
from data.imports.log import (
    ACTIVE,
    SET_ASIDE,
    WITHDRAWN,
    load_name,
    load_type,
    log_load,
    set_state,
)
from data.imports.oews import reconcile as oews
from data.imports.oews.release import Release
from data.imports.provenance import add_load_source, add_taxonomy_source
from data.imports.taxonomy.files import Taxonomy, files_digest
from data.imports.taxonomy.read import read_taxonomy
from data.imports.taxonomy.tables import insert_taxonomy, remove_taxonomy
from data.store.digest import sha256
from data.store.load_ledger import acknowledged, give_up, store_of


def load_taxonomy(con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes], name: str) -> str:
    """Load a taxonomy's files, or raise `RejectedError` with every problem.

    The same files a second time change nothing. Returns what was done, as a sentence.
    """
    if message := loaded_already(con, files):
        return message
    with acknowledged(con):
        taxonomy, problems = read_taxonomy(con, files)
        if problems:
            raise RejectedError(problems)
        rows = len(taxonomy)
        load = log_load(con, "taxonomy", name, files_digest(files), rows, rows)
        con.executemany(
            "insert into taxonomy_file values (?, ?, ?)",
            [[load, file, content] for file, content in files.items()],
        )
        _insert_taxonomy(con, load, name, taxonomy)
        models = refresh_models(con)
    counts = ", ".join(f"{len(rows):,} {file}" for file, rows in taxonomy.rows.items() if rows)
    own = {row["function"] for row in taxonomy.each("functions")}
    said = [f"load {load}: {rows:,} rows in, {rows:,} loaded, 0 rejected ({counts})"]
    return "\n".join([*said, *(text for name, text in models.items() if name in own)])


def loaded_already(con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes]) -> str:
    """A message if the same files are an active load; empty otherwise."""
    loaded = con.execute(
        "select load from import_log where sha256 = ? and state = ?",
        [files_digest(files), ACTIVE],
    ).fetchone()
    return f"these files are loaded already, as load {loaded[0]}; nothing changed" if loaded else ""


def load_oews(
    con: duckdb.DuckDBPyConnection, release: Release, content: bytes
) -> tuple[str, list[Problem]]:
    """Load the valid rows of a BLS release; returns what was done, and the problems of the others.

    Rows that the store already has count as loaded and are not stored twice: the
    same release a second time changes nothing.
    """
    with acknowledged(con):
        reconciled = oews.reconcile(con, release)
        rejected = [*release.rejected, *reconciled.contradicting]
        left_out = len({problem.row for problem in rejected})
        loaded = release.rows_in - left_out
        counts = f"{release.rows_in:,} rows in, {loaded:,} loaded, {left_out:,} rejected"
        if not reconciled.new:
            return f"{counts}; OEWS May {release.year} has no new rows, nothing changed", rejected
        load = log_load(con, "oews", release.file, sha256(content), release.rows_in, loaded)
        oews.insert_occupations(con, load, reconciled.new)
        add_load_source(con, "oews", load, release.file)
        refresh_models(con)
    known = f", {len(reconciled.known):,} of them already known" if reconciled.known else ""
    return f"load {load}: OEWS May {release.year}, {counts}{known}", rejected


def withdraw(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Take a load's rows out of the tables; its files stay, for a later `reapply`.

    Raises `UnknownNameError` for an unknown load, and `InputError` if the rows of
    another load refer to its rows. A load that the store lost is no longer missed.
    """
    if _given_up(con, load):
        return f"load {load} is lost, and no longer missed"
    load_name(con, load, (ACTIVE,))
    with acknowledged(con):
        if load_type(con, load) == "taxonomy":
            remove_taxonomy(con, load_source(load))
        con.execute("delete from source where source = ?", [load_source(load)])
        set_state(con, load, WITHDRAWN)
        _refuse_orphans(con)
        refresh_models(con)
    return f"load {load} is withdrawn; 'bandstand reapply {load}' restores it"


def _given_up(con: duckdb.DuckDBPyConnection, load: int) -> bool:
    """Whether a load was lost, and now is no longer missed."""
    known = con.execute("select 1 from import_log where load = ?", [load]).fetchall()
    path = store_of(con)
    return not known and path is not None and give_up(path, load)


def reapply(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Restore a withdrawn load; raises as `load_taxonomy` and `withdraw` do."""
    name = load_name(con, load, (WITHDRAWN, SET_ASIDE))
    same = con.execute(
        "select other.load from import_log as mine join import_log as other "
        "using (kind, sha256) where mine.load = ? and other.state = ?",
        [load, ACTIVE],
    ).fetchone()
    if same:
        raise InputError(f"load {same[0]} is of the same file; withdraw that one first")
    with acknowledged(con):
        _reload(con, load, name)
        set_state(con, load, ACTIVE)
        refresh_models(con)
    return f"load {load} is active again"


def reload_active(con: duckdb.DuckDBPyConnection) -> None:
    """Put every active load back into the seed tables, after they were rebuilt.

    Loads may refer to each other, in any order. One that no longer fits is set
    aside with its files: a build must not fail on it.
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


def _reload(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    kind = load_type(con, load)
    if kind == "oews" and (other := oews.conflicting_load(con, load)):
        raise InputError(f"load {other} has rows of load {load}; withdraw that one first")
    if kind != "taxonomy":
        add_load_source(con, kind, load, name)
        return
    files = con.execute("select name, content from taxonomy_file where load = ?", [load]).fetchall()
    taxonomy, problems = read_taxonomy(con, dict(files))
    if problems:
        raise RejectedError(problems)
    _insert_taxonomy(con, load, name, taxonomy)


def _insert_taxonomy(
    con: duckdb.DuckDBPyConnection, load: int, name: str, taxonomy: Taxonomy
) -> None:
    functions = ", ".join(row["title"] for row in taxonomy.each("functions")) or "own focuses"
    add_taxonomy_source(con, load, name, functions, len(taxonomy))
    insert_taxonomy(con, taxonomy, load_source(load))


def _refuse_orphans(con: duckdb.DuckDBPyConnection) -> None:
    for what, sql in _ORPHANS.items():
        orphans: list[Any] = con.execute(sql).fetchall()
        if orphans:
            raise InputError(
                f"{what} of another load needs this one: {orphans[0][0]}; withdraw that load first"
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
