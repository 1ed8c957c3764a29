from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

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
    told = tails(selected(GIVEN, some), SEEN[some], of.take(some)).averaged(
        scale[some], np.array([tau]), np.ones((1, 1))
    )
    # Below log odds of -4.9 the tail is taken as 0, seven standard errors above the estimate as 1.
    assert told == pytest.approx([integrals(0, tau, False)], rel=1e-5)


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
