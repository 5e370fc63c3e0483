"""Shared by the commands of people: who is meant, which column, and who may ask."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError, UnknownNameError
from analytics.suggestions import exact, nearest
from commands.shared import read_store, write_table

if TYPE_CHECKING:
    import pandas as pd

    from analytics.people.positions import Positions
    from analytics.pricing.ageing import Month
    from data.files.people_workbook import Settings

Where = Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE; repeatable.")]
Currency = Annotated[str, typer.Option(help="If the roster has several.")]
MarketMonth = Annotated[str, typer.Option("--month", help="Month of the market; else this one.")]
Inputs = Annotated[
    bool,
    typer.Option(
        "--inputs", help="A workbook of groups holds each person's pay, for bandstand verify."
    ),
]
NOBODY = "no roster is loaded, or nobody passes these filters; 'bandstand load roster FILE' loads"


def owner_only(doing: str) -> None:
    """Refuse what shows or costs single people where `BANDSTAND_RECORDS` is aggregate."""
    from data.records.question import OWNER, server_mode

    if server_mode() != OWNER:
        raise InputError(f"only the owner may {doing}; BANDSTAND_RECORDS is {server_mode()}")


def read_people(month: str) -> "Positions":
    """Everybody against their range, beside the market of a month, this one if empty."""
    from data.people.positions import market_medians, read_positions

    when = month_or_this(month)
    return read_store(lambda con: read_positions(con, market_medians(con, when)))


def among(found: "Positions", where: list[str], currency: str) -> "pd.DataFrame":
    """The people of one currency who pass; raises `InputError`, `UnknownNameError`."""
    from analytics.people.groups import filled
    from analytics.people.selection import PeopleQuery

    table = found.people
    if not len(table):
        raise InputError("no roster is loaded; 'bandstand load roster FILE' loads one")
    if found.earlier:
        typer.echo(
            f"bandstand: {found.earlier:,} people are on an older roster alone, and counted as "
            "of then",
            err=True,
        )
    held = sorted(set(table.currency))
    if not currency and len(held) > 1:
        raise InputError(f"say --currency; the roster has {', '.join(held)}")
    chosen: dict[str, tuple[str, ...]] = {}
    for text in where:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise InputError(f"--where {text!r}: say it as COLUMN=VALUE")
        column = column_of(table, name)
        spelled = exact(value, sorted(set(filled(table[column]))))
        if spelled is None:
            known = sorted(set(filled(table[column])))
            raise UnknownNameError(f"no {name} {value!r} on the roster; {nearest(value, known)}")
        chosen[column] = (*chosen.get(column, ()), spelled)
    asked = PeopleQuery(currency.upper() or held[0], tuple(chosen.items()))
    return asked.among(table)


def column_of(table: "pd.DataFrame", name: str) -> str:
    """A column that people are grouped or narrowed by, as the table spells it."""
    known = exact(name, list(table.columns))
    if known is None:
        raise UnknownNameError(f"no column {name!r}; {nearest(name, list(table.columns))}")
    return known


def month_or_this(month: str) -> "Month":
    """The month of the market; this one if empty."""
    from analytics.pricing.ageing import Month, parse_month

    today = date.today()
    return parse_month(month) if month else Month(today.year, today.month)


def inputs_of(
    table: str,
    people: "pd.DataFrame",
    fmt: str,
    month: str = "",
    by: str = "",
    settings: "Settings" = None,
    inputs: bool = False,
) -> str:
    """What a workbook of people is computed from, for `bandstand verify`; empty for other files.

    A table that names nobody gets it with ``inputs`` alone: it holds each person's pay.
    """
    from analytics.people.scenario import loads_behind
    from data.files.people_workbook import OF_GROUPS, people_file
    from queries import run

    if fmt != "xlsx" or (table in OF_GROUPS and not inputs):
        return ""
    loads = loads_behind(people, read_store(lambda con: run(con, "loads")))
    return people_file(table, people, str(month_or_this(month)), loads, by, (), settings).spec


def write_people(
    table: "pd.DataFrame",
    what: str,
    options: dict[str, str],
    fmt: str,
    out: str,
    nothing: str,
    spec: str,
) -> None:
    """Write a table of people, and say where its file holds each person's pay."""
    from data.files.people_workbook import NOTE

    if spec:
        typer.echo(f"bandstand: {NOTE}", err=True)
        options = {**options, "Inputs": NOTE}
    write_table(table, what, options, fmt, out, nothing, spec)
