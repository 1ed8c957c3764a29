"""Exact tests, intervals, strata of tables and random effects beside R 4.2.2 (stats; metafor 3.8-1), on drawn cases.

Each option of each function is drawn: alternatives, levels, corrections, estimators, covariates. The reference gives 15
digits; its exact odds ratios and their limits come from a root search that stops at 1.2e-4.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from arusha import inference as inf

REFERENCE = json.loads((Path(__file__).parent / "classical_reference.json").read_text("utf-8"))
INFINITE = {"Inf": np.inf, "-Inf": -np.inf}
NEAR = 1e-9


def numbers(values: Any) -> np.ndarray:
    return np.array([INFINITE[v] if isinstance(v, str) else float(v) for v in np.ravel(values).tolist()])


def near(found: Any, wanted: Any, rtol: float = NEAR) -> None:
    np.testing.assert_allclose(np.ravel(found).astype(float), numbers(np.array(wanted, object)), rtol=rtol, atol=1e-12)


def alternative(case: dict[str, Any]) -> Any:
    return case["alt"].replace("two.sided", "two-sided")


def test_binomial():
    for case in REFERENCE["binom"]:
        x, n, side = case["x"], case["n"], alternative(case)
        limits = inf.clopper_pearson(x, n, case["level"], side)
        near([limits.low, limits.high], case["ci"])
        near(inf.binomial_test(x, n, case["p0"], alternative=side), case["p"])


def test_poisson():
    for case in REFERENCE["poisson"]:
        limits = inf.garwood(case["x"], case["T"], case["level"], alternative(case))
        near([limits.low, limits.high], case["ci"])
        near(inf.poisson_test(case["x"], case["T"], case["r"], alternative=alternative(case)), case["p"])


def test_two_poisson_rates():
    for case in REFERENCE["poisson2"]:
        (a, b), (s, t) = case["x"], case["T"]
        side = alternative(case)
        found = inf.poisson_rate_ratio(a, s, b, t, ratio=case["r"], level=case["level"], alternative=side)
        near([found.low, found.high, found.p], [*case["ci"], case["p"]])


def test_wilson_with_and_without_correction():
    for case in REFERENCE["wilson"]:
        limits = inf.wilson(case["x"], case["n"], correct=case["correct"])
        near([limits.low, limits.high], case["ci"])


def test_fisher():
    for case in REFERENCE["fisher"]:
        a, c, b, d = case["m"]
        found = inf.fisher_exact(a, b, c, d, level=case["level"], alternative=alternative(case))
        near(found.p, case["p"])
        near([*found.estimate, *found.low, *found.high], [case["estimate"], *case["ci"]], rtol=5e-3)


def test_strata_of_two_by_two():
    for case in REFERENCE["mh"]:
        a, c, b, d = np.array(case["t"]).reshape(-1, 4).T
        side = alternative(case)
        if case["exact"]:
            found = inf.exact_common_odds_ratio(a, b, c, d, [0, a.size], level=case["level"], alternative=side)
            near(found.p, case["p"])
            near([*found.estimate, *found.low, *found.high], [case["estimate"], *case["ci"]], rtol=5e-4)
            continue
        test = inf.cochran_mantel_haenszel(
            a, b, c, d, [0, a.size], level=case["level"], correct=case["correct"], alternative=side
        )
        near([*test.odds_ratio, *test.low, *test.high], [case["estimate"], *case["ci"]])
        # Of a distance under a half the reference takes nothing, and ours all of it (p = 1, or a half to one side).
        if case["correct"] and abs(a.sum() - test.expected[0]) < 0.5:
            assert test.p[0] == pytest.approx(1.0 if side == "two-sided" else 0.5)
        else:
            near(test.p, case["p"])


def test_strata_of_larger_tables():
    for case in REFERENCE["gmh"]:
        units, kinds, strata = case["dims"]
        found = inf.unequal_kinds(np.array(case["t"]).reshape(strata, kinds, units).transpose(0, 2, 1))
        near([found.chi2, found.df, found.p], [case["chi2"], case["df"], case["p"]])


def test_one_table_is_pearsons_with_its_residuals():
    for case in REFERENCE["rxc"]:
        table = np.array(case["m"])
        found, n = inf.unequal_kinds(table), table.sum()
        near([found.chi2 * n / (n - 1), found.df], [case["chi2"], case["df"]])
        near(found.z * np.sqrt(n / (n - 1)), case["stdres"])
        near(found.expected, case["expected"])


def test_unequal_kinds_deals_at_random():
    """Every deal of seven cases to units: the exact mean of chi2 is its degrees of freedom, that of z is 0 and 1."""
    from itertools import permutations

    kinds = np.array([0, 0, 1, 1, 2, 2, 2])
    units = np.array([0, 0, 0, 1, 1, 2, 2])
    deals = set(permutations(units.tolist()))
    chi2, z = [], []
    for deal in deals:
        table = np.zeros((3, 3), dtype=int)
        np.add.at(table, (np.array(deal), kinds), 1)
        found = inf.unequal_kinds(table)
        chi2.append(found.chi2)
        z.append(found.z)
    assert np.mean(chi2) == pytest.approx(4.0, rel=1e-10)
    np.testing.assert_allclose(np.mean(z, 0), 0.0, atol=1e-10)
    np.testing.assert_allclose(np.mean(np.square(z), 0), 1.0, rtol=1e-10)


def test_unequal_kinds_refuses_and_says_nothing():
    nothing = inf.unequal_kinds([[[3, 2], [0, 0]]])
    assert nothing.informing == 0
    assert np.isnan(nothing.p)
    with pytest.raises(ValueError, match="counts"):
        inf.unequal_kinds([[1, -1], [2, 3]])
    with pytest.raises(ValueError, match="permuted cells"):
        inf.unequal_kinds(np.ones((60, 60), dtype=int))


@pytest.mark.parametrize("method", ["DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM", "FE"])
def test_random_effects(method):
    """Three sets, with and without a covariate, normal limits and Knapp and Hartung's, at 90%."""
    cases = [c for c in REFERENCE["meta"] if c["method"] == method]
    assert len(cases) == 12
    for case in cases:
        data = REFERENCE["meta_data"][case["data"]]
        x = data["x"] if case["mod"] else None
        scaled = case["test"] == "knha"
        found = inf.random_effects(data["yi"], data["vi"], method=method, covariates=x, knapp_hartung=scaled, level=0.9)
        wanted = {
            "tau2": found.tau2,
            "se_tau2": found.tau2_se,
            "beta": found.coefficients,
            "se": found.se,
            "lb": found.low,
            "ub": found.high,
            "QE": found.q,
            "QEp": found.q_p,
            "I2": found.i2,
            "H2": found.h2,
            "blup": found.shrunken,
            "blup_se": found.shrunken_se,
            "pi": [found.prediction_low, found.prediction_high],
        }
        if case["mod"]:
            wanted |= {"QM": found.moderators_q, "QMp": found.moderators_p}
        for name, value in wanted.items():
            # Standard errors of a spread of nought are not told by the reference.
            if case.get(name) not in (None, "NA", {}):
                near(value, case[name], rtol=2e-8)


def test_what_scipy_has_is_not_built_again(golden):
    """Chi-square tests and rank sums of the reference are scipy's; its Fisher test of larger tables by draws."""
    results = golden("classical_tests")
    table = np.array(results["chisq"]["table_rowmajor"]).reshape(2, 3)
    found = stats.chi2_contingency(table, correction=False)
    near([found.statistic, found.pvalue], [results["chisq"]["statistic"]["X-squared"], results["chisq"]["p"]], 1e-10)
    good = results["chisq_gof"]
    fit = stats.chisquare(good["obs"], np.sum(good["obs"]) * np.array(good["p0"]))
    near([fit.statistic, fit.pvalue], [good["statistic"]["X-squared"], good["p"]], 1e-10)
    jobs = np.array(results["fisher_rxc_job"]["table_rowmajor"]).reshape(4, 4)
    draws = stats.MonteCarloMethod(n_resamples=9_999, rng=np.random.default_rng(1))
    p = results["fisher_rxc_job"]["p"]
    drawn = stats.fisher_exact(jobs, method=draws).pvalue
    assert abs(drawn - p) < 3.3 * np.sqrt(p * (1 - p) / 9_999)
