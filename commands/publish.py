"""`bandstand publish`: what others may see, as a store of its own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from commands.shared import change_store
from data.store.location import store_path

if TYPE_CHECKING:
    import duckdb


def publish(
    folder: Annotated[Path, typer.Argument(help="Folder for the store that others open.")],
) -> None:
    """Publish the lattice of the pay records: a store for others, without a single row of them.

    Blocks of which fewer than five people changed since the last time stay as they were.

    Example: bandstand publish for-managers
    """
    from data.build.published_store import FILE, write_published_store
    from data.files.exports import log_export
    from data.records.bands import PayRecords, has_records
    from data.records.published import publish as publish_lattice

    target = (folder / FILE).expanduser().resolve()
    if target == store_path():
        raise InputError(f"{folder}: holds your own store; name another folder")

    def action(con: "duckdb.DuckDBPyConnection") -> tuple[int, Path]:
        if not has_records(con):
            raise InputError("no pay records are loaded; 'bandstand load records FILE' does")
        cells = publish_lattice(con, PayRecords.open(con, store_path()))
        about = {"folder": str(folder), "mode": "aggregate"}
        return cells, write_published_store(
            con,
            target.parent,
            lambda payload: log_export(store_path(), "publication", about, cells, payload),
        )

    cells, path = change_store(action)
    typer.echo(f"{path}: {cells:,} cells; BANDSTAND_DB={path} BANDSTAND_RECORDS=aggregate opens it")
