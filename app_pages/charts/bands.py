"""The band chart: levels in ladder order against pay, benchmarks behind them."""

from collections.abc import Sequence
from html import escape

from analytics.money import currency_prefix, money, money_range, short_money, whole_thousands
from analytics.pay_basis import LABELS
from analytics.pay_rows import Band, Benchmark
from analytics.rows import known
from app_pages.charts.figure import ChartSpec
from app_pages.charts.flags import LABEL_ROW, flags
from app_pages.charts.own_marks import NO_MARKS, OwnMarks, own_traces
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HIGHLIGHT,
    HOVER,
    NEUTRAL,
    PUBLISHED,
    TINTS,
    TRACKS,
    known_pays,
    left_margin,
    money_axis,
    provenance,
)

_ROW = 46
_BELOW = 52
#: Room at the right for a label such as $1,234k, which stands beyond the last mark.
_LABEL_ROOM = 60


def band_chart(
    bands: Sequence[Band],
    benchmarks: Sequence[Benchmark],
    split: bool,
    *,
    row_height: int = _ROW,
    highlight: str = "",
    compact: bool = False,
    own: OwnMarks = NO_MARKS,
) -> ChartSpec:
    """Levels in ladder order up the side, pay along the x axis.

    ``bands`` are the band table's rows to draw, ``benchmarks`` the benchmark
    table's; with ``split`` each bar is the median package, base then variable.
    ``highlight`` is the level to set apart; ``compact`` puts the medians' labels to
    the right of the bars; ``own`` is what the team's own data adds, which takes the
    room above and below them. A mark's level stands in its trace's ``meta``, for clicks.
    """
    own_reach = own.reach
    compact = compact or (bool(own_reach) and not split)
    places = _places(bands)
    top = max(places.values(), default=1) + 0.7
    ends = _reach_of_axis(bands, benchmarks, split, own_reach)
    labels, shapes, traces = flags(benchmarks, sorted(places.values()), ends)
    answered = [r for r in bands if r.status != "published"]
    for track, modelled in dict.fromkeys((r.track, r.modelled) for r in answered):
        rows = [r for r in answered if (r.track, r.modelled) == (track, modelled)]
        heights = [places[id(r)] for r in rows]
        traces += _split_bars(rows, heights, track) if split else _bars(rows, heights, track)
    high = {r.level: r.high for r in reversed(bands) if known(r.high) is not None}
    traces += own_traces(own, {r.level: places[id(r)] for r in reversed(bands)}, high)
    traces += _medians(answered, [places[id(r)] for r in answered], split, compact)
    published = [r for r in bands if r.status == "published"]
    traces += _published(published, [places[id(r)] for r in published])
    plot, above = row_height * top, 14 + LABEL_ROW * len(labels)
    ticks = _ticks(bands, places)
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": plot + above + _BELOW,
            "showlegend": False,
            "barmode": "overlay",
            "shapes": [*shapes, *_highlighted(bands, places, highlight)],
            "annotations": labels,
            "margin": {
                "l": left_margin(_row_label(r) for r in bands),
                "r": _LABEL_ROOM if compact or published else 16,
                "t": above,
                "b": _BELOW,
            },
            "xaxis": {**money_axis(*_axis_of([*bands, *benchmarks])), "range": ends},
            "yaxis": {
                **CATEGORY_AXIS,
                "tickvals": list(ticks),
                "ticktext": list(ticks.values()),
                "range": [0.3, top],
            },
        },
    }


def _highlighted(bands: Sequence[Band], places: dict[int, float], level: str) -> list[ChartSpec]:
    """A tint behind the rows of one level."""
    return [
        {
            "type": "rect",
            "layer": "below",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": places[id(row)] - 0.48,
            "y1": places[id(row)] + 0.48,
            "line": {"width": 0},
            "fillcolor": HIGHLIGHT,
        }
        for row in bands
        if row.level == level
    ]


def band_alt(bands: Sequence[Band]) -> str:
    """The band chart in a sentence, for a screen reader."""
    labels = [
        f"{r.level} {r.title} {short_money(_median(r), r.currency)} {r.status}" for r in bands
    ]
    return "Pay by level, median a year: " + "; ".join(labels)


