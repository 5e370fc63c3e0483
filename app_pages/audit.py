"""Audit: who looked at, exported, loaded and changed what."""

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from analytics.units import with_units
from app_pages import cache
from app_pages.asking import require
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.store import audit
from data.store.location import store_path

#: Lines on screen; the files have all that were chosen.
_MOST = 1_000
_UNITS = {
    **dict.fromkeys(("when", "who", "event", "what", "about", "sha256"), "text"),
    "rows": "count",
}


def as_table(lines: list[dict[str, object]]) -> pd.DataFrame:
    """Lines of the log as a table, newest first; times are in UTC."""
    rows = [
        {name: line.get(name) for name in _UNITS}
        | {"when": _moment(line.get("when")), "about": _words(line.get("about"))}
        for line in reversed(lines)
    ]
    return with_units(pd.DataFrame(rows, columns=list(_UNITS)), _UNITS)


def _moment(when: object) -> str:
    """A moment in UTC, as it is read."""
    return str(when)[:19].replace("T", " ")


def _words(about: object) -> str:
    return "; ".join(f"{k}: {v}" for k, v in about.items()) if isinstance(about, dict) else ""


def show() -> None:
    """The verdict on the log, a choice of events and people, and the lines."""
    verdict, table = audit.verify(store_path()), as_table(audit.read(store_path()))
    if verdict.fault:
        st.error(escape_markdown(verdict.fault), icon=":material/link_off:")
    elif not verdict.lines:
        st.info("Nothing is logged yet.", icon=":material/history:")
        return
    else:
        st.success(
            f"Each of {verdict.lines:,} lines follows from the one before. The last one's hash "
            f"begins with {verdict.last[:16]}.",
            icon=":material/link:",
        )
    with st.container(horizontal=True):
        events = st.multiselect("Event", sorted(set(table.event)), key="event", bind="query-params")
        people = st.multiselect("Who", sorted(set(table.who)), key="who", bind="query-params")
    for column, chosen in (("event", events), ("who", people)):
        if chosen:
            table = table[table[column].isin(chosen)]
    shown = table.head(_MOST)
    st.caption("Times are in UTC.")
    if len(shown) < len(table):
        st.caption(f"The newest {len(shown):,} of {len(table):,} lines; the files have all.")
    Table.of(shown).show("audit", "The audit log", first=("when", "who", "event", "what"))
    about = {"events": ", ".join(events) or "all", "who": ", ".join(people) or "all"}
    downloads.offer_table(table, "audit log", about, cache.source_table().frame)


st.title("Audit")
try:
    require(Action.SEE_AUDIT)
    show()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/lock:")
