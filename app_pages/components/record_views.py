"""What the Pay records page shows below its chart: differentials, shapes, comparisons, files."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from analytics.disclosure import THRESHOLDS
from analytics.pay_basis import ELEMENT_LABELS
from analytics.pay_rows import LevelDifference
from analytics.percentiles import percentile_name
from analytics.record_rows import RecordCell, RecordComparison
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.record_work import band_table_of
from app_pages.components.tables import Table
from data.records.bands import without_sample_sizes
from data.records.question import AGGREGATE, INTERVALS, RecordQuery

#: Percentiles that draw a shape, and the people that it takes: five between two points at least.
_SHAPE = tuple(round(0.05 * i, 2) for i in range(1, 20))
_SHAPE_PEOPLE = 100
_FIRST = (
    "n", "organisations", "p10", "p25", "p50", "p50_interval", "p75", "p90", "note", "interval_of",
)  # fmt: skip
_STEP = ("start", "end", "ratio", "ratio_interval", "amount", "amount_interval", "flag")
_COMPARED_FIRST = ("level", "p50", "beside", "beside_basis", "point", "ratio")
BANDS, DIFFERENTIALS = "Band table", "Level-to-level differentials"
SHAPE, COMPARISON = "Shape of a cell", "Compare with market and ranges"


def describe(query: RecordQuery) -> dict[str, str]:
    """The question in words, for an export's second sheet and its log."""
    where = "; ".join(f"{name}: {', '.join(values)}" for name, values in query.where)
    return {
        "by": ", ".join(query.by),
        "where": where or "all",
        "pay": ELEMENT_LABELS[query.element],
        "currency": query.currency,
        "since": query.since or "the first",
        "until": query.until or "the last",
        "snapshots": query.snapshots,
        "interval": INTERVALS[query.interval],
        "mode": query.mode,
    }


def show_tabs(
    query: RecordQuery, table: Table[RecordCell], compared: Table[RecordComparison] | None
) -> None:
    """The tables below the chart, each with its files; a closed tab computes nothing."""
    names = [BANDS, DIFFERENTIALS, SHAPE, COMPARISON]
    tabs = dict(zip(names, st.tabs(names, key="table", bind="query-params"), strict=True))
    for name in names:
        if tabs[name].open:
            with tabs[name]:
                _show_tab(name, query, table, compared)


def _show_tab(
    name: str,
    query: RecordQuery,
    table: Table[RecordCell],
    compared: Table[RecordComparison] | None,
) -> None:
    if name == BANDS:
        _show_with_files(name, query, table, (*query.by, *_FIRST))
    elif name == DIFFERENTIALS:
        if (differences := _draw_differences(query)) is not None:
            _show_with_files(name, query, differences, (*query.by, *_STEP))
    elif name == SHAPE:
        _draw_shape(query, table)
    elif compared is None or not len(compared):
        st.caption(
            "Divide by level alone, and choose one function that the market or your own ranges "
            "cover."
        )
    else:
        _show_with_files(name, query, compared, _COMPARED_FIRST)


def _show_with_files(
    name: str, query: RecordQuery, table: Table[Any], first: Sequence[str]
) -> None:
    table.show(name, name, first)
    sources = cache.source_table().frame
    if query.mode == AGGREGATE:
        sources = without_sample_sizes(sources)
    downloads.offer_long_table(
        lambda: table.frame, f"pay records {name.lower()}", describe(query), sources, len(table)
    )


def _draw_differences(query: RecordQuery) -> Table[LevelDifference] | None:
    """Differentials between levels, charted where levels stand alone."""
    if "level" not in query.by:
        st.caption("Divide by level to see what each differential is.")
        return None
    differences = cache.record_steps(query)
    if not len(differences):
        st.caption(
            "No two neighboring levels of a ladder have medians with intervals here; an interval "
            "needs six people, and that of the market organizations that don't differ too much."
        )
        return None
    if query.by == ("level",):
        tracks = cache.tracks()
        charts.draw(
            charts.step_chart(differences.rows, tracks, in_dollars=False),
            key="record steps",
            alt=charts.step_alt(differences.rows),
        )
        st.html(charts.step_legend(list(dict.fromkeys(tracks[d.start] for d in differences.rows))))
    return differences


def _draw_shape(query: RecordQuery, table: Table[RecordCell]) -> None:
    """The share of people paid at most so much, of one cell that is large enough."""
    labels = [tuple(row.dimensions[name] for name in query.by) for row in table.rows]
    label = st.selectbox("Cell", labels, format_func=" · ".join, key="shape of")
    row = table.rows[labels.index(label)]
    published = query.mode == AGGREGATE
    shape = _published_shape(row) if published else _detailed_shape(query, row, label)
    if shape is None:
        return
    shares = query.percentiles if published else _SHAPE
    names = [percentile_name(p) for p in shares]
    figure = charts.shape_chart(
        shares,
        [shape.pay(name) for name in names],
        [shape.interval(name) for name in names],
        query.currency,
        query.element,
    )
    charts.draw(figure, key="shape", alt=f"Share of people by pay: {' '.join(label)}")
    st.caption(
        f"{escape_markdown(', '.join(label))}: {row.n} people, {row.organisations} organizations. "
        f"The band around the line is the 95% interval of each percentile: that of "
        f"{shape.interval_of}."
    )


def _published_shape(row: RecordCell) -> RecordCell | None:
    """The cell's own percentiles, where others may see its tails."""
    if row.pay("p10") is not None and row.median is not None:
        return row
    note = escape_markdown(row.note)
    st.caption(f"{note}. A shape needs P10 and P90." if note else "Too few for a shape.")
    return None


def _detailed_shape(
    query: RecordQuery, row: RecordCell, label: tuple[str, ...]
) -> RecordCell | None:
    """Every fifth percentile of a cell that has people enough for it."""
    people, organizations = int(row.n), int(row.organisations)
    single = cache.single_organization()
    if people < _SHAPE_PEOPLE or (organizations < THRESHOLDS.contributors and not single):
        st.caption(
            f"A shape needs {_SHAPE_PEOPLE} people of {THRESHOLDS.contributors} organizations, so "
            f"that no point of it is one person; here are {people:,} of {organizations:,}."
        )
        return None
    if "year" in query.by:
        st.caption("Divide by something other than the year for a shape.")
        return None
    others = tuple(pair for pair in query.where if pair[0] not in query.by)
    cell = tuple((name, (value,)) for name, value in zip(query.by, label, strict=True))
    whole = band_table_of(replace(query, percentiles=_SHAPE, where=(*others, *cell)), "shape")
    return whole.rows[0] if whole else None
