"""Role guide: what a function's work, pay and hiring look like, each row with its citation."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.guide import SECTIONS, citation, figure_text, phrase_pattern
from analytics.job_rows import GuideEntry, GuidePhrase
from analytics.permissions import Action
from analytics.table_units import texts
from analytics.units import with_units
from app_pages import cache
from app_pages.asking import allowed
from app_pages.components import downloads
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table


def show_rows(rows: Sequence[Mapping[str, str]]) -> None:
    """A table of the rows, without columns that are empty in all of them."""
    frame = pd.DataFrame(rows)
    filled = frame.loc[:, (frame != "").any()]
    Table.of(with_units(filled, texts(*filled.columns))).show_text(linked=("source",))


def show_entries(entries: Sequence[GuideEntry]) -> None:
    """The entries of one section, each topic named once."""
    before = ["", *(entry.topic for entry in entries)]
    show_rows(
        [
            {
                "topic": "" if entry.topic == previous else entry.topic,
                "name": entry.name,
                "figure": figure_text(entry.low, entry.high, entry.unit),
                "text": entry.text,
                "detail": entry.detail,
                "citation": citation(entry.document_section, entry.cites),
                "source": entry.source,
            }
            for previous, entry in zip(before, entries, strict=False)
        ]
    )


def fits(phrase: GuidePhrase, text: str) -> bool:
    """Whether a phrase answers a search: by its words, or as a sentence that uses it."""
    words = f"{phrase.phrase} {phrase.meaning} {phrase.ask_at_offer}".casefold()
    return text.casefold() in words or bool(phrase_pattern(phrase.pattern).search(text))


def show_phrases(phrases: Sequence[GuidePhrase]) -> None:
    """The phrase decoder, narrowed by what is typed."""
    text = st.text_input(
        "Find a phrase",
        key="phrase",
        bind="query-params",
        placeholder="NRR, or a sentence of a job description",
        help="The link to this page keeps the search.",
    ).strip()
    found = [phrase for phrase in phrases if fits(phrase, text)]
    if not found:
        st.info(
            f"No phrase fits “{escape_markdown(text)}”. Clear the search to see all "
            f"{len(phrases)}.",
            icon=":material/search_off:",
        )
        return
    show_rows(
        [
            {
                "phrase": phrase.phrase,
                "meaning": phrase.meaning,
                "ask_at_offer": phrase.ask_at_offer,
                "citation": citation(phrase.document_section, phrase.cites),
                "source": phrase.source,
            }
            for phrase in found
        ]
    )


def show_missing(title: str) -> None:
    """What to do for a function without a guide, and which functions have one."""
    st.info(
        f"{escape_markdown(title)} has no role guide yet. Load role-guide tables with your "
        "taxonomy: guide.csv and phrases.csv are among its templates.",
        icon=":material/explore_off:",
    )
    if allowed(Action.IMPORT):
        st.page_link("app_pages/imports.py", label="Load a taxonomy", icon=":material/upload:")
    for other in cache.guides():
        st.page_link(
            "app_pages/guide.py",
            label=f"Role guide of {escape_markdown(other)}",
            icon=":material/explore:",
            query_params={"function": other},
        )


st.title("Role guide")
functions = list(dict.fromkeys([*cache.guides(), *cache.options()["function"]]))
title = st.selectbox("Function", functions, key="function", bind="query-params", width=320)
function = cache.guides().get(title)
if function is None:
    show_missing(title)
    st.stop()
guide = cache.role_guide(function.function)
present = set(guide.table.section)
sections: dict[str, str] = {name: head for name, head in SECTIONS.items() if name in present}
st.caption(
    "What the work is, how it is hired and how it is paid. Numbers in brackets are the guide's own "
    "sources, listed last."
)
take_codes("section", sections)
wanted = st.pills(
    "Section",
    list(sections),
    key="section",
    bind="query-params",
    format_func=sections.__getitem__,
    help="Choose one, or none to see all. The link to this page keeps it.",
)
for name, heading in sections.items():
    if wanted in (None, name):
        st.header(heading, anchor=name)
        if name == "phrases":
            show_phrases(guide.phrases)
        else:
            show_entries([entry for entry in guide.entries if entry.section == name])
downloads.offer_table(
    guide.table, f"role guide {function.function}", {"function": title}, cache.source_table().frame
)
