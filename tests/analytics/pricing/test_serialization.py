"""A pricing as a file: read back unchanged, and recomputed to the cent by other means."""

import json
from dataclasses import replace
from math import exp

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.stats import norm

from analytics.errors import InputError
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Place, Pricing, Rate, Source
from analytics.pricing.priced_job import PricedJob
from analytics.pricing.pricing import price_job
from analytics.pricing.serialization import check_dates, from_spec, to_export, to_spec
from analytics.pricing.tables import adjustment_table, change_table
from data.catalog.pay_sources import read_sources
from data.catalog.profiles import find_profile
from queries import run

PERCENTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


@pytest.fixture(scope="module")
def priced(con, market) -> PricedJob:
    """P3, from the store's own sources, bridged to target cash."""
    job = find_profile(run(con, "profiles"), "CUSTOM1.CUSTOMER920B.P3")
    offered = read_sources(con, market, job, "California")
    used = [replace(s, bridged=True) for s in offered if s.as_of]
    survey = Source(
        "Survey",
        "target_cash",
        Month(2026, 3),
        {0.25: 101e3, 0.5: 120e3, 0.75: 141e3},
        n=212,
        match="exact",
        origin="yours",
    )
    return price_job(
        Pricing(
            "CSM",
            "target_cash",
            Month(2027, 7),
            Rate(0.034, "ECI"),
            (*used, survey),
            target=0.65,
            equity=0.1,
            code=job["code"],
        )
    )


def test_the_store_has_the_sources_of_a_job(con, market):
    job = find_profile(run(con, "profiles"), "CUSTOM1.CUSTOMER920B.P3")
    sources = {s.name: s for s in read_sources(con, market, job)}
    modelled = sources["Modelled ladder, P3"]
    assert (modelled.match, modelled.status, modelled.basis) == ("strong", "modelled", "total_comp")
    assert modelled.intervals[0.5][0] < modelled.percentiles[0.5] < modelled.intervals[0.5][1]
    bls = sources["BLS 43-4051 Customer Service Representatives"]
    assert (bls.match, str(bls.as_of), bls.percentiles[0.5]) == ("proxy", "2025-05", 44_770)
    own = (44_770 / 35_830) ** (1 / 5) - 1
    assert bls.rates[0.5].value == pytest.approx(0.9 * 0.034 + 0.1 * own, abs=1e-5)
    assert (bls.cell.kind, bls.cell.employment, bls.cell.mean_rse) == ("nation", 2_595_750, 0.2)
    assert sources["CS Insider: Customer success manager, base pay"].as_of is None
    assert 0.1 not in sources["levels.fyi: Customer Success track, total compensation"].percentiles


def test_a_spec_and_an_export_are_read_back_unchanged(priced):
    assert from_spec(to_spec(priced.pricing)) == priced.pricing
    assert from_spec(to_export(priced)) == priced.pricing
    assert price_job(from_spec(to_export(priced))) == priced


def test_the_names_in_a_file_never_change():
    source = Source(
        "S",
        "base",
        Month(2026, 1),
        {0.5: 1e5},
        rates={0.5: Rate(0.03, "own")},
        intervals={0.5: (9e4, 1.1e5)},
        place=Place(1.1, "there"),
    )
    export = json.loads(
        to_export(price_job(Pricing("J", "base", Month(2027, 1), Rate(0.04, "all"), (source,))))
    )
    assert list(export) == [
        "format",
        "job",
        "basis",
        "to",
        "rate",
        "sources",
        "target",
        "currency",
        "split",
        "equity",
        "equity_ceiling",
        "code",
        "place",
        "percentiles",
        "answer",
        "left_out",
    ]
    assert list(export["sources"][0]) == [
        "name",
        "basis",
        "as_of",
        "percentiles",
        "currency",
        "per_unit",
        "n",
        "match",
        "reason",
        "relevance",
        "bridged",
        "rates",
        "place",
        "reaches",
        "status",
        "origin",
    ]
    assert export["rate"] == {"value": 0.04, "said": "all"}
    assert export["sources"][0]["rates"] == {"p50": {"value": 0.03, "said": "own"}}
    assert export["sources"][0]["place"] == {"factor": 1.1, "said": "there"}
    assert export["sources"][0]["reaches"] == {"p50": [9e4, 1.1e5]}
    assert list(export["answer"][0]) == [
        "percentile",
        "typical",
        "low",
        "high",
        "pooled",
        "shares",
        "without",
        "extrapolated_for",
    ]


