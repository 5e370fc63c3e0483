"""Each chart is a figure that Plotly accepts, with the marks that its rows call for."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from analytics.market_tables import band_table, benchmark_table, level_difference_table
from analytics.money import signed_money, signed_percent
from analytics.ote import parse_split
from analytics.own_pay import OwnRange
from analytics.pay_rows import Band, Benchmark, LevelDifference
from analytics.pricing.explanation import WaterfallStep
from analytics.record_rows import RecordCell, RecordComparison
from analytics.rows import typed_rows
from app_pages.charts import (
    OwnMarks,
    band_alt,
    band_chart,
    band_legend,
    cell_chart,
    is_cut,
    own_alt,
    shape_chart,
    step_chart,
    step_legend,
    waterfall_chart,
)
from app_pages.charts.own_marks import MOST_DOTS
from app_pages.charts.style import OWN, wrapped
from app_pages.components.filters import PERCENTILE_SETS
from app_pages.components.markdown import escape_markdown


@pytest.fixture(scope="module")
def bands(market):
    return typed_rows(band_table(market), Band)


@pytest.fixture(scope="module")
def benchmarks(market):
    return typed_rows(benchmark_table(market), Benchmark)


def traces(figure, kind):
    return [trace for trace in figure["data"] if trace["type"] == kind]


@pytest.mark.parametrize("split", [None, "80/20"])
@pytest.mark.parametrize("percentiles", PERCENTILE_SETS.values(), ids=PERCENTILE_SETS)
def test_plotly_accepts_the_band_chart(market, percentiles, split):
    table = band_table(market, percentiles, parse_split(split) if split else None)
    beside = typed_rows(benchmark_table(market, percentiles), Benchmark)
    go.Figure(band_chart(typed_rows(table, Band), beside, split is not None))


@pytest.mark.parametrize("in_dollars", [True, False])
def test_plotly_accepts_the_step_chart(market, in_dollars):
    tracks = dict(zip(market.levels.level, market.levels.track, strict=True))
    figure = step_chart(
        typed_rows(level_difference_table(market), LevelDifference), tracks, in_dollars
    )
    go.Figure(figure)
    assert sum(len(trace["x"]) for trace in figure["data"]) == 11
    across = [t for t in figure["data"] if t["marker"]["symbol"] == "diamond-open"]
    assert len(across) == 1


def test_levels_stand_in_ladder_order_from_the_bottom(bands, benchmarks):
    axis = band_chart(bands, benchmarks, False)["layout"]["yaxis"]
    ticks = sorted(zip(axis["tickvals"], axis["ticktext"], strict=True))
    assert [text for _, text in ticks[-2:]] == ["M6  Canon taxonomy", "<b>M6</b>  Vice President"]
    bold = [text for _, text in ticks if text.startswith("<b>")]
    placed = [text.split("</b>")[0].removeprefix("<b>") for text in bold]
    assert placed == ["P1", "P2", "P3", "P4", "P5", "P6", "M3", "M4", "M5", "M6"]


def test_modelled_bars_are_hatched_and_published_ones_solid(bands, benchmarks):
    bars = traces(band_chart(bands, benchmarks, False), "bar")
    hatched = [b for b in bars if b["marker"].get("pattern")]
    solid = [b for b in bars if not b["marker"].get("pattern")]
    assert sum(len(b["x"]) for b in hatched) == 10
    assert [(b["base"], b["x"]) for b in solid] == [([190_000], [118_000])]
    p3 = next(b for b in hatched if 96_500 in b["base"])
    assert p3["x"][p3["base"].index(96_500)] == 143_100 - 96_500


def test_a_split_bar_runs_from_nothing_to_the_median(market):
    rows = typed_rows(band_table(market, split=parse_split("80/20")), Band)
    figure = band_chart(rows, [], True)
    base, variable = traces(figure, "bar")[:2]
    ends = [b + v for b, v in zip(base["x"], variable["x"], strict=True)]
    assert ends == [r.percentiles["p50"] for r in rows if r.track == "professional"]
    assert set(base["base"]) == {0}
    assert figure["layout"]["xaxis"]["range"][0] == 0


def test_hover_tells_value_status_source_date_basis_and_n(bands, benchmarks):
    marks = traces(band_chart(bands, benchmarks, False), "scatter")
    said = [text for m in marks for text in m.get("customdata", []) if text.startswith("<b>P3")]
    for part in ("$117,500", "modelled", "2026-05", "total compensation", "n: not published",
                 "$98,900–$139,200", "Modelled ladder"):  # fmt: skip
        assert part in said[0]


def test_each_benchmark_is_labelled_with_its_date_and_basis(bands, benchmarks):
    labels = [a["text"] for a in band_chart(bands, benchmarks, False)["layout"]["annotations"]]
    assert any("levels.fyi" in t and "2026-05" in t and "total compensation" in t for t in labels)
    assert any("BLS 43-4051" in t and "2025-05" in t and "OEWS wage" in t for t in labels)


def test_text_from_files_is_shown_and_not_run(bands):
    bad = [replace(r, title="<a href='x'>![](y)") for r in bands[:1]]
    figure = band_chart(bad, [], False)
    assert "<a" not in str(figure)
    assert escape_markdown("![x](y) *z* $1") == r"\!\[x\]\(y\) \*z\* \$1"


def test_words_for_a_screen_reader_name_every_level(bands):
    assert "P3 Mid-Level Professional $118k modelled" in band_alt(bands)
    assert "M6 Vice President $242k published" in band_alt(bands)


def test_legends_name_what_is_drawn(bands):
    assert "variable" in band_legend(bands, split=True)
    assert "published" not in band_legend(bands[:1], split=False)
    whole = band_legend(bands, split=False)
    assert all(w in whole for w in ("Management, P25–P75, modelled", "published", "P10–P90"))
    assert "same grade" in step_legend(["management"])


@pytest.mark.parametrize(
    ("value", "in_dollars", "said"),
    [
        (41_000, True, "+$41k"),
        (-3_800, True, "−$4k"),
        (0.349, False, "+35%"),
        (-0.02, False, "−2%"),
    ],
)
def test_differences_carry_their_sign(value, in_dollars, said):
    written = signed_money(value) if in_dollars else signed_percent(value)
    assert written == said


def test_wrapping_loses_no_word():
    text = "a sentence of some length that has to stand in several lines of a hover"
    lines = wrapped(text, 20)
    assert " ".join(lines) == text
    assert all(len(line) <= 20 for line in lines)


def cell(level: str, place: str = "Boston") -> RecordCell:
    return RecordCell(
        percentiles={"p10": 1.0, "p25": 2.0, "p50": 3.0, "p75": 4.0, "p90": 5.0},
        lows={"p50": 2.5},
        highs={"p50": 3.5},
        dimensions={"level": level, "place": place},
        n=9,
        organisations=5,
        interval_of="the market that they come from",
        note="",
        status="computed",
        pay_basis="base",
        currency="EUR",
        source="own-load-1",
        as_of="2026",
    )


def test_cells_stand_in_panels_on_one_axis_levels_from_the_bottom():
    rows = [cell(level, place) for place in ("Rome", "Oslo") for level in ("P1", "P2", "M3")]
    figure = cell_chart(rows, ("level", "place"), {"M3": "management"}, ["Oslo", "Rome"])
    go.Figure(figure)
    layout = figure["layout"]
    assert [a["text"] for a in layout["annotations"]] == ["<b>Oslo</b>", "<b>Rome</b>"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert layout["yaxis"]["tickvals"] == [1, 2, 3]
    assert layout["yaxis"]["ticktext"] == ["P1", "P2", "M3"]
    assert "EUR" in layout["xaxis"]["title"]["text"]
    assert sum(len(bar["x"]) for bar in traces(figure, "bar")) == 6
    (hover, *_) = traces(figure, "bar")[0]["customdata"]
    assert "Its interval of the market that they come from: " in hover
    assert "People: 9; organizations: 5" in hover


def test_what_lies_beside_stands_on_the_row_of_its_level():
    beside = [
        RecordComparison("P2", name, "base", 1.0, 2.0, 3.0, 0.1, "2026", "s")
        for name in ("Market, published", "Own range")
    ]
    rows = [cell("P1"), cell("P2")]
    figure = cell_chart(rows, ("level",), {}, (), beside)
    go.Figure(figure)
    marks = [t for t in figure["data"] if t["type"] == "scatter" and t["x"] == [2.0]]
    assert [t["y"] for t in marks] == [[2], [2.36]]
    labels = next(t for t in figure["data"] if t.get("mode") == "text")
    assert labels["x"][1] == max(rows[1].percentiles["p90"], 3.0)  # right of all marks
    two_zones = [replace(beside[1], beside=f"Own range, {place}") for place in ("East", "West")]
    (lanes,) = [t for t in cell_chart(rows, ("level",), {}, (), two_zones)["data"]
                if t["type"] == "scatter" and t["x"] == [2.0, 2.0]]  # fmt: skip
    assert lanes["y"] == pytest.approx([2.36, 2.49])


def test_a_chart_of_many_cells_says_that_it_is_cut():
    rows = [cell("P1", f"Place {i}") for i in range(60)]
    assert is_cut(rows, ("place",))
    assert is_cut(rows, ("level", "place"))
    assert not is_cut(rows[:12], ("level", "place"))
    go.Figure(cell_chart(rows, ("level", "place"), {}))


def test_plotly_accepts_a_shape_with_and_without_intervals():
    for interval in (None, (1.0, 4.0)):
        go.Figure(shape_chart([0.1, 0.5], [2.0, 3.0], [None, interval], "USD", "base"))


P3_RANGE = OwnRange(
    "", "canon", "P3", "", "Boston", "base", "USD", 90e3, 100e3, 115e3, "2026-01-01", "own-load-1"
)


def own_marks_of(figure):
    """Traces in the color of the team's own figures."""

    return [trace for trace in traces(figure, "scatter") if OWN in repr(trace)]


