"""Price a job: several sources to one date and basis, with how sure the answer is."""

from datetime import date

import streamlit as st

from analytics.ageing import Month
from analytics.errors import BandstandError, InputError
from analytics.pricing import Pricing, price
from app_pages import cached, downloads
from app_pages.price_answer import result
from app_pages.price_inputs import OWN, held, settings, typed
from app_pages.tables import Table
from app_pages.words import plain
from data import pricing_spec as spec
from data import saved

KIND = "pricing"
TODAY = Month(date.today().year, date.today().month)


def opened() -> Pricing | None:
    """The saved pricing that the link names, once its settings are in the widgets."""
    wanted = st.query_params.get("pricing")
    if not wanted:
        return None
    version = st.query_params.get("version")
    found = spec.from_spec(
        saved.find(
            cached.ask("saved_work", kind=KIND).frame,
            wanted,
            int(version) if version and version.isdigit() else None,
        )
    )
    if st.session_state.get("opened pricing") != (wanted, version):
        st.session_state["opened pricing"] = (wanted, version)
        st.session_state.update(
            {
                "job": found.code,
                "pay": found.basis,
                "target": round(100 * found.target, 6),
                "ageing": "month",
                "to": str(found.to),
                "rate": round(100 * found.rate.value, 6),
                "split_base": round(100 * found.split, 6),
                "equity": round(100 * found.equity, 6),
            }
        )
    return found


def keep(asked: Pricing) -> None:
    """Save the pricing under a name; its link opens it again."""
    st.header("Keep it")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.text_input("Name", st.query_params.get("pricing", ""), key="pricing name")
        why = st.text_input("What changed and why", key="pricing why")
        if st.button("Save", icon=":material/save:"):
            try:
                version = cached.write(
                    lambda con: saved.save(con, KIND, label, spec.as_spec(asked), why)
                )
            except BandstandError as error:
                st.error(plain(str(error)))
            else:
                label = " ".join(label.split())
                st.success(f"Saved as {plain(label)}, version {version}.")
                st.page_link("app_pages/price.py", label=f"Link to {plain(label)}",
                             query_params={"pricing": label}, icon=":material/link:")  # fmt: skip
    every = cached.ask("saved_work", kind=KIND)
    if not every.rows:
        st.caption("Nothing is saved yet.")
        return
    with st.container(horizontal=True):
        for label in dict.fromkeys(row.name for row in every.rows):
            st.page_link("app_pages/price.py", label=plain(label), query_params={"pricing": label},
                         icon=":material/balance:")  # fmt: skip
    current = st.query_params.get("pricing")
    versions = [row for row in every.rows if row.name == current]
    if versions:
        shown = every.frame[every.frame.name == current].drop(columns="spec")
        Table.of(shown).show("versions", "Saved versions", first=())
    if len(versions) > 1:
        st.subheader("What changed since the version before")
        before, after = (price(spec.from_spec(row.spec)) for row in versions[-2:])
        table = spec.changes(before, after)
        Table.of(table).show("changes", "What changed", first=())
        about = {"pricing": str(current), "why": versions[-1].why}
        downloads.offer(table, "pricing changes", about, cached.ask("sources").frame)


st.title("Price a job")
try:
    found = opened()
    asked = settings(TODAY)
except BandstandError as error:
    st.error(plain(str(error)))
    st.stop()
place = asked.pop("place")
key = f"{asked['code']} {place.said} {st.session_state.get('opened pricing')} {asked['basis']}"
offered = cached.price_sources(asked["code"], place)
chosen = found.sources if found and found.code == asked["code"] else ()
st.subheader("Sources that speak of it")
try:
    entering = held(offered, asked["basis"], key, chosen)
    with st.expander("Figures of your own", expanded=any(s.origin == OWN for s in chosen)):
        entering += typed(key, chosen)
    pricing = Pricing(sources=tuple(entering), **asked)
    spec.check_dates(pricing, TODAY)
    priced = price(pricing)
except InputError as error:
    st.error(plain(str(error)), icon=":material/error:")
else:
    result(priced, place)
    keep(pricing)
