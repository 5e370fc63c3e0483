"""What a load did, and where what it brought is seen."""

import re

import streamlit as st

from analytics.pay_basis import LABELS
from analytics.pricing.question import BASES
from app_pages import cache
from app_pages.components.import_words import page_text
from app_pages.components.pay_question import BASIS, JOB

_DONE, _ROUND = "import done", "import round"
_HOME = "app_pages/home.py"


def rerun_with(message: str, *, loaded: bool = False) -> None:
    """Rerun the page with a message of what was done; after a load it is ready for the next."""
    st.session_state[_DONE] = (message, loaded)
    if loaded:
        st.session_state[_ROUND] = upload_round() + 1
    st.rerun()


def upload_round() -> int:
    """How many files were loaded before; each has an uploader of its own."""
    return int(st.session_state.get(_ROUND, 0))


def show_done() -> None:
    """What was done last, with the page that shows it."""
    message, loaded = st.session_state.pop(_DONE, ("", False))
    if not message:
        return
    st.success(page_text(message), icon=":material/check_circle:")
    number = re.search(r"\bload (\d+)", message) if loaded else None
    for load in cache.loads().rows:
        if number and load.load == int(number[1]):
            _lead_on(load.kind, number[1])


def _lead_on(kind: str, load: str) -> None:
    """Where a load is seen: on Home's chart, under Pay records or Places."""
    if kind == "records":
        st.page_link(
            "app_pages/records.py", label="See them in Pay records", icon=":material/groups:"
        )
    elif kind == "oews":
        st.page_link("app_pages/places.py", label="See them on Places", icon=":material/map:")
    elif kind in ("survey", "roster", "ranges"):
        link = _question(kind, load)
        st.page_link(
            _HOME, label="See it on Home's chart", icon=":material/bar_chart:", query_params=link
        )


def _question(kind: str, load: str) -> dict[str, str]:
    """The question of Home's that a load answers: its first known job, on its own pay basis."""
    query = {"survey": "loaded_surveys", "roster": "loaded_roster", "ranges": "loaded_ranges"}[kind]
    frame = cache.first_rows(query, load).frame
    known = frame[frame["code"].notna()] if "code" in frame else frame[:0]
    if not len(known):
        return {}
    row = known.iloc[0]
    basis = row.get("pay_basis", "base")
    return {JOB: str(row["code"])} | ({BASIS: LABELS[basis]} if basis in BASES else {})
