"""Import: bring what is yours, checked before anything is kept."""

from collections.abc import Callable
from functools import partial

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from analytics.rows import Load
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.import_form import import_form
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.files.problems import Problem, problem_table
from data.imports.load import load_oews, load_taxonomy, reapply, withdraw
from data.imports.log import ACTIVE
from data.imports.taxonomy.templates import taxonomy_files, zipped
from data.imports.team_files.file_types import NAMES, file_type

_DONE = "import done"


def checked(files: dict[str, bytes]) -> bool:
    """The report on the files; True when nothing is wrong with them."""
    read, problems = cache.read_taxonomy(tuple(sorted(files.items())))
    if problems:
        st.error(
            f"{len(problems):,} problem{'s' if len(problems) > 1 else ''}; nothing can be loaded "
            "until all are mended.",
            icon=":material/error:",
        )
        table = problem_table(problems)
        Table.of(table).show("problems", "What is wrong with the files", first=())
        downloads.offer_table(
            table, "problems", {"files": ", ".join(files)}, cache.source_table().frame
        )
        return False
    counts = ", ".join(f"{len(rows):,} {name}" for name, rows in read.rows.items() if rows)
    st.success(f"Nothing wrong: {len(read):,} rows ({counts}).", icon=":material/check_circle:")
    return True


def act(write: Callable[[duckdb.DuckDBPyConnection], str]) -> None:
    """Make a change to the store, and say on the page drawn anew what was done."""
    try:
        st.session_state[_DONE] = cache.write(write)
    except BandstandError as error:
        st.error(escape_markdown(str(error)))
    else:
        st.rerun()


def own_taxonomy() -> None:
    """Files of a taxonomy: checked together, loaded together."""
    st.text(
        "CSV files for functions, focuses, levels and profiles; criteria, skills, a crosswalk, "
        "other titles and a role guide if you have them. All of it is loaded, or nothing."
    )
    st.download_button(
        "Download templates",
        zipped(taxonomy_files()),
        file_name="bandstand-taxonomy-templates.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption("The templates hold a small made-up function, named as an example.")
    uploads = st.file_uploader("The files", type=["csv"], accept_multiple_files=True)
    given = {upload.name.casefold(): upload.getvalue() for upload in uploads}
    if len(given) < len(uploads):
        st.error("Two of the files have one name; leave one out.")
    elif given and checked(given) and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_taxonomy(con, given, ", ".join(sorted(given))))


def bls_release() -> None:
    """A BLS file: the report first, with every row that would be left out."""
    st.text(
        "A BLS OEWS file of any release since 2014, as it is downloaded: national, state, metro or "
        "by sector. Area wages then move pay by the occupation's own ratio."
    )
    upload = st.file_uploader("The file", type=["xlsx", "csv", "zip"])
    if upload is None:
        return
    content = upload.getvalue()
    try:
        release, found = cache.read_release(upload.name, content)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    rejected = [*release.rejected, *found.contradicting]
    left_out = len({problem.row for problem in rejected})
    st.success(
        f"OEWS May {release.year}: {release.rows_in:,} rows, {len(found.new):,} new, "
        f"{len(found.known):,} known already, {left_out:,} to be left out.",
        icon=":material/check_circle:",
    )
    left_out_rows(rejected, upload.name)
    if found.new and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_oews(con, release, content)[0])


def left_out_rows(rejected: list[Problem], file: str) -> None:
    """The rows that would be left out, each with its reason; nothing when there are none."""
    if rejected:
        table = problem_table(rejected)
        Table.of(table).show("rejected", "Rows that would be left out", first=())
        downloads.offer_table(table, "rows left out", {"file": file}, cache.source_table().frame)


def loaded(said: str) -> None:
    """Say on the page drawn anew what was done."""
    st.session_state[_DONE] = said
    st.rerun()


def inside(row: Load) -> None:
    """What a load brought: its first rows on screen, all of them as files."""
    if row.kind not in INSIDE:
        st.caption("The jobs of a taxonomy are under Job profile, and its levels under Ladder.")
        return
    query, load = INSIDE[row.kind], str(row.load)
    shown = cache.first_rows(query, load)
    if len(shown) < row.rows_loaded:
        st.caption(f"The first {len(shown):,} rows; the files hold all of them.")
    shown.show("inside", f"Rows of load {load}", first=())
    downloads.offer_long_table(
        lambda: cache.all_rows(query, load), f"load {load}", {"load": load},
        cache.source_table().frame, row.rows_loaded,
    )  # fmt: skip


#: What the list of loads shows first, and the query for the rows of each kind.
LISTED = ("load", "kind", "name", "state", "rows_in", "rows_loaded", "rows_rejected", "loaded_at")
INSIDE = {
    "survey": "loaded_surveys",
    "records": "loaded_records",
    "roster": "loaded_roster",
    "ranges": "loaded_ranges",
    "oews": "loaded_oews",
}
KINDS: dict[str, Callable[[], None]] = {
    "A taxonomy of your own": own_taxonomy,
    **{file_type(name).title: partial(import_form, name, loaded) for name in NAMES},
    "BLS wages": bls_release,
}

st.title("Import")
if done := st.session_state.pop(_DONE, ""):
    st.success(escape_markdown(done))
kind = st.segmented_control(
    "What to load", list(KINDS), default=next(iter(KINDS)), key="kind", bind="query-params",
    required=True,
)  # fmt: skip
st.header(kind or next(iter(KINDS)))
KINDS[kind or next(iter(KINDS))]()

st.header("What you have loaded")
loads = cache.loads()
if not len(loads):
    st.caption("Nothing yet.")
    st.stop()
loads.show("loads", "Every load, with its rows and whether it stands", first=LISTED)
downloads.offer_table(loads.frame, "loads", {}, cache.source_table().frame)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = {str(row.load): f"{row.load}: {row.name}, {row.state}" for row in loads.rows}
    number = st.selectbox(
        "Load", list(names), index=len(names) - 1, format_func=names.__getitem__, key="load",
        bind="query-params",
    )  # fmt: skip
    picked = next(row for row in loads.rows if str(row.load) == number)
    stands = picked.state == ACTIVE
    if st.button("Withdraw" if stands else "Bring back"):
        act(lambda con: (withdraw if stands else reapply)(con, picked.load))
inside(picked)