def test_own_ranges_are_outlines_and_own_people_dots_at_their_level(bands):
    own = OwnMarks(ranges=[P3_RANGE], people={"P3": [95e3, 99e3], "P9": [1e3]})
    figure = band_chart(bands, [], False, own=own)
    go.Figure(figure)
    outline, midpoint, dots = own_marks_of(figure)
    assert outline["mode"] == "lines"
    assert outline["x"][:5] == [90e3, 115e3, 115e3, 90e3, 90e3]
    assert "your range, Boston" in midpoint["customdata"][0]
    # P9 is not on this ladder.
    assert dots["x"] == [95e3, 99e3]
    assert "meta" not in dots  # a click on a person asks nothing


def test_own_people_stand_clear_of_the_interval_and_of_the_figures(bands):
    own = OwnMarks(people={"P3": [95e3, 99e3]})
    (p3,) = [band for band in bands if band.level == "P3" and band.modelled]
    figure = band_chart([p3], [], False, own=own)
    (dots,) = own_marks_of(figure)
    lines = [t for t in traces(figure, "scatter") if t["mode"] == "lines+markers"]
    lowest = min(y for line in lines for y in line["y"] if y is not None)
    assert lowest - dots["y"][0] > 0.1  # five of some 46 pixels
    (label,) = [t for t in traces(figure, "scatter") if t["mode"] == "text"]
    assert label["textposition"] == "middle right"
    assert label["x"] == [max(p3.percentiles["p90"], p3.high)]


