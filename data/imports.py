"""What a team brings: loaded in one transaction, logged, and withdrawn whole."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from analytics.errors import InputError, UnknownNameError
from data import taxonomy, taxonomy_files
from data.problems import RejectedError
from data.store import transaction
from data.taxonomy_files import Taxonomy
from queries import run

_OWN = Path(__file__).parent / "own.sql"
ACTIVE, WITHDRAWN, SET_ASIDE = "active", "withdrawn", "set aside"


def source_of(load: int) -> str:
    """The name under which the rows of a load stand among the sources."""
    return f"own-load-{load}"


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a team's own, unless they are there."""
    con.execute(_OWN.read_text(encoding="utf-8"))


def load_taxonomy(con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes], name: str) -> str:
    """Load a taxonomy's files, or raise `RejectedError` with all that is wrong.

    The same files a second time change nothing. Returns what was done, in words.
    """
    sha256 = taxonomy_files.fingerprint(files)
    if known := loaded_already(con, files):
        return known
    with transaction(con):
        read, problems = taxonomy.read(con, files)
        if problems:
            raise RejectedError(problems)
        load = _log(con, "taxonomy", name, sha256, len(read))
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
        [taxonomy_files.fingerprint(files), ACTIVE],
    ).fetchone()
    return f"these files are loaded already, as load {found[0]}; nothing changed" if found else ""


def withdraw(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Take a load's rows out of the tables; its files stay, for a later `restore`.

    Raises `UnknownNameError` for a load that is not there, and `InputError`
    where another load's rows refer to this one's.
    """
    _of_state(con, load, (ACTIVE,))
    with transaction(con):
        taxonomy.remove(con, source_of(load))
        con.execute("delete from source where source = ?", [source_of(load)])
        _set_state(con, load, WITHDRAWN)
        _refuse_orphans(con)
    return f"load {load} is withdrawn; 'bandstand reapply {load}' brings it back"


def reapply(con: duckdb.DuckDBPyConnection, load: int) -> str:
    """Put a withdrawn load back; raises as `load_taxonomy` and `withdraw` do."""
    name = _of_state(con, load, (WITHDRAWN, SET_ASIDE))
    with transaction(con):
        _reload(con, load, name)
        _set_state(con, load, ACTIVE)
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
                _set_state(con, load, SET_ASIDE)
            return
        waiting = left


def _fits(con: duckdb.DuckDBPyConnection, load: int, name: str) -> bool:
    try:
        _reload(con, load, name)
    except RejectedError:
        return False
    return True


def correct_titles(con: duckdb.DuckDBPyConnection, codes: Mapping[str, str]) -> None:
    """Keep which job each title means; the latest word on a title stands.

    Raises `UnknownNameError` for a code that no profile has; then none is kept.
    """
    known = {code for (code,) in con.execute("select code from job_profile").fetchall()}
    for title, code in codes.items():
        if code not in known:
            raise UnknownNameError(f"{title}: no profile {code!r}")
    with transaction(con):
        con.executemany(
            "insert or replace into title_correction values (?, ?, ?, ?)",
            [[title.strip(), code, _now(), getpass.getuser()] for title, code in codes.items()],
        )


def forget_title(con: duckdb.DuckDBPyConnection, title: str) -> None:
    """Drop a correction; raises `UnknownNameError` when there is none of the title."""
    gone = con.execute(
        "delete from title_correction where title = ? returning title", [title.strip()]
    ).fetchall()
    if not gone:
        raise UnknownNameError(f"no correction of {title!r}")


def _reload(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    files = con.execute("select name, content from taxonomy_file where load = ?", [load]).fetchall()
    read, problems = taxonomy.read(con, dict(files))
    if problems:
        raise RejectedError(problems)
    _apply(con, load, name, read)


def _apply(con: duckdb.DuckDBPyConnection, load: int, name: str, read: Taxonomy) -> None:
    source = source_of(load)
    functions = ", ".join(r["title"] for r in read.each("functions")) or "own focuses"
    con.execute(
        "insert into source values ($s, $t, 'Your team', $c, 'not published', 'not published', "
        "$on, 'not stated', 'Your own', 'none', $t, $n, 'Loaded by your team, and checked for "
        "form alone', 'Job profiles of your own', 'Taken as written in the files', 'own')",
        {
            "s": source,
            "t": functions,
            "c": f"{name}, load {load}",
            "on": f"load {load}",
            "n": f"{len(read):,} rows",
        },
    )
    taxonomy.insert(con, read, source)


def _log(con: duckdb.DuckDBPyConnection, kind: str, name: str, sha256: str, rows: int) -> int:
    (load,) = con.execute("select coalesce(max(load), 0) + 1 from import_log").fetchall()[0]
    con.execute(
        "insert into import_log values (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
        [load, kind, name, sha256, rows, rows, _now(), getpass.getuser(), ACTIVE],
    )
    return int(load)


def _of_state(con: duckdb.DuckDBPyConnection, load: int, states: tuple[str, ...]) -> str:
    loads = run(con, "loads")
    found = loads[loads.load == load]
    if found.empty:
        known = ", ".join(map(str, loads.load)) or "none"
        raise UnknownNameError(f"no load {load}; there are: {known}")
    if found.state.iloc[0] not in states:
        raise InputError(f"load {load} is {found.state.iloc[0]} already")
    return str(found.name.iloc[0])


def _set_state(con: duckdb.DuckDBPyConnection, load: int, state: str) -> None:
    con.execute("update import_log set state = ? where load = ?", [state, load])


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
    "the crosswalk": """
        select a.ladder from crosswalk a
        where not exists (from level l where l.ladder = a.ladder and l.level = a.level)
           or (a.to_level is not null and not exists
               (from level l where l.ladder = a.to_ladder and l.level = a.to_level))
    """,
}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
