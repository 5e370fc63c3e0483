"""The market of each level of a ladder from its answers, and a structure's ranges as own ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.own_pay import OwnRange
from analytics.pricing.ageing import parse_month
from analytics.pricing.answers import ladder_questions, status_of
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.ranges.build import Structure
from analytics.ranges.exchange import MARKET_CURRENCY
from analytics.ranges.rows import MarketLevel, StructureRange
from analytics.ranges.targets import target_of

#: Statuses of an answer of Bandstand's own, which a figure of a file does not have.
_ANSWERED = ("computed", "computed from demo data", "extrapolated", "modelled")


def level_questions(
    question: PayQuestion,
    profiles: Iterable[JobProfile],
    percentiles: Mapping[str, float] | None = None,
) -> list[PayQuestion]:
    """The question for each level of the job's ladder, in the whole country, at its percentile.

    ``percentiles`` are the target percentiles, in (0, 1), of single levels, focuses by
    title or tracks, a level's before its focus's before its track's; others are at the
    question's own. Geographic variants follow by the ratio of each place.
    """
    targets = percentiles or {}

    def target(job: JobProfile) -> float:
        return target_of((job.level, job.focus_title, job.track), targets, question.percentile)

    levels = ladder_questions(question, profiles)
    return [replace(level, place="", percentile=target(level.job)) for level in levels]


def market_levels(
    answers: Sequence[tuple[PayQuestion, PricedJob | None]],
    chosen: Mapping[str, str] | None = None,
) -> tuple[MarketLevel, ...]:
    """The market figure of each level that was asked for; None where nothing answers.

    ``chosen`` names by level the figures that somebody chose.
    """
    named = chosen or {}
    return tuple(
        replace(_level(question, priced), chosen=named.get(question.job.level, ""))
        for question, priced in answers
    )


def choose_levels(markets: Sequence[MarketLevel], levels: Sequence[str]) -> tuple[MarketLevel, ...]:
    """The markets of the levels that are built, in their own order; all where none is named.

    Raises `InputError` for a level that there is not.
    """
    known = dict.fromkeys(m.level for m in markets)
    if unknown := [level for level in levels if level not in known]:
        raise InputError(
            f"no such level: {', '.join(unknown)}; those that can be built are {', '.join(known)}"
        )
    return tuple(m for m in markets if not levels or m.level in levels)


def as_own_ranges(structure: Structure, ranges: Iterable[StructureRange]) -> list[OwnRange]:
    """A structure's ranges as if they were loaded: by function, level and place."""
    return [
        OwnRange(
            code="", ladder="", level=r.level, name="", place=r.place,
            pay_basis=structure.pay_basis, currency=structure.currency, minimum=r.minimum,
            midpoint=r.midpoint, maximum=r.maximum, effective_date=f"{structure.month}-01",
            source="this structure", function=r.function,
        )
        for r in ranges
    ]  # fmt: skip


def market_again(
    structure: Structure,
    profiles: Sequence[JobProfile],
    answer: Callable[[PayQuestion, str], PricedJob | None],
    month: str = "",
) -> Structure:
    """The structure on its levels' market read anew, in a month, its own if none is given.

    Each level is asked for on the terms that it was built on: ``answer`` is given its
    question and the figure that was chosen for it, empty for the usual sources. A level
    that can't be asked for again, since its figure came from a file, and one that nothing
    answers any longer, has no market figure; nor has one in a currency that the structure
    has no rate for. Figures are converted at the structure's own rate.
    """
    when = parse_month(month or structure.month)
    again = []
    for level in structure.markets:
        job = _job_of(level, profiles)
        asked = job and PayQuestion(job, "", structure.pay_basis, level.percentile, when)
        priced = answer(asked, level.chosen) if asked else None
        found = _level(asked, priced) if asked else replace(level, market=None)
        named = {name: getattr(level, name) for name in ("level", "function", "chosen")}
        again.append(replace(_converted(found, structure), **named))
    return replace(structure, month=str(when), markets=tuple(again))


def _converted(level: MarketLevel, structure: Structure) -> MarketLevel:
    """A level's figure, which is in USD, in the currency of a structure."""
    if structure.exchange is not None:
        return level.times(structure.exchange)
    if structure.currency != MARKET_CURRENCY:
        return replace(level, market=None, low=None, high=None)
    return level


def _job_of(level: MarketLevel, profiles: Sequence[JobProfile]) -> JobProfile | None:
    """The profile of a level: by its code, of those saved without one by function and level."""
    if not level.code and level.status not in _ANSWERED:
        return None
    named = (level.function, level.level)
    for row in profiles:
        if row.code == level.code if level.code else (row.function_title, row.level) == named:
            return row
    return None


def _level(question: PayQuestion, priced: PricedJob | None) -> MarketLevel:
    job = question.job
    target = priced.target if priced else None
    low, high = (target.interval if target else None) or (None, None)
    used = priced.answering if priced else []
    sources = dict.fromkeys(part.source.origin or part.source.name for part in used)
    return MarketLevel(
        job.function_title, job.level, job.track, float(job.grade),
        target.composite if target else None, low, high, question.percentile,
        ", ".join(sources), _status(priced) if priced else "", job.code,
    )  # fmt: skip


def _status(priced: PricedJob) -> str:
    """The status of a level's figure; one of made-up records says so."""
    made_up = [c.source.status for c in priced.answering if "demo" in c.source.status]
    return made_up[0] if made_up else status_of(priced)
