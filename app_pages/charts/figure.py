"""Handing a plain dictionary to Streamlit without Plotly's second look at it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import plotly.io
import streamlit as st
from plotly.basedatatypes import BaseFigure

ChartSpec = dict[str, Any]

_CONFIG = {"displayModeBar": False, "responsive": True}


class _Ready(BaseFigure):  # type: ignore[misc]
    """A figure that is its dictionary.

    Streamlit passes a plain dictionary through ``go.Figure``, which checks and
    copies every property at every click; the tests check each chart once.
    """

    def __init__(self, spec: ChartSpec) -> None:
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> ChartSpec:
        spec: ChartSpec = object.__getattribute__(self, "_spec")
        return spec


def draw(
    figure: ChartSpec,
    *,
    key: str,
    alt: str,
    clicked: Callable[[Any], None] | None = None,
    selected: Callable[[list[Any]], None] | None = None,
    narrow: bool = False,
) -> None:
    """Draw a chart over the page's full width, in the page's theme.

    One that can be read when ``narrow`` is drawn at a phone's width; others scroll there.

    ``clicked`` hears what a trace's ``meta`` says of the point that was clicked on,
    ``selected`` what it says of every point that was clicked on or drawn a box around.
    """

    def hear() -> None:
        points = st.session_state[key].selection.points
        metas = [(figure["data"][p["curve_number"]].get("meta"), p["point_index"]) for p in points]
        told = [meta[i] for meta, i in metas if meta]
        if selected:
            selected(told)
        elif clicked and told:
            clicked(told[0])

    layout = {**figure["layout"], "template": _template()}
    ready = _Ready({**figure, "layout": layout})
    modes = ("points", "box") if selected else "points"
    hears = clicked or selected
    hearing: dict[str, Any] = {"on_select": hear, "selection_mode": modes} if hears else {}
    with st.container(key=f"{'narrow' if narrow else 'chart'}-{key}"):  # the style scrolls charts
        st.plotly_chart(ready, key=key, config=_CONFIG, alt=alt, **hearing)


@cache
def _template() -> ChartSpec:
    """Streamlit's own template, which the browser fills with the theme's colors."""
    template: ChartSpec = plotly.io.templates["streamlit"].to_plotly_json()
    return template
