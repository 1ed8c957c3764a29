"""Permutation tests: all arrangements by brute force, reference values, determinism, size."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from arusha.inference import permutation as pm


def all_arrangements(stratum, row, column, block, tested):
    """Every permutation of labels among blocks within strata: counts of the tested cells."""
    names = list(dict.fromkeys(block))
    of = {b: [i for i, x in enumerate(block) if x == b] for b in names}
    strata = sorted(set(stratum))
    members = [[b for b in names if stratum[of[b][0]] == s] for s in strata]
    labels = [[row[of[b][0]] for b in m] for m in members]
    out = []
    for way in product(*[list(permutations(x)) for x in labels]):
        counts = dict.fromkeys(tested, 0)
        for m, given in zip(members, way, strict=True):
            for b, label in zip(m, given, strict=True):
                for i in of[b]:
                    if (label, column[i]) in counts:
                        counts[(label, column[i])] += 1
        out.append([counts[t] for t in tested])
    return np.array(out, dtype=float)


EXAMPLE = {
    "stratum": list("aaaaaabbbbbb"),
    "block": [1, 1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9],
    "row": list("ppqqrprrrpqp"),
    "column": list("xxyxzyxyxzxx"),
}


def test_moments_and_p_equal_all_arrangements():
    tested = [("p", "x"), ("q", "x"), ("r", "z")]
    every = all_arrangements(**EXAMPLE, tested=tested)
    found = pm.permuted_cells(
        EXAMPLE["stratum"],
        EXAMPLE["row"],
        EXAMPLE["column"],
        ([t[0] for t in tested], [t[1] for t in tested]),
        block=EXAMPLE["block"],
        draws=40_000,
        seed=3,
    )
    np.testing.assert_allclose(found.expected, every.mean(0), rtol=1e-12)
    np.testing.assert_allclose(found.sd, every.std(0), rtol=1e-12)
    z = (every - every.mean(0)) / every.std(0)
    # Five standard errors of a share from 40,000 draws.
    assert found.p_largest == pytest.approx(np.mean(z.max(1) >= found.largest_z - 1e-9), abs=0.0125)
    assert found.p_total == pytest.approx(np.mean((z**2).sum(1) >= found.total - 1e-9), abs=0.0125)
    for i in range(3):
        assert found.p_family[i] == pytest.approx(np.mean(z.max(1) >= found.z[i] - 1e-9), abs=0.0125)


def test_without_blocks_the_moments_are_hypergeometric():
    random = np.random.default_rng(4)
    stratum, row, column = random.integers(0, 4, 300), random.integers(0, 5, 300), random.integers(0, 6, 300)
    i, j = (v.ravel() for v in np.indices((5, 6)))
    found = pm.permuted_cells(stratum, row, column, (i, j), draws=1, seed=1)
    for k in range(30):
        mean = variance = 0.0
        for s in range(4):
            here = stratum == s
            law = stats.hypergeom(here.sum(), (here & (row == i[k])).sum(), (here & (column == j[k])).sum())
            mean, variance = mean + law.mean(), variance + law.var()
        assert found.expected[k] == pytest.approx(mean, rel=1e-10)
        assert found.sd[k] == pytest.approx(np.sqrt(variance), rel=1e-10)
    np.testing.assert_array_equal(found.count, [np.sum((row == a) & (column == b)) for a, b in zip(i, j, strict=True)])


def test_same_bits_on_any_threads_and_another_seed_differs():
    random = np.random.default_rng(5)
    args = random.integers(0, 3, 200), random.integers(0, 4, 200), random.integers(0, 8, 200)
    tested = ([0, 1, 2], [0, 1, 2])
    one = pm.permuted_cells(*args, tested, draws=999, seed=7)
    two = pm.permuted_cells(*args, tested, draws=999, seed=7, threads=2)
    other = pm.permuted_cells(*args, tested, draws=999, seed=8)
    np.testing.assert_array_equal(one.p_family, two.p_family)
    assert (one.p_total, one.p_largest) == (two.p_total, two.p_largest)
    assert not np.array_equal(one.p_family, other.p_family)


def test_size_of_the_maximum_and_the_total():
    """300 worlds without association, batches kept whole: p <= 10% at most 10% of the time, and not never."""
    random = np.random.default_rng(6)
    largest, total = [], []
    for world in range(300):
        size = random.integers(1, 6, 60)
        block = np.repeat(np.arange(60), size)
        row = random.integers(0, 4, 60)[block]
        column = random.integers(0, 5, 60)[block]  # whole batches of one column: heavy clustering
        i, j = (v.ravel() for v in np.indices((4, 5)))
        found = pm.permuted_cells(np.zeros(block.size), row, column, (i, j), block=block, draws=199, seed=world)
        largest.append(found.p_largest <= 0.1)
        total.append(found.p_total <= 0.1)
    error = np.sqrt(0.1 * 0.9 / 300)
    for shares in (largest, total):
        assert abs(np.mean(shares) - 0.1) < 3.3 * error


def test_a_planted_cell_is_found():
    random = np.random.default_rng(7)
    stratum, row, column = random.integers(0, 20, 2000), random.integers(0, 8, 2000), random.integers(0, 30, 2000)
    row = np.where((column == 3) & (random.uniform(size=2000) < 0.6), 2, row)
    i, j = (v.ravel() for v in np.indices((8, 30)))
    found = pm.permuted_cells(stratum, row, column, (i, j), draws=999, seed=1)
    assert found.p_family[(i == 2) & (j == 3)] == 0.001
    assert np.sum(found.p_family <= 0.05) == 1


def test_reference_two_samples(golden):
    """Water permeability of 15 human chorioamnia (Hollander and Wolfe 1999, table 4.1), as in the reference."""
    term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    early = [1.15, 0.88, 0.90, 0.74, 1.21]
    wanted = golden("classical_tests")
    two = pm.mean_difference(term, early)
    assert two.exact
    assert two.difference == pytest.approx(wanted["perm_exact_bruteforce"]["obs"], rel=1e-12)
    assert two.p == pytest.approx(wanted["perm_exact_meandiff"]["p_two"], rel=1e-12)
    assert two.z == pytest.approx(wanted["perm_exact_meandiff"]["statistic_Z"], rel=1e-12)
    assert 2 * stats.norm.sf(two.z) == pytest.approx(wanted["perm_asym"]["p"], rel=1e-10)
    greater = pm.mean_difference(term, early, alternative="greater")
    assert greater.p == pytest.approx(wanted["perm_exact_meandiff"]["p_greater_xy"], rel=1e-12)
    less = pm.mean_difference(term, early, alternative="less")
    assert less.p == pytest.approx(wanted["perm_exact_meandiff"]["p_less"], rel=1e-12)
    drawn = pm.mean_difference(term, early, most_arrangements=10, draws=9_999)
    assert not drawn.exact
    assert drawn.p == pytest.approx(two.p, abs=0.017)  # five standard errors


def test_refusals():
    with pytest.raises(ValueError, match="one stratum"):
        pm.permuted_cells([1, 2], ["a", "a"], ["x", "x"], (["a"], ["x"]), block=[1, 1], draws=9, seed=1)
    with pytest.raises(ValueError, match="one row label"):
        pm.permuted_cells([1, 1], ["a", "b"], ["x", "x"], (["a"], ["x"]), block=[1, 1], draws=9, seed=1)
    with pytest.raises(ValueError, match="does not occur"):
        pm.permuted_cells([1, 1], ["a", "b"], ["x", "x"], (["c"], ["x"]), draws=9, seed=1)
    with pytest.raises(ValueError, match="tested twice"):
        pm.permuted_cells([1, 1], ["a", "b"], ["x", "x"], (["a", "a"], ["x", "x"]), draws=9, seed=1)
    fixed = pm.permuted_cells([1, 2], ["a", "b"], ["x", "x"], (["a"], ["x"]), draws=9, seed=1)
    assert np.isnan(fixed.z[0])
    assert np.isnan(fixed.p_largest)
