"""Adaptive discrete procedures against their definitions, the printed example of R's DiscreteFDR, and by simulation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from arusha.inference import discrete, discrete_adaptive


def worlds(random: np.random.Generator, tests: int, odds: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """p-values of small binomial tests with their supports: the first third of the tests with raised chances."""
    n = random.integers(3, 15, tests)
    chance = np.where(np.arange(tests) < tests // 3, odds, 0.2)
    x = random.binomial(n, chance)
    supports = [np.sort(stats.binom.sf(np.arange(-1, size), size, 0.2)) for size in n]
    return stats.binom.sf(x - 1, n, 0.2), np.concatenate(supports), np.concatenate([[0], np.cumsum(n + 1)])


def chance_of(rows: list[np.ndarray], t: float) -> np.ndarray:
    return np.array([max([v for v in row if v <= t * (1 + 1e-12)], default=0.0) for row in rows])


def by_critical_values(p: np.ndarray, rows: list[np.ndarray], rate: float, step: str) -> np.ndarray:
    """Rejections by the critical values as the source prints them, looked for among all attainable values."""
    m, attainable = p.size, np.unique(np.concatenate(rows))
    laws = np.array([chance_of(rows, t) for t in attainable])
    with np.errstate(divide="ignore"):
        odds = np.where(laws < 1, laws / np.maximum(1 - laws, 1e-300), np.inf)
    usable = attainable
    if step == "up":
        top = attainable[odds.sum(axis=1) <= rate * m].max(initial=-1.0)
        usable = attainable[attainable <= top]
        if usable.size == 0:
            return np.zeros(m, dtype=bool)
        odds = laws[: usable.size] / (1 - laws[usable.size - 1])
    tau = []
    for k in range(1, m + 1):
        sums = -np.sort(-odds, axis=1)[:, : m - k + 1].sum(axis=1)
        tau.append(usable[sums <= rate * k].max(initial=-1.0))
    below = np.sort(p) <= np.array(tau) * (1 + 1e-12)
    count = (np.flatnonzero(below).max(initial=-1) + 1) if step == "up" else int(np.cumprod(below).sum())
    rejected = np.zeros(m, dtype=bool)
    rejected[np.argsort(p, kind="stable")[:count]] = True
    return rejected


@pytest.mark.parametrize("step", ["up", "down"])
def test_rejections_equal_the_critical_values(step: str) -> None:
    random = np.random.default_rng(2)
    more = 0
    for _ in range(12):
        p, supports, indptr = worlds(random, 24, 0.75)
        rows = [supports[a:b] for a, b in pairwise(indptr)]
        for rate in (0.05, 0.2):
            wanted = by_critical_values(p, rows, rate, step)
            found = discrete_adaptive.discrete_adaptive_rejections(p, supports, indptr, rate, step=step)
            np.testing.assert_array_equal(found, wanted)
            plain = discrete.discrete_bh_rejections(p, supports, indptr, rate, step=step)
            assert not np.any(plain & ~found)
            more += int(found.sum() - plain.sum())
    assert more > 0


@pytest.mark.parametrize("adaptive", [False, True])
def test_adjusted_step_down_is_rejected_exactly_at_its_rate(adaptive: bool) -> None:
    random = np.random.default_rng(4)
    for _ in range(5):
        p, supports, indptr = worlds(random, 24, 0.75)
        adjusted = discrete_adaptive.discrete_step_down(p, supports, indptr, adaptive=adaptive)
        reject = discrete_adaptive.discrete_adaptive_rejections if adaptive else discrete.discrete_bh_rejections
        for rate in (0.01, 0.05, 0.1, 0.3):
            np.testing.assert_array_equal(adjusted <= rate, reject(p, supports, indptr, rate, step="down"))


def fisher_supports(tables: list[tuple[int, int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two-sided p of Fisher's test of each 2 x 2 table, and every p that its margins allow."""
    p, supports, indptr = [], [], [0]
    for a, b, c, d in tables:
        law = stats.hypergeom(a + b + c + d, a + c, a + b)
        x = np.arange(max(0, a - d), min(a + b, a + c) + 1)
        f = law.pmf(x)
        every = np.array([f[f <= v * (1 + 1e-7)].sum() for v in f])
        p.append(min(every[a - x[0]], 1.0))
        supports.append(np.unique(np.minimum(np.round(every, 14), 1.0)))
        indptr.append(indptr[-1] + supports[-1].size)
    return np.round(np.array(p), 14), np.concatenate(supports), np.array(indptr)


