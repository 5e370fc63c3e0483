"""Find a job by a link: the profiles that a title may mean, and the words where there is none."""

import pytest

from tests.app_pages.opening import open_page

pytestmark = pytest.mark.usefixtures("store")


def test_a_title_has_a_link_of_its_own_and_leads_to_its_profile():
    app = open_page("find", title="VP customer success")
    assert app.title[0].value == "Find a job"
    best = app.dataframe[0].value.iloc[0]
    assert best.code == "profile?profile=CUSTOM1.CUSTOMERBDCB.M6"
    assert best.reason == "title “VP of Customer Success”"
    assert app.get("download_button")[0].proto.label == "Download CSV"


def test_no_good_match_says_so():
    app = open_page("find", title="Line Cook")
    assert "No good match for “Line Cook”" in app.info[0].value
    assert not app.dataframe
