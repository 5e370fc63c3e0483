"""The report of a check on the terminal, and the file of the rows left out."""

from typing import TYPE_CHECKING

import typer

from commands.shared import output_format, write_bytes, write_table

if TYPE_CHECKING:
    from data.imports.team_files.check import CheckedFile
    from data.imports.team_files.report import Report
    from data.imports.team_files.session import ImportSession

_SHOWN = 20


def print_report(report: "Report") -> None:
    """How the file was read and what to look at, on stderr."""
    for line in _lines(report):
        typer.echo(line, err=True)


def print_problems(session: "ImportSession", checked: "CheckedFile") -> None:
    """Why the first rows are left out, and the first cells left empty, on stderr."""
    from data.imports.team_files.checked_rows import cleared_cells, problems

    for problem in problems(session, checked.staged, _SHOWN):
        typer.echo(f"  left out: {problem}", err=True)
    for problem in cleared_cells(session, checked.staged, _SHOWN):
        typer.echo(f"  left empty: {problem}", err=True)


def _lines(report: "Report") -> list[str]:
    columns = report.layout.columns
    used = [f"{c.field} from {c.heading!r}" for c in columns if c.field]
    kept = [c.heading for c in columns if c.kept]
    unused = [c.heading for c in columns if c.heading and not (c.field or c.kept)]
    facts = ", ".join(f"{label.lower()} {words}" for label, words in report.facts().items())
    lines = [f"{report.file}: {facts}", f"columns: {', '.join(used)}"]
    if kept:
        lines.append(f"kept: {', '.join(kept)}")
    if unused:
        lines.append(f"not used: {', '.join(unused)}")
    lines += [f"private: {sentence}" for sentence in report.private()]
    lines += [f"check: {sentence}" for sentence in report.warnings()]
    odd = report.odd_lines
    return lines + [f"  {line}" for line in odd.first[: _SHOWN if odd.odd > 1 else 0]]


def open_questions(report: "Report") -> str:
    """The questions of a report, each with the option that answers it."""
    lines = [f"{report.file}: nothing was loaded; the file does not say everything:"]
    lines += [f"{question.text}; use {question.option}" for question in report.questions]
    return "\n  ".join(lines)


def write_rejects(session: "ImportSession", checked: "CheckedFile", out: str) -> None:
    """Write the rows left out to a file; once fixed it can be loaded."""
    import pandas as pd

    from data.files import exports
    from data.imports.team_files.checked_rows import masked_columns, rejects

    fmt = output_format(None, out)
    header, *rows = rejects(session, checked.staged)
    about, nothing = {"file": checked.report.file}, "no row is left out"
    if rows and (masked := masked_columns(checked.report.layout)):
        headings = ", ".join(column.heading for column in masked)
        typer.echo(f"{out}: masked, since it looks private: {headings}", err=True)
    if fmt == "csv":
        payload = exports.rows_to_csv(header, rows, bom=out != "-")
        write_bytes(payload, "rows left out", about, len(rows), out, nothing=nothing)
    else:
        table = pd.DataFrame(rows, columns=header)
        write_table(table, "rows left out", about, fmt, out, nothing)
