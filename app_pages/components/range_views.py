"""What the Ranges page shows below its grid: table, market line, steps, files, comparison."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.errors import BandstandError
from analytics.market_tables import sources_named
from analytics.ranges.build import BuiltStructure, Structure
from analytics.ranges.changes import accept_changes, change_table, setting_changes
from analytics.ranges.exchange import exchange_words
from analytics.ranges.tables import line_table, step_schedule, structure_table
from analytics.rows import typed_rows
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.posting_range import show_posting_range
from app_pages.components.range_grid import kind_of_pay, remember
from app_pages.components.range_movement import show_movement
from app_pages.components.tables import Table
from data.files import exports
from data.files.ranges_workbook import CHANGES, EDITABLE, STRUCTURE, RangesFile
from data.files.ranges_workbook import STEPS as SCHEDULE
from data.ranges.edited_file import about_file, file_table, read_edited
from data.ranges.versions import Version

TABLE, LINE, STEPS, EXCEL = "Table", "Market line", "Steps", "Edit in Excel"
COMPARE, MOVEMENT, POSTING = "Compare versions", "Market movement", "Posting range"
TAB = "range_view"
#: Changed ranges on the chart; the table has all.
_MOST_CHANGES = 30


def show_range_tabs(structure: Structure, built: BuiltStructure, opened: Version | None) -> None:
    """The tabs below the grid; a closed tab computes nothing."""
    views: Mapping[str, Callable[[], None]] = {
        TABLE: lambda: _table(structure, built),
        LINE: lambda: _line(structure, built),
        STEPS: lambda: _steps(structure, built),
        EXCEL: lambda: _excel(structure, opened),
        COMPARE: lambda: _compare(opened),
        MOVEMENT: lambda: show_movement(structure, built, describe(structure)),
        POSTING: lambda: show_posting_range(structure, built.ranges),
    }
    tabs = st.tabs(list(views), key=TAB, bind="query-params", on_change="rerun")
    for tab, show in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                show()


def describe(structure: Structure) -> dict[str, str]:
    """What a file of the structure says of it."""
    return {
        "market of": structure.month,
        "currency": exchange_words(structure),
        "midpoints": structure.settings.midpoints,
        "spreads": structure.settings.both_conventions,
        "places": ", ".join(f"{r.place} × {r.factor:.3f}" for r in structure.places) or "none",
    }


def _table(structure: Structure, built: BuiltStructure) -> None:
    frame = structure_table(structure, built.ranges)
    first = ("level", "place", "minimum", "midpoint", "maximum", "spread", "progression", "overlap")
    Table.of(frame).show("structure", "Every range with what follows from it", first=first)
    used = {name for text in frame.source for name in text.split(", ")}
    sources = sources_named(cache.source_table().frame, used)
    file = RangesFile(STRUCTURE, (structure,))
    about = describe(structure)
    downloads.offer_table(frame, "bandstand ranges", about, sources, lambda: file.spec)


def _line(structure: Structure, built: BuiltStructure) -> None:
    if not built.lines:
        st.caption("Midpoints come straight from the market. Choose Market line above to fit one.")
        return
    for function, line in built.lines.items():
        levels = [level for level in structure.markets if level.function == function]
        charts.draw(
            charts.line_chart(levels, line, structure.currency),
            key=f"line {function}",
            alt=charts.line_alt(levels, line, structure.currency),
        )
        st.caption(
            f"{escape_markdown(function)}: log pay on grade by least squares, "
            f"{line.progression:.1%} a grade; the area is the line's 90 percent interval."
        )
    Table.of(line_table(structure, built)).show("line table", "The market line by level", first=())


def _steps(structure: Structure, built: BuiltStructure) -> None:
    frame = step_schedule(structure, built.ranges)
    if not len(frame):
        st.caption("No steps. Give their number above to divide each range into steps.")
        return
    Table.of(frame).show("step schedule", "Pay at each step of each range", first=())
    about = describe(structure) | {"steps": str(structure.settings.steps)}
    none, file = cache.source_table().frame.head(0), RangesFile(SCHEDULE, (structure,))
    downloads.offer_table(frame, "bandstand steps", about, none, lambda: file.spec)


def _excel(structure: Structure, opened: Version | None) -> None:
    """The opened version as a workbook to edit, and what an edited one changes."""
    if opened is None:
        st.caption("Save the structure first: a file to edit names the version that it is of.")
        return
    if opened.structure != structure:
        st.caption(f"The file holds {escape_markdown(opened.label)} as saved, without the changes "
                   "that are on this page alone.")  # fmt: skip
    downloads.offer_workbook(
        lambda: exports.to_excel(
            file_table(opened), about_file(opened), cache.source_table().frame.head(0),
            RangesFile(EDITABLE, (opened.structure,), opened.checksum).spec,
        ),
        "bandstand-ranges-to-edit.xlsx", "Download to edit", {"structure": opened.label},
    )  # fmt: skip
    file = st.file_uploader("The edited file", help="Excel (.xlsx) or CSV.", key="edited ranges")
    if file is None:
        return
    try:
        edited = read_edited(file.name, file.getvalue(), cache.structure_versions())
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    for problem in edited.problems:
        st.warning(escape_markdown(str(problem)), icon=":material/rule:")
    changes = edited.changes
    kind, here = kind_of_pay(edited.version.structure), kind_of_pay(structure)
    if kind != here:
        st.error(f"The file is in {kind}, and the page in {here}: choose {kind} above to take its "
                 "changes.", icon=":material/error:")  # fmt: skip
        return
    st.caption(
        f"{edited.rows} rows, {len(changes)} changed cells, {len(edited.problems)} rows left out, "
        f"{len(edited.missing)} ranges not in the file."
    )
    with st.form("accept", border=False):
        keys = list(dict.fromkeys(change.key for change in changes))
        accepted = [
            key
            for key in keys
            if st.checkbox(
                escape_markdown(f"{key}: ") + escape_markdown("; ".join(
                    f"{c.point} {c.before:,.0f} → {c.after:,.0f}" for c in changes if c.key == key
                )),
                value=True, key=f"accept {key}",
            )
        ]  # fmt: skip
        pressed = st.form_submit_button("Accept the ticked rows", disabled=not keys)
    if pressed and accepted:
        changed = accept_changes(edited.version.structure, changes, accepted)
        remember(structure, dict(structure.set_ranges) | {
            key: ends for key, ends in changed.set_ranges.items() if key in accepted
        })  # fmt: skip
        st.rerun()


def _compare(opened: Version | None) -> None:
    """What changed between two versions of the structure that is open."""
    same = [v for v in cache.structure_versions() if opened and v.name == opened.name]
    if len(same) < 2:
        st.caption("Open a saved structure of two or more versions to compare them.")
        return
    numbers = [v.version for v in same]
    one, two = st.columns(2)
    before = one.selectbox("Version", numbers, index=len(numbers) - 2, key="compare from")
    after = two.selectbox("compared with", numbers, index=len(numbers) - 1, key="compare to")
    old, new = (same[numbers.index(n)].structure for n in (before, after))
    for text in setting_changes(old, new):
        st.caption(escape_markdown(text))
    frame = change_table(old, new)
    if not len(frame):
        st.caption("No range differs.")
        return
    rows = typed_rows(frame, charts.RangeChange)[:_MOST_CHANGES]
    charts.draw(
        charts.change_chart(rows, new.currency),
        key="changes chart",
        alt=charts.change_alt(rows, new.currency),
    )
    Table.of(frame).show("range changes", "What changed between the two versions", first=())
    about = {"before": str(before), "after": str(after)}
    none, file = cache.source_table().frame.head(0), RangesFile(CHANGES, (old, new))
    downloads.offer_table(frame, "bandstand range changes", about, none, lambda: file.spec)
