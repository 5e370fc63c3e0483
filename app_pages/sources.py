"""Sources: where each figure comes from, and what was done to it."""

import re

import streamlit as st

from analytics.pay_basis import LABELS
from analytics.rows import SourceInfo
from app_pages import cache
from app_pages.components import downloads, filters
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import say_bases

#: Sources of which only the mapped occupations are listed.
LARGE = ("bls-oews", "bls-oews-areas")
OVERVIEW = ("source", "title", "pay_basis", "as_of", "publisher", "sample_size", "licence")
FIELDS = {
    "publisher": "Publisher",
    "citation": "Citation",
    "url": "Address",
    "published": "Published",
    "as_of": "As of",
    "pay_basis": "Pay basis",
    "population": "Population",
    "sample_size": "Sample size",
    "licence": "License",
    "disclosure": "To bear in mind",
    "description": "What it says",
    "method": "What we did to it",
    "accessed": "Accessed",
}


def has_basis(source: SourceInfo, bases: tuple[str, ...]) -> bool:
    """Whether a source reports pay on one of these bases; any does where none is given."""
    return not bases or not set(bases).isdisjoint(re.findall(r"\w+", source.pay_basis))


st.title("Sources")
st.caption(
    "Every figure in Bandstand comes from one of these, or is computed from them and says so."
)
bases = filters.narrow(cache.options(), ("pay_basis",)).pay_basis
every = cache.source_table()
shown = every.keep(lambda row: has_basis(row, bases))
said = {"pay basis": ", ".join(LABELS[basis] for basis in bases) or "all"}
if len(shown):
    shown.show("sources", "All sources", first=OVERVIEW)
    downloads.offer_table(shown.frame, "bandstand sources", said, shown.frame)
else:
    st.info(
        "No source reports pay on this basis. Remove a filter, or clear all.",
        icon=":material/filter_alt_off:",
    )

sources = cache.sources()
labels = {name: f"{source.title} · {name}" for name, source in sources.items()}
passing = [row.source for row in shown.rows]
offered = filters.offered_with_named("source", passing, labels) or list(labels)
take_codes("source", labels)
of_pay = (i for i, name in enumerate(offered) if sources[name].pay_basis != "none")
picked = st.selectbox(
    "Source",
    offered,
    index=next(of_pay, 0),
    key="source",
    bind="query-params",
    format_func=labels.__getitem__,
    help="The link to this page keeps the source.",
)
source = sources[picked]
st.header(escape_markdown(source.title))
for field, label in FIELDS.items():
    name, value = st.columns([1, 4])
    name.text(label)
    said = getattr(source, field)
    value.text(say_bases(said) if field == "pay_basis" else said)

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
