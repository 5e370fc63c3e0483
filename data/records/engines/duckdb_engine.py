"""DuckDB in this process: over a table of a connection, or over Parquet at a path."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.protocol import Extent
from data.records.engines.secrets import engine_name
from data.records.engines.table import RecordTable
from data.records.engines.time_limit import Deadline
from data.store.sql_text import sql_literal

#: Where an object store is read by DuckDB's own extension, whose secrets are DuckDB's.
OBJECT_STORES = ("s3://", "gs://", "gcs://", "r2://", "az://", "abfss://", "https://")
#: Rows of a streamed answer at once.
_BATCH = 100_000


class DuckDbEngine:
    """A connection of DuckDB; ``name`` says what it reads, ``path`` has its files, if any."""

    def __init__(self, con: duckdb.DuckDBPyConnection, name: str, path: Path | None = None) -> None:
        self.name = name
        self._con = con
        self._path = path
        self._deadline = Deadline(name, con.interrupt)

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`."""
        with self._in_words():
            answer = self._con.sql(sql, params=list(values))
            return None if answer is None else answer.to_arrow_table()

    def stream(self, sql: str, values: Sequence[str] = ()) -> Iterator[pa.Table]:
        """As in `Engine`."""
        with self._in_words():
            for batch in self._con.sql(sql, params=list(values)).to_arrow_reader(_BATCH):
                yield pa.Table.from_batches([batch])

    def stamp(self) -> str:
        """The names, sizes and times of the files; empty for a table."""
        if self._path is None:
            return ""
        stats = [(file, file.stat()) for file in _files(self._path)]
        parts = [f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}" for file, stat in stats]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def extent(self, table: str) -> Extent:
        """As in `Engine`: Parquet states its rows beside them."""
        if self._path is None:
            return Extent()
        files = _files(self._path)
        rows = sum(pq.read_metadata(file).num_rows for file in files)
        return Extent(rows, sum(file.stat().st_size for file in files))

    def cancel(self) -> None:
        """As in `Engine`."""
        self._con.interrupt()

    def close(self) -> None:
        """As in `Engine`."""
        self._con.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """What DuckDB raises, as `Engine` says it."""
        try:
            with self._deadline:
                yield
        except duckdb.InterruptException:
            if self._deadline.passed:
                raise self._deadline.error() from None
            raise CancelledError("canceled; nothing has changed") from None
        except (duckdb.Error, pa.ArrowException) as error:
            raise EngineError(f"{self.name}: {_first_line(error)}") from None


def open_parquet(path: str, view: str = "records") -> DuckDbEngine:
    """Parquet at a path as a view: a file, a folder with hive partitions, or an object store.

    Raises `InputError` where there is no Parquet, `EngineError` where it can't be read.
    """
    RecordTable.check_name(view)
    remote = path.startswith(OBJECT_STORES)
    if not remote:
        _files(Path(path))
    source = path if remote or Path(path).is_file() else f"{path.rstrip('/')}/**/*.parquet"
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    engine = DuckDbEngine(con, engine_name(path), None if remote else Path(path))
    engine.ask(
        f"create view {view} as select * from read_parquet({sql_literal(source)}, "
        "hive_partitioning = true, union_by_name = true)"
    )
    return engine


def _files(path: Path) -> list[Path]:
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    if not files:
        raise InputError(f"{path}: no Parquet there; name a .parquet file, or a folder with some")
    return files


def _first_line(error: Exception) -> str:
    """What DuckDB says, without the statement that it quotes."""
    return str(error).splitlines()[0]
