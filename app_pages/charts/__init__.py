"""Every chart, as a plain Plotly dictionary: quick to build and small to send.

The only package that knows Plotly. Charts take rows (`app_pages.tables.Row`),
not frames. Published pay is solid; modelled pay is hatched and carries the
interval of its median.
"""

from app_pages.charts.bands import band_chart, band_words
from app_pages.charts.cells import cell_chart, cell_words, is_cut, shape_chart
from app_pages.charts.figure import draw
from app_pages.charts.legend import band_legend, cell_legend, step_legend
from app_pages.charts.payout import payout_chart, spread_chart
from app_pages.charts.priced import level_chart, price_chart, price_words
from app_pages.charts.steps import step_chart, step_words

__all__ = [
    "band_chart",
    "band_legend",
    "band_words",
    "cell_chart",
    "cell_legend",
    "cell_words",
    "draw",
    "is_cut",
    "level_chart",
    "payout_chart",
    "price_chart",
    "price_words",
    "shape_chart",
    "spread_chart",
    "step_chart",
    "step_legend",
    "step_words",
]
