"""`bandstand fit`: the modelled ladder of a function, and the fits that come with the program."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from commands.shared import change_store, progress_bar, readable

fit = typer.Typer(
    help="The modelled ladder of a function of yours.\n\n"
    "Example: bandstand fit ladder --function example-data-engineering",
    no_args_is_help=True,
)


@fit.callback()
def _only_subcommands() -> None:
    """Keeps `ladder` a word of its own while it is the only one."""


@fit.command()
def ladder(
    function: Annotated[
        str | None,
        typer.Option(help="A function of your taxonomy, whose ladder is then modelled."),
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Take the request for the function back.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="File to write; else ladder_fits.json beside the seeds.")
    ] = None,
) -> None:
    """Model the ladder of a function of yours, from what is known of the whole function.

    Its assumptions are those of the taxonomy's ladder_model.csv, else Bandstand's.
    Without a function, the fits that come with the program are made anew: for after a
    change to the model or its seeds.

    Example: bandstand fit ladder --function example-data-engineering
    """
    if function is None and forget:
        raise InputError("--forget needs --function")
    if function is None:
        _write_shipped_fits(out)
        return
    if out is not None:
        raise InputError("--out is for the fits that come with the program; leave it out")
    from data.imports.ladder_requests import forget_model, request_model

    name = readable(function)
    if forget:
        typer.echo(change_store(lambda con: forget_model(con, name)))
        return
    with progress_bar("fitting") as on_progress:
        message = change_store(lambda con: request_model(con, name, on_progress))
    typer.echo(message)


def _write_shipped_fits(out: Path | None) -> None:
    from data.build.build import ladder_fits_json
    from data.imports.ladder_fits import FILE_NAME, SHIPPED

    path = out or SHIPPED / FILE_NAME
    if not path.parent.is_dir():
        raise InputError(f"{path}: can't be written: no folder {path.parent}")
    with progress_bar("fitting") as on_progress:
        content = ladder_fits_json(on_progress=on_progress)
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror}") from error
    typer.echo(f"{path}: written")
