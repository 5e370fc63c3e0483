"""DuckDB in this process: over a table of a connection, or over Parquet at a path."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.errors import CancelledError, EngineError, InputError
from data.records.engines.table import RecordTable
from data.store.sql_text import sql_literal

#: Where an object store is read by DuckDB's own extension, whose secrets are DuckDB's.
OBJECT_STORES = ("s3://", "gs://", "gcs://", "r2://", "az://", "abfss://", "https://")


class DuckDbEngine:
    """A connection of DuckDB; ``name`` says what it reads."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path] = ()
    ) -> None:
        self.name = name
        self._con = con
        self._files = files

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """As in `Engine`."""
        try:
            answer = self._con.sql(sql, params=list(values))
            return None if answer is None else answer.to_arrow_table()
        except duckdb.InterruptException:
            raise CancelledError("canceled; nothing has changed") from None
        except duckdb.Error as error:
            raise EngineError(f"{self.name}: {_first_line(error)}") from None

    def stamp(self) -> str:
        """The names, sizes and times of the files; empty for a table."""
        if not self._files:
            return ""
        parts = [f"{f}\0{f.stat().st_size}\0{f.stat().st_mtime_ns}" for f in self._files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def cancel(self) -> None:
        """As in `Engine`."""
        self._con.interrupt()

    def close(self) -> None:
        """As in `Engine`."""
        self._con.close()


def open_parquet(path: str, view: str = "records") -> DuckDbEngine:
    """Parquet at a path as a view: a file, a folder with hive partitions, or an object store.

    Raises `InputError` where there is no Parquet, `EngineError` where it can't be read.
    """
    RecordTable.check_name(view)
    remote = path.startswith(OBJECT_STORES)
    files = () if remote else tuple(_files(Path(path)))
    source = path if remote or Path(path).is_file() else f"{path.rstrip('/')}/**/*.parquet"
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    engine = DuckDbEngine(con, "Parquet in an object store" if remote else path, files)
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


def _first_line(error: duckdb.Error) -> str:
    """What DuckDB says, without the statement that it quotes."""
    return str(error).splitlines()[0]
