"""Tables of people on the People page, and their files."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.market_tables import sources_named
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.tables import Table

#: Rows of a table of people that are sent to the screen; the files hold all.
MOST_ROWS = 1_000


def show_first_rows(
    frame: pd.DataFrame, key: str, alt: str, first: Sequence[str], hidden: Sequence[str] = ()
) -> None:
    """A table of people as far as the screen takes it, saying so where it is cut."""
    shown = frame.head(MOST_ROWS)
    Table.of(shown, hidden=hidden).show(key, alt, first=first)
    if len(shown) < len(frame):
        st.caption(f"The first {len(shown):,} of {len(frame):,}; the files have all.")


def offer_files(
    frame: pd.DataFrame, name: str, about: Mapping[str, str], people: pd.DataFrame
) -> None:
    """CSV and Excel of a table, with the sources of the people and ranges behind it."""
    named = {*people.source, *people.range_source}
    sources = sources_named(cache.source_table().frame, named)
    downloads.offer_table(frame, f"bandstand {name}", about, sources)
