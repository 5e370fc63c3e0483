"""Make the store that others open: the seeds, the published lattice, and nothing else."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from analytics.errors import StoreError
from data.build.build import build
from data.records.published import read_publication, write_publication
from data.store.connection import open_to_write, transaction

FILE = "bandstand.duckdb"


def write_published_store(
    con: duckdb.DuckDBPyConnection, folder: Path, before: Callable[[bytes], None] = lambda _: None
) -> Path:
    """Write what was last published into a store of its own in ``folder``; returns its path.

    ``before`` is given the bytes before the file is there. An earlier one is replaced
    as a whole. Raises `StoreError` where the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".publishing-", dir=folder) as unfinished:
            path = Path(unfinished) / FILE
            build(path)
            store = open_to_write(path)
            try:
                with transaction(store):
                    write_publication(store, read_publication(con))
                store.execute("checkpoint")
            finally:
                store.close()
            before(path.read_bytes())
            os.replace(path, folder / FILE)
    except OSError as error:
        raise StoreError(f"{folder}: can't be written: {error.strerror}") from error
    return folder / FILE
