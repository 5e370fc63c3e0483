"""Amounts of pay in a job posting, told apart from other money."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analytics.currencies import DOLLAR_PREFIXES, PAY_BOUNDS, SMALL_UNITS
from analytics.jobs.posting_text import quote
from analytics.money import money

_CODES = "USD|EUR|GBP|CAD|AUD|NZD|CHF|SEK|NOK|DKK|SGD|HKD|INR|JPY|CNY|PLN|CZK|BRL|MXN|ZAR|ILS|AED"
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_BEFORE = rf"(?:\b(?:US|CA|AU|NZ|HK|SG|NT|MX|C|A|S|R))?\$|[€£¥₹]|\b(?:{_CODES})\b"
_AFTER = rf"[€£¥₹]|(?:{_CODES}|euros?|dollars|pounds)\b"
_DIGITS = r"\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{2})?(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"


def _amount(n: int) -> str:
    """The pattern of one amount; its groups end in ``n``."""
    return (
        rf"(?P<before{n}>{_BEFORE})?\s?(?<![\d.,])(?P<digits{n}>{_DIGITS})"
        rf"(?P<scale{n}>\s?(?:[kK]|[mM]{{1,2}}|[bB]n?|million|billion)\b)?\+?"
        rf"(?:\s?(?P<after{n}>{_AFTER}))?"
    )


_PER = r"(?:\s?(?:/|per|an?)\s?(?:hour|hr|year|yr|month))?"
_MONEY = re.compile(
    _amount(1) + rf"(?:{_PER}\s?(?:-|–|—|−|to|and|bis)\s?" + _amount(2) + r")?", re.UNICODE
)

_PERIODS = {
    "hour": r"hour(?:ly)?|hr|h",
    "day": r"day|daily",
    "week": r"week(?:ly)?|wk",
    "month": r"month(?:ly)?|mo",
    "year": r"year(?:ly)?|yr|annum|annual(?:ly)?|pa|jahr",
}
_PERIOD_AFTER = {
    period: re.compile(rf"(?:(?:/|per|an?|pro|each)\s?)?(?:{words})\b", re.IGNORECASE)
    for period, words in _PERIODS.items()
}
_PERIOD_BEFORE = {
    "hour": re.compile(r"\bhourly\b", re.IGNORECASE),
    "month": re.compile(r"\bmonthly\b", re.IGNORECASE),
    "week": re.compile(r"\bweekly\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:annual|annually|yearly)\b", re.IGNORECASE),
}
_BASES = {
    "target_cash": r"\bOTE\b|on[- ]target|target (?:total )?cash|total (?:target )?cash",
    "total_comp": r"total (?:annual |target )?(?:comp|compensation|rewards?|package)\b",
    "base": r"\bbase\b|\bfixed\b|\bbasic\b",
}
_BASIS = re.compile(
    "|".join(f"(?P<{name}>{words})" for name, words in _BASES.items()), re.IGNORECASE
)
_PAY_WORD = re.compile(
    r"\b(?:salary|salaries|pay|paid|wages?|compensation|comp|OTE|on[- ]target|earnings?|base|"
    r"bonus|hourly|rate|per (?:year|annum|hour)|gehalt|remuneration)\b|/ ?(?:hr|hour|yr|year)\b",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"\b(?:rais(?:ed|ing)|sign(?:ing|[- ]on)|stipend|allowance|budget|bonus(?:es)?|quota|"
    r"funding|valuation|revenue|ARR|MRR|ACV|deals?|accounts?|contracts?|worth|above|referral|"
    r"relocation|insurance|reimburse\w*|RSUs?|equity|stock|grants?)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"^\s?(?:(?!plus\b|and\b|incl|with\b|base\b|total\b)[\w'/%-]+\s){0,3}"
    r"(?:ARR|MRR|ACV|TCV|GMV|revenue|sales|quota|contracts?|accounts?|deals?|book|portfolio|"
    r"budget|funding|valuation|customers?|clients?|pipeline|spend|stipend|allowance|"
    r"reimburse\w*|referral|relocation|sign(?:ing|[- ]on)|insurance|bonus|RSUs?|equity|stock|"
    r"options|grants?|people|users)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(r"\b(?:up to|maximum|max\.?|at most)\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:from|starting at|at least|minimum|min\.?)\s*$", re.IGNORECASE)
#: Pay for an hour, a day, a week or a month can't be more than this share of a year's.
_PER_YEAR = {"hour": 1 / 2_000, "day": 1 / 250, "week": 1 / 52, "month": 1 / 12, "year": 1.0}


@dataclass(frozen=True)
class PayAmount:
    """An amount of pay, or a range of it, as a posting states it.

    ``low`` is missing for "up to", ``high`` for "from". ``currency`` is empty
    for a dollar sign that does not say which dollar, ``period`` and ``basis``
    (`analytics.pay_basis`) are empty where the posting does not say them.
    """

    low: float | None
    high: float | None
    currency: str
    period: str
    basis: str
    quote: str

    @property
    def label(self) -> str:
        """The amount in words: ``$80,000–$95,000 a year``."""
        decimals = 2 if self.period == "hour" else 0
        low, high = (
            "" if end is None else money(end, self.currency or "USD", decimals=decimals)
            for end in (self.low, self.high)
        )
        if low and high:
            amount = low if low == high else f"{low}–{high}"
        else:
            amount = f"from {low}" if low else f"up to {high}"
        if not self.period:
            return f"{amount}, period not stated"
        return f"{amount} {'an' if self.period == 'hour' else 'a'} {self.period}"

    @property
    def currency_label(self) -> str:
        """The currency's code, or that a dollar sign does not say which dollar."""
        return self.currency or "$ (dollar not specified)"


