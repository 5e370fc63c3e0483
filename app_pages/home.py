"""Home: the question as a sentence, the answer, and the whole ladder on the same terms."""

import streamlit as st

from analytics.errors import BandstandError
from analytics.pay_rows import Band, Benchmark
from analytics.percentiles import PERCENTILES
from analytics.permissions import Action
from analytics.pricing.question import PayQuestion
from app_pages import cache, charts
from app_pages.asking import allowed
from app_pages.components import downloads
from app_pages.components.attention import show_attention
from app_pages.components.demo import offer_demo, show_demo_notice
from app_pages.components.markdown import escape_markdown
from app_pages.components.own_layers import choose_marks
from app_pages.components.pay_answer import show_answer
from app_pages.components.pay_question import JOB, ask_question
from app_pages.components.tables import Table
from data.imports.log import ACTIVE

_ROW_HEIGHT = 32


def draw_ladder(question: PayQuestion, table: Table[Band]) -> None:
    """Every level on one axis; a click on one puts it into the sentence."""
    beside = _benchmarks(question)
    chart, switches = st.container(), st.container()
    with switches:
        own = choose_marks(question)
    codes = {
        row.level: row.code for row in cache.profiles().rows if row.ladder == question.job.ladder
    }

    def follow(cell: list[str]) -> None:
        st.session_state[JOB] = codes[cell[0]]

    figure = charts.band_chart(
        table.rows,
        beside,
        False,
        row_height=_ROW_HEIGHT,
        highlight=question.job.level,
        compact=True,
        own=own,
    )
    alt = charts.band_alt(table.rows) + charts.own_alt(own)
    with chart:
        charts.draw(figure, key="ladder", alt=alt, clicked=follow)
        st.html(charts.band_legend(table.rows, split=False, own=own))
    as_loaded = " and your ranges and people as loaded" if own.ranges or own.people else ""
    st.caption(
        f"Published figures stand as published{as_loaded}; all others are on the terms of the "
        "question."
    )
    st.container(key="screen-only-hint").caption("Click a level to put it into the question.")


def _benchmarks(question: PayQuestion) -> list[Benchmark]:
    """Benchmarks of the function on the basis asked."""
    rows = cache.benchmarks(PERCENTILES).rows
    return [
        row
        for row in rows
        if row.function == question.job.function_title and row.pay_basis == question.basis
    ]


def start_here() -> None:
    """What to do first, while nothing of one's own is loaded."""
    cards: tuple[tuple[str, str, str, str, str, dict[str, str]], ...] = (
        ("Explore what is on board", "Bands, benchmarks and their sources.",
         "app_pages/market.py", "Open the market", ":material/bar_chart:", {}),
        ("Load a survey", "Your own market figures, beside the others.",
         "app_pages/imports.py", "Load a survey", ":material/upload:", {"kind": "A survey"}),
        ("Load people and ranges", "Your roster and pay structure, against the market.",
         "app_pages/imports.py", "Load a roster", ":material/group:", {"kind": "Your roster"}),
    )  # fmt: skip
    st.header("Start here")
    for column, (title, text, page, label, icon, link) in zip(st.columns(3), cards, strict=True):
        with column.container(border=True):
            st.markdown(f"**{title}**")
            st.caption(text)
            st.page_link(page, label=label, icon=icon, query_params=link)


try:
    with st.container(gap="xsmall"):  # so that the whole ladder stands on the first screen
        st.title("Market pay you can trace")
        st.caption(
            "Ask for a job; the answer comes with its interval, what it rests on, and how it came "
            "about."
        )
        question = ask_question()
        terms = (question.job.code, question.place, question.basis)
        priced = cache.answer(*terms, question.percentile, str(question.month))
        ladder = cache.ladder_answers(*terms, str(question.month))
        show_answer(question, priced, ladder.rows)
    if len(ladder):
        draw_ladder(question, ladder)
        with st.expander("The table", on_change="rerun") as opened:
            if opened.open:
                ladder.show("ladder table", "Every level on the same terms")
                downloads.offer_table(
                    ladder.frame,
                    "bandstand ladder",
                    {"job": question.job.label, "to": str(question.month)},
                    cache.source_table().frame,
                )
    show_attention()
except BandstandError as error:
    st.error(escape_markdown(str(error)), icon=":material/error:")
if allowed(Action.IMPORT) and not any(load.state == ACTIVE for load in cache.loads().rows):
    with st.container(key="screen-only-start"):
        start_here()
        offer_demo()
show_demo_notice()
