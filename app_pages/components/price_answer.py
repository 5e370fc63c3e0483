"""What the Price page shows: the answer, its derivation, and the whole ladder."""

from dataclasses import replace
from typing import Any

import streamlit as st

from analytics.market_tables import MODEL_SOURCES
from analytics.money import money, money_range
from analytics.pricing import serialization as spec
from analytics.pricing.derivation import derivation
from analytics.pricing.ladder import ladder_prices, priced_level
from analytics.pricing.pricing import PricedJob, Pricing
from analytics.pricing.tables import (
    adjustment_table,
    contribution_table,
    figure_table,
    leave_one_out_table,
)
from analytics.rows import PricedLevel
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table

LADDER = "The whole ladder, priced alike"
PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def show_answer(priced: PricedJob) -> None:
    """The answer, how sure it is, and the whole derivation."""
    figure, asked = priced.target, priced.pricing
    label = f"P{100 * figure.p:g}"
    one, two, three = st.columns(3)
    currency = asked.currency
    ends = (
        f"interval {money_range(figure.low, figure.high, currency)}"
        if figure.interval
        else "error unknown"
    )
    one.metric(f"{label}, market composite", money(figure.composite, currency), ends, **PLAIN)
    if figure.pooled is not None:
        two.metric(
            f"{label}, pooled workforce",
            money(figure.pooled, currency),
            "everybody together",
            **PLAIN,
        )
    if figure.leave_one_out:
        far = max(
            figure.leave_one_out, key=lambda n: abs(figure.leave_one_out[n] - figure.composite)
        )
        apart = figure.leave_one_out[far] / figure.composite - 1
        three.metric(
            "Most sensitive to", f"{apart:+.0%}", escape_markdown(f"without {far}"[:60]), **PLAIN
        )
    else:
        three.metric("Sources", "1", "nothing to check it against", **PLAIN)
    flagged = [
        f"{p.source.name}: {flag}"
        for p in priced.contributions
        for flag in p.flags
        if "outl" in flag
    ]
    left = [f"{p.source.name} {p.exclusion_reason}" for p in priced.excluded]
    if flagged:
        st.warning(escape_markdown(". ".join(flagged)) + ".", icon=":material/warning:")
    if left:
        st.info("Left out: " + "; ".join(map(escape_markdown, left)), icon=":material/block:")
    charts.draw(charts.price_chart(priced), key="priced", alt=charts.price_alt(priced))
    st.caption(
        "Line: outermost percentiles; box: P25 to P75; mark: the percentile asked. Beneath the "
        "market composite its interval. Composite: what the average source reports. Pooled: "
        "everybody in the sources taken together, so wider."
    )
    st.subheader("In words")
    st.code(derivation(priced), language=None, wrap_lines=True)
    origins = {s.origin for s in asked.sources} | {"bls-eci"}
    if "ladder-model" in origins:
        origins |= set(MODEL_SOURCES)
    every = cache.source_table().frame
    named = every[every.source.isin(origins)]
    about = {
        "job": asked.job,
        "pay basis": asked.basis,
        "to": str(asked.to),
        "in words": derivation(priced),
    }
    tables = {
        "Figures": figure_table,
        "Sources and weights": contribution_table,
        "Without each source": leave_one_out_table,
        "Every step": adjustment_table,
    }
    # A closed tab computes nothing and sends nothing.
    *tabs, whole = st.tabs([*tables, LADDER], key="shown", on_change="rerun", bind="query-params")
    for tab, (title, make) in zip(tabs, tables.items(), strict=True):
        if tab.open:
            with tab:
                table = make(priced)
                Table.of(table).show(f"priced {title}", title, first=())
                downloads.offer_table(table, f"pricing {title.lower()}", about, named)
    if whole.open:
        with whole:
            show_ladder(asked)
    downloads.offer_text(
        spec.to_export(priced), "pricing.json", "Download the pricing, inputs and answer", about
    )


def show_ladder(asked: Pricing) -> None:
    """Every level of the job's ladder, priced alike from what the store holds."""
    profiles = cache.profiles().rows
    job = next(row for row in profiles if row.code == asked.code)
    answers = []
    for row in sorted(profiles, key=lambda r: (r.track == "management", r.grade)):
        if row.ladder != job.ladder:
            continue
        sources = tuple(
            source
            for source in cache.price_sources(row.code, asked.place)
            if source.basis == asked.basis and source.match in ("exact", "strong")
        )
        answers.append(priced_level(row.level, row.track, replace(asked, sources=sources)))
    if sum(priced is not None for _, _, priced in answers) < 2:
        st.caption("The other levels have no source on this basis.")
        return
    # Levels of one model share its assumptions: their steps are paired, as on the Market page.
    differences = cache.level_differences().rows
    paired = {(d.start, d.end): d for d in differences if d.ladder == job.ladder}
    table = Table.of(ladder_prices(answers, paired), PricedLevel)
    charts.draw(
        charts.priced_level_chart(table.rows),
        key="levels",
        alt="Every level of the ladder, priced alike",
    )
    st.caption(
        "Each level priced from its own stored sources. Dots: as computed, with intervals. "
        "Circles: the nearest figures that never fall along a track. Where the two agree, nothing "
        "was smoothed. A differential is called an inversion where its interval lies below 0, "
        "a compression where it lies below 5 percent."
    )
    table.show("levels", "Every level, priced alike", first=())
    downloads.offer_table(
        table.frame, "priced levels", {"to": str(asked.to)}, cache.source_table().frame
    )
