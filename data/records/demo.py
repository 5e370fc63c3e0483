"""Generate pay records from known distributions, for trying things out, tests and benchmarks.

They are nobody's pay: every organization's name begins with `DEMO`, so that the rows
are labeled wherever they go. Base pay is lognormal around a median for each focus,
level and place; focuses, places and organizations differ in size by Zipf's law.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data.imports.provenance import DEMO


@dataclass(frozen=True)
class DemoLevel:
    """Median base pay in dollars, the spread of its logarithm, and target pay as shares of base."""

    median: int
    spread: float
    variable: float
    equity: float


FUNCTIONS = (
    "Customer Success",
    "Sales",
    "Marketing",
    "Engineering",
    "Product",
    "Finance",
    "People",
    "Operations",
)
FOCUSES = (
    "Management",
    "Operations",
    "Strategy",
    "Programs",
    "Analytics",
    "Enablement",
    "Support",
    "Quality",
    "Partnerships",
)
PLACES = (
    "New York",
    "San Francisco",
    "Chicago",
    "Boston",
    "Austin",
    "Seattle",
    "Denver",
    "Atlanta",
    "Los Angeles",
    "Dallas",
    "Washington",
    "Houston",
    "Philadelphia",
    "Phoenix",
    "San Diego",
    "Minneapolis",
    "Portland",
    "Miami",
    "Detroit",
    "Charlotte",
    "Nashville",
    "Raleigh",
    "Tampa",
    "Columbus",
    "Indianapolis",
    "Kansas City",
    "St. Louis",
    "Salt Lake City",
    "Pittsburgh",
    "Cincinnati",
    "Cleveland",
    "Orlando",
    "Sacramento",
    "San Antonio",
    "Las Vegas",
    "Baltimore",
    "Milwaukee",
    "Richmond",
    "Hartford",
    "Providence",
    "Buffalo",
    "Rochester",
    "Albany",
    "Omaha",
    "Tulsa",
    "Boise",
    "Madison",
    "Des Moines",
    "Louisville",
    "Memphis",
)
LEVELS = {
    "P1": DemoLevel(58_000, 0.16, 0.08, 0.00),
    "P2": DemoLevel(72_000, 0.18, 0.10, 0.02),
    "P3": DemoLevel(92_000, 0.20, 0.15, 0.05),
    "P4": DemoLevel(118_000, 0.22, 0.18, 0.08),
    "P5": DemoLevel(146_000, 0.24, 0.20, 0.12),
    "P6": DemoLevel(178_000, 0.26, 0.22, 0.18),
    "M3": DemoLevel(112_000, 0.21, 0.18, 0.06),
    "M4": DemoLevel(142_000, 0.23, 0.22, 0.10),
    "M5": DemoLevel(180_000, 0.25, 0.28, 0.18),
    "M6": DemoLevel(228_000, 0.28, 0.35, 0.30),
}
_LEVEL_SHARES = (0.10, 0.16, 0.21, 0.16, 0.09, 0.03, 0.09, 0.08, 0.05, 0.03)
_SIZES = ("1-50", "51-200", "201-1000", "1001-5000", "5001+")
_MONTHS = 6
_ORGANIZATIONS = 2_000
_CHUNK = 500_000
_JOBS = list(product(FUNCTIONS, FOCUSES))


def true_median_and_spread(
    function: str, focus: str, level: str, place: str
) -> tuple[float, float]:
    """Median base pay of a cell in dollars, and the standard deviation of log pay."""
    median, spread = LEVELS[level].median, LEVELS[level].spread
    factor = 1 + 0.04 * (FUNCTIONS.index(function) % 5) + 0.015 * FOCUSES.index(focus)
    return median * factor * (1.18 - 0.008 * PLACES.index(place)), spread


def focus_name(function: str, focus: str) -> str:
    """The name of a focus, which tells functions apart."""
    return f"{function} {focus}"


def records(rows: int, seed: int) -> Iterator[pa.Table]:
    """The records in chunks; the same for the same number of rows and seed."""
    draw = np.random.default_rng(seed)
    size_of = np.sort(draw.integers(0, len(_SIZES), _ORGANIZATIONS))[::-1]
    month_of = draw.integers(1, _MONTHS + 1, _ORGANIZATIONS)
    medians = np.array(
        [
            [
                [true_median_and_spread(*job, level, place)[0] for place in PLACES]
                for level in LEVELS
            ]
            for job in _JOBS
        ]
    )
    levels = np.array([astuple(level) for level in LEVELS.values()])
    organizations = [f"{DEMO} {i + 1:04d}" for i in range(_ORGANIZATIONS)]
    days = np.array([f"2026-{month:02d}-01" for month in range(1, _MONTHS + 1)], "datetime64[D]")
    for first in range(0, rows, _CHUNK):
        n = min(rows - first, _CHUNK)
        job, place = _zipf(draw, len(_JOBS), n), _zipf(draw, len(PLACES), n)
        level = draw.choice(len(LEVELS), n, p=_LEVEL_SHARES).astype(np.int32)
        organization = _zipf(draw, _ORGANIZATIONS, n)
        spread, variable, equity = levels[level, 1:].T
        pay = medians[job, level, place] * np.exp(spread * draw.standard_normal(n))
        base = np.round(pay, -2)
        yield pa.table(
            {
                "organisation": _text(organizations, organization),
                "function": _text(FUNCTIONS, job // len(FOCUSES)),
                "focus": _text([focus_name(*names) for names in _JOBS], job),
                "level": _text(list(LEVELS), level),
                "place": _text(PLACES, place),
                "size": _text(_SIZES, size_of[organization]),
                "currency": _text(["USD"], np.zeros(n, np.int32)),
                "base": base,
                "variable": np.round(base * variable, -2),
                "equity": np.round(base * equity * draw.lognormal(0, 0.3, n), -2),
                "effective_date": pa.array(days[month_of[organization] - 1]),
            }
        )


def write_parquet(path: Path, rows: int, seed: int) -> None:
    """Write `records` to a Parquet file, a chunk at a time."""
    chunks = records(rows, seed)
    first = next(chunks)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for chunk in chunks:
            writer.write_table(chunk)


def _zipf(draw: np.random.Generator, count: int, n: int) -> NDArray[np.int32]:
    """``n`` draws of 0 to ``count`` - 1, of which 0 is the most frequent."""
    weights = 1 / (np.arange(count) + 2.0)
    return draw.choice(count, n, p=weights / weights.sum()).astype(np.int32)


def _text(values: Sequence[str], positions: NDArray[np.integer]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(positions, pa.int32()), pa.array(list(values)))
