"""People: everybody against the range of their level, and what mending costs."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.people.groups import filled
from analytics.people.positions import Positions
from analytics.people.rows import PeopleGroup, PersonPay
from analytics.people.selection import MOST_DOTS, PayByLevel, level_order
from analytics.permissions import Action
from analytics.pricing.ageing import Month
from analytics.rows import typed_rows
from app_pages import cache, charts
from app_pages.asking import allowed, records_mode
from app_pages.cache.people import MOST_GROUPS, PeopleColumns
from app_pages.components import people_filters
from app_pages.components.demo import offer_company, show_demo_notice
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import marked_people
from app_pages.components.people_headline import headline
from app_pages.components.people_picked import remember_picked, show_picked
from app_pages.components.people_reopen import say_put_back
from app_pages.components.people_scenarios import KIND as SCENARIO
from app_pages.components.people_scenarios import show_scenario
from app_pages.components.people_views import show_people_tabs
from app_pages.components.saved_work import saved_in_link

#: Characters of a label that leave a chart room on a phone.
_NARROW = 14


def nobody_loaded() -> None:
    """What to do where there is no roster."""
    st.info("No roster is loaded yet.", icon=":material/groups:")
    st.text(
        "Load your roster, one row a person, and your pay ranges: CSV, Excel or Parquet. Keep "
        "columns such as Function, Pay Zone, Manager ID or Department to group people by them."
    )
    if allowed(Action.IMPORT):
        with st.container(horizontal=True):
            for kind in ("Your roster", "Your pay ranges"):
                link = {"kind": kind}
                label = f"Load {kind.lower()}"
                st.page_link(
                    "app_pages/imports.py", label=label, icon=":material/upload:", query_params=link
                )
        offer_company()


def draw_charts(
    people: pd.DataFrame,
    drawn: PayByLevel,
    rows: Sequence[PeopleGroup],
    columns: PeopleColumns,
    by: str,
    currency: str,
) -> None:
    """Where each group stands in its ranges, and pay against level with the ranges behind."""
    shown = [*(d.level for d in drawn.dots), *(row.level for row in drawn.levels)]
    order = level_order(shown, columns.levels)
    left, right = st.columns(2)
    with left:
        st.subheader("Position in range")
        figure = charts.position_chart(rows, upwards=by == "level")
        narrow = max((len(row.group) for row in rows), default=0) <= _NARROW
        charts.draw(figure, key="positions", alt=charts.position_alt(rows), narrow=narrow)
    with right:
        st.subheader("Pay by level")
        marked = people[people.employee_id.isin(marked_people()) & people.pay.notna()]
        marks = typed_rows(marked.assign(level=filled(marked.level)), PersonPay)
        alt = charts.people_alt(drawn, order, currency, marks)
        figure = charts.people_scatter(drawn, order, currency, marks)
        selected = remember_picked if drawn.dots else None
        narrow = sum(map(len, order)) <= 2 * _NARROW
        charts.draw(figure, key="pay by level", alt=alt, selected=selected, narrow=narrow)
    st.html(charts.people_legend(charts.POSITION_COLORS, dots=bool(drawn.dots)))
    if not drawn.dots:
        st.caption(f"From {MOST_DOTS:,} people on, levels are drawn by their percentiles.")


def say_notes(whole: Positions, people: pd.DataFrame) -> None:
    """What the figures leave open."""
    if whole.earlier:
        st.caption(
            f"{whole.earlier:,} people are on an older roster alone, and counted as of then. "
            "Withdraw the older load where they have left."
        )
    made_up = int(people.source.isin(cache.demo_sources()).sum())
    if 0 < made_up < len(people):
        st.caption(
            f"{made_up:,} of the {len(people):,} people here are the demo company's, made up. "
            "Narrow by Roster to leave them out."
        )
    if len(people) and not (people.why == "").any():
        st.info(
            "Nobody has a range. Load your pay ranges, or see below under Without a range why.",
            icon=":material/rule:",
        )


def say_many_groups(people: pd.DataFrame, by: str) -> None:
    """That the largest groups are shown, where there are more than a screen has room for."""
    groups = filled(people[by]).nunique()
    if groups > MOST_GROUPS:
        st.caption(
            f"The {MOST_GROUPS} largest of {groups:,} groups are shown, the others together; the "
            "files under Groups, Cost and Merit have all of them."
        )


def page() -> None:
    """The page from top to bottom."""
    st.title("People")
    today = date.today()
    month = str(Month(today.year, today.month))
    columns = cache.people_columns(month)
    if allowed(Action.SAVE) and saved_in_link(SCENARIO):
        show_scenario(columns.values | dict.fromkeys(columns.many, ()))
        return
    if not columns.currencies:
        nobody_loaded()
        return
    show_demo_notice()
    say_put_back()
    heading = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        currency = people_filters.pick_currency(columns)
        whole = cache.positions(records_mode(), month)
        if whole is None:
            st.info("People are shown to the team alone.", icon=":material/lock:")
            return
        by = people_filters.pick_grouping(columns)
    people_filters.show_people_filters(columns)
    query = people_filters.people_query(currency)
    people = cache.people_among(query, month)
    say_notes(whole, people)
    if not len(people):
        st.info("Nobody passes these filters. Remove some.", icon=":material/filter_alt_off:")
        return
    with heading:
        headline(people, query)
    rows = typed_rows(cache.people_groups_shown(query, month, by), PeopleGroup)
    if by in columns.many:
        say_many_groups(people, by)
    draw_charts(people, cache.people_drawn(query, month), rows, columns, by, currency)
    show_picked(people, query, month)
    show_people_tabs(query, people, whole, columns, by, month)


try:
    page()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
