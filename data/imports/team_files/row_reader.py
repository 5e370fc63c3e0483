"""Rows of a text file or of a workbook's sheet as Arrow tables, piece by piece."""

from collections.abc import Iterator

import pyarrow as pa

from data.files.delimited import without_blank_tail
from data.files.opened import OpenedTable

_CHUNK = 20_000


def chunks(opened: OpenedTable, header_row: int, width: int) -> Iterator[pa.Table]:
    """The rows below the header: ``row``, its number; ``cells``, how many; then ``c0`` on.

    ``more`` holds what a row has beyond the header. Raises `InputError` where
    the quotes of a text don't match.
    """
    names = ["row", "cells", *(f"c{i}" for i in range(width)), "more"]
    pieces = (
        _of_sheet(opened.cells, header_row, width)
        if opened.cells is not None
        else _of_text(opened, header_row, width)
    )
    for columns in pieces:
        yield pa.table(columns, names=names)


def _of_sheet(cells: pa.Table, header_row: int, width: int) -> Iterator[list[pa.Array]]:
    body = cells.slice(header_row)
    for start in range(0, body.num_rows, _CHUNK):
        piece = body.slice(start, _CHUNK)
        first = header_row + start + 1
        yield [
            pa.array(range(first, first + piece.num_rows), pa.int64()),
            pa.array([width] * piece.num_rows, pa.int32()),
            *(column.combine_chunks() for column in piece.columns[:width]),
            pa.nulls(piece.num_rows, pa.string()),
        ]


def _of_text(opened: OpenedTable, header_row: int, width: int) -> Iterator[list[pa.Array]]:
    rows: list[tuple[int, int, list[str]]] = []
    for number, written in opened.rows():
        if number <= header_row or not written:
            continue
        cells = without_blank_tail(written, width)
        more = opened.delimiter.join(cells[width:])
        padded = [*cells[:width], *[""] * (width - len(cells)), more]
        rows.append((number, len(cells), padded))
        if len(rows) == _CHUNK:
            yield _by_column(rows)
            rows = []
    if rows:
        yield _by_column(rows)


def _by_column(rows: list[tuple[int, int, list[str]]]) -> list[pa.Array]:
    numbers, counts, cells = zip(*rows, strict=True)
    return [
        pa.array(numbers, pa.int64()),
        pa.array(counts, pa.int32()),
        *(
            pa.array([cell or None for cell in column], pa.string())
            for column in zip(*cells, strict=True)
        ),
    ]
