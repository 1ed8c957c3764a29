from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import stats

from arusha.inference.group_homogeneity import group_against_rest
from arusha.inference.homogeneity import first_against_others


def brute(tables: list[tuple[int, int, int, int]], own: int) -> tuple[float, float, float, float]:
    """Lower tail, upper tail, mean and variance by running through every set of first cells."""
    seen = [t[0] for t in tables]
    laws = []
    for a, b, c, d in tables:
        support = range(max(0, (a + b) + (a + c) - (a + b + c + d)), min(a + b, a + c) + 1)
        laws.append([(k, stats.hypergeom.pmf(k, a + b + c + d, a + b, a + c)) for k in support])
    mass: dict[int, float] = {}
    for combination in product(*laws):
        if sum(k for k, _ in combination) == sum(seen):
            mine = sum(k for k, _ in combination[:own])
            mass[mine] = mass.get(mine, 0.0) + float(np.prod([p for _, p in combination]))
    whole, at = sum(mass.values()), sum(seen[:own])
    mean = sum(k * p for k, p in mass.items()) / whole
    return (
        sum(p for k, p in mass.items() if k <= at) / whole,
        sum(p for k, p in mass.items() if k >= at) / whole,
        mean,
        sum((k - mean) ** 2 * p for k, p in mass.items()) / whole,
    )


@pytest.mark.parametrize("seed", range(12))
def test_tails_and_moments_agree_with_running_through_all_tables(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables = [tuple(int(v) for v in rng.integers(0, 6, 4)) for _ in range(4)]
    own = int(rng.integers(1, 4))
    found = group_against_rest(*np.array(tables).T, [0, 4], [own])
    lower, upper, mean, variance = brute(tables, own)
    # Sums of products of exact laws in double precision.
    assert found.p_lower[0] == pytest.approx(lower, rel=1e-10)
    assert found.p_upper[0] == pytest.approx(upper, rel=1e-10)
    assert found.expected[0] == pytest.approx(mean, rel=1e-10, abs=1e-12)
    assert found.variance[0] == pytest.approx(variance, rel=1e-8, abs=1e-12)
    assert found.point[0] == pytest.approx(lower + upper - 1.0, rel=1e-8, abs=1e-12)


def test_one_table_of_its_own_is_the_test_for_the_first_table() -> None:
    rng = np.random.default_rng(3)
    cells = rng.integers(0, 300, (4, 60))
    indptr = np.arange(0, 61, 3)
    ours = group_against_rest(*cells, indptr, np.ones(20, dtype=int))
    theirs = first_against_others(*cells, indptr)
    assert ours.p_lower == pytest.approx(theirs.p_lower, rel=1e-9)
    assert ours.p_upper == pytest.approx(theirs.p_upper, rel=1e-9)


def test_a_far_tail_keeps_its_digits() -> None:
    # Own goods 60 of 60 against 2 of 200; other goods 3 of 300 against 30 of 3,000.
    found = group_against_rest([60, 3], [0, 297], [2, 30], [198, 2970], [0, 2], [1])
    laws = [stats.hypergeom(260, 60, 62), stats.hypergeom(3300, 300, 33)]
    log = {k: laws[0].logpmf(k) + laws[1].logpmf(63 - k) for k in range(63 - 33, 61)}
    top = max(log.values())
    exact = np.exp(log[60] - top) / sum(np.exp(v - top) for v in log.values())
    assert 0 < found.p_upper[0] < 1e-12
    # scipy's log-gamma sums lose digits at this size; 1e-8 is theirs.
    assert found.p_upper[0] == pytest.approx(exact, rel=1e-8)


def test_common_odds_are_no_signal_whatever_they_are() -> None:
    rng = np.random.default_rng(8)
    worlds, p = 3000, []
    for _ in range(worlds):
        base, officer, goods = rng.normal(-2, 0.5), rng.normal(0, 1), rng.normal(0, 1)
        rates = [1 / (1 + np.exp(-(base + officer * i + goods * j))) for j in (1, 0) for i in (1, 0)]
        sizes = (60, 300, 300, 2000)
        x = [rng.binomial(n, r) for n, r in zip(sizes, rates, strict=True)]
        p.append(
            group_against_rest(
                [x[0], x[2]], [60 - x[0], 300 - x[2]], [x[1], x[3]], [300 - x[1], 2000 - x[3]], [0, 2], [1]
            ).p_upper[0]
        )
    # Exact tails of a discrete law: never above the rate. Three standard errors of 150 and 30 are 36 and 16.
    assert np.sum(np.array(p) <= 0.05) <= 150 + 36
    assert np.sum(np.array(p) <= 0.01) <= 30 + 16


def test_impossible_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="own must hold"):
        group_against_rest([1], [1], [1], [1], [0, 1], [2])
    with pytest.raises(ValueError, match="without negative"):
        group_against_rest([-1], [1], [1], [1], [0, 1], [1])
