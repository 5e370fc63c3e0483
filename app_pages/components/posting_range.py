"""The range that an advertisement states, and the rules of the place of the job."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.ranges.build import Structure
from analytics.ranges.posting import (
    NO_ADVICE,
    PostingRule,
    RuleCheck,
    check_posting_range,
    posting_range,
)
from analytics.ranges.rows import StructureRange
from app_pages import cache
from app_pages.components.markdown import escape_markdown

_NONE = "Elsewhere: no rule on board"
_ICONS = {True: ":material/check_circle:", False: ":material/error:", None: ":material/help:"}


def show_posting_range(structure: Structure, ranges: Sequence[StructureRange]) -> None:
    """Choose a range, the part of it that is meant, and where the job is; the text to copy."""
    rules = cache.posting_rules()
    one, two, three, four = st.columns([3, 3, 3, 2])
    labels = {r.label: r for r in ranges}
    chosen = labels[one.selectbox("Range", list(labels), key="posting_for")]
    low, high = two.slider("Part of the range that is meant, %", 0, 100, (0, 100), 5,
                           key="posting_part", help="In good faith: what you expect to offer "
                           "when somebody is hired, not what the range allows.")  # fmt: skip
    places = [_NONE, *dict.fromkeys(rule.place for rule in rules)]
    place = three.selectbox("Where the job is", places, key="posting_in")
    size = four.number_input("Employees", 1, None, None, key="posting_size", placeholder="unknown")
    one, two = st.columns(2)
    variable = one.text_input("Variable pay, in words", key="posting_variable")
    equity = two.text_input("Equity, in words", key="posting_equity")
    posting = posting_range(
        chosen.minimum, chosen.maximum, structure.currency, structure.pay_basis,
        from_share=low / 100, to_share=high / 100, variable=variable, equity=equity,
    )  # fmt: skip
    st.code(posting.text, language=None, wrap_lines=True)
    _show_checks(check_posting_range(posting, rules, place, str(date.today()), size), rules, place)


def _show_checks(checks: Sequence[RuleCheck], rules: Sequence[PostingRule], place: str) -> None:
    for check in checks:
        source = check.rule.source
        show = st.error if check.passes is False else st.info
        show(
            f"{escape_markdown(check.text)}. [{source}](sources?source={source})",
            icon=_ICONS[check.passes],
        )
    if not checks and place != _NONE:
        later = ", ".join(f"from {rule.since} on" for rule in rules if rule.place == place)
        st.info(f"{escape_markdown(place)} has a rule {later}.", icon=_ICONS[None])
    st.caption(NO_ADVICE)
