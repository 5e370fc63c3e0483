"""Pay records on an engine, answering what the Pay records page and the exports ask."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analytics.errors import InputError
from data.imports.provenance import DEMO
from data.records.bands import Provenance, band_frame, labeled_values, owner_columns
from data.records.engines import sql_text
from data.records.engines.bands import OnProgress, engine_cells
from data.records.engines.protocol import Engine
from data.records.engines.snapshots import engine_snapshots, superseded
from data.records.engines.sql_text import Asked
from data.records.engines.table import RecordTable
from data.records.question import DIMENSIONS, OWNER, RecordQuery
from data.records.spellings import Spellings


@dataclass(frozen=True)
class EngineRecords:
    """The pay records of a table on an engine; ``ladder`` is the position of each level.

    ``known`` are the same records over another connection, whose spellings and dates are
    taken in place of asking for them again.
    """

    engine: Engine
    table: RecordTable
    ladder: Mapping[str, int] = field(default_factory=dict)
    known: "EngineRecords | None" = None

    @cached_property
    def words(self) -> pd.DataFrame:
        """The values of each dimension: column, value and people, as in `record_words`."""
        names = ("currency", *DIMENSIONS, "date")
        answer = self.engine.ask(sql_text.words(self.table, names).sql).to_pandas()
        parts = [
            answer.loc[answer[f"word_{j}"].notna(), [f"word_{j}", "people"]]
            .set_axis(["value", "people"], axis=1)
            .assign(column=name)
            for j, name in enumerate(names)
        ]
        words = pd.concat(parts, ignore_index=True)[["column", "value", "people"]]
        return words.sort_values(["column", "value"], ignore_index=True)

    @cached_property
    def spellings(self) -> Spellings:
        """The spellings that are joined under another."""
        if self.known is not None:
            return self.known.spellings
        return Spellings.of(self.words)

    @property
    def source(self) -> str:
        """The table and the engine's host, as provenance names them."""
        return f"{self.table.name} on {self.engine.name}"

    @property
    def demo(self) -> bool:
        """Whether any are made up: every organization of demo records is named so."""
        if self.known is not None:
            return self.known.demo
        words = self.words
        names = words.value[words.column == "organisation"]
        return bool(names.str.startswith(DEMO).any())

    def known_values(self) -> dict[str, list[str]]:
        """The sorted values of the currency, each dimension and the date in the records."""
        return labeled_values(self.words, self.spellings, self.ladder)

    def totals(self) -> dict[str, object]:
        """How many records there are, have each pay element, and what they pay in all."""
        return dict(self.engine.ask(sql_text.totals(self.table).sql).to_pylist()[0])

    def stamp(self, totals: Mapping[str, object] | None = None) -> str:
        """A short text that changes when the records do.

        Where the engine has none of its own it is made from the counts, the sums of money
        and the dates: a change that leaves all of these alike is not seen. ``totals`` are
        today's, where they are known already.
        """
        stamp = self.engine.stamp()
        if not stamp:
            stamp = "\n".join(f"{k}: {v}" for k, v in (totals or self.totals()).items())
        return hashlib.sha256(stamp.encode()).hexdigest()[:24]

    def snapshots(self, query: RecordQuery) -> pd.DataFrame:
        """Which organizations have pay of several dates, and which dates are superseded."""
        if self.known is not None:
            return self.known.snapshots(query)
        key = query.currency, query.since, query.until, "year" in query.by
        if key not in self._snapshots:
            self._snapshots[key] = engine_snapshots(self.engine, self.table, query)
        return self._snapshots[key]

    @cached_property
    def _snapshots(self) -> dict[tuple[str, str, str, bool], pd.DataFrame]:
        return {}

    def band_table(
        self, query: RecordQuery, on_progress: OnProgress = lambda _: None
    ) -> pd.DataFrame:
        """The band table, as `record_band_table` gives it of records in the store.

        Raises `InputError` for a query that can't be answered, such as in aggregate mode,
        and `EngineError`.
        """
        query = query.checked()
        if query.mode != OWNER:
            raise InputError(
                "aggregate mode is not asked of another engine: what may be shown to others rests "
                "on blocks of people that are fixed once; import the records for that"
            )
        left_out = superseded(self.snapshots(query), query)
        asked = Asked(query, self.table, self.spellings, left_out)
        cells = engine_cells(self.engine, asked, on_progress)
        columns = owner_columns(cells.summary, cells.bands, cells.missing, query)
        provenance = Provenance({0: self.source}, frozenset([0] if self.demo else []))
        return band_frame(cells.summary, columns, query, provenance, self.ladder)
