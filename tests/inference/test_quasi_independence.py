"""Quasi-independence by brute force, by invariants, and its cure of swamping by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.inference import hypergeometric as hg
from arusha.inference import quasi_independence as qi


def test_fitted_without_structural_cells_is_the_product_of_margins():
    table = np.array([[10, 4, 3], [2, 8, 5]])
    found = qi.fitted(table, np.zeros((2, 3), dtype=bool))
    assert found.converged
    np.testing.assert_allclose(found.expected, np.outer(table.sum(1), table.sum(0)) / table.sum(), rtol=1e-10)


def test_fitted_meets_the_margins_around_structural_cells_and_is_a_product():
    random = np.random.default_rng(1)
    table = random.poisson(8, (3, 6, 5))
    structural = np.zeros((6, 5), dtype=bool)
    structural[0, 0] = structural[2, 3] = True
    found = qi.fitted(table, structural)
    kept = np.where(structural, 0, table)
    assert found.converged
    np.testing.assert_allclose(found.expected.sum(1), kept.sum(1), rtol=1e-8)
    np.testing.assert_allclose(found.expected.sum(2), kept.sum(2), rtol=1e-8)
    assert np.all(found.expected[:, structural] == 0)
    # Odds ratios of any two rows and columns without structural cells are 1.
    e = found.expected
    np.testing.assert_allclose(e[:, 3, 1] * e[:, 5, 4], e[:, 3, 4] * e[:, 5, 1], rtol=1e-8)


def test_fitted_diagonal_is_the_known_closed_form():
    """A 3 x 3 table without its diagonal is saturated but for one cell: symmetric tables fit themselves."""
    table = np.array([[0, 5, 9], [5, 0, 4], [9, 4, 0]])
    found = qi.fitted(table, np.eye(3, dtype=bool))
    np.testing.assert_allclose(found.expected, table, rtol=1e-8)


cells = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 4), st.integers(1, 6)), min_size=1, max_size=40
)


@settings(deadline=None, max_examples=100)
@given(cells, st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_sub_tables_equal_the_definition(entries, wanted_structural):
    g, r, c, count = (np.array(column) for column in zip(*entries, strict=True))
    structural = sorted((i, j) for i, j in wanted_structural if i in r and j in c)
    tested = [(i, j) for i in np.unique(r) for j in np.unique(c)]
    found = qi.sub_tables(
        g,
        r,
        c,
        count,
        ([i for i, _ in tested], [j for _, j in tested]),
        ([i for i, _ in structural], [j for _, j in structural]),
    )
    table = np.zeros((3, 5, 5), dtype=int)
    np.add.at(table, (g, r, c), count)
    for k, (i, j) in enumerate(tested):
        columns = {b for a, b in structural if a == i and b != j}
        rows = {a for a, b in structural if a != i and b not in columns}
        assert all((a == i and b == j) or a in rows or b in columns for a, b in structural)
        keep_r, keep_c = [a for a in range(5) if a not in rows], [b for b in range(5) if b not in columns]
        part = table[:, keep_r][:, :, keep_c]
        strata = []
        for s in range(3):
            M, m, n = part[s].sum(), part[s][keep_r.index(i)].sum(), part[s][:, keep_c.index(j)].sum()
            if m and n:
                strata.append((M, m, n))
        a, b = found.strata.indptr[k : k + 2]
        mine = list(zip(found.strata.M[a:b], found.strata.m[a:b], found.strata.n[a:b], strict=True))
        assert mine == strata
        assert found.t[k] == table[:, i, j].sum()
        assert found.counts_kept[k] == part.sum()
        assert (found.dropped_rows[k], found.dropped_columns[k]) == (len(rows), len(columns))


def test_labels_of_any_kind_and_no_structural_cells():
    found = qi.sub_tables(["d1", "d1", "d2"], ["x", "y", "x"], ["b", "b", "c"], [3, 4, 5], (["x", "y"], ["b", "c"]))
    assert found.t.tolist() == [3, 0]
    assert found.strata.M.tolist() == [7]
    assert found.strata.indptr.tolist() == [0, 1, 1]


def test_what_is_not_in_the_table_is_refused():
    with pytest.raises(ValueError, match="does not occur"):
        qi.sub_tables([1], ["x"], ["b"], [3], (["z"], ["b"]))
    with pytest.raises(ValueError, match="negative"):
        qi.sub_tables([1], ["x"], ["b"], [-3], (["x"], ["b"]))


def test_swamping_is_cured():
    """12 rows, a column of 30% of the trade steered to row 0: how often honest cells come out as excess at 1%.

    400 worlds. With plain margins the other columns of other rows take what row 0 lost; within sub-tables the rate of
    small p among honest cells is at most nominal again (3.3 standard errors over worlds).
    """
    random = np.random.default_rng(2)
    share = np.array([0.3, 0.2, 0.2, 0.1, 0.1, 0.1])
    plain, cured = [], []
    for _ in range(400):
        table = np.zeros((12, 6), dtype=np.int64)
        for column, size in enumerate((share * 2400).astype(int)):
            chance = np.full(12, 1 / 12)
            if column == 0:
                chance = np.full(12, 0.4 / 11)
                chance[0] = 0.6
            table[:, column] = random.multinomial(size, chance)
        # The desk's work is shared evenly: row 0, full of column 0, gets less of the others.
        others = table[0, 1:].copy()
        moved = random.binomial(others, 0.8)
        table[0, 1:] -= moved
        for column, number in enumerate(moved, start=1):
            table[1:, column] += random.multinomial(number, np.full(11, 1 / 11))
        r, c = (v.ravel() for v in np.indices(table.shape))
        tested = (np.repeat(np.arange(1, 12), 5), np.tile(np.arange(1, 6), 11))
        for structural, into in ((((), ()), plain), (([0], [0]), cured)):
            found = qi.sub_tables(np.zeros(r.size), r, c, table.ravel(), tested, structural)
            p, _ = hg.upper(found.strata, found.t)
            into.append(np.mean(p <= 0.01))
    assert np.mean(plain) > 0.05
    assert np.mean(cured) <= 0.01 + 3.3 * np.std(cured) / 20
