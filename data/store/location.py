"""Where the store is."""

import os
from pathlib import Path

from platformdirs import user_data_path

ENVIRONMENT = "BANDSTAND_DB"


def store_path() -> Path:
    """The store's file: ``BANDSTAND_DB``, else in the user's data directory."""
    if named := os.environ.get(ENVIRONMENT):
        return Path(named).expanduser().resolve()
    return user_data_path("bandstand", appauthor=False) / "bandstand.duckdb"