def test_anyone_with_the_export_computes_the_same_to_the_cent(priced):
    export = json.loads(to_export(priced))
    curves, weights = [], []
    for source in export["sources"]:
        year, month = map(int, source["as_of"].split("-"))
        to_year, to_month = map(int, export["to"].split("-"))
        months = 12 * (to_year - year) + to_month - month
        pays = {}
        for name, pay in source["percentiles"].items():
            rate = source["rates"].get(name, export["rate"])["value"]
            factors = {"total_comp": 1 - export["equity"], "base": 1 / export["split"]}
            bridge = factors.get(source["basis"], 1.0)
            adjusted = pay * bridge * (1 + rate) ** (months / 12) * source["place"]["factor"]
            pays[int(name[1:]) / 100] = adjusted
        factor = {"exact": 1, "strong": 0.8, "partial": 0.5, "proxy": 0.25}[source["match"]]
        weights.append(factor * source["relevance"] * (source["n"] or 1) ** 0.5)
        curves.append(_curve(pays))
    # The modelled ladder and levels.fyi are one family: one share, divided by their weights.
    families = [source.get("family", source["name"]) for source in export["sources"]]
    grouped = {f: [w for w, g in zip(weights, families, strict=True) if g == f] for f in families}
    capped = dict(zip(grouped, _capped([max(group) for group in grouped.values()]), strict=True))
    shares = [capped[f] * w / sum(grouped[f]) for f, w in zip(families, weights, strict=True)]
    for answer in export["answer"]:
        p = answer["percentile"]
        logs = [curve(norm.ppf(p)) for curve in curves]
        typical = exp(sum(s * x for s, x in zip(shares, logs, strict=True)))
        assert typical == pytest.approx(answer["typical"], abs=0.006)

        def miss(x: float, p: float = p) -> float:
            below = [
                norm.cdf(brentq(lambda z, c=c, x=x: c(z) - x, -12, 12, xtol=1e-14)) for c in curves
            ]
            return sum(s * b for s, b in zip(shares, below, strict=True)) - p

        together = exp(brentq(miss, min(logs), max(logs), xtol=1e-13))
        assert together == pytest.approx(answer["pooled"], abs=0.02)


def _curve(pays: dict[float, float]):
    z, y = norm.ppf(sorted(pays)), np.log([pays[p] for p in sorted(pays)])
    inner = PchipInterpolator(z, y)

    def at(x: float) -> float:
        if x < z[0]:
            return y[0] + (x - z[0]) * (y[1] - y[0]) / (z[1] - z[0])
        if x > z[-1]:
            return y[-1] + (x - z[-1]) * (y[-1] - y[-2]) / (z[-1] - z[-2])
        return float(inner(x))

    return at


def _capped(weights: list[float]) -> list[float]:
    shares = [w / sum(weights) for w in weights]
    top = max(shares)
    if top <= 0.5:
        return shares
    return [0.5 if s == top else 0.5 * s / (1 - top) for s in shares]


def test_every_step_multiplies_out(priced):
    steps = adjustment_table(priced)
    product = (
        steps.printed
        * steps.times_currency
        * steps.times_bridge
        * steps.times_ageing
        * steps.times_place
    )
    np.testing.assert_allclose(product, steps.value, rtol=1e-12)


def test_what_changed_names_inputs_and_figures(priced):
    later = price_job(replace(priced.pricing, rate=Rate(0.05, "budget"), target=0.65))
    changes = change_table(priced, later)
    assert changes.what.tolist()[:2] == ["rate value", "rate label"]
    assert [w for w in changes.what if w.startswith("market composite")]
    assert change_table(priced, priced).empty


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "other"}', '{"format": "bandstand pricing 1"}', "null"]
)
def test_text_that_is_not_a_pricing_is_refused(text):
    with pytest.raises(InputError, match="not a Bandstand pricing"):
        from_spec(text)


def test_a_source_from_the_future_is_refused(priced):
    with pytest.raises(InputError, match="is in the future"):
        check_dates(priced.pricing, Month(2024, 1))


def test_a_source_of_the_present_month_is_not_from_the_future(priced):
    newest = max(source.as_of for source in priced.pricing.sources)
    check_dates(priced.pricing, newest)
    with pytest.raises(InputError, match="is in the future"):
        check_dates(priced.pricing, newest.plus(-1))


@pytest.mark.parametrize(
    "change",
    [
        {"n": "many"},
        {"relevance": "x"},
        {"per_unit": "x"},
        {"name": 5},
        {"percentiles": {"p": 1}},
        {"reaches": {"p50": [0, 0]}},
        {"place": {"factor": "x", "said": ""}},
        {"place": None},
    ],
)
def test_a_damaged_export_is_refused_in_words(priced, change):
    export = json.loads(to_export(priced))
    export["sources"][0] |= change
    with pytest.raises(InputError, match="not a Bandstand pricing"):
        from_spec(json.dumps(export))


@pytest.mark.parametrize(
    "change",
    [
        {"per_unit": float("inf"), "currency": "EUR"},
        {"place": {"factor": float("inf"), "said": ""}},
    ],
)
def test_an_infinite_factor_is_refused(priced, change):
    export = json.loads(to_export(priced))
    export["sources"][0] |= change
    with pytest.raises(InputError):
        price_job(from_spec(json.dumps(export)))
