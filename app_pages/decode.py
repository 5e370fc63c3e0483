"""Decode a posting: phrases, level, pay, the profile it resembles, and what it leaves out."""

from collections.abc import Sequence
from dataclasses import astuple

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.jobs.posting_resemblance import MIN_SCORE
from analytics.jobs.postings import Posting, years_of_levels
from analytics.pay_basis import LABELS
from analytics.units import with_units
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.postings import findings_table
from data.files.document_text import ENDINGS, document_text


def given_text() -> str:
    """The posting from a file, or as pasted; empty until there is one."""
    # CSV is offered so that its refusal can say why.
    types = [ending.lstrip(".") for ending in (*ENDINGS, ".csv")]
    file = st.file_uploader("A posting as text, Markdown or HTML", type=types)
    pasted = st.text_area("Or paste the posting", key="posting", height=260)
    return document_text(file.name, file.getvalue()) if file else pasted


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """A table of words, or what to know when there are none."""
    if rows:
        table = pd.DataFrame(rows, columns=list(columns))
        Table.of(with_units(table, dict.fromkeys(columns, "text"))).show_text()
    else:
        st.caption(nothing)


def resemblance(posting: Posting) -> None:
    """The three profiles that the posting resembles most, with the reason for each."""
    st.header("Which profile it resembles")
    if not posting.resembles:
        st.info(
            "No profile resembles it well: neither its title nor its words are close to a profile "
            "that Bandstand holds.",
            icon=":material/search_off:",
        )
    else:
        st.caption(
            f"Score from 0 to 1, below {MIN_SCORE:g} nothing is shown: 60% how well the title line "
            "fits, 40% how alike the words are. It compares words, not meaning."
        )
    for near in posting.resembles:
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(near.name)}**")
            st.text(
                f"Score {near.score:.2f}: title {near.title_score:.2f}, text {near.text_score:.2f}"
            )
            st.text(f"Shared words: {', '.join(near.shared) or 'none'}")
            if near.not_mentioned:
                duties = "\n".join(f"- {escape_markdown(duty)}" for duty in near.not_mentioned)
                st.markdown(f"What it does that the posting hardly mentions:\n\n{duties}")
            st.page_link(
                "app_pages/profile.py",
                label=f"Job profile of {escape_markdown(near.level)}",
                icon=":material/badge:",
                query_params={"profile": near.code},
            )


def level_and_years(posting: Posting) -> None:
    """Words that name a level, and years of experience beside the levels' own."""
    st.header("Level")
    show_rows(
        ("Words", "Where", "Level", "Quote"),
        [(f.words, f.place, ", ".join(f.levels), f.quote) for f in posting.levels],
        "No word and no code names a level.",
    )
    show_rows(
        ("Experience", "Levels that ask for as much", "Quote"),
        [(y.label, years_of_levels(y) or "none", y.quote) for y in posting.years],
        "No years of experience are named.",
    )


def pay(posting: Posting) -> None:
    """Amounts of pay, and the words about it."""
    st.header("Pay")
    show_rows(
        ("Pay", "Currency", "Basis", "Quote"),
        [
            (a.label, a.currency_label, LABELS.get(a.basis, "not stated"), a.quote)
            for a in posting.amounts
        ],
        "No amount of pay is named.",
    )
    show_rows(
        ("Word", "Value", "Quote"),
        [(w.kind, w.value or "mentioned", w.quote) for w in posting.pay_words],
        "No word about variable pay, equity or travel.",
    )


st.title("Decode a posting")
st.caption(
    "The text stays in this browser session: it is not saved, not logged and sent nowhere, so "
    "there is no link to what you paste. Exports hold the findings with the words quoted."
)
try:
    text = given_text()
    if not text.strip():
        st.stop()
    posting = cache.posting_reader().read(text)
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
    st.stop()
st.subheader(escape_markdown(posting.title))
st.caption("The line taken for the title.")
resemblance(posting)
level_and_years(posting)
pay(posting)
st.header("Phrases")
show_rows(
    ("Phrase", "What it tends to mean", "Ask at the offer", "Quote"),
    [astuple(phrase) for phrase in posting.phrases],
    "None of the known phrases is used."
    if cache.posting_reader().phrases
    else "No function has a role guide, so no phrase is known.",
)
st.header("What it leaves out")
missing = sum(not item.found for item in posting.checklist)
st.text(f"{missing} of {len(posting.checklist)} things that a candidate would ask are not found.")
show_rows(
    ("Item", "Found", "Quote, or what to ask"),
    [(c.item, "yes" if c.found else "no", c.quote or c.ask) for c in posting.checklist],
    "",
)
# Nothing of the text goes into what the export log records.
downloads.offer_table(findings_table(posting), "decoded posting", {}, cache.source_table().frame)
