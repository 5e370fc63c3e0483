"""Pay of an hour, a day, a week or a month as pay of a year: by heading, or row by row.

A heading that states its period is believed. Else a column of pay periods
decides for each row; else base pay is a year's, and a rate an hour's.
"""

from decimal import Decimal

from data.imports.team_files.headings import split_period
from data.imports.team_files.layout import Layout
from data.imports.team_files.options import OF_ITS_ROW
from data.imports.team_files.pay_periods import HOUR, PERIODS, TIMES_A_YEAR, YEAR
from data.imports.team_files.sql_values import BOUNDS, REASONS
from data.imports.team_files.validation_rules import Rule

WEEKS = 52
#: More hours than this are seldom those of one week.
LONG_WEEK = 60
#: What a column of hours can be of → how often that comes in a year.
HOURS_OF = {"week": 52, "two weeks": 26, "month": 12, "year": 1}
#: Hours above a long week are of two weeks, the others of one.
MIXED = "mixed"
#: Pay beside base pay, which is of a year or of its row's period.
OTHER_PAY = ("variable", "overtime", "equity")
OF_NO_PERIOD = "is of a year or of its row's pay period; --other-pay-per says of which"
#: Units that scale a figure and say nothing of its period.
POWERS_OF_TEN = tuple(Decimal(10) ** n for n in range(-6, 7))


def heading_period(layout: Layout, name: str) -> str:
    """The period that the heading of a field's column states; empty where it states none."""
    column = layout.mapped.get(name)
    return split_period(column.heading)[1] if column else ""


def multiplier(layout: Layout, name: str) -> Decimal:
    """What a field's amounts are multiplied by: the units, and the period that a heading states.

    Units that are no power of ten, such as 12 or 2080, are how often the period
    comes in a year already.
    """
    units = layout.options.factor
    if units not in POWERS_OF_TEN:
        return units
    return units * TIMES_A_YEAR.get(heading_period(layout, name), 1)


def hours_factor(layout: Layout) -> str:
    """SQL of what a cell ``v_hours_per_week`` is multiplied by to be the hours of a week."""
    of = layout.options.hours_per or heading_period(layout, "hours_per_week") or "week"
    if of == MIXED:
        return f"(case when {{0}} > {LONG_WEEK} then 0.5 else 1 end)"
    return f"({TIMES_A_YEAR[of]}::double / {WEEKS})" if of != "week" else "1"


def by_row(layout: Layout, name: str) -> bool:
    """Whether a column of pay periods decides what period a pay field is of."""
    if "pay_period" not in layout.known_fields or name not in layout.mapped:
        return False
    stated = name == "base" and layout.options.factor not in POWERS_OF_TEN
    return not heading_period(layout, name) and not stated


def other_pay(layout: Layout) -> list[str]:
    """The pay fields whose period only the column of pay periods could say."""
    if not (by_row(layout, "base") or by_row(layout, "hourly_rate")):
        return []
    return [n for n in OTHER_PAY if n in layout.mapped and not heading_period(layout, n)]


def annual_pay(layout: Layout) -> dict[str, str]:
    """Field → SQL of its pay a year in hundredths, where it is not that as it stands."""
    base = annual_base(layout) if "base" in layout.kind.fields else "v_base"
    found = {"v_base": base} if base != "v_base" else {}
    of_row = layout.options.other_pay_per == OF_ITS_ROW
    if of_row:
        found |= {f"v_{n}": f"coalesce({_of_row(n)}, v_{n})" for n in other_pay(layout)}
    if "total_cash" in layout.mapped and by_row(layout, "base"):
        # Nothing but a comparison reads it: a total below a year's base pay is its period's.
        a_period = "true" if of_row else f"v_total_cash < {base}"
        found["v_total_cash"] = f"if({a_period}, {_of_row('total_cash')}, v_total_cash)"
    return found


def _of_row(name: str) -> str:
    return _whole(f"(v_{name} * {_times()})")


