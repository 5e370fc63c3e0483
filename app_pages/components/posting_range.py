"""The range that an advertisement states."""

from collections.abc import Sequence

import streamlit as st

from analytics.ranges.build import Structure
from analytics.ranges.rows import StructureRange


def show_posting_range(structure: Structure, ranges: Sequence[StructureRange]) -> None:
    """Placeholder."""
    st.caption(f"{structure.month} {len(ranges)}")
