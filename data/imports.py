"""What a team brings: loaded in one transaction, logged, and withdrawn whole."""

import getpass
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from analytics.errors import InputError, UnknownNameError
from data import oews_load, survey_load, taxonomy, taxonomy_files
from data.oews import Release
from data.problems import Problem, RejectedError
from data.store import transaction
from data.survey import Survey
from data.survey_load import Placed
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
        load = _log(con, "taxonomy", name, sha256, len(read), len(read))
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
        if _kind(con, load) == "taxonomy":
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


def load_oews(
    con: duckdb.DuckDBPyConnection, release: Release, content: bytes
) -> tuple[str, list[Problem]]:
    """Load the rows of a BLS release that can be right; those left out come back with reasons.

    Rows that the store holds already, alike, count as loaded and are not stored
    twice: the same release a second time changes nothing.
    """
    with transaction(con):
        found = oews_load.sort_out(con, release)
        rejected = [*release.rejected, *found.contradicting]
        left_out = len({problem.row for problem in rejected})
        kept = release.rows_in - left_out
        said = f"{release.rows_in:,} rows in, {kept:,} loaded, {left_out:,} rejected"
        if not found.new:
            return f"{said}; nothing is new in OEWS May {release.year}, nothing changed", rejected
        sha256 = hashlib.sha256(content).hexdigest()
        load = _log(con, "oews", release.file, sha256, release.rows_in, kept)
        oews_load.insert(con, load, found.new)
        _describe_oews(con, load, release.file)
    known = f", {len(found.known):,} of them known already" if found.known else ""
    return f"load {load}: OEWS May {release.year}, {said}{known}", rejected


def load_survey(
    con: duckdb.DuckDBPyConnection, survey: Survey, placed: list[Placed], left_out: int, name: str
) -> str:
    """Load a survey's jobs as a source of pricings, under the name of the survey.

    ``left_out`` rows were rejected before. Raises `InputError` when no row is left,
    or when the survey is loaded already.
    """
    if not placed:
        raise InputError(f"{survey.file}: no row is left to load")
    told = repr([(p.row, p.code) for p in placed])
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    with transaction(con):
        same = con.execute(
            "select load from import_log where sha256 = ? and state = ?", [sha256, ACTIVE]
        ).fetchone()
        if same:
            return f"the same rows are loaded already, as load {same[0]}; nothing changed"
        load = _log(con, "survey", name, sha256, survey.rows_in, len(placed))
        survey_load.insert(con, load, placed)
        _describe_survey(con, load, name)
    used = sum(bool(p.code) for p in placed)
    return (
        f"load {load}: {survey.rows_in:,} rows in, {len(placed):,} loaded, {left_out:,} rejected; "
        f"{used:,} mean a profile"
    )


def _describe_survey(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, bases),) = con.execute(
        "select min(as_of), max(as_of), count(*), string_agg(distinct pay_basis, ', ') "
        "from imported_survey where load = ?",
        [load],
    ).fetchall()
    _add_source(
        con,
        load,
        title=name,
        publisher=name,
        as_of=first if first == last else f"{first} to {last}",
        licence="That of your survey",
        pay_basis=bases,
        population="As the survey says",
        n=f"{rows:,} jobs",
        disclosure="A survey of your own; its licence says who may see it",
    )


def _describe_oews(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows),) = con.execute(
        "select min(year), max(year), count(*) from imported_occupation where load = ?", [load]
    ).fetchall()
    span = f"{first}-05" if first == last else f"{first}-05 to {last}-05"
    _add_source(
        con,
        load,
        title=f"OEWS {span}, loaded from {name}",
        publisher="US Bureau of Labor Statistics",
        as_of=span,
        licence="Public domain (US government work)",
        pay_basis="oews_wage",
        population="Wage and salary workers of the establishments that BLS surveys",
        n=f"{rows:,} rows",
        disclosure="Straight-time pay with commissions, without bonuses and equity",
    )


def _add_source(con: duckdb.DuckDBPyConnection, load: int, **said: str) -> None:
    con.execute(
        "insert into source values ($s, $title, $publisher, $c, 'not published', 'not published', "
        "$c, $as_of, $licence, $pay_basis, $population, $n, $disclosure, "
        "'Loaded by your team', 'Taken as written in the file', 'own')",
        {"s": source_of(load), "c": f"load {load}", **said},
    )


def _kind(con: duckdb.DuckDBPyConnection, load: int) -> str:
    ((kind,),) = con.execute("select kind from import_log where load = ?", [load]).fetchall()
    return str(kind)


def _reload(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    if _kind(con, load) == "oews":
        if other := oews_load.clashing(con, load):
            raise InputError(f"load {other} holds rows of load {load}; withdraw that one first")
        _describe_oews(con, load, name)
        return
    if _kind(con, load) == "survey":
        _describe_survey(con, load, name)
        return
    files = con.execute("select name, content from taxonomy_file where load = ?", [load]).fetchall()
    read, problems = taxonomy.read(con, dict(files))
    if problems:
        raise RejectedError(problems)
    _apply(con, load, name, read)


def _apply(con: duckdb.DuckDBPyConnection, load: int, name: str, read: Taxonomy) -> None:
    functions = ", ".join(r["title"] for r in read.each("functions")) or "own focuses"
    _add_source(
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
    taxonomy.insert(con, read, source_of(load))


def _log(
    con: duckdb.DuckDBPyConnection, kind: str, name: str, sha256: str, rows: int, loaded: int
) -> int:
    (load,) = con.execute("select coalesce(max(load), 0) + 1 from import_log").fetchall()[0]
    con.execute(
        "insert into import_log values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [load, kind, name, sha256, rows, loaded, rows - loaded, _now(), getpass.getuser(), ACTIVE],
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
