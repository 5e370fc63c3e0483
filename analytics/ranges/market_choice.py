"""Which market figure a level's range is built on, where somebody chooses it for the level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analytics.errors import InputError
from analytics.market_tables import MODEL
from analytics.percentiles import percentile_of_name
from analytics.pricing.ageing import find_month
from analytics.pricing.answers import answer_question
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.pricing import price_job
from analytics.pricing.question import PayQuestion
from analytics.record_rows import RecordCell

#: The sources that answer by default, as on Home; a band of the team's own pay records.
USUAL, RECORDS = "", "Pay records"
_PRICING = "Pricing: "


@dataclass(frozen=True)
class MarketChoice:
    """What somebody chose for a level: a figure by its name, and a percentile in (0, 1).

    ``percentile`` is None for that of the level's track.
    """

    figure: str = USUAL
    percentile: float | None = None


def pricing_choice(name: str) -> str:
    """What the saved pricing of a name is called among the choices.

    >>> pricing_choice("CSM Denver")
    'Pricing: CSM Denver'
    """
    return _PRICING + name


def chosen_pricing(figure: str) -> str:
    """The name of the saved pricing that is chosen; empty where none is."""
    return figure.removeprefix(_PRICING) if figure.startswith(_PRICING) else ""


def figure_name(source: Source, level: str) -> str:
    """What a source is called among the choices, alike at every level.

    A survey goes by its own name, whichever of its jobs the level takes.
    """
    if source.name == RECORDS:
        return RECORDS
    if source.status == "modelled":
        return MODEL
    if source.status == "imported":
        return source.name.split(": ")[0]
    return source.name.removesuffix(f", {level}")


def record_source(cell: RecordCell) -> Source | None:
    """A band of own pay records as a source of a level; None for one without a date or figure."""
    as_of = find_month(cell.as_of[-10:][:7])
    names = [name for name in cell.percentiles if cell.pay(name) is not None]
    if as_of is None or not names or isinstance(cell.n, str):
        return None
    return Source(
        RECORDS,
        cell.pay_basis,
        as_of,
        {percentile_of_name(name): cell.percentiles[name] for name in names},
        cell.currency,
        n=int(cell.n),
        match="exact",
        reason="your own pay records of the function and level",
        intervals={percentile_of_name(n): ends for n in names if (ends := cell.interval(n))},
        status=cell.status,
        origin=cell.source,
    )


def answer_choice(
    question: PayQuestion,
    figure: str,
    offered: Sequence[Source],
    rate: Rate,
    pricing: Pricing | None = None,
) -> PricedJob | None:
    """A level priced from the chosen figure alone; None where that gives none on these terms.

    ``offered`` are all sources of the level; ``pricing`` is the saved one that is chosen,
    whose sources and rate stay as decided, aged to the question's month.
    """
    if pricing is None:
        mine = [s for s in offered if figure_name(s, question.job.level) == figure]
        return answer_question(question, mine if figure else usual_sources(offered), rate)
    asked = replace(pricing, basis=question.basis, to=question.month, target=question.percentile)
    try:
        return price_job(asked)
    except InputError:
        return None


def usual_sources(offered: Iterable[Source]) -> list[Source]:
    """The sources without the team's own records, which answer only where they are chosen."""
    return [source for source in offered if source.name != RECORDS]
