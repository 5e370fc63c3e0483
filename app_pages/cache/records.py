"""Pay records and the rows of loads, as pages read them."""

from collections.abc import Callable
from dataclasses import replace

import duckdb

from analytics import record_tables as record_views
from app_pages.cache.connection import ask, gate, kept
from app_pages.cache.market_tables import bands, benchmarks, rungs
from app_pages.components.tables import Table
from data.records import bands as records
from data.records.bands import Records
from data.records.index import identity_of
from data.records.question import Asked
from data.store.location import store_path


def record_words() -> dict[str, list[str]]:
    """What the pay records can be narrowed by; empty while there are none."""
    return _record_words() if there_are_records() else {}


@kept()
def there_are_records() -> bool:
    """Whether any pay records are loaded, and stand."""
    with gate().cursor() as con:
        return records.there_are(con)


@kept()
def record_identity() -> str:
    """Which loads of pay records stand, as a fingerprint."""
    with gate().cursor() as con:
        return identity_of(con)


@kept()
def pay_records(_tell: Callable[[float], None] = lambda _: None) -> Records:
    """What answers for the pay records, put in order first if it must be; ``_tell`` hears how far
    that is.
    """
    with gate().cursor() as con:
        return Records.open(con, store_path(), _tell)


@kept()
def _record_words() -> dict[str, list[str]]:
    with gate().cursor() as con:
        return records.known_words(con)


@kept(most=256)
def record_bands(asked: Asked, _cursors: list[duckdb.DuckDBPyConnection] | None = None) -> Table:
    """The band table of a question; ``_cursors`` is given the cursor that can be interrupted."""
    with gate().cursor() as con:
        if _cursors is not None:
            _cursors.append(con)
        return Table.of(records.record_table(con, pay_records(), asked))


@kept(most=64)
def record_steps(asked: Asked) -> Table:
    """The steps between the levels of a question's answer."""
    return Table.of(record_views.step_table(record_bands(asked).frame, asked.by, rungs()))


@kept(most=64)
def record_beside(asked: Asked, function: str) -> Table:
    """What lies beside the answer to a question by level, for one function or none."""
    table = record_bands(asked).frame
    whole = record_bands(replace(asked, by=("function",))).frame if function else table.head(0)
    ranges = ask("loaded_ranges", load="").frame
    near = bands(asked.percentiles, None).frame, benchmarks(asked.percentiles).frame
    return Table.of(record_views.beside_table(table, whole, *near, ranges, function))
