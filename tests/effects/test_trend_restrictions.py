"""Honest confidence sets: linear programmes on small cases, the method as ported by others, and coverage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import optimize, stats

from arusha.effects import relative_magnitude_sets, relative_magnitudes, relative_smoothness_sets, smoothness_sets
from arusha.inference.fixed_length_interval import critical_value, half_length, shortest
from arusha.inference.moment_inequalities import Inequalities, truncated_quantile, two_sided

PORT = json.loads((Path(__file__).parent / "trend_reference.json").read_text())


def study(seed: int, p: int, q: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    A = random.normal(size=(p + q, p + q))
    return random.normal(0, 0.3, p + q), 0.05 * (A @ A.T / (p + q) + 0.3 * np.eye(p + q))


def steps(p: int, q: int, order: int) -> np.ndarray:
    return np.delete(np.diff(np.eye(p + q + 1), n=order, axis=0), p, axis=1)


def bounds_by_programme(beta: np.ndarray, p: int, q: int, A: np.ndarray, d: np.ndarray) -> tuple[float, float] | None:
    """Mean effects after the start that are possible when estimates are exact: effects less any gap that is allowed."""
    gap = np.concatenate([np.zeros(p), np.full(q, 1 / q)])
    known = {"A_eq": np.eye(p, p + q), "b_eq": beta[:p], "A_ub": A, "b_ub": d, "bounds": [(None, None)] * (p + q)}
    low, high = (optimize.linprog(sign * gap, **known) for sign in (1, -1))
    mean = float(beta[p:].mean())
    return (mean + float(high.fun), mean - float(low.fun)) if low.success and high.success else None


@pytest.mark.parametrize(("p", "q"), [(1, 1), (3, 2), (2, 4)])
@pytest.mark.parametrize("method", ["C-LF", "conditional"])
def test_without_sampling_error_relative_magnitudes_give_what_is_possible(p: int, q: int, method: Any) -> None:
    """The union of linear programmes over which step was the largest; standard errors of 1e-5."""
    beta, V = study(p + q, p, q)
    D = steps(p, q, 1)
    found = relative_magnitude_sets(beta[:p], beta[p:], 1e-10 * V / V.max(), M=[0.0, 0.7, 1.5], method=method)
    for m, low, high in zip(found.M, found.low, found.high, strict=True):
        possible = []
        for s in range(p):
            for sign in (1.0, -1.0):
                limit = sign * D[s]
                A = np.vstack([D[p:] - m * limit, -D[p:] - m * limit])
                if sign * D[s] @ np.r_[beta[:p], np.zeros(q)] >= 0:
                    possible.append(bounds_by_programme(beta, p, q, A, np.zeros(2 * q)))
        ends = np.array([b for b in possible if b is not None])
        assert_allclose([low, high], [ends[:, 0].min(), ends[:, 1].max()], atol=2e-4)


def relative_by_programme(
    beta: np.ndarray, p: int, q: int, before: np.ndarray, after: np.ndarray, m: float, sign: int = 0
) -> tuple[float, float]:
    """What is possible where moves after are at most m times the largest before; with ``sign`` none the other way."""
    possible = []
    for move in before:
        for way in (1.0, -1.0):
            limit = way * move
            high, low = (0.0 if sign == -1 else m) * limit, (0.0 if sign == 1 else m) * limit
            if limit @ np.r_[beta[:p], np.zeros(q)] >= 0:
                A = np.vstack([after - high, -after - low])
                possible.append(bounds_by_programme(beta, p, q, A, np.zeros(2 * q)))
    ends = np.array([b for b in possible if b is not None])
    return float(ends[:, 0].min()), float(ends[:, 1].max())


@pytest.mark.parametrize(("p", "q"), [(2, 1), (3, 2), (2, 4)])
@pytest.mark.parametrize("method", ["C-LF", "conditional"])
def test_without_sampling_error_relative_smoothness_gives_what_is_possible(p: int, q: int, method: Any) -> None:
    beta, V = study(p + q, p, q)
    D = steps(p, q, 2)
    found = relative_smoothness_sets(
        beta[:p], beta[p:], 1e-10 * V / V.max(), M=[0.0, 0.7, 1.5], method=method, find_breakdown=False
    )
    for m, low, high in zip(found.M, found.low, found.high, strict=True):
        want = relative_by_programme(beta, p, q, D[: p - 1], D[p - 1 :], m)
        # Sets of standard errors of 1e-5 and less, each carried on through up to q + 1 periods.
        assert_allclose([low, high], want, atol=2e-3)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("p", "q"), [(1, 1), (3, 2), (2, 4)])
def test_without_sampling_error_a_gap_that_goes_one_way_gives_what_is_possible(p: int, q: int, sign: int) -> None:
    beta, V = study(p + q, p, q)
    D = steps(p, q, 1)
    way: Any = {1: "rises", -1: "falls"}[sign]
    found = relative_magnitude_sets(
        beta[:p], beta[p:], 1e-10 * V / V.max(), M=[0.0, 0.7, 1.5], gap=way, find_breakdown=False
    )
    for m, low, high in zip(found.M, found.low, found.high, strict=True):
        assert_allclose([low, high], relative_by_programme(beta, p, q, D[:p], D[p:], m, sign), atol=2e-4)
    mean = float(beta[p:].mean())
    # A gap that only rises takes effects down, never up.
    assert (found.high if sign == 1 else -found.low).max() <= sign * mean + 2e-4


@pytest.mark.parametrize("gap", ["rises", "bends"])
def test_restricted_sets_cover_at_the_edge_of_what_they_allow(gap: str) -> None:
    """A gap of 0.5 a period, or that bends by 0.1 a period all along, at the edge of M = 1: 200 worlds (3.3 errors)."""
    t = np.r_[np.arange(-3.0, 0), np.arange(1.0, 4)]
    truth = 0.5 * t if gap == "rises" else 0.3 * t + 0.05 * t * (t - 1)
    V = 0.04 * (0.5 + 0.5 * np.eye(6))
    root, held = np.linalg.cholesky(V), 0
    for seed in range(200):
        beta = truth + root @ np.random.default_rng(seed).normal(size=6)
        options: dict[str, Any] = {"M": [1.0], "method": "conditional", "find_breakdown": False}
        if gap == "rises":
            found = relative_magnitude_sets(beta[:3], beta[3:], V, gap="rises", **options)
        else:
            found = relative_smoothness_sets(beta[:3], beta[3:], V, **options)
        held += found.low[0] <= 0 <= found.high[0]
    assert held / 200 >= 0.90


def test_more_than_a_line_before_is_asked_for() -> None:
    with pytest.raises(ValueError, match="two effects before"):
        relative_smoothness_sets([0.1], [1.0], np.eye(2))
    with pytest.raises(ValueError, match="either way, rises or falls"):
        relative_magnitude_sets([0.1], [1.0], np.eye(2), gap="up")  # type: ignore[arg-type]


@pytest.mark.parametrize(("p", "q"), [(2, 1), (3, 2), (2, 4)])
@pytest.mark.parametrize("method", ["FLCI", "C-F", "C-LF", "conditional"])
def test_without_sampling_error_smoothness_gives_what_is_possible(p: int, q: int, method: Any) -> None:
    """A gap that bends by no more than 0.1 before; the interval of fixed length is centred elsewhere, and wider."""
    _, V = study(p + q, p, q)
    time = np.r_[np.arange(-p, 0.0), np.arange(1.0, q + 1)]
    beta = 0.2 * time + 0.04 * time**2 + np.r_[np.zeros(p), np.ones(q)]
    D = steps(p, q, 2)
    for m in (0.08, 0.3):
        found = smoothness_sets(beta[:p], beta[p:], 1e-10 * V / V.max(), M=[m], method=method)
        want = bounds_by_programme(beta, p, q, np.vstack([D, -D]), np.full(2 * D.shape[0], m))
        assert want is not None
        if method == "FLCI":
            # As wide as what is possible before the periods before are looked at.
            assert found.low[0] <= want[0] + 1e-3
            assert found.high[0] >= want[1] - 1e-3
        else:
            # Tests look at inequalities that hold a period after, as the authors' do.
            post = D[p - 1 :]
            looser = bounds_by_programme(beta, p, q, np.vstack([post, -post]), np.full(2 * post.shape[0], m))
            assert_allclose([found.low[0], found.high[0]], looser, atol=2e-4)


@pytest.mark.parametrize("seed", range(6))
def test_the_combinations_are_all_there(seed: int) -> None:
    """The largest combination is the value of the linear programme that leaves the other means free."""
    p, q = 3, 4
    random = np.random.default_rng(seed)
    beta, V = study(seed, p, q)
    weights = random.normal(size=q)
    D = steps(p, q, 1)[p:]
    limit = 0.8 * steps(p, q, 1)[seed % p]
    made = two_sided(D, limit, 0.1, weights, V)
    A = np.vstack([D - limit, -D - limit])
    sd = np.sqrt(np.diag(A @ V @ A.T))
    # Means in the way: what the target leaves of the last q.
    other = np.linalg.svd(weights[None, :])[2][1:].T
    along = weights / (weights @ weights)
    for theta in (-1.0, 0.2, 3.0):
        y = A @ beta - 0.1 - A[:, p:] @ along * theta
        lp = optimize.linprog(
            np.r_[1.0, np.zeros(q - 1)],
            A_ub=np.column_stack([-sd, -A[:, p:] @ other]),
            b_ub=-y,
            bounds=[(None, None)] * q,
        )
        largest = np.max(made.weights @ beta - made.bound - made.slope * theta)
        assert largest == pytest.approx(lp.fun, abs=1e-9)


def test_the_truncation_is_where_the_combination_stays_the_largest() -> None:
    """Moved along its own direction, a combination stays the largest exactly between the limits: by trying."""
    beta, V = study(11, 2, 3)
    D = steps(2, 3, 1)[2:]
    made = two_sided(D, 0.5 * steps(2, 3, 1)[0], 0.0, np.full(3, 1 / 3), V)
    omega = made.covariance(V)
    for theta in np.linspace(-2, 2, 9):
        t = made.weights @ beta - made.bound - made.slope * theta
        at = int(np.argmax(t))
        pull = V @ made.weights[at] / omega[at, at]
        grid = np.linspace(t[at] - 3, t[at] + 3, 6_001)
        all_t = (made.weights @ (beta[:, None] + np.outer(pull, grid - t[at]))).T - made.bound - made.slope * theta
        stays = grid[np.argmax(all_t, axis=1) == at]
        left = t - omega[at] / omega[at, at] * t[at]
        ratio = omega[at] / omega[at, at]
        others = np.arange(t.size) != at
        low = max((left[j] / (1 - ratio[j]) for j in np.flatnonzero(others & (ratio < 1 - 1e-10))), default=-np.inf)
        high = min((left[j] / (1 - ratio[j]) for j in np.flatnonzero(others & (ratio > 1 + 1e-10))), default=np.inf)
        assert stays.min() == pytest.approx(max(low, grid[0]), abs=0.002)
        assert stays.max() == pytest.approx(min(high, grid[-1]), abs=0.002)


def test_the_shortest_interval_by_trying_every_direction() -> None:
    """Two periods before: one free weight."""
    beta, V = study(5, 2, 2)
    weights = np.array([0.5, 0.5])
    time = np.array([-2.0, -1.0, 1.0, 2.0])
    bends = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    for m in (0.0, 0.05, 0.3, 2.0):
        found = shortest(V, 2, weights, bends, time, m, 0.95)
        a = np.linspace(-5, 5, 4_001)
        v = np.column_stack([a, 1.5 - 2 * a, np.tile(weights, (a.size, 1))])
        bias, se = m * np.abs(v @ bends).sum(axis=1), np.sqrt(np.einsum("ij,jk,ik->i", v, V, v))
        best = min(half_length(float(b), float(s), 0.95) for b, s in zip(bias, se, strict=True))
        assert found.half <= best + 1e-9
        assert found.half == pytest.approx(best, rel=1e-5)
        assert found.direction @ time == pytest.approx(0, abs=1e-9)
    assert beta.size == 4


def test_critical_values_are_those_of_a_folded_normal() -> None:
    for bias in (0.0, 0.3, 2.0, 8.0, 40.0):
        c = critical_value(bias, 0.95)
        assert stats.norm.cdf(c - bias) - stats.norm.cdf(-c - bias) == pytest.approx(0.95, abs=1e-8)
    assert half_length(100.0, 1.0, 0.95) == pytest.approx(100 + stats.norm.ppf(0.95), rel=1e-9)


def test_quantiles_of_truncated_laws() -> None:
    low, high = np.array([-np.inf, -1.0, 2.0, 9.0, 40.0]), np.array([np.inf, 0.5, 3.0, np.inf, np.inf])
    found = truncated_quantile(0.95, low, high)
    assert_allclose(found[:4], stats.truncnorm.ppf(0.95, low[:4], high[:4]), rtol=1e-9)
    assert found[4] == pytest.approx(40 - np.log(0.05) / 40, rel=1e-3)


@pytest.mark.parametrize("case", PORT["rows"], ids=lambda r: f"{r[0]} {r[1]} {r[2]}")
def test_as_the_authors_method_ported(case: list[Any]) -> None:
    """honestdid 0.1.1: its sets are accepted points of a grid, its shortest interval stops a little early."""
    name, kind, m, low, high = case
    beta, V, p, _ = PORT["cases"][name]
    before, after = beta[:p], beta[p:]
    if kind == "FLCI":
        found = smoothness_sets(before, after, V, M=[m])
        assert found.high[0] - found.low[0] <= high - low + 1e-6
        assert_allclose([found.low[0], found.high[0]], [low, high], atol=2e-3)
        return
    method = "C-LF" if kind.endswith("LF") else "conditional"
    sets = smoothness_sets if kind.startswith("SD") else relative_magnitude_sets
    found = sets(before, after, V, M=[m], method=method)  # type: ignore[operator]
    assert_allclose([found.low[0], found.high[0]], [low, high], atol=PORT["grid_step"] * 1.01)


def test_breakdown_is_where_the_set_first_holds_nothing() -> None:
    beta, V = study(3, 3, 2)
    beta[3:] += 2.0
    found = relative_magnitude_sets(beta[:3], beta[3:], 0.05 * V)
    assert np.isfinite(found.breakdown)
    at = relative_magnitude_sets(beta[:3], beta[3:], 0.05 * V, M=[found.breakdown, found.breakdown + 0.1])
    assert at.low[0] > 0 > at.low[1]
    assert np.isnan(relative_magnitude_sets(beta[:3], beta[3:] - 2.0, V).breakdown)


def test_it_is_narrower_than_the_interval_that_needs_no_test() -> None:
    beta, V = study(8, 3, 3)
    M = [0.5, 1.0, 2.0]
    simple = relative_magnitudes(beta[:3], beta[3:], V, M=M)
    hybrid = relative_magnitude_sets(beta[:3], beta[3:], V, M=M)
    assert np.all(hybrid.high - hybrid.low < simple.high - simple.low)


@pytest.mark.parametrize("method", [pytest.param("C-LF", marks=pytest.mark.slow), "conditional"])
def test_relative_magnitudes_cover_when_trends_part_as_much_as_before(method: Any) -> None:
    """The gap moves by 0.5 a period all along, at the edge of M = 1: 300 worlds, 95% asked for (3.3 errors: 90.8)."""
    truth, V = 0.5 * np.r_[np.arange(-3, 0), np.arange(1, 4)], 0.09 * (0.5 + 0.5 * np.eye(6))
    held = usual = 0
    root = np.linalg.cholesky(V)
    for seed in range(300):
        beta = truth + root @ np.random.default_rng(seed).normal(size=6)
        found = relative_magnitude_sets(beta[:3], beta[3:], V, M=[1.0], method=method, find_breakdown=False)
        held += found.low[0] <= 0 <= found.high[0]
        usual += found.plain[0] <= 0 <= found.plain[1]
    assert held / 300 >= 0.908
    assert usual / 300 < 0.5


@pytest.mark.parametrize("method", ["FLCI", "C-F"])
def test_smoothness_covers_a_gap_that_bends_as_much_as_it_may(method: Any) -> None:
    """A gap of 0.3 t + 0.05 t (t - 1) bends by 0.1 a period: 300 worlds, 95% asked for (3.3 errors: 90.8)."""
    t = np.r_[np.arange(-3.0, 0), np.arange(1.0, 3)]
    truth, V = 0.3 * t + 0.05 * t * (t - 1), 0.04 * (0.5 + 0.5 * np.eye(5))
    root = np.linalg.cholesky(V)
    held = 0
    for seed in range(300):
        beta = truth + root @ np.random.default_rng(seed).normal(size=5)
        found = smoothness_sets(beta[:3], beta[3:], V, M=[0.1], method=method, find_breakdown=False)
        held += found.low[0] <= 0 <= found.high[0]
    assert held / 300 >= 0.908


def test_the_least_favourable_value_is_the_quantile_of_the_largest() -> None:
    beta, V = study(2, 2, 2)
    made = two_sided(steps(2, 2, 1)[2:], steps(2, 2, 1)[0], 0.0, np.array([0.5, 0.5]), V)
    test = Inequalities(beta, V, made)
    draws = np.random.default_rng(9).multivariate_normal(np.zeros(4), V, 200_000) @ made.weights.T
    assert np.mean(draws.max(axis=1) > test.least_favourable) == pytest.approx(0.005, abs=0.001)


@pytest.mark.parametrize(
    ("before", "vcov", "options", "said"),
    [
        ([], np.eye(1), {}, "covariance of all"),
        ([0.1], np.eye(3), {}, "covariance of all"),
        ([0.1], -np.eye(2), {}, "is none"),
        ([0.1], np.eye(2), {"weights": [0.0]}, "not all 0"),
        ([0.1], np.eye(2), {"M": [-1.0]}, "M is 0"),
        ([0.1], np.eye(2), {"method": "FLCI"}, "method is"),
        ([0.1], np.zeros((2, 2)), {}, "does not vary"),
    ],
)
def test_what_does_not_fit_is_refused(before: Any, vcov: np.ndarray, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        relative_magnitude_sets(before, [1.0], vcov, **options)
