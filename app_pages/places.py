"""Places: what an occupation pays in each state and area, as BLS prints it."""

from collections.abc import Sequence

import streamlit as st

from analytics.errors import BandstandError, UnknownNameError
from analytics.money import money, money_range
from analytics.own_places import OwnPlaces
from analytics.wage_rows import OccupationArea, OccupationWage
from app_pages import cache, charts
from app_pages.asking import records_mode
from app_pages.components import downloads
from app_pages.components.context_line import show_context
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table

SOC, COMPARED, KIND, TAB, GROUP, OWN = "soc", "places", "areas", "view", "group", "yours"
PEOPLE = "Your people"
STATES, AREAS = "States", "Metropolitan and other areas"
MOST_COMPARED, MOST_RANKED = 4, 20
BY_YEAR = ("year", "p50", "p10", "p25", "p75", "p90", "mean", "employment")
HEADINGS = {"ratio": "Of the nation's P50"}
FIRST = ("area", "p50", "ratio", "p10", "p25", "p75", "p90", "at_least", "employment")


def pick_occupation() -> OccupationWage:
    """The occupation in question, those that jobs are mapped to first."""
    by_code = {row.soc: row for row in cache.occupations().rows}
    mapped = [soc for soc in dict.fromkeys(cache.market().occupations.soc) if soc in by_code]
    codes = list(dict.fromkeys([*mapped, *by_code]))
    soc = st.selectbox(
        "Occupation",
        codes,
        key=SOC,
        bind="query-params",
        format_func=lambda code: by_code[code].label if code in by_code else code,
        accept_new_options=True,
        help="Type a part of its name or its code. The first are those that your jobs are "
        "mapped to.",
    )
    by_title = {row.title.casefold(): row for row in by_code.values()}
    found = by_code.get(soc) or by_title.get(soc.strip().casefold())
    if found is None:
        raise UnknownNameError(f"no occupation {soc!r}; choose one from the list")
    return found


def headline(row: OccupationArea) -> None:
    """One place's median, and what stands beside it."""
    name = "United States" if row.area == "US" else row.area
    if row.p50 is None:
        st.metric(name, "not printed")
        st.caption(row.note or "not released")
        return
    bound = "at least " if "p50" in row.at_least else ""
    beside = f"{row.ratio - 1:+.1%} beside the nation" if row.area != "US" and row.ratio else None
    st.metric(name, f"{bound}{money(row.p50)}", beside, delta_color="off", delta_arrow="off")
    low, high = (row.published.get(p) for p in (0.25, 0.75))
    middle = f"P25–P75 {money_range(low, high)} · " if low and high else ""
    jobs = f"{row.employment:,.0f} jobs" if row.employment else "jobs not released"
    st.caption(escape_markdown(f"{middle}{jobs}"))


def pick_places(rows: Sequence[OccupationArea]) -> list[OccupationArea]:
    """The places that are compared."""
    by_name = {row.area: row for row in rows if row.area != "US"}
    picked = st.multiselect(
        "Compare places",
        list(by_name),
        key=COMPARED,
        bind="query-params",
        max_selections=MOST_COMPARED,
        placeholder="Type a city, an area or a state; up to four",
    )
    return [by_name[name] for name in picked if name in by_name]


def compare(nation: OccupationArea, chosen: Sequence[OccupationArea], occupation: str) -> None:
    """What the places pay, beside the nation."""
    columns = st.columns(max(3, len(chosen) + 1))
    for column, row in zip(columns, [nation, *chosen], strict=False):
        with column:
            headline(row)
    said = {"job": occupation, "pay basis": "median BLS wage", "status": "published"}
    show_context({**said, "date": f"May {nation.year}"})


def choose_people() -> OwnPlaces:
    """Where the team's own people work, unless switched off; nobody without a roster."""
    own = cache.people_by_place(records_mode())
    if not own.people and not own.unmarked:
        return own
    shown = st.pills(
        "Your own people on the map and the chart",
        [PEOPLE],
        default=[PEOPLE],
        selection_mode="multi",
        key=OWN,
        bind="query-params",
        label_visibility="collapsed",
    )
    return own if shown else OwnPlaces({}, 0, 0, {})


def tell_unmarked(own: OwnPlaces, kind: str | None) -> None:
    """Which of the team's people are on no mark, and why."""
    words = [f"Not marked: {own.left_out}."] if own.left_out else []
    if kind == STATES and own.across_states:
        words.append(f"{own.across_states:,} work in areas of several states, marked there alone.")
    if kind != STATES and own.state_alone:
        words.append(f"{own.state_alone:,} are known by their state alone.")
    if words:
        st.caption(escape_markdown(" ".join(words)))


