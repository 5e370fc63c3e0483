"""The Calibration page, by AppTest."""

from functools import partial

import pytest

from data.catalog.calibration import read_coverage
from tests.app_pages.opening import open_page

pytestmark = pytest.mark.usefixtures("store")


def test_a_link_opens_one_kind_of_error_and_the_table_has_all(monkeypatch):
    few = partial(read_coverage, cells=100)  # all of them: tests/analytics/uncertainty
    monkeypatch.setattr("app_pages.cache.calibration.read_coverage", few)
    page = open_page("calibration", figures="ageing")
    assert page.session_state["figures"] == "ageing"
    table = page.dataframe[0].value
    assert set(table.subject) == {
        "between published percentiles",
        "ageing",
        "moved to a place",
    }
    assert set(table.stated) == {0.9}
