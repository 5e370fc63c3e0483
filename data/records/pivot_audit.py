"""What the cells of the lattice tell together of single people, looked for before publishing."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

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
    cells = {row.Index: _blocks_of(row, blocks) for row in rows.itertuples()}
    figures = {index: _figures(rows.loc[index], cell) for index, cell in cells.items()}
    finest = [i for i, cell in cells.items() if rows.at[i, "shape"] == " ".join(BLOCK) and cell]
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
    if closely_known(known.given(rest).bounds()) <= allowed:
        return []
    pinning = []
    for i in by_size:
        mine = [j for j in rest if every[j][0] == i]
        together = known.given(mine)
        if closely_known(together.bounds()) <= allowed:
            known = together
            continue
        for j in sorted(mine, key=lambda j: abs(every[j][1].percentile - 0.5)):
            closer = known.given([j])
            if closely_known(closer.bounds()) <= allowed:
                known = closer
            else:
                pinning.append((i, every[j][1].percentile))
    return pinning


def _blocks_of(row: object, blocks: pd.DataFrame) -> Cell:
    """The blocks that a cell of the lattice consists of."""
    inside = np.ones(len(blocks), bool)
    for name in str(getattr(row, "shape")).split():  # noqa: B009
        inside &= (blocks[name] == getattr(row, name)).to_numpy()
    return tuple(np.flatnonzero(inside).tolist())


def _figures(row: pd.Series, blocks: Cell) -> list[PublishedFigure]:
    shown = {p: float(row[percentile_name(p)]) for p in PERCENTILES}
    return [PublishedFigure(blocks, p, pay) for p, pay in shown.items() if not np.isnan(pay)]


def _held_back(table: pd.DataFrame, pinning: Sequence[Pinning]) -> pd.DataFrame:
    """The table without some figures, and with the reason; such a cell has no intervals."""
    table = table.copy()
    ends = [f"{percentile_name(p)}_{end}" for p in PERCENTILES for end in ("low", "high")]
    for row, percentile in pinning:
        table.loc[row, [percentile_name(percentile), *ends]] = np.nan
        table.loc[row, "interval_of"] = ""
        table.loc[row, "note"] = HELD_BACK
    return table
