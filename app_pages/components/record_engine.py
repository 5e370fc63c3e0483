"""What the Pay records page says of records that another engine holds, and of a copy of them."""

from datetime import datetime

import streamlit as st

from analytics.errors import EngineError, InputError
from app_pages import cache
from app_pages.components.markdown import escape_markdown
from data.records.engines.bands import MOST_CELLS, MOST_PAYERS
from data.records.engines.copied import EngineCopy
from data.records.engines.protocol import Extent
from data.records.engines.settings import engine_source
from data.store.settings import limit

#: Of which engine's table this session was told what a question costs, and whose copy to compare.
_AGREED, _COMPARED = "_engine_agreed", "_copy_compared"
_CHOICES = {cache.COPY: "The copy", cache.ENGINE: "The engine itself"}


def ready_to_answer() -> bool:
    """Whether a copy answers, or the engine may be asked; else what that costs is shown."""
    copy, chosen = cache.engine_copy(), cache.chosen_copy()
    if chosen is None and not agreed():
        if copy is not None:
            _choose()
        show_cost()
        return False
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if copy is not None:
            _choose()
        else:
            st.caption(_engine_in_words(), width="content")
        st.button("Ask again", icon=":material/refresh:", type="tertiary", on_click=cache.ask_again)
    if copy is not None:
        st.caption(_copy_in_words(chosen) if chosen else _engine_in_words())
    if chosen is not None:
        _say_staleness(chosen)
    return True


def agreed() -> bool:
    """Whether this session was shown what a question costs, and wants it asked."""
    return bool(st.session_state.get(_AGREED) == engine_source())


def show_cost() -> None:
    """What a question reads, how long it may take and what may come back; and a way to go on."""
    extent = cache.engine_extent()
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(engine_source())}** has {_size(extent)}.")
        st.markdown(
            "Each new question reads the columns that it needs of the whole table, two to four "
            "times; the first counts the records and their values besides. A statement that takes "
            f"{limit('RECORDS_SECONDS'):,} seconds is stopped there, and so is what you cancel. "
            f"At most {MOST_CELLS:,} cells come back, and for intervals of the market "
            f"{MOST_PAYERS:,} organizations by cell; a question of more is refused."
        )
        if cache.engine_copy() is None:
            st.caption(
                "`bandstand records copy` reads the table in order once; most answers then take "
                "milliseconds, and the engine rests."
            )
        st.button(
            "Ask the engine",
            type="primary",
            icon=":material/database_search:",
            on_click=_agree,
        )


def _agree() -> None:
    st.session_state[_AGREED] = engine_source()


def _size(extent: Extent) -> str:
    """Rows and bytes, as far as the engine tells them."""
    if extent.rows is None and extent.size is None:
        return "a size that it does not tell without being read"
    rows = f"{extent.rows:,} rows" if extent.rows is not None else "rows that it has not counted"
    return rows + (f" in {_bytes(extent.size)}" if extent.size is not None else "")


def _bytes(size: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size:,} bytes"


def _engine_in_words() -> str:
    """Where the records are, and what an answer costs there."""
    opened = cache.opened_records()
    return (
        f"Asked of {escape_markdown(opened.records.source)}: each new question reads "
        f"{opened.people:,} records two to four times. Answers of {opened.at:%H:%M}, stamp "
        f"{opened.stamp[:8]}.{_demo(opened.records.demo)}"
    )


def _copy_in_words(copy: EngineCopy) -> str:
    """Of which records the copy is, and how far it answers."""
    facts = copy.facts
    made = datetime.fromisoformat(facts.copied_at)
    return (
        f"Copy of {escape_markdown(facts.source)}: {facts.people:,} records, made "
        f"{made:%d %b %Y %H:%M}, stamp {facts.stamp[:8]}; {facts.questions} questions were "
        "answered alike to the cent. Titles, sizes and earlier dates are asked of the engine."
        f"{_demo(facts.demo)}"
    )


def _choose() -> None:
    """Draw the choice between the copy and the engine itself."""
    st.segmented_control(
        "Answers of",
        list(_CHOICES),
        default=cache.COPY,
        key=cache.ASK,
        bind="query-params",
        required=True,
        format_func=_CHOICES.__getitem__,
        label_visibility="collapsed",
    )


def _say_staleness(copy: EngineCopy) -> None:
    try:
        stale = cache.copy_is_stale(copy)
        compared = st.session_state.get(_COMPARED) == copy.facts.identity or agreed()
        if stale is False:
            return
        changes = cache.copy_staleness(copy.facts.identity) if compared else ""
    except (EngineError, InputError) as error:
        st.warning(
            f"The copy was not compared with the engine: {escape_markdown(str(error))}",
            icon=":material/cloud_off:",
        )
        return
    if compared and not changes:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if changes or stale:
            st.warning(
                f"The copy is stale: {escape_markdown(changes or 'the files have changed')}. Ask "
                "the engine itself, or copy anew with `bandstand records copy`.",
                icon=":material/history:",
            )
        if not compared:
            st.button(
                "Compare with the engine",
                icon=":material/difference:",
                help="Reads all records there once, and says by what they differ from the copy.",
                on_click=_compare,
                args=(copy.facts.identity,),
            )


def _compare(identity: str) -> None:
    st.session_state[_COMPARED] = identity


def _demo(demo: bool) -> str:
    return " Demo data: nobody's pay." if demo else ""
