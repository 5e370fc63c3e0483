"""The market of each level of a ladder from its answers, and a structure's ranges as own ones."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.own_pay import OwnRange
from analytics.pricing.answers import ladder_questions, status_of
from analytics.pricing.pricing import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.ranges.build import Structure
from analytics.ranges.rows import MarketLevel, StructureRange
from analytics.rows import JobProfile


def level_questions(question: PayQuestion, profiles: Iterable[JobProfile]) -> list[PayQuestion]:
    """The question at its own percentile for each level of the job's ladder, the whole country's.

    Geographic variants follow from it by the ratio of each place.
    """
    return [
        replace(level, place="", percentile=question.percentile)
        for level in ladder_questions(question, profiles)
    ]


def market_levels(
    answers: Sequence[tuple[PayQuestion, PricedJob | None]],
) -> tuple[MarketLevel, ...]:
    """The market figure of each level that was asked for; None where nothing answers."""
    return tuple(_level(question, priced) for question, priced in answers)


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


def _level(question: PayQuestion, priced: PricedJob | None) -> MarketLevel:
    job = question.job
    target = priced.target if priced else None
    low, high = (target.interval if target else None) or (None, None)
    used = priced.answering if priced else []
    sources = dict.fromkeys(part.source.origin or part.source.name for part in used)
    return MarketLevel(
        job.function_title, job.level, job.track, float(job.grade),
        target.composite if target else None, low, high, question.percentile,
        ", ".join(sources), status_of(priced) if priced else "",
    )  # fmt: skip
