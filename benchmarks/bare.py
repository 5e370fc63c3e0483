"""The peer: the least Streamlit page with a select, a DuckDB query and a Plotly chart."""

import duckdb
import plotly.express as px
import streamlit as st


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        "create table pay as select 'L' || (i % 10) as level, i * 1000 + 50000 as pay, "
        "['A', 'B', 'C'][1 + i % 3] as focus from range(30) t(i)"
    )
    return con


st.title("Bare page")
focus = st.selectbox("Focus", ["A", "B", "C"])
rows = (
    connection()
    .cursor()
    .execute(
        "select level, avg(pay) as pay from pay where focus = ? group by level order by level",
        [focus],
    )
    .df()
)
st.plotly_chart(px.bar(rows, x="pay", y="level", orientation="h"))
