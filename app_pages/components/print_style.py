"""How a page prints: without the sidebar and the controls, over as many sheets as it takes."""

PRINT = """<style>@media print {
[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stToolbar] { display: none }
.stApp, .stMain, [data-testid=stMain], [data-testid=stAppViewContainer] {
  position: static !important; height: auto !important; overflow: visible !important }
@page { margin: 15mm }
}</style>"""
