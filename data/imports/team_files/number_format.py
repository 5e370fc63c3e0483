"""Guess the decimal sign of a file's numbers and the order of its dates, or ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.currencies import PAY_BOUNDS
from data.imports.team_files.thousands import THOUSAND

#: What may separate thousands, by the decimal sign; spaces and quotes may do so with either.
_GROUPS = {"": "['’ \u00a0\u202f]", ".": "[,'’ \u00a0\u202f]", ",": "[.'’ \u00a0\u202f]"}
#: A currency's sign or code beside an amount.
SYMBOL = r"(?:[A-Z]{0,2}\$|[€£¥₹]|[A-Z]{3}|[Rr]s\.?)"
#: Words after an amount that say what a year's pay is anyway.
A_YEAR = (
    r"(?i:\s?/\s?(?:yr|year|annum)\.?|\s?p\.\s?a\.?|\s?pa|\s(?:per|a|an)\s(?:year|yr|annum)"
    r"|\s(?:annually|yearly))"
)
#: Digits and marks of other scripts → those of ASCII.
_WIDE = "０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹．，٫٬"
_NARROW = "0123456789" * 3 + ".,.,"
#: What SQL's `translate` takes, and Python's.
WIDE_DIGITS = (_WIDE, _NARROW)
_TO_NARROW = str.maketrans(_WIDE, _NARROW)


def number_pattern(sign: str) -> str:
    """The pattern of a number of pay whose decimals follow ``sign``.

    Its groups are what comes before the digits, the digits, and a ``k`` or ``m``
    for thousands or millions. An empty ``sign`` matches whole numbers only.
    """
    digits = rf"(?:\d{{1,3}}(?:{_GROUPS[sign]}\d{{3}})+|\d{{1,15}})"
    if sign != ",":  # lakhs and crores: 12,34,567
        digits = rf"(?:\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|{digits})" if sign else digits
    if sign:
        point = re.escape(sign)
        digits += rf"(?:{point}\d*)?|{point}\d+"
    # The M of a code such as MXN does not mean millions.
    after = rf"(?:\s?([kKmM])(?:\s[A-Z]{{3}}|\s?[$€£¥₹])?|\s?{SYMBOL})?{A_YEAR}?"
    return rf"^(\(?[-−]?\s?{SYMBOL}?\s?[-−]?)({digits}){after}\)?$"


#: A date whose year has two digits: what comes before the year, and the year.
SHORT_YEAR = r"(\d{1,2}[/.-](?:\d{1,2}|[A-Za-z]{3,9})[/.-])(\d{2})"


@dataclass(frozen=True)
class FormatGuess:
    """The decimal sign or date order of a file's cells, or the question that settles it.

    Both are empty if no cell needs one.
    """

    sign: str
    question: str = ""


def decimal_sign(
    pays: Sequence[str], bounded: Sequence[str], units: Decimal, thousands: Sequence[str] = ()
) -> FormatGuess:
    """The sign with which every number can be read, and no yearly pay is absurd.

    ``95,500`` is ninety-five thousand in Boston and ninety-five in Berlin; the
    one that nobody earns in a year is ruled out. ``bounded`` are the numbers that
    are a year's pay, ``thousands`` those whose heading states thousands. If both
    remain possible it is a question, never a guess.
    """
    values = {sign: {p: _number(p, sign) for p in pays} for sign in (".", ",")}
    numbers = [p for p in dict.fromkeys(pays) if any(v[p] is not None for v in values.values())]
    ambiguous = [p for p in numbers if values["."][p] != values[","][p]]
    if not ambiguous:
        return FormatGuess("")
    signs = [s for s in values if all(values[s][p] is not None for p in numbers)]
    if not signs:
        one, other = (next(p for p in numbers if values[s][p] is None) for s in values)
        return FormatGuess("", f"{one!r} and {other!r} have different decimal signs")
    # A number that both signs read alike proves nothing, however odd it is.
    yearly = set(bounded) & set(ambiguous)
    factors = {p: units * (THOUSAND if p in thousands else 1) for p in yearly}
    plausible = [s for s in signs if all(_is_plausible(values[s][p], factors[p]) for p in yearly)]
    if len(signs) == 1 or len(plausible) == 1:
        return FormatGuess(signs[0] if len(signs) == 1 else plausible[0])
    return FormatGuess("", f"{ambiguous[0]!r} could be read in two ways")


def _is_plausible(pay: Decimal | None, units: Decimal) -> bool:
    """Whether somebody may earn that much in a year, if it is a number at all."""
    low, high = PAY_BOUNDS
    return pay is None or low <= pay * units <= high


def date_order(dates: Sequence[str]) -> FormatGuess:
    """``dmy`` or ``mdy`` by the dates that can be only one of them; a question if none can."""
    matches = [match for text in dates if (match := SLASHED.fullmatch(text))]
    day_first = next((m[0] for m in matches if int(m[1]) > 12), "")
    month_first = next((m[0] for m in matches if int(m[2]) > 12), "")
    if day_first and month_first:
        return FormatGuess("", f"{day_first!r} and {month_first!r} have different date orders")
    if day_first or month_first:
        return FormatGuess("dmy" if day_first else "mdy")
    if unclear := next((m[0] for m in matches if int(m[1]) != int(m[2])), ""):
        return FormatGuess("", f"{unclear!r} could be day or month first")
    return FormatGuess("")


def short_year(dates: Sequence[str]) -> str:
    """The first date whose year has two digits; empty where none has."""
    return next((text for text in dates if _SHORT_YEAR.fullmatch(text)), "")


def day_number(dates: Sequence[str]) -> str:
    """The first cell that is a day as Excel counts them, from 1954 to 2119; empty where none is."""
    return next((text for text in dates if DAY_NUMBER.fullmatch(text)), "")


_SHORT_YEAR = re.compile(SHORT_YEAR)
#: A day as Excel counts them, with or without a time.
DAY_NUMBER = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
#: A date whose day and month could be either way round, with or without a time.
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: [0-9:.]+(?: ?[AaPp][Mm])?)?")


def parse_number(text: str, sign: str) -> Decimal | None:
    """The number in a cell whose decimals follow ``sign``, a point if it is empty; None if none."""
    amount = _number(text, sign or ".")
    minus = re.match(r"\D*[(−-]", text)
    return -amount if amount is not None and minus else amount


_PATTERNS = {sign: re.compile(number_pattern(sign), re.ASCII) for sign in (".", ",")}


def _number(text: str, sign: str) -> Decimal | None:
    match = _PATTERNS[sign].match(text.strip(" ").translate(_TO_NARROW))
    if not match:
        return None
    digits = re.sub(rf"[^0-9{re.escape(sign)}]", "", match[2]).replace(sign, ".")
    return Decimal(digits) * {"": 1, "k": 1_000, "m": 1_000_000}[(match[3] or "").lower()]
