"""Pricing a job: what enters, what stays out, and what the answer says."""

import itertools
from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.pricing.ageing import Month
from analytics.pricing.derivation import derivation
from analytics.pricing.inputs import Place, Pricing, Rate, Source
from analytics.pricing.pricing import price_job
from analytics.uncertainty.cells import WIDEST_WORDS

MAY, JANUARY = Month(2026, 5), Month(2027, 1)
ECI = Rate(0.034, "ECI")


def source(name: str = "A", **more: object) -> Source:
    fields = {"basis": "base", "as_of": MAY, "percentiles": {0.25: 90e3, 0.5: 100e3, 0.75: 115e3}}
    return Source(name, **(fields | more))  # type: ignore[arg-type]


def pricing(*sources: Source, **more: object) -> Pricing:
    return Pricing(
        "Job", **({"basis": "base", "to": JANUARY, "rate": ECI, "sources": sources} | more)
    )  # type: ignore[arg-type]


def test_one_source_aged_by_hand():
    answer = price_job(pricing(source(place=Place(1.1, "here"))))
    assert answer.target.composite == pytest.approx(100e3 * 1.034 ** (8 / 12) * 1.1)
    assert answer.target.pooled == pytest.approx(answer.target.composite)
    # Nothing is known of a published median's own error; eight months of ageing add theirs.
    half = exp(0.07 * (8 / 12) ** 0.5)
    assert answer.target.high / answer.target.composite == pytest.approx(half)
    assert answer.target.composite / answer.target.low == pytest.approx(half)
    assert answer.contributions[0].flags == (
        "sample size not published: weighs by relevance alone",
        "sampling error not published",
        WIDEST_WORDS,
        "the only source",
    )


def test_percentiles_can_age_at_their_own_rates():
    rates = {0.25: Rate(0.06, "own P25"), 0.75: Rate(0.03, "own P75")}
    moved = {m.p: m for m in price_job(pricing(source(rates=rates))).contributions[0].adjusted}
    assert [moved[p].rate for p in (0.25, 0.5, 0.75)] == [0.06, 0.034, 0.03]


def test_unlike_bases_stay_out_until_they_are_bridged():
    cash = source("B", basis="target_cash", percentiles={0.5: 130e3})
    answer = price_job(pricing(source(), cash))
    assert answer.contributions[1].exclusion_reason.startswith(
        "reports target cash, not base pay; different"
    )
    bridged = price_job(pricing(source(), replace(cash, bridged=True)))
    assert bridged.contributions[1].adjusted[0].value == pytest.approx(
        130e3 * 0.8 * 1.034 ** (8 / 12)
    )
    assert "bridged (base is 80% of target cash)" in derivation(bridged)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"as_of": None}, "has no effective date"),
        ({"currency": "EUR"}, "is in EUR; enter how many USD one EUR is worth"),
        ({"relevance": 0.0}, "has no weight"),
    ],
)
def test_what_cant_enter_stays_out_with_its_reason(change, reason):
    answer = price_job(pricing(source(), source("B", **change)))
    assert reason in answer.contributions[1].exclusion_reason
    assert list(answer.target.shares) == ["A"]
    with pytest.raises(InputError, match=f"no source is left to price from. B: .*{reason[:12]}"):
        price_job(pricing(source("B", **change)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"percentiles": {0.25: 100e3, 0.5: 90e3}}, r"A: P50 \(90,000\) is below P25 \(100,000\)"),
        ({"percentiles": {0.5: -5.0}}, "A: P50 is -5; pay must be above 0"),
        ({"percentiles": {}}, "A: has no percentile"),
        ({"n": 0}, "A: n is 0"),
        ({"relevance": 2.0}, "A: relevance 2 is outside 0 to 1"),
        ({"match": "close"}, "A: match 'close' is not one of exact"),
        ({"basis": "cash"}, "A: pay basis 'cash' is not one of"),
        ({"currency": "EUR", "per_unit": 0.0}, "A: one EUR is worth 0"),
    ],
)
def test_what_cant_be_names_the_source(change, message):
    with pytest.raises(InputError, match=message):
        price_job(pricing(source(**change)))


def test_two_sources_of_one_name_are_refused():
    with pytest.raises(InputError, match="A: appears twice"):
        price_job(pricing(source(), source()))


def test_an_outlier_is_flagged_and_leaving_it_out_is_shown():
    far = {0.25: 140e3, 0.5: 160e3, 0.75: 190e3}
    answer = price_job(pricing(source(), source("B"), source("C", percentiles=far)))
    assert [f for p in answer.contributions for f in p.flags if "outlier" in f] == [
        "outlier: median +60% against the others"
    ]
    assert answer.target.leave_one_out["C"] == pytest.approx(
        answer.contributions[0].adjusted[1].value
    )
    assert answer.target.low <= answer.target.leave_one_out["C"] <= answer.target.high


