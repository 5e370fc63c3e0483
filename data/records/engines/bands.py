"""Bands of pay records on an engine, whose positions are computed here and pay is found there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.clustered_intervals import (
    FEWEST_CLUSTERS,
    ClusterCounts,
    cluster_reach,
    end_positions,
    neighbor_positions,
    replaced_ends,
)
from analytics.errors import EngineError, InputError
from analytics.grouped_quantiles import FloatArray, GroupBands, band_positions
from data.records.cells import CellSummary, Label
from data.records.engines import sql_text
from data.records.engines.protocol import Engine
from data.records.engines.sql_text import Asked, Statement
from data.records.intervals import missing_ends
from data.records.origins import Origins
from data.records.question import MARKET

#: More cells than this are refused: a question of so many is a copy of the records.
MOST_CELLS = 20_000
#: The same of organizations by cell, of which the interval of the market needs a row each.
MOST_PAYERS = 5_000_000
#: Cells whose labels are bound in one statement.
_AT_ONCE = 10_000
_CHANGED = "the records changed while the question was asked; ask again"
_LACKS_A_RANK = (
    "the engine's answer lacks a rank that a percentile needs; no figure is shown, as it would "
    "be a guess: ask again, and tell the authors if it comes back"
)
#: A position that nobody has.
_NOWHERE = -2.0
OnProgress = Callable[[float], None]


@dataclass(frozen=True)
class EngineCells:
    """The cells of an answer: what is said of each, its bands, and which ends it lacks."""

    summary: CellSummary
    bands: GroupBands
    missing: list[str]


def engine_cells(
    engine: Engine, asked: Asked, on_progress: OnProgress = lambda _: None
) -> EngineCells:
    """The cells of a question, asked in two statements, or four for intervals of the market.

    Pay is in hundredths. Raises `EngineError` where the engine can't answer or its answer
    lacks a rank, `InputError` for more than `MOST_CELLS` cells or `MOST_PAYERS`
    organizations in them.
    """
    summary, n = _summary(engine, asked)
    on_progress(0.25)
    everyone, percentiles = np.arange(len(n)), asked.query.percentiles
    positions = band_positions(n, percentiles)
    market = asked.query.interval == MARKET
    around = neighbor_positions(n, percentiles) if market else ()
    pay = _pay_at(engine, asked, summary, n, everyone, [*positions, *around])
    on_progress(0.5)
    people = GroupBands(n, *pay[:3])
    if not market:
        return EngineCells(summary, people, [""] * len(n))
    reach = _reach(engine, asked, summary, n, np.stack(pay[3:], axis=2).astype(np.int64))
    on_progress(0.75)
    clustered = np.flatnonzero(reach.any(axis=1))
    ends = end_positions(people, reach, percentiles)
    bands = replaced_ends(people, reach, *_pay_at(engine, asked, summary, n, clustered, ends))
    return EngineCells(summary, bands, missing_ends(people, bands, percentiles))


def _summary(engine: Engine, asked: Asked) -> tuple[CellSummary, NDArray[np.int64]]:
    """The cells in order, and how many people each has."""
    answer = _ask(engine, sql_text.summaries(asked))
    if answer.num_rows > MOST_CELLS:
        raise InputError(
            f"{answer.num_rows:,} cells are more than {MOST_CELLS:,}, which is as many as are "
            "asked of an engine; filter, or divide by fewer values"
        )
    labels = _labels(answer, asked)
    order = sorted(range(len(labels)), key=labels.__getitem__)
    n, payers, first, last = (
        _whole_numbers(answer.column(name))[order]
        for name in ("people", "payers", "first_day", "last_day")
    )
    origins = Origins([(0,)] * len(labels), first, last)
    return CellSummary([labels[i] for i in order], payers, 1, origins), n


def _pay_at(
    engine: Engine,
    asked: Asked,
    summary: CellSummary,
    n: NDArray[np.int64],
    cells: NDArray[np.int64],
    positions: Sequence[FloatArray],
) -> list[FloatArray]:
    """The pay at some positions of all cells, each of shape (cells, percentiles).

    NaN at NaN, and in cells that are not among ``cells``, which are asked for.
    """
    wanted = np.concatenate(positions, axis=1)
    pay = np.full(wanted.shape, np.nan)
    for chosen in _pieces(cells):
        labels = [summary.labels[i] for i in chosen]
        at = np.nan_to_num(wanted[chosen], nan=_NOWHERE)
        answer = _ask(engine, sql_text.pay_at(asked, labels, n[chosen].tolist(), at))
        if len(answer) != len(chosen):
            raise EngineError(_CHANGED)
        columns = [answer.column(f"pay_{j}").to_numpy() for j in range(wanted.shape[1])]
        pay[chosen[_whole_numbers(answer.column("cell"))]] = np.stack(columns, axis=1)
    if np.isnan(pay[cells][~np.isnan(wanted[cells])]).any():
        raise EngineError(_LACKS_A_RANK)
    return np.split(pay, len(positions), axis=1)


def _reach(
    engine: Engine,
    asked: Asked,
    summary: CellSummary,
    n: NDArray[np.int64],
    neighbors: NDArray[np.int64],
) -> FloatArray:
    """How far the interval of the market goes; 0 in cells of too few organizations.

    ``neighbors`` are the pay below and above each percentile of each cell.
    """
    if (rows := int(summary.organizations.sum())) > MOST_PAYERS:
        raise InputError(
            f"the interval of the market needs a row for each organization of each cell, here "
            f"{rows:,}, and takes {MOST_PAYERS:,} at most; filter, or ask for the interval of "
            "these people"
        )
    around = neighbors.reshape(len(neighbors), 2 * neighbors.shape[1])
    reach = np.zeros(neighbors.shape[:2])
    for chosen in _pieces(np.flatnonzero(summary.organizations >= FEWEST_CLUSTERS)):
        labels = [summary.labels[i] for i in chosen]
        answer = _ask(engine, sql_text.payers(asked, labels, around[chosen].tolist()))
        groups = _whole_numbers(answer.column("cell"))
        order = np.lexsort((answer.column("payer").to_numpy(zero_copy_only=False), groups))
        counts = np.stack(
            [_whole_numbers(answer.column(f"below_{j}")) for j in range(around.shape[1])], axis=1
        )[order]
        sizes = _whole_numbers(answer.column("people"))[order]
        _hold(np.bincount(groups, answer.column("people"), len(chosen)), n[chosen])
        clusters = ClusterCounts.of(
            groups[order], sizes, counts[:, ::2], counts[:, 1::2], len(chosen)
        )
        reach[chosen] = cluster_reach(clusters, asked.query.percentiles)
    return reach


def _pieces(cells: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Cells, so many at once as one statement takes."""
    for first in range(0, len(cells), _AT_ONCE):
        yield cells[first : first + _AT_ONCE]


def _ask(engine: Engine, statement: Statement) -> pa.Table:
    return engine.ask(statement.sql, statement.values)


def _labels(answer: pa.Table, asked: Asked) -> list[Label]:
    columns = [answer.column(key).to_pylist() for key in asked.keys]
    return list(zip(*columns, strict=True))


def _hold(found: NDArray[np.generic], expected: NDArray[np.int64]) -> None:
    """Raise `EngineError` where cells have other people than when they were first counted."""
    if not np.array_equal(found, expected):
        raise EngineError(_CHANGED)


def _whole_numbers(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Whole numbers, or days since 1970, as they are."""
    if pa.types.is_date(column.type):
        column = column.cast(pa.date32()).cast(pa.int32())
    return np.asarray(column.cast(pa.int64()).to_numpy(), np.int64)
