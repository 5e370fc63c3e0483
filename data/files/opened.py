"""An opened file: its tables, ready to be read row by row."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from data.files import parquet
from data.files.delimited import text_rows
from data.files.line_encodings import ALL_ALIKE, LineEncodings
from data.files.workbook_formulas import UNSAVED_KEY

#: Rows among which a header can be.
HEADER_WITHIN = 30
#: Rows from which the decimal sign and the order of dates are guessed.
SAMPLE_ROWS = 2_000


@dataclass(frozen=True)
class OpenOptions:
    """How to open a file; what is left empty is detected.

    ``member`` is the file in a zip; ``size_limit`` is the name of the limit, in
    megabytes, on a text's size.
    """

    encoding: str = ""
    delimiter: str = ""
    member: str = ""
    size_limit: str = "TEXT_MB"


@dataclass(frozen=True)
class OpenedTable:
    """A table that can be read: a text in UTF-8, the cells of a workbook's sheet, or Parquet.

    ``lines`` counts a text's lines, or is -1 if they may not be rows; ``odd_lines`` are
    those with an encoding of their own. ``head`` is
    the first rows, among which the header is. For Parquet ``head`` is the column
    names, ``column_types`` says what each column contains, and ``first_rows`` are
    its first rows as text.
    """

    name: str
    sha256: str
    encoding: str
    delimiter: str
    head: list[list[str]]
    path: Path | None = None
    lines: int = -1
    odd_lines: LineEncodings = ALL_ALIKE
    cells: pa.Table | None = None
    sheet: str = ""
    parquet_files: tuple[Path, ...] = ()
    column_types: tuple[str, ...] = ()
    first_rows: Sequence[list[str]] = ()

    @property
    def text_bytes(self) -> int:
        """About how many bytes its cells have as text."""
        if self.path is not None:
            return self.path.stat().st_size
        if self.cells is not None:
            return int(self.cells.nbytes)
        return parquet.text_bytes(self.parquet_files)

    @property
    def unsaved_formulas(self) -> bool:
        """Whether cells are formulas of a workbook that have no saved value."""
        said = self.cells.schema.metadata if self.cells is not None else None
        return said is not None and bool(said.get(UNSAVED_KEY, b"0") != b"0")

    def sample(self, header: int) -> list[list[str]]:
        """The first rows below the header, which ends after ``header`` rows."""
        if self.parquet_files:
            return list(self.first_rows)
        if self.cells is not None:
            return sheet_texts(self.cells.slice(header, SAMPLE_ROWS))
        return [cells for _, cells in itertools.islice(self.rows(), header, header + SAMPLE_ROWS)]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """All rows with their numbers, as a spreadsheet counts them; Parquet's header is 0."""
        if self.path is not None:
            return text_rows(self.name, self.path, self.delimiter)
        if self.cells is not None:
            return enumerate(sheet_texts(self.cells), 1)
        return enumerate(
            itertools.chain(self.head, parquet.text_rows(self.name, self.parquet_files))
        )


@dataclass(frozen=True)
class OpenedFile:
    """A file and its tables: one for a text, one for each sheet of a workbook."""

    name: str
    options: OpenOptions
    tables: tuple[OpenedTable, ...]


def sheet_texts(cells: pa.Table) -> list[list[str]]:
    """The rows of a sheet; empty cells are empty text."""
    columns = [[cell or "" for cell in column.to_pylist()] for column in cells.columns]
    return [list(row) for row in zip(*columns, strict=True)]
