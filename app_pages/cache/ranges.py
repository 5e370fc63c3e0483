"""What the Ranges page reads: the market of a ladder, place ratios, versions, people's cost."""

from dataclasses import dataclass, replace

from analytics.job_rows import JobProfile
from analytics.own_pay import OwnRange
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.answers import ladder_questions
from analytics.pricing.inputs import Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.pricing.serialization import from_spec as pricing_from_spec
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.market_choice import (
    MarketChoice,
    answer_choice,
    figure_name,
    pricing_choice,
)
from analytics.ranges.market_levels import (
    as_own_ranges,
    level_questions,
    market_again,
    market_levels,
)
from analytics.ranges.posting import PostingRule
from analytics.ranges.rows import MarketLevel, PlaceRatio
from analytics.ranges.serialization import from_spec
from analytics.ranges.targets import Targets
from app_pages.cache.answers import answer
from app_pages.cache.catalog import profiles
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.cache.pricing import places, price_sources, saved_versions, usual_rate
from app_pages.cache.records import has_pay_records, record_bands, record_values, stated_elements
from data.ranges.market import read_place_ratios, read_pricing, record_sources_of
from data.ranges.today import read_ratios_again
from data.ranges.versions import Version, read_versions
from data.records.question import AGGREGATE, OWNER, RecordQuery
from queries import run

#: The cells of pay records that a level's figure may be taken from.
_CELLS = ("function", "level")


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
    code: str,
    basis: str,
    targets: Targets,
    month: str,
    choices: tuple[tuple[str, MarketChoice], ...] = (),
    mode: str = AGGREGATE,
) -> tuple[MarketLevel, ...]:
    """The market of each level of a job's ladder in the whole country.

    ``choices`` are the figures and percentiles chosen for single levels. Pay records answer
    in `OWNER` mode.
    """
    job = next(row for row in profiles().rows if row.code == code)
    question = PayQuestion(job, "", basis, targets.percentile, parse_month(month))
    single = {level: c.percentile for level, c in choices if c.percentile is not None}
    figures = {level: choice.figure for level, choice in choices}
    return market_levels([
        (level, chosen_answer(level, figures.get(level.job.level, ""), mode))
        for level in level_questions(question, profiles().rows, dict(targets.of) | single)
    ], figures)  # fmt: skip


def chosen_answer(question: PayQuestion, figure: str, mode: str) -> PricedJob | None:
    """A level priced in the whole country from the figure that is chosen for it."""
    code, basis, month = question.job.code, question.basis, str(question.month)
    if not figure:
        return answer(code, "", basis, question.percentile, month)
    offered = [*_record_sources(question.job, basis, mode), *price_sources(code, "")]
    pricing = read_pricing(saved_versions("pricing").frame, figure)
    return answer_choice(question, figure, offered, usual_rate(), pricing)


@cached_read(most=32)
def market_figures(code: str, basis: str, month: str, mode: str) -> tuple[str, ...]:
    """The figures that levels of a job's ladder can be built on, by name, besides the usual.

    Each gives a median of some level on the basis; saved pricings that are not of a place
    stand after the sources.
    """
    job = next(row for row in profiles().rows if row.code == code)
    question = PayQuestion(job, "", basis, 0.5, parse_month(month))
    known: dict[str, None] = {}
    for level in level_questions(question, profiles().rows):
        offered = [*_record_sources(level.job, basis, mode), *price_sources(level.job.code, "")]
        names = dict.fromkeys(figure_name(source, level.job.level) for source in offered)
        known |= {n: None for n in names if n not in known and chosen_answer(level, n, mode)}
    saved = saved_versions("pricing")
    pricings = {row.name: row.spec for row in saved.rows}
    national = [name for name, spec in pricings.items() if not pricing_from_spec(spec).place]
    return (*known, *map(pricing_choice, national))


def focus_of(code: str) -> str:
    """The title of a profile's focus; empty for a code that there is none of."""
    return next((row.focus_title for row in profiles().rows if row.code == code), "")


def _record_sources(job: JobProfile, basis: str, mode: str) -> list[Source]:
    if mode != OWNER or not has_pay_records() or basis not in stated_elements():
        return []
    if "USD" not in record_values().get("currency", ()):
        return []
    return record_sources_of(record_bands(RecordQuery("USD", basis, _CELLS)).rows, job)


@cached_read(most=64)
def place_ratios(function: str, chosen: tuple[str, ...]) -> tuple[PlaceRatio, ...]:
    """By what pay of a function is multiplied at each place; raises `InputError`."""
    with store_lock().cursor() as con:
        return read_place_ratios(con, function, chosen)


@cached_read(most=32)
def market_movement(spec: str, month: str, mode: str) -> tuple[Structure, Structure]:
    """A structure on the market of a month, and on today's store in its own month."""
    structure = from_spec(spec)
    job = ladder_jobs().get(structure.function)
    with store_lock().cursor() as con:
        places = read_ratios_again(con, job.function if job else "", structure.places)

    def answer(question: PayQuestion, figure: str) -> PricedJob | None:
        return chosen_answer(question, figure, mode)

    now, again = (
        replace(market_again(structure, profiles().rows, answer, when), places=places)
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


def focus_jobs(function: str) -> dict[str, JobProfile]:
    """A job of each focus of a function, by the focus's title."""
    own = [row for row in profiles().rows if row.function_title == function]
    return {row.focus_title: row for row in reversed(own)}


def levels_of_several(function: str) -> bool:
    """Whether a level of the function stands in more than one focus."""
    own = [row.level for row in profiles().rows if row.function_title == function]
    return len(own) > len(set(own))


def jobs_of_ladder(job: JobProfile) -> list[JobProfile]:
    """The job of each level of a job's ladder, of its own focus where that has the level."""
    question = PayQuestion(job, "", "base", 0.5, Month(2000, 1))
    return [level.job for level in ladder_questions(question, profiles().rows)]


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
