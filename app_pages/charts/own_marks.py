"""What a team's own data adds to a band chart: its surveys, ranges and people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from analytics.money import money, money_range, short_money
from analytics.own_pay import OwnRange
from analytics.pay_rows import Band
from analytics.rows import known
from app_pages.charts.figure import ChartSpec
from app_pages.charts.style import OWN, known_pays, provenance

#: More people than this on a level are a number, for dots would hide each other.
MOST_DOTS = 150
#: How far from the middle of its level's row each kind of mark stands, rows being 1 apart.
_SURVEY, _RANGE, _PEOPLE = 0.3, 0.38, -0.45


@dataclass(frozen=True)
class OwnMarks:
    """The own figures to draw; ``people`` has pay by level, of an owner's eyes alone."""

    surveys: Sequence[Band] = ()
    ranges: Sequence[OwnRange] = ()
    people: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def reach(self) -> list[float]:
        """All that the axis must reach."""
        surveys = [pay for r in self.surveys for pay in (r.pay("p25"), r.median, r.pay("p75"))]
        ranges = [pay for r in self.ranges for pay in (r.minimum, r.maximum)]
        return known_pays([*surveys, *ranges, *(x for pays in self.people.values() for x in pays)])


NO_MARKS = OwnMarks()


def own_traces(
    own: OwnMarks, heights: Mapping[str, float], ends: Mapping[str, float]
) -> Iterator[ChartSpec]:
    """The marks, at the height of each level; levels that the chart lacks are left out.

    ``ends`` is where the level's own interval ends, right of which words are free to stand.
    """
    if ranges := [r for r in own.ranges if r.level in heights]:
        yield from _ranges(ranges, heights)
    if surveys := [r for r in own.surveys if r.level in heights]:
        yield from _surveys(surveys, heights)
    if people := {level: pays for level, pays in own.people.items() if level in heights}:
        widest = {r.level: max(r.maximum, ends.get(r.level, 0)) for r in own.ranges}
        yield from _people(people, heights, {**ends, **widest})


def own_alt(own: OwnMarks) -> str:
    """The marks in words, for a screen reader; empty where there are none."""
    parts = (
        ("your survey, median", [f"{r.level} {short_money(r.median, r.currency)}"
                                 for r in own.surveys if r.median is not None]),
        ("your range", [f"{r.level} {money_range(r.minimum, r.maximum, r.currency)}"
                        for r in own.ranges]),
        ("your people", [f"{level} {len(pays)}" for level, pays in own.people.items()]),
    )  # fmt: skip
    return "".join(f"; {name}: {', '.join(said)}" for name, said in parts if said)


def _ranges(ranges: Sequence[OwnRange], heights: Mapping[str, float]) -> Iterator[ChartSpec]:
    x: list[float | None] = []
    y: list[float | None] = []
    for r in ranges:
        low, high = heights[r.level] - _RANGE, heights[r.level] + _RANGE
        x += [r.minimum, r.maximum, r.maximum, r.minimum, r.minimum, None]
        y += [low, low, high, high, low, None]
        x += [r.midpoint, r.midpoint, None]
        y += [low, high, None]
    yield {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": OWN, "width": 1.5},
        "hoverinfo": "skip",
    }
    yield _pointed(
        [r.midpoint for r in ranges],
        [heights[r.level] + _RANGE for r in ranges],
        [_range_hover(r) for r in ranges],
        {"symbol": "line-ns", "size": 1, "line": {"color": OWN, "width": 1.5}},
    )


def _surveys(rows: Sequence[Band], heights: Mapping[str, float]) -> Iterator[ChartSpec]:
    x: list[float | None] = []
    y: list[float | None] = []
    for r in rows:
        x += [r.pay("p25"), r.pay("p75"), None]
        y += [heights[r.level] + _SURVEY, heights[r.level] + _SURVEY, None]
    yield {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": OWN, "width": 3},
        "hoverinfo": "skip",
    }
    yield _pointed(
        [r.median for r in rows],
        [heights[r.level] + _SURVEY for r in rows],
        [_survey_hover(r) for r in rows],
        {"symbol": "line-ns", "size": 9, "line": {"color": OWN, "width": 4}},
    )


def _people(
    people: Mapping[str, Sequence[float]],
    heights: Mapping[str, float],
    ends: Mapping[str, float],
) -> Iterator[ChartSpec]:
    few = {level: pays for level, pays in people.items() if len(pays) <= MOST_DOTS}
    dots = [(pay, heights[level] + _PEOPLE) for level, pays in few.items() for pay in pays]
    if dots:
        yield _pointed(
            [pay for pay, _ in dots],
            [y for _, y in dots],
            [f"One of your people: {money(pay)}" for pay, _ in dots],
            {"symbol": "circle", "size": 5, "color": OWN, "opacity": 0.55},
        )
    many = {level: pays for level, pays in people.items() if level not in few}
    if many:
        middles = {level: _middle(pays) for level, pays in many.items()}
        at = [heights[level] + _PEOPLE for level in many]
        said = [
            f"{len(pays):,} of your people, median {money(middles[level])}"
            for level, pays in many.items()
        ]
        yield _pointed(
            list(middles.values()), at, said, {"symbol": "circle", "size": 7, "color": OWN}
        )
        yield {
            "type": "scatter",
            "mode": "text",
            "x": [max(ends.get(level, middle), middle) for level, middle in middles.items()],
            "y": at,
            "text": [f" {len(pays):,} people" for pays in many.values()],
            "textposition": "middle right",
            "textfont": {"color": OWN, "size": 11},
            "hoverinfo": "skip",
        }  # fmt: skip


def _pointed(
    x: Sequence[float | None], y: Sequence[float], hovers: Sequence[str], marker: ChartSpec
) -> ChartSpec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "marker": marker,
        "customdata": list(hovers),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _middle(pays: Sequence[float]) -> float:
    ordered = sorted(pays)
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) / 2


def _range_hover(r: OwnRange) -> str:
    named = f" {escape(r.name)}" if r.name else ""
    return (
        f"<b>{escape(r.level)}{named}</b>, your range, {escape(r.place)}<br>"
        f"{money_range(r.minimum, r.maximum, r.currency)}, midpoint "
        f"{money(r.midpoint, r.currency)}<br>From {r.effective_date}; {r.source}"
    )


def _survey_hover(row: Band) -> str:
    lines = [f"<b>{row.level} {escape(row.title)}</b>, your survey"]
    if (median := known(row.median)) is not None:
        lines.append(f"Median {money(median, row.currency)}")
    low, high = row.pay("p25"), row.pay("p75")
    if low is not None and high is not None:
        lines.append(f"P25–P75 {money_range(low, high, row.currency)}")
    return "<br>".join([*lines, *provenance(row, escape(row.source))])
