"""Parquet on its way in: one file or a folder of them, whose columns have types already."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import InputError
from data.intake.expressions import quoted
from data.limits import limit, over

MARK = b"PAR1"
_SAMPLE = 2_000


def files_in(name: str, folder: Path) -> list[Path]:
    """The Parquet files of a folder, in the order of their names; raises `InputError`."""
    found = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".parquet")
    if not found:
        raise InputError(f"{name}: the folder holds no file that ends in .parquet")
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


def look_into(name: str, files: Sequence[Path]) -> tuple[list[str], list[str], list[list[str]]]:
    """The columns' names, what each is (number, date or text), and the first rows as text.

    Raises `InputError` for what is no Parquet file, and for files that differ in
    their columns.
    """
    first: pa.Schema | None = None
    for path in files:
        label = f"{name}, {path.name}" if len(files) > 1 else name
        try:
            file = pq.ParquetFile(path)
            schema = file.schema_arrow
        except (pa.ArrowException, OSError, ValueError) as error:
            raise InputError(f"{label}: can't be read as Parquet: {error}") from None
        if path.stat().st_size > limit("TEXT_MB") * 1_000_000:
            raise InputError(
                f"{label}: holds {path.stat().st_size / 1e6:,.0f} MB, {over('TEXT_MB')}"
            )
        if first is None:
            first = schema
            batch = next(file.iter_batches(_SAMPLE), None)
        elif [(f.name, f.type) for f in schema] != [(f.name, f.type) for f in first]:
            raise InputError(
                f"{label}: has other columns than {files[0].name}; load the files one by one"
            )
    assert first is not None
    rows = [] if batch is None else _rows(batch)
    return first.names, [_what(field.type) for field in first], rows


def source(files: Sequence[Path], columns: int) -> str:
    """The rows as SQL, their columns called c0, c1 and so on."""
    names = ", ".join(f"c{i}" for i in range(columns))
    listed = ", ".join(quoted(str(path)) for path in files)
    return f"read_parquet([{listed}], hive_partitioning = false) as rows_of_file({names})"


def _what(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return _what(kind.value_type)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    return "date" if pa.types.is_date(kind) or pa.types.is_timestamp(kind) else "text"


def _rows(batch: pa.RecordBatch) -> list[list[str]]:
    columns = [["" if v is None else str(v) for v in column.to_pylist()] for column in batch]
    return [list(row) for row in zip(*columns, strict=True)]
