"""A list of matched titles, edit_matches by hand, and the corrections that are kept."""

import hashlib
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.permissions import Action
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.imports.title_corrections import correct_titles, remove_correction


def edit_matches(table: pd.DataFrame) -> pd.DataFrame:
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
            "reason": "edit_matches by hand" if job else "no match, by hand",
            "alternatives": "",
        }
        edited.loc[i, list(change)] = list(change.values())
    return edited


def offer_to_keep(edited: pd.DataFrame, table: pd.DataFrame) -> None:
    """A button that keeps what was edit_matches for every later search."""
    changed = edited[(edited.code != table.code) & (edited.code != "")]
    if st.button(
        f"Keep {len(changed)} correction{'' if len(changed) == 1 else 's'}",
        disabled=changed.empty,
        icon=":material/save:",
        help="A title that you edit_matches means that profile from now on, here and by command.",
    ):
        codes = dict(zip(changed.title, changed.code, strict=True))
        try:
            cache.write(Action.SAVE, lambda con: correct_titles(con, codes))
        except BandstandError as error:
            st.error(escape_markdown(str(error)))
        else:
            st.rerun()


def show_corrections() -> None:
    """What was edit_matches before, and a way to drop it."""
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