def _reach_of_axis(
    bands: Sequence[Band],
    benchmarks: Sequence[Benchmark],
    split: bool,
    own: Sequence[float],
) -> list[float]:
    """The x axis from the lowest mark to the highest; labels would stretch an automatic one."""
    levels = [pay for r in bands for pay in (*r.percentiles.values(), r.low, r.high)]
    marks = [pay for r in benchmarks for pay in _marks_of(r)]
    pays = known_pays([*levels, *marks, *own])
    margin = 0.04 * (max(pays) - min(pays)) + 1_000
    return [0 if split else min(pays) - margin, max(pays) + margin]


def _marks_of(row: Benchmark) -> list[float | None]:
    """What a benchmark draws; of a BLS wage the median alone, for its tails stretch the axis."""
    if row.pay_basis == "oews_wage":
        return [row.median]
    return [*row.percentiles.values(), row.low, row.high, row.point]


def _places(bands: Sequence[Band]) -> dict[int, float]:
    """Height of each row: ladder order, a gap between tracks, published under modelled."""
    places: dict[int, float] = {}
    height, track = 0.0, None
    for level in dict.fromkeys(r.level for r in bands):
        rows = [r for r in bands if r.level == level]
        if track not in (None, rows[0].track):
            height += 0.5
        track = rows[0].track
        for row in sorted(rows, key=lambda r: r.status, reverse=True):
            height += 0.85 if row.status == "published" else 1.0
            places[id(row)] = height
    return places


def _row_label(row: Band) -> str:
    return f"{row.level}  {row.title}"


def _ticks(bands: Sequence[Band], places: dict[int, float]) -> dict[float, str]:
    levels = [r.level for r in bands]
    return {
        places[id(r)]: f"<b>{r.level}</b>  {escape(r.title)}"
        for r in bands
        if r.status != "published" or levels.count(r.level) == 1
    } | {
        places[id(r)]: f"{r.level}  {escape(r.series)}"
        for r in bands
        if r.status == "published" and levels.count(r.level) > 1
    }


def _bars(rows: Sequence[Band], heights: Sequence[float], track: str) -> list[ChartSpec]:
    boxes = [(r, y, r.pay("p25"), r.pay("p75")) for r, y in zip(rows, heights, strict=True)]
    whole = [(r, y, low, high - low) for r, y, low, high in boxes if low and high]
    if not whole:
        return []
    kept, at, starts, lengths = zip(*whole, strict=True)
    return [_bar(kept, at, track, starts, lengths, "/" if kept[0].modelled else "")]


def _split_bars(rows: Sequence[Band], heights: Sequence[float], track: str) -> list[ChartSpec]:
    base, variable = [r.base["p50"] for r in rows], [r.variable["p50"] for r in rows]
    return [
        _bar(rows, heights, track, [0] * len(rows), base, "/"),
        _bar(rows, heights, track, base, variable, "."),
    ]


def _bar(
    rows: Sequence[Band],
    heights: Sequence[float],
    track: str,
    starts: Sequence[float],
    lengths: Sequence[float],
    shape: str,
) -> ChartSpec:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(heights),
        "width": 0.42,
        "base": list(starts),
        "x": list(lengths),
        "marker": {
            "color": TINTS[track],
            "line": {"color": TRACKS[track], "width": 1.5},
            "pattern": {
                "shape": shape,
                "fgcolor": TRACKS[track],
                "bgcolor": TINTS[track],
                "size": 7,
                "solidity": 0.16,
            },
        },
        **_hovers(rows),
    }


def _medians(
    rows: Sequence[Band], heights: Sequence[float], split: bool, compact: bool
) -> list[ChartSpec]:
    """P10–P90, the interval of the median beneath it, and the median itself on top."""
    if not rows:
        return []
    ends = [(known(r.low), known(r.high)) for r in rows]
    traces = [interval_line(ends, [y - 0.34 for y in heights], 5)]
    tails = [(r.pay("p10"), r.pay("p90")) for r in rows]
    if any(low and high for low, high in tails):
        traces.append(interval_line(tails, heights, 10))
    colors = [TRACKS[r.track] for r in rows]
    if compact:
        traces.append(_labels_at_the_right(rows, heights, colors))
    median = {
        "type": "scatter",
        "mode": "markers" if compact else "markers+text",
        "x": [r.median for r in rows],
        "y": list(heights),
        "marker": {"symbol": "line-ns", "size": 20, "line": {"color": colors, "width": 3.5}},
        "text": [_median_label(r, split) for r in rows],
        "textposition": "top center",
        "textfont": {"color": colors},
        **_hovers(rows),
    }
    return [*traces, median]


