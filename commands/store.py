"""Commands that keep the store safe: check it, back it up, restore it."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import StoreError
from commands.shared import read_store
from data.store.location import store_path


def check() -> None:
    """Check that everything you loaded is still intact; names each damaged load.

    Example: bandstand check
    """
    from data.imports.integrity import damaged_loads
    from data.records.verify import index_problems

    problems = read_store(lambda con: [*damaged_loads(con), *index_problems(con, store_path())])
    if problems:
        raise StoreError("; ".join(problems))
    typer.echo(f"{store_path()}: every load is intact")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the whole store to one file with its checksum.

    Example: bandstand backup monday.bandstand
    """
    from data.build.ensure import ensure_built
    from data.store.backup import backup as write_backup

    ensure_built(store_path())
    manifest = write_backup(store_path(), file)
    typer.echo(
        f"{file}: holds a store of {manifest['bytes']:,} bytes, SHA-256 {manifest['sha256']}"
    )


def restore(file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Replace the store with a backup; the previous store is kept beside it.

    Example: bandstand restore monday.bandstand
    """
    from data.build.restored import prepare_restored
    from data.store.backup import restore as restore_backup

    path = store_path()
    previous = restore_backup(file, path, prepare_restored)
    read_store(lambda con: None)  # it opens in its place; damage that the backup has is told
    kept = f"; the previous store is {previous}" if previous else ""
    typer.echo(f"{path}: restored{kept}")