def test_a_percentile_beyond_what_is_published_says_so():
    answer = price_job(pricing(source(), target=0.95))
    assert answer.target.extrapolated == ("A",)
    assert "P95 lies outside the percentiles published by A." in derivation(answer)


def test_a_median_alone_gives_no_other_percentile():
    with pytest.raises(InputError, match="no source gives P65"):
        price_job(pricing(source(percentiles={0.5: 100e3}), target=0.65))


def test_the_interval_of_a_source_moves_with_its_figure():
    with_interval = source(intervals={0.5: (95e3, 110e3)})
    figure = price_job(pricing(with_interval, to=MAY)).target
    factor = figure.composite / with_interval.percentiles[0.5]
    assert (figure.low, figure.high) == pytest.approx((95e3 * factor, 110e3 * factor))


@given(
    st.lists(st.tuples(st.floats(5e4, 2e5), st.floats(0.05, 0.5)), min_size=1, max_size=5),
    st.floats(0.1, 0.9),
    st.permutations(range(5)),
)
def test_the_answer_lies_within_its_sources_and_knows_no_order(parts, target, order):
    sources = [
        source(str(i), percentiles={0.25: m / (1 + s), 0.5: m, 0.75: m * (1 + s)})
        for i, (m, s) in enumerate(parts)
    ]
    answer = price_job(pricing(*sources, target=target))
    alone = [price_job(pricing(s, target=target)).target.composite for s in sources]
    for figure in (answer.target.composite, answer.target.pooled or 0):
        assert min(alone) * (1 - 1e-9) <= figure <= max(alone) * (1 + 1e-9)
    shuffled = [sources[i] for i in order if i < len(sources)]
    assert price_job(pricing(*shuffled, target=target)).target.composite == pytest.approx(
        answer.target.composite
    )


@given(st.floats(0.5, 3.0))
def test_pay_in_another_unit_scales_the_answer(scale):
    plain = price_job(pricing(source())).target
    scaled = price_job(pricing(source(currency="EUR", per_unit=scale))).target
    assert scaled.composite == pytest.approx(plain.composite * scale)


@pytest.mark.parametrize(
    ("as_of", "aged_back"), [(Month(2026, 12), False), (JANUARY, False), (Month(2027, 2), True)]
)
def test_only_a_source_newer_than_the_date_asked_is_aged_back(as_of, aged_back):
    (part,) = price_job(pricing(source(as_of=as_of))).contributions
    assert any("aged back" in flag for flag in part.flags) == aged_back
    assert (part.adjusted[0].value < part.adjusted[0].published) == aged_back


def test_outliers_are_found_by_computed_medians_too():
    quartiles = [source(n, percentiles={0.25: 90e3, 0.75: 110e3}) for n in "ABD"]
    far = source("C", percentiles={0.25: 200e3, 0.75: 300e3})
    flags = [f for part in price_job(pricing(*quartiles, far)).contributions for f in part.flags]
    assert [f for f in flags if f.startswith("outlier")] == [
        "outlier: median +146% against the others"
    ]


def test_two_like_figures_of_unknown_error_have_no_interval():
    lone = {0.5: 100e3}
    answer = price_job(pricing(source(percentiles=lone), source("B", percentiles=lone), to=MAY))
    assert answer.target.interval is None
    apart = price_job(pricing(source(percentiles=lone), source("B", percentiles={0.5: 101e3})))
    assert apart.target.error_unknown == ("A", "B")
    assert "The sampling error of A, B is not published." in derivation(apart)


def test_pay_of_no_stated_basis_answers_nothing():
    with pytest.raises(InputError, match="pay basis 'unstated' is not one of base"):
        price_job(pricing(source(basis="unstated"), basis="unstated"))


def test_between_percentiles_the_sources_own_error_is_not_forgotten():
    # A tenth either way at every published percentile is a tenth either way between them.
    pays = {0.25: 90e3, 0.5: 100e3, 0.75: 115e3}
    modelled = source(percentiles=pays, intervals={p: (0.9 * x, 1.1 * x) for p, x in pays.items()})
    figure = price_job(pricing(modelled, target=0.6, to=MAY)).target
    assert figure.low == pytest.approx(0.9 * figure.composite)
    assert figure.high == pytest.approx(1.1 * figure.composite)
    alone = price_job(pricing(source(percentiles=pays), target=0.6, to=MAY)).target
    assert alone.composite == pytest.approx(figure.composite)


