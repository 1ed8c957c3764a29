import numpy as np
import pytest
from scipy import stats

from arusha.inference.scale_mixture import scale_mixture


def test_the_posterior_of_a_fitted_mixture_is_that_of_bayes_rule() -> None:
    rng = np.random.default_rng(1)
    se = rng.uniform(0.5, 2.0, 40)
    y = rng.normal(0, 1, 40) * se + np.where(np.arange(40) < 5, 6.0, 0.0)
    found = scale_mixture(y, se)
    grid = np.linspace(-20, 20, 400_001)
    for i in (0, 7, 39):
        prior = sum(w * stats.norm.pdf(grid, 0, s) for w, s in zip(found.weights, found.widths, strict=True))
        law = prior * stats.norm.pdf(y[i], grid, se[i])
        law /= law.sum()
        # The grid is 1e-4 wide.
        assert found.estimate[i] == pytest.approx(np.sum(law * grid), abs=2e-3)
        running = np.cumsum(law)
        assert found.low[i] == pytest.approx(grid[np.searchsorted(running, 0.025)], abs=2e-3)
        assert found.high[i] == pytest.approx(grid[np.searchsorted(running, 0.975)], abs=2e-3)


def test_a_few_far_units_stay_where_they_are_and_noise_goes_to_nought() -> None:
    rng = np.random.default_rng(2)
    truth = np.zeros(400)
    truth[:6] = -0.35
    se = rng.uniform(0.03, 0.08, 400)
    y = truth + rng.normal(0, 1, 400) * se
    found = scale_mixture(y, se)
    assert found.estimate[:6] == pytest.approx(y[:6], abs=0.06)
    # The narrowest law is half a standard error wide: a fifth of the noise is kept.
    assert np.abs(found.estimate[6:]).mean() < 0.35 * np.abs(y[6:]).mean()


def test_intervals_cover_on_average_and_of_the_far_units() -> None:
    rng = np.random.default_rng(3)
    inside, far = [], []
    for _ in range(150):
        truth = np.where(np.arange(80) < 4, -0.4, rng.normal(0, 0.02, 80))
        se = rng.uniform(0.03, 0.1, 80)
        found = scale_mixture(truth + rng.normal(0, 1, 80) * se, se)
        covered = (found.low <= truth) & (truth <= found.high)
        inside.append(covered.mean())
        far.append(covered[:4].mean())
    # Nominal 95%; the fitted mixture is taken as known, and four far units in eighty are little to fit it by.
    assert np.mean(inside) > 0.93
    assert np.mean(far) > 0.85


@pytest.mark.parametrize("units", [2, 4, 20])
def test_intervals_cover_with_few_units(units: int) -> None:
    """Units of one normal law about as wide as their errors; and one far unit among near ones."""
    rng = np.random.default_rng(units)
    ordinary, far = [], []
    for _ in range(400):
        se = rng.uniform(0.03, 0.1, units)
        for out, truth in (
            (ordinary, rng.normal(0, 0.05, units)),
            (far, np.where(np.arange(units) < 1, -0.3, rng.normal(0, 0.02, units))),
        ):
            found = scale_mixture(truth + rng.normal(0, 1, units) * se, se)
            covered = (found.low <= truth) & (truth <= found.high)
            out.append(covered.mean() if out is ordinary else covered[0])
    # Measured 95 to 97 and 89 to 92; standard errors 0.8 (2 units) and 1.5.
    assert np.mean(ordinary) >= 0.93
    assert np.mean(far) >= 0.86


def test_units_of_one_normal_law_are_drawn_in_as_by_it() -> None:
    rng = np.random.default_rng(4)
    y = rng.normal(0, np.hypot(1.0, 0.5), 5000)
    found = scale_mixture(y, np.full(5000, 0.5))
    # The best linear shrinkage is by 1 / (1 + 0.25).
    assert np.polyfit(y, found.estimate, 1)[0] == pytest.approx(0.8, abs=0.03)


def test_impossible_differences_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        scale_mixture([1.0], [0.0])
    with pytest.raises(ValueError, match="one length"):
        scale_mixture([], [])
