"""Market movement on the Ranges page: how far midpoints are from the market of another month."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from analytics.market_tables import sources_named
from analytics.pricing.ageing import Month, parse_month
from analytics.ranges.build import BuiltStructure, Structure
from analytics.ranges.serialization import to_spec
from analytics.rows import typed_rows
from app_pages import cache, charts
from app_pages.asking import records_mode
from app_pages.components import downloads
from app_pages.components.tables import Table
from data.files.ranges_workbook import DRIFT, RangesFile

#: Ranges on the chart; the table has all.
_MOST = 40
_FIRST = ("level", "place", "midpoint", "market_then", "market_now", "midpoint_off", "drifted",
          "market_change", "change_by_data")  # fmt: skip


def show_movement(structure: Structure, built: BuiltStructure, about: Mapping[str, str]) -> None:
    """The month, what drifted in a sentence, the chart, and the table with its files."""
    this_month = str(Month(date.today().year, date.today().month))
    asked = st.text_input("Against the market of", this_month, key="moved_to", width=200,
                          bind="query-params", help="July 2027, 2027-07 or 07/2027")  # fmt: skip
    month = str(parse_month(asked or this_month))
    now, again = cache.market_movement(to_spec(structure), month, records_mode())
    file = RangesFile(DRIFT, (structure, now, again))
    table = file.frame
    known = table[table.market_now.notna()]
    limit = f"{structure.settings.off_market:.0%}".replace("%", " percent")
    st.caption(
        f"{int(known.drifted.sum())} of {len(known)} midpoints are more than {limit} "
        f"from the market of {month}, at the percentile that their market of {structure.month} "
        f"was read at. {len(table) - len(known)} have no market figure in this store."
    )
    if not len(known):
        return
    rows = typed_rows(table, charts.RangeMovement)[:_MOST]
    charts.draw(
        charts.movement_chart(rows, structure.currency),
        key="movement chart",
        alt=charts.movement_alt(rows, structure.currency),
    )
    st.html(charts.movement_legend(structure.month, month))
    Table.of(table, hidden=["key"]).show("market movement", "Midpoints against their market",
                                         first=_FIRST)  # fmt: skip
    named = {name for text in known.source for name in text.split(", ")}
    sources = sources_named(cache.source_table().frame, named)
    told = {**about, "against the market of": month}
    downloads.offer_table(table, "bandstand market movement", told, sources, lambda: file.spec)
