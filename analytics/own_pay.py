"""The team's own pay ranges and people, as they stand on the levels of a ladder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from analytics.job_rows import JobProfile
from analytics.load_source import load_source
from analytics.places import find_places, places_within
from analytics.pricing.market_sources import ANYWHERE
from analytics.pricing.question import PayQuestion
from analytics.rows import known
from analytics.wage_rows import PlaceName


@dataclass(frozen=True)
class OwnRange:
    """A pay range; ``ladder`` is empty where it names no function, ``level`` where no level.

    ``name`` is its focus and title, for people; a range with a profile's ``code`` is for
    that job alone.
    """

    code: str
    ladder: str
    level: str
    name: str
    place: str
    pay_basis: str
    currency: str
    minimum: float
    midpoint: float
    maximum: float
    effective_date: str
    source: str
    function: str = ""
    focus: str = ""
    title: str = ""


@dataclass(frozen=True)
class OwnPerson:
    """Somebody's pay a year for full-time work; ``target_cash`` is None where it is unknown.

    ``has_left`` marks people who are no longer staff.
    """

    code: str
    ladder: str
    level: str
    place: str
    currency: str
    base: float
    target_cash: float | None
    as_of: str
    has_left: bool = False

    def pay(self, basis: str) -> float | None:
        """Pay on a basis; None for one that a roster does not tell."""
        return {"base": self.base, "target_cash": self.target_cash}.get(basis)


Placed = TypeVar("Placed", OwnRange, OwnPerson)


def own_ranges(frame: pd.DataFrame, profiles: Iterable[JobProfile]) -> list[OwnRange]:
    """Those of `every_range` that have a level."""
    return [r for r in every_range(frame, profiles) if r.level]


def every_range(frame: pd.DataFrame, profiles: Iterable[JobProfile]) -> list[OwnRange]:
    """The loaded ranges, the newest of each job, place, currency and basis.

    ``frame`` is what the query ``loaded_ranges`` gives. A range with a profile's code
    stands on that profile's level; another one on the level that it names, of its own
    function if it names one.
    """
    jobs = {job.code: job for job in profiles}
    ladders = {job.function_title.casefold(): job.ladder for job in jobs.values()}
    newest: dict[tuple[Any, ...], OwnRange] = {}
    for row in frame.sort_values(["effective_date", "load"]).itertuples():
        job, function = jobs.get(_text(row.code)), _text(row.function)
        level = job.level if job else _text(row.level)
        ladder = job.ladder if job else ladders.get(function.casefold(), function)
        name = ", ".join(filter(None, (_text(row.focus), _text(row.title))))
        key = (ladder, level, name, row.place, row.currency, row.pay_basis)
        newest[key] = OwnRange(
            code=job.code if job else "",
            ladder=ladder,
            level=level,
            name=name,
            place=row.place,
            pay_basis=row.pay_basis,
            currency=row.currency,
            minimum=float(row.minimum),
            midpoint=float(row.midpoint),
            maximum=float(row.maximum),
            effective_date=str(row.effective_date)[:10],
            source=load_source(row.load),
            function=function,
            focus=_text(row.focus),
            title=_text(row.title),
        )
    return list(newest.values())


def own_people(frame: pd.DataFrame, profiles: Iterable[JobProfile]) -> list[OwnPerson]:
    """The people whose job is a profile's, each once, from the newest roster that has them.

    ``frame`` is what the query ``loaded_roster`` gives.
    """
    jobs = {job.code: job for job in profiles}
    newest: dict[str, OwnPerson] = {}
    for row in frame.sort_values(["as_of", "load"]).itertuples():
        job = jobs.get(_text(row.code))
        if job is None:
            newest.pop(row.employee_id, None)
            continue
        base, variable = row.full_time_base, known(row.full_time_variable)
        newest[row.employee_id] = OwnPerson(
            code=job.code,
            ladder=job.ladder,
            level=job.level,
            place=row.place,
            currency=row.currency,
            base=base,
            target_cash=None if variable is None else base + variable,
            as_of=str(row.as_of)[:10],
            has_left=bool(row.has_left),
        )
    return list(newest.values())


def job_of_range(pay_range: OwnRange, profiles: Iterable[JobProfile]) -> JobProfile | None:
    """The job that a range is for: by its code, else the first of its level."""
    return next(
        (
            job
            for job in profiles
            if job.code == pay_range.code
            or (
                not pay_range.code
                and (job.ladder, job.level) == (pay_range.ladder or job.ladder, pay_range.level)
            )
        ),
        None,
    )


def place_of_range(pay_range: OwnRange, places: Sequence[PlaceName]) -> str:
    """The known place that a range is for; empty for the whole country and unknown places."""
    if pay_range.place in ANYWHERE:
        return ""
    found = find_places(pay_range.place, places)
    return found[0].place if len(found) == 1 and found[0].kind != "nation" else ""


def ranges_for(
    ranges: Iterable[OwnRange], question: PayQuestion, places: Sequence[PlaceName] = ()
) -> list[OwnRange]:
    """The ranges of the question's ladder on its basis: those of its place, else national ones.

    ``places`` are the known ones, by which "Denver" is the Denver area.
    """
    fitting = [
        r
        for r in ranges
        if r.ladder in ("", question.job.ladder)
        and (r.pay_basis, r.currency) == (question.basis, "USD")
    ]
    return _at_place(fitting, question, places) or [r for r in fitting if r.place in ANYWHERE]


def people_for(
    people: Iterable[OwnPerson], question: PayQuestion, places: Sequence[PlaceName] = ()
) -> list[OwnPerson]:
    """The people of the question's ladder whose pay on its basis is known.

    Those at its place, or everybody where the whole country is asked.
    """
    fitting = [
        person
        for person in people
        if person.ladder == question.job.ladder
        and person.currency == "USD"
        and person.pay(question.basis) is not None
    ]
    return _at_place(fitting, question, places) if question.place else fitting


def by_level(people: Sequence[OwnPerson], basis: str) -> Mapping[str, list[float]]:
    """The pay of people level by level, from the lowest up."""
    levels: dict[str, list[float]] = {}
    for person in people:
        if (pay := person.pay(basis)) is not None:
            levels.setdefault(person.level, []).append(pay)
    return {level: sorted(pays) for level, pays in levels.items()}


def _at_place(
    rows: Sequence[Placed], question: PayQuestion, places: Sequence[PlaceName]
) -> list[Placed]:
    there = places_within({r.place for r in rows}, question.place, places)
    return [r for r in rows if r.place in there]


def _text(value: object) -> str:
    """The text of a cell that may be missing."""
    return value if isinstance(value, str) else ""
