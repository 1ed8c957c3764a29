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
