"""Warnings of a structure, and what changed in it, by hand."""

from dataclasses import replace

import pytest

from analytics.errors import InputError
from analytics.ranges.build import build_ranges, set_range
from analytics.ranges.changes import (
    CellChange,
    accept_changes,
    cell_changes,
    change_table,
    edit_ranges,
    setting_changes,
)
from analytics.ranges.range_warnings import range_warnings
from analytics.ranges.rows import Ends, PlaceRatio
from analytics.ranges.settings import RangeSettings
from tests.analytics.ranges.structures import THREE, market, structure

P2 = "Sales | P2 | United States"


def warned(asked) -> list[tuple[str, str]]:
    found = range_warnings(build_ranges(asked).ranges, asked.settings, asked.currency)
    return [(w.kind, w.text) for w in found]


def test_no_warning_where_all_is_within_the_limits():
    # The step to P3 is overlapped by 72.73 percent; exactly 75 percent passes a limit of .75.
    assert warned(replace(THREE, settings=RangeSettings(most_overlap=0.75))) == []


def test_overlap_over_its_limit():
    assert warned(THREE) == [
        ("overlap", "P2 to P3, United States: the lower range covers 73% of the upper one, "
                    "more than 70%")
    ]  # fmt: skip


def test_inversion_and_compression():
    asked = structure(
        market("P1", 80_000), market("P2", 80_000), market("P3", 84_000), market("P4", 87_000),
        most_overlap=1,
    )  # fmt: skip
    kinds = [kind for kind, _ in warned(asked)]
    assert kinds == ["inversion", "compression"]  # 84 is exactly 5 percent above 80


def test_midpoint_off_the_market_from_above_ten_percent():
    at_limit = set_range(THREE, P2, Ends(80_000, 110_000, 120_000))
    assert not [kind for kind, _ in warned(at_limit) if kind == "off market"]
    beyond = set_range(THREE, P2, Ends(80_000, 89_000, 120_000))
    (text,) = [text for kind, text in warned(beyond) if kind == "off market"]
    assert text == "P2, United States: the midpoint is −11.0% from the market's $100,000"


def test_range_narrower_than_the_interval_of_its_market():
    asked = structure(market("P1", 80_000, 60_000, 95_000))  # 32,000 against 35,000
    assert [kind for kind, _ in warned(asked)] == ["narrower than the market's interval"]


def test_cells_of_a_file_that_differ_and_their_acceptance():
    ranges = build_ranges(THREE).ranges
    edited = {r.key: r.ends for r in ranges[:2]} | {P2: Ends(81_000, 100_000.001, 125_000)}
    changes = cell_changes(ranges, edited)
    assert changes == [
        CellChange(P2, "minimum", 80_000, 81_000), CellChange(P2, "maximum", 120_000, 125_000),
    ]  # fmt: skip
    assert accept_changes(THREE, changes, []) == THREE
    (own,) = accept_changes(THREE, changes, [P2]).set_ranges.items()
    assert own == (P2, Ends(81_000, 100_000, 125_000))
    with pytest.raises(InputError, match="is no range"):
        accept_changes(THREE, [CellChange(P2, "minimum", 80_000, 130_000)], [P2])


def test_what_changed_between_two_versions():
    later = structure(
        market("P1", 80_000), market("P2", 105_000), market("P4", 130_000), spread=0.5
    )
    table = change_table(THREE, replace(later, month="2027-07"))
    rows = table.set_index("key")
    assert rows.change.to_dict() == {
        P2: "changed",
        "Sales | P4 | United States": "added",
        "Sales | P3 | United States": "removed",
    }  # fmt: skip
    assert rows.loc[P2, ["midpoint_before", "midpoint_after"]].tolist() == [100_000, 105_000]
    assert rows.loc[P2, "midpoint_change"] == pytest.approx(0.05)
    assert rows.loc[P2, "market_change"] == pytest.approx(0.05)
    assert len(change_table(THREE, THREE)) == 0
    with pytest.raises(InputError, match="USD, the other in EUR"):
        change_table(THREE, replace(THREE, currency="EUR"))


def test_settings_that_changed_are_named():
    later = replace(
        THREE, month="2027-07", settings=RangeSettings(spread=0.6), places=(PlaceRatio("CO", 1.1),)
    )
    assert setting_changes(THREE, later) == [
        "month of the market: 2027-01 → 2027-07", "spread: 0.5 → 0.6", "places: none → CO × 1.100",
    ]  # fmt: skip


def test_edits_in_the_grid_set_and_lock_a_range_and_unlocking_builds_it_again():
    ranges = build_ranges(THREE).ranges
    wide = edit_ranges(THREE, ranges, {P2: (Ends(80_000, 100_000, 126_000), False)})
    assert wide.set_ranges == {P2: Ends(80_000, 100_000, 126_000)}
    # The midpoint alone: ends follow at 126 / 80 − 1 = 57.5 percent: 2 · 102 / 2.575 = 79.2.
    edit = {P2: (Ends(80_000, 102_000, 126_000), True)}
    moved = edit_ranges(wide, build_ranges(wide).ranges, edit)
    assert moved.set_ranges == {P2: Ends(79_200, 102_000, 124_800)}
    unlocked = edit_ranges(moved, build_ranges(moved).ranges, {P2: (moved.set_ranges[P2], False)})
    assert unlocked == THREE
    locked = edit_ranges(THREE, ranges, {P2: (ranges[1].ends, True)})
    assert locked.set_ranges == {P2: Ends(80_000, 100_000, 120_000)}
