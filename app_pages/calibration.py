"""Calibration: how often the intervals that Bandstand states cover."""

import streamlit as st

from app_pages import cache, charts
from app_pages.components import downloads

st.title("Calibration")
st.caption(
    "Intervals here state 90%. This page tries them on wages that BLS prints, of occupations "
    "that no width was fitted on: a printed figure is hidden, computed, and compared."
)
with st.spinner("Trying the intervals on printed wages"):
    found = cache.coverage()
subjects = list(dict.fromkeys(row.subject for row in found.rows))
subject = st.segmented_control(
    "Figures", subjects, default=subjects[0], key="figures", bind="query-params", required=True
)
shown = found.keep(lambda row: row.subject == subject)
charts.draw(charts.coverage_chart(shown.rows), key="coverage", alt=charts.coverage_alt(shown.rows))
if any(row.group.startswith("fifth") for row in shown.rows):
    st.caption(
        "A large mark is a kind as a whole, a small one a fifth of it by employment, the smallest "
        "cells first. Of some 900 tries, two points up or down are chance."
    )
found.show("calibration table", "Stated and measured coverage of each kind of interval", first=())
sources = cache.source_table().frame
tried = sources[sources.source.isin(["bls-oews", "bls-oews-areas", "bls-eci"])]
about = {"occupations": "not fitted on"}
downloads.offer_table(found.frame, "bandstand calibration", about, tried)
