"""Commands that keep the store safe: checking it, backing it up, bringing it back."""

from pathlib import Path
from typing import Annotated

import typer

from analytics.errors import StoreError
from commands.shared import read_store
from data.store.location import store_path


def check() -> None:
    """Whether what you loaded is still all there; names each damaged load.

    Example: bandstand check
    """
    from data.imports.integrity import damaged_loads
    from data.records.verify import index_problems

    damaged = read_store(lambda con: [*damaged_loads(con), *index_problems(con, store_path())])
    if damaged:
        raise StoreError("; ".join(damaged))
    typer.echo(f"{store_path()}: every load is whole")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """The whole store as one file with its checksum.

    Example: bandstand backup monday.bandstand
    """
    from data.build.ensure import ensure_built
    from data.store.backup import backup as write_backup

    ensure_built(store_path())
    manifest = write_backup(store_path(), file)
    typer.echo(f"{file}: {manifest['bytes']:,} bytes, SHA-256 {manifest['sha256']}")


def restore(file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in the store's place; what was there is kept beside it.

    Example: bandstand restore monday.bandstand
    """
    from data.store.backup import restore as bring_back

    before = bring_back(file, store_path())
    typer.echo(f"{store_path()}: restored" + (f"; the store before is {before}" if before else ""))
