"""`bandstand load` for files whose columns differ: surveys, pay records, rosters, ranges."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.shared import (
    change_store,
    output_format,
    progress_bar,
    read_bytes,
    read_store,
    readable,
    write_bytes,
    write_table,
)
from data.store.location import store_path

if TYPE_CHECKING:
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.report import Report
    from data.imports.team_files.stage import ImportSession

_SHOWN = 20
Words = Annotated[list[str] | None, typer.Option("--set", help="FIELD=VALUE for every row.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", help="FIELD=HEADING, a mapping's file, or a saved mapping's name."),
]


def load_command(kind: str, about: str, example: str) -> Callable[..., None]:
    """The command that loads one kind of file."""

    def load(
        file: Annotated[
            Path,
            typer.Argument(
                help="CSV, Excel workbook, Parquet, or a zip of one; a folder of Parquet."
            ),
        ],
        name: Annotated[str, typer.Option(help="What you call it; else the file's name.")] = "",
        columns: Columns = None,
        said: Words = None,
        keep: Annotated[
            list[str] | None, typer.Option(help="A further column to keep; repeatable.")
        ] = None,
        decimal: Annotated[str, typer.Option(help="Decimal sign, . or , if unclear.")] = "",
        dates: Annotated[str, typer.Option(help="dmy or mdy, if unclear.")] = "",
        units: Annotated[str, typer.Option(help="1000 for thousands, 2080 for hourly.")] = "",
        encoding: Annotated[str, typer.Option(help="Such as cp1252, if it shows wrong.")] = "",
        delimiter: Annotated[str, typer.Option(help="One character, if not found.")] = "",
        header: Annotated[int, typer.Option(help="Row of the header, if not found.")] = 0,
        member: Annotated[str, typer.Option(help="The file in a zip of several.")] = "",
        sheet: Annotated[str, typer.Option(help="The sheet of a workbook of several.")] = "",
        save_map: Annotated[
            str, typer.Option(help="Name under which to keep how the columns were taken.")
        ] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
        reject_to: Annotated[
            str | None, typer.Option(help="File for the rows left out, to mend and load.")
        ] = None,
    ) -> None:
        from data.imports.team_files.file_types import file_type
        from data.imports.team_files.options import parse_units
        from data.imports.team_files.stage import ImportSession

        choices = _mapped(kind, columns or [])
        choices = replace(
            choices,
            said={**choices.said, **_pairs("--set", said or [])},
            keep=(*choices.keep, *(keep or [])),
            decimal=decimal or choices.decimal,
            dates=dates or choices.dates,
            units=parse_units(units) if units else choices.units,
            encoding=encoding or choices.encoding,
            delimiter={"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter) or choices.delimiter,
            header=header or choices.header,
            member=member or choices.member,
            sheet=sheet or choices.sheet,
        )
        with ImportSession(file_type(kind), readable(file.name), file, _named) as stage:
            with _watched(stage):
                report = stage.check(choices)
            _tell(report)
            if save_map:
                _save(kind, save_map, report)
            for problem in stage.problems(report, _SHOWN):
                typer.echo(f"  left out: {problem}", err=True)
            if reject_to:
                _write_rejects(stage, report, reject_to)
            if report.questions:
                raise InputError(_asked(report))
            if dry_run:
                typer.echo(f"{report.counts()}; nothing was loaded")
            else:
                _load(stage, report, name or Path(readable(file.name)).stem)

    load.__doc__ = f"{about}\n\n    Example: {example}"
    return load


def load_file(kind: str, file: Path, name: str) -> None:
    """Check and load a file that says everything itself."""
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.stage import ImportSession

    with ImportSession(file_type(kind), file.name, file, _named) as stage:
        with _watched(stage):
            report = stage.check(ImportOptions())
        _load(stage, report, name)


def _load(stage: "ImportSession", report: "Report", name: str) -> None:
    from data.imports import load as imports

    with _watched(stage, "loading"):
        said = change_store(lambda con: imports.load_team_file(con, stage, report, name))
    typer.echo(said)
    if report.kind.name == "records":
        _put_in_order()


def _put_in_order() -> None:
    """Build the sorted index at once, so that the first query need not wait."""
    from data.records.index_build import ensure_index

    with progress_bar("putting in order") as tell:
        read_store(lambda con: ensure_index(con, store_path(), tell))


def _named(jobs: list[tuple[str | None, str | None, str | None]]) -> list[tuple[str, str, str]]:
    from analytics.jobs.profile_lookup import name_jobs
    from data.catalog.matcher import read_matcher
    from queries import run as ask

    return read_store(
        lambda con: name_jobs(jobs, read_matcher(con), set(ask(con, "profiles").code))
    )


def _mapped(kind: str, words: list[str]) -> "ImportOptions":
    """Choices from files and saved mappings, then from FIELD=HEADING on top."""
    from data.imports.team_files.options import ImportOptions
    from data.store import saved_work as saved
    from queries import run as ask

    choices = ImportOptions()
    pairs = []
    for word in words:
        if Path(word).is_file():
            choices = ImportOptions.from_json(read_bytes(Path(word)).decode("utf-8", "replace"))
        elif "=" in word:
            pairs.append(word)
        else:
            held = read_store(lambda con: ask(con, "saved_work", kind=f"mapping {kind}"))
            choices = ImportOptions.from_json(saved.find(held, word))
    return replace(choices, columns={**choices.columns, **_pairs("--map", pairs)})


def _pairs(option: str, words: list[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise InputError(f"{option} {word!r}: say it as FIELD=…")
    return dict(word.split("=", 1) for word in words)


def _tell(report: "Report") -> None:
    """The report on the terminal, beside the answer itself."""
    taken = [f"{c.field} from {c.heading!r}" for c in report.columns if c.field]
    kept = [c.heading for c in report.columns if c.kept]
    unused = [c.heading for c in report.columns if c.heading and not (c.field or c.kept)]
    lines = [
        f"{report.file}: " + ", ".join(f"{k.lower()} {v}" for k, v in report.facts().items()),
        f"taken: {', '.join(taken)}",
        *([f"kept: {', '.join(kept)}"] if kept else []),
        *([f"not used: {', '.join(unused)}"] if unused else []),
        *(f"private: {words}" for words in report.private()),
        *(f"look at: {words}" for words in report.warnings()),
    ]
    for line in lines:
        typer.echo(line, err=True)


def _asked(report: "Report") -> str:
    asked = [f"{question.text}; say it with {question.option}" for question in report.questions]
    return "\n  ".join([f"{report.file}: nothing was loaded; it does not say all:", *asked])


def _save(kind: str, name: str, report: "Report") -> None:
    from data.store import saved_work as saved

    said = report.mapping().to_json()
    version = change_store(
        lambda con: saved.save(con, f"mapping {kind}", name, said, f"from {report.file}")
    )
    typer.echo(f"mapping {name!r}, version {version}", err=True)


def _write_rejects(stage: "ImportSession", report: "Report", to: str) -> None:
    """The rows left out as a file; once mended it can be loaded."""
    import pandas as pd

    from data.files import exports

    fmt = output_format(None, to)
    header, *rows = stage.rejects(report)
    about = {"file": report.file}
    if fmt == "csv":
        payload = exports.rows_to_csv(header, rows, bom=to != "-")
        write_bytes(payload, "rows left out", about, len(rows), to, nothing="no row is left out")
    else:
        table = pd.DataFrame(rows, columns=header)
        write_table(table, "rows left out", about, fmt, to, "no row is left out")


@contextmanager
def _watched(stage: "ImportSession", doing: str = "checking") -> Iterator[None]:
    """Show how far a stage is, on a terminal, while it works."""
    done = threading.Event()
    with progress_bar(doing) as tell:

        def follow() -> None:
            while not done.wait(0.2):
                tell(stage.progress())

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            done.set()
            follower.join()
