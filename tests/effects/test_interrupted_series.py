"""One series: the known break is found, seasons do not pass for one, and intervals hold in series with memory."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from arusha.effects import interrupted
from arusha.effects.interrupted_series import seasons
from arusha.effects.staggered import DesignError


def test_a_break_without_noise_is_found_exactly() -> None:
    t = np.arange(48)
    post, since = (t >= 30).astype(float), np.maximum(t - 30, 0)
    y = 5 + 0.2 * t + 3 * post - 0.1 * since + np.sin(2 * np.pi * t / 12) + 0.4 * np.cos(4 * np.pi * t / 12)
    found = interrupted(y, 30)
    assert found.level == pytest.approx(3.0)
    assert found.slope == pytest.approx(-0.1)
    assert found.average == pytest.approx(3.0 - 0.1 * np.mean(np.arange(18)))
    assert_allclose(found.without, y - 3 * post + 0.1 * since, atol=1e-9)


def test_a_comparison_takes_away_what_both_share() -> None:
    random = np.random.default_rng(1)
    shared = 10 * random.normal(size=36)
    y = shared + 2.0 * (np.arange(36) >= 24)
    assert interrupted(y, 24, comparison=shared, season=None).level == pytest.approx(2.0)


def test_newey_west_is_its_definition() -> None:
    random = np.random.default_rng(2)
    y = random.normal(size=40)
    found = interrupted(y, 25, season=None, slope=False, errors="newey-west", lags=2)
    t = np.arange(40)
    X = np.column_stack([np.ones(40), t, t >= 25]).astype(float)
    beta = np.linalg.lstsq(X, y, rcond=None)[0]
    u = y - X @ beta
    meat = np.zeros((3, 3))
    for a in range(40):
        for b in range(40):
            meat += max(0.0, 1 - abs(a - b) / 3) * u[a] * u[b] * np.outer(X[a], X[b])
    inverse = np.linalg.inv(X.T @ X)
    assert found.se_level == pytest.approx(np.sqrt((inverse @ meat @ inverse)[2, 2] * 40 / 37))


def test_the_seasons_are_waves_of_the_year() -> None:
    assert seasons(24, 12, 2).shape == (24, 4)
    assert seasons(8, 4, 2).shape == (8, 3)
    assert_allclose(seasons(24, 12, 2).sum(axis=0), 0, atol=1e-12)


def coverage(errors: str, memory: float) -> float:
    held = 0
    for seed in range(300):
        random = np.random.default_rng(seed)
        shock = random.normal(size=60 + 50)
        for i in range(1, shock.size):
            shock[i] += memory * shock[i - 1]
        found = interrupted(shock[50:], 36, errors=errors)  # type: ignore[arg-type]
        held += found.low <= 0 <= found.high
    return held / 300


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.7])
def test_intervals_hold_in_series_that_remember(memory: float) -> None:
    """Five years by month, 95% asked for, 300 worlds (standard error 1.3%)."""
    assert coverage("autoregressive", memory) >= 0.93


def test_newey_west_with_normal_limits_is_too_short() -> None:
    assert coverage("newey-west", 0.4) < 0.87
    assert coverage("newey-west", 0.4) < coverage("cosine", 0.4) < coverage("autoregressive", 0.4)


def test_one_strength_of_memory_is_generalised_least_squares() -> None:
    from arusha.effects.autoregressive import remembering

    random = np.random.default_rng(3)
    y, X = random.normal(size=30), np.column_stack([np.ones(30), np.arange(30.0)])
    found = remembering(X, y)
    at = len(found.memory) // 2
    V = found.memory[at] ** np.abs(np.subtract.outer(np.arange(30), np.arange(30)))
    inverse = np.linalg.inv(V)
    gram = np.linalg.inv(X.T @ inverse @ X)
    beta = gram @ X.T @ inverse @ y
    assert_allclose(found.coefficient[at], beta, rtol=1e-8)
    scale = (y - X @ beta) @ inverse @ (y - X @ beta) / 28
    assert_allclose(found.vcov[at], gram * scale, rtol=1e-8)


@pytest.mark.parametrize(("n", "start"), [(30, 8), (30, 28), (14, 12)])
def test_short_series_are_refused(n: int, start: int) -> None:
    with pytest.raises(DesignError, match="too few") as told:
        interrupted(np.arange(float(n)), start)
    assert told.value.remedy
