"""Funnel limits against exact tails, and over-dispersion against simulation and the published kind of table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import funnel as fu


def test_smallest_n_for_zero():
    np.testing.assert_array_equal(fu.smallest_n_for_zero([0.02, 0.05, 0.10]), [342, 135, 66])
    for p, n in ((0.02, 342), (0.05, 135), (0.10, 66)):
        assert fu.exact_limits(p, n).low[0] > 0 >= fu.exact_limits(p, n - 1).low[0]
        assert stats.binom.cdf(0, n, p) < 0.001 <= stats.binom.cdf(0, n - 1, p)
    assert np.exp(-fu.smallest_expected_for_zero()) == pytest.approx(0.001)


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 400), st.floats(0.005, 0.995), st.sampled_from([0.95, 0.998]))
def test_outside_binomial_limits_if_and_only_if_the_exact_tail_is_rare(n, benchmark, level):
    limits = fu.exact_limits(benchmark, n, level)
    chance = (1 - level) / 2
    x = np.arange(n + 1)
    lower, upper = stats.binom.cdf(x, n, benchmark), stats.binom.sf(x - 1, n, benchmark)
    clear = (np.abs(lower / chance - 1) > 1e-9) & (np.abs(upper / chance - 1) > 1e-9)  # not on the limit itself
    np.testing.assert_array_equal((x / n < limits.low)[clear], (lower < chance)[clear])
    np.testing.assert_array_equal((x / n > limits.high)[clear], (upper < chance)[clear])


@settings(deadline=None, max_examples=80)
@given(st.floats(0.1, 300), st.floats(0.2, 3), st.sampled_from([0.95, 0.998]))
def test_outside_poisson_limits_if_and_only_if_the_exact_tail_is_rare(expected, benchmark, level):
    limits = fu.exact_limits(benchmark, expected, level, kind="ratio")
    chance = (1 - level) / 2
    x = np.arange(0, 1500)
    lower, upper = stats.poisson.cdf(x, benchmark * expected), stats.poisson.sf(x - 1, benchmark * expected)
    clear = (np.abs(lower / chance - 1) > 1e-9) & (np.abs(upper / chance - 1) > 1e-9)
    np.testing.assert_array_equal((x / expected < limits.low)[clear], (lower < chance)[clear])
    np.testing.assert_array_equal((x / expected > limits.high)[clear], (upper < chance)[clear])


def test_beta_binomial_and_negative_binomial_limits():
    n, benchmark, rho = np.array([30, 200, 30]), 0.1, 0.02
    limits = fu.beta_binomial_limits(benchmark, n, rho)
    law = stats.betabinom(n, benchmark * 49, 0.9 * 49)
    for x in range(201):
        inside = x <= n
        np.testing.assert_array_equal((x / n < limits.low)[inside], (law.cdf(x) < 0.001)[inside])
        np.testing.assert_array_equal((x / n > limits.high)[inside], (law.sf(x - 1) < 0.001)[inside])
    assert limits.low[0] == limits.low[2]
    expected, cv = np.array([5.0, 80.0]), 0.3
    limits = fu.negative_binomial_limits(1.0, expected, cv)
    law = stats.nbinom(1 / cv**2, 1 / cv**2 / (1 / cv**2 + expected))
    for x in range(300):
        np.testing.assert_array_equal(x / expected < limits.low, law.cdf(x) < 0.001)
        np.testing.assert_array_equal(x / expected > limits.high, law.sf(x - 1) < 0.001)
    plain = fu.exact_limits(0.1, [50])
    none = fu.beta_binomial_limits(0.1, [50], 0.0)
    np.testing.assert_array_equal(plain.high, none.high)
    # As rho falls to 0 the limits become the binomial ones.
    np.testing.assert_allclose(fu.beta_binomial_limits(0.1, [50], 1e-9).high, plain.high, rtol=1e-6)


def test_over_dispersed_limits_are_where_the_adjusted_distance_is():
    reach = stats.norm.isf(0.001)
    n = np.array([50, 400])
    limits = fu.over_dispersed_limits(0.06, n, tau2=0.002)
    y, middle = np.arcsin(np.sqrt(limits.high)), np.arcsin(np.sqrt(0.06))
    np.testing.assert_allclose((y - middle) / np.sqrt(1 / (4 * n) + 0.002), reach, rtol=1e-12)
    assert limits.low[0] == 0.0
    for scale in ("sqrt", "log"):
        wide = fu.over_dispersed_limits(1.0, [9.0], kind="ratio", scale=scale, phi=2.0)
        plain = fu.over_dispersed_limits(1.0, [9.0], kind="ratio", scale=scale)
        assert wide.high > plain.high
        assert wide.low < plain.low


def test_phi_and_tau2_by_hand():
    x, n = np.array([2, 9, 15, 30, 3]), np.array([60, 90, 300, 250, 80])
    found = fu.funnel(x, n, benchmark=0.08, winsorise=0.2)
    z = (np.arcsin(np.sqrt(x / n)) - np.arcsin(np.sqrt(0.08))) * 2 * np.sqrt(n)
    np.testing.assert_allclose(found.z, z, rtol=1e-12)
    ordered = np.sort(z)
    low, high = ordered[0] + 0.8 * (ordered[1] - ordered[0]), ordered[3] + 0.2 * (ordered[4] - ordered[3])
    phi = np.mean(np.clip(z, low, high) ** 2)
    w = 4.0 * n
    assert found.phi == pytest.approx(phi)
    assert found.tau2 == pytest.approx(max(0, (5 * phi - 4) / (w.sum() - (w**2).sum() / w.sum())))
    np.testing.assert_allclose(found.p_upper, stats.binom.sf(x - 1, n, 0.08), rtol=1e-12)
    np.testing.assert_allclose(found.p_lower, stats.binom.cdf(x, n, 0.08), rtol=1e-12)


def test_chance_phi_is_the_mean_of_winsorised_squares():
    z = stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    # A grid of 200,000 quantiles leaves about 1e-5 of the integral out.
    assert np.mean(fu.winsorised(z, 0.1) ** 2) == pytest.approx(fu.chance_phi(0.1), abs=2e-5)
    assert fu.chance_phi(0.0) == 1.0


@pytest.mark.parametrize(
    ("spread", "naive", "additive"), [(0.0, 0.5, 0.5), (0.01, 3.0, 2.0), (0.02, 17.0, 3.0), (0.03, 37.0, 4.0)]
)
def test_signals_among_200_units_at_998(spread, naive, additive):
    """200 units, 80 to 600 inspections each, mean 6%: signals beyond 99.8% limits, naive and with additive tau2.

    Compared with a published calculation rounded to whole signals whose law of the true rates is not stated (a beta
    law here): within 1 signal and 30%, plus three standard errors of 120 worlds.
    """
    random = np.random.default_rng(23)
    seen = []
    for _ in range(120):
        n = random.integers(80, 601, 200)
        size = 0.06 * 0.94 / spread**2 - 1 if spread else None
        truth = random.beta(0.06 * size, 0.94 * size, 200) if size else np.full(200, 0.06)
        found = fu.funnel(random.binomial(n, truth), n)
        exact = (found.p_lower < 0.001) | (found.p_upper < 0.001)
        wide = (found.p_lower_adjusted < 0.001) | (found.p_upper_adjusted < 0.001)
        seen.append((exact.sum(), wide.sum()))
    mean, error = np.mean(seen, axis=0), np.std(seen, axis=0) / np.sqrt(120)
    for found_mean, found_error, wanted in zip(mean, error, (naive, additive), strict=True):
        assert abs(found_mean - wanted) < 1.0 + 0.3 * wanted + 3 * found_error
    if spread >= 0.02:
        assert mean[1] < mean[0] / 3


def test_consistent_tau2_finds_the_spread_that_was_put_in():
    """On the arcsine scale, 2,000 units: the published estimate falls short by design, the consistent one does not."""
    random = np.random.default_rng(3)
    n = random.integers(80, 600, 2000)
    y = np.arcsin(np.sqrt(0.2)) + random.normal(0, 0.05, 2000)
    x = random.binomial(n, np.sin(y) ** 2)
    published = fu.funnel(x, n, benchmark=0.2).tau2
    consistent = fu.funnel(x, n, benchmark=0.2, consistent=True).tau2
    # Weighted by size and winsorised over units of unequal size, hence 15%.
    assert consistent == pytest.approx(0.05**2, rel=0.15)
    assert published < 0.8 * 0.05**2


def test_refusals():
    with pytest.raises(ValueError, match="between"):
        fu.funnel([0, 0], [10, 10])
    with pytest.raises(ValueError, match="x <= exposure"):
        fu.funnel([11], [10])
    with pytest.raises(ValueError, match="positive"):
        fu.funnel([0], [0])
    with pytest.raises(ValueError, match="scale"):
        fu.funnel([1], [10], scale="log")
