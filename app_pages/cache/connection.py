"""The one place that caches: the store's connection and what is read from it.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

import atexit
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import duckdb
import pandas as pd
import streamlit as st

from analytics import record_tables as record_views
from analytics.deltas import Rung
from analytics.jobs import profile_lookup as naming
from analytics.jobs.matching import Matcher
from analytics.ote import Split
from analytics.pricing.market_sources import Places, sources_for, survey_sources
from analytics.pricing.pricing import Source
from app_pages.components.tables import Table
from data.build.ensure import ensure
from data.catalog.compare import compare
from data.catalog.market import (
    PERCENTILES,
    Market,
    band_table,
    benchmark_table,
    read_market,
    step_table,
)
from data.catalog.matcher import read_matcher
from data.catalog.profiles import adjacent, details, find_profile, profile_sheet, sheet_table
from data.files.cell_types import PAY_BASES
from data.files.problems import Problem
from data.imports.integrity import damaged_loads
from data.imports.oews import release as oews
from data.imports.oews.reconcile import Sorted, sort_out
from data.imports.oews.release import Release
from data.imports.taxonomy import tables as taxonomy
from data.imports.taxonomy.files import Taxonomy
from data.records import bands as records
from data.records.bands import Asked, Records
from data.records.index import identity_of
from data.store.location import store_path
from data.store.read_write_lock import Gate
from queries import run

P = ParamSpec("P")
R = TypeVar("R")
#: Rows of a load that a page shows; files hold all of them.
_ON_SCREEN = 1_000
_forget: list[Callable[[], None]] = []


@st.cache_resource(show_spinner="Opening the store…")
def gate() -> Gate:
    """The store's readers and its writer."""
    path = store_path()
    ensure(path)
    return Gate(path)


