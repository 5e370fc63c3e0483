"""Pay records: exact bands of any part of them, with intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import streamlit as st

from analytics.disclosure import THRESHOLDS
from analytics.errors import BandstandError, CancelledError
from app_pages import cache, charts
from app_pages.components import downloads, record_filters
from app_pages.components.background_task import BackgroundTask, show_progress
from app_pages.components.filters import BASIS_WORDS
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.records.bands import without_sample_sizes
from data.records.index import INDEX_ORDER
from data.records.question import AGGREGATE, DIMENSIONS, OWNER, RecordQuery, server_mode

_PATIENCE = 0.5
_WORK = "records work"
#: Percentiles that draw a shape, and the people that it takes: five between two points at least.
_SHAPE = tuple(round(0.05 * i, 2) for i in range(1, 20))
_SHAPE_PEOPLE = 100
_ELEMENTS = {"base": "Base", "target_cash": "Target cash", "total_comp": "Total"}
_FIRST = ("n", "organisations", "p10", "p25", "p50", "p50_interval", "p75", "p90", "note")


def empty() -> None:
    """What to do where nothing is loaded."""
    st.info("No pay records are loaded yet.", icon=":material/stacked_bar_chart:")
    st.text(
        "Load one row a person's pay, of your own organisation or of many: CSV, Excel or Parquet. "
        "To look around first, make up some with the command below; they are labelled demo."
    )
    if server_mode() == OWNER:
        st.page_link("app_pages/imports.py", label="Import", icon=":material/upload:")
    st.code("bandstand demo records --rows 100000", language="sh")


def prepare() -> bool:
    """Whether the sorted store is there; else it is made beside the page, which says how far."""
    state: dict[str, Any] = {"share": 0.0, "stopped": False}

    def tell(share: float) -> None:
        state["share"] = share
        if state["stopped"]:
            raise CancelledError("cancelled; nothing has changed")

    made = _finished(
        "sorted", cache.record_identity(), lambda: cache.pay_records(tell),
        lambda: float(state["share"]), lambda: state.update(stopped=True),
        "Putting the records in order",
    )  # fmt: skip
    return made is not None


def answer(asked: RecordQuery, role: str = "bands") -> Table | None:
    """The band table; None while the engine is still at it, or was stopped.

    ``role`` tells the questions of one view apart.
    """
    if asked.in_order:
        return cache.record_bands(asked)
    cursors: list[duckdb.DuckDBPyConnection] = []

    def stop() -> None:
        for cursor in cursors:
            cursor.interrupt()

    def progress() -> float:
        return cursors[0].query_progress() / 100 if cursors else 0.0

    found: list[Table] | None = _finished(
        role, (cache.record_identity(), asked), lambda: [cache.record_bands(asked, cursors)],
        progress, stop,
        "Reading the records",
    )  # fmt: skip
    return found[0] if found else None


def _finished(
    role: str,
    what: object,
    do: Callable[[], Any],
    progress: Callable[[], float],
    cancel: Callable[[], None],
    doing: str,
) -> Any:
    """The outcome of some work, begun unless it is under way; None while it lasts."""
    works: dict[str, tuple[object, BackgroundTask[Any]]] = st.session_state.setdefault(_WORK, {})
    if role not in works or works[role][0] != what:
        if role in works:
            works[role][1].stop()
        works[role] = what, BackgroundTask(do, lambda: max(0.0, min(progress(), 1.0)), cancel)
    work = works[role][1]
    if not work.done(within=_PATIENCE):
        show_progress(work, doing)
        return None
    del works[role]  # what was found is kept among the cached answers, until a load changes them
    try:
        return work.result()
    except CancelledError:
        st.warning("Cancelled; nothing has changed.", icon=":material/cancel:")
        st.button("Begin again")
        return None


def question(known: Mapping[str, Sequence[str]]) -> RecordQuery:
    """What the page's switches and the sidebar ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        element = st.segmented_control(
            "Pay", list(_ELEMENTS), default="base", key="pay", bind="query-params",
            required=True, format_func=_ELEMENTS.__getitem__,
            help="Target cash is base and variable pay, total adds equity. Who has no such figure "
            "stated is not counted.",
        )  # fmt: skip
        fixed = record_filters.is_aggregate()
        names = list(INDEX_ORDER[1:]) if fixed else list(DIMENSIONS)
        names.sort(key=lambda name: name != "level")  # which is what is looked at first
        rows = st.selectbox(
            "By", names, key="by", bind="query-params", width=150, format_func=str.title
        )
        others = [record_filters.NOTHING, *(name for name in names if name != rows)]
        panels = st.selectbox(
            "and by", others, key="and", bind="query-params", width=150, format_func=str.capitalize
        )
    by = tuple(name for name in (rows, panels) if name and name != record_filters.NOTHING)
    since, until = record_filters.date_range()
    mode = AGGREGATE if record_filters.is_aggregate() else OWNER
    where = record_filters.selected_values()
    currency = record_filters.currency(known)
    return RecordQuery(currency, element or "base", by, where, since, until, mode=mode).checked()


