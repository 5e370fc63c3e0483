"""What a structure covers on the Ranges page: its levels, targets by focus, and currency."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.errors import InputError
from analytics.job_rows import JobProfile
from analytics.ranges.build import Structure
from analytics.ranges.exchange import MARKET_CURRENCY, exchange_rate, read_currency
from analytics.ranges.targets import Targets, targets_of
from app_pages import cache
from app_pages.components.markdown import escape_markdown

LEVELS, FOCUS, CURRENCY = "levels", "levels_from", "structure_in"
RATE, RATE_SOURCE = "per_usd", "rate_from"
#: Before the code of a focus, whose target percentile it is.
_TARGET = "rp_of_"


@dataclass(frozen=True)
class Scope:
    """What is built: ``levels`` empty for all, ``job`` one of the ladder's focus or None.

    ``targets`` are the percentiles of focuses by title. ``currency`` is the structure's,
    ``per_usd`` what one USD is worth in it; None where nothing is converted.
    """

    job: JobProfile | None
    levels: tuple[str, ...]
    targets: tuple[tuple[str, float], ...]
    currency: str
    per_usd: float | None
    rate_source: str


def scope_values(structure: Structure) -> dict[str, object]:
    """What the widgets hold when a saved structure is opened."""
    own = [m.level for m in structure.markets]
    job = _saved_job(structure)
    every = [row.level for row in cache.jobs_of_ladder(job)] if job else own
    of = dict(saved_targets(structure).of)
    focuses = {row.focus: row.focus_title for row in cache.focus_jobs(structure.function).values()}
    return {
        LEVELS: [] if set(every) <= set(own) else own,
        FOCUS: job.focus_title if job else None,
        CURRENCY: structure.currency,
        RATE: structure.exchange,
        RATE_SOURCE: structure.exchange_source,
        **{
            _TARGET + code: round(100 * of[title], 6) if title in of else None
            for code, title in focuses.items()
        },
    }


def saved_targets(structure: Structure) -> Targets:
    """The target percentiles that a structure was built at."""
    focuses = {m.level: cache.focus_of(m.code) for m in structure.markets}
    return targets_of(structure.markets, focuses)


def ask_scope(function: str, opened: Structure | None) -> Scope:
    """Draw the choices; raises `InputError` for a level of the link that there is not, or a rate.

    They stand folded away until one of them is made.
    """
    state = st.session_state
    usual = state.get(CURRENCY, MARKET_CURRENCY) == MARKET_CURRENCY and not state.get(LEVELS)
    asked = not usual or any(
        key in (LEVELS, FOCUS, CURRENCY) or key.startswith(_TARGET) for key in st.query_params
    )
    with st.expander("Levels, target of each focus, currency", asked, icon=":material/tune:"):
        focuses = cache.focus_jobs(function)
        job = cache.ladder_jobs().get(function)
        if job and cache.levels_of_several(function):
            title = st.selectbox(
                "Focus", list(focuses), list(focuses).index(job.focus_title), key=FOCUS,
                bind="query-params", width=320,
                help="Where several focuses have a level, whose it is.",
            )  # fmt: skip
            job = focuses.get(title, job)
        rows = cache.jobs_of_ladder(job) if job else []
        levels = _ask_levels([row.level for row in rows], function, opened)
        targets = _ask_targets(rows)
        return Scope(job, levels, targets, *_ask_currency(opened))


def _ask_levels(own: Sequence[str], function: str, opened: Structure | None) -> tuple[str, ...]:
    saved = [m.level for m in opened.markets if m.function == function] if opened else []
    known = list(dict.fromkeys((*own, *saved)))
    if unknown := [name for name in st.query_params.get_all(LEVELS) if name not in known]:
        raise InputError(
            f"{LEVELS}={', '.join(unknown)} in the link: {function} has no such level; it has "
            f"{', '.join(known)}"
        )
    return tuple(st.multiselect(
        "Levels", known, key=LEVELS, bind="query-params", placeholder="All",
        help="Those that get a range. A market line goes through these alone.",
    ))  # fmt: skip


def _ask_targets(rows: Sequence[JobProfile]) -> tuple[tuple[str, float], ...]:
    """The percentile of each focus, where the ladder has several."""
    focuses = {row.focus: row.focus_title for row in rows}
    if len(focuses) < 2:
        return ()
    typed = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for code, title in focuses.items():
            typed[title] = st.number_input(
                f"Percentile, {escape_markdown(title)}", 1.0, 99.0, None, 5.0, format="%g",
                key=_TARGET + code, bind="query-params", placeholder="that of its track",
                width=340, help="Before that of all levels and that of managers.",
            )  # fmt: skip
    return tuple((title, round(p / 100, 6)) for title, p in typed.items() if p is not None)


def _ask_currency(opened: Structure | None) -> tuple[str, float | None, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            "Currency", MARKET_CURRENCY, 3, key=CURRENCY, bind="query-params", width=90,
            help="The market is in USD; for another currency state the rate.",
        )  # fmt: skip
        currency = read_currency(typed or MARKET_CURRENCY)
        if currency == MARKET_CURRENCY:
            return currency, None, ""
        rate = st.number_input(
            f"One USD in {currency}", 0.0, None, None, 0.01, format="%g", key=RATE,
            bind="query-params", width=160, placeholder="none",
        )  # fmt: skip
        source = st.text_input(
            "Rate from", key=RATE_SOURCE, bind="query-params", width=320,
            placeholder="who states it, and of which day",
        )  # fmt: skip
    as_saved = bool(opened and (opened.currency, opened.exchange) == (currency, None))
    rate = rate if as_saved and rate is None else exchange_rate(currency, rate)
    return currency, rate, " ".join((source or "").split())


def _saved_job(structure: Structure) -> JobProfile | None:
    """A job of the focus that most levels of a saved structure are of; None without a ladder."""
    focuses = [title for m in structure.markets if (title := cache.focus_of(m.code))]
    main = max(dict.fromkeys(focuses), key=focuses.count, default="")
    jobs = cache.focus_jobs(structure.function)
    return jobs.get(main) or cache.ladder_jobs().get(structure.function)
