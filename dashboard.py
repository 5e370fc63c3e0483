"""The door for people: page set-up, search, navigation."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from analytics.errors import BandstandError, InputError
from analytics.permissions import Action
from app_pages import cache
from app_pages.asking import allowed, viewed
from app_pages.components import filters, people_filters, record_filters
from app_pages.components.filter_bar import keep
from app_pages.components.fragments import stopped_in_words
from app_pages.components.markdown import escape_markdown
from app_pages.components.search_box import show_search
from app_pages.components.sign_in import let_in, show_account
from app_pages.components.upload_limits import bound_uploads
from data.access.sign_in import auth_mode
from data.store.disk_errors import told_in_words

PICTURES = Path(__file__).parent / "app_pages"
NOT_FOR_OTHERS = (
    "What is shown here is for others (BANDSTAND_RECORDS=aggregate), and its store has rows of "
    "the team's own, or nothing published. Publish with 'bandstand publish DIR', and name "
    "DIR/bandstand.duckdb in BANDSTAND_DB."
)
STYLE = PICTURES / "style.css"
SCRIPT = PICTURES / "page.js"

st.set_page_config(page_title="Bandstand", page_icon=str(PICTURES / "icon.svg"), layout="wide")
bound_uploads()
st.html(STYLE)
st.html(f"<script>{SCRIPT.read_text('utf-8')}</script>", unsafe_allow_javascript=True)
st.logo(str(PICTURES / "logo.svg"), size="large")

PAGES = {
    "Benchmarks": [
        st.Page("app_pages/home.py", title="Home", icon=":material/home:", default=True),
        st.Page("app_pages/market.py", title="Market", icon=":material/bar_chart:"),
        st.Page("app_pages/price.py", title="Price a job", icon=":material/balance:"),
        st.Page("app_pages/places.py", title="Places", icon=":material/map:"),
        st.Page("app_pages/records.py", title="Pay records", icon=":material/stacked_bar_chart:"),
    ],
    "People": [
        st.Page("app_pages/people.py", title="People", icon=":material/groups:"),
    ],
    "Ladder": [
        st.Page("app_pages/ladder.py", title="Ladder", icon=":material/stairs_2:"),
        st.Page("app_pages/profile.py", title="Job profile", icon=":material/badge:"),
        st.Page("app_pages/guide.py", title="Role guide", icon=":material/explore:"),
        st.Page("app_pages/find.py", title="Find a job", icon=":material/search:"),
        st.Page("app_pages/decode.py", title="Decode a posting", icon=":material/find_in_page:"),
        st.Page("app_pages/compare.py", title="Compare", icon=":material/compare_arrows:"),
        st.Page("app_pages/gap.py", title="Gap to the next level", icon=":material/trending_up:"),
    ],
    "Structure": [
        st.Page("app_pages/ranges.py", title="Ranges", icon=":material/align_vertical_center:"),
        st.Page("app_pages/ote.py", title="OTE", icon=":material/payments:"),
    ],
    "Data": [
        st.Page("app_pages/sources.py", title="Sources", icon=":material/menu_book:"),
        st.Page("app_pages/calibration.py", title="Calibration", icon=":material/verified:"),
        st.Page(
            "app_pages/imports.py", title="Import", icon=":material/upload:", url_path="import"
        ),
    ],
}
try:
    with told_in_words():
        if not let_in():
            st.navigation(PAGES, position="hidden")  # else the links of the run before stay
            st.stop()
        if not allowed(Action.SEE_ROWS):
            del PAGES["People"]
            if not cache.may_be_opened_to_others():
                raise InputError(NOT_FOR_OTHERS)
        if not allowed(Action.IMPORT):
            PAGES["Data"].pop()  # whose rows a load shows, those who look may not see
        if auth_mode() and allowed(Action.SEE_AUDIT):
            PAGES["Data"].append(
                st.Page("app_pages/audit.py", title="Audit", icon=":material/history:")
            )
        page = st.navigation(PAGES, expanded=True)
        show_search([each for section in PAGES.values() for each in section], page)
        show_account()
        # A filter stands only where it acts; elsewhere its value is kept for the way back.
        filters.hold_filters(page.url_path)
        for path, keys in (
            ("records", record_filters.KEYS),
            ("people", people_filters.KEYS),
        ):
            if page.url_path != path:
                keep(keys)
        for words in cache.damaged_load_messages() if allowed(Action.IMPORT) else ():
            st.error(escape_markdown(f"Damaged: {words}. Restore a backup, or withdraw the load."))
        viewed(page.title, urlencode(st.query_params.to_dict(), doseq=True))
except BandstandError as error:
    st.error(str(error))
    st.stop()
with stopped_in_words():
    page.run()
cache.freeze_garbage()
