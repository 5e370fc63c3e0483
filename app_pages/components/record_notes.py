"""What the figures of pay records rest on, and what may be seen of them."""

import streamlit as st

from analytics.clustered_intervals import FEWEST_CLUSTERS
from analytics.disclosure import THRESHOLDS
from analytics.record_rows import RecordCell
from analytics.record_tables import MARKET, PEOPLE
from app_pages import cache
from app_pages.components.demo import show_demo_notice
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.records.lattice import LATTICE_IN_WORDS
from data.records.question import AGGREGATE, RecordQuery


def show_mode(query: RecordQuery, table: Table[RecordCell], *, drillable: bool) -> None:
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
    st.caption(
        f"Owner: you see your own rows. {people:,} people in {cells}; computed exactly from the "
        f"records, {_which_intervals(table)}."
    )
    if drillable:
        st.container(key="screen-only-hint").caption("Click a bar to drill into it.")


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


def show_notes(query: RecordQuery) -> None:
    """What the figures rest on, before they are shown; names of organizations to owners alone."""
    if query.mode == AGGREGATE:
        return
    for sentence in cache.record_notes(query).sentences:
        st.info(escape_markdown(sentence) + ".", icon=":material/event_repeat:")
    for sentence in cache.spelling_notes(query):
        st.caption(escape_markdown(sentence[0].upper() + sentence[1:]) + ".")
