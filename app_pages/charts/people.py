"""Charts of people against their ranges: where each group stands, and pay by level."""

from collections.abc import Mapping, Sequence
from html import escape

from analytics.money import money, short_money
from analytics.people.rows import LevelPay, LevelRange, PeopleGroup, PersonPay
from analytics.people.selection import PayByLevel
from analytics.ranges.position import GREEN, POSITIONS, QUARTERS, RED
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import (
    CATEGORY_AXIS,
    HOVER,
    NEUTRAL,
    OWN,
    PUBLISHED,
    left_margin,
    money_axis,
    ratio_axis,
)

#: Groups that the chart holds; the table has all.
MOST_GROUPS = 30
#: Circles in colors that stay apart without red and green; quarters from faint to full.
POSITION_COLORS = {
    GREEN: PUBLISHED,
    **dict(zip(QUARTERS, ("#bfe0dc", "#7fc2bb", "#3fa59b", "#12827a"), strict=True)),
    RED: "#7c6ad6",
}
_SYMBOLS = {GREEN: "triangle-down", RED: "triangle-up"}
_ROW, _EDGES, _HALF = 26, 64, 0.42
#: Steps of the golden ratio spread dots evenly, and alike at each rerun.
_GOLDEN = 0.6180339887


def position_chart(rows: Sequence[PeopleGroup], *, upwards: bool = False) -> ChartSpec:
    """The share of each group's people by position in range, one bar a group.

    Levels go ``upwards`` as on every ladder, other groups read from the top.
    """
    shown = [row for row in rows if row.with_range][:MOST_GROUPS]
    names = [f"{row.group} · {row.with_range:,}" for row in shown]
    heights = [i + 1 if upwards else len(shown) - i for i in range(len(shown))]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [row.counts[i] / row.with_range for row in shown],
                "y": heights,
                "width": 0.7,
                "marker": {"color": POSITION_COLORS[position]},
                "customdata": [
                    f"<b>{escape(row.group)}</b><br>{position}: {row.counts[i]:,} of "
                    f"{row.with_range:,} people"
                    for row in shown
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
            for i, position in enumerate(POSITIONS)
        ],
        "layout": {
            **HOVER,
            "height": max(180, _EDGES + _ROW * len(shown)),
            "barmode": "stack",
            "showlegend": False,
            "margin": {"l": left_margin(names), "r": 16, "t": 8, "b": 44},
            "xaxis": {**ratio_axis("Share of people with a range"), "range": [0, 1]},
            "yaxis": {**CATEGORY_AXIS, "tickvals": heights, "ticktext": list(map(escape, names)),
                      "range": [0.4, len(shown) + 0.6]},
        },
    }  # fmt: skip


def position_alt(rows: Sequence[PeopleGroup]) -> str:
    """The chart of positions in a sentence, for a screen reader."""
    told = [
        f"{row.group}: {row.with_range} people, {row.below_minimum} below the minimum, "
        f"{row.above_maximum} above the maximum"
        for row in rows[:MOST_GROUPS]
        if row.with_range
    ]
    return "Position in range by group. " + "; ".join(told)


def people_scatter(
    drawn: PayByLevel, order: Sequence[str], currency: str, marked: Sequence[PersonPay] = ()
) -> ChartSpec:
    """Full-time pay against level with the ranges behind: dots, or boxes where there are many.

    Who is ``marked`` has a ring, also where the others are boxes.
    """
    at = {level: i for i, level in enumerate(order)}
    traces = [*_ranges(drawn.ranges, at), *_dots(drawn.dots, at, currency)]
    traces += _boxes(drawn.levels, at, currency)
    traces += _rings(marked, drawn.dots, at, currency)
    return {
        "data": traces,
        "layout": {
            **HOVER,
            "height": 430,
            "showlegend": False,
            "dragmode": "select",
            "barmode": "overlay",
            "margin": {"l": 84, "r": 12, "t": 8, "b": 44},
            "xaxis": {**CATEGORY_AXIS, "tickvals": list(at.values()),
                      "ticktext": list(map(escape, at)), "range": [-0.6, len(at) - 0.4]},
            "yaxis": {**money_axis(f"Full-time pay, {currency} a year", currency),
                      **_pay_range(drawn)},
        },
    }  # fmt: skip


def people_alt(
    drawn: PayByLevel, order: Sequence[str], currency: str, marked: Sequence[PersonPay] = ()
) -> str:
    """The chart of pay by level in a sentence, for a screen reader."""
    told = []
    for level in order:
        ends = [r for r in drawn.ranges if r.level == level]
        if ends:
            low, high = min(r.minimum for r in ends), max(r.maximum for r in ends)
            people = sum(r.people for r in ends)
            said = f"{short_money(low, currency)} to {short_money(high, currency)}"
            told.append(f"{level} {people:,} people, ranges {said}")
    rings = f". Marked: {', '.join(p.employee_id for p in marked)}" if marked else ""
    return "Pay by level with the ranges behind. " + "; ".join(told) + rings


def _pay_range(drawn: PayByLevel) -> ChartSpec:
    """The axis from a little below the lowest figure to a little above the highest."""
    pays = [d.pay for d in drawn.dots] + [p for r in drawn.levels for p in (r.p10, r.p90)]
    pays += [end for r in drawn.ranges for end in (r.minimum, r.maximum)]
    if not pays:
        return {}
    # A share of the span, so that neither dots nor rings at an end are cut.
    room = 0.04 * (max(pays) - min(pays)) or 0.1 * max(pays)
    return {"range": [min(pays) - room, max(pays) + room]}


