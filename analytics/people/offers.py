"""A proposed pay beside the range, the market and the team's own people of that job."""

from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.money import money
from analytics.people.groups import filled
from analytics.ranges.position import amount_to_reach
from analytics.table_units import texts
from analytics.units import with_units

_PASSED = ("employee_id", "level", "title", "place", "hire_date", "fte", "pay", "compa_ratio")


@dataclass(frozen=True)
class Offer:
    """What is offered to whom: a job, a place, and full-time pay a year.

    ``code`` is a profile's, ``zone`` a pay zone of the ranges; what is not known is empty.
    ``variable`` is None where no variable pay is offered.
    """

    level: str
    base: float
    place: str = ""
    function: str = ""
    focus: str = ""
    zone: str = ""
    code: str = ""
    currency: str = "USD"
    variable: float | None = None

    def __post_init__(self) -> None:
        if not (self.base > 0 and (self.variable is None or self.variable >= 0)):
            raise InputError("an offer needs a base pay above 0, and variable pay of 0 or more")
        if not (self.level or self.code):
            raise InputError("an offer needs a level, or the code of a profile")


@dataclass(frozen=True, eq=False)
class OfferAnswer:
    """Where an offer falls, and who is paid what for the same job.

    ``pay`` is full-time on the pay basis of the range. ``position``, the ratios and the
    ends are empty or None without a range (``why``), ``market`` without a market. Peers
    have the same range, else the same level, function and currency; ``peers_are`` says
    which. ``paid_less`` are those of them who are paid less, as in the table of positions,
    ``passed_over`` the same as a table of their own; ``to_match`` is what it would cost a
    year to bring them to the offer at their FTE, within their range.
    """

    pay: float
    pay_basis: str
    range: str
    why: str
    position: str
    compa_ratio: float | None
    penetration: float | None
    minimum: float | None
    midpoint: float | None
    maximum: float | None
    market: float | None
    peers_are: str
    peers: int
    peers_median: float | None
    paid_more: int
    paid_less: pd.DataFrame
    passed_over: pd.DataFrame
    to_match: float


def answer_offer(candidate: pd.Series, people: pd.DataFrame) -> OfferAnswer:
    """What an offer means; ``candidate`` is its row in a table of positions like ``people``."""
    own = candidate.astype(object).where(candidate.notna(), None)
    peers_are, peers = _peers(candidate, people)
    less = peers[(float(candidate.pay) - peers.pay).round(2) > 0]
    target = less.maximum.clip(upper=float(candidate.pay)).fillna(float(candidate.pay))
    cost = amount_to_reach(less.paid, target, less.fte).sum()
    return OfferAnswer(
        pay=float(candidate.pay),
        pay_basis=str(own.pay_basis),
        range=str(own.range),
        why=str(own.why),
        position=str(own.position),
        compa_ratio=own.compa_ratio,
        penetration=own.penetration,
        minimum=own.minimum,
        midpoint=own.midpoint,
        maximum=own.maximum,
        market=own.market,
        peers_are=peers_are,
        peers=len(peers),
        peers_median=float(peers.pay.median()) if len(peers) else None,
        paid_more=int(((peers.pay - float(candidate.pay)).round(2) > 0).sum()),
        paid_less=less,
        passed_over=passed_over_table(less, float(candidate.pay)),
        to_match=round(float(cost), 2),
    )


def offer_sentences(answer: OfferAnswer, currency: str) -> list[str]:
    """The answer in words, one sentence a line."""

    def said_money(amount: float | None) -> str:
        return money(amount or 0.0, currency)

    said = [f"No range: {answer.why}."]
    if not answer.why:
        said = [
            f"{answer.position} of {answer.range}: {said_money(answer.minimum)} to "
            f"{said_money(answer.maximum)}, midpoint {said_money(answer.midpoint)}.",
            f"Compa-ratio {answer.compa_ratio:.2f}, range penetration {answer.penetration:.0%}.",
        ]
    if answer.market:
        ratio = answer.pay / answer.market
        said.append(
            f"{ratio:.2f} times the market's median for that range, {said_money(answer.market)}."
        )
    if not answer.peers:
        return [*said, f"Nobody else is of {answer.peers_are}."]
    heads = "1 person" if answer.peers == 1 else f"{answer.peers:,} people"
    said.append(
        f"{heads} of {answer.peers_are}, median {said_money(answer.peers_median)}; paid more: "
        f"{answer.paid_more:,}, paid less: {len(answer.passed_over):,}."
    )
    if len(answer.passed_over):
        said.append(
            "As a precedent: to pay those as much, within their ranges, costs "
            f"{said_money(answer.to_match)} a year."
        )
    return said


def _peers(candidate: pd.Series, people: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    paid = people[people.pay.notna() & (people.currency == candidate.currency)]
    if candidate.range:
        same = (paid.range == candidate.range) & (paid.pay_basis == candidate.pay_basis)
        return f"the range {candidate.range}", paid[same & (paid.midpoint == candidate.midpoint)]
    same = filled(paid.level) == str(candidate.level)
    if candidate.function:
        same &= paid.function.str.casefold() == str(candidate.function).casefold()
    of = ", ".join(filter(None, (str(candidate.level), str(candidate.function))))
    return f"{of}, whatever their range", paid[same]


def passed_over_table(less: pd.DataFrame, pay: float) -> pd.DataFrame:
    """Who is paid less than an offer of this full-time pay, from the least paid up.

    ``less`` are their rows of a table of positions.
    """
    table = less[[*_PASSED, "currency", "source", "range_source"]].assign(
        below_offer=pay - less.pay
    )
    units = {**texts(*table.columns), "fte": "number", "compa_ratio": "ratio", "hire_date": "date"}
    ordered = table.sort_values("below_offer", ascending=False, kind="stable")
    amounts = dict.fromkeys(("pay", "below_offer"), "currency")
    return with_units(ordered.reset_index(drop=True), units | amounts)
