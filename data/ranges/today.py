"""What the store says today of the market that a structure stands on."""

from dataclasses import replace

import duckdb

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.ranges.build import Structure
from analytics.ranges.drift import market_changes
from analytics.ranges.market_levels import market_again
from analytics.ranges.rows import PlaceRatio
from analytics.rows import typed_rows
from data.ranges.market import market_answers, read_place_ratios
from queries import run


def read_market_again(
    con: duckdb.DuckDBPyConnection, structure: Structure, month: str = ""
) -> Structure:
    """The structure on today's store: its market in a month, its own if empty, and its places."""
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    again = market_again(structure, profiles, market_answers(con), month)
    function = next((p.function for p in profiles if p.function_title == again.function), "")
    return replace(again, places=read_ratios_again(con, function, structure.places))


def read_ranges_since(con: duckdb.DuckDBPyConnection, structure: Structure) -> list[str]:
    """A sentence for each market figure or ratio of a structure that is another by now."""
    return market_changes(structure, read_market_again(con, structure))


def read_ratios_again(
    con: duckdb.DuckDBPyConnection, function: str, places: tuple[PlaceRatio, ...]
) -> tuple[PlaceRatio, ...]:
    """The ratios of places today; one that can't be read any longer stays as it was."""
    again: list[PlaceRatio] = []
    for ratio in places:
        try:
            again += read_place_ratios(con, function, [ratio.place]) if function else [ratio]
        except InputError:
            again.append(ratio)
    return tuple(again)
