"""The process that reads a workbook: started once a workbook, so it imports as little as it can."""

import sys
from contextlib import suppress

from data.store.settings import limit

#: Exit code for a workbook whose text is over the limit.
TOO_MUCH_TEXT = 3


def main() -> None:
    """Read the workbook on standard input; write each visible sheet as an Arrow stream."""
    _limit_resources()
    # Imported under the limits, and never by the parent.
    import fastexcel
    import pyarrow as pa

    book = fastexcel.read_excel(sys.stdin.buffer.read())
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
        named = table.rename_columns([f"c{i}" for i in range(table.num_columns)])
        named = named.replace_schema_metadata({"sheet": name})
        with pa.ipc.new_stream(sys.stdout.buffer, named.schema) as stream:
            stream.write_table(named)


def _limit_resources() -> None:
    with suppress(ImportError):  # only Unix has it; elsewhere the time limit alone holds
        import resource

        memory, seconds = limit("WORKBOOK_MEMORY_MB") * 1_000_000, limit("WORKBOOK_SECONDS")
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    main()
