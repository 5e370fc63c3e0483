"""The legends: small drawings beside the charts, which wrap and never redraw.

Plotly's own legend measures itself at every click and then draws the chart
once more; these are the same on every rerun. All of it is Bandstand's own text.
"""

from collections.abc import Sequence

from app_pages.charts.style import NEUTRAL, PUBLISHED, TINTS, TRACKS

_ROW = "display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.85rem;align-items:center"


def band_legend(tracks: Sequence[str], *, split: bool) -> str:
    """What the band chart's marks mean."""
    marks = []
    for track in tracks:
        if split:
            marks.append((_hatched(track, "stripes"), f"{track.title()}, base of the median package"))
            marks.append((_hatched(track, "dots"), "variable"))
        else:
            marks.append((_hatched(track, "stripes"), f"{track.title()}, P25–P75, modelled"))
    marks += [
        (_capped(8), "P10–P90"),
        (_capped(4), "interval of the median"),
        (_solid(), "published, percentiles of the range not stated"),
    ]
    return _row(marks)


def step_legend(tracks: Sequence[str]) -> str:
    """What the step chart's marks mean."""
    marks = [(_dot(TRACKS[track]), f"{track.title()}, next level") for track in tracks]
    return _row([*marks, (_diamond(), "to management, same grade"), (_capped(4), "interval")])


def _row(marks: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<span style="white-space:nowrap">{drawing} {words}</span>' for drawing, words in marks
    )
    return f'<div class="legend" style="{_ROW}">{items}</div>'


def _drawing(inside: str) -> str:
    return (
        '<svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true" '
        f'style="vertical-align:-2px">{inside}</svg>'
    )


def _hatched(track: str, pattern: str) -> str:
    colour = TRACKS[track]
    inside = (
        "".join(f'<path d="M{x} 12L{x + 10} 2" stroke="{colour}"/>' for x in (2, 8, 14))
        if pattern == "stripes"
        else "".join(f'<circle cx="{x}" cy="7" r="1.2" fill="{colour}"/>' for x in (6, 13, 20))
    )
    box = f'<rect x="1" y="1.5" width="24" height="11" fill="{TINTS[track]}" stroke="{colour}"/>'
    return _drawing(box + inside)


def _capped(half: int) -> str:
    ends = "".join(f"M{x} {7 - half / 2}V{7 + half / 2}" for x in (1, 25))
    return _drawing(f'<path d="M1 7H25{ends}" stroke="{NEUTRAL}" stroke-width="1.5"/>')


def _solid() -> str:
    bar = f'<rect x="0" y="5" width="26" height="4" fill="{PUBLISHED}"/>'
    return _drawing(f'{bar}<path d="M13 1L19 7L13 13L7 7Z" fill="{PUBLISHED}" stroke="#fff"/>')


def _dot(colour: str) -> str:
    return _drawing(f'<circle cx="13" cy="7" r="5" fill="{colour}"/>')


def _diamond() -> str:
    return _drawing(f'<path d="M13 1L19 7L13 13L7 7Z" fill="none" stroke="{PUBLISHED}" stroke-width="2"/>')
