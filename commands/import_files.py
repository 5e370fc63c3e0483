"""`bandstand load` for files whose columns differ: surveys, pay records, rosters, ranges."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.import_mappings import own_levels, own_names, pairs, save_mapping, saved_options
from commands.import_report import open_questions, print_problems, print_report, write_rejects
from commands.shared import change_store, progress_bar, read_store, readable
from data.store.location import store_path

if TYPE_CHECKING:
    from analytics.jobs.profile_lookup import Job, NamedJob
    from data.imports.team_files.check import CheckedFile
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession

SetValues = Annotated[
    list[str] | None, typer.Option("--set", help="FIELD=VALUE for rows that give none.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map", help="FIELD=HEADING or column number, a mapping's file, or a saved mapping's name."
    ),
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
        name: Annotated[str, typer.Option(help="Name of the load; else the file's name.")] = "",
        columns: Columns = None,
        set_values: SetValues = None,
        levels: Annotated[
            list[str] | None,
            typer.Option("--map-level", help="LEVEL=OWN: what a level of your own is."),
        ] = None,
        periods: Annotated[
            list[str] | None,
            typer.Option("--map-period", help="PERIOD=NAME: what a pay period in the file is."),
        ] = None,
        statuses: Annotated[
            list[str] | None,
            typer.Option("--map-status", help="STATUS=OWN: active, on leave or left."),
        ] = None,
        pay_types: Annotated[
            list[str] | None,
            typer.Option("--map-pay-type", help="PAY=OWN: base, variable, overtime or equity."),
        ] = None,
        several_rows: Annotated[
            str, typer.Option(help="Several rows of one person at one date: sum, once or all.")
        ] = "",
        weightings: Annotated[
            list[str] | None,
            typer.Option("--map-weighting", help="WEIGHTING=OWN: incumbent or organization."),
        ] = None,
        weighting: Annotated[
            str, typer.Option(help="Used where a survey has both: incumbent or organization.")
        ] = "",
        pay_is: Annotated[str, typer.Option(help="Pay of part-timers: actual or full-time.")] = "",
        hours_per: Annotated[
            str, typer.Option(help="What hours are of: week, two weeks, month, year or mixed.")
        ] = "",
        other_pay_per: Annotated[
            str, typer.Option(help="Other pay beside pay periods: of a year, or of its row.")
        ] = "",
        keep: Annotated[
            list[str] | None, typer.Option(help="A further column to keep; repeatable.")
        ] = None,
        decimal: Annotated[str, typer.Option(help="Decimal sign, . or , if unclear.")] = "",
        dates: Annotated[str, typer.Option(help="dmy, mdy, or excel for day numbers.")] = "",
        years_from: Annotated[
            int, typer.Option(help="First of the 100 years of two-digit years, such as 1950.")
        ] = 0,
        bare_years: Annotated[
            str, typer.Option(help="Day that a year alone means, such as 01-01.")
        ] = "",
        currency_signs: Annotated[
            str, typer.Option(help="Amounts shown in another currency: ignore or refuse.")
        ] = "",
        units: Annotated[
            str, typer.Option(help="1000 for thousands, 2080 for hourly; 1 ignores headings.")
        ] = "",
        encoding: Annotated[str, typer.Option(help="Such as cp1252, if detected wrong.")] = "",
        delimiter: Annotated[str, typer.Option(help="One character, if detected wrong.")] = "",
        header: Annotated[int, typer.Option(help="Row of the header, if not detected.")] = 0,
        no_header: Annotated[
            bool, typer.Option("--no-header", help="No row names the columns; map them by number.")
        ] = False,
        member: Annotated[str, typer.Option(help="The file in a zip of several.")] = "",
        sheet: Annotated[str, typer.Option(help="The sheet of a workbook of several.")] = "",
        save_map: Annotated[
            str, typer.Option(help="Save how the file is read as a mapping with this name.")
        ] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
        reject_to: Annotated[
            str | None, typer.Option(help="File for the rows left out, to fix and load.")
        ] = None,
    ) -> None:
        from data.imports.team_files.options import parse_units

        options = saved_options(kind, columns or [])
        options = replace(
            options,
            set_values={**options.set_values, **pairs("--set", set_values or [])},
            levels={**options.levels, **own_levels(levels or [])},
            periods={**options.periods, **own_names("--map-period", periods or [])},
            statuses={**options.statuses, **own_names("--map-status", statuses or [])},
            pay_types={**options.pay_types, **own_names("--map-pay-type", pay_types or [])},
            several_rows=several_rows or options.several_rows,
            weightings={**options.weightings, **own_names("--map-weighting", weightings or [])},
            weighting=weighting or options.weighting,
            pay_is=pay_is or options.pay_is,
            hours_per=hours_per.replace("-", " ") or options.hours_per,
            other_pay_per=other_pay_per or options.other_pay_per,
            keep=(*options.keep, *(keep or [])),
            decimal=decimal or options.decimal,
            dates=dates or options.dates,
            years_from=years_from or options.years_from,
            bare_years=bare_years or options.bare_years,
            units=parse_units(units) if units else options.units,
            encoding=encoding or options.encoding,
            delimiter={"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter) or options.delimiter,
            header=header or options.header,
            no_header=no_header or options.no_header,
            currency_signs=currency_signs or options.currency_signs,
            member=member or options.member,
            sheet=sheet or options.sheet,
        )
        label = name or Path(readable(file.name)).stem
        _check_and_load(kind, file, label, options, save_map, dry_run, reject_to)

    load.__doc__ = f"{about}\n\n    Example: {example}"
    return load


def _check_and_load(
    kind: str,
    file: Path,
    name: str,
    options: "ImportOptions",
    save_map: str,
    dry_run: bool,
    reject_to: str | None,
) -> None:
    from data.imports.team_files.session import ImportSession

    with ImportSession() as session:
        checked = _check(session, kind, file, options)
        report = checked.report
        print_report(report)
        if save_map:
            save_mapping(kind, save_map, report)
        print_problems(session, checked)
        if reject_to:
            write_rejects(session, checked, reject_to)
        if report.questions:
            raise InputError(open_questions(report))
        if dry_run:
            typer.echo(f"{report.counts()}; nothing was loaded")
        else:
            _load(session, checked, name)


def load_file(kind: str, file: Path, name: str) -> None:
    """Check and load a file that needs no options."""
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession

    with ImportSession() as session:
        _load(session, _check(session, kind, file, ImportOptions()), name)


def _check(
    session: "ImportSession", kind: str, file: Path, options: "ImportOptions"
) -> "CheckedFile":
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type

    with _watched(session.progress, "checking"):
        name = readable(file.name)
        return check_file(session, file_type(kind), name, file, options, _name_jobs)


def _load(session: "ImportSession", checked: "CheckedFile", name: str) -> None:
    from data.imports.team_files.load import load_team_file

    with _watched(session.progress, "loading"):
        message = change_store(lambda con: load_team_file(con, session, checked, name))
    typer.echo(message)
    if checked.report.layout.kind.name == "records":
        _build_index()


@contextmanager
def _watched(progress: Callable[[], float], label: str) -> Iterator[None]:
    """Show on a terminal how far the work is; ``progress`` gives the share done."""
    done = threading.Event()
    with progress_bar(label) as show:

        def follow() -> None:
            while not done.wait(0.2):
                show(progress())

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            done.set()
            follower.join()


def _build_index() -> None:
    """Make the sorted index at once, so that the first question need not wait."""
    from data.records.index_build import ensure_index

    with progress_bar("putting in order") as show:
        read_store(lambda con: ensure_index(con, store_path(), show))


def _name_jobs(jobs: "list[Job]") -> "list[NamedJob]":
    from analytics.jobs.profile_lookup import name_jobs
    from data.catalog.matcher import read_matcher
    from queries import run as ask

    return read_store(
        lambda con: name_jobs(jobs, read_matcher(con), set(ask(con, "profiles").code))
    )
