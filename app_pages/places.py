"""Places: what an occupation pays in each state and area, as BLS prints it."""

import streamlit as st

from analytics.errors import BandstandError, UnknownNameError
from analytics.money import money
from analytics.wage_rows import OccupationWage
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.link_codes import take_codes
from app_pages.components.markdown import escape_markdown
from app_pages.components.place_comparison import compare, pick_places
from app_pages.components.places_ranked import by_place

SOC, TAB, GROUP = "soc", "view", "group"
BY_YEAR = ("year", "p50", "p10", "p25", "p75", "p90", "mean", "employment")


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
    take_codes(GROUP, groups)
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
            by_place(areas, chosen, occupation)
    if year.open:
        with year:
            history(occupation)
    if every.open:
        with every:
            browse()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
