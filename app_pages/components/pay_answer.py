"""The answer to the question: the figure, how far to trust it, why, and what to do with it."""

from datetime import date
from html import escape
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from analytics.bands import round_modelled
from analytics.money import money, money_range
from analytics.pay_basis import LABELS
from analytics.pricing.answers import status_of
from analytics.pricing.derivation import derivation
from analytics.pricing.explanation import trust_line, waterfall
from analytics.pricing.pricing import PricedJob
from analytics.pricing.sensitivity import sensitivities
from analytics.rows import Band
from app_pages import cache, charts
from app_pages.components import downloads
from app_pages.components.context_line import context_text, show_context
from app_pages.components.markdown import escape_markdown
from app_pages.components.pay_question import PayQuestion, month_in_words
from data.files.report import Bar, Report, report_html

_MOST_INPUTS = 3


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
    show_context(about(question, priced))
    if assumption := assumption_line(priced):
        st.caption(escape_markdown(assumption))
    with st.container(horizontal=True, vertical_alignment="center"):
        _actions(question, priced, ladder)


def shown_figures(priced: PricedJob) -> tuple[float, tuple[float, float] | None]:
    """The answer and its interval as they are shown: modelled ones to the nearest hundred."""
    figure = priced.target
    if status_of(priced) != "modelled":
        return figure.composite, figure.interval
    value, *ends = (
        float(x) for x in round_modelled(np.array([figure.composite, *(figure.interval or ())]))
    )
    return value, (ends[0], ends[1]) if ends else None


def about(question: PayQuestion, priced: PricedJob) -> dict[str, str]:
    """What the figure is, part by part."""
    _, ends = shown_figures(priced)
    return {
        "job": question.job.label,
        "pay basis": f"P{100 * question.percentile:g} of {LABELS[question.basis]}",
        "place": question.place_label,
        "date": month_in_words(question.month),
        "status": status_of(priced),
        "interval": money_range(*ends, priced.pricing.currency) if ends else "",
    }


def assumption_line(priced: PricedJob) -> str:
    """The bridge between pay bases that the answer rests on; empty where there is none."""
    used = [part for part in priced.contributions if part.source.name in priced.target.shares]
    bridges = list(dict.fromkeys(part.bridge_label for part in used if part.bridge_label))
    if not bridges:
        return ""
    counts_equity = any(part.source.basis == "total_comp" for part in used)
    at_most = "At most, since total compensation counts equity: " if counts_equity else "Assumes "
    return f"{at_most}{'; '.join(bridges)}. Change it under Price a job."


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
        query_params=question.pricing_link,
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
        st.code(f"{(st.context.url or '').split('?')[0]}?{urlencode(question.link)}", language=None)
    downloads.offer_page(
        lambda: report_html(report_of(question, priced, ladder)),
        "bandstand-report.html",
        "Report",
        {"question": question_text(question)},
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
            query_params={"job": question.job.code},
        )


def question_text(question: PayQuestion) -> str:
    """The question as a sentence."""
    return (
        f"What should we pay a {question.job.label} in {question.place_label}, "
        f"{LABELS[question.basis]}, at P{100 * question.percentile:g}, in "
        f"{month_in_words(question.month)}?"
    )


def report_of(question: PayQuestion, priced: PricedJob, ladder: list[Band]) -> Report:
    """The page that can be handed on."""
    figure, currency = priced.target, priced.pricing.currency
    value, ends = shown_figures(priced)
    effects = sensitivities(priced)
    inputs = [
        f"{effect.change[:1].upper()}{effect.change[1:]}: {money(effect.value, currency)} "
        f"({effect.ratio:+.1%})"
        for effect in effects[:_MOST_INPUTS]
    ]
    origins = {
        part.source.origin for part in priced.contributions if part.source.name in figure.shares
    }
    sources = [vars(row) for name, row in cache.sources().items() if name in origins | {"bls-eci"}]
    if question.place:
        sources += [vars(row) for name, row in cache.sources().items() if name == "bea-rpp"]
    return Report(
        question=question_text(question),
        answer=value,
        interval=ends,
        currency=currency,
        trust=trust_line(priced),
        context=context_text(about(question, priced)),
        bars=[_bar(row, question) for row in ladder if row.median is not None],
        inputs=inputs,
        derivation=derivation(priced),
        changes=[
            "A survey of your own for this job, loaded under Import.",
            "Another date, place, pay basis or percentile in the question.",
        ],
        sources=sources,
        made_on=date.today().isoformat(),
    )


def _bar(row: Band, question: PayQuestion) -> Bar:
    published = ", published" if row.status == "published" else ""
    return Bar(
        f"{row.level} {row.title}{published}",
        row.percentiles["p50"],
        row.low,
        row.high,
        highlighted=row.level == question.job.level and not published,
    )
