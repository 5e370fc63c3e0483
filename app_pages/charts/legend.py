"""The legends: small drawings beside the charts, which wrap and never redraw.

Plotly's own legend measures itself at every click and then draws the chart
once more; these are the same on every rerun. All of it is Bandstand's own text.
"""

from collections.abc import Mapping, Sequence

from analytics.pay_rows import Band
from app_pages.charts.own_marks import NO_MARKS, OwnMarks
from app_pages.charts.style import NEUTRAL, OWN, PUBLISHED, TINTS, TRACKS

_ROW = "display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.85rem;align-items:center"


def band_legend(bands: Sequence[Band], *, split: bool, own: OwnMarks = NO_MARKS) -> str:
    """What the marks of the band chart of these rows mean."""
    marks = []
    answered = [r for r in bands if r.status != "published"]
    boxed = [r for r in answered if split or r.pay("p25") is not None]
    for track in dict.fromkeys(r.track for r in boxed if r.modelled):
        if split:
            marks.append(
                (_hatched(track, "stripes"), f"{track.title()}, base of the median package")
            )
            marks.append((_hatched(track, "dots"), "variable"))
        else:
            marks.append((_hatched(track, "stripes"), f"{track.title()}, P25–P75, modelled"))
    for track in dict.fromkeys(r.track for r in boxed if not r.modelled):
        marks.append((_plain_box(track), f"{track.title()}, P25–P75, computed from sources"))
    if any(r.pay("p10") is not None for r in answered):
        marks.append((_capped(8), "P10–P90"))
    if answered:
        marks.append((_capped(4), "interval of the median"))
    if own.surveys:
        marks.append((_own_line(), "your survey, P25–P75 and median"))
    if own.ranges:
        marks.append(
            (
                _box(f"height:14px;box-sizing:border-box;border:1.5px solid {OWN}"),
                "your range, with its midpoint",
            )
        )
    if own.people:
        marks.append((_dot(OWN), "your people, one dot each; a number where there are many"))
    if len(answered) < len(bands):
        marks.append((_solid(), "published, percentiles of the range not stated"))
    return _row(marks)


def cell_legend(tracks: Sequence[str], *, tails: bool, market: bool, ranges: bool) -> str:
    """What the marks of the chart of pay records mean."""
    marks = [
        (_plain_box(track),
         f"{track.title()}, P25–P75" if len(tracks) > 1 else "P25–P75")
        for track in tracks
    ]  # fmt: skip
    if tails:
        marks.append((_capped(8), "P10–P90"))
    marks.append((_capped(4), "interval of the median"))
    if market:
        marks.append((_diamond(), "median of the market"))
    if ranges:
        marks.append((_capped(8), "own range above the bar, with its midpoint"))
    return _row(marks)


def step_legend(tracks: Sequence[str]) -> str:
    """What the step chart's marks mean."""
    marks = [(_dot(TRACKS[track]), f"{track.title()}, next level") for track in tracks]
    return _row([*marks, (_diamond(), "to management, same grade"), (_capped(4), "interval")])


def movement_legend(then: str, now: str) -> str:
    """What the marks of market movement mean; ``then`` and ``now`` are months."""
    bar = "display:inline-block;width:4px;height:14px;vertical-align:-2px;background:"
    return _row([
        (f'<span style="{bar}{OWN}"></span>', "midpoint"),
        (f'<span style="{bar}{PUBLISHED}"></span>', "midpoint beyond the limit"),
        (f'<span style="color:{NEUTRAL}">◇</span>', f"market of {then}, that ranges stand on"),
        (f'<span style="color:{NEUTRAL}">◆</span>', f"market of {now}"),
    ])  # fmt: skip


def people_legend(colors: Mapping[str, str], *, dots: bool) -> str:
    """What the marks of the charts of people mean; ``colors`` are those of the positions."""
    marks = [(_box(f"height:12px;background:{color}"), name) for name, color in colors.items()]
    ranges = _box(f"height:14px;box-sizing:border-box;border:1px solid {OWN};background:{OWN}22")
    marks.append((ranges, "ranges of a level, with their midpoints"))
    if not dots:
        marks.append((_box("height:12px;background:#12827a"), "P25–P75, line P10–P90"))
    return _row(marks)


def _row(marks: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<span style="white-space:nowrap">{drawing} {words}</span>' for drawing, words in marks
    )
    return f'<div class="legend" style="{_ROW}">{items}</div>'


def _box(style: str) -> str:
    return f'<span style="display:inline-block;width:26px;vertical-align:-2px;{style}"></span>'


def _plain_box(track: str) -> str:
    border = f"border:1.5px solid {TRACKS[track]}"
    return _box(f"height:12px;box-sizing:border-box;{border};background:{TINTS[track]}")


def _own_line() -> str:
    line = f"linear-gradient({OWN},{OWN}) center/100% 3px no-repeat"
    tick = f"linear-gradient({OWN},{OWN}) center/4px 100% no-repeat"
    return _box(f"height:12px;background:{tick},{line}")


def _hatched(track: str, pattern: str) -> str:
    color = TRACKS[track]
    fill = (
        f"repeating-linear-gradient(135deg,{color} 0 1px,{TINTS[track]} 1px 6px)"
        if pattern == "stripes"
        else f"radial-gradient({color} 1px,{TINTS[track]} 1.5px) 0 0/6px 6px"
    )
    return _box(f"height:12px;box-sizing:border-box;border:1px solid {color};background:{fill}")


def _capped(height: int) -> str:
    line = f"linear-gradient({NEUTRAL},{NEUTRAL}) center/100% 1.5px no-repeat"
    ends = f"border-left:1.5px solid {NEUTRAL};border-right:1.5px solid {NEUTRAL}"
    return _box(
        f"height:{height}px;box-sizing:border-box;{ends};background:{line};margin-bottom:4px"
    )


def _solid() -> str:
    return _box(f"height:5px;background:{PUBLISHED};margin-bottom:4px")


def _dot(color: str) -> str:
    return _box(f"width:10px;height:10px;border-radius:50%;background:{color}")


def _diamond() -> str:
    square = f"width:8px;height:8px;box-sizing:content-box;border:2px solid {PUBLISHED}"
    return _box(f"{square};transform:rotate(45deg) scale(.8);margin:0 4px 2px")
