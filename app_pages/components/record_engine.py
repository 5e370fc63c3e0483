"""What the Pay records page says of records that another engine holds."""

import streamlit as st

from app_pages import cache
from app_pages.components.markdown import escape_markdown


def say_where() -> None:
    """Where the records are, what an answer costs there, and how to ask anew."""
    opened = cache.opened_records()
    where = f"{opened.records.table.name} on {opened.records.engine.name}"
    demo = " Demo data: nobody's pay." if opened.records.demo else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"Asked of {escape_markdown(where)}: each new question reads {opened.people:,} records "
            f"two to four times. Answers of {opened.at:%H:%M}, stamp {opened.stamp[:8]}.{demo}",
            width="content",
        )
        st.button("Ask again", icon=":material/refresh:", type="tertiary", on_click=cache.ask_again)