def test_the_printed_example() -> None:
    """Nine comparisons of R's DiscreteFDR ("toy example"): adjusted p of its step-down procedure to the eight digits
    that its documentation prints."""
    first, second = [4, 2, 2, 14, 6, 9, 4, 0, 1], [0, 0, 1, 3, 2, 1, 2, 2, 2]
    p, supports, indptr = fisher_supports([(a, 148 - a, b, 132 - b) for a, b in zip(first, second, strict=True)])
    raw = [0.12476691, 0.49984639, 1.0, 0.01243145, 0.28849298, 0.02126871, 0.68723229, 0.22135177, 0.60329543]
    assert p == pytest.approx(raw, abs=5.1e-9)
    printed = [0.25630985, 1.0, 1.0, 0.03819796, 0.51482782, 0.03819796, 1.0, 0.47895996, 1.0]
    assert discrete_adaptive.discrete_step_down(p, supports, indptr) == pytest.approx(printed, abs=5.1e-9)


def test_blanchard_and_roquain_by_definition() -> None:
    random = np.random.default_rng(6)
    for tuning in (0.05, 0.2):
        p, supports, indptr = worlds(random, 24, 0.75)
        rows = [supports[a:b] for a, b in pairwise(indptr)]
        order = np.argsort(p, kind="stable")
        sums = []
        for k, t in enumerate(p[order]):
            laws = -np.sort(-chance_of(rows, t))
            sums.append(np.inf if laws[0] > tuning else laws[: 24 - k].sum() / ((1 - tuning) * (k + 1)))
        wanted = np.empty(24)
        wanted[order] = np.minimum(np.minimum.accumulate(np.array(sums)[::-1])[::-1], 1.0)
        found = discrete_adaptive.discrete_blanchard_roquain(p, supports, indptr, tuning)
        np.testing.assert_allclose(found, wanted, rtol=1e-12)
    with pytest.raises(ValueError, match="tuning"):
        discrete_adaptive.discrete_blanchard_roquain(p, supports, indptr, 1.0)


def test_whatever_the_dependence() -> None:
    p, supports, indptr = worlds(np.random.default_rng(7), 24, 0.75)
    plain = discrete.discrete_bh(p, supports, indptr)
    found = discrete_adaptive.discrete_by(p, supports, indptr)
    np.testing.assert_allclose(found, np.minimum(plain * np.sum(1.0 / np.arange(1, 25)), 1.0), rtol=1e-12)


def test_rates_by_simulation() -> None:
    """False discovery rate at 10% over 150 worlds of 60 tests, a third of them false: within 3.3 standard errors."""
    random = np.random.default_rng(8)
    false: dict[str, list[float]] = {"up": [], "down": [], "one stage": []}
    found = {"plain": 0, "up": 0, "down": 0, "one stage": 0}
    for _ in range(150):
        p, supports, indptr = worlds(random, 60, 0.6)
        decisions = {
            "up": discrete_adaptive.discrete_adaptive_rejections(p, supports, indptr, 0.1),
            "down": discrete_adaptive.discrete_adaptive_rejections(p, supports, indptr, 0.1, step="down"),
            "one stage": discrete_adaptive.discrete_blanchard_roquain(p, supports, indptr, 0.1) <= 0.1,
        }
        found["plain"] += int(discrete.discrete_bh_rejections(p, supports, indptr, 0.1).sum())
        for name, rejected in decisions.items():
            found[name] += int(rejected.sum())
            false[name].append(rejected[20:].sum() / max(rejected.sum(), 1))
    for shares in false.values():
        assert np.mean(shares) <= 0.1 + 3.3 * np.std(shares) / np.sqrt(150)
    assert found["up"] > found["plain"]


def test_untested_pass_through() -> None:
    p, supports, indptr = worlds(np.random.default_rng(9), 20, 0.7)
    p[3] = np.nan
    assert not discrete_adaptive.discrete_adaptive_rejections(p, supports, indptr, 0.2)[3]
    for found in (
        discrete_adaptive.discrete_step_down(p, supports, indptr),
        discrete_adaptive.discrete_blanchard_roquain(p, supports, indptr),
        discrete_adaptive.discrete_by(p, supports, indptr),
    ):
        assert np.isnan(found[3])
        assert not np.isnan(np.delete(found, 3)).any()
