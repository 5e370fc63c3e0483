"""What the Ranges page reads: the market of a ladder, place ratios, versions, people's cost."""

from dataclasses import dataclass, replace

from analytics.own_pay import OwnRange
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from analytics.pricing.ageing import parse_month
from analytics.pricing.pricing import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.market_levels import (
    as_own_ranges,
    level_questions,
    market_again,
    market_levels,
)
from analytics.ranges.posting import PostingRule
from analytics.ranges.rows import MarketLevel, PlaceRatio
from analytics.ranges.serialization import from_spec
from analytics.rows import JobProfile
from app_pages.cache.answers import answer
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.pricing import places
from data.ranges.market import read_place_ratios
from data.ranges.today import read_ratios_again
from data.ranges.versions import Version, read_versions
from data.records.question import OWNER
from queries import run


@dataclass(frozen=True)
class PeopleInStructure:
    """Own people on the ranges of a structure that is looked at, and who is outside.

    ``to_minimum`` and ``over_maximum`` are a year's, at each one's FTE. ``elsewhere`` have
    no range in it.
    """

    people: int
    below: int
    to_minimum: float
    above: int
    over_maximum: float
    elsewhere: int


@cached_read(most=64)
def structure_market(
    code: str, basis: str, percentile: float, month: str, managers: float | None = None
) -> tuple[MarketLevel, ...]:
    """The market of each level of a job's ladder in the whole country.

    ``managers`` is the percentile of the management track, where it is another.
    """
    job = next(row for row in profiles().rows if row.code == code)
    asked = PayQuestion(job, "", basis, percentile, parse_month(month))
    targets = {} if managers is None else {"management": managers}
    return market_levels([
        (level, answer(level.job.code, "", basis, level.percentile, month))
        for level in level_questions(asked, profiles().rows, targets)
    ])  # fmt: skip


@cached_read(most=64)
def place_ratios(function: str, chosen: tuple[str, ...]) -> tuple[PlaceRatio, ...]:
    """By what pay of a function is multiplied at each place; raises `InputError`."""
    with store_lock().cursor() as con:
        return read_place_ratios(con, function, chosen)


@cached_read(most=32)
def market_movement(spec: str, month: str) -> tuple[Structure, Structure]:
    """A structure on the market of a month, and on today's store in its own month."""
    structure = from_spec(spec)
    job = ladder_jobs().get(structure.function)
    with store_lock().cursor() as con:
        places = read_ratios_again(con, job.function if job else "", structure.places)

    def asked(question: PayQuestion) -> PricedJob | None:
        return answer(question.job.code, "", question.basis, question.percentile,
                      str(question.month))  # fmt: skip

    now, again = (
        replace(market_again(structure, profiles().rows, asked, when), places=places)
        for when in (month, structure.month)
    )
    return now, again


@cached_read()
def structure_versions() -> list[Version]:
    """Every saved version of every structure, by name from the first on."""
    with store_lock().cursor() as con:
        return read_versions(con)


def posting_rules() -> list[PostingRule]:
    """The rules of places about pay ranges in postings."""
    return ask("posting_rules", PostingRule).rows


def ladder_jobs() -> dict[str, JobProfile]:
    """A job of each function's ladder, of the focus that has the most levels."""
    rows = profiles().rows
    jobs: dict[str, JobProfile] = {}
    for function in dict.fromkeys(row.function_title for row in rows):
        own = [row for row in rows if row.function_title == function]
        focuses = [row.focus for row in own]
        jobs[function] = max(own, key=lambda row: focuses.count(row.focus))
    return jobs


def people_in_structure(mode: str, spec: str, day: str) -> PeopleInStructure | None:
    """Own people on a structure's ranges as of a day; None for others than owners, or nobody."""
    return _people_in_structure(spec, day) if mode == OWNER else None


@cached_read(most=32)
def _people_in_structure(spec: str, _day: str) -> PeopleInStructure | None:
    structure = from_spec(spec)
    ranges: list[OwnRange] = as_own_ranges(structure, build_ranges(structure).ranges)
    with store_lock().cursor() as con:
        roster = read_roster(run(con, "loaded_roster", load=""), profiles().rows)
    if not len(roster.people):
        return None
    people = positions_of(roster, ranges, places()).people
    placed = people[people.why == ""]
    below, above = placed[placed.to_minimum > 0], placed[placed.over_maximum > 0]
    return PeopleInStructure(
        len(placed), len(below), float(below.to_minimum.sum()), len(above),
        float(above.over_maximum.sum()), len(people) - len(placed),
    )  # fmt: skip
