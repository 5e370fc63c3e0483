"""One page that can be handed on: self-contained HTML, which prints to one sheet.

A page with more to say is set smaller, so that it still prints to one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analytics.money import money, money_range, short_money
from analytics.pay_basis import LABELS
from analytics.pricing.explanation import WaterfallStep

_WIDTH, _ROW, _LEFT = 680, 19, 250
#: Pixels that a sheet has room for, and characters that its width has at full size.
_SHEET, _LINE = 880, 112
#: Pixels at full size of a line of small text, and of all but the chart and the small text.
_SMALL, _REST = 17, 330
#: Columns of the sources: the field, its heading, and its share of the width.
_SOURCE_COLUMNS = (
    ("title", "Source", 0.29),
    ("publisher", "Publisher", 0.18),
    ("as_of", "As of", 0.12),
    ("sample_size", "n", 0.15),
    ("pay_basis", "Pay basis", 0.11),
    ("licence", "License", 0.15),
)
_SIZES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)


@dataclass(frozen=True)
class Bar:
    """One row of the chart: a figure with its interval, where one is known."""

    label: str
    value: float
    low: float | None
    high: float | None
    highlighted: bool = False


@dataclass(frozen=True)
class Report:
    """What the page says, in the order in which it says it."""

    question: str
    answer: float
    interval: tuple[float, float] | None
    currency: str
    trust: str
    context: str
    assumption: str
    bars: Sequence[Bar]
    steps: Sequence[WaterfallStep]
    inputs: Sequence[str]
    derivation: str
    changes: Sequence[str]
    sources: Sequence[Mapping[str, str]]
    made_on: str


def report_html(report: Report) -> str:
    """The page as HTML with everything in it: no script, no other file, nothing fetched."""
    interval = (
        f"interval {money_range(*report.interval, report.currency)}"
        if report.interval
        else "error unknown"
    )
    return _PAGE.format(
        title=escape(report.question),
        answer=money(report.answer, report.currency),
        interval=interval,
        trust=escape(report.trust),
        context=escape(report.context),
        assumption=escape(report.assumption),
        size=_size(report),
        chart=_chart(report.bars, report.currency),
        steps=_step_rows(report.steps, report.currency),
        inputs=_items(report.inputs),
        derivation=escape(report.derivation),
        changes=_items(report.changes),
        columns=_SOURCE_HEADS,
        sources=_source_rows(report.sources),
        made_on=escape(report.made_on),
    )


def _size(report: Report) -> float:
    """The largest size of text, 1 being full, at which the page fits on a sheet."""
    return next((size for size in _SIZES if _height(report, size) <= _SHEET), _SIZES[-1])


def _height(report: Report, size: float) -> float:
    """About how many pixels the page is high with text of a size."""
    across = _LINE / size
    texts = [report.derivation, *(step.reason for step in report.steps)]
    lines = sum(1 + len(text) // across for text in texts)
    listed = max(len(report.inputs), len(report.changes))
    listed += sum(_source_lines(source, across) for source in report.sources)
    return _ROW * len(report.bars) + size * (_REST + _SMALL * (lines + listed))


def _source_lines(source: Mapping[str, str], across: float) -> int:
    """How many lines a row of the sources takes: as many as its longest cell."""
    cells = ((len(source[name]), across * share) for name, _, share in _SOURCE_COLUMNS)
    return max(1 + int(length // (room - 2)) for length, room in cells)


def _step_rows(steps: Sequence[WaterfallStep], currency: str) -> str:
    """From what is published to the answer: each step, what it adds, and why."""
    return "".join(
        f"<tr><td>{escape(step.label)}</td>"
        f'<td class="number">{"" if i == 0 else _signed(step.amount, currency)}</td>'
        f'<td class="number">{money(step.total, currency)}</td><td>{escape(step.reason)}</td></tr>'
        for i, step in enumerate(steps)
    )


def _signed(amount: float, currency: str) -> str:
    return ("+" if amount >= 0 else "−") + money(abs(amount), currency)


def _chart(bars: Sequence[Bar], currency: str) -> str:
    """Bars from the lower to the upper end of each interval, a mark at each figure."""
    if not bars:
        return ""
    ends = [x for bar in bars for x in (bar.low, bar.high, bar.value) if x is not None]
    low, high = min(ends), max(ends)
    reach = (high - low) or 1.0
    scale = (_WIDTH - _LEFT - 70) / reach
    rows = "".join(
        _bar_row(bar, i, lambda x: _LEFT + (x - low) * scale, currency)
        for i, bar in enumerate(reversed(bars))  # the highest level on top, as on the screen
    )
    height = _ROW * len(bars) + 6
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="100%" role="img" '
        f'aria-label="Pay by level with intervals">{rows}</svg>'
    )


def _bar_row(bar: Bar, i: int, x: Callable[[float], float], currency: str) -> str:
    y = _ROW * i + 13
    color = "#0f7f75" if bar.highlighted else "#808a96"
    weight = ' font-weight="700"' if bar.highlighted else ""
    parts = [
        f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end"{weight}>{escape(bar.label)}</text>'
    ]
    if bar.low is not None and bar.high is not None:
        left, wide = x(bar.low), max(x(bar.high) - x(bar.low), 1)
        parts.append(
            f'<rect x="{left:.1f}" y="{y - 6}" width="{wide:.1f}" height="12" fill="{color}" '
            'fill-opacity=".22"/>'
        )
    at = x(bar.value)
    parts.append(f'<rect x="{at - 1.5:.1f}" y="{y - 8}" width="3" height="16" fill="{color}"/>')
    end = x(bar.high) if bar.high is not None else at
    parts.append(
        f'<text x="{max(at, end) + 6:.1f}" y="{y + 4}"{weight}>'
        f"{short_money(bar.value, currency)}</text>"
    )
    return "".join(parts)


def _items(texts: Sequence[str]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in texts) or "<li>None.</li>"


def _source_rows(sources: Sequence[Mapping[str, str]]) -> str:
    names = [name for name, _, _ in _SOURCE_COLUMNS]
    rows = [
        {**source, "pay_basis": LABELS.get(source["pay_basis"], source["pay_basis"])}
        for source in sources
    ]
    return "".join(
        "<tr>" + "".join(f"<td>{escape(row[name])}</td>" for name in names) + "</tr>"
        for row in rows
    )


_SOURCE_HEADS = "".join(
    f'<th style="width:{share:.0%}">{heading}</th>' for _, heading, share in _SOURCE_COLUMNS
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
html {{ font-size: calc({size} * 12px); }}
body {{ font: 1rem/1.42 system-ui, sans-serif; color: #1c2430; background: #fff;
  max-width: 720px; margin: 24px auto; padding: 0 16px; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; margin: 0 0 .4rem; }}
h2 {{ font-size: 1.05rem; margin: .9rem 0 .25rem; }}
.figure {{ font-size: 2.7rem; line-height: 1.15; font-weight: 700; }}
.muted, footer {{ color: #56606c; }} .small, table {{ font-size: .9rem; }}
.sides {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr));
  column-gap: 2rem; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ text-align: left; padding: .12rem .7rem .12rem 0; border-bottom: 1px solid #dde2e8;
  vertical-align: top; }}
.number {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.sources {{ table-layout: fixed; }} .sources td {{ overflow-wrap: anywhere; }}
ul {{ margin: 0; padding-left: 1.4rem; }}
svg text {{ font: 11px system-ui, sans-serif; fill: #1c2430; }}
footer {{ margin-top: .9rem; font-size: .85rem; }}
@page {{ size: auto; margin: 12mm; }}
@media print {{ body {{ margin: 0; padding: 0; max-width: none; }} }}
</style></head><body>
<h1>{title}</h1>
<div><span class="figure">{answer}</span> &nbsp; {interval}</div>
<div>{trust}</div>
<div class="muted">{context}</div>
<div>{assumption}</div>
<h2>The whole ladder on the same terms, at the median</h2>
{chart}
<div class="small muted">Bars are intervals. Published figures stand as published.</div>
<h2>From what is published to the answer</h2>
<table>{steps}</table>
<div class="sides">
<section><h2>What matters most</h2><ul>{inputs}</ul></section>
<section><h2>What would change it</h2><ul>{changes}</ul></section>
</div>
<h2>How it came about</h2><div class="small">{derivation}</div>
<h2>Sources</h2>
<table class="sources"><tr>{columns}</tr>{sources}</table>
<footer>Made by Bandstand on {made_on}.</footer>
</body></html>
"""
