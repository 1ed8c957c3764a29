"""Limits of the next share: against the textbook's formula, by hand for small files, and how often they are passed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit, logit

from arusha.inference.control_limits import FEWEST, share_limits


def test_with_large_files_they_are_the_prediction_interval_of_a_normal_mean() -> None:
    rng = np.random.default_rng(5)
    n = np.full(9, 10**9)
    x = (expit(logit(0.02) + 0.4 * rng.standard_normal(9)) * n).astype(int)
    found = share_limits(x, n, 10**9)
    y = logit(x / n)
    width = stats.t.ppf(0.999, 8) * y.std(ddof=1) * np.sqrt(1 + 1 / 9)
    assert found is not None
    # Counts of a billion: what is added to them and chance are below 1e-6 of the spread.
    assert np.allclose([found.low, found.high], expit([y.mean() - width, y.mean() + width]), rtol=1e-4)


def test_a_few_rows_of_a_small_file_are_no_breach() -> None:
    found = share_limits([0] * 8, [10_000] * 8, 100)
    assert found is not None
    assert found.high >= 1 / 100, "one row of a hundred, where none of eighty thousand was set aside"
    assert found.low == 0


def test_with_no_spread_between_loads_they_are_never_within_chance_alone() -> None:
    found = share_limits([100] * 8, [10_000] * 8, 10_000)
    exact = stats.binom(10_000, 0.01).ppf([0.001, 0.999]) / 10_000
    assert found is not None
    assert found.low <= exact[0] < exact[1] <= found.high


def test_too_few_earlier_shares_say_nothing() -> None:
    assert share_limits([1] * (FEWEST - 1), [100] * (FEWEST - 1), 100) is None


@pytest.mark.parametrize(
    ("x", "n", "size"), [([-1], [5], 5), ([6], [5], 5), ([1], [0], 5), ([1], [5], 0), ([1, 2], [5], 5)]
)
def test_counts_that_are_none_are_refused(x: list[int], n: list[int], size: int) -> None:
    with pytest.raises(ValueError):
        share_limits(x, n, size)


@pytest.mark.parametrize(
    ("loads", "size", "share", "spread"), [(6, 3_000, 0.01, 0.3), (12, 3_000, 0.1, 0.3), (12, 300_000, 0.01, 0.8)]
)
def test_ordinary_variation_passes_the_upper_limit_once_in_a_thousand(
    loads: int, size: int, share: float, spread: float
) -> None:
    """Expected at most 0.001; of 3,000 more than 9 come with less than 1 in 1,000 (Poisson with mean 3)."""
    rng = np.random.default_rng(20_261_130)
    above = 0
    for _ in range(3_000):
        x = rng.binomial(size, expit(logit(share) + spread * rng.standard_normal(loads + 1)))
        found = share_limits(x[:-1], np.full(loads, size), size)
        assert found is not None
        above += int(x[-1] / size > found.high)
    assert above <= 9


def test_a_share_far_beyond_the_earlier_ones_is_seen() -> None:
    found = share_limits([95, 110, 100, 105, 98, 102, 100], [10_000] * 7, 10_000)
    assert found is not None
    assert found.high < 0.03
