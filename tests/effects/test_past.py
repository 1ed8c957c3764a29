"""Worlds made of the past: their spread is that of the design, also where months remember."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.effects.assignments import scores
from arusha.effects.panels import NEVER
from arusha.effects.past import contrast_variance, runs, variogram, worlds


def remembering(n: int, periods: int, memory: float, seed: int) -> np.ndarray:
    """n series of variance 1."""
    random = np.random.default_rng(seed)
    error = random.normal(size=(n, periods + 40))
    for t in range(1, periods + 40):
        error[:, t] += memory * error[:, t - 1]
    return np.asarray(error[:, 40:] * np.sqrt(1 - memory**2))


def test_the_variogram_by_hand() -> None:
    """Two series that mirror each other, so that nothing is shared: half the mean squared difference, n / (n - 1)."""
    past = np.array([[1.0, -1.0, 2.0, 0.0], [-1.0, 1.0, -2.0, 0.0]])
    one = (2.0**2 + 3.0**2 + 2.0**2) / 3 / 2 * 2
    found = variogram(past, 6)
    assert found[0] == 0.0
    assert found[1] == pytest.approx(one)
    # The second distance: 1 and 1, over the first 17 / 3 less 1, below 0: no memory, one value from there on.
    far = (1.0**2 + 1.0**2 + 1.0**2) / 3 / 2 * 2
    assert found[2:] == pytest.approx(far)


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.8])
def test_the_spread_of_a_contrast_is_known_from_a_short_past(memory: float) -> None:
    """12 months tell what 12 months on, against their mean, will vary; the truth is known."""
    past = remembering(4_000, 12, memory, 3)
    after = np.arange(24) >= 12
    weights = after / 12 - ~after / 12
    told = contrast_variance(weights, variogram(past, 24))
    true = float(weights @ memory ** np.abs(np.subtract.outer(np.arange(24), np.arange(24))) @ weights)
    assert told == pytest.approx(true, rel=0.06)  # of 4,000 units a mean square has some 2%, and memory its own error


def test_a_contrast_of_months_that_forget_is_the_least() -> None:
    weights = np.array([-0.5, -0.5, 1.0])
    assert contrast_variance(weights, np.array([0.0, 2.0, 0.5])) == pytest.approx(2.0 * 1.5)


def test_worlds_have_the_spread_that_the_design_will_meet() -> None:
    """Against the mean of all months before, a past that is run up and down would show next to nothing."""
    series, time = remembering(400, 36, 0.5, 4), np.arange(36)
    first = np.where(np.arange(400) < 150, 18, NEVER)
    past = series[:, :18] - series[:, :18].mean(axis=1, keepdims=True)
    drawn = runs(np.random.default_rng(1), 18, 36, "all")
    made = worlds(past, drawn, time, first, "all", lambda v: scores(v, time, first, baseline="all"))
    spread = np.mean([m.value[:, 0].var(ddof=1) for m in made])
    meets = scores(series, time, first, baseline="all").value[:, 0].var(ddof=1)
    assert spread == pytest.approx(meets, rel=0.2)  # 400 units: 7% each, and the memory of a short past
    up_and_down = runs(np.random.default_rng(1), 18, 36, "last")
    least = min(scores(past[:, run], time, first, baseline="all").value[:, 0].var() for run in up_and_down)
    assert least < 0.1 * meets
