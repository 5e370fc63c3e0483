"""What the cells of the lattice tell together of single people, looked for before publishing."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics.grouped_quantiles import FloatArray
from analytics.pay_bounds import CountedPay, PublishedFigure, closely_known
from analytics.percentiles import PERCENTILES, percentile_name
from data.records.lattice import BLOCK

#: Cells of more blocks tell nothing of single people, and are not looked at.
MOST_BLOCKS = 400
SPLITS = ("level", "focus")
HELD_BACK = "what is missing would, beside the parts of this cell, tell single people's pay"
Cell = tuple[int, ...]
#: A row of the lattice, and the percentile that pins somebody.
Pinning = tuple[int, float]


def without_what_pins(table: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The figures of the lattice without those that, beside others, pin somebody's pay.

    What a block's own percentiles tell is what is published of it; a percentile of a
    coarser cell is held back where it closes in on anybody further than that.
    """
    held_back: list[Pinning] = []
    for _, rows in table.groupby(["currency", "pay_basis"], sort=False):
        of_it = people[people.currency == rows.currency.iloc[0]]
        held_back += _pinning(rows, of_it, SPLITS)
    return _held_back(table, held_back)


def _pinning(rows: pd.DataFrame, people: pd.DataFrame, splits: Sequence[str]) -> list[Pinning]:
    """The figures of one pay element and currency that pin somebody.

    Where there are too many blocks to look at together, level after level is, then focus
    after focus.
    """
    element = str(rows.pay_basis.iloc[0])
    missing = {"target_cash": ["variable"], "total_comp": ["variable", "equity"]}
    stated = people.dropna(subset=missing.get(element, [element]))
    if stated.empty:
        return []
    counts = stated.groupby(list(BLOCK)).size()
    if len(counts) > MOST_BLOCKS:
        return (
            [
                found
                for value in people[splits[0]].unique()
                for found in _pinning(
                    rows[rows[splits[0]] == value], people[people[splits[0]] == value], splits[1:]
                )
            ]
            if splits
            else []
        )
    blocks = counts.index.to_frame(index=False)
    cells = _cells(rows, blocks)
    shown = rows[list(map(percentile_name, PERCENTILES))].to_numpy(float)
    figures = {i: _figures(row, cells[i]) for i, row in zip(rows.index, shown, strict=True)}
    shapes = dict(zip(rows.index, rows["shape"], strict=True))
    finest = [i for i, cell in cells.items() if shapes[i] == " ".join(BLOCK) and cell]
    unions = [i for i, cell in cells.items() if 1 < len(cell) <= MOST_BLOCKS and figures[i]]
    return _that_pin(counts.tolist(), figures, finest, unions)


def _that_pin(
    sizes: Sequence[int],
    figures: Mapping[int, list[PublishedFigure]],
    finest: Sequence[int],
    unions: Sequence[int],
) -> list[Pinning]:
    """The figures of unions that pin somebody beside the finest cells; the coarsest are kept."""
    by_size = sorted(unions, key=lambda i: -len(figures[i][0].blocks))
    every = [(i, figure) for i in (*finest, *by_size) for figure in figures[i]]
    of_finest = sum(len(figures[i]) for i in finest)
    if not of_finest or len(every) == of_finest:
        return []
    blank = CountedPay.of(sizes, [figure for _, figure in every])
    known = blank.given(range(of_finest))
    allowed = closely_known(known.bounds())
    rest = range(of_finest, len(every))
    if known.given(rest).closely_known_beyond(known) <= allowed:
        return []
    pinning = []
    for i in by_size:
        mine = [j for j in rest if every[j][0] == i]
        together = known.given(mine)
        if together.closely_known_beyond(known) <= allowed:
            known = together
            continue
        for j in sorted(mine, key=lambda j: abs(every[j][1].percentile - 0.5)):
            closer = known.given([j])
            if closer.closely_known_beyond(known) <= allowed:
                known = closer
            else:
                pinning.append((i, every[j][1].percentile))
    return pinning


def _cells(rows: pd.DataFrame, blocks: pd.DataFrame) -> dict[int, Cell]:
    """The blocks that each cell of the lattice consists of, in the order of the cells."""
    found: dict[int, Cell] = {}
    for shape, cells in rows.groupby("shape", sort=False):
        names = str(shape).split()
        inside: dict[tuple[object, ...], list[int]] = {}
        for position, label in enumerate(_labels(blocks, names)):
            inside.setdefault(label, []).append(position)
        for index, label in zip(cells.index, _labels(cells, names), strict=True):
            found[index] = tuple(inside.get(label, ()))
    return {index: found[index] for index in rows.index}


def _labels(table: pd.DataFrame, names: Sequence[str]) -> list[tuple[object, ...]]:
    if not names:
        return [()] * len(table)
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def _figures(percentiles: FloatArray, blocks: Cell) -> list[PublishedFigure]:
    shown = zip(PERCENTILES, percentiles.tolist(), strict=True)
    return [PublishedFigure(blocks, p, pay) for p, pay in shown if not np.isnan(pay)]


def _held_back(table: pd.DataFrame, pinning: Sequence[Pinning]) -> pd.DataFrame:
    """The table without some figures, and with the reason; such a cell has no intervals."""
    table = table.copy()
    ends = [f"{percentile_name(p)}_{end}" for p in PERCENTILES for end in ("low", "high")]
    for percentile in PERCENTILES:
        rows = [row for row, that in pinning if that == percentile]
        table.loc[rows, [percentile_name(percentile), *ends]] = np.nan
        table.loc[rows, ["interval_of", "note"]] = ["", HELD_BACK]
    return table
