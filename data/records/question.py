"""A query of pay records, and which mode may ask which."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics import record_tables
from analytics.clustered_intervals import FEWEST_CLUSTERS
from analytics.errors import InputError, UnknownNameError
from analytics.percentiles import PERCENTILES
from analytics.suggestions import exact, nearest
from data.records.index import INDEX_ORDER, PAY_ELEMENTS
from data.records.lattice import shape_of

#: What the sorted index is ordered by, then what only SQL can group or filter by.
DIMENSIONS = (*INDEX_ORDER[1:], "title", "size", "department", "tenure", "organisation", "year")
OWNER, AGGREGATE = "owner", "aggregate"
#: Count a person once, at the latest date in the filter, or once for each date.
LATEST, ALL_DATES = "latest", "all"
#: Intervals of the market where a cell has organizations enough, or of its people alone.
MARKET, PEOPLE = "market", "people"
#: Which interval is asked for, in words.
INTERVALS = {
    MARKET: f"of {record_tables.MARKET}, from {FEWEST_CLUSTERS} organizations on; else of "
    f"{record_tables.PEOPLE}",
    PEOPLE: f"of {record_tables.PEOPLE}",
}


@dataclass(frozen=True)
class RecordQuery:
    """Which pay records to summarize, and how.

    ``by`` has the one or two dimensions that cells are made of; ``where`` names the
    values that dimensions may have (not years: ``since`` and ``until``, days such as
    ``2026-03-01``, filter dates). Of several snapshots of an organization, ``snapshots``
    counts the latest in the filter, or all. ``interval`` is what intervals speak of.
    """

    currency: str
    element: str = "base"
    by: tuple[str, ...] = ("level",)
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str = ""
    until: str = ""
    percentiles: tuple[float, ...] = PERCENTILES
    mode: str = OWNER
    snapshots: str = LATEST
    interval: str = MARKET

    @property
    def answerable_by_index(self) -> bool:
        """Whether the sorted index is ordered by all that the query groups and filters by.

        It holds the latest snapshot of each organization.
        """
        dimensions = {*self.by, *(name for name, values in self.where if values)}
        whole = self.snapshots == LATEST and not (self.since or self.until)
        return dimensions <= set(INDEX_ORDER) and whole

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The values allowed, by column, currency included; columns with any value are left out."""
        filters: dict[str, tuple[str, ...]] = {"currency": (self.currency,)}
        for name, values in self.where:
            if values:
                filters[name] = (*filters.get(name, ()), *values)
        return filters

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The same without the currency."""
        return {name: values for name, values in self.filters.items() if name != "currency"}

    def checked(self) -> "RecordQuery":
        """The same query; raises `InputError` where it can't be answered."""
        if self.element not in PAY_ELEMENTS:
            raise InputError(
                f"no pay element {self.element!r}; {nearest(self.element, list(PAY_ELEMENTS))}"
            )
        if self.mode not in (OWNER, AGGREGATE):
            raise InputError(f"no mode {self.mode!r}; use {OWNER} or {AGGREGATE}")
        if self.snapshots not in (LATEST, ALL_DATES):
            raise InputError(f"no snapshots {self.snapshots!r}; use {LATEST} or {ALL_DATES}")
        if self.interval not in (MARKET, PEOPLE):
            raise InputError(f"no interval {self.interval!r}; use {MARKET} or {PEOPLE}")
        for name in (*self.by, *(name for name, _ in self.where)):
            if name not in DIMENSIONS:
                raise InputError(f"no dimension {name!r}; {nearest(name, DIMENSIONS)}")
        if self.mode == AGGREGATE and self.percentiles != PERCENTILES:
            raise InputError("aggregate mode has P10, P25, P50, P75 and P90 only")
        if self.mode == AGGREGATE and self.interval != MARKET:
            raise InputError(
                "in aggregate mode intervals are those of the market; a second one would tell "
                "more of single people"
            )
        if not self.by or len(self.by) > 2 or len(set(self.by)) < len(self.by):
            raise InputError("group by one dimension, or by two different dimensions")
        if any(name == "year" for name, _ in self.where):
            raise InputError("filter dates with since and until, not by year")
        if self.mode == AGGREGATE and not self.answerable_by_index:
            raise InputError(
                f"in aggregate mode cells are fixed: {', '.join(INDEX_ORDER[1:])}; grouping or "
                "filtering by title, size, date or organization would split them, as would "
                "earlier dates"
            )
        if self.mode == AGGREGATE:
            shape_of(self.by, self.chosen)
        return self


def server_mode() -> str:
    """The mode that `BANDSTAND_RECORDS` sets for every visitor, owner by default."""
    mode = os.environ.get("BANDSTAND_RECORDS", "") or OWNER
    if mode not in (OWNER, AGGREGATE):
        raise InputError(f"BANDSTAND_RECORDS={mode}: set it to {OWNER} or {AGGREGATE}")
    return mode


def with_known_spelling(
    query: RecordQuery, known_values: Mapping[str, Sequence[str]]
) -> RecordQuery:
    """The query with values as the records spell them.

    Raises `UnknownNameError` for a value that no record has, `InputError` for an
    empty one.
    """
    for value in (query.currency, *(v for _, values in query.where for v in values)):
        if not value:
            raise InputError("the name to filter by is empty; state one, or remove the filter")
    where = tuple(
        (name, tuple(_spelled(name, value, known_values.get(name, ())) for value in values))
        for name, values in query.where
    )
    currency = _spelled("currency", query.currency, known_values["currency"])
    return replace(query, currency=currency, where=where)


def _spelled(dimension: str, value: str, known: Sequence[str]) -> str:
    spelled = exact(value, list(known))
    if spelled is None:
        raise UnknownNameError(
            f"no {dimension} {value!r} in the pay records; {nearest(value, known)}"
        )
    return spelled
