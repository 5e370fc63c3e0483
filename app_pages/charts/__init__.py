"""Every chart, as a plain Plotly dictionary: quick to build and small to send.

The only package that knows Plotly. Charts take rows (`app_pages.tables.Row`),
not frames. Published pay is solid; modelled pay is hatched and carries the
interval of its median.
"""

from app_pages.charts.bands import band_alt, band_chart
from app_pages.charts.cells import cell_alt, cell_chart, is_cut, shape_chart
from app_pages.charts.coverage import coverage_alt, coverage_chart
from app_pages.charts.figure import draw
from app_pages.charts.legend import (
    band_legend,
    cell_legend,
    movement_legend,
    people_legend,
    step_legend,
)
from app_pages.charts.market_line import line_alt, line_chart
from app_pages.charts.market_movement import RangeMovement, movement_alt, movement_chart
from app_pages.charts.own_marks import OwnMarks, own_alt
from app_pages.charts.payout import payout_chart, spread_chart
from app_pages.charts.people import (
    POSITION_COLORS,
    people_alt,
    people_scatter,
    position_alt,
    position_chart,
)
from app_pages.charts.places import history_chart, ranked_alt, ranked_chart
from app_pages.charts.priced import price_alt, price_chart, priced_level_chart
from app_pages.charts.range_changes import RangeChange, change_alt, change_chart
from app_pages.charts.steps import step_alt, step_chart
from app_pages.charts.tiles import tile_alt, tile_map
from app_pages.charts.waterfall import waterfall_alt, waterfall_chart

__all__ = [
    "POSITION_COLORS",
    "OwnMarks",
    "RangeChange",
    "RangeMovement",
    "band_alt",
    "band_chart",
    "band_legend",
    "cell_alt",
    "cell_chart",
    "cell_legend",
    "change_alt",
    "change_chart",
    "coverage_alt",
    "coverage_chart",
    "draw",
    "history_chart",
    "is_cut",
    "line_alt",
    "line_chart",
    "movement_alt",
    "movement_chart",
    "movement_legend",
    "own_alt",
    "payout_chart",
    "people_alt",
    "people_legend",
    "people_scatter",
    "position_alt",
    "position_chart",
    "price_alt",
    "price_chart",
    "priced_level_chart",
    "ranked_alt",
    "ranked_chart",
    "shape_chart",
    "spread_chart",
    "step_alt",
    "step_chart",
    "step_legend",
    "tile_alt",
    "tile_map",
    "waterfall_alt",
    "waterfall_chart",
]