def _labels_at_the_right(
    rows: Sequence[Band], heights: Sequence[float], colors: Sequence[str]
) -> ChartSpec:
    ends = [max(known_pays([*r.percentiles.values(), r.high])) for r in rows]
    return {
        "type": "scatter",
        "mode": "text",
        "x": ends,
        "y": list(heights),
        "text": [f"  {_median_label(r, split=False)}" for r in rows],
        "textposition": "middle right",
        "textfont": {"color": list(colors)},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def interval_line(
    ends: Sequence[tuple[float | None, float | None]], heights: Sequence[float], cap: int
) -> ChartSpec:
    """One line a row between its two ends, with end caps, as a single trace."""
    x: list[float | None] = []
    y: list[float | None] = []
    for (low, high), height in zip(ends, heights, strict=True):
        x += [low, high, None]
        y += [height, height, None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": NEUTRAL, "width": 1.5},
        "marker": {"symbol": "line-ns", "size": cap, "line": {"color": NEUTRAL, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _median_label(row: Band, split: bool) -> str:
    if not split:
        return f"<b>{short_money(_median(row), row.currency)}</b>"
    prefix, base = currency_prefix(row.currency), whole_thousands(row.base["p50"])
    return f"<b>{prefix}{base:,}k</b> + {prefix}{whole_thousands(_median(row)) - base:,}k"


def _published(rows: Sequence[Band], heights: Sequence[float]) -> list[ChartSpec]:
    if not rows:
        return []
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(heights),
            "width": 0.2,
            "base": [r.low for r in rows],
            "x": [r.high - r.low for r in rows],
            "marker": {"color": PUBLISHED},
            "text": [f" <b>{short_money(_median(r), r.currency)}</b>" for r in rows],
            "textposition": "outside",
            "constraintext": "none",
            "textangle": 0,
            "textfont": {"color": PUBLISHED, "size": 12},
            "cliponaxis": False,
            **_hovers(rows),
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [r.median for r in rows],
            "y": list(heights),
            "marker": {
                "symbol": "diamond",
                "size": 13,
                "color": PUBLISHED,
                "line": {"color": "#ffffff", "width": 1.5},
            },
            **_hovers(rows),
        },
    ]


def _hovers(rows: Sequence[Band]) -> ChartSpec:
    return {
        "customdata": [_hover(r) for r in rows],
        "meta": [[r.level] for r in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: Band) -> str:
    median = money(_median(row), row.currency)
    ends = money_range(row.low, row.high, row.currency) if known(row.low) is not None else ""
    lines = [f"<b>{row.level} {escape(row.title)}</b>, {row.status}"]
    if row.status != "published":
        interval = f"interval {ends}" if known(row.low) is not None else "error unknown"
        lines.append(f"Median {median}, {interval}")
        for low, high in (("p25", "p75"), ("p10", "p90")):
            pays = row.pay(low), row.pay(high)
            if pays[0] is not None and pays[1] is not None:
                shown = money_range(pays[0], pays[1], row.currency)
                lines.append(f"{low.upper()}–{high.upper()} {shown}")
    else:
        lines += [f"Median {median}", f"Range {ends}, percentiles not stated"]
    base = known(row.base.get("p50"))
    if base is not None:
        variable = _median(row) - base
        lines.append(
            f"At the median: base {money(base, row.currency)}, "
            f"variable {money(variable, row.currency)}"
        )
    return "<br>".join([*lines, *provenance(row, row.series)])


def _median(row: Band) -> float:
    return row.percentiles["p50"]


def _axis_of(rows: Sequence[Band | Benchmark]) -> tuple[str, str]:
    """The title of the axis, and its currency."""
    currency = rows[0].currency if rows else "USD"
    money = "US dollars" if currency == "USD" else currency
    bases = list(dict.fromkeys(r.pay_basis for r in rows))
    if len(bases) == 1:
        return f"{LABELS[bases[0]].capitalize()}, {money} a year", currency
    return f"Pay, {money} a year, each source on its own basis", currency
