"""Compare: two to four job profiles side by side."""

import streamlit as st

from analytics.errors import BandstandError
from analytics.pay_basis import LABELS
from analytics.percentiles import PERCENTILES
from app_pages import cache, charts
from app_pages.components import downloads, filters
from app_pages.components.coordinates import explain_coordinates
from app_pages.components.differential import show_differential
from app_pages.components.markdown import escape_markdown
from app_pages.components.tables import Table

st.title("Compare profiles")
chosen = filters.narrow(cache.options(), ("focus", "track", "level", "pay_basis"))
labels = {row.code: row.label for row in cache.profiles().rows}
passing = [row.code for row in cache.profiles().rows if chosen.passes_job(row)]
if len(passing) < 2:
    passing = list(labels)
picked = st.multiselect(
    "Profiles",
    filters.offered_with_named("profiles", passing, labels),
    default=passing[-2:],
    max_selections=4,
    format_func=lambda code: labels.get(code, code),
    accept_new_options=True,
    key="profiles",
    bind="query-params",
    help="Two to four; the link keeps them.",
)
try:
    compared = cache.comparison(tuple(picked))
except BandstandError as error:
    st.info(escape_markdown(str(error)), icon=":material/compare_arrows:")
    st.stop()

st.header("Market pay")
profiles = [row for row in cache.profiles().rows if row.code in picked]
places = {(row.function_title, row.focus_title, row.level) for row in profiles}
every = cache.bands(PERCENTILES, None).rows
bands = [
    r
    for r in every
    if (r.function, r.focus, r.level) in places and r.pay_basis in (chosen.pay_basis or LABELS)
]
if bands:
    charts.draw(charts.band_chart(bands, [], False), key="pay", alt=charts.band_alt(bands))
    st.html(charts.band_legend(bands, split=False))
else:
    st.caption(
        "No pay is published or modelled for these profiles"
        f"{' on the pay basis chosen' if chosen.pay_basis else ''}."
    )
for row in compared.pay.rows:
    show_differential(row, f"{row.start} to {row.end}, median, {row.status}")

st.header("How far apart")
st.caption("0 to 1, the sum of three parts: tree, grade and track. Up to .30 is adjacent.")
distances = compared.distances.frame
named = distances.assign(**{end: distances[end].map(labels) for end in ("from", "to")})
Table.of(named).show("distances", "Distance of each pair with its parts", first=())
farthest = distances.sort_values("distance").iloc[-1]
explain_coordinates(farthest["from"], farthest["to"])

tables = {
    "facts": ("What they are and ask", compared.facts),
    "work": ("Responsibilities", compared.work),
    "skills": ("Skills", compared.skills),
}
for key, (title, table) in tables.items():
    st.header(title)
    table.show_text(headings=labels)
    about = {"profiles": ", ".join(picked)}
    downloads.offer_table(table.frame, f"compared {key}", about, cache.source_table().frame)
