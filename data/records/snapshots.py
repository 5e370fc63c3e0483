"""Dates of one organization that lie beside each other: which count, and what to say of them.

Rows of several dates of one organization, currency and function are snapshots of the
same people where the latest date has about as many people as the fullest, and people
are many beside dates (`record_snapshots.sql` has the rule). Then a person counts once,
at the latest date in the filter. Else the dates are those of each person's own pay.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from data.records.question import LATEST, RecordQuery
from data.records.spellings import name_key
from queries import run

#: How many organizations a note names.
_MOST_NAMED = 3


@dataclass(frozen=True)
class DateNotes:
    """What the figures of a query rest on: a sentence each, none where dates are plain.

    ``pooled`` says whether the other way of counting gives other figures.
    """

    sentences: tuple[str, ...]
    pooled: bool


def read_snapshots(
    con: duckdb.DuckDBPyConnection,
    currency: str = "",
    since: str = "",
    until: str = "",
    *,
    by_year: bool = False,
) -> pd.DataFrame:
    """The rows of `record_snapshots` of a currency and dates, each empty for any."""
    return run(
        con, "record_snapshots", currency=currency, since=since, until=until, by_year=by_year
    )


def snapshots_of(con: duckdb.DuckDBPyConnection, query: RecordQuery) -> pd.DataFrame:
    """The same within a query's currency and dates."""
    by_year = "year" in query.by
    return read_snapshots(con, query.currency, query.since, query.until, by_year=by_year)


def superseded_dates(con: duckdb.DuckDBPyConnection, query: RecordQuery) -> dict[str, list[str]]:
    """What a query leaves out, for its SQL: the organization, function and day of each."""
    columns = {"organisation": "left_organisations", "function": "left_functions"}
    columns |= {"day": "left_days"}
    if query.snapshots != LATEST:
        return {parameter: [] for parameter in columns.values()}
    snapshots = snapshots_of(con, query)
    left_out = snapshots[snapshots.superseded]
    return {parameter: left_out[column].tolist() for column, parameter in columns.items()}


def date_notes(snapshots: pd.DataFrame, query: RecordQuery) -> DateNotes:
    """What must be said of the dates that a query's figures rest on, before they are shown.

    ``snapshots`` are those of the query, as `snapshots_of` gives them.
    """
    rows = snapshots
    filters: Mapping[str, tuple[str, ...]] = query.filters
    for column in ("organisation", "function"):
        if values := filters.get(column):
            wanted = {name_key(value) for value in values}
            rows = rows[rows[column].map(name_key).isin(wanted)]
    series, own_dates = rows[rows.snapshots & (rows.dates > 1)], rows[~rows.snapshots]
    latest = query.snapshots == LATEST
    sentences = []
    if len(series):
        sentences.append(_latest_sentence(series) if latest else _pooled_sentence(series))
    if len(own_dates):
        sentences.append(
            f"{_who(own_dates, 'has', 'have')} pay at many dates, few people each: taken for the "
            "dates of each person's own pay, all rows count; who has several rows counts several "
            "times"
        )
    twice = rows[rows.several_loads & ~(rows.superseded & latest)]
    if len(twice):
        sentences.append(
            f"{_who(twice, 'has', 'have')} rows of {_days(twice)} in several loads, which all "
            "count; who is in more than one counts more than once: withdraw a load if they are the "
            "same people"
        )
    return DateNotes(tuple(sentences), pooled=bool(rows.superseded.any()))


def _latest_sentence(series: pd.DataFrame) -> str:
    left_out = series[series.superseded]
    rows = int(left_out.people.sum())
    return (
        f"{_who(series, 'has', 'have')} pay at several dates: a person counts once, at the latest "
        f"({_days(series[~series.superseded])}); {rows:,} row{'s' if rows != 1 else ''} of earlier "
        "dates left out"
    )


def _pooled_sentence(series: pd.DataFrame) -> str:
    return (
        f"{_who(series, 'has', 'have')} pay at several dates ({_days(series)}), all counted: a "
        "person counts once for each date"
    )


def _who(rows: pd.DataFrame, one: str, several: str) -> str:
    """The organizations, a few by name, and the verb that goes with them."""
    names = list({name_key(name): name for name in rows.organisation}.values())
    if len(names) == 1:
        return f"{names[0]} {one}"
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return f"{len(names):,} organizations ({', '.join(names[:_MOST_NAMED])}{more}) {several}"


def _days(rows: pd.DataFrame) -> str:
    days = sorted(set(rows.day))
    if len(days) <= _MOST_NAMED:
        return ", ".join(days)
    return f"{days[0]} to {days[-1]}"
