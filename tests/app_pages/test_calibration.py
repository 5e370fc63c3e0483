"""The Calibration page, by AppTest."""

import pytest

from tests.app_pages.opening import open_page

pytestmark = pytest.mark.usefixtures("store")


def test_a_link_opens_one_kind_of_error_and_the_table_has_all():
    page = open_page("calibration", figures="ageing")
    assert page.session_state["figures"] == "ageing"
    table = page.dataframe[0].value
    assert set(table.subject) == {
        "between published percentiles",
        "ageing",
        "moved to a place",
    }
    assert set(table.stated) == {0.9}
