"""A link names jobs by their codes, and the page that it opens stays so when it is loaded again."""

from collections.abc import Mapping
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.app_pages.opening import open_page

P1, P2, P4 = (f"CUSTOM1.CUSTOMER920B.P{n}" for n in (1, 2, 4))


def opened(page: str, link: Mapping[str, str | list[str]]) -> AppTest:
    app = open_page(page, **link)
    assert not app.error
    return app


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("page", "link", "choices"),
    [
        (
            "home",
            f"for={P4}&basis=base+pay&in=California",
            ["Senior · P4", "base pay", "California"],
        ),
        ("price", f"job={P4}&pay=base+pay", ["Senior · P4", "base pay"]),
        ("profile", f"profile={P4}", ["Senior · P4"]),
        ("home", "for=Director+of+CS&in=Denver", ["Director · M4", "Denver-Aurora-Centennial, CO"]),
        ("home", "in=Bay+Area", ["United States"]),
    ],
)
def test_a_link_by_code_chooses_and_stays(page, link, choices):
    first = opened(page, parse_qs(link))
    for app in (first, opened(page, first.query_params)):
        chosen = [box.format_func(box.value) for box in app.selectbox]
        assert all(any(words in text for text in chosen) for words in choices), chosen


@pytest.mark.usefixtures("store")
def test_a_comparison_by_codes_compares_these_and_stays():
    first = opened("compare", {"profiles": [P1, P2]})
    for app in (first, opened("compare", first.query_params)):
        assert app.metric[0].label == "P1 to P2, median, modelled"


@pytest.mark.usefixtures("store")
def test_a_source_has_a_link_of_its_own():
    app = opened("sources", {"source": "canon-m6"})
    assert app.header[0].value == r"Canon taxonomy\: market pay of Customer Success M6"
    assert any("never taken for P25-P75" in words.value for words in app.text)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("page", "link", "key"),
    [
        ("sources", {"source": "levels-fyi"}, "source"),
        ("ladder", {"ladder": "career"}, "ladder"),
        ("places", {"view": "All occupations", "group": "11"}, "group"),
        ("ranges", {"rb": "target_cash"}, "rb"),
    ],
)
def test_what_a_link_names_by_code_stays_in_it_by_its_label(page, link, key):
    app = opened(page, link)
    (picker,) = [box for box in app.selectbox if box.key == key]
    assert picker.value == link[key]
    assert app.query_params[key] == picker.format_func(picker.value)


@pytest.mark.usefixtures("store")
def test_homes_links_carry_the_question_to_pricing():
    home = opened("home", {"for": P4, "basis": "base pay", "month": "2027-03"})
    (link,) = [x.proto for x in home.get("page_link") if x.proto.label == "Change sources"]
    assert link.page == "price"
    app = opened(link.page, parse_qs(link.query_string))
    chosen = [box.format_func(box.value) for box in app.selectbox]
    assert any("Senior · P4" in text for text in chosen)
    assert "base pay" in chosen
    assert app.text_input(key="to").value == "2027-03"