def pay_amounts(sentences: Iterable[str]) -> list[PayAmount]:
    """The amounts of pay in the sentences of a posting, in order, each once.

    Money that is not pay (revenue, funding, budgets, a sign-on bonus) is left out.
    """
    found: dict[tuple[object, ...], PayAmount] = {}
    for sentence in sentences:
        for pay in _amounts_in(sentence):
            found.setdefault((pay.low, pay.high, pay.currency, pay.period, pay.basis), pay)
    return list(found.values())


def _amounts_in(sentence: str) -> Iterator[PayAmount]:
    used = 0
    for match in _MONEY.finditer(sentence):
        groups = match.groupdict()
        signs = [groups[f"{side}{n}"] for n in (1, 2) for side in ("before", "after")]
        sign = next((s for s in signs if s), None)
        if sign is None:
            continue
        before, after = sentence[used : match.start()][-60:], sentence[match.end() :][:40]
        used = match.end()
        if any((groups[f"scale{n}"] or "").strip().lower() not in ("", "k") for n in (1, 2)):
            continue
        if _OTHER_BEFORE.search(before) or _OTHER_AFTER.search(after):
            continue
        low, high = _ends(match)
        currency = _currency(sign, sentence)
        period = _period(before, after)
        single = groups["digits2"] is None
        # Money that a sentence begins with is pay; elsewhere something has to say so.
        if single and match.start() and not (_PAY_WORD.search(sentence) or period):
            continue
        if not _plausible(low, high, currency, period):
            continue
        basis, used = _basis(before, after, match.end())
        ends = _open_ends(low, before) if single else (low, high)
        shown = quote(sentence, match.start(), match.end())
        yield PayAmount(*ends, currency, period, basis, shown)


def _ends(match: re.Match[str]) -> tuple[float, float]:
    """Both ends of a range, or one amount twice; ``120-150k`` is in thousands at both ends."""
    scales = [(match[f"scale{n}"] or "").strip().lower() for n in (1, 2)]
    first = _number(match["digits1"])
    if match["digits2"] is None:
        return (first * (1_000 if scales[0] else 1),) * 2
    second = _number(match["digits2"])
    if scales[1] and not scales[0] and first < 1_000:
        scales[0] = scales[1]
    low, high = (
        value * (1_000 if scale else 1)
        for value, scale in zip((first, second), scales, strict=True)
    )
    return low, high


def _number(digits: str) -> float:
    """The number in ``120,000``, ``55.000``, ``17.50`` or ``80 000``."""
    whole, cents = digits, ""
    if match := re.fullmatch(r"(.*?)[.,](\d{1,2})", digits):
        whole, cents = match[1], match[2]
    return float(re.sub(r"\D", "", whole) + (f".{cents}" if cents else ""))


def _currency(sign: str, sentence: str) -> str:
    """The currency that a sign names; empty for a bare dollar sign with nothing beside it."""
    sign = sign.strip()
    if sign in _SIGNS:
        return _SIGNS[sign]
    words = {"euro": "EUR", "euros": "EUR", "pounds": "GBP"}
    if sign.lower() in words:
        return words[sign.lower()]
    if sign.endswith("$") and sign != "$":
        return DOLLAR_PREFIXES.get(sign[:-1], "")
    if sign in ("$", "dollars"):
        named = re.search(r"\b(USD|CAD|AUD|NZD|SGD|HKD|MXN)\b", sentence)
        return named[1] if named else ""
    return sign.upper()


def _period(before: str, after: str) -> str:
    stripped = after.lstrip(" *)")
    for period, pattern in _PERIOD_AFTER.items():
        if pattern.match(stripped) or re.match(
            rf"(?:\w+[ ,]+){{1,2}}{pattern.pattern}", stripped, re.IGNORECASE
        ):
            return period
    return next((p for p, pattern in _PERIOD_BEFORE.items() if pattern.search(before)), "")


def _plausible(low: float, high: float, currency: str, period: str) -> bool:
    """Whether the amounts can be pay for the period; without one, whether they can be a year's."""
    factor = SMALL_UNITS.get(currency, 1) * _PER_YEAR[period or "year"]
    # A year's pay of under 10,000 that names no period is a stipend or a fee.
    least = float(PAY_BOUNDS[0]) * (1 if period else 10)
    return least * factor <= low <= high <= float(PAY_BOUNDS[1]) * factor


def _basis(before: str, after: str, end: int) -> tuple[str, int]:
    """The pay basis that is named beside an amount, and where reading goes on."""
    named = list(_BASIS.finditer(before))
    if named:
        return str(named[-1].lastgroup), end
    following = _BASIS.match(after.lstrip()) or re.match(
        rf"(?:[\w/]+ ){{1,3}}(?:{_BASIS.pattern})", after.lstrip(), re.IGNORECASE
    )
    if following is None:
        return "", end
    skipped = len(after) - len(after.lstrip())
    return str(following.lastgroup), end + skipped + following.end()


def _open_ends(value: float, before: str) -> tuple[float | None, float | None]:
    if _AT_MOST.search(before):
        return None, value
    return (value, None) if _AT_LEAST.search(before) else (value, value)
