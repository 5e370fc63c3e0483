"""Sources: where each figure comes from, and what was done to it."""

import streamlit as st

from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown

#: Sources of which only the mapped occupations are listed.
LARGE = ("bls-oews", "bls-oews-areas")
OVERVIEW = ("source", "title", "publisher", "as_of", "pay_basis", "sample_size", "licence")
FIELDS = {
    "publisher": "Publisher",
    "citation": "Citation",
    "url": "Address",
    "published": "Published",
    "as_of": "As of",
    "pay_basis": "Pay basis",
    "population": "Population",
    "sample_size": "Sample size",
    "licence": "Licence",
    "disclosure": "To bear in mind",
    "description": "What it says",
    "method": "What we did to it",
    "accessed": "Accessed",
}

every = cache.source_table()
st.title("Sources")
st.caption(
    "Every figure in Bandstand comes from one of these, or is computed from them and says so."
)
every.show("sources", "All sources", first=OVERVIEW)
downloads.offer_table(every.frame, "bandstand sources", {}, every.frame)

sources = cache.sources()
picked = st.selectbox(
    "Source",
    list(sources),
    key="source",
    bind="query-params",
    help="The link to this page keeps the source.",
)
source = sources[picked]
st.header(escape_markdown(source.title))
for field, label in FIELDS.items():
    name, value = st.columns([1, 4])
    name.text(label)
    value.text(getattr(source, field))

st.header("Figures from it")
figures = cache.ask("source_figures", source=picked)
if picked in LARGE:
    st.caption("Of all its occupations these are the ones that jobs are mapped to.")
    st.page_link("app_pages/places.py", label="All occupations and places", icon=":material/map:")
if len(figures):
    figures.show("figures", f"Figures from {source.title}", first=())
    named = every.frame[every.frame.source == picked]
    downloads.offer_table(figures.frame, f"bandstand {picked}", {"source": picked}, named)
else:
    st.caption("This source gives names and mappings, no figures.")
