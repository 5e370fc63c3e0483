"""The map of the states, and the places of one kind ranked, with the table and the files."""

from collections.abc import Sequence

import streamlit as st

from analytics.own_places import OwnPlaces
from analytics.wage_rows import OccupationArea, OccupationWage
from app_pages import cache, charts
from app_pages.asking import records_mode
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table

KIND, OWN = "areas", "yours"
PEOPLE = "Your people"
STATES, AREAS = "States", "Metropolitan and other areas"
MOST_RANKED = 20
HEADINGS = {"ratio": "Of the nation's P50"}
FIRST = ("area", "p50", "ratio", "p10", "p25", "p75", "p90", "at_least", "employment")


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


def by_place(
    table: Table[OccupationArea], chosen: Sequence[OccupationArea], occupation: OccupationWage
) -> None:
    """The map, the ranked chart, the table and the files of one kind of place."""
    kind = st.segmented_control(
        "Show", [STATES, AREAS], default=STATES, key=KIND, bind="query-params", required=True
    )
    own = choose_people()
    kinds = ("state",) if kind == STATES else ("metropolitan", "nonmetropolitan", "loaded")
    shown = table.keep(lambda row: row.kind in kinds)
    if kind == STATES:
        draw_map(shown.rows, chosen, own)
    tell_unmarked(own, kind)
    if not draw_ranked(shown.rows, chosen, table.rows, own):
        st.caption("BLS prints no wages of this occupation by place.")
        return
    shown.show("places table", f"Pay by place of {occupation.title}", FIRST, headings=HEADINGS)
    about = {"occupation": occupation.label, "places": kind or STATES}
    downloads.offer_table(shown.frame, "bandstand places", about, cache.source_table().frame)


def draw_map(
    states: Sequence[OccupationArea], chosen: Sequence[OccupationArea], own: OwnPlaces
) -> None:
    """The tile map, and what its colors say."""
    names = [row.area for row in chosen]
    charts.draw(charts.tile_map(states, names, own.people), key="map", alt=charts.tile_alt(states))
    dots = " A dot: your people work there." if own.people else ""
    st.caption(
        f"Teal pays above the nation's median, orange below; full color at 30% and more.{dots}"
    )


def draw_ranked(
    shown: Sequence[OccupationArea],
    chosen: Sequence[OccupationArea],
    every: Sequence[OccupationArea],
    own: OwnPlaces,
) -> bool:
    """The highest places against the nation; whether there is any to draw."""
    ranked, printed = ranked_rows(shown, chosen, own)
    if not ranked:
        return False
    nation = next(row for row in every if row.area == "US")
    charts.draw(
        charts.ranked_chart(ranked, nation, own.people),
        key="ranked",
        alt=charts.ranked_alt(ranked),
    )
    if printed > len(ranked):
        with_own = ", yours among them" if own.people else ""
        st.caption(f"{len(ranked)} of {printed}, the highest first{with_own}; the table has all.")
    return True
