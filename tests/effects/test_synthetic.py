"""Synthetic control and synthetic difference-in-differences: weights, known effects, placebo inference."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import optimize

from arusha.effects import NEVER, synthetic_control, synthetic_did
from arusha.effects.staggered import DesignError
from arusha.effects.synthetic import simplex_weights


def test_weights_are_the_best_on_the_simplex() -> None:
    random = np.random.default_rng(1)
    A, b = random.normal(size=(12, 5)), random.normal(size=12)
    for ridge in (0.0, 2.0):
        found = simplex_weights(A, b, ridge)

        def loss(w: np.ndarray, ridge: float = ridge) -> float:
            return float(np.sum((A @ w - b) ** 2) + ridge * np.sum(w**2))

        other = optimize.minimize(
            loss,
            np.full(5, 0.2),
            method="SLSQP",
            bounds=[(0, 1)] * 5,
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
            options={"ftol": 1e-14, "maxiter": 500},
        )
        assert found.min() >= 0
        assert found.sum() == pytest.approx(1.0)
        assert loss(found) <= other.fun + 1e-6
        assert_allclose(found, other.x, atol=1e-4)


def test_a_unit_made_of_two_others_is_found_again() -> None:
    random = np.random.default_rng(2)
    donors = np.cumsum(random.normal(size=(20, 30)), axis=1)
    treated = 0.3 * donors[2] + 0.7 * donors[5] + 4.0 * (np.arange(30) >= 20)
    found = synthetic_control(np.vstack([treated, donors]), np.arange(30), np.array([20] + [NEVER] * 20))
    assert_allclose(found.unit_weights[[2, 5]], [0.3, 0.7], atol=1e-3)
    assert found.effect == pytest.approx(4.0, abs=0.01)
    assert found.p == pytest.approx(1 / 21)
    assert found.smallest_p == pytest.approx(1 / 21)


def factors(seed: int, treated: int, effect: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    common = np.cumsum(random.normal(size=(2, 24)), axis=1)
    y = random.normal(size=(21, 2)) @ common + random.normal(size=21)[:, None] + random.normal(size=(21, 24))
    y[:treated, 16:] += effect
    return y, np.where(np.arange(21) < treated, 16, NEVER)


def test_the_placebo_test_holds_its_size() -> None:
    """300 worlds with shared factors, one treated: 5% asked for with 20 placebos (standard error 1.3%)."""
    did = control = 0
    for seed in range(300):
        y, first = factors(seed, 1, 0.0)
        did += synthetic_did(y, np.arange(24), first).p <= 0.05
        control += synthetic_control(y, np.arange(24), first).p <= 0.05
    assert did / 300 <= 0.09
    assert control / 300 <= 0.09


def test_effects_are_found_among_shared_factors() -> None:
    found = [synthetic_did(*_with_time(factors(seed, 3, 2.0)), draws=50) for seed in range(60)]
    gaps = np.array([f.effect - 2.0 for f in found])
    assert abs(gaps.mean()) < 4 * gaps.std() / np.sqrt(60)
    assert all(f.low < f.effect < f.high for f in found)


def _with_time(world: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return world[0], np.arange(24), world[1]


def test_equal_weights_give_the_difference_of_differences() -> None:
    """Without noise before, nothing tells units or periods apart but the ridge, which spreads the weights evenly."""
    y = np.vstack([np.full((2, 8), 5.0), np.zeros((6, 8))]) + 0.01 * np.random.default_rng(3).normal(size=(8, 8))
    y[:2, 5:] += 3.0
    found = synthetic_did(y, np.arange(8), np.array([5, 5] + [NEVER] * 6), draws=20)
    assert found.effect == pytest.approx(3.0, abs=0.03)


@pytest.mark.parametrize(
    ("first", "problem"),
    [
        ([NEVER] * 5, "no unit is treated"),
        ([9, 10, NEVER, NEVER, NEVER], "begin at different times"),
        ([9, 9, 9, 9, NEVER], "cannot make a comparison"),
        ([2, NEVER, NEVER, NEVER, NEVER], "too few to weigh"),
        ([9, 9, 9, NEVER, NEVER], "cannot stand in"),
    ],
)
def test_designs_that_cannot_answer_say_so(first: list[int], problem: str) -> None:
    with pytest.raises(DesignError, match=problem) as told:
        synthetic_did(np.random.default_rng(4).normal(size=(5, 12)), np.arange(12), np.array(first))
    assert told.value.remedy


def test_the_jackknife_leaves_out_each_unit_with_weights_as_they_are() -> None:
    y, time, first = _with_time(factors(3, 3, 1.0))
    found = synthetic_did(y, time, first, errors="jackknife")
    treated, controls = np.flatnonzero(first != NEVER), np.flatnonzero(first == NEVER)
    start = int(np.flatnonzero(time == first[treated[0]])[0])
    omega, lam = np.zeros(len(y)), np.r_[-found.period_weights, np.full(time.size - start, 1 / (time.size - start))]
    omega[controls] = found.unit_weights
    left = []
    for unit in range(len(y)):
        one = [u for u in treated if u != unit]
        w = np.where(np.arange(len(y)) == unit, 0.0, omega)
        left.append((y[one].mean(axis=0) - w @ y / w.sum()) @ lam)
    n = len(y)
    assert np.sort(found.placebo) == pytest.approx(np.sort(left), rel=1e-10)
    assert found.se == pytest.approx(np.sqrt((n - 1) / n * np.sum((np.array(left) - np.mean(left)) ** 2)), rel=1e-10)
    assert found.effect == pytest.approx((y[treated].mean(axis=0) - omega @ y) @ lam, rel=1e-10)


def test_bootstrap_and_jackknife_tell_the_error_that_there_is() -> None:
    """40 worlds, ten treated of 21: the mean of the errors within a third of the spread of effects (known to 11%)."""
    effects, errors = [], {"jackknife": [], "bootstrap": []}  # type: ignore[var-annotated]
    for seed in range(40):
        world = _with_time(factors(seed, 10, 1.0))
        for kind in errors:
            found = synthetic_did(*world, errors=kind, draws=40)  # type: ignore[arg-type]
            errors[kind].append(found.se)
        effects.append(found.effect)
    for kind, made in errors.items():
        assert np.mean(made) == pytest.approx(np.std(effects), rel=1 / 3), kind


def test_one_treated_unit_has_placebos_only() -> None:
    y, time, first = _with_time(factors(1, 1, 1.0))
    for errors in ("jackknife", "bootstrap"):
        with pytest.raises(ValueError, match="only placebos"):
            synthetic_did(y, time, first, errors=errors)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="errors must be"):
        synthetic_did(y, time, first, errors="normal")  # type: ignore[arg-type]
