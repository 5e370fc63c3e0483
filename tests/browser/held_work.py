"""Long work on few records, for as long as a test wants it: canceled for real, but never missed.

Where it is held, putting in order goes on telling how far it is, and the engine
is busy with a question that ends only when it is interrupted.
"""

import time
from pathlib import Path

import pytest

from analytics.errors import CancelledError
from data.records import index_build
from data.records.engines.duckdb_engine import DuckDbEngine
from queries import loader

_ENDLESS = "select count(*) from range(1_000_000_000_000_000) t(i) where hash(i) = 0"


def hold_long_work(hold: Path) -> None:
    """In this process, from now on, long work lasts while there is a file ``hold``."""
    patch = pytest.MonkeyPatch()
    write, text = index_build._write_arrays, loader.text

    def slow_write(con, folder, identity, spellings, tell):
        def held(share):
            tell(share)
            while hold.exists():
                time.sleep(0.05)
                tell(share)

        return write(con, folder, identity, spellings, held)

    def slow_text(name):
        sql = text(name)
        held = name == "record_cells" and hold.exists()
        return f"select * from (\n{sql}\n) where ({_ENDLESS}) >= 0" if held else sql

    patch.setattr(index_build, "_PIECE", 5_000)
    patch.setattr(index_build, "_write_arrays", slow_write)
    patch.setattr(loader, "text", slow_text)


def hold_questions_to_engines(hold: Path) -> None:
    """The same of questions to DuckDB over Parquet: one that is canceled leaves a file beside."""
    patch = pytest.MonkeyPatch()
    ask = DuckDbEngine.ask

    def slow_ask(engine, sql, values=()):
        if "up_to" in sql and hold.exists():
            try:
                ask(engine, _ENDLESS)
            except CancelledError:
                hold.with_suffix(".canceled").touch()
                raise
        return ask(engine, sql, values)

    patch.setattr(DuckDbEngine, "ask", slow_ask)
