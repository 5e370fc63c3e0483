"""Where the store is."""

import os
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

ENVIRONMENT = "BANDSTAND_DB"


def store_path() -> Path:
    """The store's file: ``BANDSTAND_DB`` if set, else in the user's data directory."""
    if path := os.environ.get(ENVIRONMENT):
        return _real_path(Path(path).expanduser().absolute())
    return user_data_path("bandstand", appauthor=False) / "bandstand.duckdb"


@lru_cache(maxsize=8)
def _real_path(path: Path) -> Path:
    """Where links lead to; a page asks for it several times a run."""
    return path.resolve()
