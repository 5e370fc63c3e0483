"""Band tables of pay records: query → cells → percentiles → table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd

from analytics.grouped_quantiles import GroupBands
from analytics.load_source import LOAD_SOURCE, load_source
from analytics.table_units import PROVENANCE, percentile_units, texts
from analytics.units import with_units
from data.records.aggregate_table import Column, aggregate_columns, pay_columns
from data.records.block_digests import ChangedIndexError
from data.records.cells import AggregateCells, CellSummary, query_cells
from data.records.index import SortedIndex
from data.records.index_build import OnProgress, ensure_index, remake_index
from data.records.intervals import cell_bands, intervals_of
from data.records.ordering import ladder_order, read_ladder, sort_key
from data.records.origins import Origins
from data.records.question import AGGREGATE, DIMENSIONS, RecordQuery, server_mode
from data.records.spellings import Spellings
from queries import run

#: Fewer people have no interval, even of the median.
_FEWEST_FOR_INTERVAL = 6


@dataclass(frozen=True)
class PayRecords:
    """The active pay records: their sorted index, and what is known of their loads.

    ``path`` is the store's; ``sources`` are by load, ``demo_loads`` those of made-up
    records; ``ladder`` is the position of each level.
    """

    path: Path
    index: SortedIndex
    sources: Mapping[int, str]
    demo_loads: frozenset[int]
    ladder: Mapping[str, int]

    @classmethod
    def open(
        cls,
        con: duckdb.DuckDBPyConnection,
        path: Path,
        on_progress: OnProgress = lambda _: None,
    ) -> "PayRecords":
        """The records of the store at ``path``; arguments and errors as in `ensure_index`."""
        index = ensure_index(con, path, on_progress)
        loads = run(con, "record_loads")
        return cls(
            path,
            index,
            sources=dict(zip(loads.load.tolist(), loads.source, strict=True)),
            demo_loads=frozenset(loads.load[loads.demo].tolist()),
            ladder=read_ladder(con),
        )

    @property
    def provenance(self) -> "Provenance":
        """Where its people come from."""
        return Provenance(self.sources, self.demo_loads)


@dataclass(frozen=True)
class Provenance:
    """The source of each load, and which loads are of made-up records."""

    sources: Mapping[int, str]
    demo_loads: frozenset[int] = frozenset()

    def columns(self, origins: Origins) -> dict[str, list[str]]:
        """Status, source and date of each cell: those of its own people, empty for nobody."""
        names = {
            loads: (
                "computed from demo data" if self.demo_loads.intersection(loads) else "computed",
                ", ".join(self.sources.get(load, load_source(load)) for load in loads),
            )
            for loads in set(origins.loads)
        }
        return {
            "status": [names[loads][0] for loads in origins.loads],
            "source": [names[loads][1] for loads in origins.loads],
            "as_of": origins.spans(),
        }


def record_band_table(
    con: duckdb.DuckDBPyConnection, records: PayRecords, query: RecordQuery
) -> pd.DataFrame:
    """The band table: a row for each cell, pay in whole units of the currency.

    Columns are the dimensions, n, organisations, each percentile with the ends of its
    interval, what that is the interval of, a note where something is missing, and the
    provenance of those people. ``con`` is read only for what the sorted index can't
    answer, and to make it anew where a file of it has changed. Raises `InputError` for a
    query that can't be answered.
    """
    query = query.checked()
    try:
        return _band_table(con, records, query)
    except ChangedIndexError:
        index = remake_index(con, records.path, records.index.identity)
        return _band_table(con, replace(records, index=index), query)


def _band_table(
    con: duckdb.DuckDBPyConnection, records: PayRecords, query: RecordQuery
) -> pd.DataFrame:
    cells = query_cells(con, records.index, query)
    bands, missing = cell_bands(cells, query)
    if isinstance(cells, AggregateCells):
        single = records.index.single_organization
        columns = aggregate_columns(cells, bands, missing, query, single)
        counted = "text"
    else:
        columns, counted = owner_columns(cells, bands, missing, query), "count"
    return band_frame(cells, columns, query, records.provenance, records.ladder, counted)


def band_frame(
    cells: CellSummary,
    columns: Mapping[str, Column],
    query: RecordQuery,
    provenance: Provenance,
    ladder: Mapping[str, int],
    counted: str = "count",
) -> pd.DataFrame:
    """The band table of some cells, ordered as on their ladders.

    ``columns`` are the figures, of which n and organisations have the unit ``counted``.
    """
    dimensions: dict[str, Column] = {
        name: [label[j] for label in cells.labels] for j, name in enumerate(query.by)
    }
    all_columns = dimensions | dict(columns) | provenance.columns(cells.origins)
    all_columns |= {"pay_basis": query.element, "currency": query.currency}
    order = ladder_order(ladder, cells.labels, query.by)
    table = pd.DataFrame(all_columns, index=range(len(order)))
    units = {
        **texts(*query.by, "interval_of"),
        **PROVENANCE,
        **percentile_units(query.percentiles),
        **dict.fromkeys(("n", "organisations"), counted),
    }
    return with_units(table.take(order).reset_index(drop=True), units)


def has_records(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether any load of pay records is active."""
    return not run(con, "record_loads").empty


def without_sample_sizes(sources: pd.DataFrame) -> pd.DataFrame:
    """The table of sources without the number of people in the team's own loads."""
    from_team = sources.source.str.startswith(LOAD_SOURCE)
    return sources.assign(sample_size=sources.sample_size.where(~from_team, "not shown"))


def visible_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The table of sources as whoever looks at this server may see it."""
    return without_sample_sizes(sources) if server_mode() == AGGREGATE else sources


def known_values(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The sorted values of the currency, each dimension and the date in the records.

    Names that differ in case or spaces alone are one.
    """
    words = run(con, "record_words")
    return labeled_values(words, Spellings.of(words), read_ladder(con))


def labeled_values(
    words: pd.DataFrame, spellings: Spellings, ladder: Mapping[str, int]
) -> dict[str, list[str]]:
    """The same of an answer to `record_words`."""
    return {
        name: sorted(
            {spellings.label(name, value) for value in words.value[words["column"] == name]},
            key=lambda value: sort_key(ladder, name, value),
        )
        for name in ("currency", *DIMENSIONS, "date")
    }


def owner_columns(
    cells: CellSummary, bands: GroupBands, missing: list[str], query: RecordQuery
) -> dict[str, Column]:
    """The figures of each cell as its owner sees them, pay in units of the currency."""
    few = f"no interval below {_FEWEST_FOR_INTERVAL} people"
    return {
        "n": bands.n,
        "organisations": cells.organizations,
        **pay_columns(bands, query.percentiles, cells.cents_per_unit),
        "interval_of": intervals_of(cells, bands, query),
        "note": [
            ends if n >= _FEWEST_FOR_INTERVAL else few
            for n, ends in zip(bands.n.tolist(), missing, strict=True)
        ],
    }
