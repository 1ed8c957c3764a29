"""Around a random-effects fit: what is published of the trials of a vaccine, and what the definitions say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from arusha.inference import asymmetry, random_effects, spread_interval, two_by_two, without_each

REFERENCE = json.loads((Path(__file__).parent / "heterogeneity_reference.json").read_text("utf-8"))
"""Computed with metafor 3.8-1 (R 4.2.2)."""


@pytest.fixture
def trials(data):
    d = pd.read_csv(data("empirical_bayes/dat_bcg.csv"))
    return d, two_by_two(*(d[c].to_numpy() for c in ("tpos", "tneg", "cpos", "cneg")))


@pytest.mark.parametrize(("name", "measure"), [("RR", "log risk ratio"), ("OR", "log odds ratio")])
def test_reference_estimates_of_two_by_two_tables(golden, trials, name, measure):
    d, _ = trials
    y, v = two_by_two(*(d[c].to_numpy() for c in ("tpos", "tneg", "cpos", "cneg")), measure)
    wanted = golden("empirical_bayes")[f"bcg_escalc_{name}"]
    # A log of a ratio near 1 is a difference of logs, each rounded: 1e-15 of them is more of it.
    np.testing.assert_allclose(y, wanted["yi"], rtol=1e-13, atol=4e-15)
    np.testing.assert_allclose(v, wanted["vi"], rtol=1e-13)


def test_empty_cells_get_a_half_and_differences_are_plain():
    y, v = two_by_two([0], [10], [5], [5], "log odds ratio")
    assert y[0] == pytest.approx(np.log(0.5 * 5.5 / (10.5 * 5.5)))
    assert v[0] == pytest.approx(1 / 0.5 + 1 / 10.5 + 2 / 5.5)
    y, v = two_by_two([3], [7], [5], [15], "risk difference")
    assert (y[0], v[0]) == pytest.approx((0.05, 0.3 * 0.7 / 10 + 0.25 * 0.75 / 20))
    with pytest.raises(ValueError, match="without anyone"):
        two_by_two([0], [0], [1], [1])


def test_the_interval_of_the_spread_as_published(trials):
    """Viechtbauer 2010 (Journal of Statistical Software 36:3), section 4.2: tau2 and I2 of these 13 trials."""
    _, (y, v) = trials
    found = spread_interval(y, v)
    assert found.tau2 == pytest.approx((0.1197, 1.1115), abs=5e-5)
    assert found.i2 == pytest.approx((81.92, 97.68), abs=5e-3)
    assert found.h2 == pytest.approx([1 / (1 - i / 100) for i in found.i2], rel=1e-12)


def test_at_the_limits_q_is_its_quantile(trials):
    d, (y, v) = trials
    low, high = spread_interval(y, v, covariates=d["ablat"].to_numpy(), level=0.9).tau2
    X = np.column_stack([np.ones(13), d["ablat"]])
    for tau2, chance in ((low, 0.95), (high, 0.05)):
        w = 1 / (v + tau2)
        b = np.linalg.solve((X * w[:, None]).T @ X, (X * w[:, None]).T @ y)
        assert stats.chi2.cdf(w @ (y - X @ b) ** 2, 11) == pytest.approx(chance, abs=1e-10)
    assert spread_interval(np.full(5, 0.3), np.full(5, 1.0)).tau2 == (0.0, 0.0)


def test_the_interval_of_the_spread_covers():
    """600 worlds of 12 units: 95% intervals cover 95% plus or minus 3.3 errors (0.9%)."""
    random = np.random.default_rng(3)
    hits = 0
    for _ in range(600):
        v = random.uniform(0.5, 2.0, 12)
        y = random.normal(0, np.sqrt(0.7 + v))
        low, high = spread_interval(y, v).tau2
        hits += low <= 0.7 <= high
    assert abs(hits / 600 - 0.95) < 3.3 * np.sqrt(0.05 * 0.95 / 600)


def test_asymmetry_as_published(golden, trials):
    """Egger's z is a reference value; Kendall's tau of these trials is published as 0.0256, p = 0.9524."""
    _, (y, v) = trials
    wanted = golden("empirical_bayes")["bcg_egger"]
    found = asymmetry(y, v)
    assert (found.z, found.p) == pytest.approx((wanted["z"], wanted["p"]), rel=1e-6)
    assert (found.tau, found.tau_p) == pytest.approx((0.0256, 0.9524), abs=5e-5)
    assert found.limit_low < found.limit < found.limit_high


def test_covariates_what_they_explain_and_their_test(golden, trials):
    d, (y, v) = trials
    wanted = golden("empirical_bayes")["bcg_REML_ablat"]
    plain = random_effects(y, v, covariates=d["ablat"].to_numpy())
    assert plain.explained == pytest.approx(wanted["R2"], rel=1e-6)
    corrected = random_effects(y, v, covariates=d["ablat"].to_numpy(), knapp_hartung=True)
    t = corrected.coefficients[1] / corrected.se[1]
    assert corrected.moderators_q == pytest.approx(t**2, rel=1e-12)
    assert corrected.moderators_p == pytest.approx(2 * stats.t.sf(abs(t), 11), rel=1e-10)


def test_leaving_one_out_is_the_fit_of_the_others(trials):
    _, (y, v) = trials
    found = without_each(y, v)
    fourth = random_effects(np.delete(y, 3), np.delete(v, 3))
    assert (found.centre[3], found.se[3], found.tau2[3]) == (fourth.coefficients[0], fourth.se[0], fourth.tau2)
    assert found.q.size == 13


@pytest.mark.parametrize("method", ["DL", "HE", "HS", "SJ", "REML", "EB"])
def test_options_beside_metafor(trials, method):
    """Closed forms to rounding (a latitude and a year lose four digits to the constant); REML and EB as far as the
    reference's search goes, which ends at steps of 1e-5 of tau2."""
    d, (y, v) = trials
    theirs = REFERENCE[method]
    rel = 1e-9 if method in ("DL", "HE", "HS", "SJ") else 5e-5
    fit = random_effects(y, v, method=method)
    assert [fit.prediction_low, fit.prediction_high] == pytest.approx(theirs["pred"], rel=rel)
    found = asymmetry(y, v, method=method)
    assert [found.z, found.p, found.limit] == pytest.approx(theirs["egger"], rel=rel)
    X = np.column_stack([d["ablat"], d["year"]])
    fit = random_effects(y, v, method=method, covariates=X, knapp_hartung=True)
    ours = [fit.moderators_q, fit.moderators_p, fit.explained, fit.tau2, *fit.se]
    assert ours == pytest.approx(theirs["knha"], rel=rel)