def said(asked: RecordQuery) -> dict[str, str]:
    """The question in words, for an export's second sheet and its log."""
    where = "; ".join(f"{name}: {', '.join(values)}" for name, values in asked.where)
    return {
        "by": ", ".join(asked.by), "where": where or "all", "pay": BASIS_WORDS[asked.element],
        "currency": asked.currency, "since": asked.since or "the first",
        "until": asked.until or "the last", "mode": asked.mode,
    }  # fmt: skip


def _who() -> str:
    """Who has to be in a cell that others may see."""
    if cache.pay_records().store.single:
        return "people of one date"
    return f"organisations, none of which holds over {THRESHOLDS.share:.0%}"


def explain(asked: RecordQuery, table: Table, *, looks_into: bool) -> None:
    """In which mode the page is, on what the figures stand, and whether bars can be clicked on."""
    if table.rows and table.rows[0].status.endswith("demo data"):
        st.warning("Demo data: made up, nobody's pay.", icon=":material/science:")
    if asked.mode == AGGREGATE:
        st.info(
            f"Aggregate: cells of at least {THRESHOLDS.payers} {_who()}; P10, P90 and intervals "
            f"from {THRESHOLDS.payers_in_tails} on; pay rounded to about {THRESHOLDS.step:.0%}, "
            "people in size bands. Smaller cells are counted under “Other”, or held back.",
            icon=":material/shield_person:",
        )
        return
    people = sum(row.n for row in table.rows)
    each = f"{len(table.rows):,} cell{'s' if len(table.rows) != 1 else ''}"
    st.caption(
        f"Owner: you see your own rows. {people:,} people in {each}; computed exactly from the "
        "records, with 95 % intervals of each percentile."
        + " Click a bar to look into it."
        * looks_into
    )


def beside(asked: RecordQuery) -> Table | None:
    """The market and own ranges by level, where the records are divided by level alone."""
    if asked.by != ("level",):
        return None
    functions = next((values for name, values in asked.where if name == "function"), ())
    known = cache.record_values()["function"]
    one = functions[0] if len(functions) == 1 else known[0] if len(known) == 1 else ""
    if one and answer(replace(asked, by=("function",)), "whole") is None:
        return None
    return cache.record_beside(asked, one)


def draw_shape(asked: RecordQuery, table: Table) -> None:
    """The share of people paid at most so much, of one cell that is large enough."""
    cells = [tuple(str(getattr(row, name)) for name in asked.by) for row in table.rows]
    cell = st.selectbox("Cell", cells, format_func=" · ".join, key="shape of")
    row = table.rows[cells.index(cell)]
    if asked.mode == AGGREGATE:
        if row.p10 != row.p10 or row.p50 != row.p50:
            st.caption(
                f"{escape_markdown(row.note)}. A shape needs P10 and P90." if row.note
                else "Too few for a shape."
            )  # fmt: skip
            return
        shares: Sequence[float] = asked.percentiles
        found: Any = row
    else:
        few = row.n < _SHAPE_PEOPLE or row.organisations < THRESHOLDS.payers
        single = cache.pay_records().store.single
        if few and not (single and row.n >= _SHAPE_PEOPLE):
            st.caption(
                f"A shape needs {_SHAPE_PEOPLE} people of {THRESHOLDS.payers} organisations, so "
                f"that no point of it is one person; here are {row.n:,} of {row.organisations:,}."
            )
            return
        shares = _SHAPE
        narrowed = tuple(
            (name, value) for name, value in zip(asked.by, cell, strict=True) if name != "year"
        )
        if len(narrowed) < len(asked.by):
            st.caption("Divide by something other than the year for a shape.")
            return
        kept = tuple(pair for pair in asked.where if pair[0] not in asked.by)
        whole = replace(asked, percentiles=shares, where=(*kept, *((n, (v,)) for n, v in narrowed)))
        one = answer(whole, "shape")
        if one is None:
            return
        found = one.rows[0]
    names = [f"p{100 * p:g}" for p in shares]
    pays, lows, highs = (
        [getattr(found, name + end) for name in names] for end in ("", "_low", "_high")
    )
    figure = charts.shape_chart(shares, pays, lows, highs, asked.currency, asked.element)
    charts.draw(figure, key="shape", alt=f"Share of people by pay: {' '.join(cell)}")
    st.caption(
        f"{escape_markdown(', '.join(cell))}: {row.n} people, {row.organisations} organisations. "
        "The band around the line is the 95 % interval of each percentile."
    )


