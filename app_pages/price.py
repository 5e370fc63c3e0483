"""Price a job: several sources to one date and basis, with how sure the answer is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from analytics.errors import BandstandError, InputError, UnknownNameError
from analytics.pricing import serialization as spec
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Source
from analytics.pricing.pricing import price_job
from analytics.pricing.question import NATION
from analytics.pricing.tables import change_table
from analytics.rows import SavedVersion
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.price_answer import show_answer
from app_pages.components.price_inputs import pricing_settings
from app_pages.components.price_sources import (
    OWN,
    has_own_sources,
    own_sources,
    store_sources,
)
from app_pages.components.saved_work import save_form, saved_in_link
from app_pages.components.tables import Table
from data.store import saved_work as saved

KIND = "pricing"
TODAY = Month(date.today().year, date.today().month)


def opened() -> Pricing | None:
    """The saved pricing that the link names, once its settings are in the widgets."""
    named = saved_in_link(KIND)
    if not named:
        return None
    found = spec.from_spec(saved.find(cache.saved_versions(KIND).frame, *named))
    if found.code not in {row.code for row in cache.profiles().rows}:
        raise UnknownNameError(f"{named[0]} prices {found.code}, which Bandstand no longer has")
    if st.session_state.get("opened pricing") != named:
        st.session_state["opened pricing"] = named
        st.session_state.update(
            {
                "job": found.code,
                "pay": found.basis,
                "target": round(100 * found.target, 6),
                "ageing": "month",
                "to": str(found.to),
                "rate": round(100 * found.rate.value, 6),
                "place": found.place or NATION,
                "split_base": round(100 * found.split, 6),
                "equity": round(100 * found.equity, 6),
                "most_equity": round(100 * found.equity_ceiling, 6),
            }
        )
    return found


def saved_sources(
    found: Pricing | None, asked: dict[str, Any], offered: Sequence[Source]
) -> tuple[Source, ...]:
    """The sources of the pricing that is open, as saved; moved if another place is asked."""
    if found is None or found.code != asked["code"]:
        return ()
    if found.place == asked["place"]:
        return found.sources
    there = {source.name: source for source in offered}
    return tuple(_moved(source, there.get(source.name)) for source in found.sources)


def _moved(saved: Source, offered: Source | None) -> Source:
    """A saved source at another place; what BLS prints for a place itself comes with it."""
    if offered is None:
        return saved
    moved = replace(saved, place=offered.place)
    if saved.basis != "oews_wage":
        return moved
    printed = offered.percentiles
    return replace(moved, percentiles=printed, as_of=offered.as_of, origin=offered.origin)


def show_no_source(can_tick: bool) -> None:
    """What to do where nothing is there to price from."""
    tick = "Tick a source above, or add" if can_tick else "Add"
    st.info(
        f"{tick} figures of your own, to see a price here. A survey that you load is offered too.",
        icon=":material/checklist:",
    )
    link = {"kind": "A survey"}
    st.page_link(
        "app_pages/imports.py",
        label="Load a survey",
        icon=":material/upload:",
        query_params=link,
    )


def what_changed(rows: list[SavedVersion]) -> None:
    """The two newest versions of the pricing that is open, beside each other."""
    label, number = saved_in_link(KIND) or ("", None)
    versions = [row for row in rows if row.name == label]
    versions = [row for row in versions if number is None or row.version <= number]
    if len(versions) < 2:
        return
    st.subheader("What changed since the version before")
    before, after = (price_job(spec.from_spec(row.spec)) for row in versions[-2:])
    table = change_table(before, after)
    Table.of(table).show("changes", "What changed", first=())
    about = {"pricing": str(versions[-1].name), "why": versions[-1].why}
    downloads.offer_table(table, "pricing changes", about, cache.source_table().frame)


st.title("Price a job")
try:
    found = opened()
    asked = pricing_settings(TODAY, [found.place] if found and found.place else [])
except BandstandError as error:
    st.error(escape_markdown(str(error)))
    st.stop()
key = f"{asked['code']} {st.session_state.get('opened pricing')}"
offered = cache.price_sources(asked["code"], asked["place"])
chosen = saved_sources(found, asked, offered)
st.subheader("Available sources")
try:
    entering = store_sources(
        offered, asked["basis"], f"{key} {asked['place']} {asked['basis']}", chosen
    )
    panel = st.expander(
        "Figures of your own",
        expanded=not offered or any(s.origin == OWN for s in chosen),
        on_change="rerun",
    )
    # A grid that nobody has looked at needs not be drawn at each click.
    if panel.open or has_own_sources(key, chosen):
        with panel:
            entering += own_sources(key, chosen)
    if not entering:
        show_no_source(bool(offered))
        st.stop()
    pricing = Pricing(sources=tuple(entering), **asked)
    spec.check_dates(pricing, TODAY)
    priced = price_job(pricing)
except InputError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
else:
    show_answer(priced)
    what_changed(save_form(KIND, "app_pages/price.py", spec.to_spec(pricing)))
