"""An answer's one line of trust, its waterfall, and the sources that it takes unasked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pricing.ageing import Month
from analytics.pricing.defaults import default_sources
from analytics.pricing.explanation import trust_line, waterfall
from analytics.pricing.inputs import Place, Pricing, Rate, Source
from analytics.pricing.pricing import price_job

MAY = Month(2026, 5)
MODEL = Source(
    "Modelled ladder, P3",
    "total_comp",
    MAY,
    {0.25: 96_500.0, 0.5: 117_500.0, 0.75: 143_100.0},
    match="strong",
    intervals={0.5: (106_400.0, 125_100.0)},
    status="modelled",
)
LEVELS_FYI = Source(
    "levels.fyi", "total_comp", MAY, {0.25: 87_000.0, 0.5: 132_000.0, 0.75: 193_000.0},
    match="proxy",
)  # fmt: skip
WAGE = Source("BLS 11-2022", "oews_wage", MAY, {0.5: 148_270.0}, match="proxy")


def priced(*sources: Source, basis: str = "total_comp", target: float = 0.5, months: int = 0):
    asked = Pricing("CSM", basis, MAY.plus(months), Rate(0.03, "ECI"), sources, target)
    return price_job(asked)


def test_one_modelled_source_says_that_nothing_checks_it():
    line = trust_line(priced(MODEL))
    # Half of ln(125,100 / 106,400) is .081, and e to that 1.084: eight percent either way.
    assert line == "modelled · one source · ±9% · nothing to check it against"


def test_several_sources_say_how_far_one_of_them_moves_the_answer():
    line = trust_line(priced(MODEL, replace(LEVELS_FYI, n=1)))
    assert "2 sources" in line
    # Both weigh half: without one the other stands alone, √(132,000/117,500) − 1 = 6.0 %.
    assert line.endswith("moves up to 6% without one source")


def test_a_waterfall_leads_from_what_is_published_to_the_answer():
    base = priced(
        replace(MODEL, bridged=True, place=Place(1.05, "Colorado")), basis="base", months=12
    )
    steps = waterfall(base)
    assert [step.label for step in steps] == ["Published", "Pay basis", "Ageing", "Place"]
    # 117,500 × .8 = 94,000; × 1.03 = 96,820; × 1.05 = 101,661.
    assert [round(step.total) for step in steps] == [117_500, 94_000, 96_820, 101_661]
    assert steps[-1].total == pytest.approx(base.target.composite)
    assert "80%" in steps[1].reason


@given(
    st.lists(st.floats(0.5, 2.0), min_size=1, max_size=4),
    st.sampled_from([0.4, 0.5, 0.6]),
    st.integers(0, 24),
)
def test_the_last_step_is_the_answer_and_the_steps_add_up(factors, target, months):
    sources = [
        replace(MODEL, name=f"source {i}", place=Place(factor, "there"), intervals={})
        for i, factor in enumerate(factors)
    ]
    answer = priced(*sources, target=target, months=months)
    steps = waterfall(answer)
    assert steps[-1].total == pytest.approx(answer.target.composite, abs=1.5)
    assert sum(step.amount for step in steps) == pytest.approx(steps[-1].total)


def test_a_basis_that_is_there_is_taken_as_it_stands():
    (chosen,) = default_sources([WAGE, LEVELS_FYI, MODEL], "total_comp")
    assert (chosen.name, chosen.bridged) == ("Modelled ladder, P3", False)


def test_another_basis_is_bridged_so_that_base_pay_answers():
    (chosen,) = default_sources([WAGE, LEVELS_FYI, MODEL], "base")
    assert (chosen.name, chosen.bridged) == ("Modelled ladder, P3", True)
    assert priced(chosen, basis="base").target.composite == pytest.approx(94_000)


def test_own_figures_of_the_basis_come_before_a_bridge():
    survey = replace(MODEL, name="Survey", basis="base", match="exact", status="imported")
    assert [s.name for s in default_sources([MODEL, survey], "base")] == ["Survey"]


def test_pay_of_no_stated_basis_and_wages_are_never_bridged_unasked():
    unstated = replace(MODEL, basis="unstated", match="exact")
    assert default_sources([unstated, WAGE], "base") == ()


def test_a_source_without_a_date_answers_nothing():
    assert default_sources([replace(MODEL, as_of=None)], "total_comp") == ()
