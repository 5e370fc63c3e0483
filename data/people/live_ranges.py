"""Ranges made live, and whose they are then: that they are nobody's is easily missed."""

import duckdb

from analytics.load_source import load_source
from data.people.positions import read_positions
from data.ranges import versions


def make_live(con: duckdb.DuckDBPyConnection, version: versions.Version) -> str:
    """`data.ranges.versions.make_live`, with how many people have the ranges as theirs."""
    done = versions.make_live(con, version)
    live = versions.find_version(versions.read_versions(con), version.name, version.version)
    people = read_positions(con, lambda _: None).people
    if people.empty:
        return done
    theirs = int((people.range_source == load_source(live.load)).sum())
    nobody = "" if theirs else ": theirs are of another level, currency or a nearer place or zone"
    return f"{done}; the range of {theirs:,} of {len(people):,} people{nobody}"
