"""The market tables and what the filters offer, as pages read them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.deltas import Rung
from analytics.market_tables import Market, band_table, benchmark_table, level_difference_table
from analytics.ote import Split
from analytics.pay_basis import PAY_BASES
from analytics.pay_rows import Band, Benchmark, LevelDifference
from analytics.percentiles import PERCENTILES
from analytics.rows import SourceInfo
from app_pages.cache.connection import cached_read, store_lock
from app_pages.components.tables import Table
from data.catalog.market import read_market
from data.records.bands import visible_sources


@cached_read()
def market() -> Market:
    """The market, read once."""
    with store_lock().cursor() as con:
        read = read_market(con)
    return replace(read, sources=visible_sources(read.sources))


@cached_read(most=64)
def bands(percentiles: tuple[float, ...], base_share: float | None) -> Table[Band]:
    """The whole band table."""
    split = Split(base_share) if base_share else None
    return Table.of(band_table(market(), percentiles, split), Band, hidden=["series"])


def market_band_frame() -> pd.DataFrame:
    """The band table of the usual percentiles, as a frame."""
    return market().bands


@cached_read(most=16)
def benchmarks(percentiles: tuple[float, ...]) -> Table[Benchmark]:
    """The whole benchmark table."""
    return Table.of(benchmark_table(market(), percentiles), Benchmark, hidden=["series"])


@cached_read()
def level_differences() -> Table[LevelDifference]:
    """Every difference between neighboring levels, and across tracks at one grade."""
    return Table.of(level_difference_table(market()), LevelDifference)


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
def source_table() -> Table[SourceInfo]:
    """Every source, as whoever looks may see it."""
    return Table.of(market().sources, SourceInfo)


@cached_read()
def sources() -> dict[str, SourceInfo]:
    """Each source by its name."""
    return {row.source: row for row in source_table().rows}


def source_title(source: str) -> str:
    """A source by its title; by its name where whoever looks may not see it."""
    known = sources().get(source)
    return known.title if known else source


@cached_read()
def options() -> dict[str, list[str]]:
    """What each filter offers, in the order of the ladders."""
    levels: pd.DataFrame = market().levels
    columns = {
        "function": "function_title",
        "focus": "focus_title",
        "track": "track",
        "level": "level",
    }
    offered = {name: list(dict.fromkeys(levels[column])) for name, column in columns.items()}
    tables: tuple[Table[Any], ...] = (bands(PERCENTILES, None), benchmarks(PERCENTILES))
    bases = {row.pay_basis for table in tables for row in table.rows}
    offered["pay_basis"] = [basis for basis in PAY_BASES if basis in bases]
    return {**offered, "series": market().series}
