"""Places side by side: which are compared, and the headline figures of each."""

from collections.abc import Sequence

import streamlit as st

from analytics.money import money, money_range
from analytics.wage_rows import OccupationArea
from app_pages.components.context_line import show_context
from app_pages.components.markdown import escape_markdown

COMPARED = "places"
MOST_COMPARED = 4


def headline(row: OccupationArea) -> None:
    """One place's median, and what stands beside it."""
    name = "United States" if row.area == "US" else row.area
    if row.p50 is None:
        st.metric(name, "not printed")
        st.caption(row.note or "not released")
        return
    bound = "at least " if "p50" in row.at_least else ""
    beside = f"{row.ratio - 1:+.1%} beside the nation" if row.area != "US" and row.ratio else None
    st.metric(name, f"{bound}{money(row.p50)}", beside, delta_color="off", delta_arrow="off")
    low, high = (row.published.get(p) for p in (0.25, 0.75))
    middle = f"P25–P75 {money_range(low, high)} · " if low and high else ""
    jobs = f"{row.employment:,.0f} jobs" if row.employment else "jobs not released"
    st.caption(escape_markdown(f"{middle}{jobs}"))


def pick_places(rows: Sequence[OccupationArea]) -> list[OccupationArea]:
    """The places that are compared."""
    by_name = {row.area: row for row in rows if row.area != "US"}
    picked = st.multiselect(
        "Compare places",
        list(by_name),
        key=COMPARED,
        bind="query-params",
        max_selections=MOST_COMPARED,
        placeholder="Type a city, an area or a state; up to four",
    )
    return [by_name[name] for name in picked if name in by_name]


def compare(nation: OccupationArea, chosen: Sequence[OccupationArea], occupation: str) -> None:
    """What the places pay, beside the nation."""
    columns = st.columns(max(3, len(chosen) + 1))
    for column, row in zip(columns, [nation, *chosen], strict=False):
        with column:
            headline(row)
    said = {"job": occupation, "pay basis": "median BLS wage", "status": "published"}
    show_context({**said, "date": f"May {nation.year}"})
