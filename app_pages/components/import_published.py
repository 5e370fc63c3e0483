"""Import files whose columns are fixed: a taxonomy of one's own, and wages of BLS."""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import streamlit as st

from analytics.errors import BandstandError
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.import_words import page_text
from app_pages.components.tables import Table
from data.files.problems import Problem, problem_table
from data.imports.load import load_oews, load_taxonomy
from data.imports.taxonomy.templates import taxonomy_files, zipped
from data.imports.team_files.remedies import page_words

Act = Callable[[Callable[[duckdb.DuckDBPyConnection], str]], None]


def about_taxonomy() -> None:
    """What the files of a taxonomy are, and their templates."""
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


def taxonomy_form(uploads: Sequence[Any], act: Act) -> None:
    """Files of a taxonomy: checked together, loaded together."""
    files = {upload.name.casefold(): upload.getvalue() for upload in uploads}
    if len(files) < len(uploads):
        st.error("Two of the files have the same name; remove one.")
    elif _checked(files) and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_taxonomy(con, files, ", ".join(sorted(files))))


def _checked(files: dict[str, bytes]) -> bool:
    """Report on the files of a taxonomy; True if they have no problems."""
    taxonomy, problems = cache.read_taxonomy(tuple(sorted(files.items())))
    if problems:
        st.error(
            f"{len(problems):,} problem{'s' if len(problems) > 1 else ''}; nothing can be loaded "
            "until all are fixed.",
            icon=":material/error:",
        )
        _show_problems(problems, "problems", "Problems with the files", ", ".join(files))
        return False
    counts = ", ".join(f"{len(rows):,} {name}" for name, rows in taxonomy.rows.items() if rows)
    st.success(f"No problems: {len(taxonomy):,} rows ({counts}).", icon=":material/check_circle:")
    return True


def about_oews() -> None:
    """What a file of BLS is."""
    st.text(
        "A BLS OEWS file of any release since 2014, as downloaded: national, state, metro or by "
        "sector. Area wages then adjust pay by the occupation's own ratio."
    )


def oews_form(upload: Any, act: Act) -> None:
    """A BLS file: its report, with every row that would be left out, then the load button."""
    content = upload.getvalue()
    try:
        release, reconciled = cache.read_release(upload.name, content)
    except BandstandError as error:
        st.error(page_text(str(error)), icon=":material/error:")
        return
    rejected = [*release.rejected, *reconciled.contradicting]
    left_out = len({problem.row for problem in rejected})
    st.success(
        f"OEWS May {release.year}: {release.rows_in:,} rows, {len(reconciled.new):,} new, "
        f"{len(reconciled.known):,} already known, {left_out:,} to be left out.",
        icon=":material/check_circle:",
    )
    if rejected:
        _show_problems(rejected, "rows left out", "Rows that would be left out", upload.name)
    if reconciled.new and st.button("Load", type="primary", icon=":material/upload:"):
        act(lambda con: load_oews(con, release, content)[0])


def _show_problems(problems: Sequence[Problem], name: str, title: str, file: str) -> None:
    table = problem_table(list(problems))
    shown = table.map(lambda cell: page_words(cell) if isinstance(cell, str) else cell)
    Table.of(shown).show(name, title, first=())
    downloads.offer_table(shown, name, {"file": file}, cache.source_table().frame)
