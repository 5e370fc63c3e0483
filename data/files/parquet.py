"""Parquet on its way in: one file or a folder of them, whose columns have types already."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import InputError
from data.store.settings import limit, limit_message
from data.store.sql_text import sql_literal

MARK = b"PAR1"
_SAMPLE = 2_000


def files_in(name: str, folder: Path) -> list[Path]:
    """The Parquet files of a folder, in the order of their names; raises `InputError`."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.casefold() == ".parquet")
    if not found:
        raise InputError(f"{name}: the folder holds no file that ends in .parquet")
    inner = next((path for path in found if path.parent != folder), None)
    if inner is not None:
        raise InputError(
            f"{name}: holds folders with Parquet of their own, such as {inner.parent.name}; load "
            "them one by one, or put the files into one folder"
        )
    return found


def fingerprint(files: Sequence[Path]) -> str:
    """SHA-256 of a file, or of the files of a folder one after another."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            part = hashlib.file_digest(file, "sha256").hexdigest()
        if len(files) == 1:
            return part
        digest.update(part.encode())
    return digest.hexdigest()


def inspect_parquet(
    name: str, files: Sequence[Path]
) -> tuple[list[str], list[str], list[list[str]]]:
    """The columns' names, what each is, and the first rows as text.

    A column is a number, float, date (with its zone, if it has one), text, binary
    or nested. Raises `InputError` for what is no Parquet file, and for files that
    differ in their columns.
    """
    names: list[str] = []
    types: list[str] = []
    rows: list[list[str]] = []
    for path in files:
        label = f"{name}, {path.name}" if len(files) > 1 else name
        if path.stat().st_size > limit("TEXT_MB") * 1_000_000:
            raise InputError(
                f"{label}: holds {path.stat().st_size / 1e6:,.0f} MB, {limit_message('TEXT_MB')}"
            )
        try:
            file = pq.ParquetFile(path)
            schema = file.schema_arrow
            found = [_what(field.type) for field in schema]
            batch = next(file.iter_batches(_SAMPLE), None) if not rows else None
            rows = rows or ([] if batch is None else _rows(batch))
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            raise InputError(f"{label}: can't be read as Parquet: {error}") from None
        if names and (schema.names, found) != (names, types):
            raise InputError(
                f"{label}: has other columns than {files[0].name}; load the files one by one"
            )
        names, types = schema.names, found
    return names, types, rows


def source(files: Sequence[Path], types: Sequence[str]) -> str:
    """The rows as SQL, their columns called c0, c1 and so on."""
    names = ", ".join(f"c{i}" for i in range(len(types)))
    listed = ", ".join(sql_literal(str(path)) for path in files)
    return f"read_parquet([{listed}], hive_partitioning = false) as rows_of_file({names})"


def _what(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return _what(kind.value_type)
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_floating(kind):
        return "float"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return f"date {getattr(kind, 'tz', None) or ''}".strip()
    if pa.types.is_nested(kind):
        return "nested"
    binary = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    return "binary" if any(test(kind) for test in binary) else "text"


def _rows(batch: pa.RecordBatch) -> list[list[str]]:
    columns = [[_shown(value) for value in column.to_pylist()] for column in batch]
    return [list(row) for row in zip(*columns, strict=True)]


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
