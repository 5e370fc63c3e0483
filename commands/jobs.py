"""Commands on jobs: show a profile, compare profiles, match titles."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.shared import (
    Encoding,
    Format,
    Member,
    OutFile,
    Sheet,
    output_format,
    print_notes,
    read_store,
    readable,
    source_of,
    write_bytes,
    write_table,
)


def profile(
    code: Annotated[str, typer.Argument(help="FUNCTION.FOCUS.LEVEL.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """One job profile: its place, pay, work, review, neighbors and titles.

    Example: bandstand profile CUSTOM1.CUSTOMERBDCB.M6
    """
    from data.catalog.market import read_market
    from data.catalog.profiles import as_json, as_text, profile_sheet

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    sheet = read_store(lambda con: profile_sheet(con, read_market(con), code))
    typer.echo(as_json(sheet) if fmt == "json" else as_text(sheet))


def compare(
    codes: Annotated[list[str], typer.Argument(help="Two to four profile codes.")],
    fmt: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Compare job profiles side by side: distance, pay, requirements, work and skills.

    Example: bandstand compare CUSTOM1.CUSTOMERBDCB.M5 CUSTOM1.CUSTOMERBDCB.M6
    """
    import json

    from data.catalog.compare import compare as side_by_side
    from data.catalog.market import read_market

    if fmt not in ("text", "json"):
        raise InputError(f"no format {fmt!r}; {nearest(fmt, ('text', 'json'))}")
    frames = read_store(lambda con: side_by_side(con, read_market(con), codes))
    if fmt == "json":
        rows = {key: frame.to_dict("records") for key, frame in frames.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=float))
        return
    for key, frame in frames.items():
        typer.echo(f"{key.capitalize()}\n{frame.to_csv(sep=chr(9), index=False)}")


def match(
    titles: Annotated[list[str] | None, typer.Argument(help="Job titles.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Titles: a column of any file that load reads, or lines."),
    ] = None,
    encoding: Encoding = "",
    member: Member = "",
    sheet: Sheet = "",
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Match titles to job profiles, each with confidence and reason.

    Example: bandstand match "Sr. CSM" "VP customer success" --format json
    """
    import json

    from data.catalog.matcher import match_list, match_table, read_matcher, titles_in
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.options import ImportOptions

    fmt = output_format(fmt, out)
    queries = [readable(title) for title in titles or []]
    if file is not None:
        opening = ImportOptions(encoding=encoding, member=member).validated(file_type("roster"))
        found = titles_in(readable(file.name), source_of(file), opening.opening, sheet)
        queries += found.titles
        print_notes(found.notes)
    if not queries:
        raise InputError("no titles to match; give titles, or --file FILE")
    matcher = read_store(read_matcher)
    about = {"titles": str(len(queries))}
    if fmt != "json":
        write_table(match_table(matcher, queries), "matches", about, fmt, out)
        return
    matches = match_list(matcher, queries)
    payload = (json.dumps(matches, ensure_ascii=False, indent=2) + "\n").encode()
    write_bytes(payload, "matches", about, len(matches), out)
