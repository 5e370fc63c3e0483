"""Find a job: from a title, or a list of titles, to the profiles that they mean."""

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from analytics.units import with_units
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from app_pages.components.title_corrections import (
    edit_matches,
    offer_to_keep,
    show_corrections,
)
from data.catalog.matcher import match_table, titles_in, titles_of_lines

MATCH_UNITS = {
    **dict.fromkeys(("code", "level", "title", "reason"), "text"),
    "confidence": "number",
}
#: A list that the page still matches while one waits; the command line takes more.
MOST = 5_000


def one(title: str) -> None:
    """The profiles that one title may mean, ranked, with the reason for each."""
    found = cache.matcher().match(title)
    if not found:
        neighbor = cache.matcher().neighbor(title)
        near = f"{escape_markdown(str(neighbor))}. " if neighbor else ""
        st.info(
            f"No good match for “{escape_markdown(title)}”. {near}"
            "Try the words of the work itself, such as customer success, "
            "or load the taxonomy that holds the job.",
            icon=":material/search_off:",
        )
        if allowed(Action.IMPORT):
            st.page_link("app_pages/imports.py", label="Load a taxonomy", icon=":material/upload:")
        return
    table = with_units(pd.DataFrame([vars(match) for match in found]), MATCH_UNITS)
    Table.of(table).show("matches", f"Profiles for {title}", first=("title", "code", "level"))
    if len(found) > 1:
        st.page_link(
            "app_pages/compare.py",
            label="Compare the first two",
            icon=":material/compare_arrows:",
            query_params={"profiles": [match.code for match in found[:2]]},
        )
    downloads.offer_table(table, "matches", {"title": title}, cache.source_table().frame)


def titles_given() -> list[str]:
    """The list of titles, from a file or as pasted; empty until there is one."""
    file = st.file_uploader(
        "A file with a column called title",
        help="CSV or text, Excel (.xlsx), Parquet, or a zip of one of these.",
    )
    pasted = st.text_area("Or paste titles, one a line", key="pasted", height=140)
    if file is None:
        return titles_of_lines(pasted)
    try:
        found = titles_in(file.name, file.getvalue())
    except BandstandError as error:
        st.error(escape_markdown(str(error)))
        return []
    for note in found.notes:
        st.caption(escape_markdown(note))
    return found.titles


st.title("Find a job")
st.caption(
    "Which profiles a title means, by known titles, the words of the work and the words of the "
    "level. The confidence says how well the title fits, not how likely it is."
)
title_asked = st.text_input(
    "Job title", key="title", bind="query-params", placeholder="Sr. CSM, VP customer success, …"
)
if title_asked.strip():
    one(title_asked)

st.header("A list of titles")
titles = titles_given()
if len(titles) > MOST:
    st.warning(
        f"{len(titles):,} titles; the page takes the first {MOST:,}. "
        "`bandstand match --file FILE --out FILE` takes them all."
    )
    titles = titles[:MOST]
if titles:
    matches = match_table(cache.matcher(), titles)
    matched = int((matches.code != "").sum())
    st.text(f"{len(titles):,} titles: {matched:,} matched, {len(titles) - matched:,} without.")
    edited = edit_matches(matches)
    if allowed(Action.SAVE):
        offer_to_keep(edited, matches)
    downloads.offer_table(
        edited, "matched titles", {"titles": str(len(titles))}, cache.source_table().frame
    )
if allowed(Action.SAVE):
    show_corrections()
