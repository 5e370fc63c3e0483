"""Market: pay by level against the ladder, the level-to-level differentials, the tables."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.ote import AT_MOST, NOT_DECOMPOSABLE, Split
from analytics.pay_rows import Band, Benchmark, LevelDifference
from app_pages import cache, charts
from app_pages.components import downloads, filters
from app_pages.components.markdown import escape_markdown
from app_pages.components.market_headline import headline
from app_pages.components.market_own import choose_market_marks
from app_pages.components.tables import Table

SPLITS = {"None": None, "80/20": 0.80, "85/15": 0.85, "Own": None}
LEVEL_DIFFERENCES = "Level-to-level differentials"
NOTHING = {
    "Band table": "No level under these filters.",
    LEVEL_DIFFERENCES: "The levels shown are at the top of their tracks.",
    "Benchmarks": "No benchmark is switched on under Sources shown, or none has this pay basis.",
}


def chosen_split() -> Split | None:
    """The OTE switch: none, a published split, or the team's own."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.segmented_control(
            "Base and variable",
            list(SPLITS),
            default="None",
            key="split",
            bind="query-params",
            required=True,
            help="Divide each median package into base and target variable pay. "
            "Where the pay counts equity, the base is the most that it can be.",
        )
        if asked != "Own":
            share = SPLITS[asked or "None"]
            return Split(share) if share else None
        own = st.number_input("Base, %", 1, 100, 70, key="base", bind="query-params", width=130)
        return Split(own / 100)


def cautions(rows: Sequence[Band], benchmarks: Sequence[Benchmark], split: Split | None) -> None:
    """What the chart rests on, in the sources' own words, and the way to them."""
    sources = cache.sources()
    named = [*(r.source for r in rows), *(b.source for b in benchmarks)]
    names = dict.fromkeys(name for several in named for name in several.split(", "))
    used = [sources[name] for name in names]
    if split:
        st.info(f"Split {split.label}. {AT_MOST} {NOT_DECOMPOSABLE}", icon=":material/call_split:")
    notes = [f"{r.series}, {r.as_of}: {r.note}" for r in benchmarks if r.pay_basis == "oews_wage"]
    notes += [f"{s.title}: {s.disclosure}" for s in used if s.source in {r.source for r in rows}]
    st.caption("  \n".join(map(escape_markdown, notes)))
    with st.container(horizontal=True):
        for source in used:
            st.page_link(
                "app_pages/sources.py",
                label=escape_markdown(source.publisher),
                icon=":material/menu_book:",
                query_params={"source": source.source},
                help=escape_markdown(source.title),
            )


def draw_differences(rows: Sequence[LevelDifference], tracks: dict[str, str]) -> None:
    """The chart of level-to-level differentials, in percent or in dollars."""
    unit = st.segmented_control(
        "Unit",
        ["Percent", "Dollars"],
        default="Percent",
        key="unit",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    figure = charts.step_chart(rows, tracks, unit == "Dollars")
    charts.draw(figure, key="steps", alt=charts.step_alt(rows))
    st.html(charts.step_legend(list(dict.fromkeys(tracks.values()))))


heading = st.container()
filters.show_filters(cache.options())
choice = filters.current_filters()
chosen = choice.filters
heading.title(f"{escape_markdown(chosen.function[0])}: market pay against the ladder")
heading.caption(
    "Modelled pay is hatched or dotted, with the interval of its median beneath; "
    "published pay is solid."
)
top = st.container()
split = chosen_split()
every = cache.bands(choice.percentiles, split.base_share if split else None)
bands = every.keep(chosen.passes)
benchmarks = cache.benchmarks(choice.percentiles).keep(chosen.across_levels.passes)
if not len(bands):
    st.info(filters.why_empty(every.rows, chosen), icon=":material/filter_alt_off:")
    if len(benchmarks):
        st.header("Benchmarks that do")
        benchmarks.show("Benchmarks alone", "Benchmarks that pass the filters")
        cautions([], benchmarks.rows, None)
        said = filters.describe_filters(choice)
        downloads.offer_table(
            benchmarks.frame, "bandstand benchmarks", said, cache.market().sources
        )
    st.stop()
levels = {r.level for r in bands.rows}
every_difference = cache.level_differences().keep(lambda r: r.function in chosen.function)
differences = every_difference.keep(lambda r: r.start in levels)
with top:
    headline(bands.rows, every_difference.rows)
chart = st.container()
own = choose_market_marks(chosen.function[0])
with chart:
    charts.draw(
        charts.band_chart(bands.rows, benchmarks.rows, split is not None, own=own),
        key="bands",
        alt=charts.band_alt(bands.rows) + charts.own_alt(own),
    )
    st.html(charts.band_legend(bands.rows, split=split is not None, own=own))
cautions(bands.rows, benchmarks.rows, split)

about = filters.describe_filters(choice) | {"split": split.label if split else "none"}
tables: dict[str, Table[Any]] = {
    "Band table": bands,
    LEVEL_DIFFERENCES: differences,
    "Benchmarks": benchmarks,
}
tabs = dict(zip(tables, st.tabs(list(tables), key="table", bind="query-params"), strict=True))
for name, table in tables.items():
    if not tabs[name].open:
        continue
    with tabs[name]:
        if not len(table):
            st.caption(NOTHING[name])
            continue
        if name == LEVEL_DIFFERENCES:
            draw_differences(differences.rows, {r.level: r.track for r in every.rows})
        table.show(name, f"{name}, as shown in the chart")
        downloads.offer_table(
            table.frame, f"bandstand {name.lower()}", about, cache.market().sources
        )
