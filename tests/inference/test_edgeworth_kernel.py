"""Edgeworth's series near the mean against exact tails, and when it says that it cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.inference.edgeworth_kernel import LAST_TERMS, LEAST_TAIL, LEAST_VARIANCE, upper_near_the_mean
from arusha.inference.poisson_binomial import quick_upper_tails, upper_tail
from arusha.inference.poisson_binomial_kernel import averaged_tails
from arusha.inference.stratum_kernel import higher_cumulants


def _cumulants(p: np.ndarray) -> tuple[float, ...]:
    q, skew = p * (1 - p), 1 - 2 * p
    return tuple(float(k.sum()) for k in (p, q, q * skew, q * (1 - 6 * q), q * skew * (1 - 12 * q)))


@pytest.mark.parametrize("law", [(1, 50), (1, 3), (0.3, 0.3), (2, 8)])
def test_the_series_is_within_its_last_terms_of_the_exact_tail(law: tuple[float, float]) -> None:
    rng = np.random.default_rng(5)
    taken = 0
    for size in np.geomspace(20, 3000, 60).astype(int).tolist():
        p = rng.beta(*law, size=size)
        k = _cumulants(p)
        for t in np.unique(np.rint(k[0] + np.sqrt(k[1]) * np.linspace(-3, 3, 13)).astype(int)).tolist():
            if not 0 < t <= size:
                continue
            found = upper_near_the_mean(t, *k)
            if np.isnan(found):
                continue
            taken += 1
            exact = float(upper_tail([t], p, [0, size]).p[0])
            # The error of a series whose third-order terms are under a thousandth of the smaller tail; see LAST_TERMS.
            assert abs(found - exact) <= LAST_TERMS * min(exact, max(1 - exact, LEAST_TAIL))
    assert taken > 60


def test_what_could_decide_is_never_approximated() -> None:
    for variance in (5.0, 30.0, 1000.0):
        tails = stats.poisson.sf(np.arange(1, int(variance * 3)) - 1, variance)
        for t, tail in enumerate(tails.tolist(), start=1):
            if tail < 0.9 * LEAST_TAIL:
                assert np.isnan(upper_near_the_mean(t, *[variance] * 5))


def test_few_draws_are_never_approximated() -> None:
    k = 0.9 * LEAST_VARIANCE
    assert all(np.isnan(upper_near_the_mean(t, k, k, k, k, k)) for t in range(12))


@pytest.mark.parametrize("M", [2, 3, 4, 5, 7, 12, 40, 400])
def test_cumulants_of_a_hypergeometric_count(M: int) -> None:
    rows = range(M + 1) if M <= 12 else (1, 2, M // 3, M - 2, M - 1)
    for m in rows:
        for n in rows:
            k = np.arange(max(0, m + n - M), min(m, n) + 1)
            p = stats.hypergeom(M, m, n).pmf(k)
            away = k - (k * p).sum()
            c = [float((p * away**r).sum()) for r in range(6)]
            # 1e-8: scipy's own probabilities are sums of log-gammas; small ones are differences of moments near 1.
            assert higher_cumulants(M, m, n) == pytest.approx(
                (c[3], c[4] - 3 * c[2] ** 2, c[5] - 10 * c[3] * c[2]), rel=1e-8, abs=1e-9 * max(1.0, c[2] ** 2.5)
            )


def test_quick_tails_of_many_units_decide_alike_and_the_small_ones_are_the_same() -> None:
    rng = np.random.default_rng(8)
    size = rng.integers(5, 900, 400)
    indptr = np.concatenate([[0], np.cumsum(size)])
    p = rng.beta(1, 20, indptr[-1])
    due, spread = np.add.reduceat(p, indptr[:-1]), np.sqrt(np.add.reduceat(p * (1 - p), indptr[:-1]))
    t = np.clip(np.rint(rng.normal(due, 1.5 * spread)), 0, size).astype(int)
    exact, quick = upper_tail(t, p, indptr).p, quick_upper_tails(t, p, indptr)
    small = exact < 0.99 * LEAST_TAIL
    assert 10 < small.sum() < 390
    assert np.array_equal(quick[small], exact[small])
    assert np.all(np.abs(quick - exact) <= LAST_TERMS * np.minimum(exact, np.maximum(1 - exact, LEAST_TAIL)))
    assert np.array_equal(quick, quick_upper_tails(t, p, indptr, threads=3))
    # What the few counts below t leave is exact but for the digits that 1 - 0.98 loses.
    few = (t > 0) & (t <= 8) & (due < LEAST_VARIANCE) & ~small
    assert few.sum() > 10
    assert quick[few] == pytest.approx(exact[few], rel=1e-11)


def test_a_tail_averaged_over_chances_is_that_average() -> None:
    rng = np.random.default_rng(3)
    p, copies = rng.beta(1, 15, 120), rng.integers(1, 4, 120)
    t = np.array([4, 12, 18, 25, 40])
    indptr, spread = 120 * np.arange(6), np.array([0.3, 0.05, 0.2, 0.4, 0.3])
    nodes, weights = np.polynomial.hermite_e.hermegauss(7)
    nodes, weights = nodes[::-1].copy(), weights[::-1] / weights.sum()
    found = np.empty(5)
    averaged_tails(np.tile(p, 5), np.tile(copies, 5), indptr, t, spread, nodes, weights, found)
    for k in range(5):
        odds = p / (1 - p) * np.exp(nodes[:, None] * spread[k])
        tails = [float(upper_tail([t[k]], (o / (1 + o)), [0, 120], copies=copies).p[0]) for o in odds]
        assert found[k] == pytest.approx(float(weights @ tails), rel=LAST_TERMS)
