"""The one bar of filters above a page's content: a panel, removable chips, Clear all, a count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

_FEW = 12
#: Chips beyond these are only counted.
_MOST_CHIPS = 12


@dataclass(frozen=True)
class Facet:
    """What a page can be narrowed by: several of the ``options``, none meaning all of them.

    ``key`` is its name in the link and the session. With ``at_first`` it is a
    switch of what is shown, chosen from the start and told only where changed.
    """

    label: str
    key: str
    options: tuple[str, ...]
    say: Callable[[str], str] = str
    at_first: tuple[str, ...] = ()

    @property
    def chosen(self) -> list[str]:
        """The values chosen in this session."""
        return list(st.session_state.get(self.key) or ())

    @property
    def is_changed(self) -> bool:
        """Whether the page is narrowed, or a switch stands otherwise than at first."""
        return set(self.chosen) != set(self.at_first)


@dataclass(frozen=True)
class Chip:
    """A choice that a click removes: ``key`` then holds ``left``."""

    label: str
    key: str
    left: Any


def show_filter_bar(
    facets: Sequence[Facet],
    more: Callable[[], None] | None = None,
    others: Callable[[], Sequence[Chip]] = tuple,
) -> None:
    """Draw the facets in a panel, with ``more`` beneath them, and below it what is chosen.

    ``others`` are the chips of what ``more`` draws.
    """
    # Not a popover: the browser would forget to tell one that is closed what a chip took away.
    with st.expander("Filters", icon=":material/filter_alt:"):
        for facet in facets:
            _widget(facet)
        if more:
            more()
    chips = [chip for facet in facets if facet.is_changed for chip in _chips_of(facet)]
    if chips := [*chips, *others()]:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key="filter-chips"
        ):
            at_first = {facet.key: list(facet.at_first) for facet in facets}
            _draw_chips(chips, {chip.key: at_first.get(chip.key, chip.left) for chip in chips})


def keep(keys: Sequence[str]) -> None:
    """Hold what is chosen on a page that doesn't draw these filters."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _widget(facet: Facet) -> None:
    """Pills while the options are few, a list to search when they are many."""
    settings: dict[str, Any] = {
        "default": list(facet.at_first) or None,
        "key": facet.key,
        "format_func": facet.say,
        "bind": "query-params",
    }
    if len(facet.options) <= _FEW:
        st.pills(facet.label, facet.options, selection_mode="multi", **settings)
    else:
        st.multiselect(facet.label, facet.options, placeholder="All", **settings)


def _draw_chips(chips: Sequence[Chip], cleared: dict[str, Any]) -> None:
    for chip in chips[:_MOST_CHIPS]:
        st.button(
            chip.label,
            key=f"chip {chip.label}",
            icon=":material/close:",
            icon_position="right",
            help="Remove this filter",
            on_click=_set,
            args=({chip.key: chip.left},),
        )
    said = f"{len(chips)} filter{'s' if len(chips) != 1 else ''}"
    st.markdown(f":small[{said}]", width="content")
    st.button("Clear all", key="chip clear", type="tertiary", on_click=_set, args=(cleared,))


def _chips_of(facet: Facet) -> list[Chip]:
    if facet.at_first:
        count = f"{len(facet.chosen) or len(facet.options)} of {len(facet.options)}"
        return [Chip(f"{facet.label}: {count}", facet.key, list(facet.at_first))]
    return [
        Chip(
            f"{facet.label}: {facet.say(value)}", facet.key, [v for v in facet.chosen if v != value]
        )
        for value in facet.chosen
    ]


def _set(values: dict[str, Any]) -> None:
    st.session_state.update(values)
