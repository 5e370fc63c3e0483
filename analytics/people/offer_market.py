"""The market of the job that an offer is for, whether it has a range or not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analytics.job_rows import JobProfile
from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.people.offers import Offer
from analytics.places import find_places
from analytics.pricing.ageing import Month
from analytics.pricing.answers import status_of
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import NATION, PayQuestion
from analytics.wage_rows import PlaceName

_SHOWN = {0.25: "P25", 0.5: "P50", 0.75: "P75"}


@dataclass(frozen=True)
class OfferMarket:
    """What the market pays the job of an offer: a year's full-time pay by percentile in (0, 1).

    ``pays`` is empty where there is no market figure, and ``why`` says why. ``interval`` is
    that of the median, where it is known; ``place`` and ``basis`` are those that were asked.
    """

    job: str
    place: str
    basis: str
    month: str
    pays: Mapping[float, float]
    interval: tuple[float, float] | None = None
    status: str = ""
    why: str = ""

    @property
    def median(self) -> float | None:
        """The market's median; None without a figure."""
        return self.pays.get(0.5)


def offer_job(offer: Offer, profiles: Sequence[JobProfile]) -> JobProfile | None:
    """The job profile of an offer: by its code, else by level and function, and by focus.

    None where there is none, and where no function is named and several have the level. Of
    several focuses it is the first, unless one is named.
    """
    if offer.code:
        return next((job for job in profiles if job.code == offer.code), None)
    wanted = {"function_title": offer.function, "focus_title": offer.focus}
    found = [
        job
        for job in profiles
        if job.level == offer.level
        and all(not v or getattr(job, k).casefold() == v.casefold() for k, v in wanted.items())
    ]
    return found[0] if len({job.function_title for job in found}) == 1 else None


def offer_market(
    offer: Offer,
    basis: str,
    month: Month,
    profiles: Sequence[JobProfile],
    places: Sequence[PlaceName],
    price: Callable[[PayQuestion], PricedJob | None],
) -> OfferMarket:
    """The market of an offer's job on a pay basis in a month, at its place where that is known.

    ``price`` answers a question from the sources that answer by default, in US dollars.
    """
    job = offer_job(offer, profiles)
    named = ", ".join(filter(None, (offer.level or offer.code, offer.function, offer.focus)))
    if job is None:
        why = f"no ladder here has {named}" if offer.function or offer.code else (
            f"the market of {named} depends on the function; state one that has a ladder here"
        )  # fmt: skip
        return OfferMarket(named, "", basis, str(month), {}, why=why)
    found = find_places(offer.place, places) if offer.place else []
    place = found[0].place if len(found) == 1 and found[0].kind != "nation" else ""
    asked = PayQuestion(job, place, basis, 0.5, month)
    about = (job.label, asked.place_label, basis, str(month))
    if offer.currency != "USD":
        return OfferMarket(*about, {}, why=f"the market is in USD, the offer in {offer.currency}")
    priced = price(asked)
    if priced is None:
        return OfferMarket(*about, {}, why=f"no source answers for {job.label} on this basis")
    median = priced.target
    pays = {figure.p: figure.composite for figure in priced.figures}
    return OfferMarket(*about, pays, median.interval, status_of(priced))


def market_sentences(market: OfferMarket, pay: float, place: str = "") -> list[str]:
    """The market in words, one sentence a line; ``place`` is where the offer is.

    >>> figures = {0.25: 80_000, 0.5: 100_000, 0.75: 120_000}
    >>> found = OfferMarket("P3 CSM", "Colorado", "base", "2027-01", figures, status="computed")
    >>> market_sentences(found, 110_000)[1]
    "The offer is 1.10 times the market's median."
    """
    if market.median is None:
        return [f"No market figure: {market.why}."]
    figures = ", ".join(
        f"{label} {money(market.pays[p], 'USD')}" for p, label in _SHOWN.items() if p in market.pays
    )
    about = ", ".join((market.job, market.place, LABELS[market.basis], market.month))
    said = [f"Market of {about}, {market.status}: {figures}."]
    ratio = f"The offer is {pay / market.median:.2f} times the market's median"
    ends = market.interval and money_range(*market.interval, "USD")
    said.append(f"{ratio}, whose interval is {ends}." if ends else f"{ratio}.")
    if place and market.place == NATION and place.casefold() != NATION.casefold():
        said.append(f"{place} is no single place that wages are known for here, so the market is "
                    "the whole country's.")  # fmt: skip
    return said
