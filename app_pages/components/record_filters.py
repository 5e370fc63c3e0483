"""The filters of the Pay records page: what the records themselves can be narrowed by."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.clustered_intervals import FEWEST_CLUSTERS
from app_pages.asking import records_mode, uses_engine
from app_pages.components.filter_bar import Chip, Facet, show_filter_bar
from app_pages.components.markdown import escape_markdown
from data.records.lattice import FIRST_DIMENSIONS, filters_offered, second_dimensions
from data.records.question import AGGREGATE, ALL_DATES, DIMENSIONS, LATEST, MARKET, OWNER, PEOPLE

#: Dimension → what the filter is called; the key in a link is the dimension after `in_`.
_LABELS = {
    "function": "Function",
    "focus": "Focus",
    "level": "Level",
    "place": "Place",
    "title": "Title",
    "size": "Organization size",
    "department": "Department",
    "tenure": "Tenure",
    "organisation": "Organization",
}
_CUTTING = ("title", "size", "department", "tenure", "organisation")
#: What the filters are called in the link.
KEYS = (*(f"in_{name}" for name in _LABELS), "title_is", "since", "until", "snapshots")
_MOST = 500
_ANY = "any"
_SNAPSHOTS = {LATEST: "Latest", ALL_DATES: "All"}
_INTERVALS = {MARKET: "The market", PEOPLE: "These people"}
#: What "and by" says where cells are of one dimension.
NOTHING = "nothing else"


def dimension_label(name: str) -> str:
    """A dimension as the pickers and the link call it."""
    return "Organization" if name == "organisation" else name.capitalize()


def pick_mode(known: Mapping[str, Sequence[str]]) -> None:
    """Draw to whom the page is shown and, where there are several, the currency."""
    if records_mode() == OWNER and not uses_engine():
        st.segmented_control(
            "Shown to",
            ["Owner", "Aggregate"],
            default="Owner",
            key="mode",
            bind="query-params",
            required=True,
            help="Owner sees the team's own rows. Aggregate is what may be shown to others.",
        )
    if len(known["currency"]) > 1:
        st.selectbox("Currency", known["currency"], key="currency", bind="query-params", width=120)


def pick_dimensions(*, aggregate: bool) -> tuple[str, ...]:
    """Draw what cells are divided by: any two dimensions, or for others what the lattice has."""
    names = list(FIRST_DIMENSIONS if aggregate else DIMENSIONS)
    names.sort(key=lambda name: name != "level")  # which is looked at first
    rows = st.selectbox(
        "By", names, key="by", bind="query-params", width=150, format_func=dimension_label
    )
    others = [NOTHING, *(name for name in names if name != rows)]
    if aggregate:
        others = [name or NOTHING for name in second_dimensions(rows)]
    panels = st.selectbox(
        "and by",
        others,
        key="and",
        bind="query-params",
        width=150,
        format_func=dimension_label,
        help="Others see cells that are published, and no other unions of them."
        if aggregate
        else None,
    )
    return tuple(name for name in (rows, panels) if name and name != NOTHING)


def pick_interval() -> None:
    """Draw what the intervals speak of."""
    st.segmented_control(
        "Interval of",
        list(_INTERVALS),
        default=MARKET,
        key="interval",
        bind="query-params",
        required=True,
        format_func=_INTERVALS.__getitem__,
        help="The market that these people come from: people of one organization are paid alike, "
        f"so organizations count, from {FEWEST_CLUSTERS} on. Or these people alone, each "
        "counted as independent.",
    )


def interval() -> str:
    """Which interval is shown: others than the owner see one alone."""
    return MARKET if is_aggregate() else str(st.session_state.get("interval") or MARKET)


def show_record_filters(known: Mapping[str, Sequence[str]]) -> None:
    """Draw the filters over the ``known`` values."""
    if is_aggregate() and "place" in _divided_by() and not st.session_state.get("in_focus"):
        st.session_state["in_focus"] = list(known["focus"][:1])  # places are those of one focus
    facets = [
        Facet(_LABELS[name], f"in_{name}", tuple(known[name]), escape_markdown)
        for name in _offered(known)
    ]
    show_filter_bar(facets, lambda: _owner_only(known), _owner_chips)
    aside = [_LABELS[name] for name in _set_aside()]
    if aside:
        st.caption(
            f"Set aside, as it would choose other unions of people than are published: "
            f"{', '.join(aside)}."
        )


def _owner_chips() -> list[Chip]:
    """What is chosen of `_owner_only`."""
    if is_aggregate():
        return []
    since, until = date_range()
    every_date = _SNAPSHOTS[ALL_DATES] if snapshots() == ALL_DATES else ""
    chosen = (
        ("Title", "title_is", _typed_title(), ""),
        ("From", "since", since, _ANY),
        ("To", "until", until, _ANY),
        ("Dates of one organization", "snapshots", every_date, LATEST),
    )
    return [
        Chip(f"{label}: {escape_markdown(value)}", key, left)
        for label, key, value, left in chosen
        if value
    ]


def _owner_only(known: Mapping[str, Sequence[str]]) -> None:
    """A title typed where there are too many to list, and the dates."""
    if is_aggregate():
        return
    if len(known["title"]) > _MOST:
        st.text_input(
            "Title",
            key="title_is",
            bind="query-params",
            help="A whole title, such as Customer Success Manager; case and spaces don't matter.",
        )
    if len(known["date"]) > 1:
        days = [_ANY, *known["date"][-_MOST:]]
        first, last = st.columns(2)
        first.selectbox("From", days, key="since", bind="query-params")
        last.selectbox("To", days, key="until", bind="query-params")
        st.segmented_control(
            "Dates of one organization",
            list(_SNAPSHOTS),
            default=LATEST,
            key="snapshots",
            bind="query-params",
            required=True,
            format_func=_SNAPSHOTS.__getitem__,
            help="Snapshots of the same people: count each person once, at the latest date in "
            "the filter, or once for each date.",
        )


def drill_down(cell: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> None:
    """Narrow to a cell, and divide it by the first dimension that is left.

    For a callback; what can't be narrowed to, such as “Other places”, is left as it is.
    """
    if not can_drill_down(list(cell), known) or any(v not in known[n] for n, v in cell.items()):
        return
    offered, state = _offered(known), st.session_state
    for name, value in cell.items():
        state[f"in_{name}"] = [value]
    left = [n for n in offered if len(state.get(f"in_{n}") or ()) != 1 and len(known[n]) > 1]
    if left:
        state["by"], state["and"] = left[0], NOTHING


def can_drill_down(by: Sequence[str], known: Mapping[str, Sequence[str]]) -> bool:
    """Whether cells divided like this can be narrowed to; those of a year can't."""
    return not is_aggregate() and set(by) <= set(_offered(known))


