"""A copy of an engine's pay records: their sorted index, and what it can be asked by.

It stands beside the store, in `STORE.copy`, and is one of a state of the records that its
stamp names. A copy counts once its ``copy.json`` is there, which is written last.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import StoreError
from data.files.whole_file import write_whole
from data.records.bands import Provenance, band_frame, labeled_values, owner_columns
from data.records.block_digests import ChangedIndexError
from data.records.cells import cells_from_index
from data.records.engines.handover import COPIED
from data.records.engines.records import EngineRecords
from data.records.engines.snapshots import snapshots_of_days
from data.records.index import SortedIndex, open_index
from data.records.intervals import cell_bands
from data.records.question import LATEST, OWNER, RecordQuery
from data.records.spellings import Spellings
from data.store.digest import sha256

_FORMAT = 1
#: The last two are Parquet by another name: the store may stand in the folder that is copied.
_FACTS, _WORDS, _DAYS = "copy.json", "values.words", "values.days"
#: What `EngineRecords.totals` has, in words.
_TOTALS = {
    "records": "records",
    "base": "with base pay",
    "target_cash": "with target cash",
    "total_comp": "with total pay",
    "overtime": "with overtime",
    "sum_base": "hundredths of base pay",
    "sum_variable": "hundredths of variable pay",
    "sum_equity": "hundredths of equity",
    "sum_overtime": "hundredths of overtime",
    "first_day": "first day",
    "last_day": "last day",
}


@dataclass(frozen=True)
class CopyFacts:
    """Of which records a copy is: their stamp, table, columns and totals, and when it was made.

    ``totals`` are those of `EngineRecords.totals`, as text; ``questions`` is how many the
    engine answered as the copy does. Neither URL nor user is among them.
    """

    identity: str
    stamp: str
    source: str
    columns: Mapping[str, str]
    hundredths: bool
    copied_at: str
    demo: bool
    totals: Mapping[str, str]
    questions: int = 0

    @property
    def people(self) -> int:
        """How many records the copy has."""
        return int(self.totals["records"])

    @property
    def elements(self) -> frozenset[str]:
        """The pay elements that any record has stated."""
        names = ("base", "target_cash", "total_comp", "overtime")
        return frozenset(name for name in names if int(self.totals[name]))


@dataclass(frozen=True)
class EngineCopy:
    """A finished copy in its folder; ``ladder`` is the position of each level."""

    folder: Path
    facts: CopyFacts
    index: SortedIndex
    ladder: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def words(self) -> pd.DataFrame:
        """As in `EngineRecords`."""
        return pq.read_table(self.folder / _WORDS).to_pandas()

    @property
    def spellings(self) -> Spellings:
        """The spellings that are joined under another."""
        return self.index.spellings

    def known_values(self) -> dict[str, list[str]]:
        """As in `EngineRecords`."""
        return labeled_values(self.words, self.spellings, self.ladder)

    def snapshots(self, query: RecordQuery) -> pd.DataFrame:
        """As in `EngineRecords`."""
        return snapshots_of_days(pq.read_table(self.folder / _DAYS), query)

    def answers(self, query: RecordQuery) -> bool:
        """Whether the copy can answer a question; else the engine must be asked."""
        return query.mode == OWNER and self._whole(query).answerable_by_index

    def band_table(self, query: RecordQuery) -> pd.DataFrame:
        """The band table of a question that `answers` holds for, as the engine gives it.

        Raises `StoreError` where a file of the copy has changed since it was written.
        """
        query = query.checked()
        try:
            cells = cells_from_index(self.index, self._whole(query))
            bands, missing = cell_bands(cells, query)
        except ChangedIndexError:
            raise StoreError(
                f"{self.folder}: the copy has changed since it was made; remove the folder and "
                "copy again with 'bandstand records copy'"
            ) from None
        source = f"{self.facts.source}, copied {self.facts.copied_at[:10]}"
        provenance = Provenance({COPIED: source}, frozenset([COPIED] if self.facts.demo else []))
        columns = owner_columns(cells, bands, missing, query)
        return band_frame(cells, columns, query, provenance, self.ladder)

    def _whole(self, query: RecordQuery) -> RecordQuery:
        """The same question; where no organization has several dates, these are the latest."""
        return query if self.index.several_dates else replace(query, snapshots=LATEST)


def copies_folder(store: Path) -> Path:
    """Where the copies of a store's engine are."""
    return store.with_name(store.name + ".copy")


def copy_identity(records: EngineRecords, stamp: str) -> str:
    """What tells the copy of a table, read by its columns, in one state from all others."""
    table = records.table
    parts = (_FORMAT, records.source, sorted(table.columns.items()), table.hundredths, stamp)
    return sha256(json.dumps(parts).encode())[:24]


def write_values(folder: Path, words: pd.DataFrame, days: pa.Table) -> None:
    """Write what stands beside the index. Raises `OSError`."""
    words.to_parquet(folder / _WORDS)
    pq.write_table(days, folder / _DAYS)


def mark_verified(folder: Path, facts: CopyFacts) -> None:
    """Write the facts, with which the copy counts. Raises `OSError`."""
    write_whole(folder / _FACTS, json.dumps(asdict(facts)).encode(), mode=0o600)


def index_base(folder: Path) -> Path:
    """What the index of a copy takes for its store."""
    return folder / "records"


def open_copy(store: Path, source: str, ladder: Mapping[str, int]) -> EngineCopy | None:
    """The newest finished copy of a source beside a store, or None; no engine is asked."""
    found = [
        copy
        for file in copies_folder(store).glob(f"*/{_FACTS}")
        if (copy := _opened(file, ladder)) and copy.facts.source == source
    ]
    return max(found, key=lambda copy: copy.facts.copied_at, default=None)


def _opened(file: Path, ladder: Mapping[str, int]) -> EngineCopy | None:
    try:
        facts = CopyFacts(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    index = open_index(index_base(file.parent), facts.identity)
    return EngineCopy(file.parent, facts, index, ladder) if index else None


def is_stale(copy: EngineCopy, records: EngineRecords) -> bool | None:
    """Whether the records changed, as far as the engine knows without reading them; else None."""
    if not records.engine.stamp():
        return None
    return copy_identity(records, records.stamp()) != copy.facts.identity


def staleness(
    copy: EngineCopy, records: EngineRecords, totals: Mapping[str, object] | None = None
) -> str:
    """By what the records on the engine differ from those of the copy; empty for nothing.

    ``totals`` are today's, where they are known already. Raises `EngineError`.
    """
    facts, table = copy.facts, records.table
    stamp = records.stamp(totals)
    if copy_identity(records, stamp) == facts.identity:
        return ""
    totals = totals or records.totals()
    changes = [
        f"{name} is taken from {table.columns.get(name, 'no column')}, then from "
        f"{facts.columns.get(name, 'no column')}"
        for name in sorted({*table.columns, *facts.columns})
        if table.columns.get(name) != facts.columns.get(name)
    ]
    if table.hundredths != facts.hundredths:
        changes.append("money is read in another unit")
    changes += [
        f"{said} {_number(now)}, then {_number(then)}"
        for name, said in _TOTALS.items()
        if (now := str(totals[name])) != (then := facts.totals[name])
    ]
    return "; ".join(changes) or "its files changed; counts, sums and dates are as they were"


def _number(text: str) -> str:
    return f"{int(text):,}" if text.lstrip("-").isdigit() else text
