"""The search box of the sidebar: finds jobs, places, occupations, sources and pages."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analytics.search import Findable, search
from app_pages import cache
from app_pages.components.fragments import fragment
from app_pages.components.markdown import escape_markdown

_KEY = "search"
_MOST = 7
_LONGEST = 100
_ICONS = {
    "job": ":material/badge:",
    "place": ":material/location_on:",
    "source": ":material/menu_book:",
    "occupation": ":material/work:",
}


def show_search(pages: Sequence[StreamlitPage], current: StreamlitPage) -> None:
    """Draw the box; whatever else is done than typing in it empties it."""
    if st.session_state.get(_KEY):
        st.session_state[_KEY] = ""
    with st.sidebar:
        _search_box(pages, current)


@fragment()
def _search_box(pages: Sequence[StreamlitPage], current: StreamlitPage) -> None:
    typed = st.text_input(
        "Search jobs, places, sources and pages",
        key=_KEY,
        type="search",
        live="200ms",
        placeholder="Search  /",
        icon=":material/search:",
        label_visibility="collapsed",
        autocomplete="off",
    )
    typed = (typed or "").strip()[:_LONGEST]
    if not typed:
        return
    with st.container(key="found", gap=None):
        found = _find(typed, pages)
        for number, item in enumerate(found):
            _offer(item, number, pages, current)
        if not found:
            st.caption(f"Nothing is called “{escape_markdown(typed)}”.")


def _find(typed: str, pages: Sequence[StreamlitPage]) -> list[Findable]:
    """Pages by name, then the rest; jobs by what the title means, where no name fits."""
    named = [Findable("page", page.title, page.url_path) for page in pages]
    known = cache.findables()
    found = search(typed, [*named, *known], _MOST)
    if any(item.kind == "job" for item in found):
        return found
    jobs = {dict(item.link)["profile"]: item for item in known if item.kind == "job"}
    meant = [jobs[match.code] for match in cache.matcher().match(typed, 3) if match.code in jobs]
    return [*found, *meant][:_MOST]


def _offer(
    item: Findable, number: int, pages: Sequence[StreamlitPage], current: StreamlitPage
) -> None:
    """A link to what was found; on the page that is open, a button that changes its choice."""
    page = next(page for page in pages if page.url_path == item.page)
    label = escape_markdown(item.label)
    icon = _ICONS.get(item.kind) or page.icon
    link = dict(item.link)
    if page.url_path != current.url_path:
        st.page_link(page, label=label, icon=icon, query_params=link)
    elif st.button(
        label, key=f"found {number}", icon=icon, type="tertiary", on_click=_choose, args=(link,)
    ):
        st.rerun()


def _choose(link: dict[str, str]) -> None:
    """Set what the open page's own pickers hold; a link to the same page would be ignored."""
    for name, value in link.items():
        held = st.session_state.get(name)
        st.session_state[name] = [value] if isinstance(held, list) else value
