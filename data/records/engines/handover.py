"""Pay records handed over by an engine in order, and kept in parts until the index is made.

A part ends where the run, organization and day of its last person do, and is written whole,
so that a copy that was broken off goes on after the last part.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.files.whole_file import write_whole
from data.records.engines.duckdb_engine import DuckDbEngine
from data.records.engines.protocol import Engine
from data.records.engines.sql_text import Statement
from data.records.engines.table import MONEY, RecordTable
from data.records.index import INDEX_ORDER
from data.store.settings import limit
from data.store.sql_text import sql_literal

#: What people are in order by; none of it is ever missing.
KEYS = (*INDEX_ORDER, "organisation", "effective_date")
_TYPES = {"effective_date": pa.date32(), **dict.fromkeys(MONEY, pa.int64())}
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in (*KEYS, *MONEY)])
#: The parts as a table of records; there is one load, whose number is `COPIED`.
HANDED = RecordTable("pay_record", {name: name for name in (*KEYS, *MONEY)}, hundredths=True)
COPIED = 1
#: Parquet by another name: the store may stand in the very folder whose Parquet is copied.
_ENDING = ".people"
#: People of a part, but for those of one run, organization and day, who are in one.
_PART = 1_000_000
#: Rows from the end of a part that are compared with the last at first.
_LOOKED_AT = 1_000


def ordered_people(table: RecordTable, after: Sequence[str] = ()) -> Statement:
    """Everybody who counts, in the order of `KEYS`; those after a key alone where there is one.

    Money is in hundredths.
    """
    columns = [f"{table.day if n == 'effective_date' else table.text(n)} as {n}" for n in KEYS]
    columns += [f"{table.cents(name)} as {name}" for name in MONEY]
    people = f"select {', '.join(columns)} from {table.name} where {table.usable}"
    condition, values = _after(KEYS, tuple(after)) if after else ("", ())
    where = f" where {condition}" if condition else ""
    return Statement(
        f"select * from ({people}) people{where} order by {', '.join(KEYS)}", tuple(values)
    )


def _after(names: Sequence[str], key: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The SQL of being past a key in order, and its values; engines differ in comparing rows."""
    bound = "cast(? as date)" if names[0] == "effective_date" else "?"
    past = f"{names[0]} > {bound}"
    if len(names) == 1:
        return past, key
    rest, values = _after(names[1:], key[1:])
    return f"({past} or ({names[0]} = {bound} and {rest}))", (key[0], key[0], *values)


class Parts:
    """The parts in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def files(self) -> list[Path]:
        """The parts that are there, in order."""
        return sorted(self.folder.glob(f"part-*{_ENDING}"))

    @property
    def people(self) -> int:
        """How many people are in them."""
        return sum(pq.ParquetFile(file).metadata.num_rows for file in self.files)

    def last_key(self) -> tuple[str, ...]:
        """The `KEYS` of the last person, as text; empty where there is no part."""
        if not self.files:
            return ()
        groups = pq.ParquetFile(self.files[-1])
        last = groups.read_row_group(groups.num_row_groups - 1, columns=list(KEYS))
        return tuple(str(last.column(name)[-1].as_py()) for name in KEYS)

    def fetch(self, engine: Engine, table: RecordTable) -> Iterator[int]:
        """Have the engine hand over who is not there yet; tells how many are, after each part.

        Raises `EngineError` and `OSError`; what is there then stays.
        """
        statement = ordered_people(table, self.last_key())
        people = self.people
        for part in _whole_keys(engine.stream(statement.sql, statement.values)):
            self._write(part)
            people += part.num_rows
            yield people

    def opened(self) -> DuckDbEngine:
        """The parts as an engine, whose table is `HANDED`."""
        return DuckDbEngine(self.connection(), "the copied records")

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection with the parts as the tables that the index is made of."""
        memory = f"{limit('STORE_MEMORY_MB')}MB"
        spill = str(self.folder / "spill")
        con = duckdb.connect(config={"memory_limit": memory, "temp_directory": spill})
        files = ", ".join(sql_literal(str(file)) for file in self.files)
        absent = ", ".join(f"null::varchar as {n}" for n in ("title", "size", "department"))
        con.execute(
            f"create view pay_record as select {COPIED} as load, *, {absent}, "
            f"null::varchar as tenure from read_parquet([{files}]); create view import_log as "
            f"select {COPIED} as load, 'records' as kind, 'active' as state"
        )
        return con

    def _write(self, part: pa.Table) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(part, sink, row_group_size=_PART // 8)
        number = len(self.files) + 1
        write_whole(self.folder / f"part-{number:06d}{_ENDING}", sink.getvalue(), mode=0o600)


def _whole_keys(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows of ordered tables in parts of `_PART` or more, each of whole keys."""
    pending: list[pa.Table] = []
    rows = 0
    for table in tables:
        pending.append(table.cast(_SCHEMA))
        rows += table.num_rows
        if rows < _PART:
            continue
        gathered = pa.concat_tables(pending)
        end = _last_begin(gathered)
        if end:
            yield gathered.slice(0, end)
        pending = [gathered.slice(end)]
        rows = gathered.num_rows - end
    if rows:
        yield pa.concat_tables(pending)


def _last_begin(table: pa.Table) -> int:
    """Where the key of the last row begins; rows are in order, so that the end is looked at."""
    looked_at = min(_LOOKED_AT, table.num_rows)
    while True:
        end = table.slice(table.num_rows - looked_at)
        same = np.ones(looked_at, bool)
        for name in KEYS:
            column = end.column(name)
            same &= pa.compute.equal(column, column[-1]).to_numpy()
        if not same.all():
            return int(table.num_rows - np.argmin(same[::-1]))
        if looked_at == table.num_rows:
            return 0
        looked_at = min(10 * looked_at, table.num_rows)
