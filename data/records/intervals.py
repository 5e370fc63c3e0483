"""The intervals of cells of pay records: of their market, or of their people alone."""

from collections.abc import Sequence

import numpy as np

from analytics import record_tables
from analytics.clustered_intervals import FEWEST_CLUSTERS, clustered_bands
from analytics.grouped_quantiles import GroupBands, group_bands
from analytics.percentiles import percentile_label
from data.records.cells import AggregateCells, Cells, CellSummary
from data.records.question import MARKET, RecordQuery


def cell_bands(cells: Cells, query: RecordQuery) -> tuple[GroupBands, list[str]]:
    """Each cell's percentiles, with the interval asked for, and what of that does not exist."""
    people = group_bands(cells.pay, cells.starts, query.percentiles)
    if query.interval != MARKET:
        return people, [""] * len(cells.labels)
    bands = clustered_bands(
        people,
        cells.pay,
        cells.starts,
        cells.members_of,
        cells.organizations,
        query.percentiles,
    )
    return bands, missing_ends(people, bands, query.percentiles)


def intervals_of(cells: CellSummary, bands: GroupBands, query: RecordQuery) -> list[str]:
    """What each cell's intervals speak of; empty where it has none."""
    clustered = cells.organizations >= (FEWEST_CLUSTERS if query.interval == MARKET else np.inf)
    names = np.where(clustered, record_tables.MARKET, record_tables.PEOPLE)
    some = ~(np.isnan(bands.lows) & np.isnan(bands.highs)).all(axis=1)
    if isinstance(cells, AggregateCells):
        some &= ~cells.too_few_for_tails
    words: list[str] = np.where(some, names, "").tolist()
    return words


def missing_ends(people: GroupBands, bands: GroupBands, percentiles: Sequence[float]) -> list[str]:
    """Which ends the interval of each cell's people has, and that of its market has not."""
    none = {
        "no lower end": np.isnan(bands.lows) & ~np.isnan(people.lows),
        "no upper end": np.isnan(bands.highs) & ~np.isnan(people.highs),
    }
    parts: list[list[str]] = [[] for _ in bands.n]
    for what, missing in none.items():
        for i in np.flatnonzero(missing.any(axis=1)).tolist():
            names = [
                percentile_label(p)
                for p, gone in zip(percentiles, missing[i].tolist(), strict=True)
                if gone
            ]
            parts[i].append(f"{what} of {', '.join(names)}")
    return ["; ".join(part) for part in parts]
