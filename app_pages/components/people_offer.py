"""An offer on the People page: a job, a place and a pay beside range, market and peers."""

from collections.abc import Mapping

import streamlit as st

from analytics.money import money
from analytics.people.groups import NOT_STATED
from analytics.people.offer_market import OfferMarket, market_sentences
from analytics.people.offers import Offer, OfferAnswer, offer_sentences
from analytics.people.selection import PeopleQuery
from app_pages import cache
from app_pages.cache.people import PeopleColumns
from app_pages.components.markdown import escape_markdown
from app_pages.components.people_files import Basis, offer_files, show_first_rows
from app_pages.components.people_headline import PLAIN
from data.files.people_workbook import OFFER

_FIRST = ("employee_id", "level", "title", "pay", "below_offer", "compa_ratio", "hire_date")


def show_offer(query: PeopleQuery, columns: PeopleColumns, about: Mapping[str, str]) -> None:
    """The offer, where it falls, and whom it passes over; filters above do not narrow peers."""
    offer = _pick_offer(columns, query.currency)
    if offer is None:
        st.caption("State a level and a full-time base pay.")
        return
    answer = cache.people_offer(offer, about["market month"])
    market = cache.people_offer_market(offer, answer.pay_basis, about["market month"])
    _say_figures(answer, offer, market)
    said = market_sentences(market, answer.pay, offer.place)
    for sentence in [*offer_sentences(answer, offer.currency), *said]:
        st.text(sentence)
    st.caption(
        "Everybody on the rosters who has the same range counts as a peer, whatever the filters "
        "above; without a range those of the same level and function. Pay is full-time."
    )
    if len(answer.passed_over):
        st.subheader("Paid less for the same job")
        show_first_rows(answer.passed_over, "offer table", "Who is paid less", _FIRST)
        told = {n: str(v) for n, v in vars(offer).items() if v}
        basis = Basis(OFFER, about["market month"], settings=answer.pay)
        name = "people paid less than an offer"
        offer_files(answer.passed_over, name, told, answer.paid_less, basis)


def _pick_offer(columns: PeopleColumns, currency: str) -> Offer | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = _pick("Level", "offer_level", columns.levels)
        function = _pick("Function", "offer_function", columns.values.get("function", ()))
        place = _pick("Place", "offer_place", columns.values.get("place", ()))
        zone = _pick("Pay zone", "offer_zone", columns.values.get("zone", ()))
        base = _amount("Base pay a year", "offer_base")
        variable = _amount("Variable at target", "offer_variable")
    if not level or not base:
        return None
    return Offer(
        level, base, place, function, zone=zone, currency=currency, variable=variable
    )  # fmt: skip


def _pick(label: str, key: str, known: tuple[str, ...]) -> str:
    options = [value for value in known if value != NOT_STATED]
    if not options:
        return ""
    chosen = st.selectbox(
        label, options, index=None, key=key, bind="query-params", width=180,
        placeholder="any", format_func=escape_markdown,
    )  # fmt: skip
    return str(chosen or "")


def _amount(label: str, key: str) -> float | None:
    return st.number_input(
        label, 0.0, value=None, step=1_000.0, format="%.0f", key=key, bind="query-params",
        width=180, placeholder="none",
    )  # fmt: skip


def _say_figures(answer: OfferAnswer, offer: Offer, market: OfferMarket) -> None:
    one, two, three, four = st.columns(4)
    one.metric("Position in range", answer.position or "no range")
    if answer.compa_ratio is not None or market.median is None:
        ratio = "none" if answer.compa_ratio is None else f"{answer.compa_ratio:.2f}"
        two.metric("Compa-ratio", ratio)
    else:
        two.metric("Market index", f"{answer.pay / market.median:.2f}",
                   f"median {money(market.median, offer.currency)}", **PLAIN)  # fmt: skip
    three.metric("Paid less for the same job", f"{len(answer.passed_over):,} of {answer.peers:,}")
    four.metric("To pay those as much", f"{money(answer.to_match, offer.currency)} a year")
