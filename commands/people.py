"""`bandstand people`: your own people against your own ranges, and what raises cost."""

from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.people_merit import merit
from commands.people_shared import (
    NOBODY,
    Currency,
    Inputs,
    MarketMonth,
    Where,
    among,
    column_of,
    inputs_of,
    owner_only,
    read_people,
    write_people,
)
from commands.shared import Format, OutFile, output_format

if TYPE_CHECKING:
    from analytics.people.cost import Goal

people = typer.Typer(
    help="Your people against the ranges of their levels.\n\n"
    "Example: bandstand people export --by level",
    no_args_is_help=True,
)


@people.command()
def export(
    by: Annotated[str, typer.Option(help="A column to group by; else one row a person.")] = "",
    where: Where = None,
    currency: Currency = "",
    month: MarketMonth = "",
    mode: Annotated[
        str, typer.Option(help="owner, or aggregate for others to see; else as BANDSTAND_RECORDS.")
    ] = "",
    inputs: Inputs = False,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Everybody's compa-ratio, range penetration and position, or those of groups.

    Who has no range is in the file with the reason; leavers are not.

    Example: bandstand people export --by function --where level=P3 --out people.xlsx
    """
    from analytics.people.groups import aggregate_table, group_table
    from data.files.people_workbook import GROUPS, PEOPLE
    from data.records.question import AGGREGATE, OWNER, server_mode

    fmt = output_format(fmt, out)
    mode = mode or server_mode()
    if mode not in (OWNER, AGGREGATE):
        raise InputError(f"no mode {mode!r}; use {OWNER} or {AGGREGATE}")
    if mode == OWNER:
        owner_only("export people one by one, or by other columns than level")
    if mode == AGGREGATE and (where or by not in ("", "level")):
        raise InputError("in aggregate mode people are grouped by level alone, without filters")
    table = found = among(read_people(month), where or [], currency)
    spec = ""
    if mode == AGGREGATE:
        table = aggregate_table(found, "level")
    elif by:
        table = group_table(found, column_of(found, by))
        spec = inputs_of(GROUPS, found, fmt, month, column_of(found, by), inputs=inputs)
    else:
        spec = inputs_of(PEOPLE, found, fmt, month)
    asked = {"by": by or "person", "where": ", ".join(where or []) or "everybody", "mode": mode}
    write_people(table, "people", asked, fmt, out, NOBODY, spec)


@people.command()
def cost(
    to: Annotated[str, typer.Option(help="minimum, market, or a compa-ratio.")] = "minimum",
    by: Annotated[str, typer.Option(help="A column to group by.")] = "level",
    where: Where = None,
    currency: Currency = "",
    month: MarketMonth = "",
    inputs: Inputs = False,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """What it costs a year to bring everybody to a point of their range, by group.

    At each one's FTE, without charges on top, and never beyond a range's maximum.

    Example: bandstand people cost --to 0.9 --by function --out cost.csv
    """
    from analytics.people.cost import cost_table
    from data.files.people_workbook import COST

    owner_only("compute what raises cost")
    fmt = output_format(fmt, out)
    goal = _goal(to)
    found = among(read_people(month), where or [], currency)
    column = column_of(found, by)
    table = cost_table(found, goal, column)
    spec = inputs_of(COST, found, fmt, month, column, goal, inputs)
    asked = {"to": goal.label, "by": by, "where": ", ".join(where or []) or "everybody"}
    write_people(table, "people cost", asked, fmt, out, NOBODY, spec)


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
    from data.files.people_workbook import RAISES

    owner_only("compute raises")
    fmt = output_format(fmt, out)
    found = among(read_people(""), where or [], currency)
    floors = dict(_floor(text) for text in floor or [])
    column = column_of(found, rating) if floors else ""
    step = None if manager_step is None else manager_step / 100
    goals = RaiseGoals(minimum, floors, column, step)
    plan = cheapest_raises(found, goals)
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
    spec = inputs_of(RAISES, found, fmt, settings=goals)
    write_people(plan.raises, "people raises", asked, fmt, out, "nobody needs a raise", spec)


def _floor(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        ratio = float(value)
    except ValueError:
        ratio = 0.0
    if not name.strip() or not 0 < ratio <= 2:
        raise InputError(f"--floor {text!r}: say it as RATING=COMPA-RATIO, such as 5=1.0")
    return name.strip(), ratio


def _goal(text: str) -> "Goal":
    from analytics.people.cost import COMPA_RATIO, MARKET, MINIMUM, Goal

    if text in (MINIMUM, MARKET):
        return Goal(text)
    try:
        ratio = float(text)
    except ValueError:
        raise InputError(f"--to {text!r}: use minimum, market, or a ratio such as 0.9") from None
    return Goal(COMPA_RATIO, ratio)


people.command()(merit)
