"""A question about pay records, and who may ask which."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.errors import InputError, UnknownNameError
from analytics.suggestions import exact, nearest
from data.records.index import INDEX_ORDER, PAY_ELEMENTS

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


#: What the sorted store is ordered by, then what only the engine can divide or narrow by.
DIMENSIONS = (*INDEX_ORDER[1:], "size", "organisation", "year")


OWNER, AGGREGATE = "owner", "aggregate"


@dataclass(frozen=True)
class RecordQuery:
    """A question about pay records; `by` has at most two dimensions.

    ``where`` names values of dimensions (not of years; dates narrow those);
    ``since`` and ``until`` are days such as ``2026-03-01``.
    """

    currency: str
    element: str = "base"
    by: tuple[str, ...] = ("level",)
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str = ""
    until: str = ""
    percentiles: tuple[float, ...] = PERCENTILES
    mode: str = OWNER

    @property
    def in_order(self) -> bool:
        """Whether the sorted store can answer."""
        named = {*self.by, *(name for name, values in self.where if values)}
        return named <= set(INDEX_ORDER) and not (self.since or self.until)

    def checked(self) -> "RecordQuery":
        """The same; raises `InputError` for what can't be asked."""
        if self.element not in PAY_ELEMENTS:
            raise InputError(
                f"no pay element {self.element!r}; {nearest(self.element, list(PAY_ELEMENTS))}"
            )
        if self.mode not in (OWNER, AGGREGATE):
            raise InputError(f"no mode {self.mode!r}; there are {OWNER} and {AGGREGATE}")
        for name in (*self.by, *(name for name, _ in self.where)):
            if name not in DIMENSIONS:
                raise InputError(f"no dimension {name!r}; {nearest(name, DIMENSIONS)}")
        if self.mode == AGGREGATE and self.percentiles != PERCENTILES:
            raise InputError("in aggregate mode there are P10, P25, P50, P75 and P90 alone")
        if not self.by or len(self.by) > 2 or len(set(self.by)) < len(self.by):
            raise InputError("divide by one or two dimensions, and by each once")
        if any(name == "year" for name, _ in self.where):
            raise InputError("narrow dates with since and until, not by year")
        if self.mode == AGGREGATE and not self.in_order:
            raise InputError(
                f"in aggregate mode cells are fixed: {', '.join(INDEX_ORDER[1:])}; "
                "sizes, dates and organisations would cut them up"
            )
        return self


def server_mode() -> str:
    """Which mode `BANDSTAND_RECORDS` sets for all who look: owner where it says nothing."""
    mode = os.environ.get("BANDSTAND_RECORDS", "") or OWNER
    if mode not in (OWNER, AGGREGATE):
        raise InputError(f"BANDSTAND_RECORDS={mode}: say {OWNER} or {AGGREGATE}")
    return mode


def with_known_spelling(asked: RecordQuery, known: Mapping[str, Sequence[str]]) -> RecordQuery:
    """The question with names as the records spell them; raises `UnknownNameError`."""
    for value in (asked.currency, *(v for _, values in asked.where for v in values)):
        if not value:
            raise InputError("an empty name can't be asked for")
    where = tuple(
        (name, tuple(_spelled(name, value, known.get(name, ())) for value in values))
        for name, values in asked.where
    )
    return replace(
        asked, currency=_spelled("currency", asked.currency, known["currency"]), where=where
    )


def _spelled(name: str, value: str, known: Sequence[str]) -> str:
    found = exact(value, list(known))
    if found is None:
        raise UnknownNameError(f"no {name} {value!r} in the pay records; {nearest(value, known)}")
    return found
