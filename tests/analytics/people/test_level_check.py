"""Paid like another level, and titles that mean another one."""

from analytics.deltas import Rung
from analytics.jobs.matching import Match
from analytics.people.level_check import (
    TitleLevels,
    neighbor_levels,
    paid_like_another,
    title_levels,
    title_means_another,
)
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster

RUNGS = [
    Rung("P3", "professional", 3, 3), Rung("P2", "professional", 2, 2),
    Rung("P4", "professional", 4, 4), Rung("M3", "management", 7, 4),
]  # fmt: skip
RANGES = [
    a_range("P2", midpoint=66e3), a_range("P3", midpoint=80e3), a_range("P4", midpoint=95e3),
    a_range("P4", place="Boston", midpoint=99e3),
]  # fmt: skip


def placed(*rows):
    whole = read_roster(roster(*rows), [P3])
    return positions_of(whole, RANGES, PLACES, neighbors=neighbor_levels(RUNGS)).people


def test_neighbors_are_of_one_track():
    assert neighbor_levels(RUNGS) == {
        "P2": ("", "P3"), "P3": ("P2", "P4"), "P4": ("P3", ""), "M3": ("", ""),
    }  # fmt: skip


def test_who_is_paid_like_a_neighbor():
    pays = [66e3, 66_001, 95e3, 94_999]
    found = paid_like_another(placed(*({"base": pay, "place": "Denver"} for pay in pays)))
    assert found[["employee_id", "paid_like", "midpoint_there"]].values.tolist() == [
        ["1", "P2", 66e3], ["3", "P4", 95e3],
    ]  # fmt: skip
    assert found.reason.tolist() == ["at most the midpoint of P2", "at least the midpoint of P4"]


def test_a_range_of_another_place_is_no_neighbor():
    # In Boston P4 has a range of its own, P3 only the national one.
    assert len(paid_like_another(placed({"base": 99e3}))) == 0
    assert paid_like_another(placed({"base": 60e3})).paid_like.tolist() == ["P2"]


MATCHES = {
    "Senior CSM": [("P3", 0.95, "two ladders"), ("P4", 0.95, ""), ("M3", 0.5, "")],
    "CSM": [("P2", 0.95, "title"), ("P1", 0.56, "words; the title names no level")],
    "Chief": [("M6", 0.7, "perhaps")],
}


class OneTitle:
    """A matcher of a few titles."""

    def match(self, title: str) -> list[Match]:
        return [Match("", level, "", sure, why) for level, sure, why in MATCHES.get(title, [])]


def test_titles_that_mean_a_level_for_sure():
    meant = title_levels(["Senior CSM", "CSM", "Chief", "Cook"], OneTitle())  # type: ignore[arg-type]
    assert meant == {"Senior CSM": TitleLevels(("P3", "P4"), "two ladders")}


def test_whose_title_means_another_level():
    meant = {"Senior CSM": TitleLevels(("P3", "P4"), "two ladders")}
    rows = [{"title": "Senior CSM", "level": level} for level in ("P2", "P4", "G7", None)]
    found = title_means_another(placed(*rows, {"title": "CSM", "level": "P2"}), meant)
    assert found[["employee_id", "level", "title_means", "reason"]].values.tolist() == [
        ["1", "P2", "P3 or P4", "two ladders"],
    ]  # fmt: skip