def test_ranks_leaving_out_and_intervals_beside_metafor(trials):
    d, (y, v) = trials
    found = asymmetry(y, v)
    assert [found.tau, found.tau_p] == pytest.approx(REFERENCE["rank"], rel=1e-12)
    found = asymmetry(y, v, predictor="variance")
    assert [found.z, found.p] == pytest.approx(REFERENCE["egger_vi"], rel=5e-6)
    found = asymmetry(y, v, knapp_hartung=True)
    assert [found.z, found.p] == pytest.approx(REFERENCE["egger_knha"], rel=5e-6)
    each, theirs = without_each(y, v), REFERENCE["loo"]
    for name, other in (("centre", "est"), ("se", "se"), ("tau2", "tau2"), ("q", "Q"), ("i2", "I2")):
        np.testing.assert_allclose(getattr(each, name), theirs[other], rtol=5e-6)
    fit = random_effects(y, v, knapp_hartung=True)
    assert [fit.prediction_low, fit.prediction_high] == pytest.approx(REFERENCE["knha_pred"], rel=5e-6)
    np.testing.assert_allclose([fit.shrunken, fit.shrunken_se], REFERENCE["knha_blup"], rtol=5e-6)
    # The reference looks for the limits of tau2 to 1e-4 (its default), ours to rounding.
    limits = spread_interval(y, v)
    np.testing.assert_allclose(
        [limits.tau2, limits.i2, limits.h2], np.array(REFERENCE["ci"], float)[[0, 2, 3]], rtol=5e-4
    )
    y, v = two_by_two(*(d[c].to_numpy() for c in ("tpos", "tneg", "cpos", "cneg")), "risk difference")
    np.testing.assert_allclose([y, v], [REFERENCE["RD"]["y"], REFERENCE["RD"]["v"]], rtol=1e-13, atol=4e-15)
