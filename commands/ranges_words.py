"""What the words of `bandstand ranges build` say: the market, targets, figures and settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from analytics.errors import InputError
from commands.shared import read_bytes

if TYPE_CHECKING:
    import duckdb

    from analytics.pricing.question import PayQuestion
    from analytics.ranges.build import Structure
    from analytics.ranges.rows import MarketLevel
    from analytics.ranges.settings import RangeSettings


@dataclass(frozen=True)
class MarketWords:
    """Which market is asked for: that of a job's ladder, or a file's; which levels of it."""

    job: str
    market: Path | None
    basis: str
    percentile: float
    month: str
    levels: list[str]
    percentile_of: list[str]
    figure_of: list[str]
    places: list[str]


@dataclass(frozen=True)
class CurrencyWords:
    """The currency of the structure, what one USD is worth in it, and who states that."""

    currency: str
    exchange: float | None
    source: str


def structure_of_words(
    con: "duckdb.DuckDBPyConnection",
    words: MarketWords,
    money: CurrencyWords,
    settings: "RangeSettings",
) -> "Structure":
    """The structure on a ladder's market, or on a file's; raises `InputError`."""
    if bool(words.job) == bool(words.market):
        raise InputError("say either --job, for the market of its ladder, or --market FILE")
    if words.market:
        return _on_file(words.market, words, money, settings)
    return _on_ladder(con, words, money, settings)


def _on_file(
    market: Path, words: MarketWords, money: CurrencyWords, settings: "RangeSettings"
) -> "Structure":
    from analytics.pay_basis import PAY_BASES
    from analytics.ranges.build import Structure
    from analytics.ranges.exchange import read_currency
    from analytics.ranges.market_levels import choose_levels
    from data.ranges.market_file import read_market_file

    if words.places:
        raise InputError("--place needs --job; give a file's figures by place in its rows")
    if words.figure_of:
        raise InputError("--figure-of needs --job; a file has its figures by row")
    if words.percentile_of:
        raise InputError("--percentile-of needs --job; a file has its percentiles by row")
    if money.exchange is not None or money.source:
        raise InputError("--exchange needs --job; a file's figures are in --currency already")
    levels = choose_levels(read_market_file(market.name, read_bytes(market)), words.levels)
    if words.basis not in PAY_BASES:
        raise InputError(f"no pay basis {words.basis!r}; use {', '.join(PAY_BASES)}")
    currency = read_currency(money.currency)
    return Structure(words.basis, currency, _month(words.month), levels, settings)


def _on_ladder(
    con: "duckdb.DuckDBPyConnection",
    words: MarketWords,
    money: CurrencyWords,
    settings: "RangeSettings",
) -> "Structure":
    from analytics.ranges.build import Structure
    from analytics.ranges.exchange import in_currency
    from data.catalog.pay_questions import find_place, find_question
    from data.people.positions import read_places
    from data.ranges.market import read_place_ratios

    month = _month(words.month)
    question, taken = find_question(con, words.job, "", words.basis, words.percentile, month)
    if taken:
        typer.echo(f"bandstand: {taken}", err=True)
    known = [find_place(text, read_places(con))[0] for text in words.places]
    ratios = read_place_ratios(con, question.job.function, [p for p in known if p])
    in_usd = Structure(words.basis, "USD", month, _levels(con, question, words), settings, ratios)
    return in_currency(in_usd, money.currency, money.exchange, money.source)


def _levels(
    con: "duckdb.DuckDBPyConnection", question: "PayQuestion", words: MarketWords
) -> "tuple[MarketLevel, ...]":
    """The market of the levels that are asked for, as chosen; raises `InputError`."""
    from analytics.ranges.market_levels import choose_levels
    from data.ranges.market import read_market_levels

    targets = dict(_target(text) for text in words.percentile_of)
    chosen = dict(_figure(text) for text in words.figure_of)
    levels = choose_levels(read_market_levels(con, question, targets, chosen), words.levels)
    if unknown := [name for name in chosen if name not in {m.level for m in levels}]:
        raise InputError(f"--figure-of {unknown[0]!r}: no such level is built")
    if missing := [m for m in levels if m.chosen and m.market is None]:
        name = missing[0]
        raise InputError(f"--figure-of {name.level}: {name.chosen!r} gives no figure on this basis")
    named = {name for m in levels for name in (m.level, m.track)} | _focuses(con, question)
    if unknown := [name for name in targets if name not in named]:
        names = ", ".join(sorted(named))
        raise InputError(f"--percentile-of {unknown[0]!r}: no such level, focus or track; {names}")
    return levels


def _month(text: str) -> str:
    from datetime import date

    from analytics.pricing.ageing import Month, parse_month

    today = date.today()
    return str(parse_month(text) if text else Month(today.year, today.month))


def _focuses(con: "duckdb.DuckDBPyConnection", question: "PayQuestion") -> set[str]:
    """The titles of the focuses that have levels of a question's ladder."""
    from queries import run

    rows = run(con, "profiles")
    return set(rows[rows.ladder == question.job.ladder].focus_title)


def _figure(text: str) -> tuple[str, str]:
    level, _, figure = (part.strip() for part in text.partition("="))
    if not level or not figure:
        raise InputError(f"--figure-of {text!r}: say it as P3='Pay records'")
    return level, figure


def _target(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        percent = float(value)
    except ValueError:
        percent = 0.0
    if not name.strip() or not 1 <= percent <= 99:
        raise InputError(
            f"--percentile-of {text!r}: say it as P3=60 or management=75, from 1 to 99"
        )
    return name.strip(), round(percent / 100, 6)


def settings_of_words(
    midpoints: str,
    spread: float,
    spread_of: list[str],
    around: bool,
    rounding: float,
    steps: int,
) -> "RangeSettings":
    from analytics.ranges.settings import AROUND, MIN_TO_MAX, RangeSettings

    spreads = dict(_spread(text) for text in spread_of)
    convention = AROUND if around else MIN_TO_MAX
    return RangeSettings(midpoints, spread / 100, spreads, convention, rounding, steps)


def _spread(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value) / 100
    except ValueError:
        raise InputError(f"--spread-of {text!r}: say it as P3=50 or management=60") from None
