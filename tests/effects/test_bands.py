"""Simultaneous bands: normal multipliers by their law and by brute force, Student's law, covariances of aggregates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from arusha.effects import NEVER, aggregate, band, group_time, normal_band, panel
from arusha.effects.designs import choose
from arusha.effects.influence import cluster_sums
from arusha.effects.pictures import curve


def study(seed: int, n: int = 120, T: int = 7) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    first = random.choice([3, 5, NEVER], n)
    return np.cumsum(random.normal(size=(n, T)), axis=1), first


@pytest.mark.parametrize("kind", ["simple", "group", "calendar", "dynamic"])
@pytest.mark.parametrize("how", ["plain", "weights", "clusters", "covariates", "average", "not-yet"])
def test_covariances_are_products_of_influence_functions(kind: Any, how: str) -> None:
    """Made from products of periods where that can be, they are those of the units' influence functions."""
    random = np.random.default_rng(2)
    y, first = study(1)
    options: dict[str, Any] = {
        "plain": {},
        "weights": {"weights": random.uniform(0.2, 3, first.size)},
        "clusters": {"cluster": np.arange(first.size) // 4},
        "covariates": {"covariates": random.normal(size=(first.size, 1))},
        "average": {"base": "average", "weights": random.uniform(0.5, 2, first.size)},
        "not-yet": {"control": "not-yet"},
    }[how]
    found = aggregate(group_time(y, np.arange(7), first, **options), kind)
    sums = cluster_sums(found.influence, found.cluster)
    vcov = sums.T @ sums / found.influence.shape[0] ** 2
    # Products of periods and of units are added up in another order: 1e-12 of the largest.
    assert_allclose(found.vcov, vcov, atol=1e-12 * max(1.0, float(np.abs(vcov).max(initial=0.0))))
    whole = cluster_sums(found.overall_influence[:, None], found.cluster)
    assert found.overall_se == pytest.approx(float(np.sqrt((whole**2).sum())) / found.influence.shape[0], rel=1e-10)


def test_normal_weights_of_units_have_the_law_that_is_drawn() -> None:
    """40,000 draws of a normal weight for each unit, beside 40,000 draws of the effects: the same critical value."""
    y, first = study(3)
    found = aggregate(group_time(y, np.arange(7), first), "dynamic")
    random, n = np.random.default_rng(4), first.size
    drawn = random.standard_normal((40_000, n)) @ found.influence / n
    by_units = np.quantile(np.max(np.abs(drawn / found.se), axis=1), 0.95)
    made = band(found.att, found.influence, draws=40_000)
    # The 95% quantile of 40,000 has an error of 0.011 (density about 0.1 there); two of them, four errors: 0.06.
    assert made.critical == pytest.approx(by_units, abs=0.06)
    assert_allclose(made.se, found.se, rtol=1e-12)
    assert made.critical == pytest.approx(normal_band(found.att, found.vcov, draws=40_000).critical, rel=1e-9)


def test_one_effect_alone_has_the_quantile_of_one() -> None:
    for df in (np.inf, 5.0):
        made = normal_band([1.0], [[4.0]], draws=200_000, df=df)
        # The quantile of 200,000 draws: an error of 0.005 (normal) to 0.011 (Student's, 5 degrees).
        assert made.critical == pytest.approx(stats.t.ppf(0.975, df), abs=0.05)
        assert made.se[0] == 2.0


def test_effects_on_fewer_units_get_wider_bands_of_their_own() -> None:
    V = 0.6 * np.eye(4) + 0.4
    # Errors that are each off by themselves reach further than errors that are too small together.
    alike = normal_band(np.zeros(4), V, df=[6.0] * 4, draws=100_000)
    assert alike.critical > normal_band(np.zeros(4), V, df=6.0, draws=100_000).critical
    alone = normal_band([0.0], [[1.0]], df=[6.0], draws=200_000)
    assert alone.critical == pytest.approx(stats.t.ppf(0.975, 6), abs=0.05)
    made = normal_band(np.zeros(4), V, df=[3.0, 6.0, 6.0, 60.0], draws=100_000)
    assert made.high[0] > made.high[1] == made.high[2] > made.high[3]
    # What is passed on is the same probability for each.
    p = stats.t.sf(made.high, [3, 6, 6, 60])
    assert_allclose(p, p[0], rtol=1e-6)


def test_a_base_period_is_left_out_and_a_singular_covariance_taken() -> None:
    A = np.random.default_rng(5).normal(size=(4, 2))
    V = np.zeros((5, 5))
    V[:4, :4] = A @ A.T
    made = normal_band(np.arange(5.0), V)
    assert np.isnan(made.se[4])
    assert np.isfinite(made.low[:4]).all()
    with pytest.raises(ValueError, match="covariance of all"):
        normal_band([1.0, 2.0], [[1.0]])
    with pytest.raises(ValueError, match="df is for normal"):
        band([1.0], np.ones((3, 1)), kind="mammen", df=3)


def of_world(seed: int, sizes: tuple[int, ...], controls: int) -> tuple[np.ndarray, Any]:
    random = np.random.default_rng(seed)
    first = np.r_[np.concatenate([np.full(k, 8 + 2 * i) for i, k in enumerate(sizes)]), np.full(controls, NEVER)]
    y = np.cumsum(0.3 * random.normal(size=(first.size, 14)), axis=1) + random.normal(size=(first.size, 14))
    n, T = y.shape
    data = panel(
        np.repeat(np.arange(n), T),
        np.tile(np.arange(T), n),
        y.ravel(),
        first_treated=["" if f == NEVER else str(f) for f in np.repeat(first, T)],
    )
    return data.count, data


def test_curves_of_few_offices_hold_all_their_effects() -> None:
    """120 worlds of six and six: at least 90% of curves hold 0 everywhere; Rademacher's weights do so in half."""
    held = weights = 0
    for seed in range(120):
        y, data = of_world(seed, (6,), 6)
        drawn = curve(y, data, choose(data), seed=seed)
        assert drawn is not None
        held += bool(np.all((np.array(drawn.low) <= 0) & (np.array(drawn.high) >= 0)))
        found = aggregate(group_time(y, data.time, data.first, base="average"), "dynamic")
        made = band(found.att, found.influence, kind="rademacher", draws=299, seed=seed)
        weights += bool(np.all((made.low <= 0) & (made.high >= 0)))
    assert held >= 108
    assert weights < 84


def test_periods_with_next_to_no_office_behind_them_are_not_drawn() -> None:
    y, data = of_world(1, (2, 9), 11)
    drawn = curve(y, data, choose(data))
    assert drawn is not None
    # Two offices begin at 8, nine at 10: 4 and 5 periods after have the two alone, as 10 and 9 before have the nine.
    assert drawn.at == list(range(-10, 4))
    assert drawn.left_out == 2
