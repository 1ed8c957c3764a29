from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.inference import cumulants_kernel
from arusha.inference.hypergeometric import strata, upper
from arusha.inference.random_log_odds import Curves, curves, log_marginals, selected, tails

# Two units of two strata each: 3 and 1 of 20 and 30 where the others have 4 and 2 of 60 and 80; none of 15 and 25.
GIVEN = strata([80, 110, 60, 70], [7, 3, 5, 2], [20, 30, 15, 25], [0, 2, 4])
SEEN = np.array([4, 0])


def law(unit: int, log_odds: float) -> np.ndarray:
    """Of the unit's count, by all products of its strata's weights."""
    laws = []
    for i in range(GIVEN.indptr[unit], GIVEN.indptr[unit + 1]):
        k = np.arange(0, GIVEN.m[i] + 1)
        weight = stats.hypergeom.pmf(k, GIVEN.M[i], GIVEN.m[i], GIVEN.n[i]) * np.exp(log_odds * k)
        laws.append(weight / weight.sum())
    return np.convolve(*laws)


def test_the_likelihood_is_the_exact_law_up_to_a_constant() -> None:
    of = curves(GIVEN, SEEN)
    middle, step = of.value.shape[1] // 2, 0.25
    for unit in range(2):
        for j in (-12, -3, 5, 10):
            ratio = law(unit, j * step)[SEEN[unit]] / law(unit, 0.0)[SEEN[unit]]
            assert np.exp(of.value[unit, middle + j]) == pytest.approx(ratio, rel=1e-10)


def integrals(unit: int, sd: float, of_law: bool) -> float:
    """By 601 trapezoids: the chance of the count seen over that without scatter, or its tail."""
    d = np.linspace(-9.0 * sd, 9.0 * sd, 601)
    laws = [law(unit, x) for x in d]
    seen = SEEN[unit]
    value = np.array([one[seen] / law(unit, 0.0)[seen] if of_law else one[seen:].sum() for one in laws])
    return float(np.trapezoid(value * stats.norm.pdf(d, 0.0, sd), d))


@pytest.mark.parametrize("tau", [0.03, 0.3, 1.5])
def test_averages_over_a_spread_are_the_integrals(tau: float) -> None:
    of, scale = curves(GIVEN, SEEN), np.array([1.0, 1.4])
    logs = log_marginals(of, scale, [tau])
    # Quintic steps of a quarter, 41 nodes: errors below 1e-6.
    for unit in range(2):
        assert logs[unit, 0] == pytest.approx(np.log(integrals(unit, scale[unit] * tau, True)), abs=1e-6)
    some = np.array([0])
    told = tails(selected(GIVEN, some), SEEN[some], of.take(some), scale[some], [tau])
    # Below log odds of -4.9 the tail is taken as 0, seven standard errors above the estimate as 1.
    assert told[0] == pytest.approx([integrals(0, tau, False)], rel=1e-5)


def test_one_convolution_gives_the_tails_at_all_odds() -> None:
    """Against the tail convolved anew at each: above and below the odds that suit the count best, and where the count
    is the largest that can be."""
    rng = np.random.default_rng(5)
    M = rng.integers(50, 400, 90)
    m, n = rng.integers(1, 20, 90), rng.integers(1, 30, 90)
    given = strata(M, m, n, np.arange(0, 91, 15))
    expected, most = (np.add.reduceat(v, np.arange(0, 90, 15)) for v in (m * n / M, np.minimum(m, n)))
    # The last count is the largest of all.
    seen = np.minimum(np.ceil(expected * [1.05, 1.3, 1.6, 2.0, 3.0, 1e9]), most).astype(np.int64)
    d = np.tile(np.linspace(-4.8, 8.0, 33), (6, 1))
    growth, mean, variance, tail = (np.zeros(d.shape) for _ in range(4))
    cumulants_kernel.cumulants_by_log_odds(M, m, n, given.indptr, d, 0, 6, growth, mean, variance)
    cumulants_kernel.tails_by_log_odds(M, m, n, given.indptr, seen, d, growth, 0, 6, tail)
    each = np.repeat(np.arange(6), 33)
    exact = upper(selected(given, each), seen[each], d.reshape(-1))[0].reshape(d.shape)
    # Exponents of some hundreds, each good to sixteen digits; both sides relative to what is above zero.
    assert tail == pytest.approx(exact, rel=1e-11, abs=1e-300)
    assert exact.min() < 1e-100 < 0.999 < exact.max()


def test_strata_as_polynomials_and_from_their_modes_are_one_law() -> None:
    """Wide strata, of which some have ends too unlikely for a polynomial."""
    M, m, n = np.array([2_000, 40, 9_000, 30]), np.array([80, 40, 1_500, 3]), np.array([250, 12, 900, 1])
    d = np.linspace(-8.0, 8.0, 17)
    # The second is fixed.
    told = [np.zeros((4, 17)) for _ in range(3)]
    cumulants_kernel.cumulants_by_log_odds(M, m, n, np.arange(5), np.tile(d, (4, 1)), 0, 4, *told)
    for i in range(4):
        summed = [np.zeros(17) for _ in range(3)]
        cumulants_kernel.summed_anew(M[i], m[i], n[i], 1.0, d, *summed)
        for mine, other in zip(told, summed, strict=True):
            # Up to 8 times 900, and variances as differences of numbers up to 900 squared.
            assert mine[i] == pytest.approx(other, rel=1e-9, abs=1e-9)
    law = np.empty(901)
    assert not cumulants_kernel.central_law(9_000, 1_500, 900, 0, 900, law)
    assert cumulants_kernel.central_law(2_000, 80, 250, 0, 80, law[:81])
    assert law[:81] == pytest.approx(stats.hypergeom.pmf(np.arange(81), 2_000, 80, 250), rel=1e-9)


def test_what_does_not_count_has_the_mirrored_likelihood() -> None:
    drawn = np.array([50, 40])
    outside = strata(GIVEN.M, GIVEN.M - GIVEN.m, GIVEN.n, GIVEN.indptr)
    told, mirrored = curves(outside, drawn - SEEN), curves(GIVEN, SEEN).mirrored()
    for name in ("value", "slope", "curvature"):
        # Sums of four strata's exact cumulants in another order.
        assert getattr(told, name) == pytest.approx(getattr(mirrored, name), rel=1e-9, abs=1e-9)


def test_threads_change_nothing() -> None:
    rng = np.random.default_rng(3)
    m, n = rng.integers(0, 6, 60), rng.integers(1, 30, 60)
    given = strata(np.full(60, 60), m, n, np.arange(0, 61, 3))
    seen = np.array([rng.integers(0, a.sum() + 1) for a in np.split(np.minimum(m, n), 20)])
    seen = np.minimum(seen, np.add.reduceat(np.minimum(m, n), np.arange(0, 60, 3)))
    one, four = (curves(given, seen, threads) for threads in (1, 4))
    assert np.array_equal(one.value, four.value)
    tau = np.array([0.1, 1.0])
    spreads = [log_marginals(one, np.ones(20), tau, threads) for threads in (1, 4)]
    assert np.array_equal(*spreads)
    assert isinstance(one.take(np.array([1])), Curves)
    assert np.all(upper(given, seen)[0] > 0)
