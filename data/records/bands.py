"""Bands of pay records: what is asked, the people who answer it, and the table.

What the sorted store is ordered by it answers; a question of anything else goes
to the engine. Both put the same people into the same cells, and one function
computes the bands of either.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import disclosure as privacy
from analytics.grouped_quantiles import Ints, group_bands, sort_groups
from analytics.load_source import LOAD_SOURCE
from data.records.disclosure import DisclosureBlocks
from data.records.index import INDEX_ORDER, Groups, SortedIndex
from data.records.index_build import OnProgress, ensure_index
from data.records.question import AGGREGATE, DIMENSIONS, OWNER, RecordQuery
from queries import run

_LISTS = {"function": "functions", "focus": "focuses", "level": "levels", "place": "places",
          "size": "sizes", "organisation": "organisations"}  # fmt: skip
#: People below whom not even the median has an interval.
_LEAST = 6


@dataclass(frozen=True)
class Cells:
    """The people of each cell, and the words for the cell, one for each dimension asked.

    In aggregate mode ``notes`` say of each why people are missing, and ``few``
    which have too few payers for P10, P90 and intervals.
    """

    labels: list[tuple[str, ...]]
    groups: Groups
    unit: int
    notes: Sequence[str] = ()
    few: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, bool))


@dataclass(frozen=True)
class PayRecords:
    """What answers questions of pay records: the sorted store, and what all answers say."""

    store: SortedIndex
    provenance: Mapping[str, str]
    ladder: Mapping[str, int]

    @classmethod
    def open(
        cls, con: duckdb.DuckDBPyConnection, path: Path, tell: OnProgress = lambda _: None
    ) -> "PayRecords":
        """The records of the store at ``path``; ``tell`` and errors as in `ensure_index`."""
        store = ensure_index(con, path, tell)
        loads = run(con, "record_loads")
        days = sorted({day for span in loads.as_of for day in span.split(" to ")})
        said = {
            "status": "computed from demo data" if loads.demo.any() else "computed",
            "source": ", ".join(loads.source),
            "as_of": days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}",
        }
        return cls(store, said, _ladder(con))


def record_band_table(
    con: duckdb.DuckDBPyConnection, records: PayRecords, asked: RecordQuery
) -> pd.DataFrame:
    """The band table: a row a cell, pay in whole units of the currency.

    Columns are the dimensions, n, organisations, the percentiles with the ends
    of their intervals, a note where something is missing, and the provenance.
    ``con`` is asked only what the sorted store can't answer.
    """
    store = records.store
    asked = asked.checked()
    if asked.mode == AGGREGATE:
        cells = _published(store, asked)
    else:
        cells = cells_from_index(store, asked) if asked.in_order else cells_from_sql(con, asked)
    found = group_bands(cells.groups.pays, cells.groups.starts, asked.percentiles)
    scale = cells.unit / 100
    money = {
        name: figures * scale
        for name, figures in (("", found.values), ("_low", found.lows), ("_high", found.highs))
    }
    n, payers = found.n, cells.groups.organisations
    columns: dict[str, Any] = {
        name: [label[j] for label in cells.labels] for j, name in enumerate(asked.by)
    }
    if asked.mode == OWNER:
        columns |= {"n": n, "organisations": payers}
        notes = ["" if size >= _LEAST else f"no interval below {_LEAST} people" for size in n]
    else:
        _hide(asked, cells.few, money)
        columns["n"] = [_banded(size) for size in n]
        columns["organisations"] = [
            "1" if store.single and size else _banded(size) for size in payers
        ]
        more = f"P10, P90 and intervals need {privacy.THRESHOLDS.payers_in_tails} "
        more += "people" if store.single else "organisations"
        notes = [
            note or (more if less else "")
            for note, less in zip(cells.notes, cells.few, strict=True)
        ]
    for j, p in enumerate(asked.percentiles):
        for name in ("", "_low", "_high"):
            columns[f"p{100 * p:g}{name}"] = money[name][:, j]
    columns |= {"note": notes, **records.provenance}
    columns |= {"pay_basis": asked.element, "currency": asked.currency}
    order = _in_order(records.ladder, cells.labels, asked.by)
    table = pd.DataFrame(columns, index=range(len(order)))
    return table.take(order).reset_index(drop=True)


def cells_from_index(store: SortedIndex, asked: RecordQuery) -> Cells:
    """The cells by the sorted store."""
    runs = store.runs({"currency": (asked.currency,), **_where(asked)})
    if store.people(asked.element) < store.people("base"):  # which everybody has
        starts = store.array(asked.element, "starts")
        runs = runs[starts[runs + 1] > starts[runs]]
    columns = [INDEX_ORDER.index(name) for name in asked.by]
    labels, group = _divided(
        store.codes[runs][:, columns], [store.names[name] for name in asked.by]
    )
    groups = store.groups(asked.element, runs, group, len(labels))
    return Cells(labels, groups, store.unit(asked.element))


def cells_from_sql(con: duckdb.DuckDBPyConnection, asked: RecordQuery) -> Cells:
    """The same cells by the engine, which can narrow and divide by every column."""
    where = _where(asked)
    params: dict[str, Any] = {param: list(where.get(name, ())) for name, param in _LISTS.items()}
    for name in ("element", "currency", "since", "until"):
        params[name] = getattr(asked, name)
    params["row_by"], params["column_by"] = (*asked.by, "")[:2]
    answer = run(con, "record_cells", **params)
    pays = [np.asarray(pays, np.int64) for pays in answer.pays]
    starts = np.concatenate(([0], np.cumsum([len(p) for p in pays], dtype=np.int64)))
    flat = np.concatenate(pays) if pays else np.empty(0, np.int64)
    sort_groups(flat, starts)
    words = list(zip(answer.row_of, answer.column_of, strict=True))
    labels = [pair[: len(asked.by)] for pair in words]
    return Cells(labels, Groups(flat, starts, answer.organisations.to_numpy()), 1)


def has_records(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether any pay records are loaded, and stand."""
    return not run(con, "record_loads").empty


