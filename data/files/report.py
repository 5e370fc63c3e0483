"""One page that can be handed on: self-contained HTML, which prints to one sheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analytics.money import money, money_range, short_money

_WIDTH, _ROW, _LEFT = 680, 24, 250


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
        chart=_chart(report.bars, report.currency),
        inputs=_items(report.inputs),
        derivation=escape(report.derivation),
        changes=_items(report.changes),
        sources=_source_rows(report.sources),
        made_on=escape(report.made_on),
    )


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
        for i, bar in enumerate(bars)
    )
    height = _ROW * len(bars) + 6
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="100%" role="img" '
        f'aria-label="Pay by level with intervals">{rows}</svg>'
    )


def _bar_row(bar: Bar, i: int, x: Callable[[float], float], currency: str) -> str:
    y = _ROW * i + 16
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
    names = ("title", "publisher", "as_of", "sample_size", "pay_basis", "licence")
    return "".join(
        "<tr>" + "".join(f"<td>{escape(source.get(name, ''))}</td>" for name in names) + "</tr>"
        for source in sources
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 12.5px/1.45 system-ui, sans-serif; color: #1c2430; max-width: 720px;
  margin: 24px auto; padding: 0 16px; }}
h1 {{ font-size: 19px; margin: 0 0 6px; }} h2 {{ font-size: 13px; margin: 14px 0 4px; }}
.figure {{ font-size: 36px; font-weight: 700; }} .muted {{ color: #56606c; }}
table {{ border-collapse: collapse; width: 100%; font-size: 11px; }}
td, th {{ text-align: left; padding: 2px 8px 2px 0; border-bottom: 1px solid #dde2e8;
  vertical-align: top; }}
ul {{ margin: 0; padding-left: 18px; }} svg text {{ font: 11.5px system-ui, sans-serif; }}
footer {{ margin-top: 14px; font-size: 10.5px; color: #56606c; }}
@page {{ size: auto; margin: 12mm; }}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style></head><body>
<h1>{title}</h1>
<div><span class="figure">{answer}</span> &nbsp; {interval}</div>
<div>{trust}</div>
<div class="muted">{context}</div>
<div>{assumption}</div>
<h2>The whole ladder on the same terms</h2>
{chart}
<h2>What matters most</h2><ul>{inputs}</ul>
<h2>How it came about</h2><div>{derivation}</div>
<h2>What would change it</h2><ul>{changes}</ul>
<h2>Sources</h2>
<table><tr><th>Source</th><th>Publisher</th><th>As of</th><th>n</th><th>Pay basis</th>
<th>Licence</th></tr>{sources}</table>
<footer>Made by Bandstand on {made_on}.</footer>
</body></html>
"""