def ranked_rows(
    shown: Sequence[OccupationArea], chosen: Sequence[OccupationArea], own: OwnPlaces
) -> tuple[list[OccupationArea], int]:
    """The rows of the ranked chart, chosen places first, and how many are printed in all.

    Places of the team's own people have a row however low they rank.
    """
    names = {row.area for row in chosen}
    printed = [row for row in shown if 0.50 in row.published and row.area not in names]
    room = MOST_RANKED - len(chosen)
    mine = [row for row in printed if row.area in own.people][:room]
    others = [row for row in printed if row.area not in own.people][: room - len(mine)]
    kept = {row.area for row in (*mine, *others)}
    return [*chosen, *(row for row in printed if row.area in kept)], len(chosen) + len(printed)


def by_place(table: Table[OccupationArea], chosen: Sequence[OccupationArea]) -> None:
    """The map, the ranked chart and the table of one kind of place."""
    kind = st.segmented_control(
        "Show", [STATES, AREAS], default=STATES, key=KIND, bind="query-params", required=True
    )
    own = choose_people()
    nation = next(row for row in table.rows if row.area == "US")
    kinds = ("state",) if kind == STATES else ("metropolitan", "nonmetropolitan", "loaded")
    shown = table.keep(lambda row: row.kind in kinds)
    names = [row.area for row in chosen]
    if kind == STATES:
        charts.draw(
            charts.tile_map(shown.rows, names, own.people),
            key="map",
            alt=charts.tile_alt(shown.rows),
        )
        dots = " A dot: your people work there." if own.people else ""
        st.caption(
            f"Teal pays above the nation's median, orange below; full color at 30% and more.{dots}"
        )
    tell_unmarked(own, kind)
    ranked, printed = ranked_rows(shown.rows, chosen, own)
    if not ranked:
        st.caption("BLS prints no wages of this occupation by place.")
        return
    charts.draw(
        charts.ranked_chart(ranked, nation, own.people),
        key="ranked",
        alt=charts.ranked_alt(ranked),
    )
    if printed > len(ranked):
        with_own = ", yours among them" if own.people else ""
        st.caption(f"{len(ranked)} of {printed}, the highest first{with_own}; the table has all.")
    shown.show("places table", f"Pay by place of {occupation.title}", FIRST, headings=HEADINGS)
    about = {"occupation": occupation.label, "places": kind or STATES}
    downloads.offer_table(shown.frame, "bandstand places", about, cache.source_table().frame)


def history(occupation: OccupationWage) -> None:
    """The nation's percentiles, year by year."""
    table = cache.occupation_history(occupation.soc)
    rows = [row for row in table.rows if row.o_group == occupation.o_group]
    told = "; ".join(f"{row.year} {money(row.p50)}" for row in rows if row.p50)
    charts.draw(charts.history_chart(rows), key="history", alt=f"Median by year: {told}")
    table.show("history table", f"Wages by year of {occupation.title}", first=BY_YEAR)
    about = {"occupation": occupation.label}
    downloads.offer_table(table.frame, "bandstand history", about, cache.source_table().frame)


def browse() -> None:
    """All occupations by group."""
    table = cache.occupations()
    groups = {row.soc[:2]: row.title for row in table.rows if row.o_group in ("total", "major")}
    take_codes(GROUP, list(groups))
    group = st.selectbox(
        "Group", list(groups), key=GROUP, bind="query-params", format_func=groups.__getitem__
    )
    shown = table if group == "00" else table.keep(lambda row: row.soc.startswith(group or ""))
    first = ("soc", "title", "p50", "change", "employment", "p10", "p25", "p75", "p90", "at_least")
    shown.show("occupations table", f"{len(shown)} occupations", first=first)
    st.caption("The change is that of the median over five years, in percent.")
    about = {"group": groups[group or "00"]}
    downloads.offer_table(shown.frame, "bandstand occupations", about, cache.source_table().frame)


st.title("Places")
st.caption("What an occupation pays in the nation, each state and 528 areas, as BLS prints it.")
try:
    left, right = st.columns(2)
    with left:
        occupation = pick_occupation()
    areas = cache.occupation_areas(occupation.soc)
    with right:
        chosen = pick_places(areas.rows)
    compare(next(row for row in areas.rows if row.area == "US"), chosen, occupation.label)
    names = ["By place", "By year", "All occupations"]
    place, year, every = st.tabs(names, key=TAB, bind="query-params", on_change="rerun")
    if place.open:
        with place:
            by_place(areas, chosen)
    if year.open:
        with year:
            history(occupation)
    if every.open:
        with every:
            browse()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
