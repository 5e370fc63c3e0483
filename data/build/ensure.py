"""Build the store if it was not built from the present seeds."""

from pathlib import Path

import duckdb

from data.build.fingerprint import fingerprint
from data.store.connection import open_to_read


def ensure_built(path: Path) -> bool:
    """Build the store if it is missing or was built from other seeds; returns whether it did."""
    if path.exists() and _is_current(path):
        return False
    # A start that needs no build is spared its imports.
    from data.build.build import build

    build(path)
    return True


def _is_current(path: Path) -> bool:
    con = open_to_read(path)
    try:
        row = con.execute("select value from store_meta where key = 'fingerprint'").fetchone()
        return row is not None and bool(row[0] == fingerprint())
    except duckdb.CatalogException:
        return False
    finally:
        con.close()
