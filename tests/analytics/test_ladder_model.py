import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from analytics import ladder_model
from analytics.errors import InputError
from analytics.ladder_model import LEVELS, Assumptions, LadderFit, fit_ladder, mixture_quantiles
from tests.conftest import LEVELS_FYI

ANCHOR = 242_000


@pytest.fixture(scope="module")
def fit() -> LadderFit:
    return fit_ladder(LEVELS_FYI, ANCHOR)


def test_default_fit_matches_the_regression_oracle(fit):
    oracle = [68.7, 88.0, 117.5, 158.4, 200.9, 243.4, 192.5, 216.7, 239.7, 261.4]
    assert (np.exp(fit.log_median) / 1000).tolist() == pytest.approx(oracle, abs=0.15)


def test_default_mixture_matches_the_regression_oracle(fit):
    assert (fit.mixture / 1000).tolist() == pytest.approx([87.06, 132.14, 192.29, 247.74], abs=0.01)


def test_mixture_meets_every_published_percentile_within_one_per_cent(fit):
    assert fit.admissible
    assert np.abs(fit.mixture / list(LEVELS_FYI.values()) - 1).max() == pytest.approx(
        fit.worst_miss
    )


def test_pay_rises_along_each_track_and_shares_sum_to_one(fit):
    assert (np.diff(fit.log_median[:6]) > 0).all()
    assert (np.diff(fit.log_median[6:]) > 0).all()
    assert fit.share.sum() == pytest.approx(1)
    assert (fit.sigma > 0).all()


def test_prior_headcount_follows_the_spans_of_control():
    share = dict(zip(LEVELS, Assumptions().headcount(), strict=True))
    ics = sum(share[level] for level in LEVELS[:6])
    assert share["M3"] == pytest.approx(ics / 6)
    assert share["M6"] == pytest.approx(ics / (6 * 4 * 3 * 3))
    assert share["P3"] == pytest.approx(0.32 * ics)


def test_mixture_quantiles_match_the_root_of_the_mixture_distribution():
    x, sigma, share = np.array([11.0, 12.0]), np.array([0.3, 0.2]), np.array([0.7, 0.3])
    ps = np.array([0.1, 0.5, 0.9])
    exact = [brentq(lambda y, p=p: share @ norm.cdf((y - x) / sigma) - p, 9, 14) for p in ps]
    assert mixture_quantiles(ps, x, sigma, share).tolist() == pytest.approx(exact, abs=1e-12)


def test_the_fit_is_the_same_wherever_it_begins(fit, monkeypatch):
    start = ladder_model._start
    draw = np.random.default_rng(5)
    monkeypatch.setattr(
        ladder_model, "_start", lambda a: start(a) + draw.normal(0, 1e-3, len(start(a)))
    )
    again = fit_ladder(LEVELS_FYI, ANCHOR)
    assert np.abs(np.exp(again.log_median) - np.exp(fit.log_median)).max() < 1


def test_without_its_anchor_only_management_moves_much():
    free = fit_ladder(LEVELS_FYI, ANCHOR, Assumptions(anchor_tolerance=5))
    moved = np.exp(free.log_median - fit_ladder(LEVELS_FYI, ANCHOR).log_median) - 1
    assert np.abs(moved[:5]).max() < 0.02
    assert moved[-1] > 0.25


def test_doubling_the_currency_doubles_the_ladder(fit):
    twice = fit_ladder({p: 2 * v for p, v in LEVELS_FYI.items()}, 2 * ANCHOR)
    assert np.exp(twice.log_median - fit.log_median).tolist() == pytest.approx([2] * 10, rel=2e-3)


def test_an_unknown_assumption_is_refused():
    with pytest.raises(InputError, match="profesional_step"):
        Assumptions().changed({"profesional_step": 0.1})


def test_pay_of_nothing_is_refused():
    with pytest.raises(InputError, match="above 0"):
        fit_ladder({**LEVELS_FYI, 0.25: 0}, ANCHOR)
