"""Questions about what period a pay figure is of, where the file leaves it open."""

from collections.abc import Sequence
from statistics import median

from analytics.currencies import SMALL_UNITS
from data.imports.team_files.annual_pay import (
    HOURS_OF,
    LONG_WEEK,
    MIXED,
    POWERS_OF_TEN,
    by_row,
    heading_period,
    hourly_rows,
    other_pay,
)
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.number_format import parse_number
from data.imports.team_files.options import OF_A_YEAR, OF_ITS_ROW
from data.imports.team_files.pay_periods import HOUR, PERIODS, TIMES_A_YEAR, YEAR, read_period
from data.imports.team_files.stated_thousands import heading_factor

#: A median of yearly pay above this is more likely a year's pay taken for a shorter period's,
#: where the figures as they are would be a plausible year's pay. In dollars or the equivalent.
_TOO_MUCH, _A_YEAR = 250_000, 10_000
_ABSURD = 1_000_000
_FULL_TIME = 2_080
#: Words that a question names, and cells that a median is of.
_WORDS = 6
OTHER_PAY_LABELS = ((OF_A_YEAR, "a year"), (OF_ITS_ROW, "the period of its row"))
HOURS_LABELS = {
    "week": "a week",
    "two weeks": "two weeks",
    MIXED: f"a week up to {LONG_WEEK}, two weeks above",
    "month": "a month",
    "year": "a year",
}


def period_questions(
    layout: Layout, sample: Sequence[Sequence[str]], decimal: str
) -> list[Question]:
    """What to ask about pay periods and hours before rows are checked."""
    if "base" not in layout.kind.fields:
        return _hourly_money(layout)
    asked = _hourly_money(layout) or _unknown_words(layout, sample)
    if not asked:
        asked += _implausible(layout, sample, decimal)
    if not asked:
        asked += _other_pay(layout, sample, decimal)
    return [*asked, *_rate(layout, sample, decimal), *_hours(layout, sample, decimal)]


def _cells(layout: Layout, sample: Sequence[Sequence[str]], name: str) -> list[str]:
    """A field's cells in the sample, in the order of its rows; empty where there is none."""
    column, said = layout.mapped.get(name), layout.options.set_values.get(name, "")
    at = column.position if column else -1
    return [(row[at].strip() if 0 <= at < len(row) else "") or said for row in sample]


def _hourly_money(layout: Layout) -> list[Question]:
    """A question if a heading says that a figure other than base pay is of an hour."""
    if layout.options.factor not in POWERS_OF_TEN:
        return []
    return [
        Question(
            "units", f"{column.heading} is pay of an hour", "--units 2080 for 2,080 hours a year"
        )
        for name, column in layout.mapped.items()
        if layout.kind.fields[name].unit == "money" and heading_period(layout, name) == HOUR
    ][:1]


def _unknown_words(layout: Layout, sample: Sequence[Sequence[str]]) -> list[Question]:
    """A question for each word in the column of periods that is not known."""
    if not (by_row(layout, "base") or by_row(layout, "hourly_rate")):
        return []
    own = layout.options.periods
    words = dict.fromkeys(filter(None, _cells(layout, sample, "pay_period")))
    heading = layout.mapped["pay_period"].heading if "pay_period" in layout.mapped else "pay period"
    return [
        Question(
            f"period {word}",
            f"{heading} says {word!r}: what period is that",
            f"--map-period 'month={word}', or another of {', '.join(PERIODS)}",
            tuple((period, period) for period in PERIODS),
        )
        for word in [word for word in words if not read_period(word, own)][:_WORDS]
    ]


def _implausible(layout: Layout, sample: Sequence[Sequence[str]], decimal: str) -> list[Question]:
    """Whether a column of pay frequencies only says when people are paid a year's pay."""
    if "pay_period" in layout.options.columns or "pay_period" not in layout.mapped:
        return []
    column = layout.mapped["pay_period"]
    said = [read_period(cell, layout.options.periods)
            for cell in _cells(layout, sample, "pay_period")]  # fmt: skip
    for name in ("base", "hourly_rate"):
        if not by_row(layout, name):
            continue
        pay = [parse_number(cell, decimal) for cell in _cells(layout, sample, name)]
        currencies = _cells(layout, sample, "currency")
        for period in set(said) - {YEAR, ""}:
            of = [float(p) * heading_factor(layout, name) / SMALL_UNITS.get(c.upper(), 1)
                  for p, c, s in zip(pay, currencies, said, strict=True)
                  if s == period and p is not None]  # fmt: skip
            if of and _looks_annual(median(of), period):
                heading = layout.mapped[name].heading
                return [_period_or_year(heading, column.heading, period, median(of))]
    return []


