"""The switches of Pay records, and the question that they and the filters ask."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages import cache
from app_pages.components import record_filters
from data.records.question import AGGREGATE, OWNER, RecordQuery, with_known_spelling

_ELEMENTS = {
    "base": "Base",
    "target_cash": "Target cash",
    "total_comp": "Total",
    "overtime": "Overtime",
}


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
