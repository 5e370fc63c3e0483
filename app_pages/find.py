"""Find a job: from a title, or a list of titles, to the profiles that they mean."""

import hashlib
from typing import Any

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
from data.catalog.matcher import match_table, titles_in, titles_of_lines
from data.imports.title_corrections import correct_titles, remove_correction

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


def corrected(table: pd.DataFrame) -> pd.DataFrame:
    """The list as the user leaves it: the code of each title can be changed by hand."""
    codes = [row.code for row in cache.profiles().rows]
    titles = "\n".join(table.title)
    edited = st.data_editor(
        table,
        key=f"titles {hashlib.sha1(titles.encode(), usedforsecurity=False).hexdigest()}",
        hide_index=True,
        placeholder="–",
        disabled=[c for c in table.columns if c != "code"],
        column_order=["title", "code", "confidence", "job", "reason", "alternatives"],
        column_config={
            "title": "Title",
            "code": st.column_config.SelectboxColumn("Profile", options=[*codes, ""], width=240),
            "level": "Level",
            "job": "Job",
            "confidence": st.column_config.NumberColumn("Confidence", format="%.2f"),
            "reason": "Reason",
            "alternatives": "Alternatives",
        },
    )
    jobs = {row.code: row for row in cache.profiles().rows}
    edited["code"] = edited.code.fillna("")
    changed = edited.code != table.code
    for i in edited.index[changed]:
        job = jobs.get(edited.code[i])
        named = f"{job.focus_title}, {job.title} ({job.level})" if job else ""
        change: dict[str, Any] = {
            "level": job.level if job else "",
            "job": named,
            "confidence": 1.0 if job else float("nan"),
            "reason": "corrected by hand" if job else "no match, by hand",
            "alternatives": "",
        }
        edited.loc[i, list(change)] = list(change.values())
    return edited


def keep(edited: pd.DataFrame, table: pd.DataFrame) -> None:
    """A button that keeps what was corrected for every later search."""
    changed = edited[(edited.code != table.code) & (edited.code != "")]
    if st.button(
        f"Keep {len(changed)} correction{'' if len(changed) == 1 else 's'}",
        disabled=changed.empty,
        icon=":material/save:",
        help="A title that you corrected means that profile from now on, here and by command.",
    ):
        codes = dict(zip(changed.title, changed.code, strict=True))
        try:
            cache.write(Action.SAVE, lambda con: correct_titles(con, codes))
        except BandstandError as error:
            st.error(escape_markdown(str(error)))
        else:
            st.rerun()


def kept_corrections() -> None:
    """What was corrected before, and a way to drop it."""
    known = cache.ask("known_titles").frame
    own = known[known.kind == "correction"].drop(columns="kind")
    if own.empty:
        return
    st.header("Corrections kept")
    Table.of(own).show("corrections", "Titles that were matched by hand", first=("title", "code"))
    downloads.offer_table(own, "corrections", {}, cache.source_table().frame)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.selectbox("Correction to drop", own.title.tolist())
        if st.button("Drop it"):
            try:
                cache.write(Action.SAVE, lambda con: remove_correction(con, title))
            except BandstandError as error:
                st.error(escape_markdown(str(error)))
            else:
                st.rerun()


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
    edited = corrected(matches)
    if allowed(Action.SAVE):
        keep(edited, matches)
    downloads.offer_table(
        edited, "matched titles", {"titles": str(len(titles))}, cache.source_table().frame
    )
if allowed(Action.SAVE):
    kept_corrections()
