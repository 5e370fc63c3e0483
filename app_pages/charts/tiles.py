"""The tile map: one square a state, at about its place, colored by pay beside the nation."""

from collections.abc import Mapping, Sequence

from analytics.money import money, short_money
from analytics.wage_rows import OccupationArea
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import BENCHMARKS, HOVER, NEUTRAL

#: Rows of the map from north to south; a dot is an empty tile.
_MAP = (
    "AK .  .  .  .  .  .  .  .  .  ME",
    ".  .  .  .  .  .  .  .  .  VT NH",
    "WA ID MT ND MN IL WI MI NY RI MA",
    "OR NV WY SD IA IN OH PA NJ CT . ",
    "CA UT CO NE MO KY WV VA MD DE . ",
    ".  AZ NM KS AR TN NC SC DC .  . ",
    ".  .  .  OK LA MS AL GA .  .  . ",
    "HI GU .  TX .  .  .  .  FL PR VI",
)
TILES = {
    code: (column, -row)
    for row, line in enumerate(_MAP)
    for column, code in enumerate(line.split())
    if code != "."
}
_ABOVE, _BELOW = "18,150,138", "217,116,43"
#: Half a tile's height.
_HALF = 0.45
_FAINTEST, _STRONGEST = 0.08, 0.55
#: The ratio at which a tile has its full color, one way or the other.
_FULL = 0.30


def tile_map(
    rows: Sequence[OccupationArea],
    chosen: Sequence[str] = (),
    people: Mapping[str, int] | None = None,
) -> ChartSpec:
    """The median of each state; clicks tell the state's name.

    ``rows`` are states and territories; those not printed stay empty. ``chosen``
    are outlined, and ``people`` are the team's own by state, marked in a corner.
    """
    placed = [row for row in rows if row.states in TILES]
    own = people or {}
    return {
        "data": [
            _tiles(placed, chosen, own),
            {
                "type": "scatter",
                "mode": "text",
                "x": [TILES[row.states][0] for row in placed],
                "y": [TILES[row.states][1] for row in placed],
                "text": [_label(row) for row in placed],
                "textfont": {"size": 11},
                "hoverinfo": "skip",
            },
            _own_marks([row for row in placed if row.area in own]),
        ],
        "layout": {
            **HOVER,
            "height": 430,
            "showlegend": False,
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "xaxis": {"visible": False, "range": [-0.55, 10.55], "fixedrange": True},
            "yaxis": {"visible": False, "range": [-7.55, 0.55], "fixedrange": True},
        },
    }


def _tiles(
    rows: Sequence[OccupationArea], chosen: Sequence[str], people: Mapping[str, int]
) -> ChartSpec:
    """The squares, as floating bars: many shapes take Plotly longer to draw."""
    is_chosen = [row.area in chosen for row in rows]
    return {
        "type": "bar",
        "x": [TILES[row.states][0] for row in rows],
        "base": [TILES[row.states][1] - _HALF for row in rows],
        "y": [2 * _HALF for _ in rows],
        "width": 0.94,
        "marker": {
            "color": [_color(row.ratio) for row in rows],
            "line": {
                "width": [2.5 if one else 0.5 for one in is_chosen],
                "color": [f"rgb({_ABOVE})" if one else NEUTRAL for one in is_chosen],
            },
        },
        "customdata": [f"{_hover(row)}{_own(people.get(row.area))}" for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": [[row.area] for row in rows],
    }


def _own_marks(rows: Sequence[OccupationArea]) -> ChartSpec:
    """A dot in the upper right corner of each state where people of the team work."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [TILES[row.states][0] + 0.36 for row in rows],
        "y": [TILES[row.states][1] + 0.31 for row in rows],
        "marker": {"size": 9, "color": BENCHMARKS[0], "line": {"width": 1, "color": "white"}},
        "hoverinfo": "skip",
    }


def _own(people: int | None) -> str:
    return f"<br>{people:,} of your people" if people else ""


def tile_alt(rows: Sequence[OccupationArea]) -> str:
    """The map in a sentence, for a screen reader."""
    printed = sorted((r for r in rows if r.p50), key=lambda r: -(r.p50 or 0))
    told = [f"{row.area} {money(row.p50)}" for row in printed[:5] if row.p50]
    return f"Median wage by state, highest first: {'; '.join(told)}"


def _color(ratio: float | None) -> str:
    """Teal above the nation, orange below, stronger the farther; none without a median."""
    if ratio is None:
        return "rgba(0,0,0,0)"
    strength = min(abs(ratio - 1) / _FULL, 1)
    alpha = _FAINTEST + (_STRONGEST - _FAINTEST) * strength
    return f"rgba({_ABOVE if ratio >= 1 else _BELOW},{alpha:.2f})"


def _label(row: OccupationArea) -> str:
    pay = short_money(row.p50) if row.p50 is not None else "–"
    return f"<b>{row.states}</b><br>{'≥' if 'p50' in row.at_least else ''}{pay}"


def _hover(row: OccupationArea) -> str:
    if row.p50 is None:
        return f"<b>{row.area}</b><br>{row.note or 'not released'}"
    beside = f"<br>{row.ratio - 1:+.1%} beside the nation" if row.ratio else ""
    jobs = f"<br>{row.employment:,.0f} jobs" if row.employment else ""
    bound = "at least " if "p50" in row.at_least else ""
    return f"<b>{row.area}</b><br>median {bound}{money(row.p50)}{beside}{jobs}"
