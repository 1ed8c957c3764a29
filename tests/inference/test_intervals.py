"""Intervals and exact tests against reference values, definitions and simulated coverage."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import intervals as iv


def number(value: float | str) -> float:
    return float(str(value).replace("Infinity", "inf"))


def close(found: np.ndarray, wanted: object, rel: float) -> None:
    np.testing.assert_allclose(np.asarray(found).ravel(), np.atleast_1d(wanted).astype(float), rtol=rel)


def test_reference_proportions(golden):
    for case in golden("sampling_misc")["prop_ci"]:
        for name, function in (("cp", iv.clopper_pearson), ("wilson", iv.wilson), ("jeffreys", iv.jeffreys)):
            found = function(case["x"], case["n"])
            close(np.array([found.low, found.high]), case[name], 1e-12)


def test_reference_binomial_and_poisson_tests(golden):
    results = golden("classical_tests")
    for case in results["binom"].values():
        way = case.get("alt", "two-sided")
        close(iv.binomial_test(case["x"], case["n"], case["p0"], alternative=way), case["p"], 1e-12)
        found = iv.clopper_pearson(case["x"], case["n"], alternative=way)
        close(np.array([found.low, found.high]), case["conf.int"], 1e-12)
    for case in results["poisson_one"].values():
        way = case.get("alt", "two-sided")
        close(iv.poisson_test(case["x"], case["T"], case["r"], alternative=way), case["p"], 1e-12)
        found = iv.garwood(case["x"], case["T"], alternative=way)
        close(np.array([found.low, found.high]), [number(v) for v in case["conf.int"]], 1e-12)
    for case, way in zip(results["poisson_two"].values(), ("two-sided", "greater"), strict=True):
        both = iv.poisson_rate_ratio(case["x"][0], case["T"][0], case["x"][1], case["T"][1], alternative=way)
        close(both.p, case["p"], 1e-12)
        close(both.estimate, case["estimate"]["rate ratio"], 1e-12)
        close(np.array([both.low, both.high]), [number(v) for v in case["conf.int"]], 1e-12)


def test_reference_fisher(golden):
    for name, case in golden("classical_tests")["fisher_2x2"].items():
        a, c, b, d = case["table_colmajor"]
        found = iv.fisher_exact(a, b, c, d, alternative=name.split("_")[1].replace(".", "-"))
        close(found.p, case["p"], 1e-12)
        # The reference finds roots below 1 to 1.22e-4 absolute and those above 1 as their inverses, to the same;
        # test_fisher_limits_invert_the_tails holds ours to its equations.
        pairs = [
            (found.estimate[0], case["estimate"]["odds ratio"]),
            (found.low[0], number(case["conf.int"][0])),
            (found.high[0], number(case["conf.int"][1])),
        ]
        for ours, theirs in pairs:
            inverse = theirs > 1
            assert abs((1 / ours if inverse else ours) - (1 / theirs if inverse else theirs)) < 1.22e-4


def noncentral(a: int, b: int, c: int, d: int, odds: float) -> tuple[np.ndarray, np.ndarray]:
    m, n, total = a + b, a + c, a + b + c + d
    k = np.arange(max(0, m + n - total), min(m, n) + 1)
    weights = np.array([comb(m, x) * comb(total - m, n - x) for x in k], dtype=float) * odds**k
    return k, weights / weights.sum()


@settings(deadline=None, max_examples=60)
@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_fisher_limits_invert_the_tails(table):
    a, b, c, d = table
    found = iv.fisher_exact(a, b, c, d)
    k, law = noncentral(a, b, c, d, 1.0)
    own = law[k == a][0]
    assert found.p[0] == pytest.approx(law[law <= own * (1 + 1e-7)].sum(), rel=1e-10)
    if k.size == 1:
        assert np.isnan(found.estimate[0])
        assert (found.low[0], found.high[0]) == (0, np.inf)
        return
    if k[0] < a < k[-1]:
        k, law = noncentral(a, b, c, d, found.estimate[0])
        assert float(k @ law) == pytest.approx(a, rel=1e-9)
    if a > k[0]:
        k, law = noncentral(a, b, c, d, found.low[0])
        assert law[k >= a].sum() == pytest.approx(0.025, rel=1e-9)
    else:
        assert found.low[0] == 0
    if a < k[-1]:
        k, law = noncentral(a, b, c, d, found.high[0])
        assert law[k <= a].sum() == pytest.approx(0.025, rel=1e-9)
    else:
        assert found.high[0] == np.inf


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 60), st.floats(0.01, 60))
def test_poisson_two_sided_equals_its_sum(x, mean):
    k = np.arange(0, 400)
    law = stats.poisson.pmf(k, mean)
    own = stats.poisson.pmf(x, mean)
    wanted = min(law[law <= own * (1 + 1e-7)].sum(), 1.0)
    assert iv.poisson_test(x, mean)[0] == pytest.approx(wanted, rel=1e-8) or own < 1e-290


@pytest.mark.parametrize(("function", "floor"), [("clopper_pearson", 0.95), ("wilson", 0.90), ("jeffreys", 0.86)])
def test_coverage_of_a_proportion_by_enumeration(function, floor):
    """Exact coverage over a grid of p: never below level for the exact one; on average near it for the others."""
    n = 40
    x = np.arange(n + 1)
    found = getattr(iv, function)(x, n)
    p = np.linspace(0.005, 0.995, 400)
    law = stats.binom.pmf(x[:, None], n, p)
    covered = ((found.low[:, None] <= p) & (p <= found.high[:, None])) * law
    coverage = covered.sum(0)
    if floor == 0.95:
        assert coverage.min() >= 0.95
    else:
        # Brown, Cai and DasGupta 2001: means near the level, dips below it.
        assert coverage.mean() == pytest.approx(0.95, abs=0.01)
        assert coverage.min() > floor - 0.03


def test_coverage_of_a_poisson_rate_by_enumeration():
    x = np.arange(200)
    found = iv.garwood(x)
    mean = np.linspace(0.05, 60, 500)
    covered = ((found.low[:, None] <= mean) & (mean <= found.high[:, None])) * stats.poisson.pmf(x[:, None], mean)
    assert covered.sum(0).min() >= 0.95


def test_a_ratio_to_an_estimate_is_that_of_two_rates_where_one_count_made_it():
    """7 events in 3.5 against 12 in 40: expected 1.05, of the relative variance 1/12 of a count of 12."""
    two = iv.poisson_rate_ratio(7, 3.5, 12, 40.0)
    found = iv.standardised_ratio(7, 12 / 40 * 3.5, 1 / 12)
    assert found.estimate == pytest.approx(two.estimate, rel=1e-12)
    close(np.array([found.low, found.high]), np.ravel([two.low, two.high]), 1e-12)
    known, plain = iv.standardised_ratio([0, 7], 4.0), iv.garwood([0, 7], 4.0)
    close(known.low, plain.low, 1e-14)
    close(known.high, plain.high, 1e-14)
    # As the count behind it grows the limits become Garwood's.
    close(iv.standardised_ratio([0, 7], 4.0, 1e-9).high, plain.high, 1e-6)
    with pytest.raises(ValueError, match="relative variance"):
        iv.standardised_ratio(1, 2.0, -0.1)


def test_coverage_of_a_ratio_to_an_estimate_by_enumeration():
    """Two Poisson counts, the others' of mean 6, ratios 0.2 to 5: at least 95%, where a known expectation fails."""
    x, y = np.arange(120)[:, None], np.arange(1, 60)[None, :]
    for ratio in (0.2, 1.0, 5.0):
        law = stats.poisson.pmf(x, ratio * 6.0) * stats.poisson.pmf(y, 6.0)
        found, blind = iv.standardised_ratio(x, y * 1.0, 1.0 / y), iv.garwood(x, y * 1.0)
        # Without any event on the other side there is no ratio: that chance (0.25%) is left out of both.
        assert (((found.low <= ratio) & (ratio <= found.high)) * law).sum() >= 0.95 * law.sum()
        if ratio == 5.0:
            assert (((blind.low <= ratio) & (ratio <= blind.high)) * law).sum() < 0.7


