"""Versions of a structure in a store: draft, live, archived, and what People then reads."""

from dataclasses import replace

import pytest

from analytics.errors import InputError, UnknownNameError
from analytics.own_pay import every_range
from analytics.ranges.rows import PlaceRatio
from analytics.ranges.settings import RangeSettings
from data.catalog.pay_questions import find_question
from data.imports.load import withdraw
from data.ranges.market import read_market_levels, read_place_ratios
from data.ranges.versions import (
    archive,
    find_version,
    make_live,
    read_versions,
    save_version,
)
from data.store.connection import open_to_write
from queries import run
from tests.analytics.ranges.structures import THREE


@pytest.fixture
def con(mine):
    con = open_to_write(mine)
    yield con
    con.close()


def states(con) -> list[str]:
    return [v.state for v in read_versions(con)]


def loaded(con) -> dict[str, float]:
    frame = run(con, "loaded_ranges", load="")
    return {r.level: r.maximum for r in every_range(frame, []) if r.function == "Sales"}


def test_a_version_goes_from_draft_to_live_to_archived_and_back(con):
    first = save_version(con, "Sales 2027", THREE, "the first")
    wider = replace(THREE, settings=RangeSettings(spread=1.0))
    second = save_version(con, "Sales 2027", wider)
    assert (first.version, second.version, states(con)) == (1, 2, ["draft", "draft"])
    assert "is live" in make_live(con, first)
    assert (states(con), loaded(con)["P2"]) == (["live", "draft"], 120_000)
    make_live(con, second)
    assert states(con) == ["archived", "live"]
    assert loaded(con)["P2"] == 133_300  # 100,000 × 4/3
    make_live(con, find_version(read_versions(con), "Sales 2027", 1))
    assert (states(con), loaded(con)["P2"]) == (["live", "archived"], 120_000)
    archive(con, find_version(read_versions(con), "Sales 2027", 1))
    assert (states(con), loaded(con)) == (["archived", "archived"], {})


def test_a_withdrawn_load_archives_its_version(con):
    version = save_version(con, "Sales", THREE)
    make_live(con, version)
    (live,) = read_versions(con)
    withdraw(con, live.load)
    assert states(con) == ["archived"]
    with pytest.raises(InputError, match="only a live version"):
        archive(con, find_version(read_versions(con), "Sales"))


def test_what_is_saved_opens_alike_and_alike_is_not_saved_twice(con):
    save_version(con, "Sales", THREE)
    assert save_version(con, " Sales ", THREE).version == 1
    assert find_version(read_versions(con), "Sales").structure == THREE
    with pytest.raises(UnknownNameError, match="did you mean"):
        find_version(read_versions(con), "Sale")
    with pytest.raises(UnknownNameError, match="no version 7"):
        find_version(read_versions(con), "Sales", 7)


def test_the_same_ranges_under_another_name_say_which_load_has_them(con):
    make_live(con, save_version(con, "One", THREE))
    with pytest.raises(InputError, match="as load 1"):
        make_live(con, save_version(con, "Two", THREE))
    assert states(con) == ["live", "draft"]


def test_alike_ranges_of_the_next_version_take_over(con):
    make_live(con, save_version(con, "One", THREE))
    limits = replace(THREE, settings=RangeSettings(most_overlap=0.8))
    make_live(con, save_version(con, "One", limits))
    assert states(con) == ["archived", "live"]


def test_steps_are_loaded_with_their_ranges(con):
    stepped = replace(THREE, settings=RangeSettings(steps=5))
    make_live(con, save_version(con, "Steps", stepped))
    frame = run(con, "loaded_ranges", load="")
    p1 = frame[frame.level == "P1"].iloc[0]
    assert p1.steps == "1: 64000.0; 2: 72000.0; 3: 80000.0; 4: 88000.0; 5: 96000.0"
    assert (p1.minimum, p1.midpoint, p1.maximum) == (64_000, 80_000, 96_000)


def test_market_of_a_ladder_at_a_percentile_and_the_ratio_of_a_place(con):
    p3 = "CUSTOM1.CUSTOMER920B.P3"

    def medians(percent: float) -> dict[str, float | None]:
        question, _ = find_question(con, p3, "", "base", percent, "2027-01")
        return {m.level: m.market for m in read_market_levels(con, question)}

    median, high = medians(50), medians(75)
    assert list(median) == ["P1", "P2", "P3", "P4", "P5", "P6", "M3", "M4", "M5", "M6"]
    assert all(high[level] > median[level] for level in median)
    (colorado,) = read_place_ratios(con, "customer-success", ["Colorado"])
    assert isinstance(colorado, PlaceRatio)
    assert 1 < colorado.factor < 1.2
    with pytest.raises(InputError, match="no wages are known there"):
        read_place_ratios(con, "customer-success", ["Nowhere"])
