"""The decimal sign of a file's numbers and the order of its dates: told by them, or asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.currencies import PAY_BOUNDS

#: What may group thousands, by the decimal sign; spaces and quotes group in either way.
_GROUPS = {"": "['’ \u00a0\u202f]", ".": "[,'’ \u00a0\u202f]", ",": "[.'’ \u00a0\u202f]"}
_SYMBOL = r"(?:[A-Z]{0,2}\$|[€£¥]|[A-Z]{3})"


def number_pattern(sign: str) -> str:
    """The pattern of a number of pay whose decimals follow ``sign``.

    Its groups are what stands before the digits, the digits, and a ``k`` or ``m``
    for thousands or millions. An empty ``sign`` takes whole numbers alone.
    """
    digits = rf"(?:\d{{1,3}}(?:{_GROUPS[sign]}\d{{3}})+|\d{{1,15}})"
    if sign:
        point = re.escape(sign)
        digits += rf"(?:{point}\d*)?|{point}\d+"
    # A code such as MXN begins with no M for millions.
    after = rf"(?:\s?([kKmM])(?:\s[A-Z]{{3}}|\s?[$€£¥])?|\s?{_SYMBOL})?"
    return rf"^(\(?[-−]?\s?{_SYMBOL}?\s?[-−]?)({digits}){after}\)?$"


@dataclass(frozen=True)
class FormatGuess:
    """How a file's cells are to be read, or the question that settles it.

    Both are empty where no cell needs a sign, or an order.
    """

    sign: str
    question: str = ""


def decimal_sign(pays: Sequence[str], bounded: Sequence[str], units: Decimal) -> FormatGuess:
    """The sign with which every number can be read, and no yearly pay is absurd.

    ``95,500`` is ninety-five thousand in Boston and ninety-five in Berlin; the
    one that nobody earns in a year is ruled out. ``bounded`` are the numbers that
    are a year's pay. Where both stay possible it is a question, never a guess.
    """
    read = {sign: {p: _number(p, sign) for p in pays} for sign in (".", ",")}
    spoken = [p for p in dict.fromkeys(pays) if any(read[s][p] is not None for s in read)]
    apart = [p for p in spoken if read["."][p] != read[","][p]]
    if not apart:
        return FormatGuess("")
    whole = [s for s in read if all(read[s][p] is not None for p in spoken)]
    if not whole:
        one, other = (next(p for p in spoken if read[s][p] is None) for s in read)
        return FormatGuess("", f"{one!r} and {other!r} can't both have one decimal sign")
    # A number that reads alike in both ways tells nothing, however odd it is.
    told = set(bounded) & set(apart)
    low, high = PAY_BOUNDS
    possible = [
        s
        for s in whole
        if all(low <= v * units <= high for p in told if (v := _number(p, s)) is not None)
    ]
    if len(whole) == 1 or len(possible) == 1:
        return FormatGuess(whole[0] if len(whole) == 1 else possible[0])
    return FormatGuess("", f"{apart[0]!r} could be read in two ways")


def date_order(dates: Sequence[str]) -> FormatGuess:
    """``dmy`` or ``mdy`` by the dates that can be only one of them; a question if none is."""
    slashed = [found for text in dates if (found := SLASHED.fullmatch(text))]
    day_first = next((f[0] for f in slashed if int(f[1]) > 12), "")
    month_first = next((f[0] for f in slashed if int(f[2]) > 12), "")
    if day_first and month_first:
        return FormatGuess("", f"{day_first!r} and {month_first!r} can't both have one order")
    if day_first or month_first:
        return FormatGuess("dmy" if day_first else "mdy")
    if unclear := next((f[0] for f in slashed if int(f[1]) != int(f[2])), ""):
        return FormatGuess("", f"{unclear!r} could be day or month first")
    return FormatGuess("")


#: A date of which day and month could change places, with or without a time.
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: [0-9:.]+(?: ?[AaPp][Mm])?)?")
_PATTERNS = {sign: re.compile(number_pattern(sign), re.ASCII) for sign in (".", ",")}


def _number(text: str, sign: str) -> Decimal | None:
    found = _PATTERNS[sign].match(text.strip(" "))
    if not found:
        return None
    digits = re.sub(rf"[^0-9{re.escape(sign)}]", "", found[2]).replace(sign, ".")
    return Decimal(digits) * {"": 1, "k": 1_000, "m": 1_000_000}[(found[3] or "").lower()]
