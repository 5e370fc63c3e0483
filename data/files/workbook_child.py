"""The process that reads a workbook: started once a workbook, so it imports as little as it can."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from data.files.workbook_formats import shown_cells
from data.files.workbook_formulas import UNSAVED_KEY, unsaved_formulas
from data.store.settings import limit

if TYPE_CHECKING:
    import pyarrow as pa

#: Exit code for a workbook whose text is over the limit.
TOO_MUCH_TEXT = 3
#: Exit code for a workbook that needs more memory than the limit.
TOO_MUCH_MEMORY = 4


def main() -> None:
    """Read the workbook on standard input; write each visible sheet as an Arrow stream."""
    _limit_resources()
    # Imported under the limits, and never by the parent.
    import fastexcel
    import pyarrow as pa

    content = sys.stdin.buffer.read()
    book = fastexcel.read_excel(content)
    written = 0
    for name in book.sheet_names:
        # Empty rows above a table count, so that a row's number is the one on the screen.
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if sheet.visible != "visible":
            continue
        # Not `pa.table`: it imports pandas to see whether it was given a frame.
        table = pa.Table.from_batches([sheet.to_arrow()])
        # One long text can stand behind many cells: small in the file, huge as rows.
        written += table.nbytes
        if written > limit("WORKBOOK_MB") * 1_000_000:
            sys.exit(TOO_MUCH_TEXT)
        table = _with_formats(table, content, name)
        table, unsaved = _with_formulas(table, content, name)
        named = table.rename_columns([f"c{i}" for i in range(table.num_columns)])
        named = named.replace_schema_metadata({"sheet": name, UNSAVED_KEY: str(unsaved)})
        with pa.ipc.new_stream(sys.stdout.buffer, named.schema) as stream:
            stream.write_table(named)


def _with_formats(table: "pa.Table", content: bytes, sheet: str) -> "pa.Table":
    """The cells as their formats show them, where those say a currency or a per cent."""
    import pyarrow as pa

    shown = list(shown_cells(content, sheet))
    if not shown:
        return table
    columns = [column.to_pylist() for column in table.columns]
    # Empty columns to the left are not read: the first shift under which all values agree.
    for shift in range(min(at for _, at, _, _ in shown) + 1):
        if all(_same(columns, row, at - shift, value) for row, at, value, _ in shown[:50]):
            for row, at, value, text in shown:
                if _same(columns, row, at - shift, value):
                    columns[at - shift][row] = text
            texts = [pa.array(column, pa.string()) for column in columns]
            return pa.Table.from_arrays(texts, table.column_names)
    return table


def _with_formulas(table: "pa.Table", content: bytes, sheet: str) -> "tuple[pa.Table, int]":
    """The cells, with formulas that have no saved value as their text, and how many there are."""
    import pyarrow as pa

    shift, formulas = unsaved_formulas(content, sheet)
    if not formulas:
        return table, 0
    columns = [column.to_pylist() for column in table.columns]
    for row, at, text in formulas:
        if 0 <= at - shift < len(columns) and row < table.num_rows:
            columns[at - shift][row] = columns[at - shift][row] or text
    texts = [pa.array(column, pa.string()) for column in columns]
    return pa.Table.from_arrays(texts, table.column_names), len(formulas)


def _same(columns: list[list[str | None]], row: int, at: int, value: str) -> bool:
    """Whether a cell that was read holds a number of the sheet."""
    if at >= len(columns) or row >= len(columns[at]):
        return False
    try:
        return abs(float(columns[at][row] or "nan") - float(value)) < 1e-9 * max(
            1, abs(float(value))
        )
    except ValueError:
        return False


def _limit_resources() -> None:
    with suppress(ImportError):  # only Unix has it; elsewhere the time limit alone holds
        import resource

        memory, seconds = limit("WORKBOOK_MEMORY_MB") * 1_000_000, limit("WORKBOOK_SECONDS")
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(TOO_MUCH_MEMORY)