def annual_base(layout: Layout) -> str:
    """SQL of base pay a year in hundredths, from ``v_base`` or else the rate."""
    base = f"(v_base * {_times()})" if by_row(layout, "base") else "v_base"
    if "hourly_rate" not in layout.known_fields:
        # A row whose period is not known is left out for that, not for its amount.
        return f"coalesce({_whole(base)}, v_base)" if base != "v_base" else base
    if by_row(layout, "hourly_rate"):
        times = _times()
    else:
        period = heading_period(layout, "hourly_rate")
        times = str(TIMES_A_YEAR[period]) if period in TIMES_A_YEAR else _HOURS_A_YEAR
    rate = f"cast(v_hourly_rate as double) * 100 * {times}"
    return f"coalesce(nullif({_whole(base)}, 0), {_whole(rate)}, v_base)"


_HOURS_A_YEAR = f"(cast(v_hours_per_week as double) * {WEEKS})"


def _times() -> str:
    cases = " ".join(f"when '{period}' then {n}" for period, n in TIMES_A_YEAR.items())
    return f"(case v_pay_period {cases} when '{HOUR}' then {_HOURS_A_YEAR} end)"


def _whole(pay: str) -> str:
    return f"try_cast(round({pay}) as bigint)"


def annual_pay_rules(layout: Layout) -> list[Rule]:
    """What leaves a row out because its pay can't be annualized."""
    if "base" not in layout.kind.fields:
        return []
    rules = []
    base, rate = by_row(layout, "base"), by_row(layout, "hourly_rate")
    used = " or ".join(filter(None, ("t_base is not null" * base, f"({_RATE_ALONE})" * rate)))
    if used:
        known = f"is not one of {', '.join(PERIODS)}; --map-period month=NAME says what it is"
        unknown = f"({used}) and t_pay_period is not null and v_pay_period is null"
        empty = "is empty, so pay can't be annualized; --set pay_period=year fills empty ones"
        rules += [
            Rule("pay_period", unknown, known),
            Rule("pay_period", f"({used}) and t_pay_period is null", empty),
        ]
    if not layout.options.other_pay_per:
        shorter = f"v_pay_period <> '{YEAR}'"  # of a row beyond those that questions look at
        rules += [
            Rule(n, f"{shorter} and v_{n} <> 0 and not suffix(t_{n}, '%')", OF_NO_PERIOD, True)
            for n in other_pay(layout)
        ]
    if hourly := hourly_rows(layout):
        no_hours = "so hourly pay can't be annualized; --set hours_per_week=40 fills empty ones"
        empty = f"({hourly}) and t_hours_per_week is null"
        bounds, outside = BOUNDS["hours"]
        unread = f"({hourly}) and t_hours_per_week is not null and v_hours_per_week is null"
        rules += [
            Rule("hours_per_week", empty, f"is empty, {no_hours}"),
            Rule("hours_per_week", unread, REASONS["hours"]),
            Rule("hours_per_week", f"({hourly}) and {bounds.format('hours_per_week')}", outside),
        ]
        if not layout.options.hours_per:
            long = f"({hourly}) and v_hours_per_week > {LONG_WEEK}"
            reason = f"is over {LONG_WEEK} hours a week; --hours-per says what they are of"
            rules.append(Rule("hours_per_week", long, reason))
    return rules


_RATE_ALONE = "t_hourly_rate is not null and t_base is null"


def hourly_rows(layout: Layout) -> str:
    """SQL of which rows are paid by the hour; empty if none can be."""
    an_hour = f"v_pay_period = '{HOUR}'"
    rows = [f"t_base is not null and {an_hour}"] if by_row(layout, "base") else []
    if "hourly_rate" in layout.known_fields:
        if by_row(layout, "hourly_rate"):
            rows.append(f"{_RATE_ALONE} and {an_hour}")
        elif heading_period(layout, "hourly_rate") in ("", HOUR):
            rows.append(_RATE_ALONE)
    return " or ".join(f"({row})" for row in rows)


def times(period: str) -> str:
    """How pay of a period becomes a year's, in a few words."""
    return f"times {TIMES_A_YEAR[period]}" if period != HOUR else f"times hours times {WEEKS}"


def stated_periods(layout: Layout) -> dict[str, str]:
    """Heading → the period other than a year that it states, of the pay fields."""
    pay = ("money", "hourly")
    money = [n for n in layout.mapped if layout.kind.fields[n].unit in pay]
    found = {layout.mapped[name].heading: heading_period(layout, name) for name in money}
    return {heading: period for heading, period in found.items() if period not in ("", YEAR)}
