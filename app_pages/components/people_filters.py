"""What the People page shows: whose currency, which people, grouped by what."""

from collections.abc import Mapping

import streamlit as st

from analytics.people.selection import PeopleQuery
from analytics.ranges.position import POSITIONS
from app_pages.cache.people import PeopleColumns
from app_pages.components.filter_bar import Facet, show_filter_bar
from app_pages.components.markdown import escape_markdown

#: Column → what its filter is called; the key in a link is the column after `of_`.
_FILTERS = {
    "function": "Function",
    "focus": "Focus",
    "level": "Level",
    "place": "Place",
    "zone": "Pay zone",
    "position": "Position in range",
    "roster": "Roster",
}
#: A column of more values than this holds no ratings.
_MOST_RATINGS = 12
CURRENCY, BY = "paid_in", "group_by"
#: What the choices are called in the link.
KEYS = (*(f"of_{name}" for name in _FILTERS), CURRENCY, BY)


def column_label(name: str) -> str:
    """A column as the pickers call it; kept columns go by their own headings."""
    own = {**_FILTERS, "manager": "Manager"}
    return own.get(name, escape_markdown(name))


def pick_currency(columns: PeopleColumns) -> str:
    """The currency, where there are several; figures of two are never added."""
    known = columns.currencies
    if len(known) < 2:
        return known[0]
    return str(st.selectbox("Currency", known, key=CURRENCY, bind="query-params", width=120))


def pick_grouping(columns: PeopleColumns) -> str:
    """The column that people are grouped by: of the table of positions, or kept by the roster."""
    return str(
        st.selectbox(
            "Group by",
            list(columns.grouping),
            key=BY,
            bind="query-params",
            width=220,
            format_func=column_label,
            help="Any column of the roster that was kept when it was loaded groups people too.",
        )
    )


def pick_rating(columns: PeopleColumns, key: str, label: str) -> str:
    """The column of performance ratings, empty for none; that of this name if there is one."""
    known = [n for n, v in columns.values.items() if len(v) <= _MOST_RATINGS and n not in _FILTERS]
    if not known:
        return ""
    likely = next((n for n in known if "perform" in n.casefold() or "rating" in n.casefold()), None)
    chosen = st.selectbox(
        label, known, index=known.index(likely) if likely else None, key=key, bind="query-params",
        width=220, format_func=column_label, placeholder="no column",
    )  # fmt: skip
    return str(chosen) if chosen else ""


def show_people_filters(columns: PeopleColumns) -> None:
    """Draw the filters over the columns' values."""
    known: Mapping[str, tuple[str, ...]] = {
        **columns.values,
        "position": tuple(p for p in POSITIONS if p in columns.values.get("position", ())),
    }
    show_filter_bar(
        [
            Facet(label, f"of_{name}", known[name], escape_markdown)
            for name, label in _FILTERS.items()
            if len(known.get(name, ())) > 1
        ]
    )


def people_query(currency: str) -> PeopleQuery:
    """What the filters ask for."""
    state = st.session_state
    where = tuple((name, tuple(state.get(f"of_{name}") or ())) for name in _FILTERS)
    return PeopleQuery(currency, tuple(pair for pair in where if pair[1]))


def describe_people(query: PeopleQuery) -> dict[str, str]:
    """The query in words, for an export's second sheet and its log."""
    where = "; ".join(f"{name}: {', '.join(values)}" for name, values in query.where)
    return {"currency": query.currency, "where": where or "everybody"}
