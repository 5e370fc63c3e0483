"""Where the store is."""

import os
from pathlib import Path

from platformdirs import user_data_path

ENVIRONMENT = "BANDSTAND_DB"


def store_path() -> Path:
    """The store's file: ``BANDSTAND_DB`` if set, else in the user's data directory."""
    if path := os.environ.get(ENVIRONMENT):
        return Path(path).expanduser().resolve()
    return user_data_path("bandstand", appauthor=False) / "bandstand.duckdb"
