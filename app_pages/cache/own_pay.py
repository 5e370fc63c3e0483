"""The team's own ranges, people and surveys on the levels of a ladder, as Home shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics import attention
from analytics.attention import OffTarget
from analytics.job_rows import JobProfile
from analytics.own_pay import (
    OwnPerson,
    OwnRange,
    by_level,
    own_people,
    own_ranges,
    people_for,
)
from analytics.own_pay import job_of_range as find_job
from analytics.own_pay import place_of_range as find_place
from analytics.pay_rows import Band
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.answers import answer_band_table, answer_question, ladder_questions
from analytics.pricing.question import PayQuestion
from analytics.rows import typed_rows
from app_pages.cache.answers import answer
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import cached_read, store_lock
from app_pages.cache.pricing import places, price_sources, usual_rate
from data.records.question import OWNER
from queries import run

#: People stand as loaded, so no month changes what is known of them.
_ANY_MONTH = Month(2000, 1)


@dataclass(frozen=True)
class PeopleOnLadder:
    """Pay by level of the staff on the terms of a question, of ``total`` on the ladder.

    ``leavers`` are no longer staff, and in neither.
    """

    by_level: Mapping[str, Sequence[float]]
    total: int
    leavers: int = 0

    @property
    def left_out(self) -> int:
        """How many are elsewhere, or without pay on the basis."""
        return self.total - sum(map(len, self.by_level.values()))


@dataclass(frozen=True)
class OwnJobs:
    """The jobs that a team's own data names, by what needs a look about them."""

    single_source: list[JobProfile]
    old_surveys: list[tuple[str, str]]
    off_target: list[OffTarget]


@cached_read()
def ranges() -> list[OwnRange]:
    """Every own range that has a level."""
    with store_lock().cursor() as con:
        return own_ranges(run(con, "loaded_ranges", load=""), profiles().rows)


def people(mode: str) -> list[OwnPerson]:
    """Everybody on the rosters whose job is known; nobody for eyes other than an owner's.

    Leavers are marked as of today.
    """
    return _people(mode, str(date.today()))


@cached_read(most=4)
def _people(mode: str, _day: str) -> list[OwnPerson]:
    if mode != OWNER:
        return []
    with store_lock().cursor() as con:
        return own_people(run(con, "loaded_roster", load=""), profiles().rows)


def people_on_ladder(mode: str, code: str, place: str, basis: str) -> PeopleOnLadder:
    """Today's staff of a job's ladder, those on a question's place and basis by level."""
    return _people_on_ladder(mode, code, place, basis, str(date.today()))


@cached_read(most=64)
def _people_on_ladder(mode: str, code: str, place: str, basis: str, _day: str) -> PeopleOnLadder:
    job = next(row for row in profiles().rows if row.code == code)
    named = [person for person in people(mode) if person.ladder == job.ladder]
    staff = [person for person in named if not person.has_left]
    asked = PayQuestion(job, place, basis, 0.5, _ANY_MONTH)
    return PeopleOnLadder(
        by_level(people_for(staff, asked, places()), basis), len(staff), len(named) - len(staff)
    )


@cached_read()
def _surveys() -> list[tuple[str, str, str]]:
    """The profile, date and source of each job of a survey that stands."""
    with store_lock().cursor() as con:
        frame = run(con, "loaded_surveys", load="")
    jobs = frame[frame.code.notna() & frame.used]
    return [(r.code, str(r.as_of), f"own-load-{r.load}") for r in jobs.itertuples()]


@cached_read(most=64)
def survey_ladder(code: str, place: str, basis: str, month: str) -> list[Band]:
    """Every level of a job's ladder from the team's own surveys alone, on the same terms."""
    surveyed = {job for job, _, _ in _surveys()}
    job = next(row for row in profiles().rows if row.code == code)
    asked = PayQuestion(job, place, basis, 0.5, parse_month(month))
    answers = []
    for level in ladder_questions(asked, profiles().rows):
        if level.job.code not in surveyed:
            continue
        own = [s for s in price_sources(level.job.code, place) if s.status == "imported"]
        if priced := answer_question(level, own, usual_rate()):
            answers.append((level.job, priced))
    return typed_rows(answer_band_table(answers), Band) if answers else []


def own_jobs(mode: str, today: str) -> OwnJobs:
    """What needs a look in the team's own data; ``today`` is a month."""
    return _own_jobs(mode, today, str(date.today()))


@cached_read(most=8)
def _own_jobs(mode: str, today: str, _day: str) -> OwnJobs:
    own, month = ranges(), parse_month(today)
    staff = [person for person in people(mode) if not person.has_left]
    named = {r.code for r in own} | {p.code for p in staff} | {code for code, _, _ in _surveys()}
    old = [(source, as_of) for _, as_of, source in _surveys() if attention.is_old(as_of, month)]
    return OwnJobs(
        single_source=[
            job for job in profiles().rows if job.code in named and _is_alone(job.code, today)
        ],
        old_surveys=sorted(old, key=lambda pair: pair[1]),
        off_target=attention.off_target(own, lambda r: market_median(r, today)),
    )


def job_of_range(pay_range: OwnRange) -> JobProfile | None:
    """The job that a range is for: by its code, else the first of its level."""
    return find_job(pay_range, profiles().rows)


def place_of_range(pay_range: OwnRange) -> str:
    """The known place that a range is for; empty for the whole country and unknown places."""
    return find_place(pay_range, places())


def _is_alone(code: str, month: str) -> bool:
    priced = answer(code, "", "base", 0.5, month)
    return priced is None or len(priced.answering) < 2


def market_median(pay_range: OwnRange, month: str) -> float | None:
    """The market's median for a range, on its basis and at its place; None without one."""
    job = job_of_range(pay_range)
    if job is None or pay_range.currency != "USD":
        return None
    priced = answer(job.code, place_of_range(pay_range), pay_range.pay_basis, 0.5, month)
    return priced.target.composite if priced else None