def test_own_figures_are_said_to_a_screen_reader():
    own = OwnMarks(ranges=[P3_RANGE], people={"P3": [95e3, 99e3]})
    assert own_alt(own) == "; your range: P3 $90,000–$115,000; your people: P3 2"
    assert own_alt(OwnMarks()) == ""


def test_many_people_are_a_number(bands):
    people = {"P3": [1e5] * (MOST_DOTS + 1)}
    wide = replace(P3_RANGE, maximum=400e3)
    figure = band_chart(bands, [], False, own=OwnMarks(ranges=[wide], people=people))
    *_, middle, count = own_marks_of(figure)
    assert middle["x"] == [1e5]
    assert count["text"] == [" 151 people"]
    # Right of the range and of the market's interval, where nothing else is.
    assert count["x"] == [400e3]
    (p3,) = [band for band in bands if band.level == "P3" and band.modelled]
    alone = own_marks_of(band_chart(bands, [], False, own=OwnMarks(people=people)))
    assert alone[-1]["x"] == [p3.high]


def test_without_own_data_nothing_is_added(bands):
    assert own_marks_of(band_chart(bands, [], False)) == []


def test_the_axis_reaches_own_figures(bands):
    own = OwnMarks(people={"P3": [12_000.0]})
    assert band_chart(bands, [], False, own=own)["layout"]["xaxis"]["range"][0] < 12_000


def test_an_answer_computed_from_sources_is_drawn_without_hatching(bands):
    (row,) = [r for r in bands if r.level == "P3"]
    only_median = replace(
        row, status="computed", percentiles={"p50": 1e5}, low=float("nan"), high=float("nan")
    )
    figure = band_chart([only_median], [], False)
    go.Figure(figure)
    assert traces(figure, "bar") == []  # no quartiles, no box
    assert any(t["x"] == [1e5] for t in traces(figure, "scatter"))
    (box,) = traces(band_chart([replace(row, status="computed")], [], False), "bar")
    assert box["marker"]["pattern"]["shape"] == ""
    assert "computed from sources" in band_legend([replace(row, status="computed")], split=False)


def test_the_labels_of_a_waterfall_add_up_to_the_answer():
    steps = [
        WaterfallStep("Published", 117_500, 117_500, ""),
        WaterfallStep("Ageing", 1_981, 119_481, ""),
        WaterfallStep("Place", -19_704, 99_777, ""),
    ]
    assert waterfall_chart(steps, "USD")["data"][0]["text"] == [
        "$117,500", "+$1,981", "−$19,704", "<b>$99,777</b>",
    ]  # fmt: skip
