"""The team's loads as sources, beside those of the seeds."""

import duckdb

from analytics.load_source import load_source

#: Prefix of every made-up organization's name; a load of them is labeled demo data.
DEMO = "Demo organisation"
#: How each made-up employee's id, and each made-up pay zone, begins.
DEMO_ID, DEMO_ZONE = "DEMO-", "Demo zone"
_TEAM = "Your team"
_DEMO_PUBLISHER, _MADE_UP = "Demo data, generated", "Made up: nobody's pay"
_SINGLE_PEOPLE = "Pay of single people; who sees it here sees their pay"


def add_load_source(con: duckdb.DuckDBPyConnection, kind: str, load: int, name: str) -> None:
    """Add a load to the sources, with the dates and counts of its rows."""
    add = {
        "oews": _oews,
        "survey": _survey,
        "records": _records,
        "roster": _roster,
        "ranges": _ranges,
    }[kind]
    add(con, load, name)


def add_source(con: duckdb.DuckDBPyConnection, load: int, **fields: str) -> None:
    """Insert a row of `source` for a load; what a team's file lacks is 'not published'."""
    con.execute(
        "insert into source values ($s, $title, $publisher, $c, 'not published', 'not published', "
        "$c, $as_of, $licence, $pay_basis, $population, $n, $disclosure, "
        "'Loaded by your team', 'Taken as written in the file', 'own')",
        {"s": load_source(load), "c": f"load {load}", **fields},
    )


def add_taxonomy_source(
    con: duckdb.DuckDBPyConnection, load: int, name: str, functions: str, rows: int
) -> None:
    """Add a load of a taxonomy to the sources."""
    add_source(
        con,
        load,
        title=functions,
        publisher=_TEAM,
        as_of="not stated",
        licence="Your own",
        pay_basis="none",
        population=functions,
        n=f"{rows:,} rows",
        disclosure=f"Loaded from {name}, and checked for form alone",
    )


def _survey(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, bases),) = con.execute(
        "select min(as_of), max(as_of), count(distinct row), "
        "string_agg(distinct pay_basis, ', ' order by pay_basis) "
        "from imported_survey where load = ?",
        [load],
    ).fetchall()
    add_source(
        con,
        load,
        title=name,
        publisher=name,
        as_of=_span(first, last),
        licence="That of your survey",
        pay_basis=bases,
        population="As the survey says",
        n=f"{rows:,} jobs",
        disclosure="A survey of your own; its licence says who may see it",
    )


def _oews(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows),) = con.execute(
        "select min(year), max(year), count(*) from imported_occupation where load = ?", [load]
    ).fetchall()
    span = _span(f"{first}-05", f"{last}-05")
    add_source(
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


def _records(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, organisations, demo),) = con.execute(
        "select min(effective_date), max(effective_date), count(*), count(distinct organisation), "
        "bool_and(starts_with(organisation, ?)) from pay_record where load = ?",
        [DEMO, load],
    ).fetchall()
    people = f"{rows:,} people of {organisations:,} organisation{'s' if organisations > 1 else ''}"
    _add_team_file(
        con,
        load,
        name,
        _span(first, last),
        "base",
        people,
        _MADE_UP if demo else _SINGLE_PEOPLE,
        publisher=_DEMO_PUBLISHER if demo else _TEAM,
    )


def _roster(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, demo),) = con.execute(
        "select min(as_of), max(as_of), count(*), bool_and(starts_with(employee_id, ?)) "
        "from employee where load = ?",
        [DEMO_ID, load],
    ).fetchall()
    disclosure = _MADE_UP if demo else "Pay of your own people; who sees it here sees their pay"
    publisher = _DEMO_PUBLISHER if demo else _TEAM
    people = f"{rows:,} people"
    _add_team_file(con, load, name, _span(first, last), "base", people, disclosure, publisher)


def _ranges(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, bases, demo),) = con.execute(
        "select min(effective_date), max(effective_date), count(*), "
        "string_agg(distinct pay_basis, ', ' order by pay_basis), "
        "bool_and(starts_with(place, ?)) from pay_range where load = ?",
        [DEMO_ZONE, load],
    ).fetchall()
    halfway = "Your own pay structure; a midpoint that it does not give is half way"
    disclosure, publisher = (_MADE_UP, _DEMO_PUBLISHER) if demo else (halfway, _TEAM)
    ranges = f"{rows:,} ranges"
    _add_team_file(con, load, name, _span(first, last), bases, ranges, disclosure, publisher)


def _add_team_file(
    con: duckdb.DuckDBPyConnection,
    load: int,
    name: str,
    as_of: str,
    pay_basis: str,
    n: str,
    disclosure: str,
    publisher: str,
) -> None:
    add_source(
        con,
        load,
        title=name,
        publisher=publisher,
        as_of=as_of,
        licence="Your own",
        pay_basis=pay_basis,
        population="As the file says",
        n=n,
        disclosure=disclosure,
    )


def _span(first: object, last: object) -> str:
    return str(first) if first == last else f"{first} to {last}"