def test_mid_p_is_inside_the_exact_interval_and_solves_its_equation():
    x, n = np.array([0, 3, 11, 20]), 20
    mid, exact = iv.mid_p_proportion(x, n), iv.clopper_pearson(x, n)
    assert np.all(mid.low >= exact.low)
    assert np.all(mid.high <= exact.high)
    low = mid.low[1:3]
    np.testing.assert_allclose(
        stats.binom.sf(x[1:3], n, low) + 0.5 * stats.binom.pmf(x[1:3], n, low), 0.025, rtol=1e-10
    )


def test_ends_and_refusals():
    assert iv.wilson(0, 10).low[()] == 0
    assert iv.jeffreys(10, 10).high[()] == 1
    assert iv.poisson_rate_ratio(0, 1.0, 0, 1.0).p[()] == 1
    assert iv.poisson_rate_ratio(3, 1.0, 0, 1.0).high[()] == np.inf
    for bad in (lambda: iv.wilson(5, 4), lambda: iv.wilson(1, 0), lambda: iv.garwood(-1), lambda: iv.garwood(1, 0.0)):
        with pytest.raises(ValueError, match="needs"):
            bad()
    with pytest.raises(ValueError, match="level"):
        iv.wilson(1, 2, 95)
    with pytest.raises(ValueError, match="alternative"):
        iv.garwood(1, alternative="more")  # type: ignore[arg-type]
