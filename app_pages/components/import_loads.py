"""What the team has loaded: every load, its rows, and undoing it."""

from collections.abc import Callable

import duckdb
import streamlit as st

from analytics.rows import Load
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.link_codes import take_codes
from data.imports.load import reapply, withdraw
from data.imports.log import ACTIVE

#: The first columns of the list of loads, and the query for the rows of each kind.
LISTED = ("load", "kind", "name", "state", "rows_in", "rows_loaded", "rows_rejected", "loaded_at")
ROW_QUERIES = {
    "survey": "loaded_surveys",
    "records": "loaded_records",
    "roster": "loaded_roster",
    "ranges": "loaded_ranges",
    "oews": "loaded_oews",
}


def show_loads(act: Callable[[Callable[[duckdb.DuckDBPyConnection], str]], None]) -> None:
    """The list of loads, and the one that is picked."""
    st.header("What you have loaded")
    loads = cache.loads()
    if not len(loads):
        st.caption("Nothing yet.")
        return
    loads.show("loads", "Every load, with its rows and its state", first=LISTED)
    downloads.offer_table(loads.frame, "loads", {}, cache.source_table().frame)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {str(row.load): f"{row.load}: {row.name}, {row.state}" for row in loads.rows}
        take_codes("load", names)
        number = st.selectbox(
            "Load",
            list(names),
            index=len(names) - 1,
            format_func=names.__getitem__,
            key="load",
            bind="query-params",
        )
        picked = next(row for row in loads.rows if str(row.load) == number)
        active = picked.state == ACTIVE
        if st.button("Withdraw" if active else "Restore"):
            act(lambda con: (withdraw if active else reapply)(con, picked.load))
    _show_rows(picked)


def _show_rows(row: Load) -> None:
    """The first rows of a load on screen, all of them as files."""
    if row.kind not in ROW_QUERIES:
        st.caption("The jobs of a taxonomy are under Job profile, and its levels under Ladder.")
        return
    query, load = ROW_QUERIES[row.kind], str(row.load)
    shown = cache.first_rows(query, load)
    if len(shown) < row.rows_loaded:
        st.caption(f"The first {len(shown):,} rows; the files hold all of them.")
    shown.show("inside", f"Rows of load {load}", first=())
    downloads.offer_long_table(
        lambda: cache.all_rows(query, load),
        f"load {load}",
        {"load": load},
        cache.source_table().frame,
        row.rows_loaded,
    )
