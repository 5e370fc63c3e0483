"""`bandstand people`: your own people against your own ranges, and what raises cost."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError, UnknownNameError
from analytics.suggestions import exact, nearest
from commands.shared import Format, OutFile, output_format, read_store, write_table

if TYPE_CHECKING:
    import pandas as pd

    from analytics.people.cost import Goal
    from analytics.people.positions import Positions

people = typer.Typer(
    help="Your people against the ranges of their levels.\n\n"
    "Example: bandstand people export --by level",
    no_args_is_help=True,
)
Where = Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE; repeatable.")]
Currency = Annotated[str, typer.Option(help="If the roster has several.")]
MarketMonth = Annotated[str, typer.Option("--month", help="Month of the market; else this one.")]
_NOBODY = "no roster is loaded, or nobody passes these filters; 'bandstand load roster FILE' loads"


@people.command()
def export(
    by: Annotated[str, typer.Option(help="A column to group by; else one row a person.")] = "",
    where: Where = None,
    currency: Currency = "",
    month: MarketMonth = "",
    mode: Annotated[
        str, typer.Option(help="owner, or aggregate for others to see; else as BANDSTAND_RECORDS.")
    ] = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Everybody's compa-ratio, range penetration and position, or those of groups.

    Who has no range is in the file with the reason; leavers are not.

    Example: bandstand people export --by function --where level=P3 --out people.xlsx
    """
    from analytics.people.groups import aggregate_table, group_table
    from data.records.question import AGGREGATE, OWNER, server_mode

    fmt = output_format(fmt, out)
    mode = mode or server_mode()
    if mode not in (OWNER, AGGREGATE):
        raise InputError(f"no mode {mode!r}; use {OWNER} or {AGGREGATE}")
    if mode == OWNER:
        owner_only("export people one by one, or by other columns than level")
    if mode == AGGREGATE and (where or by not in ("", "level")):
        raise InputError("in aggregate mode people are grouped by level alone, without filters")
    table = _among(_positions(month), where or [], currency)
    if mode == AGGREGATE:
        table = aggregate_table(table, "level")
    elif by:
        table = group_table(table, _column(table, by))
    asked = {"by": by or "person", "where": ", ".join(where or []) or "everybody", "mode": mode}
    write_table(table, "people", asked, fmt, out, _NOBODY)


@people.command()
def cost(
    to: Annotated[str, typer.Option(help="minimum, market, or a compa-ratio.")] = "minimum",
    by: Annotated[str, typer.Option(help="A column to group by.")] = "level",
    where: Where = None,
    currency: Currency = "",
    month: MarketMonth = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What it costs a year to bring everybody to a point of their range, by group.

    At each one's FTE, without charges on top, and never beyond a range's maximum.

    Example: bandstand people cost --to 0.9 --by function --out cost.csv
    """
    from analytics.people.cost import cost_table

    owner_only("compute what raises cost")
    fmt = output_format(fmt, out)
    goal = _goal(to)
    found = _among(_positions(month), where or [], currency)
    table = cost_table(found, goal, _column(found, by))
    asked = {"to": goal.label, "by": by, "where": ", ".join(where or []) or "everybody"}
    write_table(table, "people cost", asked, fmt, out, _NOBODY)


@people.command()
def raises(
    floor: Annotated[
        list[str] | None,
        typer.Option(help="RATING=COMPA-RATIO: the least for a rating, such as 5=1.0; repeatable."),
    ] = None,
    rating: Annotated[str, typer.Option(help="The column of ratings.")] = "Performance",
    manager_step: Annotated[
        float | None,
        typer.Option(help="How much more a manager gets than each report, per cent; 0 for none."),
    ] = None,
    minimum: Annotated[bool, typer.Option(help="Everybody at least at the minimum.")] = True,
    budget: Annotated[float | None, typer.Option(help="What may be spent a year.")] = None,
    where: Where = None,
    currency: Currency = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """The cheapest raises that reach all goals within the ranges, and what each goal costs.

    Example: bandstand people raises --floor 5=1.0 --manager-step 0 --budget 500000
    """
    from analytics.money import money
    from analytics.people.raises import RaiseGoals, cheapest_raises

    owner_only("compute raises")
    fmt = output_format(fmt, out)
    found = _among(_positions(""), where or [], currency)
    floors = dict(_floor(text) for text in floor or [])
    column = _column(found, rating) if floors else ""
    step = None if manager_step is None else manager_step / 100
    plan = cheapest_raises(found, RaiseGoals(minimum, floors, column, step))
    paid_in = found.currency.iloc[0] if len(found) else "USD"
    typer.echo(f"bandstand: {money(plan.cost, paid_in, decimals=2)} a year in all", err=True)
    for name, price in plan.prices.items():
        amount = money(price, paid_in, decimals=2)
        typer.echo(f"bandstand: without {name} it would be {amount} less", err=True)
    for manager, report in plan.unreachable:
        typer.echo(f"bandstand: {manager} can't be raised above {report} in their range", err=True)
    if budget is not None and plan.cost > budget:
        short = money(plan.cost - budget, paid_in, decimals=2)
        raise InputError(f"the budget is {short} short; leave out a goal, or lower a floor")
    asked = {
        "minimum": "yes" if minimum else "no",
        "floors": ", ".join(floor or []) or "none",
        "manager step": "none" if manager_step is None else f"{manager_step:g} percent",
        "where": ", ".join(where or []) or "everybody",
    }
    write_table(plan.raises, "people raises", asked, fmt, out, "nobody needs a raise")


def owner_only(doing: str) -> None:
    """Refuse what shows or costs single people where `BANDSTAND_RECORDS` is aggregate."""
    from data.records.question import OWNER, server_mode

    if server_mode() != OWNER:
        raise InputError(f"only the owner may {doing}; BANDSTAND_RECORDS is {server_mode()}")


def _floor(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        ratio = float(value)
    except ValueError:
        ratio = 0.0
    if not name.strip() or not 0 < ratio <= 2:
        raise InputError(f"--floor {text!r}: say it as RATING=COMPA-RATIO, such as 5=1.0")
    return name.strip(), ratio


def _positions(month: str) -> "Positions":
    from analytics.pricing.ageing import Month, parse_month
    from data.people.positions import market_medians, read_positions

    today = date.today()
    when = parse_month(month) if month else Month(today.year, today.month)
    return read_store(lambda con: read_positions(con, market_medians(con, when)))


def _among(found: "Positions", where: list[str], currency: str) -> "pd.DataFrame":
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
        column = _column(table, name)
        spelled = exact(value, sorted(set(filled(table[column]))))
        if spelled is None:
            known = sorted(set(filled(table[column])))
            raise UnknownNameError(f"no {name} {value!r} on the roster; {nearest(value, known)}")
        chosen[column] = (*chosen.get(column, ()), spelled)
    asked = PeopleQuery(currency.upper() or held[0], tuple(chosen.items()))
    return asked.among(table)


def _column(table: "pd.DataFrame", name: str) -> str:
    """A column that people are grouped or narrowed by, as the table spells it."""
    known = exact(name, list(table.columns))
    if known is None:
        raise UnknownNameError(f"no column {name!r}; {nearest(name, list(table.columns))}")
    return known


def _goal(text: str) -> "Goal":
    from analytics.people.cost import COMPA_RATIO, MARKET, MINIMUM, Goal

    if text in (MINIMUM, MARKET):
        return Goal(text)
    try:
        ratio = float(text)
    except ValueError:
        raise InputError(f"--to {text!r}: use minimum, market, or a ratio such as 0.9") from None
    return Goal(COMPA_RATIO, ratio)
