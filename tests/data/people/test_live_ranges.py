"""Whose ranges a version is, once it is live."""

from data.people.live_ranges import make_live
from data.ranges.versions import save_version
from tests.analytics.ranges.structures import THREE, market, structure
from tests.app_pages.test_home_own import ROSTER
from tests.data.loads import load


def test_it_is_said_how_many_have_them_as_theirs_and_why_nobody_does(own):
    load(own, "roster", ROSTER)
    elsewhere = make_live(own, save_version(own, "Sales", THREE))
    assert "the range of 0 of 2 people: theirs are of another level" in elsewhere
    theirs = structure(market("P3", 90_000, function="Customer Success"))
    assert "the range of 2 of 2 people;" in make_live(own, save_version(own, "CS", theirs)) + ";"
