"""Fit the widths of `analytics.uncertainty` anew, on the occupations that they were fitted on.

From the wages in the store, beside what is in use: scales of interpolation by kind and
size of cell, the half-width of a year's ageing, and those of factors for a place.
Usage: python -m benchmarks.error_fit [CELLS OF EACH KIND]
"""

import sys
from collections.abc import Iterable
from math import log, sqrt

import duckdb
import numpy as np

from analytics.percentiles import PERCENTILES
from analytics.pricing.places import Places, place_factors
from analytics.quantiles import Curve
from analytics.rows import typed_rows
from analytics.uncertainty.calibration import (
    FIT,
    KEPT,
    STATED,
    LocalCell,
    WageCell,
    WagePair,
    fold_of,
    medians_seen,
)
from analytics.uncertainty.cells import (
    Array,
    Cell,
    interpolation_scale,
    sampling_half_widths,
)
from analytics.uncertainty.conversions import PLACE_ERRORS, ageing_half_width
from analytics.uncertainty.ends import scores
from data.build.ensure import ensure_built
from data.catalog.calibration import known_rates
from data.store.connection import open_to_read
from data.store.location import store_path
from queries import run

#: A little more than what is stated, so that coverage elsewhere comes out near it.
QUANTILE = STATED + 0.005
_CELLS = 8_000
_GROUPS = {"nation": 2, "state": 6, "area": 6}


def scale_needed(cell: WageCell, p: float) -> float:
    """The scale with which the interval of a percentile that is left out just covers it.

    What the sampling error leaves of the miss, over spread · gap.
    """
    size = Cell(cell.kind, cell.employment, cell.mean_rse)
    curve = Curve({q: pay for q, pay in cell.percentiles.items() if q != p}, size)
    z = scores([p])
    sampling = float(sampling_half_widths(size, curve.spread, z)[0])
    miss = abs(log(cell.percentiles[p]) - curve.log_pay(float(z[0])))
    spread_gap = sqrt(max(float(curve.half_widths(z)[0]) ** 2 - sampling**2, 1e-18))
    return sqrt(max(miss**2 - sampling**2, 0.0)) / (spread_gap / interpolation_scale(size))


def show_scales(cells: Iterable[WageCell]) -> None:
    """By kind, the scale that each group by employment needs, and the one in use."""
    for kind, groups in _GROUPS.items():
        own = sorted(
            (c for c in cells if c.kind == kind and c.employment), key=lambda c: c.employment or 0
        )
        for part in np.array_split(np.arange(len(own)), groups):
            some = [own[i] for i in part]
            needed = np.quantile([scale_needed(c, p) for c in some for p in PERCENTILES], QUANTILE)
            middle = some[len(some) // 2]
            used = interpolation_scale(Cell(kind, middle.employment, middle.mean_rse))
            print(f"{kind}, {middle.employment:,.0f} people: {needed:.2f}, in use {used:.2f}")


def show_ageing(con: duckdb.DuckDBPyConnection) -> None:
    """By years, the half-width that the index of the time needed, and the one in use."""
    pairs = [
        p for p in typed_rows(run(con, "calibration_pairs"), WagePair) if fold_of(p.soc) == FIT
    ]
    rates = known_rates(con)
    for years in (1, 2, 3):
        misses = [
            abs(log(p.later / p.pay) - years * log(1 + rates[p.year].value))
            for p in pairs
            if p.later_year - p.year == years
        ]
        needed, used = np.quantile(misses, QUANTILE), ageing_half_width(12 * years)
        print(f"ageing, {years} year(s): {needed:.3f}, in use {used:.3f}")


def place_misses(cells: Iterable[LocalCell]) -> dict[str, list[Array]]:
    """By way to a factor, by how much each cell's five percentiles miss it, in logs."""
    misses: dict[str, list[Array]] = {}
    by_all_wages: dict[str, Array] = {}
    for cell in cells:
        moved = np.array([log(cell.percentiles[p] / cell.national[p]) for p in PERCENTILES])
        misses.setdefault("not stated", []).append(moved)
        for medians in medians_seen(cell):
            place = Places("there", place_factors("there", medians)).of(cell.soc)
            miss = moved - log(place.factor)
            misses.setdefault(place.error, []).append(miss)
            if place.error.startswith("all wages"):
                if (elsewhere := by_all_wages.get(cell.soc)) is not None:
                    misses.setdefault("place to place", []).append(miss - elsewhere)
                by_all_wages[cell.soc] = miss
    return misses


def show_places(cells: Iterable[LocalCell]) -> None:
    """By way to a factor, half-widths needed and in use, and what these cover elsewhere."""
    local = list(cells)
    kept = place_misses(cell for cell in local if fold_of(cell.soc) == KEPT)
    for error, found in place_misses(cell for cell in local if fold_of(cell.soc) == FIT).items():
        needed = np.quantile(np.abs(found), QUANTILE, axis=0).round(2).tolist()
        covered = np.mean(np.abs(kept[error]) <= PLACE_ERRORS[error])
        print(f"place, {error}: {needed}, in use {list(PLACE_ERRORS[error])}; kept back, "
              f"{covered:.1%} covered")  # fmt: skip


def main() -> None:
    """Print what a fit on the store's wages gives, beside what is in use."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _CELLS
    ensure_built(store_path())
    con = open_to_read(store_path())
    cells = typed_rows(run(con, "calibration_cells", cells=count), WageCell)
    show_scales([cell for cell in cells if fold_of(cell.soc) == FIT])
    show_ageing(con)
    local = typed_rows(run(con, "calibration_places", cells=count), LocalCell)
    show_places(local)


if __name__ == "__main__":
    main()