def _offered(known: Mapping[str, Sequence[str]]) -> list[str]:
    """The dimensions that can be narrowed."""
    if is_aggregate():
        return list(_of_the_lattice())
    return [name for name in _LABELS if name not in _CUTTING or 1 < len(known[name]) <= _MOST]


def _divided_by() -> list[str]:
    """What the cells are divided by."""
    state = st.session_state
    return [str(state.get(key)) for key in ("by", "and") if state.get(key) not in (None, NOTHING)]


def _of_the_lattice() -> tuple[str, ...]:
    """What the cells that others see can be chosen by."""
    return filters_offered(_divided_by(), focus_chosen=bool(st.session_state.get("in_focus")))


def _set_aside() -> list[str]:
    """Filters of the link that others can't have."""
    if not is_aggregate():
        return []
    offered = _of_the_lattice()
    return [n for n in _LABELS if st.session_state.get(f"in_{n}") and n not in offered]


def selected_values() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values chosen, by dimension."""
    state = st.session_state
    chosen = [(name, tuple(state.get(f"in_{name}") or ())) for name in _LABELS]
    if typed := _typed_title():
        chosen.append(("title", (typed,)))
    offered = _of_the_lattice() if is_aggregate() else (*_LABELS, "title")
    return tuple((name, values) for name, values in chosen if values and name in offered)


def _typed_title() -> str:
    return str(st.session_state.get("title_is") or "").strip()


def date_range() -> tuple[str, str]:
    """The first and the last day, each empty where any will do."""
    if is_aggregate():
        return "", ""
    since, until = (st.session_state.get(key) or _ANY for key in ("since", "until"))
    return ("" if since == _ANY else since), ("" if until == _ANY else until)


def snapshots() -> str:
    """Which snapshots of an organization count."""
    return LATEST if is_aggregate() else str(st.session_state.get("snapshots") or LATEST)


def currency(known: Mapping[str, Sequence[str]]) -> str:
    """The currency chosen, or the only one."""
    return str(st.session_state.get("currency") or known["currency"][0])


def is_aggregate() -> bool:
    """Whether the page shows what others may see."""
    return records_mode() == AGGREGATE or st.session_state.get("mode") == "Aggregate"
