"""Posting ranges against the dated rules of places."""

import pytest

from analytics.errors import InputError
from analytics.ranges.posting import PostingRange, check_posting_range, posting_range
from analytics.ranges.posting import PostingRule as Rule
from analytics.rows import typed_rows
from queries import run

ONTARIO = Rule("Ontario", "2026-01-01", 25, 50_000, 200_000, "CAD", "The range.", "o")
TODAY = "2026-11-27"


def passes(low: float, high: float, currency: str = "CAD", **asked) -> list[bool | None]:
    posting = PostingRange(low, high, currency, "base")
    found = check_posting_range(posting, [ONTARIO], "ontario", asked.pop("day", TODAY), **asked)
    return [check.passes for check in found]


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [
        (100_000, 150_000, True),  # exactly $50,000
        (100_000, 150_001, False),
        (100_000, 200_000, False),  # its end is not above $200,000
        (100_000, 200_001, True),
        (210_000, 300_000, True),
    ],
)
def test_width_in_ontario(low, high, fits):
    # O. Reg. 476/24, as summaries of it give the rule.
    assert passes(low, high) == [fits]


def test_before_its_date_elsewhere_and_for_small_employers_a_rule_asks_nothing():
    assert passes(1e5, 2e5, day="2025-12-31") == []
    assert passes(1e5, 2e5, employees=24) == [True]
    assert passes(1e5, 2e5, employees=25) == [False]
    assert passes(1e5, 2e5, "USD") == [None]
    posting = PostingRange(1e5, 2e5, "CAD", "base")
    assert check_posting_range(posting, [ONTARIO], "Quebec", TODAY) == []


def test_the_part_of_a_range_that_is_meant_to_be_offered():
    part = posting_range(80_000, 120_000, "USD", "target_cash", from_share=0.25, to_share=0.75,
                         variable="20% of target cash.", equity="a new-hire grant")  # fmt: skip
    assert (part.low, part.high) == (90_000, 110_000)
    assert part.text == (
        "Pay range: $90,000–$110,000 a year, target cash (USD). Variable pay: 20% of target "
        "cash. Equity: a new-hire grant."
    )
    with pytest.raises(InputError, match="no part of it"):
        posting_range(80_000, 120_000, "USD", "base", from_share=0.8, to_share=0.2)


def test_the_rules_on_board(con):
    rules = {r.place: r for r in typed_rows(run(con, "posting_rules"), Rule)}
    assert len(rules) == 13
    assert (rules["Ontario"].most_width, rules["Ontario"].unless_above) == (50_000, 200_000)
    assert (rules["Massachusetts"].employees, rules["Massachusetts"].since) == (25, "2025-10-29")
    assert rules["Massachusetts"].most_width is None
    assert rules["Colorado"].in_force("2021-06-01")
    assert not rules["Vermont"].in_force("2025-06-30")
