"""Sample sizes and p-charts against reference values and definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import sampling


def test_reference_values(golden):
    wanted = golden("sampling_misc")
    sizes = wanted["discovery_n"]
    assert sampling.discovery_sample_size(0.01) == sizes["binomial_95_1pct"]
    assert sampling.discovery_sample_size(population=500, defective=5) == sizes["hyper_N500_D5_95"]
    found = sampling.discovery_sample_size(population=2000, defective=20, confidence=0.90)
    assert found == sizes["hyper_N2000_D20_90"]
    chart = wanted["pchart"]
    ours = sampling.p_chart(chart["x"], chart["n"])
    assert ours.centre == pytest.approx(chart["pbar"], rel=1e-14)
    np.testing.assert_allclose(ours.low, chart["lcl"], rtol=1e-12)
    np.testing.assert_allclose(ours.high, chart["ucl"], rtol=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 300), st.floats(0.01, 1), st.floats(0.5, 0.99))
def test_the_size_is_the_smallest_that_does(population, share, confidence):
    defective = max(1, int(population * share))
    n = sampling.discovery_sample_size(population=population, defective=defective, confidence=confidence)
    assert stats.hypergeom.pmf(0, population, defective, n) <= (1 - confidence) * (1 + 1e-9)
    if n > 1:
        assert stats.hypergeom.pmf(0, population, defective, n - 1) > (1 - confidence) * (1 - 1e-9)


def test_refusals():
    with pytest.raises(ValueError, match="rate"):
        sampling.discovery_sample_size()
    with pytest.raises(ValueError, match="defective"):
        sampling.discovery_sample_size(population=10, defective=11)
    with pytest.raises(ValueError, match="samples"):
        sampling.p_chart([3], [2])


def test_widened_limits_by_hand():
    """Proportions 0.10, 0.20, 0.10 of 100, 200 and 100: steps of z, their mean over 2 / sqrt(pi)."""
    chart = sampling.p_chart([10, 40, 10], [100, 200, 100], over_dispersed=True)
    error = np.sqrt(0.15 * 0.85 / np.array([100, 200, 100]))
    z = np.array([-0.05, 0.05, -0.05]) / error
    spread = (abs(z[1] - z[0]) + abs(z[2] - z[1])) / 2 * np.sqrt(np.pi) / 2
    assert chart.spread == pytest.approx(spread, rel=1e-12)
    np.testing.assert_allclose(chart.high, 0.15 + 3 * spread * error, rtol=1e-12)
    plain = sampling.p_chart([10, 40, 10], [100, 200, 100])
    assert plain.spread == 1.0


def test_rates_by_definition():
    chart = sampling.u_chart([4, 9, 2], [2.0, 3.0, 1.0], sigmas=2.0)
    assert chart.centre == pytest.approx(2.5)
    np.testing.assert_allclose(chart.high, 2.5 + 2 * np.sqrt(2.5 / np.array([2.0, 3.0, 1.0])), rtol=1e-12)
    np.testing.assert_allclose(chart.low, np.maximum(2.5 - 2 * np.sqrt(2.5 / np.array([2.0, 3.0, 1.0])), 0), rtol=1e-12)


@pytest.mark.parametrize("rho", [0.0, 0.01])
def test_share_outside_widened_limits_in_ordinary_times(rho):
    """300 series of 40 samples of 2,000 about 6%, with or without scatter beyond chance: about 0.27% outside."""
    random = np.random.default_rng(12)
    outside, plain = [], []
    for _ in range(300):
        rate = random.beta(0.06 * (1 / rho - 1), 0.94 * (1 / rho - 1), 40) if rho else np.full(40, 0.06)
        x, n = random.binomial(2000, rate), np.full(40, 2000)
        for over, told in ((True, outside), (False, plain)):
            c = sampling.p_chart(x, n, over_dispersed=over)
            told.append(np.mean((c.rate < c.low) | (c.rate > c.high)))
    # The scatter is estimated from 39 steps and beta laws are skewed: up to three times the nominal share.
    assert np.mean(outside) < 0.0081
    assert (np.mean(plain) > 0.3) == (rho > 0)


def test_charts_refuse():
    with pytest.raises(ValueError, match="two of them"):
        sampling.p_chart([3], [10], over_dispersed=True)
    with pytest.raises(ValueError, match="exposure"):
        sampling.u_chart([3], [0.0])
