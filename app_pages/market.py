"""Market: pay by level against the ladder, the steps between levels, the tables."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.ote import AT_MOST, NOT_DECOMPOSABLE, Split
from app_pages import cache, charts
from app_pages.charts.style import dollars, signed, thousands
from app_pages.components import downloads, filters
from app_pages.components.markdown import escape_markdown

SPLITS = {"None": None, "80/20": 0.80, "85/15": 0.85, "Own": None}
NOTHING = {
    "Band table": "No level under these filters.",
    "Steps between levels": "The levels shown are at the top of their tracks.",
    "Benchmarks": "No benchmark is switched on under Sources shown, or none has this pay basis.",
}
PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def split_asked() -> Split | None:
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


def headline(rows: Sequence[Any], steps: Sequence[Any]) -> None:
    """Median, range and next step of one level."""
    pick, one, two, three = st.columns([1, 2, 2, 2], vertical_alignment="top")
    levels = cache.options()["level"]
    asked = pick.selectbox("Level in focus", levels, index=2, key="at", bind="query-params")
    row = next((r for r in rows if r.level == asked), rows[0])
    modelled = row.status == "modelled"
    ends = f"{thousands(row.low)}–{thousands(row.high)}"
    note = f"interval {ends}" if modelled else "as published"
    profiles = cache.ask("profiles").rows
    codes = {p.level: p.code for p in profiles if p.function_title == row.function}
    one.metric(f"{row.level} median, {row.status}", dollars(row.p50), note, **PLAIN)
    if row.level in codes:
        link = {"profile": codes[row.level]}
        one.page_link("app_pages/profile.py", label="Job profile", query_params=link)
    reach = {
        f"P{a}–P{b}": f"{thousands(getattr(row, f'p{a}'))}–{thousands(getattr(row, f'p{b}'))}"
        for a, b in ((25, 75), (10, 90))
        if modelled and hasattr(row, f"p{a}") and hasattr(row, f"p{b}")
    }
    if reach:
        (label, value), *more = reach.items()
        two.metric(label, value, " ".join(more[0]) if more else None, **PLAIN)
    else:
        note = "interval of the median" if modelled else "percentiles not stated"
        two.metric("Range", ends, note, **PLAIN)
    step = next((s for s in steps if s.start == row.level and s.kind == "within"), None)
    if not step or not modelled:
        three.metric("Step to the next level", "none", "top of its track", **PLAIN)
        return
    interval = f"interval {signed(step.ratio_low, False)} to {signed(step.ratio_high, False)}"
    worth = f"{signed(step.amount, True)} ({signed(step.ratio, False)})"
    three.metric(f"Step to {step.end}, {step.status}", worth, interval, **PLAIN)
    if {step.start, step.end} <= set(codes):
        pair = {"profiles": [codes[step.start], codes[step.end]]}
        label = f"Compare {step.start} with {step.end}"
        three.page_link("app_pages/compare.py", label=label, query_params=pair)


def cautions(rows: Sequence[Any], benchmarks: Sequence[Any], split: Split | None) -> None:
    """What the chart rests on, in the sources' own words, and the way to them."""
    sources = cache.sources()
    used = [sources[name] for name in dict.fromkeys(r.source for r in [*rows, *benchmarks])]
    if split:
        st.info(f"Split {split.label}. {AT_MOST} {NOT_DECOMPOSABLE}", icon=":material/call_split:")
    said = [f"{r.series}, {r.as_of}: {r.note}" for r in benchmarks if r.pay_basis == "oews_wage"]
    said += [f"{s.title}: {s.disclosure}" for s in used if s.source in {r.source for r in rows}]
    st.caption("  \n".join(map(escape_markdown, said)))
    with st.container(horizontal=True):
        for source in used:
            st.page_link(
                "app_pages/sources.py",
                label=escape_markdown(source.publisher),
                icon=":material/menu_book:",
                query_params={"source": source.source},
                help=escape_markdown(source.title),
            )


def draw_steps(rows: Sequence[Any], tracks: dict[str, str]) -> None:
    """The step chart, in per cent or in dollars."""
    unit = st.segmented_control(
        "Unit",
        ["Per cent", "Dollars"],
        default="Per cent",
        key="unit",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    figure = charts.step_chart(rows, tracks, unit == "Dollars")
    charts.draw(figure, key="steps", alt=charts.step_alt(rows))
    st.html(charts.step_legend(list(dict.fromkeys(tracks.values()))))


choice = filters.current_filters()
asked = choice.filters
st.title(f"{escape_markdown(asked.function[0])}: market pay against the ladder")
st.caption(
    "Modelled pay is hatched or dotted, with the interval of its median beneath; "
    "published pay is solid."
)
top = st.container()
split = split_asked()
every = cache.bands(choice.percentiles, split.base_share if split else None)
bands = every.keep(asked.passes)
benchmarks = cache.benchmarks(choice.percentiles).keep(asked.passes)
if not bands.rows:
    st.info(filters.why_empty(every.rows, asked), icon=":material/filter_alt_off:")
    if benchmarks.rows:
        st.header("Benchmarks that do")
        benchmarks.show("Benchmarks alone", "Benchmarks that pass the filters")
        cautions([], benchmarks.rows, None)
        said = filters.describe_filters(choice)
        downloads.offer_table(
            benchmarks.frame, "bandstand benchmarks", said, cache.market().sources
        )
    st.stop()
levels = {r.level for r in bands.rows}
all_steps = cache.steps().keep(lambda r: r.function in asked.function)
steps = all_steps.keep(lambda r: r.start in levels)
with top:
    headline(bands.rows, all_steps.rows)
charts.draw(
    charts.band_chart(bands.rows, benchmarks.rows, split is not None),
    key="bands",
    alt=charts.band_alt(bands.rows),
)
st.html(charts.band_legend(bands.rows, split=split is not None))
cautions(bands.rows, benchmarks.rows, split)

said = filters.describe_filters(choice) | {"split": split.label if split else "none"}
names = ["Band table", "Steps between levels", "Benchmarks"]
tabs = dict(zip(names, st.tabs(names, key="table", bind="query-params"), strict=True))
for name, table in zip(names, (bands, steps, benchmarks), strict=True):
    if not tabs[name].open:
        continue
    with tabs[name]:
        if not table.rows:
            st.caption(NOTHING[name])
            continue
        if name == "Steps between levels":
            draw_steps(table.rows, {r.level: r.track for r in every.rows})
        table.show(name, f"{name}, as shown in the chart")
        downloads.offer_table(
            table.frame, f"bandstand {name.lower()}", said, cache.market().sources
        )
