"""The dashboard behind its gate, as `bandstand run` starts it."""

import streamlit as st
from starlette.middleware import Middleware

from app_pages.gate import Gate

app = st.App("dashboard.py", middleware=[Middleware(Gate)])
