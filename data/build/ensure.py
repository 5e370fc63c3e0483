"""Whether the store was made from the seeds as they are now; if not, make it anew."""

import hashlib
from pathlib import Path

import duckdb

from data.build.seed_files import SEEDS
from data.store.connection import open_to_read

_HERE = Path(__file__).parent
#: Code that decides what the build writes, beside the seeds themselves.
_CODE = (
    _HERE / "seed_tables.sql",
    _HERE / "load_seeds.sql",
    _HERE.parent / "store" / "team_tables.sql",
    _HERE / "build.py",
    _HERE.parent.parent / "analytics" / "ladder_model.py",
)


def ensure(path: Path) -> bool:
    """Build the store if it is missing or made from other seeds; True if it did."""
    if path.exists() and _is_current(path):
        return False
    # The build brings scipy's optimiser; a start that needs no build is spared it.
    from data.build.build import build

    build(path)
    return True


def fingerprint(seeds: Path = SEEDS) -> str:
    """SHA-256 of everything that decides the seed tables' content."""
    digest = hashlib.sha256()
    for file in [*sorted(seeds.glob("*.csv")), *sorted(seeds.glob("*.toml")), *_CODE]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_current(path: Path) -> bool:
    con = open_to_read(path)
    try:
        row = con.execute("select value from store_meta where key = 'fingerprint'").fetchone()
        return row is not None and bool(row[0] == fingerprint())
    except duckdb.CatalogException:
        return False
    finally:
        con.close()
