"""The figures and percentiles chosen for single levels on the Ranges page, in its link."""

from collections.abc import Mapping

import streamlit as st

from analytics.errors import InputError
from analytics.ranges.market_choice import MarketChoice

#: Its name in the link; once a level, as `P3:75:Pricing: CSM 2027`.
FIGURE = "level_figure"
_WRITTEN = "level figures written to the link"


def link_texts(choices: Mapping[str, MarketChoice]) -> list[str]:
    """What was chosen for each level as the link has it.

    >>> link_texts({"P3": MarketChoice("Survey A"), "P4": MarketChoice("", 0.625)})
    ['P3::Survey A', 'P4:62.5:']
    """
    return [
        f"{level}:{'' if c.percentile is None else f'{round(100 * c.percentile, 6):g}'}:{c.figure}"
        for level, c in choices.items()
    ]


def read_link(text: str) -> tuple[str, MarketChoice]:
    """A level and what the link says was chosen for it; raises `InputError` for no such text.

    >>> read_link("P3:75:Pricing: CSM 2027")
    ('P3', MarketChoice(figure='Pricing: CSM 2027', percentile=0.75))
    """
    level, *rest = text.split(":", 2)
    try:
        percentile, figure = rest
        share = round(float(percentile) / 100, 6) if percentile else None
    except ValueError:
        share, level = None, ""
    if not level or not (share is None or 0.01 <= share <= 0.99):
        raise InputError(
            f"{FIGURE}={text} in the link is no choice of a level. It takes LEVEL:PERCENTILE:"
            "FIGURE with a percentile from 1 to 99, as in P3:75:Survey A; or remove it"
        )
    return level, MarketChoice(figure, share)


def newly_linked() -> dict[str, MarketChoice] | None:
    """What the link names, where that is not what this page wrote there; else None."""
    named = st.query_params.get_all(FIGURE)
    if not named or named == st.session_state.get(_WRITTEN):
        return None
    st.session_state[_WRITTEN] = named
    return dict(map(read_link, named))


def write_link(choices: Mapping[str, MarketChoice]) -> None:
    """Bring the link to what is chosen."""
    wanted = link_texts(choices)
    st.session_state[_WRITTEN] = wanted
    if wanted != st.query_params.get_all(FIGURE):
        st.query_params[FIGURE] = wanted
