"""Bands of pay records that an engine holds, computed here from the ranks that it hands over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.clustered_intervals import (
    FEWEST_CLUSTERS,
    ClusterCounts,
    cluster_reach,
    end_positions,
    neighbors,
    reaching_bands,
)
from analytics.errors import EngineError, InputError
from analytics.grouped_quantiles import FloatArray, GroupBands, IntArray, group_bands
from analytics.ranked_values import RankedValues
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
_AT_ONCE = 1_000
_CHANGED = "the records changed while the question was asked; ask again"
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
    percentiles = asked.query.percentiles
    starts = np.concatenate(([0], np.cumsum(n)))
    if not len(n):
        return EngineCells(summary, group_bands(starts[:0], starts, percentiles), [])
    position = {label: i for i, label in enumerate(summary.labels)}
    values = _ranked(_ask(engine, sql_text.ranks(asked)), asked, position, starts)
    on_progress(0.5)
    people = group_bands(values, starts, percentiles)
    if asked.query.interval != MARKET:
        return EngineCells(summary, people, [""] * len(n))
    reach = _reach(engine, asked, summary, values, starts)
    on_progress(0.75)
    bands = _reaching(engine, asked, summary, people, starts, reach)
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


def _reach(
    engine: Engine, asked: Asked, summary: CellSummary, values: RankedValues, starts: IntArray
) -> FloatArray:
    """How far the interval of the market goes; 0 in cells of too few organizations."""
    if (rows := int(summary.organizations.sum())) > MOST_PAYERS:
        raise InputError(
            f"the interval of the market needs a row for each organization of each cell, here "
            f"{rows:,}, and takes {MOST_PAYERS:,} at most; filter, or ask for the interval of "
            "these people"
        )
    below, above = neighbors(values, starts, asked.query.percentiles)
    around = np.stack((below, above), axis=2).reshape(len(below), -1)
    reach = np.zeros(below.shape)
    for chosen in _pieces(summary):
        labels = [summary.labels[i] for i in chosen]
        answer = _ask(engine, sql_text.payers(asked, labels, around[chosen].tolist()))
        which = {label: i for i, label in enumerate(labels)}
        groups = np.array([_cell(which, label) for label in _labels(answer, asked)], np.int64)
        order = np.lexsort((answer.column("payer").to_numpy(zero_copy_only=False), groups))
        counts = np.stack(
            [_whole_numbers(answer.column(f"below_{j}")) for j in range(around.shape[1])], axis=1
        )[order]
        sizes = _whole_numbers(answer.column("people"))[order]
        _hold(np.bincount(groups, answer.column("people"), len(chosen)), np.diff(starts)[chosen])
        clusters = ClusterCounts.of(
            groups[order], sizes, counts[:, ::2], counts[:, 1::2], len(chosen)
        )
        reach[chosen] = cluster_reach(clusters, asked.query.percentiles)
    return reach


def _reaching(
    engine: Engine,
    asked: Asked,
    summary: CellSummary,
    people: GroupBands,
    starts: IntArray,
    reach: FloatArray,
) -> GroupBands:
    """The bands with the intervals of the market, whose ranks are asked for by number."""
    ends = np.concatenate(end_positions(people, reach, asked.query.percentiles), axis=1)
    wanted = np.nan_to_num(ends, nan=0).astype(np.int64)
    bands = people
    for chosen in _pieces(summary):
        labels = [summary.labels[i] for i in chosen]
        answer = _ask(engine, sql_text.ranks_at(asked, labels, wanted[chosen].tolist()))
        values = _ranked(answer, asked, dict(zip(labels, chosen, strict=True)), starts)
        part = np.zeros(reach.shape)
        part[chosen] = reach[chosen]
        bands = reaching_bands(bands, values, starts, part, asked.query.percentiles)
    return bands


def _ranked(
    answer: pa.Table, asked: Asked, position: Mapping[Label, int], starts: IntArray
) -> RankedValues:
    """The pay of an answer of ranks, by its place among the people of all cells."""
    cell = np.array([_cell(position, label) for label in _labels(answer, asked)], np.int64)
    pay, people, up_to, of_cell = (
        _whole_numbers(answer.column(name)) for name in ("pay", "people", "up_to", "people_of_cell")
    )
    _hold(of_cell, np.diff(starts)[cell])
    last = starts[cell] + up_to - 1
    order = np.argsort(last, kind="stable")
    return RankedValues((last - people + 1)[order], last[order], pay[order], int(starts[-1]))


def _pieces(summary: CellSummary) -> Iterator[NDArray[np.int64]]:
    """The cells of organizations enough, so many at once as one statement takes."""
    clustered = iter(np.flatnonzero(summary.organizations >= FEWEST_CLUSTERS).tolist())
    while piece := list(islice(clustered, _AT_ONCE)):
        yield np.array(piece, np.int64)


def _ask(engine: Engine, statement: Statement) -> pa.Table:
    return engine.ask(statement.sql, statement.values)


def _labels(answer: pa.Table, asked: Asked) -> list[Label]:
    columns = [answer.column(key).to_pylist() for key in asked.keys]
    return list(zip(*columns, strict=True))


def _cell(position: Mapping[Label, int], label: Label) -> int:
    """The number of a cell; raises `EngineError` for one that was not there before."""
    if label not in position:
        raise EngineError(_CHANGED)
    return position[label]


def _hold(found: NDArray[np.generic], expected: IntArray) -> None:
    """Raise `EngineError` where cells have other people than when they were first counted."""
    if not np.array_equal(found, expected):
        raise EngineError(_CHANGED)


def _whole_numbers(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Whole numbers, or days since 1970, as they are."""
    if pa.types.is_date(column.type):
        column = column.cast(pa.date32()).cast(pa.int32())
    return np.asarray(column.cast(pa.int64()).to_numpy(), np.int64)
