"""The market tables and what the filters offer, as pages read them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.deltas import Rung
from analytics.market_tables import Market, band_table, benchmark_table, level_difference_table
from analytics.ote import Split
from analytics.pay_basis import PAY_BASES
from analytics.percentiles import PERCENTILES
from app_pages.cache.connection import _seen, cached_read, store_lock
from app_pages.components.tables import Table
from data.catalog.market import read_market


@cached_read()
def market() -> Market:
    """The market, read once."""
    with store_lock().cursor() as con:
        held = read_market(con)
    return replace(held, sources=_seen(held.sources))


@cached_read(most=64)
def bands(percentiles: tuple[float, ...], base_share: float | None) -> Table:
    """The whole band table."""
    split = Split(base_share) if base_share else None
    return Table.of(band_table(market(), percentiles, split), hidden=["series"])


@cached_read(most=16)
def benchmarks(percentiles: tuple[float, ...]) -> Table:
    """The whole benchmark table."""
    return Table.of(benchmark_table(market(), percentiles), hidden=["series"])


@cached_read()
def steps() -> Table:
    """Every step between levels."""
    return Table.of(level_difference_table(market()))


@cached_read()
def rungs() -> list[Rung]:
    """Each level once, as the ladders have it."""
    levels = market().levels.drop_duplicates("level")
    return [Rung(r.level, r.track, r.ordinal, r.grade) for r in levels.itertuples()]


@cached_read()
def tracks() -> dict[str, str]:
    """Each level's track."""
    return {rung.level: rung.track for rung in rungs()}


@cached_read()
def sources() -> dict[str, Any]:
    """Each source by its name, as a row."""
    return {row.source: row for row in Table.of(market().sources).rows}


@cached_read()
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
