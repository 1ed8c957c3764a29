"""Association across strata against reference values, enumeration and simulation."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from arusha.inference import mantel_haenszel as mh


def admissions(results: dict) -> tuple[np.ndarray, ...]:
    a, c, b, d = np.array(results["mantelhaen_UCB"]["table"]).reshape(6, 4).T
    return a, b, c, d


def test_reference_asymptotic(golden):
    results = golden("classical_tests")
    wanted = results["mantelhaen_UCB"]
    found = mh.cochran_mantel_haenszel(*admissions(results), [0, 6])
    np.testing.assert_allclose(found.chi2, wanted["statistic"]["Mantel-Haenszel X-squared"], rtol=1e-12)
    np.testing.assert_allclose(found.p, wanted["p"], rtol=1e-12)
    np.testing.assert_allclose(found.odds_ratio, wanted["estimate"]["common odds ratio"], rtol=1e-13)
    np.testing.assert_allclose([found.low[0], found.high[0]], wanted["conf.int"], rtol=1e-12)


def test_reference_exact(golden):
    results = golden("classical_tests")
    wanted = results["mantelhaen_UCB_exact"]
    found = mh.exact_common_odds_ratio(*admissions(results), [0, 6])
    np.testing.assert_allclose(found.p, wanted["p"], rtol=1e-10)
    # The reference's root finder stops at 1.2e-4; ours is held to its equation in the next test.
    np.testing.assert_allclose(found.estimate, wanted["estimate"]["common odds ratio"], rtol=1.2e-4)
    np.testing.assert_allclose([found.low[0], found.high[0]], wanted["conf.int"], rtol=1.2e-4)


def noncentral_sum(tables: np.ndarray, odds: float) -> tuple[int, np.ndarray]:
    offset, law = 0, np.ones(1)
    for a, b, c, d in tables:
        m, n, total = a + b, a + c, a + b + c + d
        k = np.arange(max(0, m + n - total), min(m, n) + 1)
        weights = np.array([comb(m, x) * comb(total - m, n - x) for x in k], dtype=float) * odds**k
        law, offset = np.convolve(law, weights / weights.sum()), offset + int(k[0])
    return offset, law


def test_exact_results_solve_their_equations():
    random = np.random.default_rng(6)
    tables = random.integers(0, 9, (15, 4, 4))
    flat = tables.reshape(-1, 4).T
    found = mh.exact_common_odds_ratio(*flat, np.arange(16) * 4)
    for unit in range(15):
        seen = tables[unit][:, 0].sum()
        offset, law = noncentral_sum(tables[unit], 1.0)
        own = law[seen - offset]
        assert found.p[unit] == pytest.approx(law[law <= own * (1 + 1e-7)].sum(), rel=1e-10)
        offset, law = noncentral_sum(tables[unit], found.low[unit])
        assert law[seen - offset :].sum() == pytest.approx(0.025, rel=1e-8)
        offset, law = noncentral_sum(tables[unit], found.high[unit])
        assert law[: seen - offset + 1].sum() == pytest.approx(0.025, rel=1e-8)
        offset, law = noncentral_sum(tables[unit], found.estimate[unit])
        assert (np.arange(law.size) + offset) @ law == pytest.approx(seen, rel=1e-8)


def test_z_is_that_of_the_fixed_margins():
    found = mh.cochran_mantel_haenszel([3, 1], [2, 4], [5, 0], [9, 0], [0, 2], correct=False)
    # The second stratum is all one row: it adds a mean of 1 and no variance.
    mean, variance = 5 * 8 / 19 + 1, 5 * 8 * 14 * 11 / (19**2 * 18)
    assert found.expected[0] == pytest.approx(mean)
    assert found.z[0] == pytest.approx((4 - mean) / np.sqrt(variance))
    assert found.chi2[0] == pytest.approx(found.z[0] ** 2)


def test_a_unit_without_informing_strata_is_missing():
    found = mh.cochran_mantel_haenszel([1], [0], [0], [0], [0, 1])
    assert np.isnan(found.z[0])
    assert np.isnan(found.odds_ratio[0])
    exact = mh.exact_common_odds_ratio([1], [0], [0], [0], [0, 1])
    assert np.isnan(exact.estimate[0])
    assert exact.p[0] == 1


def test_coverage_of_both_intervals():
    """An odds ratio of 2 in 8 strata of unequal sizes, 1,500 worlds: the exact interval covers at least 95%."""
    random = np.random.default_rng(9)
    worlds, strata = 1500, 8
    n1, n2 = random.integers(3, 20, (2, worlds, strata))
    base = random.uniform(0.1, 0.6, (worlds, strata))
    raised = 2 * base / (1 - base + 2 * base)
    a, c = random.binomial(n1, raised), random.binomial(n2, base)
    cells = [v.ravel() for v in (a, n1 - a, c, n2 - c)]
    error = np.sqrt(0.95 * 0.05 / worlds)
    exact = mh.exact_common_odds_ratio(*cells, np.arange(worlds + 1) * strata)
    assert np.mean((exact.low <= 2) & (exact.high >= 2)) >= 0.95 - 3.3 * error
    asymptotic = mh.cochran_mantel_haenszel(*cells, np.arange(worlds + 1) * strata)
    assert np.mean((asymptotic.low <= 2) & (asymptotic.high >= 2)) == pytest.approx(0.95, abs=3.3 * error + 0.01)
