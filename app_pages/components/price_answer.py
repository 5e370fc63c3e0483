"""What the Price page shows: the answer, its derivation, and the whole ladder."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from analytics.market_tables import sources_named
from analytics.money import money, money_range
from analytics.pay_rows import PricedLevel
from analytics.percentiles import percentile_label
from analytics.pricing import serialization as spec
from analytics.pricing.answers import answer_name
from analytics.pricing.defaults import default_sources
from analytics.pricing.derivation import derivation
from analytics.pricing.inputs import Pricing
from analytics.pricing.ladder import ladder_prices, priced_level
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.pricing.statement import assumption_line, context_of, shown_figures
from analytics.pricing.tables import (
    adjustment_table,
    contribution_table,
    figure_table,
    leave_one_out_table,
)
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.context_line import show_context
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table
from data.catalog.pay_answers import pay_report
from data.files.pricing_workbook import pricing_workbook

LADDER = "The whole ladder, priced alike"
_OF_SEVERAL = (
    " Composite: what the average source reports. Pooled: everybody in the sources taken "
    "together, so wider."
)
PLAIN: dict[str, Any] = {"delta_arrow": "off", "delta_color": "off"}


def show_answer(priced: PricedJob) -> None:
    """The answer, how sure it is, and the whole derivation."""
    show_figures(priced)
    show_context(context_of(_question(priced), priced))
    if assumption := assumption_line(priced):
        st.caption(f"{escape_markdown(assumption)} Change it under Assumptions above.")
    show_cautions(priced)
    charts.draw(charts.price_chart(priced), key="priced", alt=charts.price_alt(priced))
    st.caption(
        "Line: outermost percentiles; box: P25 to P75, hatched where modelled; mark: the "
        "percentile asked. Beneath the answer its interval."
        + (_OF_SEVERAL if len(priced.target.shares) > 1 else "")
    )
    st.subheader("In words")
    words = derivation(priced)
    st.code(words, language=None, wrap_lines=True)
    offered = {source.origin for source in priced.pricing.sources}
    named = sources_named(cache.source_table().frame, offered | priced.origins)
    about = {
        "job": priced.pricing.job,
        "pay basis": priced.pricing.basis,
        "to": str(priced.pricing.to),
        "in words": words,
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
            show_ladder(priced.pricing)
    with st.container(horizontal=True):
        downloads.offer_workbook(
            lambda: _workbook(priced), "bandstand-pricing.xlsx", "Download the workbook", about
        )
        downloads.offer_text(
            spec.to_export(priced), "pricing.json", "Download the pricing, inputs and answer", about
        )


def _question(priced: PricedJob) -> PayQuestion:
    """What was priced, as the question of the first page."""
    pricing = priced.pricing
    job = next(row for row in cache.profiles().rows if row.code == pricing.code)
    return PayQuestion(job, pricing.place, pricing.basis, pricing.target, pricing.to)


def _workbook(priced: PricedJob) -> bytes:
    """The pricing as a workbook that begins with its question and answer."""
    sources, today = cache.source_table().frame, date.today().isoformat()
    return pricing_workbook(pay_report(_question(priced), priced, (), sources, today), priced)


def show_figures(priced: PricedJob) -> None:
    """The composite, the pooled workforce, and what the answer is most sensitive to."""
    figure, currency = priced.target, priced.pricing.currency
    label = percentile_label(figure.p)
    value, interval = shown_figures(priced)
    ends = f"interval {money_range(*interval, currency)}" if interval else "error unknown"
    one, two, three = st.columns(3)
    one.metric(f"{label}, {answer_name(priced)}", money(value, currency), ends, **PLAIN)
    if figure.pooled is not None and len(figure.shares) > 1:
        two.metric(
            f"{label}, pooled workforce",
            money(figure.pooled, currency),
            "everybody together",
            **PLAIN,
        )
    if not figure.leave_one_out:
        three.metric("Sources", f"{len(figure.shares)}", "nothing to check it against", **PLAIN)
        return
    ratios = {name: pay / figure.composite - 1 for name, pay in figure.leave_one_out.items()}
    far = max(ratios, key=lambda name: abs(ratios[name]))
    without = escape_markdown(f"without {far}"[:60])
    three.metric("Most sensitive to", f"{ratios[far]:+.0%}", without, **PLAIN)


def show_cautions(priced: PricedJob) -> None:
    """Outliers among the sources, and the sources that could not be used."""
    flagged = [
        f"{part.source.name}: {flag}"
        for part in priced.contributions
        for flag in part.flags
        if "outl" in flag
    ]
    kin = dict.fromkeys(f for c in priced.used for f in c.flags if "share one weight" in f)
    flagged += kin
    if flagged:
        st.warning(escape_markdown(". ".join(flagged)) + ".", icon=":material/warning:")
    if left := [f"{part.source.name} {part.exclusion_reason}" for part in priced.excluded]:
        st.info("Left out: " + "; ".join(map(escape_markdown, left)), icon=":material/block:")


def show_ladder(asked: Pricing) -> None:
    """Every level of the job's ladder, priced alike from what the store holds."""
    profiles = cache.profiles().rows
    job = next(row for row in profiles if row.code == asked.code)
    answers = []
    for row in sorted(profiles, key=lambda r: (r.track == "management", r.grade)):
        if row.ladder != job.ladder:
            continue
        sources = default_sources(cache.price_sources(row.code, asked.place), asked.basis)
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
