"""Each page and each filter, run by Streamlit's own AppTest."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.app_pages.opening import open_page


@pytest.fixture
def market_page(store) -> AppTest:
    return open_page("market")


def group(app: AppTest, key: str):
    return next(g for g in app.button_group if g.key == key)


def shown(app: AppTest) -> list[str]:
    frame = app.dataframe[0].value
    return list(zip(frame["level"], frame["status"], strict=True))


def metrics(app: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in app.metric}


def test_market_opens_on_the_whole_ladder(market_page):
    assert market_page.title[0].value == "Customer Success: market pay against the ladder"
    assert len(shown(market_page)) == 11
    assert metrics(market_page) == {
        "P3 median, modelled": "$117,500",
        "P25–P75": "$97k–$143k",
        "Differential to P4, modelled": "+$41k (+35%)",
    }


@pytest.mark.parametrize(
    ("key", "value", "levels"),
    [
        ("level", ["P2", "M6"], {"P2", "M6"}),
        ("track", ["management"], {"M3", "M4", "M5", "M6"}),
        ("focus", ["Customer Success Management"], {"P1", "P2", "P3", "P4", "P5", "P6"}),
        ("pay_basis", ["unstated"], {"M6"}),
        ("sources", ["Canon taxonomy"], {"M6"}),
    ],
)
def test_each_filter_narrows_the_table(market_page, key, value, levels):
    group(market_page, key).set_value(value).run()
    assert not market_page.exception
    assert {level for level, _ in shown(market_page)} == levels


def test_percentile_set_chooses_the_columns(market_page):
    market_page.selectbox(key="percentiles").set_value("P25 P50 P75").run()
    columns = set(market_page.dataframe[0].value.columns)
    assert {"p25", "p50", "p75"} <= columns
    assert not {"p10", "p90"} & columns


def test_an_impossible_combination_says_what_to_change(market_page):
    group(market_page, "focus").set_value(["Customer Success"])
    group(market_page, "track").set_value(["professional"]).run()
    assert not market_page.exception
    assert "Change Focus or Track" in market_page.info[0].value
    assert not market_page.metric
    assert market_page.header[0].value == "Benchmarks that do"


def test_no_source_chosen_means_all_and_one_without_bands_says_what_to_change(market_page):
    group(market_page, "sources").set_value([]).run()
    assert len(market_page.dataframe[0].value) == 11  # ten levels modelled, M6 published too
    assert "Sources shown: 10 of 10" in [button.label for button in market_page.button]
    drawn = json.loads(market_page.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]
    assert any("PostHog" in str(note.get("text")) for note in drawn)
    group(market_page, "sources").set_value(["PostHog"]).run()
    assert "Sources shown" in market_page.info[0].value


def test_a_split_divides_the_median_and_says_why_percentiles_do_not(market_page):
    group(market_page, "split").set_value("80/20").run()
    frame = market_page.dataframe[0].value
    assert frame.base_at_p50[2] == 94_000
    assert "belongs to one package" in market_page.info[0].value


def test_own_split_is_asked_for(market_page):
    group(market_page, "split").set_value("Own").run()
    market_page.number_input(key="base").set_value(60).run()
    assert market_page.dataframe[0].value.base_at_p50[2] == pytest.approx(70_500)


def test_headline_follows_the_level_in_focus(market_page):
    market_page.selectbox(key="at").set_value("M6").run()
    assert metrics(market_page)["M6 median, modelled"] == "$261,400"
    assert metrics(market_page)["Differential to the next level"] == "none"


def test_published_row_alone_shows_its_range_as_unstated(market_page):
    group(market_page, "sources").set_value(["Canon taxonomy"]).run()
    assert metrics(market_page)["M6 median, published"] == "$242,000"
    assert metrics(market_page)["Range"] == "$190k–$308k"


def test_the_proxy_occupation_is_never_shown_without_its_warning(market_page):
    assert any("understates customer success pay" in c.value for c in market_page.caption)
    group(market_page, "sources").set_value(["Modelled ladder"]).run()
    assert not any("understates" in c.value for c in market_page.caption)


def test_sources_page_lists_every_source_and_its_figures(market_page, market):
    page = market_page.switch_page("app_pages/sources.py").run()
    assert not page.exception
    overview, figures = (frame.value for frame in page.dataframe)
    assert len(overview) == len(market.sources)
    page.selectbox(key="source").set_value("levels-fyi").run()
    figures = page.dataframe[1].value
    assert figures.value.tolist() == ["$87,000", "$132,000", "$193,000", "$247,387"]


def test_every_source_opens(market_page, market):
    page = market_page.switch_page("app_pages/sources.py").run()
    for source in market.sources.source:
        page.selectbox(key="source").set_value(source).run()
        assert not page.exception
        assert page.header[0].value


def test_a_broken_store_is_told_and_not_shown_as_empty(monkeypatch, tmp_path):
    broken = tmp_path / "broken.duckdb"
    broken.write_text("not a database " * 1000)
    monkeypatch.setenv("BANDSTAND_DB", str(broken))
    app = open_page("home")
    assert "broken.duckdb" in app.error[0].value
    assert not app.metric


def texts(page: AppTest) -> str:
    return " ".join(e.value for e in [*page.title, *page.text, *page.caption, *page.markdown])


def plain(markdown: str) -> str:
    """Markdown as it is read, without the signs that escape others."""
    return re.sub(r"\\(.)", r"\1", markdown)


def test_ladder_shows_tracks_side_by_side_and_the_step(market_page):
    page = market_page.switch_page("app_pages/ladder.py").run()
    assert not page.exception
    grades = page.table[0].value
    assert list(grades.columns) == ["Grade", "Professional", "Management"]
    row = grades[grades.Grade == "4"].iloc[0]
    assert (row.Professional, row.Management) == ("P4 Senior", "M3 Manager")
    said = plain(texts(page))
    assert "Titles of P1, P2, P4, P5, P6, M3, M5: Bandstand's working titles" in said
    assert "Grades: Bandstand's grades" in said
    links = next(t.value for t in page.table if "To ladder" in t.value)
    assert set(links["Said by"]) == {"Bandstand's crosswalk of customer\\-success ladders"}
    group(page, "rung").set_value("P4").run()
    assert metrics(page) == {
        "Pay differential to P5, modelled": "+$43k (+27%)",
        "Pay differential to M3, modelled": "+$34k (+22%)",
    }


@pytest.mark.parametrize(
    ("ladder", "levels"), [("canon", 10), ("career", 9), ("job-description", 8)]
)
def test_every_level_of_every_ladder_opens(market_page, ladder, levels):
    page = market_page.switch_page("app_pages/ladder.py").run()
    page.selectbox(key="ladder").set_value(ladder).run()
    options = group(page, "rung").options
    assert len(options) == levels
    for level in options:
        group(page, "rung").set_value(level).run()
        assert not page.exception


def test_profile_shows_all_that_is_held_of_it(market_page):
    page = market_page.switch_page("app_pages/profile.py").run()
    assert not page.exception
    said = texts(page)
    for part in (
        "Customer Success, Vice President",
        "confidence: high \\(0\\.80\\)",
        "Passed: the lowest of 5 scores is 4",
        "by level: 15–25 years",
        "by the guideline rubric: 12–15 years",
        "Sources behind it: 6",
    ):
        assert part in said
    assert list(metrics(page).items())[:2] == [
        ("Canon taxonomy: median, published", "$242,000"),
        ("Modelled ladder: median, modelled", "$261,400"),
    ]
    for part in (
        "basis not stated · date: not published · n: not published · source: canon-m6",
        "total compensation · date: 2026-05 · n: not published (that of levels.fyi)",
        "Title Vice President: Canon taxonomy: Customer Success job profiles. Grade 7: Bandstand",
        "The source of this profile records no title aliases",
    ):
        assert part in plain(said)
    aliases = page.table[-1].value
    assert set(aliases[aliases.Title == "Chief Customer Success Officer"]["Said by"]) == {
        "Bandstand's title aliases"
    }


def test_profile_and_compare_take_two_real_profiles_through_the_distance(market_page):
    page = market_page.switch_page("app_pages/profile.py").run()
    page.selectbox(key="profile").set_value("CUSTOM1.CUSTOMER920B.P4").run()
    _, panel = page.expander  # the first holds the filters
    assert panel.label == "How coordinates work"
    explained, pair, steps = (plain(m.value) for m in panel.markdown)
    assert "are Bandstand's own" in explained
    assert "Customer Success Management P4 and Customer Success M3" in pair
    assert "0.150 + 0.000 + 0.100 = 0.250, adjacent" in steps
    page = page.switch_page("app_pages/compare.py").run()
    _, panel = page.expander
    assert "= 0.075, adjacent" in plain(panel.markdown[-1].value)


def test_an_occupation_that_no_document_states_is_said_to_be_bandstands(market_page):
    page = market_page.switch_page("app_pages/profile.py").run()
    page.selectbox(key="profile").set_value("CUSTOM1.CUSTOMER920B.P2").run()
    occupations = page.table[-2].value
    assert dict(zip(occupations["SOC"], occupations["Asserted by"], strict=True)) == {
        "13\\-1161": "Bandstand",
        "43\\-4051": "the job\\-description page",
    }


def test_a_profile_without_badges_or_review_says_so(market_page):
    page = market_page.switch_page("app_pages/profile.py").run()
    page.selectbox(key="profile").set_value("CUSTOM1.CUSTOMER920B.P3").run()
    assert not page.exception
    assert "confidence: not given" in texts(page)
    assert "Not reviewed, so not passed." in texts(page)


def test_compare_puts_profiles_side_by_side(market_page):
    page = market_page.switch_page("app_pages/compare.py").run()
    assert not page.exception
    assert metrics(page) == {"M5 to M6, median, modelled": "+$22k (+9%)"}
    codes = ["CUSTOM1.CUSTOMER920B.P4", "CUSTOM1.CUSTOMERBDCB.M3"]
    page.multiselect(key="profiles").set_value(codes).run()
    assert not page.exception
    assert page.dataframe[0].value.distance.tolist() == [0.25]
    assert metrics(page) == {"P4 to M3, median, modelled": "+$34k (+22%)"}


def test_compare_asks_for_two(market_page):
    page = market_page.switch_page("app_pages/compare.py").run()
    page.multiselect(key="profiles").set_value(["CUSTOM1.CUSTOMERBDCB.M6"]).run()
    assert not page.exception
    assert "choose 2 to 4" in page.info[0].value


def test_a_pay_basis_without_a_band_still_shows_its_benchmarks(market_page):
    group(market_page, "pay_basis").set_value(["oews_wage"]).run()
    assert "Change Pay basis" in market_page.info[0].value
    assert len(market_page.dataframe[0].value) == 3
    assert any("understates customer success pay" in c.value for c in market_page.caption)