def test_all_errors_of_a_lone_source_add_up_in_quadrature():
    # A tenth of reach, a year of ageing (7 %) and the place (26 % at the median).
    pays = {0.25: 90e3, 0.5: 100e3, 0.75: 115e3}
    reach = {p: (x * exp(-0.1), x * exp(0.1)) for p, x in pays.items()}
    moved = source(intervals=reach, place=Place(1.1, "all wages", error="all wages, area"))
    figure = price_job(pricing(moved, to=Month(2027, 5))).target
    half = (0.1**2 + 0.07**2 + 0.26**2) ** 0.5
    assert log(figure.high / figure.composite) == pytest.approx(half)
    assert log(figure.composite / figure.low) == pytest.approx(half)


def test_sources_err_together_by_what_they_share_and_apart_by_what_is_theirs():
    # Two alike of ±.1 each: .1/√2 together; the same ageing of .07 stays .07.
    pays = {0.25: 90e3, 0.5: 100e3, 0.75: 115e3}
    reach = {p: (x * exp(-0.1), x * exp(0.1)) for p, x in pays.items()}
    two = [source(name, intervals=reach) for name in "AB"]
    figure = price_job(pricing(*two, to=Month(2027, 5))).target
    assert log(figure.high / figure.composite) == pytest.approx((0.1**2 / 2 + 0.07**2) ** 0.5)


def test_base_from_a_total_reaches_down_to_the_most_equity_and_not_up():
    total = source(basis="total_comp", bridged=True, n=10**9, percentiles={0.5: 100e3, 0.6: 110e3})
    figure = price_job(pricing(total, to=MAY, equity_ceiling=0.3)).target
    assert figure.composite == pytest.approx(80e3)
    assert figure.low == pytest.approx(80e3 * 0.7, rel=1e-4)
    assert figure.high == pytest.approx(80e3, rel=1e-4)


def test_a_family_counts_once_and_is_left_out_as_one():
    kin = [source(name, family="survey") for name in "AB"]
    other = source("C", percentiles={0.25: 108e3, 0.5: 120e3, 0.75: 138e3})
    figure = price_job(pricing(*kin, other)).target
    assert figure.shares == pytest.approx({"A": 0.25, "B": 0.25, "C": 0.5})
    assert set(figure.leave_one_out) == {"A and B", "C"}
    assert figure.leave_one_out["A and B"] == pytest.approx(120e3 * 1.034 ** (8 / 12))
    assert any(
        "share one weight" in flag for c in price_job(pricing(*kin)).used for flag in c.flags
    )


@given(
    st.lists(
        st.tuples(st.floats(5e4, 2e5), st.floats(0.05, 0.5), st.sampled_from([None, 30, 900])),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_along_the_percentiles_neither_end_ever_falls(parts, lone_median):
    sources = [
        source(str(i), n=n, percentiles={0.25: m / (1 + s), 0.5: m, 0.75: m * (1 + s)})
        for i, (m, s, n) in enumerate(parts)
    ]
    if lone_median:
        sources.append(source("median", percentiles={0.5: 3e5}))
    every = tuple(i / 100 for i in range(1, 100))
    figures = price_job(pricing(*sources, percentiles=every)).figures
    for a, b in itertools.pairwise(figures):
        assert a.low <= b.low * (1 + 1e-12)
        assert a.high <= b.high * (1 + 1e-12)
    assert all(f.low <= f.composite * (1 + 1e-12) <= f.high * (1 + 1e-9) for f in figures)


def test_an_answer_names_the_sources_of_its_factors_where_they_are_used():
    eci = Rate(0.034, "ECI", "bls-eci")
    moved = source(origin="survey", place=Place(1.01, "prices", "bea-rpp"))
    aged = price_job(pricing(moved, rate=eci))
    assert aged.origins == {"survey", "bea-rpp", "bls-eci"}
    assert price_job(pricing(moved, rate=eci, to=MAY)).origins == {"survey", "bea-rpp"}
    # A source with a history of its own is not aged by the rate.
    own = source(origin="bls-oews", rates=dict.fromkeys((0.25, 0.5, 0.75), Rate(0.03, "own")))
    assert price_job(pricing(own, rate=eci)).origins == {"bls-oews"}
    # Ratios of wages may rest on several releases; figures of one's own have no source.
    several = source(place=Place(1.1, "wages", "bls-oews, own-load-1"))
    assert price_job(pricing(several, to=MAY)).origins == {"bls-oews", "own-load-1"}
