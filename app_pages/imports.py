"""Import: your own data, checked before anything is stored."""

from collections.abc import Callable
from functools import partial

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from analytics.rows import Load
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.import_form import import_form
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.files.problems import Problem, problem_table
from data.imports.load import load_oews, load_taxonomy, reapply, withdraw
from data.imports.log import ACTIVE
from data.imports.taxonomy.templates import taxonomy_files, zipped
from data.imports.team_files.file_types import NAMES, file_type

_DONE = "import done"


def checked(files: dict[str, bytes]) -> bool:
    """Report on the files of a taxonomy; True if they have no problems."""
    taxonomy, problems = cache.read_taxonomy(tuple(sorted(files.items())))
    if problems:
        st.error(
            f"{len(problems):,} problem{'s' if len(problems) > 1 else ''}; nothing can be loaded "
            "until all are fixed.",
            icon=":material/error:",
        )
        table = problem_table(problems)
        Table.of(table).show("problems", "Problems with the files", first=())
        downloads.offer_table(
            table, "problems", {"files": ", ".join(files)}, cache.source_table().frame
        )
        return False
    counts = ", ".join(f"{len(rows):,} {name}" for name, rows in taxonomy.rows.items() if rows)
    st.success(f"No problems: {len(taxonomy):,} rows ({counts}).", icon=":material/check_circle:")
    return True


def act(write: Callable[[duckdb.DuckDBPyConnection], str]) -> None:
    """Change the store, and rerun the page with a message of what was done."""
    try:
        st.session_state[_DONE] = cache.write(write)
    except BandstandError as error:
        st.error(escape_markdown(str(error)))
    else:
        st.rerun()


def taxonomy_form() -> None:
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
    files = {upload.name.casefold(): upload.getvalue() for upload in uploads}
    if len(files) < len(uploads):
        st.error("Two of the files have the same name; remove one.")
    elif files and checked(files) and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_taxonomy(con, files, ", ".join(sorted(files))))


def oews_form() -> None:
    """A BLS file: its report, with every row that would be left out, then the load button."""
    st.text(
        "A BLS OEWS file of any release since 2014, as downloaded: national, state, metro or by "
        "sector. Area wages then adjust pay by the occupation's own ratio."
    )
    upload = st.file_uploader("The file", type=["xlsx", "csv", "zip"])
    if upload is None:
        return
    content = upload.getvalue()
    try:
        release, reconciled = cache.read_release(upload.name, content)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    rejected = [*release.rejected, *reconciled.contradicting]
    left_out = len({problem.row for problem in rejected})
    st.success(
        f"OEWS May {release.year}: {release.rows_in:,} rows, {len(reconciled.new):,} new, "
        f"{len(reconciled.known):,} already known, {left_out:,} to be left out.",
        icon=":material/check_circle:",
    )
    show_rejected(rejected, upload.name)
    if reconciled.new and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_oews(con, release, content)[0])


def show_rejected(rejected: list[Problem], file: str) -> None:
    """The rows that would be left out, each with its reason; nothing if there are none."""
    if rejected:
        table = problem_table(rejected)
        Table.of(table).show("rejected", "Rows that would be left out", first=())
        downloads.offer_table(table, "rows left out", {"file": file}, cache.source_table().frame)


def rerun_with(message: str) -> None:
    """Rerun the page with a message of what was done."""
    st.session_state[_DONE] = message
    st.rerun()


def show_load(row: Load) -> None:
    """The first rows of a load on screen, all of them as files."""
    if row.kind not in ROW_QUERIES:
        st.caption("The jobs of a taxonomy are under Job profile, and its levels under Ladder.")
        return
    query, load = ROW_QUERIES[row.kind], str(row.load)
    shown = cache.first_rows(query, load)
    if len(shown) < row.rows_loaded:
        st.caption(f"The first {len(shown):,} rows; the files hold all of them.")
    shown.show("inside", f"Rows of load {load}", first=())
    downloads.offer_long_table(
        lambda: cache.all_rows(query, load),
        f"load {load}",
        {"load": load},
        cache.source_table().frame,
        row.rows_loaded,
    )


#: The first columns of the list of loads, and the query for the rows of each kind.
LISTED = ("load", "kind", "name", "state", "rows_in", "rows_loaded", "rows_rejected", "loaded_at")
ROW_QUERIES = {
    "survey": "loaded_surveys",
    "records": "loaded_records",
    "roster": "loaded_roster",
    "ranges": "loaded_ranges",
    "oews": "loaded_oews",
}
KINDS: dict[str, Callable[[], None]] = {
    "A taxonomy of your own": taxonomy_form,
    **{file_type(name).title: partial(import_form, name, rerun_with) for name in NAMES},
    "BLS wages": oews_form,
}

st.title("Import")
if done := st.session_state.pop(_DONE, ""):
    st.success(escape_markdown(done))
kind = st.segmented_control(
    "What to load",
    list(KINDS),
    default=next(iter(KINDS)),
    key="kind",
    bind="query-params",
    required=True,
)
st.header(kind or next(iter(KINDS)))
KINDS[kind or next(iter(KINDS))]()

st.header("What you have loaded")
loads = cache.loads()
if not len(loads):
    st.caption("Nothing yet.")
    st.stop()
loads.show("loads", "Every load, with its rows and its state", first=LISTED)
downloads.offer_table(loads.frame, "loads", {}, cache.source_table().frame)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = {str(row.load): f"{row.load}: {row.name}, {row.state}" for row in loads.rows}
    take_codes("load", names)
    number = st.selectbox(
        "Load",
        list(names),
        index=len(names) - 1,
        format_func=names.__getitem__,
        key="load",
        bind="query-params",
    )
    picked = next(row for row in loads.rows if str(row.load) == number)
    active = picked.state == ACTIVE
    if st.button("Withdraw" if active else "Restore"):
        act(lambda con: (withdraw if active else reapply)(con, picked.load))
show_load(picked)
