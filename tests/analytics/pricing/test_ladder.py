"""Steps between priced levels: paired where both rest on the model, else by their intervals."""

import pytest

from analytics.deltas import Delta
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.ladder import LevelPrice, ladder_prices, priced_level

NOW = Month(2027, 1)
PAIRED = {("P1", "P2"): Delta(0, 0, 0, 0.28, 0.257, 0.41)}


def source(name: str, pay: float, within: float = 1.02) -> Source:
    """A source whose median has limits ``within`` times it and one ``within``th of it."""
    return Source(name, "base", NOW, {0.5: pay}, intervals={0.5: (pay / within, pay * within)})


def answer(level: str, *sources: Source) -> LevelPrice:
    pricing = Pricing(level, "base", NOW, Rate(0.0, "none"), sources)
    return priced_level(level, "professional", pricing)


def model(level: str, pay: float) -> Source:
    return source(f"Modelled ladder, {level}", pay)


def test_levels_of_the_model_alone_have_the_models_paired_step():
    rows = ladder_prices(
        [answer("P1", model("P1", 100_000)), answer("P2", model("P2", 125_000))], PAIRED
    ).set_index("level")
    assert rows.loc["P2", ["ratio", "ratio_low", "ratio_high"]].tolist() == [0.28, 0.257, 0.41]


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ([model("P1", 100_000), source("Survey", 100_000)], [model("P2", 125_000)]),
        ([model("P1", 100_000)], [model("P2", 125_000), source("Survey", 125_000)]),
        ([source("Survey", 100_000)], [model("P2", 125_000)]),
    ],
)
def test_a_level_with_another_source_too_has_a_step_of_its_own(below, above):
    rows = ladder_prices([answer("P1", *below), answer("P2", *above)], PAIRED).set_index("level")
    step = rows.loc["P2"]
    assert step.ratio == pytest.approx(0.25)
    # At most √2 · ln 1.02 = .028 either way: 1.25 · e^±.028.
    assert 0.2154 < step.ratio_low < step.ratio < step.ratio_high < 0.2856


def test_a_level_without_sources_is_not_priced():
    assert answer("P1") == ("P1", "professional", None)
