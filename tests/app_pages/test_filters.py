"""The filters that pages share: each narrows what its page shows, and follows to the next."""

from streamlit.testing.v1 import AppTest

from tests.app_pages.opening import open_page

M3, P2 = "CUSTOM1.CUSTOMERBDCB.M3", "CUSTOM1.CUSTOMER920B.P2"


def facets(page: AppTest) -> list[str]:
    """The filters that stand on a page, by their labels."""
    (panel,) = (e for e in page.expander if e.label == "Filters")
    return [group.label for group in panel.button_group]


def chips(page: AppTest) -> list[str]:
    return [b.label for b in page.button if (b.key or "").startswith("chip ")]


def test_a_ladder_is_narrowed_by_track_level_and_focus(store):
    page = open_page("ladder", track="Management")
    assert facets(page) == ["Focus", "Track", "Level"]
    assert page.table[0].value["Management"].tolist() == [
        "M6 Vice President", "M5 Senior Director", "M4 Director", "M3 Manager",
    ]  # fmt: skip
    links = next(t.value for t in page.table if "To ladder" in t.value)
    assert {level[0] for level in links["Level"]} == {"M"}
    page = open_page("ladder", focus="Customer Success", level="M5")
    assert page.table[0].value["Grade"].tolist() == ["6"]
    assert chips(page) == ["Focus: Customer Success", "Level: M5", "Clear all"]


def test_a_ladder_without_jobs_has_no_filter_for_them_and_is_not_narrowed_by_them(store):
    page = open_page("ladder", ladder="career", level="M4")
    assert facets(page) == ["Track"]
    assert not chips(page)
    assert page.table[0].value["Grade"].tolist() == ["7", "5", "4", "3", "2", "1"]


def test_the_level_looked_at_is_in_the_link(store):
    page = open_page("ladder", rung="P4")
    assert any("P4 Senior → P5" in h.value for h in page.subheader)
    page = open_page("ladder", rung="P4", track="Management")
    assert any("M3 Manager → M4" in h.value for h in page.subheader)


def test_a_profile_picker_and_its_neighbors_are_narrowed_but_not_the_profile_asked(store):
    page = open_page("profile", profile=P2, track="Management", pay_basis="base pay")
    assert facets(page) == ["Focus", "Track", "Level", "Pay basis"]
    offered = page.selectbox(key="profile").options
    assert len(offered) == 5
    assert sum("P2" in label for label in offered) == 1
    (adjacent,) = (d.value for d in page.dataframe)
    assert len(adjacent) == 4
    assert any("on the pay basis chosen" in c.value for c in page.caption)


def test_compare_offers_what_passes(store):
    page = open_page("compare", focus="Customer Success")
    assert len(page.multiselect(key="profiles").options) == 4
    page = open_page("compare", level="P2", profiles=M3)
    assert not page.exception


def test_sources_are_narrowed_by_pay_basis(store):
    page = open_page("sources", pay_basis="base pay")
    assert facets(page) == ["Pay basis"]
    assert page.dataframe[0].value["source"].str.contains("cs-insider|posthog$").all()
    offered = page.selectbox(key="source").options
    assert [name.rpartition(" · ")[2] for name in offered] == ["cs-insider", "posthog"]


def test_filters_follow_to_the_other_pages_and_back(store):
    page = open_page("market", track="Management", sources="Canon taxonomy")
    page.switch_page("app_pages/ladder.py").run()
    assert "Track: Management" in chips(page)
    page.switch_page("app_pages/sources.py").run()
    assert not chips(page)
    page.switch_page("app_pages/compare.py").run()
    assert "Track: Management" in chips(page)
    page.switch_page("app_pages/market.py").run()
    assert chips(page) == ["Track: Management", "Sources shown: 1 of 10", "Clear all"]