def kept(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep up to ``most`` answers of a function until something is written.

    Calls hold the gate for reading, so that a writer who forgets what is kept
    can't be followed by an answer from before.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        answers = st.cache_resource(show_spinner=False, max_entries=most)(function)
        _forget.append(answers.clear)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            with gate().reading():
                return answers(*args, **kwargs)

        return call

    return keep


def write(change: Callable[[duckdb.DuckDBPyConnection], R]) -> R:
    """Make a change to the store, and forget what was read before it.

    Raises `StoreError` when another program holds the store, and what
    ``change`` raises.
    """
    with gate().writing(after=_forget_all) as con:
        return change(con)


def _forget_all() -> None:
    for forget in _forget:
        forget()


@kept()
def damaged() -> list[str]:
    """A sentence for each load that is not what its log says, looked for at opening."""
    with gate().cursor() as con:
        return damaged_loads(con)


@kept()
def market() -> Market:
    """The market, read once."""
    with gate().cursor() as con:
        held = read_market(con)
    return replace(held, sources=_seen(held.sources))


def _seen(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources as whoever looks at this server may see them."""
    aggregate = records.mode_of_server() == records.AGGREGATE
    return records.for_others(sources) if aggregate else sources


@kept(most=64)
def bands(percentiles: tuple[float, ...], base_share: float | None) -> Table:
    """The whole band table."""
    split = Split(base_share) if base_share else None
    return Table.of(band_table(market(), percentiles, split), hidden=["series"])


@kept(most=16)
def benchmarks(percentiles: tuple[float, ...]) -> Table:
    """The whole benchmark table."""
    return Table.of(benchmark_table(market(), percentiles), hidden=["series"])


@kept()
def steps() -> Table:
    """Every step between levels."""
    return Table.of(step_table(market()))


@kept(most=64)
def ask(name: str, **params: str | Sequence[str]) -> Table:
    """The answer to a query, as a table."""
    values: dict[str, Any] = dict(params)
    with gate().cursor() as con:
        found = run(con, name, **values)
    return Table.of(_seen(found) if name == "sources" else found)


@kept(most=8)
def first_rows(name: str, load: str) -> Table:
    """The first rows of a load, by the query that lists them."""
    with gate().cursor() as con:
        return Table.of(run(con, name, most=_ON_SCREEN, load=load))


def all_rows(name: str, load: str) -> pd.DataFrame:
    """All rows of a load, read for this once."""
    with gate().reading(), gate().cursor() as con:
        return run(con, name, load=load)


@kept(most=64)
def profile_details(code: str) -> dict[str, Table]:
    """Everything that is held of a profile, and its neighbours, as tables."""
    profiles = ask("profiles").frame
    with gate().cursor() as con:
        found = details(con, find_profile(profiles, code))
    found["adjacent"] = adjacent(profiles, code)
    return {name: Table.of(frame) for name, frame in found.items()}


@kept(most=64)
def profile_facts(code: str) -> pd.DataFrame:
    """A profile as one table, for a file."""
    with gate().cursor() as con:
        return sheet_table(profile_sheet(con, code))


@kept(most=64)
def comparison(codes: tuple[str, ...]) -> dict[str, Table]:
    """Two to four profiles side by side, as tables."""
    with gate().cursor() as con:
        found = compare(con, market(), codes)
    return {name: Table.of(frame) for name, frame in found.items()}


@kept()
def matcher() -> Matcher:
    """What finds jobs by their titles."""
    with gate().cursor() as con:
        return read_matcher(con)


@kept(most=64)
def price_sources(code: str, place: str) -> list[Source]:
    """What the store says of a job's pay at a place, as sources of a pricing."""
    job = find_profile(ask("profiles").frame, code)
    rows = [row for row in ask("places", function=job["function"]).rows if row.place == place]
    places = Places(place, rows, job["focus"])
    held = sources_for(market(), job, ask("wage_history").frame, places)
    return [*survey_sources(ask("survey_pay", code=job["code"]).frame, places), *held]


@kept(most=4)
def read_taxonomy(files: tuple[tuple[str, bytes], ...]) -> tuple[Taxonomy, list[Problem]]:
    """The taxonomy in some files, and what is wrong with it."""
    with gate().cursor() as con:
        return taxonomy.read(con, dict(files))


@kept(most=4)
def read_release(name: str, content: bytes) -> tuple[Release, Sorted]:
    """A BLS file as read, and beside what the store holds."""
    release = oews.read_release(name, content)
    with gate().cursor() as con:
        return release, sort_out(con, release)


def record_words() -> dict[str, list[str]]:
    """What the pay records can be narrowed by; empty while there are none."""
    return _record_words() if there_are_records() else {}


@kept()
def there_are_records() -> bool:
    """Whether any pay records are loaded, and stand."""
    with gate().cursor() as con:
        return records.there_are(con)


@kept()
def record_identity() -> str:
    """Which loads of pay records stand, as a fingerprint."""
    with gate().cursor() as con:
        return identity_of(con)


@kept()
def pay_records(_tell: Callable[[float], None] = lambda _: None) -> Records:
    """What answers for the pay records, put in order first if it must be; ``_tell`` hears how far
    that is.
    """
    with gate().cursor() as con:
        return Records.open(con, store_path(), _tell)


@kept()
def _record_words() -> dict[str, list[str]]:
    with gate().cursor() as con:
        return records.known_words(con)


@kept(most=256)
def record_bands(asked: Asked, _cursors: list[duckdb.DuckDBPyConnection] | None = None) -> Table:
    """The band table of a question; ``_cursors`` is given the cursor that can be interrupted."""
    with gate().cursor() as con:
        if _cursors is not None:
            _cursors.append(con)
        return Table.of(records.record_table(con, pay_records(), asked))


@kept(most=64)
def record_steps(asked: Asked) -> Table:
    """The steps between the levels of a question's answer."""
    return Table.of(record_views.step_table(record_bands(asked).frame, asked.by, rungs()))


@kept(most=64)
def record_beside(asked: Asked, function: str) -> Table:
    """What lies beside the answer to a question by level, for one function or none."""
    table = record_bands(asked).frame
    whole = record_bands(replace(asked, by=("function",))).frame if function else table.head(0)
    ranges = ask("loaded_ranges", load="").frame
    near = bands(asked.percentiles, None).frame, benchmarks(asked.percentiles).frame
    return Table.of(record_views.beside_table(table, whole, *near, ranges, function))


@kept()
def rungs() -> list[Rung]:
    """Each level once, as the ladders have it."""
    levels = market().levels.drop_duplicates("level")
    return [Rung(r.level, r.track, r.ordinal, r.grade) for r in levels.itertuples()]


@kept()
def tracks() -> dict[str, str]:
    """Each level's track."""
    return {rung.level: rung.track for rung in rungs()}


def name_jobs(
    jobs: list[tuple[str | None, str | None, str | None]],
) -> list[tuple[str, str, str]]:
    """The profiles that the jobs of a file mean."""
    return naming.name_jobs(jobs, matcher(), set(ask("profiles").frame.code))


@kept()
def sources() -> dict[str, Any]:
    """Each source by its name, as a row."""
    return {row.source: row for row in Table.of(market().sources).rows}


@kept()
def options() -> dict[str, list[str]]:
    """What each filter offers, in the order of the ladders."""
    levels: pd.DataFrame = market().levels
    named = {
        "function": "function_title",
        "focus": "focus_title",
        "track": "track",
        "level": "level",
    }
    found = {name: list(dict.fromkeys(levels[column])) for name, column in named.items()}
    bases = {
        r.pay_basis for t in (bands(PERCENTILES, None), benchmarks(PERCENTILES)) for r in t.rows
    }
    found["pay_basis"] = [basis for basis in PAY_BASES if basis in bases]
    return {**found, "series": market().series}


@st.cache_resource(show_spinner=False)
def settled() -> None:
    """Spare every rerun a walk over what the start-up left in memory.

    Streamlit collects all garbage after each run; freezing what is loaded by
    now, once, takes that from the larger part of a rerun to a small one.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
