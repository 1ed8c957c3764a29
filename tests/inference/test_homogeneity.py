"""Homogeneity of odds ratios against rational enumeration, and its size and power by simulation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import homogeneity as ho


def sets_of_tables(tables: list[tuple[int, int, int, int]]) -> dict[tuple[int, ...], Fraction]:
    """First cells -> chance, given margins and total."""
    total = sum(t[0] for t in tables)
    ranges, laws = [], []
    for a, b, c, d in tables:
        M, m, n = a + b + c + d, a + b, a + c
        ranges.append(range(max(0, m + n - M), min(m, n) + 1))
        laws.append({k: Fraction(comb(m, k) * comb(M - m, n - k)) for k in ranges[-1]})
    weights = {
        cells: prod((law[k] for law, k in zip(laws, cells, strict=True)), start=Fraction(1))
        for cells in product(*ranges)
        if sum(cells) == total
    }
    whole = sum(weights.values())
    return {cells: w / whole for cells, w in weights.items()}


table = st.tuples(*[st.integers(0, 7)] * 4)


@settings(deadline=None, max_examples=80)
@given(st.lists(table, min_size=1, max_size=4))
def test_equal_to_enumeration(tables):
    law = sets_of_tables(tables)
    seen = tuple(t[0] for t in tables)
    flat = np.array(tables).T
    found = ho.first_against_others(*flat, [0, len(tables)])
    wanted_lower = sum(p for cells, p in law.items() if cells[0] <= seen[0])
    wanted_upper = sum(p for cells, p in law.items() if cells[0] >= seen[0])
    assert found.p_lower[0] == pytest.approx(float(wanted_lower), rel=1e-11)
    assert found.p_upper[0] == pytest.approx(float(wanted_upper), rel=1e-11)
    assert found.expected[0] == pytest.approx(float(sum(p * cells[0] for cells, p in law.items())), rel=1e-11)
    bound = law[seen] * Fraction(10_000_001, 10_000_000)
    two_sided = sum(p for p in law.values() if p <= bound)
    assert ho.zelen(*flat, [0, len(tables)])[0] == pytest.approx(float(two_sided), rel=1e-11)


def test_far_tails_keep_their_accuracy():
    tables = [(2, 58, 55, 5), (60, 4, 3, 60), (40, 10, 12, 50)]
    law = sets_of_tables(tables)
    flat = np.array(tables).T
    found = ho.first_against_others(*flat, [0, 3])
    wanted = sum(p for cells, p in law.items() if cells[0] <= 2)
    assert float(wanted) < 1e-40
    assert found.p_lower[0] == pytest.approx(float(wanted), rel=1e-10)
    mirrored = np.array([(b, a, d, c) for a, b, c, d in tables]).T
    assert ho.first_against_others(*mirrored, [0, 3]).p_upper[0] == pytest.approx(float(wanted), rel=1e-10)


def test_a_common_odds_ratio_far_from_one_does_not_matter():
    tables = np.array([(900, 20, 25, 1000), (800, 30, 20, 700)])
    found = ho.first_against_others(*tables.T, [0, 2])
    assert 0 < found.p_lower[0] < 1
    assert found.p_lower[0] + found.p_upper[0] > 1


def test_many_units_equal_one_at_a_time_on_any_threads():
    random = np.random.default_rng(3)
    sizes = random.integers(1, 5, 40)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    flat = random.integers(0, 12, (4, indptr[-1]))
    together = ho.first_against_others(*flat, indptr, threads=2)
    two_sided = ho.zelen(*flat, indptr, threads=2)
    for unit in range(40):
        part = flat[:, indptr[unit] : indptr[unit + 1]]
        alone = ho.first_against_others(*part, [0, sizes[unit]])
        assert together.p_lower[unit] == alone.p_lower[0]
        assert together.p_upper[unit] == alone.p_upper[0]
        assert two_sided[unit] == ho.zelen(*part, [0, sizes[unit]])[0]


def test_size_and_power():
    """2,000 worlds of a table against three others; odds ratios 3 everywhere, then 1 in the first."""
    random = np.random.default_rng(12)
    worlds = 2000

    def draw(first_odds: float) -> tuple[list[np.ndarray], np.ndarray]:
        n1, n2 = random.integers(15, 60, (2, worlds, 4))
        base = random.uniform(0.1, 0.4, (worlds, 4))
        odds = np.tile([first_odds, 3, 3, 3], (worlds, 1))
        a = random.binomial(n1, odds * base / (1 - base + odds * base))
        c = random.binomial(n2, base)
        return [v.ravel() for v in (a, n1 - a, c, n2 - c)], np.arange(worlds + 1) * 4

    even = ho.first_against_others(*draw(3.0)[0], np.arange(worlds + 1) * 4)
    for p in (even.p_lower, even.p_upper):
        for rate in (0.01, 0.05):
            assert np.mean(p <= rate) <= rate + 3.3 * np.sqrt(rate * (1 - rate) / worlds)
        assert np.mean(p <= 0.05) > 0.02
    lower = ho.first_against_others(*draw(1.0)[0], np.arange(worlds + 1) * 4)
    # At least five times the rate; measured 0.39 with a standard error of 0.011.
    assert np.mean(lower.p_lower <= 0.05) > 0.25
    assert np.mean(lower.p_upper <= 0.05) < 0.01


def test_noncentral_tails():
    x = np.arange(0, 16)
    law = stats.nchypergeom_fisher(50, 20, 15, np.exp(1.2))
    found = ho.noncentral_upper_tail(x, 50, 20, 15, 1.2)
    np.testing.assert_allclose(found, [law.pmf(np.arange(k, 16)).sum() for k in x], rtol=1e-10)
    lower = ho.noncentral_lower_tail(x, 50, 20, 15, 1.2)
    np.testing.assert_allclose(lower, [law.pmf(np.arange(0, k + 1)).sum() for k in x], rtol=1e-10)


def test_too_many_sets_are_refused_with_the_way_out():
    wide = np.full((4, 5), 200)
    with pytest.raises(ValueError, match="first_against_others"):
        ho.zelen(*wide, [0, 5])
    with pytest.raises(ValueError, match="at least one table"):
        ho.first_against_others([1], [1], [1], [1], [0, 0, 1])
