"""The answer to the question: the figure, how far to trust it, why, and what to do with it."""

from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band
from analytics.pricing.derivation import derivation
from analytics.pricing.explanation import trust_line, waterfall
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.question import PayQuestion
from analytics.pricing.statement import assumption_line, context_of, shown_figures
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.context_line import show_context
from app_pages.components.markdown import escape_markdown
from app_pages.components.pay_question import pricing_link, question_link
from data.catalog.pay_answers import pay_report
from data.files.pricing_workbook import pricing_workbook
from data.files.report import Report, report_html


def show_answer(question: PayQuestion, priced: PricedJob | None, ladder: list[Band]) -> None:
    """The figure with its interval, trust line, assumptions and actions; or what would answer."""
    if priced is None:
        _nothing_answers(question)
        return
    currency = priced.pricing.currency
    value, ends = shown_figures(priced)
    interval = f"interval {money_range(*ends, currency)}" if ends else "error unknown"
    st.html(
        f'<div class="answer"><span class="figure">{money(value, currency)}</span>'
        f'<span class="interval">{interval}</span>'
        f'<span class="trust">{escape(trust_line(priced))}</span></div>'
    )
    show_context(context_of(question, priced))
    if assumption := assumption_line(priced):
        st.caption(f"{escape_markdown(assumption)} Change it under Price a job.")
    with st.container(horizontal=True, vertical_alignment="center"):
        _actions(question, priced, ladder)


def _actions(question: PayQuestion, priced: PricedJob, ladder: list[Band]) -> None:
    with st.popover("Why", icon=":material/help:"):
        steps = waterfall(priced)
        charts.draw(
            charts.waterfall_chart(steps, priced.pricing.currency),
            key="why",
            alt=charts.waterfall_alt(steps, priced.pricing.currency),
        )
        st.code(derivation(priced), language=None, wrap_lines=True)
    st.page_link(
        "app_pages/price.py",
        label="Change sources",
        icon=":material/balance:",
        query_params=pricing_link(question),
    )
    st.page_link(
        "app_pages/profile.py",
        label="Job profile",
        icon=":material/badge:",
        query_params={"profile": question.job.code},
    )
    if following := _next_job(question):
        st.page_link(
            "app_pages/compare.py",
            label="Compare with the next level",
            icon=":material/compare_arrows:",
            query_params={"profiles": [question.job.code, following]},
        )
    with st.popover("Share", icon=":material/link:"):
        st.caption("This link opens the same question and answer.")
        st.code(
            f"{(st.context.url or '').split('?')[0]}?{urlencode(question_link(question))}",
            language=None,
        )
    downloads.offer_page(
        lambda: report_html(report_of(question, priced, ladder)),
        "bandstand-report.html",
        "Report",
        {"question": question.text},
    )
    downloads.offer_workbook(
        lambda: pricing_workbook(report_of(question, priced, ladder), priced),
        "bandstand-pricing.xlsx",
        "Workbook",
        {"question": question.text},
    )


def _next_job(question: PayQuestion) -> str:
    """The code of the next level's job of the same focus and track; empty at the top."""
    job = question.job
    above = [
        row
        for row in cache.profiles().rows
        if (row.focus, row.track) == (job.focus, job.track) and row.grade > job.grade
    ]
    return min(above, key=lambda row: row.grade).code if above else ""


def _nothing_answers(question: PayQuestion) -> None:
    st.info(
        f"No source answers for {escape_markdown(question.job.label)} on "
        f"{LABELS[question.basis]} yet. A survey of your own would.",
        icon=":material/search_off:",
    )
    with st.container(horizontal=True):
        st.page_link(
            "app_pages/imports.py",
            label="Load a survey",
            icon=":material/upload:",
            query_params={"kind": "A survey"},
        )
        st.page_link(
            "app_pages/price.py",
            label="Type figures of your own",
            icon=":material/balance:",
            query_params=pricing_link(question),
        )


def report_of(question: PayQuestion, priced: PricedJob, ladder: list[Band]) -> Report:
    """The page that can be handed on, as whoever looks at this server may see its sources."""
    sources = cache.source_table().frame
    return pay_report(question, priced, ladder, sources, date.today().isoformat())
