"""Parquet: one file or a folder of them, whose columns have types already."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.files.problems import FileError
from data.store.digest import sha256
from data.store.settings import limit, limit_message
from data.store.sql_text import sql_literal

MARK = b"PAR1"
_SAMPLE = 2_000


def files_in(name: str, folder: Path) -> list[Path]:
    """The Parquet files of a folder and of those in it, in the order of their names.

    What begins with a dot or an underscore is a writer's own and is passed over.
    Raises `FileError`.
    """
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.casefold() == ".parquet"
        and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    )
    if not files:
        raise FileError(name, "contains no file that ends in .parquet", "name a folder with one")
    inner = (path.relative_to(folder).parent.parts for path in files)
    partition = next((part for parts in inner for part in parts if "=" in part), "")
    if partition:
        raise FileError(
            name,
            f"contains folders whose names hold values of a column, such as {partition}",
            "write it again with that column in the files",
        )
    return files


def digest(files: Sequence[Path]) -> str:
    """SHA-256 of a file, or of the digests of several files one after another."""
    digests = [sha256(path) for path in files]
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode())


def inspect_parquet(
    name: str, files: Sequence[Path]
) -> tuple[list[str], list[str], list[list[str]]]:
    """The columns' names, what each contains, and the first rows as text.

    A column contains number, float, date (with its time zone, if any), text,
    binary or nested. Raises `FileError` if a file is not Parquet, or if the files
    differ in their columns.
    """
    names: list[str] = []
    types: list[str] = []
    rows: list[list[str]] = []
    for path in files:
        label = f"{name}, {path.name}" if len(files) > 1 else name
        schema, first = _inspect(label, path, with_rows=not rows)
        found = [_column_type(field.type) for field in schema]
        if names and (schema.names, found) != (names, types):
            raise FileError(
                label, f"has different columns from {files[0].name}", "load the files one by one"
            )
        names, types, rows = schema.names, found, rows or first
    return names, types, rows


def _inspect(label: str, path: Path, *, with_rows: bool) -> tuple[pa.Schema, list[list[str]]]:
    """The schema of one file, and its first rows as text."""
    size = path.stat().st_size
    if size > limit("TEXT_MB") * 1_000_000:
        raise FileError(label, f"has {size / 1e6:,.0f} MB, {limit_message('TEXT_MB')}")
    try:
        file = pq.ParquetFile(path)
        batch = next(file.iter_batches(_SAMPLE), None) if with_rows else None
        return file.schema_arrow, [] if batch is None else _texts(batch)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise FileError(label, f"can't be read as Parquet: {error}", "write it again") from None


def text_rows(name: str, files: Sequence[Path]) -> Iterator[list[str]]:
    """All rows as text; raises `FileError` if a file is damaged."""
    for path in files:
        try:
            for batch in pq.ParquetFile(path).iter_batches(_SAMPLE):
                yield from _texts(batch)
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            raise FileError(name, f"can't be read as Parquet: {error}", "write it again") from None


def text_bytes(files: Sequence[Path]) -> int:
    """About how many bytes all cells have as text, at some ten a cell."""
    headers = [pq.read_metadata(path) for path in files]
    return sum(10 * header.num_rows * header.num_columns for header in headers)


def source(files: Sequence[Path], types: Sequence[str]) -> str:
    """The rows as SQL, their columns called c0, c1 and so on."""
    names = ", ".join(f"c{i}" for i in range(len(types)))
    paths = ", ".join(sql_literal(_exactly(path)) for path in files)
    return f"read_parquet([{paths}], hive_partitioning = false) as rows_of_file({names})"


def _exactly(path: Path) -> str:
    """A path as the pattern that only it matches: DuckDB reads every name as a pattern."""
    return "".join(f"[{mark}]" if mark in "*?[" else mark for mark in str(path))


def _column_type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return _column_type(kind.value_type)
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


def _texts(batch: pa.RecordBatch) -> list[list[str]]:
    columns = [[_text(value) for value in column.to_pylist()] for column in batch]
    return [list(row) for row in zip(*columns, strict=True)]


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