def draw_steps(asked: RecordQuery) -> Table | None:
    """Steps between levels, charted where levels stand alone."""
    if "level" not in asked.by:
        st.caption("Divide by level to see what each step is worth.")
        return None
    steps = cache.record_steps(asked)
    if not steps.rows:
        st.caption(
            "No two neighbouring levels of a ladder have medians with intervals here; an interval "
            "needs six people."
        )
        return None
    if asked.by == ("level",):
        charts.draw(
            charts.step_chart(steps.rows, cache.tracks(), in_dollars=False),
            key="record steps",
            alt=charts.step_alt(steps.rows),
        )
        tracks = list(dict.fromkeys(cache.tracks()[row.start] for row in steps.rows))
        st.html(charts.step_legend(tracks))
    return steps


def tabs(asked: RecordQuery, table: Table, near: Table | None) -> None:
    """The tables below the chart, each with its files."""
    sources = cache.ask("sources").frame
    if asked.mode == AGGREGATE:
        sources = without_sample_sizes(sources)
    names = ["Band table", "Steps between levels", "Shape of a cell", "Beside market and ranges"]
    opened = dict(zip(names, st.tabs(names, key="table", bind="query-params"), strict=True))
    for name in names:
        if not opened[name].open:
            continue
        with opened[name]:
            shown: Table | None = table
            first: Sequence[str] = (*asked.by, *_FIRST)
            if name == "Steps between levels":
                shown, first = draw_steps(asked), (*asked.by, "start", "end", "ratio")
            elif name == "Shape of a cell":
                draw_shape(asked, table)
                continue
            elif name == "Beside market and ranges":
                shown, first = near, ("level", "p50", "beside", "beside_basis", "point", "ratio")
                if near is None or not near.rows:
                    st.caption(
                        "Divide by level alone, and choose one function that the market or your "
                        "own ranges speak of."
                    )
                    continue
            if shown is not None:
                shown.show(name, name, first, currency=asked.currency)
                frame = shown.frame
                downloads.offer_long_table(
                    lambda frame=frame: frame,  # type: ignore[misc]
                    f"pay records {name.lower()}", said(asked), sources, len(frame),
                )  # fmt: skip


def page() -> None:
    """The page from top to bottom."""
    st.title("Pay records")
    known = cache.record_values()
    if not known:
        empty()
        return
    asked = question(known)
    if not prepare():
        return
    table = answer(asked)
    if table is None:
        return
    explain(asked, table, looks_into=record_filters.can_drill_down(asked.by, known))
    drawn = [row for row in table.rows if row.p50 == row.p50]
    if not drawn:
        why = table.rows[0].note if table.rows else ""
        st.info(
            f"Nothing to show under these filters{': ' + why if why else ''}. "
            "Take out filters from the last to the first.",
            icon=":material/filter_alt_off:",
        )
        return
    near = beside(asked)
    tracks = cache.tracks() if "level" in asked.by else {}
    alike = [r for r in near.rows if r.ratio == r.ratio] if near else []
    figure = charts.cell_chart(drawn, asked.by, tracks, known[asked.by[-1]], alike)
    charts.draw(
        figure,
        key="cells",
        alt=charts.cell_alt(drawn, asked.by),
        clicked=lambda cell: record_filters.drill_down(
            dict(zip(asked.by, cell, strict=True)), known
        ),
    )
    colours = list(
        dict.fromkeys(tracks.get(getattr(r, "level", ""), "professional") for r in drawn)
    )
    own = [r.beside.startswith("Own range") for r in alike if r.level != "all levels"]
    st.html(
        charts.cell_legend(
            colours, tails=any(r.p10 == r.p10 for r in drawn), market=not all(own) and bool(own),
            ranges=any(own),
        )
    )  # fmt: skip
    if charts.is_cut(drawn, asked.by):
        st.caption("The chart shows the first cells; the table has all of them.")
    tabs(asked, table, near)


try:
    page()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
