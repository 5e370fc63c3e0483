"""The home page: the question, its answer and the ladder on the same terms, by AppTest."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app_pages.opening import open_page
from tests.conftest import HOME

P3, M6 = "CUSTOM1.CUSTOMER920B.P3", "CUSTOM1.CUSTOMERBDCB.M6"


@pytest.fixture
def home(store) -> AppTest:
    return open_page("home", month="2026-05")


def figure(app: AppTest) -> str:
    """The headline, as written."""
    (answer,) = [h.body for h in app.html if h.body.startswith('<div class="answer"')]
    return answer.split('class="figure">')[1].split("<")[0]


def context(app: AppTest) -> str:
    (line,) = [h.body for h in app.html if h.body.startswith('<div class="context-line"')]
    return line


def test_the_first_answer_is_the_modelled_median_and_says_what_it_is(home):
    assert figure(home) == "$117,500"
    for part in ("Mid-Level Professional · P3", "total compensation", "United States",
                 "May 2026", "modelled"):  # fmt: skip
        assert part in context(home)


def test_base_pay_answers_with_its_assumption_and_without_an_error(home):
    home.selectbox(key="basis").set_value("base").run()
    assert not home.error
    # 80 percent of 117,500.
    assert figure(home) == "$94,000"
    assert any("At most" in c.value and "80%" in c.value for c in home.caption)


def test_place_and_date_move_the_answer(home):
    home.selectbox(key="in").set_value("Colorado").run()
    home.text_input(key="month").set_value("2027-05").run()
    assert not home.error
    # A year at 3.4 percent and Colorado's 1.013 price parity (BEA, 2023).
    assert figure(home) not in ("$117,500", "")
    assert "Colorado" in context(home)


def test_a_place_of_several_is_asked_about(store):
    app = open_page("home", month="2026-05", **{"for": P3, "in": "Portland"})
    said = [box.value for kind in (app.info, app.warning, app.caption) for box in kind]
    assert any("“Portland” may be one of 2 places" in words for words in said)


def test_a_month_that_can_not_be_read_is_an_error_that_says_how(home):
    home.text_input(key="month").set_value("soon").run()
    assert "write it like 2026" in home.error[0].value


@pytest.mark.usefixtures("store")
def test_the_pay_basis_of_the_question_is_no_filter_of_the_market():
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120).run()
    app.switch_page("app_pages/market.py").run()
    assert not app.exception
    assert app.session_state["pay_basis"] == []
