"""Discrete Benjamini-Hochberg against its definition, and its rate by simulation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from arusha.inference import discrete, multiplicity


def worlds(random: np.random.Generator, tests: int, odds: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """p-values of small binomial tests with their supports: the first tenth of the tests with raised chances."""
    n = random.integers(3, 15, tests)
    base = 0.2
    chance = np.where(np.arange(tests) < tests // 10, odds, base)
    x = random.binomial(n, chance)
    supports = [np.sort(stats.binom.sf(np.arange(-1, size), size, base)) for size in n]
    return stats.binom.sf(x - 1, n, base), np.concatenate(supports), np.concatenate([[0], np.cumsum(n + 1)])


def distribution(support: np.ndarray, t: float) -> float:
    inside = support[support <= t * (1 + 1e-12)]
    return float(inside.max()) if inside.size else 0.0


def test_equals_its_definition():
    random = np.random.default_rng(1)
    for _ in range(20):
        p, supports, indptr = worlds(random, 30, 0.6)
        rows = [supports[a:b] for a, b in pairwise(indptr)]
        ordered = np.sort(p)
        per_rank = [sum(distribution(row, t) for row in rows) / (j + 1) for j, t in enumerate(ordered)]
        wanted = np.array([min(min(per_rank[np.searchsorted(ordered, t) :]), 1) for t in p])
        found = discrete.discrete_bh(p, supports, indptr)
        np.testing.assert_allclose(found, wanted, rtol=1e-12)
        assert np.all(found <= multiplicity.adjust(p, "bh") + 1e-12)


def step_by_hand(p: np.ndarray, rows: list[np.ndarray], rate: float, step: str) -> np.ndarray:
    """Critical values as printed in the paper, by search over all attainable values."""
    m = p.size
    attainable = np.unique(np.concatenate(rows))

    def odds(t: float) -> float:
        total = 0.0
        for row in rows:
            f = distribution(row, t)
            total += f / (1 - f) if f < 1 else np.inf
        return total / m

    heights = np.array([odds(t) for t in attainable])
    top = attainable[heights <= rate].max(initial=-1.0)
    if step == "up":
        usable = attainable[attainable <= top]
        at_top = [1 - distribution(row, top) for row in rows]
        heights = np.array([sum(distribution(r, t) / w for r, w in zip(rows, at_top, strict=True)) / m for t in usable])
    else:
        usable = attainable
    tau = np.array([usable[heights <= rate * k / m].max(initial=-1.0) for k in range(1, m + 1)])
    below = np.sort(p) <= tau * (1 + 1e-12)
    count = (np.flatnonzero(below).max(initial=-1) + 1) if step == "up" else int(np.cumprod(below).sum())
    rejected = np.zeros(m, dtype=bool)
    rejected[np.argsort(p, kind="stable")[:count]] = True
    return rejected


@pytest.mark.parametrize("step", ["up", "down"])
def test_rejections_equal_the_critical_values_by_hand(step):
    random = np.random.default_rng(2)
    some = 0
    for _ in range(25):
        p, supports, indptr = worlds(random, 25, 0.8)
        rows = [supports[a:b] for a, b in pairwise(indptr)]
        for rate in (0.05, 0.2):
            wanted = step_by_hand(p, rows, rate, step)
            some += wanted.sum()
            np.testing.assert_array_equal(discrete.discrete_bh_rejections(p, supports, indptr, rate, step=step), wanted)
    assert some > 10


def test_rate_and_gain_over_plain():
    """False discovery rate at 10% over 200 worlds of 100 tests; more rejections than plain Benjamini-Hochberg."""
    random = np.random.default_rng(3)
    false: dict[str, list[float]] = {"heyse": [], "up": [], "down": []}
    found = {"heyse": 0, "up": 0, "down": 0, "plain": 0}
    for _ in range(200):
        p, supports, indptr = worlds(random, 100, 0.75)
        decisions = {
            "heyse": discrete.discrete_bh(p, supports, indptr) <= 0.1,
            "up": discrete.discrete_bh_rejections(p, supports, indptr, 0.1),
            "down": discrete.discrete_bh_rejections(p, supports, indptr, 0.1, step="down"),
        }
        found["plain"] += int((multiplicity.adjust(p, "bh") <= 0.1).sum())
        for name, rejected in decisions.items():
            found[name] += int(rejected.sum())
            false[name].append(rejected[10:].sum() / max(rejected.sum(), 1))
    for shares in false.values():
        assert np.mean(shares) <= 0.1 + 3.3 * np.std(shares) / np.sqrt(200)
    assert found["heyse"] > found["plain"]
    assert found["up"] > found["plain"]


def test_untested_pass_through_and_cut_supports_suffice():
    p, supports, indptr = worlds(np.random.default_rng(4), 20, 0.7)
    p[3] = np.nan
    whole = discrete.discrete_bh(p, supports, indptr)
    assert np.isnan(whole[3])
    top = np.nanmax(p) * (1 + 1e-9)
    kept = supports <= top
    cut = np.concatenate([[0], np.cumsum(kept)])[indptr]
    np.testing.assert_allclose(discrete.discrete_bh(p, supports[kept], cut), whole, rtol=1e-12)


def test_supports_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="rise"):
        discrete.discrete_bh([0.1], [0.2, 0.1], [0, 2])


def test_supports_of_stratified_tails():
    """Supports made by the package hold every observed p, and give the same answer as supports by full enumeration."""
    from arusha.inference import hypergeometric as hg

    random = np.random.default_rng(5)
    M = random.integers(4, 15, 120)
    m, n = random.integers(1, M), random.integers(1, M)
    indptr = np.arange(41) * 3
    t = random.hypergeometric(m, M - m, n).reshape(40, 3).sum(1)
    given = hg.strata(M, m, n, indptr)
    p = hg.upper(given, t)[0]
    supports, rows = hg.attainable_upper_tails(given)
    every, edges = [], [0]
    for unit in range(40):
        part = slice(indptr[unit], indptr[unit + 1])
        counts = np.arange(np.maximum(0, m + n - M)[part].sum(), np.minimum(m, n)[part].sum() + 1)[::-1]
        repeated = [np.tile(v[part], counts.size) for v in (M, m, n)]
        every.append(hg.stratified_upper_tail(counts, *repeated, np.arange(counts.size + 1) * 3).p)
        edges.append(edges[-1] + counts.size)
    np.testing.assert_allclose(supports, np.concatenate(every), rtol=1e-11)
    np.testing.assert_array_equal(rows, edges)
    cut, cut_rows = hg.attainable_upper_tails(given, ceiling=0.3)
    small = p <= 0.3
    np.testing.assert_allclose(
        discrete.discrete_bh(p, cut, cut_rows)[small & (discrete.discrete_bh(p, supports, rows) < 0.1)],
        discrete.discrete_bh(p, supports, rows)[small & (discrete.discrete_bh(p, supports, rows) < 0.1)],
        rtol=1e-9,
    )


def test_supports_of_poisson_binomial_tails():
    from arusha.inference import poisson_binomial as pb

    chance = np.random.default_rng(6).uniform(0.05, 0.6, 12)
    supports, rows = pb.attainable_upper_tails(chance, [0, 5, 12])
    assert rows.tolist() == [0, 6, 14]
    law = pb.probabilities(chance[:5])
    np.testing.assert_allclose(supports[:6], np.cumsum(law[::-1]), rtol=1e-12)