def _ranges(ranges: Sequence[LevelRange], at: Mapping[str, int]) -> list[ChartSpec]:
    """From the lowest minimum to the highest maximum of each level, with every midpoint."""
    by_level: dict[str, list[LevelRange]] = {}
    for r in ranges:
        by_level.setdefault(r.level, []).append(r)
    lows = {level: min(r.minimum for r in own) for level, own in by_level.items()}
    highs = {level: max(r.maximum for r in own) for level, own in by_level.items()}
    box: ChartSpec = {
        "type": "bar",
        "x": [at[level] for level in by_level],
        "base": list(lows.values()),
        "y": [highs[level] - lows[level] for level in by_level],
        "width": 2 * _HALF,
        "marker": {"color": OWN, "opacity": 0.13, "line": {"color": OWN, "width": 1}},
        "hoverinfo": "skip",
    }
    ends = [(at[level] - _HALF, at[level] + _HALF) for level in by_level]
    middles = [sorted({r.midpoint for r in own}) for own in by_level.values()]
    lines: ChartSpec = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for e, own in zip(ends, middles, strict=True) for _ in own for x in (*e, None)],
        "y": [y for own in middles for m in own for y in (m, m, None)],
        "line": {"color": OWN, "width": 1},
        "opacity": 0.5,
        "hoverinfo": "skip",
    }
    return [box, lines]


def _dots(dots: Sequence[PersonPay], at: Mapping[str, int], currency: str) -> list[ChartSpec]:
    groups: dict[str, list[tuple[int, PersonPay]]] = {}
    for i, dot in enumerate(dots):
        kind = dot.position if dot.position in _SYMBOLS else "inside" if dot.position else ""
        groups.setdefault(kind, []).append((i, dot))
    colors = {**POSITION_COLORS, "inside": "#12827a", "": NEUTRAL}
    # Circles are drawn last, on top of the many inside.
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [_beside(at[d.level], i) for i, d in own],
            "y": [d.pay for _, d in own],
            "marker": {
                "size": 8 if kind in _SYMBOLS else 4,
                "symbol": _SYMBOLS.get(kind, "circle"),
                "color": colors[kind],
                "opacity": 0.95 if kind in _SYMBOLS else 0.45,
            },
            "meta": [d.employee_id for _, d in own],
            "customdata": [_hover(d, currency) for _, d in own],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for kind, own in sorted(groups.items(), key=lambda pair: pair[0] in _SYMBOLS)
    ]


def _beside(level: int, i: int) -> float:
    """Where the i-th dot stands beside the middle of its level, so that few lie on another."""
    return round(level + (i * _GOLDEN % 1 - 0.5) * 1.6 * _HALF, 3)


def _rings(
    marked: Sequence[PersonPay], dots: Sequence[PersonPay], at: Mapping[str, int], currency: str
) -> list[ChartSpec]:
    """A ring around the dot of each one who is marked, in the middle of the level without dots."""
    if not marked:
        return []
    numbers = {dot.employee_id: i for i, dot in enumerate(dots)}
    own = [(at[p.level], numbers.get(p.employee_id), p) for p in marked]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [level if i is None else _beside(level, i) for level, i, _ in own],
            "y": [p.pay for _, _, p in own],
            "marker": {
                "size": 15,
                "symbol": "circle-open",
                "color": NEUTRAL,
                "line": {"width": 3},
            },
            "meta": [p.employee_id for p in marked],
            "customdata": [_hover(p, currency) for p in marked],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]


def _boxes(levels: Sequence[LevelPay], at: Mapping[str, int], currency: str) -> list[ChartSpec]:
    """P25–P75 and P10–P90 of each level, with the median."""
    if not levels:
        return []
    x = [at[row.level] for row in levels]
    told = [
        f"<b>{escape(r.level)}</b><br>{r.people:,} people<br>P10 {money(r.p10, currency)}<br>"
        f"P50 {money(r.p50, currency)}<br>P90 {money(r.p90, currency)}"
        for r in levels
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [v for i in x for v in (i, i, None)],
            "y": [v for r in levels for v in (r.p10, r.p90, None)],
            "line": {"color": NEUTRAL, "width": 1.5},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "x": x,
            "base": [r.p25 for r in levels],
            "y": [r.p75 - r.p25 for r in levels],
            "width": 0.34,
            "marker": {"color": "#12827a", "opacity": 0.8},
            "customdata": told,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": x,
            "y": [r.p50 for r in levels],
            "marker": {"symbol": "line-ew-open", "size": 16, "color": NEUTRAL,
                       "line": {"width": 3}},
            "hoverinfo": "skip",
        },
    ]  # fmt: skip


def _hover(dot: PersonPay, currency: str) -> str:
    lines = [f"<b>{escape(dot.employee_id)}</b> · {escape(dot.level)}", money(dot.pay, currency)]
    if dot.compa_ratio is not None:
        lines.append(f"{dot.position}, compa-ratio {dot.compa_ratio:.2f}")
    return "<br>".join(lines if dot.position else [*lines, "no range"])
