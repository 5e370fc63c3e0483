"""What the team loaded, as sources among the others."""

import duckdb

from analytics.load_source import load_source

#: What every made-up organisation's name begins with; a load of such is called demo data.
DEMO = "Demo organisation"


def add_load_source(con: duckdb.DuckDBPyConnection, kind: str, load: int, name: str) -> None:
    """Put a load among the sources, by what its rows say of themselves."""
    add = {
        "oews": _oews,
        "survey": _survey,
        "records": _records,
        "roster": _roster,
        "ranges": _ranges,
    }[kind]
    add(con, load, name)


def add_source(con: duckdb.DuckDBPyConnection, load: int, **said: str) -> None:
    """A row of `source` for a load; what a file of one's own has not is not published."""
    con.execute(
        "insert into source values ($s, $title, $publisher, $c, 'not published', 'not published', "
        "$c, $as_of, $licence, $pay_basis, $population, $n, $disclosure, "
        "'Loaded by your team', 'Taken as written in the file', 'own')",
        {"s": load_source(load), "c": f"load {load}", **said},
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
    _own_file(
        con, load, name, str(_span(first, last)), "base",
        f"{rows:,} people of {organisations:,} organisation{'s' if organisations > 1 else ''}",
        "Made up: nobody's pay" if demo
        else "Pay of single people; who sees it here sees their pay",
        publisher="Demo data, generated" if demo else "Your team",
    )  # fmt: skip


def _roster(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows),) = con.execute(
        "select min(as_of), max(as_of), count(*) from employee where load = ?", [load]
    ).fetchall()
    _own_file(
        con, load, name, str(_span(first, last)), "base", f"{rows:,} people",
        "Pay of your own people; who sees it here sees their pay",
    )  # fmt: skip


def _ranges(con: duckdb.DuckDBPyConnection, load: int, name: str) -> None:
    ((first, last, rows, bases),) = con.execute(
        "select min(effective_date), max(effective_date), count(*), "
        "string_agg(distinct pay_basis, ', ' order by pay_basis) from pay_range where load = ?",
        [load],
    ).fetchall()
    _own_file(
        con, load, name, str(_span(first, last)), bases, f"{rows:,} ranges",
        "Your own pay structure; a midpoint that it does not give is half way",
    )  # fmt: skip


def _own_file(
    con: duckdb.DuckDBPyConnection,
    load: int,
    name: str,
    as_of: str,
    pay_basis: str,
    n: str,
    disclosure: str,
    publisher: str = "Your team",
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
