"""Pay records: exact bands of any part of them, with intervals."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.clustered_intervals import FEWEST_CLUSTERS
from analytics.disclosure import THRESHOLDS
from analytics.errors import BandstandError
from analytics.record_tables import MARKET, PEOPLE
from analytics.rows import RecordCell, RecordComparison
from analytics.rows import known as known_number
from app_pages import cache, charts
from app_pages.asking import engine_asked, records_mode
from app_pages.components import record_engine, record_filters
from app_pages.components.demo import offer_demo, show_demo_notice
from app_pages.components.markdown import escape_markdown
from app_pages.components.record_views import show_tabs
from app_pages.components.record_work import band_table_of, index_is_ready
from app_pages.components.tables import Table
from data.records.lattice import LATTICE_IN_WORDS
from data.records.question import AGGREGATE, OWNER, RecordQuery, with_known_spelling

_ELEMENTS = {
    "base": "Base",
    "target_cash": "Target cash",
    "total_comp": "Total",
    "overtime": "Overtime",
}


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


def chosen_query(known: Mapping[str, Sequence[str]]) -> RecordQuery:
    """What the page's switches and the filters ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        record_filters.pick_mode(known)
        aggregate = record_filters.is_aggregate()
        element = st.segmented_control(
            "Pay",
            [name for name in _ELEMENTS if name != "overtime" or name in cache.stated_elements()],
            default="base",
            key="pay",
            bind="query-params",
            required=True,
            format_func=_ELEMENTS.__getitem__,
            help="Target cash is base and variable pay, total adds equity; overtime is in none of "
            "them. People without such a figure are not counted.",
        )
        by = record_filters.pick_dimensions(aggregate=aggregate)
        if not aggregate and len(known["organisation"]) > 1:
            record_filters.pick_interval()
    record_filters.show_record_filters(known)
    since, until = record_filters.date_range()
    query = RecordQuery(
        record_filters.currency(known),
        element or "base",
        by,
        record_filters.selected_values(),
        since,
        until,
        mode=AGGREGATE if aggregate else OWNER,
        snapshots=record_filters.snapshots(),
        interval=record_filters.interval(),
    )
    return with_known_spelling(query, known).checked()


def explain(query: RecordQuery, table: Table[RecordCell], *, drillable: bool) -> None:
    """In which mode the page is, what the figures rest on, whether bars can be clicked on."""
    show_demo_notice()
    if query.mode == AGGREGATE:
        st.info(
            f"Aggregate: cells of at least {THRESHOLDS.contributors} {_whose()} on, "
            f"{_which_intervals(table)}; pay rounded to about {THRESHOLDS.rounding:.0%}, people in "
            "size bands. Smaller cells are counted under “Other”, or held back. Cells are fixed: "
            f"{LATTICE_IN_WORDS}.",
            icon=":material/shield_person:",
        )
        return
    people = sum(int(row.n) for row in table.rows)
    cells = f"{len(table):,} cell{'s' if len(table) != 1 else ''}"
    hint = " Click a bar to drill into it." if drillable else ""
    st.caption(
        f"Owner: you see your own rows. {people:,} people in {cells}; computed exactly from the "
        f"records, {_which_intervals(table)}.{hint}"
    )


def _whose() -> str:
    """Who must stand behind a cell, and from how many on it has more than its middle."""
    if cache.one_organization():
        return f"people of one date; all but the median from {THRESHOLDS.tail_contributors}"
    return (
        f"organizations, none of which holds over {THRESHOLDS.largest_share:.0%}; P10, P90 and "
        f"intervals from {THRESHOLDS.tail_contributors}"
    )


def _which_intervals(table: Table[RecordCell]) -> str:
    """What the intervals speak of; both where cells differ in it."""
    kinds = sorted({row.interval_of for row in table.rows if row.interval_of})
    if not kinds:
        return "here too few for an interval"
    if len(kinds) > 1:
        kinds = [f"{MARKET} from {FEWEST_CLUSTERS} organizations on, else of {PEOPLE}"]
    return f"with 95% intervals of {kinds[0]}"


def say_notes(query: RecordQuery) -> None:
    """What the figures rest on, before they are shown; names of organizations to owners alone."""
    if query.mode == AGGREGATE:
        return
    for sentence in cache.record_notes(query).sentences:
        st.info(escape_markdown(sentence) + ".", icon=":material/event_repeat:")
    for sentence in cache.spelling_notes(query):
        st.caption(escape_markdown(sentence[0].upper() + sentence[1:]) + ".")


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
    if engine_asked() and not record_engine.ready_to_answer():
        return
    known = cache.record_values()
    if not known:
        nothing_loaded()
        return
    query = chosen_query(known)
    if not index_is_ready():
        return
    say_notes(query)
    table = band_table_of(query)
    if table is None:
        return
    explain(query, table, drillable=record_filters.can_drill_down(query.by, known))
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