def without_sample_sizes(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources without how many people the team's own loads hold."""
    own = sources.source.str.startswith(LOAD_SOURCE)
    return sources.assign(sample_size=sources.sample_size.where(~own, "not shown"))


def known_values(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """For the currency, each dimension and the dates, the values that there are, in order."""
    words = run(con, "record_words")
    ladder = _ladder(con)
    return {
        name: sorted(
            words.value[words["column"] == name], key=lambda word: _place(ladder, name, word)
        )
        for name in ("currency", *DIMENSIONS, "date")
    }


def _where(asked: RecordQuery) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, values in asked.where:
        if values:
            found[name] = (*found.get(name, ()), *values)
    return found


def _divided(codes: Ints, names: Sequence[Sequence[str]]) -> tuple[list[tuple[str, ...]], Ints]:
    """The words of each cell, and in which cell each row of ``codes`` belongs."""
    if not len(codes):
        return [], np.empty(0, np.int64)
    shape = tuple(len(known) for known in names)
    key = np.ravel_multi_index(tuple(codes.T), shape)
    different, group = _different(key, math.prod(shape))
    at = np.unravel_index(different, shape)
    words = [np.array(known, object)[code] for known, code in zip(names, at, strict=True)]
    return list(zip(*words, strict=True)), group


def _different(key: Ints, most: int) -> tuple[Ints, Ints]:
    """The different keys, all below ``most``, and which of them each key is."""
    if most > 10 * len(key) + 10_000:
        return np.unique(key, return_inverse=True)
    there = np.zeros(most, bool)
    there[key] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[key]


def _published(store: SortedIndex, asked: RecordQuery) -> Cells:
    """The cells that others may see: whole blocks alone, and a row for what is held back."""
    blocks = DisclosureBlocks.of(store, asked.element)
    where = {"currency": (asked.currency,), **_where(asked)}
    runs, codes = blocks.runs(where)
    columns = [INDEX_ORDER.index(name) for name in asked.by]
    labels, group = _divided(codes[:, columns], [blocks.names[name] for name in asked.by])
    groups = store.groups(asked.element, runs, group, len(labels))
    apart = groups.organisations
    if store.single:
        apart = store.payers(asked.element, runs, group, len(labels)).apart
    held_back = blocks.held_back(where, asked.by)
    notes = [held_back.pop(label, "") and "in part held back" for label in labels]
    nobody = np.zeros(len(held_back), np.int64)
    widened = Groups(
        groups.pays,
        np.concatenate((groups.starts, nobody + len(groups.pays))),
        np.concatenate((groups.organisations, nobody)),
    )
    few = np.concatenate((apart, nobody)) < privacy.THRESHOLDS.payers_in_tails
    notes = [*notes, *held_back.values()]
    return Cells([*labels, *held_back], widened, store.unit(asked.element), notes, few)


def _hide(asked: RecordQuery, few: NDArray[np.bool_], money: dict[str, Any]) -> None:
    """Round all, and take out what needs more payers than the cells marked ``few`` have."""
    for name, figures in money.items():
        for j, p in enumerate(asked.percentiles):
            if name or privacy.is_tail(p):
                figures[few, j] = np.nan
        money[name] = privacy.round_for_disclosure(figures)


def _in_order(
    ladder: Mapping[str, int], labels: Sequence[tuple[str, ...]], by: Sequence[str]
) -> list[int]:
    """Levels as on their ladders, sizes and all else by number, then by name."""
    keys = [[_place(ladder, n, w) for n, w in zip(by, row, strict=True)] for row in labels]
    return sorted(range(len(labels)), key=keys.__getitem__)


def _ladder(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {level: i for i, level in enumerate(dict.fromkeys(run(con, "levels").level))}


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[Any, ...]:
    parts = re.split(r"(\d+)", word)
    return tuple((0, int(w), "") if w.isdecimal() and len(w) < 19 else (1, 0, w) for w in parts)


def _place(ladder: Mapping[str, int], name: str, word: str) -> tuple[Any, ...]:
    return (ladder.get(word, len(ladder)) if name == "level" else 0, _parts(word))


def _banded(size: int) -> str:
    return privacy.size_band(int(size)) if size else ""
