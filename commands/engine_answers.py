"""Answers from pay records that another engine holds: from a copy of them, or from itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from analytics.errors import EngineError, InputError
from data.store.location import store_path

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from data.records.engines.copied import EngineCopy
    from data.records.engines.records import EngineRecords
    from data.records.question import RecordQuery

_COPY, _ENGINE = "copy", "engine"


def check_answerer(ask: str) -> None:
    """Raise `InputError` for another value of ``--ask`` than there is."""
    if ask not in ("", _COPY, _ENGINE):
        raise InputError(f"--ask {ask}: use {_COPY} or {_ENGINE}, or leave it out")


def ask_engine(
    con: "duckdb.DuckDBPyConnection", query: "RecordQuery", ask: str = ""
) -> "pd.DataFrame":
    """The band table of records that another engine holds, with what it rests on on stderr.

    A finished copy answers where it can, unless ``ask`` is ``engine``; by what it is
    stale is said, unless ``ask`` is ``copy``.
    """
    from data.records.engines.settings import open_records

    found = None if ask == _ENGINE else _copy(con)
    if found is None and ask == _COPY:
        raise InputError("there is no copy; 'bandstand records copy' makes one")
    if found is not None and found.answers(query.checked()):
        if not ask:
            _say_staleness(con, found)
        whole = in_records_spelling(query.checked(), found.known_values())
        return _with_notes(found, whole, found.band_table(whole))
    if ask == _COPY:
        raise InputError(
            "the copy can't answer this: it is ordered by currency, function, focus, level and "
            "place, and has the latest dates alone; leave --ask out"
        )
    records = open_records(con)
    whole = in_records_spelling(query.checked(), records.known_values())
    return _with_notes(records, whole, records.band_table(whole))


def in_records_spelling(query: "RecordQuery", known: Mapping[str, Sequence[str]]) -> "RecordQuery":
    """The query in the records' own spelling, and their currency where they have one."""
    from data.records.question import with_known_spelling

    currencies = known["currency"]
    if not query.currency and len(currencies) > 1:
        raise InputError(f"say --currency; the records have {', '.join(currencies)}")
    if not currencies:
        raise InputError("there are no pay records that count")
    return with_known_spelling(replace(query, currency=query.currency or currencies[0]), known)


def _copy(con: "duckdb.DuckDBPyConnection") -> "EngineCopy | None":
    from data.records.engines.copied import open_copy
    from data.records.engines.settings import engine_source
    from data.records.ordering import read_ladder

    return open_copy(store_path(), engine_source(), read_ladder(con))


def _say_staleness(con: "duckdb.DuckDBPyConnection", found: "EngineCopy") -> None:
    """Compare the copy with today's records, and say by what it is stale."""
    from data.records.engines.copied import staleness
    from data.records.engines.settings import open_records

    said = f"answered from the copy of {found.facts.copied_at}"
    try:
        changes = staleness(found, open_records(con))
    except (EngineError, InputError) as error:
        typer.echo(f"bandstand: {said}, not compared with the engine: {error}", err=True)
        return
    if changes:
        said += (
            f", which is stale: {changes}; --ask engine asks the engine itself, 'bandstand "
            "records copy' copies anew"
        )
    typer.echo(f"bandstand: {said}", err=True)


def _with_notes(
    found: "EngineCopy | EngineRecords", query: "RecordQuery", table: "pd.DataFrame"
) -> "pd.DataFrame":
    """The table, once what its names and dates rest on is said."""
    from data.records.snapshots import date_notes

    notes = date_notes(found.snapshots(query), query).sentences
    for sentence in (*found.spellings.notes(query.by, query.where), *notes):
        typer.echo(f"bandstand: {sentence}", err=True)
    return table
