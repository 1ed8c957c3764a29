"""Shrunken proportions and rates: likelihood by scipy, intervals by full mixture, coverage by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special, stats

from arusha.inference import rate_shrinkage as rs


def test_beta_binomial_is_at_the_maximum_of_scipys_likelihood():
    random = np.random.default_rng(1)
    n = random.integers(40, 400, 60)
    x = random.binomial(n, random.beta(6, 60, 60))
    found = rs.beta_binomial(x, n)

    def loss(z):
        return -stats.betabinom.logpmf(x, n, *np.exp(z)).sum()

    best = optimize.minimize(loss, np.log([found.a, found.b]), method="Nelder-Mead", options={"xatol": 1e-8})
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-7)
    # The likelihood is flat along the ridge of a and b: five digits.
    assert (found.a, found.b) == pytest.approx(tuple(np.exp(best.x)), rel=1e-4)
    np.testing.assert_allclose(found.estimate, (found.a + x) / (found.a + found.b + n), rtol=1e-10)


def test_gamma_poisson_is_at_the_maximum_of_scipys_likelihood():
    random = np.random.default_rng(2)
    e = random.uniform(2, 40, 60)
    x = random.poisson(e * random.gamma(5, 0.2, 60))
    found = rs.gamma_poisson(x, e)

    def loss(z):
        a, b = np.exp(z)
        return -stats.nbinom.logpmf(x, a, b / (b + e)).sum()

    best = optimize.minimize(loss, np.log([found.a, found.b]), method="Nelder-Mead", options={"xatol": 1e-8})
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-7)
    assert (found.a, found.b) == pytest.approx(tuple(np.exp(best.x)), rel=1e-4)


def test_without_spread_all_shrink_to_the_pooled_rate():
    even = rs.beta_binomial([5, 10, 5, 20], [50, 100, 50, 200])
    assert np.isinf(even.a)
    assert even.log_likelihood == pytest.approx(stats.binom.logpmf([5, 10, 5, 20], [50, 100, 50, 200], 0.1).sum())
    np.testing.assert_allclose(even.estimate, 0.1)
    poisson = rs.gamma_poisson([5, 10, 15], [5.0, 10.0, 15.0])
    assert np.isinf(poisson.a)
    assert poisson.log_likelihood == pytest.approx(stats.poisson.logpmf([5, 10, 15], [5.0, 10.0, 15.0]).sum())


def test_marshall_by_hand():
    x, n = np.array([3, 20, 8, 40]), np.array([100.0, 150.0, 120.0, 180.0])
    mean = 71 / 550
    between = np.sum(n * (x / n - mean) ** 2) / 550 - mean / (550 / 4)
    np.testing.assert_allclose(
        rs.marshall_rates(x, n).estimate, mean + between / (between + mean / n) * (x / n - mean), rtol=1e-12
    )
    assert np.isinf(rs.marshall_rates([5, 10, 15], [5.0, 10.0, 15.0]).a)


def test_limits_are_quantiles_of_the_mixture():
    x, n = np.array([2, 9, 15, 30, 3, 0, 7, 12]), np.array([60, 90, 300, 250, 80, 70, 100, 150])
    found = rs.shrunken_proportions(x, n)
    theta, s, weight = rs._nodes(rs._binomial(x, n))
    a = special.expit(theta)[:, None] * (1 / s**2 - 1)[:, None] + x
    b = special.expit(-theta)[:, None] * (1 / s**2 - 1)[:, None] + n - x
    np.testing.assert_allclose(weight @ special.betainc(a, b, found.low), 0.025, rtol=1e-7)
    np.testing.assert_allclose(weight @ special.betaincc(a, b, found.high), 0.025, rtol=1e-7)
    np.testing.assert_allclose(found.estimate, weight @ (a / (a + b)), rtol=1e-12)
    e = n / 9.0
    rates = rs.shrunken_rates(x, e)
    theta, s, weight = rs._nodes(rs._poisson(x, e))
    shape = (((1 - s) / s) ** 2)[:, None]
    rate = shape / np.exp(theta)[:, None] + e
    np.testing.assert_allclose(weight @ special.gammainc(shape + x, rate * rates.low), 0.025, rtol=1e-7)
    np.testing.assert_allclose(weight @ special.gammaincc(shape + x, rate * rates.high), 0.025, rtol=1e-7)


def test_nodes_integrate_to_the_same_with_many_more(monkeypatch):
    x, n = np.array([2, 9, 15, 30, 3, 0, 7, 12]), np.array([60, 90, 300, 250, 80, 70, 100, 150])
    e = n / 9.0
    first, rates = rs.shrunken_proportions(x, n), rs.shrunken_rates(x, e)
    monkeypatch.setattr(rs, "SPREAD_NODES", 120)
    monkeypatch.setattr(rs, "MEAN_NODES", 61)
    again, again_rates = rs.shrunken_proportions(x, n), rs.shrunken_rates(x, e)
    # The accuracy stated in the module.
    for one, other in ((first, again), (rates, again_rates)):
        width = one.high - one.low
        assert np.max(np.abs(other.low - one.low) / width) < 3e-3
        assert np.max(np.abs(other.high - one.high) / width) < 3e-3


@pytest.mark.parametrize(("units", "spread"), [(8, 0.02), (12, 0.0), (40, 0.01)])
def test_proportions_cover(units, spread):
    """Proportions about 6%; the full table is in docs/inference.md."""
    worlds = 120 if units < 40 else 40
    random = np.random.default_rng([units, int(1000 * spread)])
    size = 0.06 * 0.94 / spread**2 - 1 if spread else None
    shares = []
    for _ in range(worlds):
        n = random.integers(80, 600, units)
        truth = random.beta(0.06 * size, 0.94 * size, units) if size else np.full(units, 0.06)
        found = rs.shrunken_proportions(random.binomial(n, truth), n)
        shares.append(np.mean((found.low <= truth) & (truth <= found.high)))
    # Measured at least 94.2 over a wide range of spreads.
    assert np.mean(shares) >= 0.95 - 0.008 - 3 * np.std(shares) / np.sqrt(worlds)


@pytest.mark.parametrize(("units", "spread"), [(8, 0.4), (12, 0.15), (12, 1.0)])
def test_rates_cover(units, spread):
    random = np.random.default_rng([units, int(100 * spread)])
    shares = []
    for _ in range(200):
        e = random.uniform(2, 40, units)
        truth = random.gamma(1 / spread**2, spread**2, units)
        found = rs.shrunken_rates(random.poisson(truth * e), e)
        shares.append(np.mean((found.low <= truth) & (truth <= found.high)))
    assert np.mean(shares) >= 0.95 - 0.008 - 3 * np.std(shares) / np.sqrt(200)


def test_chance_above_and_a_unit_without_exposure():
    found = rs.shrunken_proportions([1, 30, 8, 0], [100, 100, 100, 0], above=0.1)
    assert found.chance_above[0] < 0.05 < 0.95 < found.chance_above[1]
    assert np.isnan(found.raw[3])
    assert found.low[3] < found.low[2]
    assert found.high[3] > found.high[2]  # it knows least
    rates = rs.shrunken_rates([0, 30, 9], [10.0, 10.0, 10.0], above=1.0)
    assert rates.chance_above[0] < 0.1 < 0.9 < rates.chance_above[1]


def test_all_alike_still_give_a_law():
    none = rs.shrunken_proportions([0, 0, 0, 0], [50, 60, 70, 80])
    assert np.all((none.estimate > 0) & (none.estimate < 0.02) & (none.high < 0.05))
    with pytest.raises(ValueError, match="alike"):
        rs.beta_binomial([0, 0, 0], [5, 5, 5])
    with pytest.raises(ValueError, match="any event"):
        rs.gamma_poisson([0, 0, 0], [5.0, 5.0, 5.0])


def test_refusals():
    with pytest.raises(ValueError, match="fewer than 3"):
        rs.shrunken_proportions([1, 2], [3, 4])
    with pytest.raises(ValueError, match="0 <= x <= n"):
        rs.shrunken_proportions([5, 2, 1], [3, 4, 5])
    with pytest.raises(ValueError, match="positive exposure"):
        rs.shrunken_rates([1, 2, 3], [1.0, 0.0, 2.0])
