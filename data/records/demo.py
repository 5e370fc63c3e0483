"""Made-up pay records of a known truth, for trying things out, tests and measurements.

Nobody's pay: every organisation is called a demo organisation, so that the rows
say so wherever they go. Base pay is lognormal around a median of its own for
each focus, level and place; focuses, places and organisations differ in size as
Zipf has it.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.imports.provenance import DEMO

FUNCTIONS = (
    "Customer Success", "Sales", "Marketing", "Engineering", "Product", "Finance", "People",
    "Operations",
)  # fmt: skip
FOCUSES = (
    "Management", "Operations", "Strategy", "Programs", "Analytics", "Enablement", "Support",
    "Quality", "Partnerships",
)  # fmt: skip
PLACES = (
    "New York", "San Francisco", "Chicago", "Boston", "Austin", "Seattle", "Denver", "Atlanta",
    "Los Angeles", "Dallas", "Washington", "Houston", "Philadelphia", "Phoenix", "San Diego",
    "Minneapolis", "Portland", "Miami", "Detroit", "Charlotte", "Nashville", "Raleigh", "Tampa",
    "Columbus", "Indianapolis", "Kansas City", "St. Louis", "Salt Lake City", "Pittsburgh",
    "Cincinnati", "Cleveland", "Orlando", "Sacramento", "San Antonio", "Las Vegas", "Baltimore",
    "Milwaukee", "Richmond", "Hartford", "Providence", "Buffalo", "Rochester", "Albany", "Omaha",
    "Tulsa", "Boise", "Madison", "Des Moines", "Louisville", "Memphis",
)  # fmt: skip
#: Level → median base pay in dollars, spread of log pay, target variable and equity, of base.
LEVELS = {
    "P1": (58_000, 0.16, 0.08, 0.00), "P2": (72_000, 0.18, 0.10, 0.02),
    "P3": (92_000, 0.20, 0.15, 0.05), "P4": (118_000, 0.22, 0.18, 0.08),
    "P5": (146_000, 0.24, 0.20, 0.12), "P6": (178_000, 0.26, 0.22, 0.18),
    "M3": (112_000, 0.21, 0.18, 0.06), "M4": (142_000, 0.23, 0.22, 0.10),
    "M5": (180_000, 0.25, 0.28, 0.18), "M6": (228_000, 0.28, 0.35, 0.30),
}  # fmt: skip
_LEVEL_SHARES = (0.10, 0.16, 0.21, 0.16, 0.09, 0.03, 0.09, 0.08, 0.05, 0.03)
_SIZES = ("1-50", "51-200", "201-1000", "1001-5000", "5001+")
_PAYERS = 2_000
_PIECE = 500_000
_JOBS = list(product(FUNCTIONS, FOCUSES))


def truth(function: str, focus: str, level: str, place: str) -> tuple[float, float]:
    """Median of base pay in dollars, and the spread of its logarithm, in a cell."""
    median, spread, *_ = LEVELS[level]
    dearer = 1 + 0.04 * (FUNCTIONS.index(function) % 5) + 0.015 * FOCUSES.index(focus)
    return median * dearer * (1.18 - 0.008 * PLACES.index(place)), spread


def title_of(function: str, focus: str) -> str:
    """The focus as it is called within its function."""
    return f"{function} {focus}"


def records(rows: int, seed: int) -> Iterator[pa.Table]:
    """The rows in pieces of columns; the same for the same rows and seed."""
    draw = np.random.default_rng(seed)
    size_of = np.sort(draw.integers(0, len(_SIZES), _PAYERS))[::-1]
    month_of = draw.integers(1, 7, _PAYERS)
    medians = np.array(
        [[[truth(*job, level, place)[0] for place in PLACES] for level in LEVELS] for job in _JOBS]
    )
    shape = np.array(list(LEVELS.values()))
    left = rows
    while left > 0:
        n = min(left, _PIECE)
        left -= n
        job, place = _zipf(draw, len(_JOBS), n), _zipf(draw, len(PLACES), n)
        level = draw.choice(len(LEVELS), n, p=_LEVEL_SHARES).astype(np.int32)
        payer = _zipf(draw, _PAYERS, n)
        spread, variable, equity = shape[level, 1:].T
        pay = medians[job, level, place] * np.exp(spread * draw.standard_normal(n))
        base = np.round(pay, -2)
        yield pa.table({
            "organisation": _words([f"{DEMO} {i + 1:04d}" for i in range(_PAYERS)], payer),
            "function": _words(FUNCTIONS, job // len(FOCUSES)),
            "focus": _words([title_of(*names) for names in _JOBS], job),
            "level": _words(list(LEVELS), level),
            "place": _words(PLACES, place),
            "size": _words(_SIZES, size_of[payer]),
            "currency": _words(["USD"], np.zeros(n, np.int32)),
            "base": base,
            "variable": np.round(base * variable, -2),
            "equity": np.round(base * equity * draw.lognormal(0, 0.3, n), -2),
            "effective_date": pa.array(
                np.array([f"2026-{m:02d}-01" for m in range(1, 7)], "datetime64[D]")[
                    month_of[payer] - 1
                ]
            ),
        })  # fmt: skip


def write_parquet(path: Path, rows: int, seed: int) -> None:
    """The same as a Parquet file, a piece at a time."""
    writer: Any = None
    try:
        for table in records(rows, seed):
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def _zipf(draw: np.random.Generator, many: int, n: int) -> Any:
    """Places from 0, the first the most frequent."""
    weights = 1 / (np.arange(many) + 2.0)
    return draw.choice(many, n, p=weights / weights.sum()).astype(np.int32)


def _words(known: Any, codes: Any) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(list(known)))
