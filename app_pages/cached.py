"""The one place that caches: the store's connection and what is read from it.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

import atexit
import gc
from collections.abc import Sequence
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from analytics.ote import Split
from app_pages.tables import Table
from data.compare import compare
from data.freshness import ensure
from data.market import PERCENTILES, Market, band_table, benchmark_table, read_market, step_table
from data.profiles import adjacent, details, find_profile
from data.store import open_to_read
from data.store_path import store_path
from data.units import PAY_BASES
from queries import run


@st.cache_resource(show_spinner="Opening the store…")
def connection() -> duckdb.DuckDBPyConnection:
    """The shared read-only connection; take a cursor for each call."""
    path = store_path()
    ensure(path)
    return open_to_read(path)


@st.cache_resource(show_spinner=False)
def market() -> Market:
    """The market, read once."""
    return read_market(connection().cursor())


@st.cache_resource(show_spinner=False, max_entries=64)
def bands(percentiles: tuple[float, ...], base_share: float | None) -> Table:
    """The whole band table."""
    split = Split(base_share) if base_share else None
    return Table.of(band_table(market(), percentiles, split), hidden=["series"])


@st.cache_resource(show_spinner=False, max_entries=16)
def benchmarks(percentiles: tuple[float, ...]) -> Table:
    """The whole benchmark table."""
    return Table.of(benchmark_table(market(), percentiles), hidden=["series"])


@st.cache_resource(show_spinner=False)
def steps() -> Table:
    """Every step between levels."""
    return Table.of(step_table(market()))


@st.cache_resource(show_spinner=False, max_entries=64)
def ask(name: str, **params: str | Sequence[str]) -> Table:
    """The answer to a query, as a table."""
    values: dict[str, Any] = dict(params)
    return Table.of(run(connection().cursor(), name, **values))


@st.cache_resource(show_spinner=False, max_entries=64)
def profile_details(code: str) -> dict[str, Table]:
    """Everything that is held of a profile, and its neighbours, as tables."""
    profiles = ask("profiles").frame
    found = details(connection().cursor(), find_profile(profiles, code))
    found["adjacent"] = adjacent(profiles, code)
    return {name: Table.of(frame) for name, frame in found.items()}


@st.cache_resource(show_spinner=False, max_entries=64)
def comparison(codes: tuple[str, ...]) -> dict[str, Table]:
    """Two to four profiles side by side, as tables."""
    found = compare(connection().cursor(), market(), codes)
    return {name: Table.of(frame) for name, frame in found.items()}


@st.cache_resource(show_spinner=False)
def sources() -> dict[str, Any]:
    """Each source by its name, as a row."""
    return {row.source: row for row in Table.of(market().sources).rows}


@st.cache_resource(show_spinner=False)
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
