"""What a pay structure comes to: headline figures, the chart, and what to look at twice."""

from datetime import date
from typing import Any

import streamlit as st

from analytics.job_rows import JobProfile
from analytics.money import money, signed_percent
from analytics.pay_basis import LABELS
from analytics.percentiles import percentile_label
from analytics.pricing.question import NATION
from analytics.ranges.build import BuiltStructure, Structure
from analytics.ranges.exchange import MARKET_CURRENCY, exchange_words
from analytics.ranges.market_levels import as_own_ranges
from analytics.ranges.range_warnings import range_warnings
from analytics.ranges.serialization import to_spec
from app_pages import cache, charts
from app_pages.asking import records_mode
from app_pages.charts import OwnMarks
from app_pages.components.context_line import show_context
from app_pages.components.markdown import escape_markdown

_MOST_WARNINGS = 12
PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def headline(structure: Structure, built: BuiltStructure) -> None:
    """How many ranges there are, how they stand to the market, and what they cost."""
    one, two, three, four = st.columns(4)
    locked = sum(r.locked for r in built.ranges)
    one.metric("Ranges", f"{len(built.ranges):,}", f"{locked} set by hand", **PLAIN)
    off = [r.midpoint / r.market - 1 for r in built.ranges if r.market]
    mean = sum(off) / len(off) if off else 0.0
    two.metric("Midpoints against market", signed_percent(mean, 1) if off else "no market",
               "on average", **PLAIN)  # fmt: skip
    people = cache.people_in_structure(records_mode(), to_spec(structure), str(date.today()))
    if people is None or not people.people:
        why = "no roster to be shown" if people is None else "none has a range here"
        three.metric("Own people", "none", why, **PLAIN)
    else:
        three.metric("Cost to minimum", money(people.to_minimum, structure.currency),
                     f"{people.below:,} of {people.people:,} people", **PLAIN)  # fmt: skip
        four.metric("Above maximum", f"{people.above:,}",
                    f"{money(people.over_maximum, structure.currency)} above", **PLAIN)  # fmt: skip
    percentiles = {percentile_label(level.percentile) for level in structure.markets}
    statuses = {level.status for level in structure.markets if level.status}
    show_context({
        "job": ", ".join(dict.fromkeys(level.function for level in structure.markets)),
        "pay basis": f"{LABELS[structure.pay_basis]}, {exchange_words(structure)}",
        "place": ", ".join((NATION, *(ratio.place for ratio in structure.places))),
        "date": structure.month,
        "status": f"market {', '.join(sorted(statuses))} at {', '.join(sorted(percentiles))}",
    })  # fmt: skip
    st.caption(f"Spreads: {escape_markdown(structure.settings.both_conventions)}.")


def draw_structure(structure: Structure, built: BuiltStructure, job: JobProfile | None) -> None:
    """Ranges, the market's bands and own people on one axis, at one place."""
    if job is None:
        st.caption("The chart needs a ladder that Bandstand has; the grid has every figure.")
        return
    places = [NATION, *(ratio.place for ratio in structure.places)]
    shown = NATION
    if len(places) > 1:
        shown = st.segmented_control("Place on the chart", places, default=NATION, required=True,
                                     key="chart_place") or NATION  # fmt: skip
    place = "" if shown == NATION else shown
    table = cache.ladder_answers(job.code, place, structure.pay_basis, structure.month)
    here = [r for r in built.ranges if r.place == shown]
    people = cache.people_on_ladder(records_mode(), job.code, place, structure.pay_basis).by_level
    levels = {m.level for m in structure.markets}
    bands = [b for b in table.rows if b.status != "published" and b.level in levels]
    if structure.currency != MARKET_CURRENCY:
        rate, people = structure.exchange, {}
        bands = [b.in_currency(structure.currency, rate) for b in bands] if rate else []
        st.caption(f"The chart is in {structure.currency}; people who are paid in USD are not "
                   "on it.")  # fmt: skip
    own = OwnMarks(
        ranges=as_own_ranges(structure, here),
        people={level: pays for level, pays in people.items() if level in levels},
    )
    charts.draw(
        charts.band_chart(bands, [], False, compact=True, row_height=40, own=own),
        key="structure chart",
        alt=charts.band_alt(bands) + charts.own_alt(own),
    )
    st.html(charts.band_legend(bands, split=False, own=own))


def show_warnings(structure: Structure, built: BuiltStructure) -> None:
    """What to look at twice, and levels without a range."""
    found = range_warnings(built.ranges, structure.settings, structure.currency)
    lines = [f"- **{w.kind.capitalize()}** – {escape_markdown(w.text)}" for w in found]
    lines += [f"- **Left out** – {escape_markdown(level.level)} has no market figure; choose a "
              "market line" for level in built.left_out]  # fmt: skip
    lines += [f"- **Left out** – the spread of {escape_markdown(name)}: there is no such level here"
              for name in structure.unused_spreads]  # fmt: skip
    if not lines:
        near = f"{structure.settings.off_market:.0%}".replace("%", " percent")
        st.caption(
            "No warning: no inversion, compression or overlap beyond the limits, and every "
            f"midpoint is within {near} of its market."
        )
        return
    with st.expander(f"Warnings ({len(lines)})", expanded=True, icon=":material/rule:"):
        more = [f"- and {len(lines) - _MOST_WARNINGS} more"] if len(lines) > _MOST_WARNINGS else []
        st.markdown("\n".join([*lines[:_MOST_WARNINGS], *more]))
