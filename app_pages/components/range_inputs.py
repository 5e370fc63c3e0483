"""What the Ranges page is told: the ladder and terms of the market, and how ranges are built."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from analytics.pay_basis import LABELS
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.question import BASES
from analytics.ranges.build import Structure
from analytics.ranges.settings import AROUND, LINE, MARKET, MIN_TO_MAX, RangeSettings
from analytics.ranges.targets import Targets
from app_pages import cache
from app_pages.components.link_codes import take_codes
from app_pages.components.range_scope import Scope, ask_scope, saved_targets, scope_values
from app_pages.components.range_spreads import SINGLE, ask_level_spreads, spreads_text

#: How the link names each choice; none is a name that a page linked from here uses.
LADDER, BASIS, PERCENTILE, MONTH, PLACES = "structure_of", "rb", "rp", "market_of", "variants"
MANAGEMENT = "rp_m"
MIDPOINTS, CONVENTION, SPREAD, MANAGERS = "midpoints", "spreads", "spread_p", "spread_m"
ROUNDING, STEPS = "rounded", "steps"
_MIDPOINTS = {MARKET: "From market", LINE: "Market line"}
_CONVENTIONS = {MIN_TO_MAX: "Min to max", AROUND: "Around midpoint"}


@dataclass(frozen=True)
class Terms:
    """The market that is asked for, and the settings of the ranges on it.

    ``scope`` is what it covers: levels, the targets of focuses and the currency.
    """

    function: str
    basis: str
    targets: Targets
    month: str
    places: tuple[str, ...]
    settings: RangeSettings
    scope: Scope


def widget_values(structure: Structure) -> dict[str, object]:
    """What the widgets hold when a saved structure is opened."""
    settings, first = structure.settings, structure.markets[0]
    targets = saved_targets(structure)
    plain, managers = 100 * settings.spread, targets.managers
    return {
        LADDER: first.function,
        BASIS: structure.pay_basis,
        PERCENTILE: round(100 * targets.percentile, 6),
        MANAGEMENT: managers and round(100 * managers, 6),
        MONTH: structure.month,
        PLACES: [ratio.place for ratio in structure.places],
        MIDPOINTS: settings.midpoints,
        CONVENTION: settings.convention,
        SPREAD: round(100 * settings.spreads.get("professional", settings.spread), 6),
        MANAGERS: round(100 * settings.spreads.get("management", plain / 100), 6),
        SINGLE: spreads_text(settings.spreads),
        ROUNDING: max(1, int(settings.rounding)),
        STEPS: settings.steps,
        **scope_values(structure),
    }


def settings_on(saved: Structure, shown: RangeSettings) -> RangeSettings:
    """The settings on the page, with what the page has no choice for as it was saved."""
    values = widget_values(saved)
    now = widget_values(replace(saved, settings=shown))
    if all(now[key] == values[key] for key in (MIDPOINTS, CONVENTION, SPREAD, MANAGERS, SINGLE,
                                               ROUNDING, STEPS)):  # fmt: skip
        return saved.settings
    limits = ("off_market", "most_overlap", "least_progression")
    kept = {name: getattr(saved.settings, name) for name in limits}
    return replace(shown, **kept)


def ask_terms(opened: Structure | None) -> Terms:
    """Draw the rows of choices; raises `InputError` for a month that can't be read."""
    one, two, three, managers, four, five = st.columns([6, 5, 4, 5, 4, 8])
    ladders = list(cache.ladder_jobs())
    if opened:
        ladders += [m.function for m in opened.markets if m.function not in ladders][:1]
    function = one.selectbox("Ladder", ladders, key=LADDER, bind="query-params")
    take_codes(BASIS, LABELS)
    basis = two.selectbox(
        "Pay basis", BASES, key=BASIS, bind="query-params", format_func=LABELS.__getitem__
    )
    target = three.number_input(
        "Percentile", 1.0, 99.0, 50.0, 5.0, format="%g", key=PERCENTILE, bind="query-params"
    )
    of_managers = managers.number_input(
        "For managers", 1.0, 99.0, None, 5.0, format="%g", key=MANAGEMENT, bind="query-params",
        placeholder="the same", help="The target percentile of the management track; each level "
        "may have one of its own under Market figure of each level.",
    )  # fmt: skip
    month = four.text_input(
        "Market of", str(Month(date.today().year, date.today().month)), key=MONTH,
        bind="query-params", help="July 2027, 2027-07 or 07/2027",
    )  # fmt: skip
    known = [row.place for row in cache.places() if row.kind != "nation"]
    variants = five.multiselect(
        "Geographic variants", known, key=PLACES, bind="query-params", max_selections=8,
        placeholder="None: the whole country",
        help="Each place has ranges of its own: national pay times the ratio of its wages.",
    )  # fmt: skip
    function, settings = function or ladders[0], _settings()
    scope = ask_scope(function, opened if opened and opened.function == function else None)
    of = () if of_managers is None else (("management", round(of_managers / 100, 6)),)
    targets = Targets(round(target / 100, 6), (*of, *scope.targets))
    when = str(parse_month(month or ""))
    return Terms(function, basis, targets, when, tuple(variants), settings, scope)


def _settings() -> RangeSettings:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        midpoints = st.segmented_control(
            "Midpoints", list(_MIDPOINTS), default=MARKET, key=MIDPOINTS, bind="query-params",
            format_func=_MIDPOINTS.__getitem__, required=True,
            help="A market line fits the logarithm of pay on grade, so that steps between "
            "grades are alike.",
        )  # fmt: skip
        convention = st.segmented_control(
            "Spreads are stated", list(_CONVENTIONS), default=MIN_TO_MAX, key=CONVENTION,
            bind="query-params", format_func=_CONVENTIONS.__getitem__, required=True,
        )  # fmt: skip
        # So narrow that all stand in one row beside an open sidebar.
        small: dict[str, Any] = {"bind": "query-params", "width": 72}
        spread = st.number_input(
            "Professional, %", 0.0, 300.0, 50.0, 5.0, format="%g", key=SPREAD,
            **small | {"width": 94},
        )  # fmt: skip
        managers = st.number_input(
            "Management, %", 0.0, 300.0, 50.0, 5.0, format="%g", key=MANAGERS,
            **small | {"width": 100},
        )  # fmt: skip
        single = ask_level_spreads()
        rounding = st.number_input("Round to", 1, 10_000, 100, 100, key=ROUNDING, **small)
        steps = st.number_input("Steps", 0, 30, 0, key=STEPS, help="0 for none", **small)
    spreads = {"professional": spread / 100, "management": managers / 100, **single}
    return RangeSettings(
        midpoints or MARKET, spread / 100, spreads, convention or MIN_TO_MAX, float(rounding), steps
    )
