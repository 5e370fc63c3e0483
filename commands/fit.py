"""`bandstand fit`: fits stored with the program, computed anew."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import InputError
from commands.shared import progress_bar

fit = typer.Typer(
    help="Model fits stored with the program, so that a build need not repeat them.\n\n"
    "Example: bandstand fit ladder",
    no_args_is_help=True,
)


@fit.callback()
def _only_subcommands() -> None:
    """Keeps `ladder` a word of its own while it is the only one."""


@fit.command()
def ladder(
    out: Annotated[
        Path | None, typer.Option(help="File to write; else ladder_fits.json beside the seeds.")
    ] = None,
) -> None:
    """Fit the modelled ladder under every scenario; for after a change to the model or its seeds.

    Example: bandstand fit ladder
    """
    from data.build.build import ladder_fits_json
    from data.build.ladder_fits import FILE_NAME
    from data.build.seed_files import SEEDS

    path = out or SEEDS / FILE_NAME
    if not path.parent.is_dir():
        raise InputError(f"{path}: can't be written: no folder {path.parent}")
    with progress_bar("fitting") as on_progress:
        content = ladder_fits_json(on_progress=on_progress)
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror}") from error
    typer.echo(f"{path}: written")
