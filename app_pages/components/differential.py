"""What a move from one level to another is worth, as a headline figure."""

import streamlit as st

from analytics.money import signed_percent
from analytics.pay_basis import LABELS
from analytics.pay_rows import LevelDifference
from app_pages.charts.steps import difference
from app_pages.components.context_line import show_context


def show_differential(move: LevelDifference, label: str) -> None:
    """The differential in money and percent, its interval, and beneath it what it is of."""
    ends = f"{signed_percent(move.ratio_low)} to {signed_percent(move.ratio_high)}"
    st.metric(
        label,
        f"{difference(move, True)} ({difference(move, False)})",
        f"interval {ends}",
        delta_arrow="off",
        delta_color="off",
    )
    show_context(
        {
            "job": f"{move.start} to {move.end}",
            "pay basis": f"median of {LABELS[move.pay_basis]}",
            "date": move.as_of,
            "status": move.status,
        }
    )
