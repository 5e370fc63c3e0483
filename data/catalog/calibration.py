"""How often Bandstand's intervals cover, tried on the wages in the store."""

from collections.abc import Iterable

import duckdb
import pandas as pd

from analytics.pricing.ageing import ECI_GROUP
from analytics.pricing.inputs import Rate
from analytics.rows import typed_rows
from analytics.table_units import texts
from analytics.uncertainty.calibration import (
    FIT,
    Coverage,
    LocalCell,
    WageCell,
    WagePair,
    ageing_coverage,
    fold_of,
    percentile_coverage,
    place_coverage,
)
from analytics.units import with_units
from queries import run

#: Cells of each kind that are drawn where nobody says another number.
CELLS = 2_000


def read_coverage(
    con: duckdb.DuckDBPyConnection, cells: int = CELLS, folds: tuple[str, ...] = ()
) -> list[Coverage]:
    """Stated against measured coverage of each kind of interval, on occupations kept from the fit.

    ``cells`` is how many are drawn of each kind of place, always the same; ``folds`` names
    other parts of the occupations (`analytics.uncertainty.calibration.fold_of`).
    """

    def tried(soc: str) -> bool:
        return fold_of(soc) in folds if folds else fold_of(soc) != FIT

    drawn = typed_rows(run(con, "calibration_cells", cells=cells), WageCell)
    pairs = typed_rows(run(con, "calibration_pairs"), WagePair)
    local = typed_rows(run(con, "calibration_places", cells=cells), LocalCell)
    rates = known_rates(con)
    return [
        *percentile_coverage(cell for cell in drawn if tried(cell.soc)),
        *ageing_coverage((pair for pair in pairs if tried(pair.soc)), lambda year: rates[year]),
        *place_coverage(cell for cell in local if tried(cell.soc)),
    ]


def known_rates(con: duckdb.DuckDBPyConnection) -> dict[int, Rate]:
    """The Employment Cost Index that was known in May of each year."""
    rows = run(con, "known_indexes", worker_group=ECI_GROUP).itertuples()
    return {row.year: Rate(row.rate, f"{row.worker_group}, {row.quarter}") for row in rows}


def coverage_table(rows: Iterable[Coverage]) -> pd.DataFrame:
    """Coverages as a table with units."""
    table = pd.DataFrame([vars(row) for row in rows])
    shares = dict.fromkeys(("stated", "covered", "width"), "share")
    return with_units(table, {**texts("subject", "kind", "group"), "trials": "count", **shares})
