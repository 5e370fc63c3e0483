"""Pay records: exact bands of any part of them, with intervals."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.errors import BandstandError
from analytics.record_rows import RecordCell, RecordComparison
from analytics.rows import known as known_number
from app_pages import cache, charts
from app_pages.asking import records_mode, uses_engine
from app_pages.components import record_engine, record_filters
from app_pages.components.demo import offer_demo
from app_pages.components.markdown import escape_markdown
from app_pages.components.record_notes import show_mode, show_notes
from app_pages.components.record_question import chosen_query
from app_pages.components.record_views import show_tabs
from app_pages.components.record_work import band_table_of, index_is_ready
from app_pages.components.tables import Table
from data.records.question import AGGREGATE, OWNER, RecordQuery


def nothing_loaded() -> None:
    """What to do where nothing is loaded."""
    if records_mode() == AGGREGATE:
        st.info("No pay records are published.", icon=":material/stacked_bar_chart:")
        return
    st.info("No pay records are loaded yet.", icon=":material/stacked_bar_chart:")
    st.text(
        "Load one row per person's pay, of your own organization or of many: CSV, Excel or "
        "Parquet. To look around first, generate some with the command below; they are labeled "
        "demo."
    )
    if records_mode() == OWNER:
        st.page_link("app_pages/imports.py", label="Import", icon=":material/upload:")
        offer_demo()
    st.code("bandstand demo records --rows 100000", language="sh")


def comparisons(query: RecordQuery) -> Table[RecordComparison] | None:
    """The market and own ranges by level, where the records are divided by level alone."""
    if query.by != ("level",):
        return None
    chosen = next((values for name, values in query.where if name == "function"), ())
    functions = chosen or tuple(cache.record_values()["function"])
    function = functions[0] if len(functions) == 1 else ""
    if function and band_table_of(cache.of_function(query), "whole") is None:
        return None
    return cache.record_beside(query, function)


def draw_chart(
    query: RecordQuery,
    cells: list[RecordCell],
    compared: list[RecordComparison],
    known: Mapping[str, Sequence[str]],
) -> None:
    """The bands, with what lies beside them, and the legend of what is drawn."""
    tracks = cache.tracks() if "level" in query.by else {}
    charts.draw(
        charts.cell_chart(cells, query.by, tracks, known[query.by[-1]], compared),
        key="cells",
        alt=charts.cell_alt(cells, query.by),
        clicked=lambda cell: record_filters.drill_down(
            dict(zip(query.by, cell, strict=True)), known
        ),
    )
    shown = {tracks.get(c.dimensions.get("level", ""), "professional"): None for c in cells}
    on_chart = [row for row in compared if row.level != "all levels"]
    st.html(
        charts.cell_legend(
            list(shown),
            tails=any(cell.pay("p10") is not None for cell in cells),
            market=any(not row.own_range for row in on_chart),
            ranges=any(row.own_range for row in on_chart),
        )
    )
    if charts.is_cut(cells, query.by):
        st.caption("The chart shows the first cells; the table has all of them.")


def page() -> None:
    """The page from top to bottom."""
    st.title("Pay records")
    if uses_engine() and not record_engine.ready_to_answer():
        return
    known = cache.record_values()
    if not known:
        nothing_loaded()
        return
    query = chosen_query(known)
    if not index_is_ready():
        return
    show_notes(query)
    table = band_table_of(query)
    if table is None:
        return
    show_mode(query, table, drillable=record_filters.can_drill_down(query.by, known))
    cells = [row for row in table.rows if row.median is not None]
    if not cells:
        why = f": {table.rows[0].note}" if table.rows and table.rows[0].note else ""
        st.info(
            f"Nothing to show under these filters{why}. Remove some, or clear all.",
            icon=":material/filter_alt_off:",
        )
        return
    compared = comparisons(query)
    comparable = (
        [row for row in compared.rows if known_number(row.ratio) is not None] if compared else []
    )
    draw_chart(query, cells, comparable, known)
    show_tabs(query, table, compared)


try:
    page()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
