"""Market figures of levels from a file, as what a structure is built from."""

from typing import Any

from analytics.ranges.rows import MarketLevel
from data.files.problems import Problem, RejectedError
from data.files.read_table import read_table
from data.files.text_table import select_columns

_NEEDED = ("level", "grade", "track", "market")
_ALLOWED = ("function", *_NEEDED, "low", "high", "percentile", "source", "status")
_TRACKS = ("professional", "management")


def read_market_file(file: str, content: bytes, function: str = "") -> tuple[MarketLevel, ...]:
    """One market figure a row: level, grade, track, market, and what else is known of it.

    ``function`` is that of rows which name none; without one a range is for everybody
    of its level. ``percentile`` is in percent, 50 where it
    is empty; ``low`` and ``high`` are the ends of the figure's interval. Raises
    `RejectedError` with every problem: nothing is built on a part of a file.
    """
    table, problems = read_table(file, content, _ALLOWED)
    rows, wrong = select_columns(table, _ALLOWED, _NEEDED)
    problems = [*problems, *wrong]
    levels = [_level(file, number, row, function, problems) for number, row in rows]
    if problems:
        raise RejectedError(problems)
    return tuple(levels)


def _level(
    file: str, number: int, row: dict[str, str], function: str, problems: list[Problem]
) -> MarketLevel:
    def numeric(name: str, least: float, most: float, empty: float | None) -> Any:
        text = row[name]
        if not text:
            return empty
        try:
            value = float(text.replace(",", ""))
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            limits = f"use a number from {least:g} to {most:,.0f}"
            problems.append(Problem(file, number, name, text, "can't be used", limits))
        return value

    if row["track"].casefold() not in _TRACKS:
        use = f"use {' or '.join(_TRACKS)}"
        problems.append(Problem(file, number, "track", row["track"], "is no track", use))
    for name in ("level", "grade"):
        if not row[name]:
            problems.append(Problem(file, number, name, "", "is empty", f"give the {name}"))
    market, low, high = (numeric(name, 1, 1e8, None) for name in ("market", "low", "high"))
    return MarketLevel(
        row["function"] or function, row["level"], row["track"].casefold(),
        numeric("grade", 0, 100, 0.0), market, low, high, numeric("percentile", 1, 99, 50.0) / 100,
        row["source"] or file, row["status"] or "imported",
    )  # fmt: skip