def _looks_annual(figure: float, period: str) -> bool:
    year = figure * TIMES_A_YEAR.get(period, _FULL_TIME)
    return year > _ABSURD or (figure >= _A_YEAR and year > _TOO_MUCH)


def _period_or_year(pay: str, heading: str, period: str, figure: float) -> Question:
    a = "an" if period == HOUR else "" if period.endswith("s") else "a"
    named = " ".join(filter(None, (a, period)))
    return Question(
        "periods apply",
        f"{heading} says {named} where {pay} is about {figure:,.0f}: is that pay of {named}, "
        "or of a year",
        f"--map 'pay_period={heading}' for pay of {named}, --map pay_period= for a year's pay",
        ((heading, f"pay of {named}"), ("", "a year's pay")),
    )


def _other_pay(layout: Layout, sample: Sequence[Sequence[str]], decimal: str) -> list[Question]:
    """What period other pay is of, in rows whose base pay is not of a year."""
    if layout.options.other_pay_per:
        return []
    said = _cells(layout, sample, "pay_period")
    shorter = [read_period(cell, layout.options.periods) not in ("", YEAR) for cell in said]
    for name in other_pay(layout):
        pay = [parse_number(cell, decimal) for cell in _cells(layout, sample, name)]
        if any(p and short for p, short in zip(pay, shorter, strict=True)):
            heading = layout.mapped[name].heading
            return [
                Question(
                    "other_pay_per",
                    f"{heading} stands beside pay periods: is it pay of a year, or of the "
                    "period of its row",
                    f"--other-pay-per {OF_A_YEAR} or --other-pay-per {OF_ITS_ROW}",
                    OTHER_PAY_LABELS,
                )
            ]
    return []


def _rate(layout: Layout, sample: Sequence[Sequence[str]], decimal: str) -> list[Question]:
    """What period a rate is of that nobody earns in an hour, where nothing says it."""
    column = layout.mapped.get("hourly_rate")
    if column is None or by_row(layout, "hourly_rate") or heading_period(layout, "hourly_rate"):
        return []
    rates = [parse_number(cell, decimal) for cell in _cells(layout, sample, "hourly_rate")]
    currencies = _cells(layout, sample, "currency")
    of = [float(r) / SMALL_UNITS.get(c.upper(), 1)
          for r, c in zip(rates, currencies, strict=True) if r is not None]  # fmt: skip
    if not of or median(of) * _FULL_TIME <= _ABSURD:
        return []
    text = f"{column.heading} is about {median(of):,.0f}: what period is it pay of"
    option = f"--set pay_period=year, or another of {', '.join(PERIODS)}"
    return [Question("pay_period", text, option, tuple((p, p) for p in PERIODS))]


def _hours(layout: Layout, sample: Sequence[Sequence[str]], decimal: str) -> list[Question]:
    """The hours of hourly pay, if nothing gives them; what they are of, if they are many."""
    if not _paid_by_the_hour(layout, sample):
        return []
    if "hours_per_week" not in layout.known_fields:
        text = "the hours a week of hourly pay are missing"
        option = "--set hours_per_week=40 or --map hours_per_week=HEADING"
        return [Question("hours_per_week", text, option)]
    if layout.options.hours_per or heading_period(layout, "hours_per_week"):
        return []
    hours = [parse_number(cell, decimal) for cell in _cells(layout, sample, "hours_per_week")]
    long = next((h for h in hours if h is not None and h > LONG_WEEK), None)
    if long is None:
        return []
    heading = layout.mapped["hours_per_week"].heading
    return [
        Question(
            "hours_per",
            f"{heading} says {long.normalize():f}: what are its hours of",
            f"--hours-per {', '.join((*HOURS_OF, MIXED))} (over {LONG_WEEK} of two weeks)",
            tuple(HOURS_LABELS.items()),
        )
    ]


def _paid_by_the_hour(layout: Layout, sample: Sequence[Sequence[str]]) -> bool:
    """Whether some row of the sample has hourly pay to annualize."""
    if not hourly_rows(layout):
        return False
    rates = _cells(layout, sample, "hourly_rate")
    base = _cells(layout, sample, "base")
    said = _cells(layout, sample, "pay_period")
    for rate, pay, period in zip(rates, base, said, strict=True):
        hourly = read_period(period, layout.options.periods) == HOUR
        if pay:
            if by_row(layout, "base") and hourly:
                return True
        elif rate and (hourly or not by_row(layout, "hourly_rate")):
            return True
    return False
