"""Spreads of single levels on the Ranges page, as text: P3=40, M5=60."""

import re
from collections.abc import Mapping

import streamlit as st

from analytics.errors import InputError
from analytics.ranges.settings import TRACKS

SINGLE = "spread_of"


def ask_level_spreads() -> dict[str, float]:
    """The spreads of single levels that are typed; raises `InputError` for what is none."""
    typed = st.text_input(
        "Single levels, %", key=SINGLE, bind="query-params", width=106, placeholder="P3=40, M5=60"
    )
    return read_spreads(typed or "")


def read_spreads(text: str) -> dict[str, float]:
    """The share of each level in a text of percents; raises `InputError`.

    >>> read_spreads("P3=40, M5 = 62.5%")
    {'P3': 0.4, 'M5': 0.625}
    """
    spreads: dict[str, float] = {}
    for part in filter(None, map(str.strip, re.split("[,;]", text))):
        level, _, percent = (word.strip() for word in part.partition("="))
        try:
            spread = round(float(percent.removesuffix("%")) / 100, 6)
        except ValueError:
            spread = -1.0
        if not level or not 0 <= spread <= 3:
            raise InputError(
                f"Single levels, %: {part!r} is no spread of a level. Say it as P3=40, with a "
                "percent from 0 to 300"
            )
        if level in spreads:
            raise InputError(f"Single levels, %: {level} stands twice; keep one of them")
        spreads[level] = spread
    return spreads


def spreads_text(spreads: Mapping[str, float]) -> str:
    """The spreads of single levels among those of a structure, as they are typed.

    >>> spreads_text({"management": 0.6, "P3": 0.4})
    'P3=40'
    """
    single = {name: spread for name, spread in spreads.items() if name not in TRACKS}
    return ", ".join(f"{level}={round(100 * spread, 6):g}" for level, spread in single.items())
