"""Age pay from one date to another at a yearly rate."""

import re
from dataclasses import dataclass

from analytics.errors import InputError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTH_FIRST = re.compile(r"(\w+)[/ ]+(\d{4})")
_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)

#: Pay is not aged to or from years outside these.
FIRST_YEAR, LAST_YEAR = 1970, 2100

#: The worker group of the Employment Cost Index that pay is aged by unless a rate is given.
ECI_GROUP = "Management, professional, and related"

#: How far into a plan year pay is aged: months after its first month.
MODES = {"lag": 0, "lead-lag": 6, "lead": 12}


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; survey dates are no finer."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """The month as people say it: ``July 2027``."""
        return f"{_NAMES[self.month - 1].capitalize()} {self.year}"

    def plus(self, months: int) -> "Month":
        """The month so many months later."""
        year, month = divmod(12 * self.year + self.month - 1 + months, 12)
        return Month(year, month + 1)


def find_month(text: str) -> Month | None:
    """The month in ``2026-05``; None for any other text, such as ``undated``."""
    match = _MONTH.fullmatch(text)
    return Month(int(match[1]), int(match[2])) if match else None


def parse_month(text: str) -> Month:
    """The month in ``2026-05``, ``05/2026`` or ``May 2026``; raises `InputError`.

    >>> str(parse_month("Sep 2027"))
    '2027-09'
    """
    month = find_month(text.strip()) or _find_month_first(text.strip())
    if month is None:
        raise InputError(f"{text!r} is not a month; write it like 2026-05")
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise InputError(f"{text!r} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return month


def _find_month_first(text: str) -> Month | None:
    match = _MONTH_FIRST.fullmatch(text)
    if match is None:
        return None
    word, year = match[1].lower(), int(match[2])
    if word.isascii() and word.isdigit():
        return Month(year, int(word)) if 1 <= int(word) <= 12 else None
    numbers = [i for i, name in enumerate(_NAMES, 1) if len(word) >= 3 and name.startswith(word)]
    return Month(year, numbers[0]) if numbers else None


def months_between(start: Month, end: Month) -> int:
    """Whole months from ``start`` to ``end``; negative when the end comes first."""
    return 12 * (end.year - start.year) + end.month - start.month


def target_month(mode: str, plan_start: Month) -> Month:
    """The month that pay is aged to for a plan year that begins at ``plan_start``.

    ``lag`` is its start, ``lead`` its end, ``lead-lag`` its middle: pay then
    trails the market, leads it, or first leads and then trails it.
    """
    if mode not in MODES:
        raise InputError(f"no ageing mode {mode!r}; available: {', '.join(MODES)}")
    return plan_start.plus(MODES[mode])


def ageing_factor(rate: float, months: int) -> float:
    """What pay is multiplied by: (1 + rate)^(months / 12).

    ``rate`` is a share per year, 0.03 for 3 percent, above −1. Factors compose:
    ageing by a and then by b months is ageing by a + b. Raises `InputError`.
    """
    if not -1 < rate < 10:
        raise InputError(f"rate {rate:.0%} a year is outside -100 % to 1,000 %")
    return float((1 + rate) ** (months / 12))


def yearly_rate(before: float, after: float, months: int) -> float:
    """The yearly rate that takes ``before`` to ``after``: the inverse of ageing."""
    if not (before > 0 and after > 0 and months > 0):
        raise InputError("a rate of growth needs pay above 0 at two different dates")
    return float((after / before) ** (12 / months) - 1)
