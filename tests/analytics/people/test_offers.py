"""Where an offer falls, by hand, on a range from 64 to 96 thousand and three peers."""

import pandas as pd
import pytest

from analytics.errors import InputError
from analytics.people.offers import Offer, OfferAnswer, answer_offer, offer_sentences
from analytics.people.positions import positions_of
from analytics.people.roster import read_roster
from tests.analytics.people.rosters import P3, PLACES, a_range, roster


def positions(*rows: dict[str, object]) -> pd.DataFrame:
    found = read_roster(roster(*rows), [P3])
    return positions_of(found, [a_range()], PLACES, lambda r: 80e3).people


PEERS = positions(
    {"base": 70e3}, {"base": 40e3, "fte": 0.5}, {"base": 95e3}, {"base": 75e3, "level": "P4"},
    {"base": 70e3, "currency": "EUR"},
)  # fmt: skip


def answered(**fields: object) -> OfferAnswer:
    return answer_offer(positions(fields).iloc[0], PEERS)


def test_range_market_peers_and_precedent_by_hand():
    answer = answered(base=88e3)
    assert (answer.position, answer.compa_ratio, answer.penetration) == ("4th quarter", 1.1, 0.75)
    assert (answer.peers, answer.peers_median, answer.paid_more) == (3, 80e3, 1)
    assert answer.passed_over.employee_id.tolist() == ["1", "2"]
    assert answer.passed_over.below_offer.tolist() == [18e3, 8e3]
    # 18,000 for the first, 8,000 at half time for the second.
    assert answer.to_match == 22_000
    assert offer_sentences(answer, "USD") == [
        "4th quarter of P3, US: $64,000 to $96,000, midpoint $80,000.",
        "Compa-ratio 1.10, range penetration 75%.",
        "1.10 times the market's median for that range, $80,000.",
        "3 people of the range P3, US, median $80,000; paid more: 1, paid less: 2.",
        "As a precedent: to pay those as much, within their ranges, costs $22,000 a year.",
    ]


def test_nobody_is_matched_beyond_the_maximum():
    # Up to 96,000: 26,000, 16,000 at half time, and 1,000.
    assert answered(base=100e3).to_match == 26_000 + 8_000 + 1_000


def test_without_a_range_peers_are_those_of_the_level():
    answer = answered(base=70e3, level="P4")
    assert (answer.peers, answer.paid_more, answer.position) == (1, 1, "")
    assert offer_sentences(answer, "USD")[0] == "No range: no range of P4."
    assert offer_sentences(answered(base=1, level="P9"), "USD")[1] == (
        "Nobody else is of P9, whatever their range."
    )


def test_an_offer_of_nothing_is_refused():
    for wrong in ({"base": 0.0}, {"base": 1.0, "variable": -1.0}, {"base": 1.0, "level": ""}):
        with pytest.raises(InputError):
            Offer(**{"level": "P3", **wrong})  # type: ignore[arg-type]
