"""The pay range that a job advertisement states, and what the rules of a place say of it.

Rules are data, each with its date and source; nothing here is legal advice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.errors import InputError
from analytics.money import money, money_range
from analytics.pay_basis import PHRASES

NO_ADVICE = (
    "This is not legal advice: rules change, count employees in different ways, and cities may "
    "have their own. Read the source of each."
)


@dataclass(frozen=True)
class PostingRule:
    """Since when postings for jobs at a place must state a range, and how wide it may be.

    ``since`` is a day, or a year where no day is recorded. ``employees`` is the smallest
    employer that it covers. A range may be ``most_width`` wide, if that is given, unless
    it ends above ``unless_above``; both are a year's, in ``currency``.
    """

    place: str
    since: str
    employees: int
    most_width: float | None
    unless_above: float | None
    currency: str
    note: str
    source: str

    def in_force(self, day: str) -> bool:
        """Whether it was in force on a day such as 2026-11-27; the year of its start counts."""
        return self.since <= day[: len(self.since)]


@dataclass(frozen=True)
class PostingRange:
    """What an advertisement states: low and high in good faith, and pay beside them in words."""

    low: float
    high: float
    currency: str
    pay_basis: str
    variable: str = ""
    equity: str = ""

    @property
    def text(self) -> str:
        """The statement, ready for an advertisement."""
        basis = PHRASES.get(self.pay_basis, self.pay_basis)
        parts = [
            f"Pay range: {money_range(self.low, self.high, self.currency)} a year, {basis}"
            f" ({self.currency})."
        ]
        parts += [f"Variable pay: {self.variable.rstrip('.')}."] if self.variable else []
        parts += [f"Equity: {self.equity.rstrip('.')}."] if self.equity else []
        return " ".join(parts)


@dataclass(frozen=True)
class RuleCheck:
    """What a rule says of a posting; ``passes`` is None where it can't be told."""

    rule: PostingRule
    passes: bool | None
    text: str


def posting_range(
    minimum: float,
    maximum: float,
    currency: str,
    pay_basis: str,
    *,
    from_share: float = 0.0,
    to_share: float = 1.0,
    variable: str = "",
    equity: str = "",
) -> PostingRange:
    """The part of a pay range that is meant to be offered, as an advertisement states it.

    Shares are range penetration: 0 the minimum, 1 the maximum. Raises `InputError` unless
    0 ≤ from ≤ to ≤ 1. Ends are rounded to the hundred.

    >>> posting_range(80_000, 120_000, "USD", "base", to_share=0.5).text
    'Pay range: $80,000–$100,000 a year, base pay (USD).'
    """
    if not 0 <= from_share <= to_share <= 1:
        raise InputError(
            f"from {from_share:.0%} to {to_share:.0%} of the range is no part of it; use 0 to 100"
        )
    width = maximum - minimum
    low, high = (round(minimum + share * width, -2) for share in (from_share, to_share))
    return PostingRange(low, high, currency, pay_basis, variable.strip(), equity.strip())


def check_posting_range(
    posting: PostingRange,
    rules: Iterable[PostingRule],
    place: str,
    day: str,
    employees: int | None = None,
) -> list[RuleCheck]:
    """What the rules in force at a place on a day say of a posting; none where none is known.

    ``employees`` is the size of the employer; None leaves open whether a rule covers it.
    Source: the rules' own.
    """
    found = [r for r in rules if r.place.casefold() == place.casefold() and r.in_force(day)]
    return [_checked(posting, rule, employees) for rule in found]


def _checked(posting: PostingRange, rule: PostingRule, employees: int | None) -> RuleCheck:
    covers = f"covers employers from {rule.employees} employees on, since {rule.since}"
    if employees is not None and employees < rule.employees:
        return RuleCheck(rule, True, f"{rule.place} {covers}; yours is smaller")
    begins = f"{rule.place} {covers}: {rule.note[:1].lower()}{rule.note[1:]}"
    if rule.most_width is None:
        return RuleCheck(rule, True, f"{begins}; the posting states one")
    if posting.currency != rule.currency:
        return RuleCheck(rule, None, f"{begins}; the range is in {posting.currency}, so its width "
                         f"can't be held against an amount in {rule.currency}")  # fmt: skip
    width = money(posting.high - posting.low, rule.currency)
    if rule.unless_above is not None and posting.high > rule.unless_above:
        above = money(rule.unless_above, rule.currency)
        return RuleCheck(rule, True, f"{begins}; it ends above {above}")
    fits = posting.high - posting.low <= rule.most_width
    return RuleCheck(rule, fits, f"{begins}; this one is {width} wide")
