"""The grid in which ranges are edited: what follows stands beside each figure; undo."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.errors import BandstandError
from analytics.pay_basis import LABELS
from analytics.ranges.build import Structure
from analytics.ranges.changes import POINTS, edit_ranges
from analytics.ranges.rows import Ends, StructureRange
from analytics.ranges.tables import structure_table
from analytics.units import unit_of
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import label_of, screen_format

#: What was set by hand in each kind of pay, newest last: the page's undo.
HISTORY = "range history"
_EDITS = "range edits"
_SHOWN = ("level", "place", *POINTS, "locked", "spread", "progression", "overlap", "market",
          "market_index")  # fmt: skip


def kind_of_pay(structure: Structure) -> str:
    """The pay basis and currency of a structure: figures set in another are none of it."""
    return f"{LABELS[structure.pay_basis]}, {structure.currency}"


def set_by_hand(structure: Structure) -> dict[str, Ends]:
    """The ranges that were set on this page in a structure's kind of pay, by key."""
    history = _history(structure)
    return history[-1] if history else {}


def start_with(structure: Structure) -> None:
    """Forget what was set, and begin with what a saved structure has set."""
    st.session_state[HISTORY] = {}
    _keep(structure, [dict(structure.set_ranges)])


def remember(structure: Structure, set_ranges: dict[str, Ends]) -> None:
    """Set ranges, so that undo returns to those before."""
    _keep(structure, [*(_history(structure) or [{}]), set_ranges][-50:])


def _history(structure: Structure) -> list[dict[str, Ends]]:
    every: dict[str, list[dict[str, Ends]]] = st.session_state.get(HISTORY, {})
    return every.get(kind_of_pay(structure), [])


def _keep(structure: Structure, history: list[dict[str, Ends]]) -> None:
    every = st.session_state.get(HISTORY, {})
    st.session_state[HISTORY] = {**every, kind_of_pay(structure): history}
    st.session_state[_EDITS] = st.session_state.get(_EDITS, 0) + 1


def _say_other_kinds(structure: Structure) -> None:
    """How many ranges were set in another currency or pay basis, and stand aside."""
    every: dict[str, list[dict[str, Ends]]] = st.session_state.get(HISTORY, {})
    for kind, history in every.items():
        if kind != kind_of_pay(structure) and history[-1]:
            st.caption(f"Set by hand in {kind}, and none of this structure: "
                       f"{escape_markdown('; '.join(history[-1]))}.")  # fmt: skip


def show_grid(structure: Structure, ranges: Sequence[StructureRange]) -> None:
    """Draw the grid; an edit is taken at once, and the page drawn anew with what follows."""
    table = structure_table(structure, ranges)
    shares = table[["spread", "progression", "overlap"]].round(3)
    table = table.assign(market=table.market.round(), **shares)
    edited = st.data_editor(
        table[list(_SHOWN)],
        key=f"ranges {st.session_state.get(_EDITS, 0)}",
        hide_index=True,
        placeholder="–",
        height=min(35 * (len(ranges) + 1) + 3, 560),
        disabled=[name for name in _SHOWN if name not in (*POINTS, "locked")],
        column_config=_columns(structure.currency),
    )
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-undo"):
        history = _history(structure)
        if st.button("Undo", icon=":material/undo:", disabled=len(history) < 2):
            _keep(structure, history[:-1])
            st.rerun()
        st.caption(
            "Arrow keys move, Enter edits. A new midpoint takes its ends along; a figure that you "
            "set locks its range, and a new build keeps it until it is unlocked."
        )
    _say_other_kinds(structure)
    _take(structure, ranges, edited)


def _take(structure: Structure, ranges: Sequence[StructureRange], edited: Any) -> None:
    given = {
        r.key: (Ends(*(float(row[name]) for name in POINTS)), bool(row["locked"]))
        for r, row in zip(ranges, edited.to_dict("records"), strict=True)
        if all(row[name] == row[name] and row[name] is not None for name in POINTS)
    }
    try:
        changed = edit_ranges(structure, ranges, given)
    except BandstandError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    if changed.set_ranges != structure.set_ranges:
        remember(structure, dict(changed.set_ranges))
        st.rerun()


def _columns(currency: str) -> dict[str, Any]:
    money_format, _ = screen_format(unit_of(currency))
    share, step = screen_format(unit_of("share"))
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(
            label_of(name), format=money_format, min_value=0, step=1
        )
        for name in (*POINTS, "market")
    }
    for name in ("spread", "progression", "overlap"):
        columns[name] = st.column_config.NumberColumn(label_of(name), format=share, step=step)
    columns["market_index"] = st.column_config.NumberColumn("Market index", format="%.2f")
    columns["locked"] = st.column_config.CheckboxColumn("Locked")
    columns["level"] = st.column_config.Column("Level", pinned=True)
    columns["place"] = "Place"
    return columns
