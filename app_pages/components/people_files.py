"""Tables of people on the People page, and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.market_tables import sources_named
from analytics.people.scenario import loads_behind
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.tables import Table
from data.files.compared_workbook import ComparedFile
from data.files.people_workbook import NOTE, Settings, people_file

#: Rows of a table of people that are sent to the screen; the files hold all.
MOST_ROWS = 1_000
_MARKED = "marked people"


@dataclass(frozen=True)
class Basis:
    """What a table of people is computed from beside the people, as `people_file` takes it."""

    table: str
    month: str
    by: str = ""
    order: tuple[str, ...] = ()
    settings: Settings = None


def show_first_rows(
    frame: pd.DataFrame,
    key: str,
    alt: str,
    first: Sequence[str],
    hidden: Sequence[str] = (),
    marks: bool = False,
) -> None:
    """A table of people as far as the screen takes it, saying so where it is cut.

    With ``marks`` its ticked rows are marked in the chart of pay by level.
    """
    shown = frame.head(MOST_ROWS)
    table: Table[Any] = Table.of(shown, hidden=hidden)
    if marks:
        # Other rows are another table, so that no tick stays on somebody else's row.
        rows = int(pd.util.hash_pandas_object(shown.employee_id, index=False).sum())
        ids = shown.employee_id.tolist()
        table.show(f"{key} {rows}", alt, first, lambda at: mark_people([ids[i] for i in at]))
        st.caption("Tick rows to mark their people in the chart of pay by level.")
    else:
        table.show(key, alt, first=first)
    if len(shown) < len(frame):
        st.caption(f"The first {len(shown):,} of {len(frame):,}; the files have all.")


def mark_people(employees: Sequence[str]) -> None:
    """Mark these people, and nobody else, in the chart of pay by level."""
    st.session_state[_MARKED] = list(employees)


def marked_people() -> list[str]:
    """Whose rows are ticked."""
    marked: list[str] = st.session_state.get(_MARKED, [])
    return marked


def offer_files(
    frame: pd.DataFrame,
    name: str,
    about: Mapping[str, str],
    people: pd.DataFrame,
    basis: Basis | ComparedFile | None = None,
) -> None:
    """CSV and Excel of a table, with the sources of the people and ranges behind it.

    With its ``basis`` the workbook can be verified, and holds each person's pay; tables that
    name nobody have none.
    """
    named = {*people.source.unique(), *people.range_source.unique()}
    sources = sources_named(cache.source_table().frame, named)

    def spec() -> str:
        if basis is None or isinstance(basis, ComparedFile):
            return basis.spec if basis else ""
        loads = loads_behind(people, cache.ask("loads").frame)
        b = basis
        return people_file(b.table, people, b.month, loads, b.by, b.order, b.settings).spec

    note = NOTE if basis else ""
    downloads.offer_table(frame, f"bandstand {name}", about, sources, spec, note)
