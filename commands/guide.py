"""`bandstand guide`: what a function's work, pay and hiring look like."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import OutFile, output_format, read_store, readable, write_bytes, write_table


def guide(
    function: Annotated[
        str, typer.Argument(help="A function with a role guide; may be left out if only one has.")
    ] = "",
    section: Annotated[str, typer.Option(help="One section, such as pay or phrases.")] = "",
    fmt: Annotated[
        str | None,
        typer.Option("--format", help="text, csv, json, xlsx or parquet; else as --out ends."),
    ] = None,
    out: OutFile = "-",
) -> None:
    """The role guide of a function: work, skills, levels, pay, phrases, each with its citation.

    Example: bandstand guide customer-success --section phrases --format json
    """
    from data.catalog.guide import find_guide, find_section, guide_table, guide_text

    as_text = (fmt or Path(out).suffix.lstrip(".") or "text").lower() in ("text", "txt")
    file_format = "" if as_text else output_format(fmt, out)
    wanted = find_section(readable(section)) if section else ""
    found = read_store(lambda con: find_guide(con, readable(function)))
    table = read_store(lambda con: guide_table(con, found.function))
    if wanted:
        table = table[table.section == wanted]
    about = {"function": found.title, "section": wanted or "all"}
    nothing = f"the guide of {found.title} has no section {wanted}"
    if as_text:
        payload = guide_text(found.title, table).encode()
        write_bytes(payload, "role guide", about, len(table), out, nothing)
        return
    write_table(table, "role guide", about, file_format, out, nothing)
