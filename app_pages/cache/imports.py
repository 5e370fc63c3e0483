"""Files on their way in, read once."""

from typing import Any

import pandas as pd

from analytics.rows import Load
from app_pages.cache.connection import ask, cached_read, store_lock
from app_pages.components.tables import Table
from data.files.problems import Problem
from data.imports.oews import release as oews
from data.imports.oews.reconcile import Reconciled, reconcile
from data.imports.oews.release import Release
from data.imports.taxonomy import read as taxonomy
from data.imports.taxonomy.files import Taxonomy
from queries import run


@cached_read(most=4)
def read_taxonomy(files: tuple[tuple[str, bytes], ...]) -> tuple[Taxonomy, list[Problem]]:
    """The taxonomy in some files, and what is wrong with it."""
    with store_lock().cursor() as con:
        return taxonomy.read_taxonomy(con, dict(files))


@cached_read(most=4)
def read_release(name: str, content: bytes) -> tuple[Release, Reconciled]:
    """A BLS file as read, and beside what the store holds."""
    release = oews.read_release(name, content)
    with store_lock().cursor() as con:
        return release, reconcile(con, release)


#: Rows of a load that a page shows; files hold all of them.
_ON_SCREEN = 1_000


@cached_read(most=8)
def first_rows(name: str, load: str) -> Table[Any]:
    """The first rows of a load, by the query that lists them."""
    with store_lock().cursor() as con:
        return Table.of(run(con, name, most=_ON_SCREEN, load=load))


def all_rows(name: str, load: str) -> pd.DataFrame:
    """All rows of a load, read for this once."""
    with store_lock().reading(), store_lock().cursor() as con:
        return run(con, name, load=load)


def loads() -> Table[Load]:
    """What the team has loaded."""
    return ask("loads", Load)
