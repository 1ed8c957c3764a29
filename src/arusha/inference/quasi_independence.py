"""Margins that one strong cell has not bent: quasi-independence in tables of rows by columns within strata.

Under fixed margins a cell with an excess pushes the other cells of its row and column below theirs, and the cells of
other rows and columns above (swamping). Cells known to be out of line are called structural here and taken out of the
comparison. Two devices: ``fitted`` gives expected counts by iterative proportional fitting around structural cells;
``sub_tables`` gives, for each tested cell, a sub-table that holds it and no structural cell, in which the exact
conditional tests hold without any fitting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from arusha.inference import hypergeometric
from arusha.inference.segments import FloatArray, IntArray, whole_numbers


@dataclass(frozen=True)
class Fitted:
    """Expected counts under quasi-independence; 0 at structural cells."""

    expected: FloatArray
    """Shape as the table's."""
    converged: bool
    iterations: int


def fitted(
    table: ArrayLike, structural: ArrayLike, *, tolerance: float = 1e-10, most_iterations: int = 20_000
) -> Fitted:
    """Iterative proportional fitting of rows times columns to the margins of the cells that are not structural.

    Parameters
    ----------
    table
        Counts, rows x columns or strata x rows x columns (each stratum fitted apart).
    structural
        True at structural cells; the table's shape, or rows x columns for all strata.

    Converged when every margin is met within ``tolerance`` times its size. Raises ``ValueError`` for negative counts or
    shapes that do not fit. Source: Goodman 1968; Bishop, Fienberg and Holland 1975, chapter 5.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim not in (2, 3) or not np.all(np.isfinite(counts) & (counts >= 0)):
        raise ValueError("the table must be rows x columns, or strata of these, without negative or missing counts")
    free = ~np.broadcast_to(np.asarray(structural, dtype=np.bool_), counts.shape)
    kept = np.where(free, counts, 0.0)
    rows, columns = kept.sum(-1, keepdims=True), kept.sum(-2, keepdims=True)
    expected = free.astype(np.float64)
    for iteration in range(1, most_iterations + 1):
        total = expected.sum(-1, keepdims=True)
        expected = expected * np.where(total > 0, rows / np.where(total > 0, total, 1.0), 0.0)
        total = expected.sum(-2, keepdims=True)
        expected = expected * np.where(total > 0, columns / np.where(total > 0, total, 1.0), 0.0)
        # The columns were just met: the rows say how far it is still off.
        if np.all(np.abs(expected.sum(-1, keepdims=True) - rows) <= tolerance * np.maximum(rows, 1.0)):
            return Fitted(expected, True, iteration)
    return Fitted(expected, False, most_iterations)


@dataclass(frozen=True)
class SubTables:
    """For each tested cell its observed sum and the strata of its sub-table, ready for the exact tails."""

    t: IntArray
    strata: hypergeometric.Strata
    dropped_rows: IntArray
    """Rows of the whole table left out of the tested cell's sub-table."""
    dropped_columns: IntArray
    counts_kept: IntArray
    """Sum over strata of the sub-table's counts, also of strata that cannot inform."""


def _place(names: NDArray[np.generic], values: NDArray[np.generic], what: str) -> IntArray:
    at = np.searchsorted(names, values)
    found = at < names.size
    if values.size and not (found.all() and np.all(names[np.minimum(at, names.size - 1)] == values)):
        raise ValueError(f"a tested or structural {what} does not occur in the table")
    return at.astype(np.int64)


def _drops(row: int, columns_of: dict[int, set[int]], column: int) -> tuple[frozenset[int], frozenset[int]]:
    """Rows and columns to leave out so that the sub-table of the cell (``row``, ``column``) has no structural cell.

    Structural cells in the row itself go with their columns; any other with its row, unless its column has gone.
    """
    columns = frozenset(columns_of.get(row, set()) - {column})
    rows = frozenset(other for other, theirs in columns_of.items() if other != row and not theirs <= columns)
    return rows, columns


def _assembled(
    g: IntArray,
    r: IntArray,
    c: IntArray,
    values: IntArray,
    shape: tuple[int, int, int],
    test_r: IntArray,
    test_c: IntArray,
    columns_of: dict[int, set[int]],
) -> SubTables:
    """Sub-tables of all tested cells; cells with the same rows and columns left out share one pass over the table."""
    together: dict[tuple[frozenset[int], frozenset[int]], list[int]] = {}
    drops: dict[tuple[int, int], tuple[frozenset[int], frozenset[int]]] = {}
    for i, (row, column) in enumerate(zip(test_r.tolist(), test_c.tolist(), strict=True)):
        # Only a structural tested cell's own column makes a difference within a row.
        key = (row, column if column in columns_of.get(row, ()) else -1)
        if key not in drops:
            drops[key] = _drops(row, columns_of, column)
        together.setdefault(drops[key], []).append(i)
    n_cells = test_r.size
    t = np.zeros(n_cells, dtype=np.int64)
    lost_rows, lost_columns, kept_counts = np.zeros((3, n_cells), dtype=np.int64)
    parts: list[tuple[IntArray, IntArray, IntArray, IntArray, IntArray]] = []
    for (rows, columns), members in together.items():
        cells = np.array(members, dtype=np.int64)
        inside = ~(np.isin(r, list(rows)) | np.isin(c, list(columns)))
        parts.append(_one_pass(g[inside], r[inside], c[inside], values[inside], shape, cells, test_r, test_c, t))
        lost_rows[cells], lost_columns[cells] = len(rows), len(columns)
        kept_counts[cells] = values[inside].sum()
    cell, M, m, n, _ = (np.concatenate([p[i] for p in parts] or [np.zeros(0, dtype=np.int64)]) for i in range(5))
    order = np.argsort(cell, kind="stable")
    indptr = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=n_cells))])
    return SubTables(
        t, hypergeometric.strata(M[order], m[order], n[order], indptr), lost_rows, lost_columns, kept_counts
    )


def _one_pass(
    g: IntArray,
    r: IntArray,
    c: IntArray,
    values: IntArray,
    shape: tuple[int, int, int],
    cells: IntArray,
    test_r: IntArray,
    test_c: IntArray,
    t: IntArray,
) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Tested cell, M, m, n and stratum, one entry a stratum where the cell's row and column both occur; fills ``t``."""
    strata, rows, columns = shape
    M = np.zeros(strata, dtype=np.int64)
    np.add.at(M, g, values)
    row_margin = sparse.csr_array((values, (r, g)), shape=(rows, strata))
    column_margin = sparse.csr_array((values, (c, g)), shape=(columns, strata))
    pair = sparse.csr_array((values, (r, c)), shape=(rows, columns))
    for margin in (row_margin, column_margin, pair):
        margin.sum_duplicates()
        margin.eliminate_zeros()
    t[cells] = np.asarray(pair[test_r[cells], test_c[cells]]).ravel()
    found = []
    # In pieces, so that a hundred thousand cells do not need all their strata at once.
    for piece in np.array_split(cells, max(1, cells.size // 20_000)):
        m_all, n_all = row_margin[test_r[piece]], column_margin[test_c[piece]]
        m = (m_all * n_all.sign()).tocsr()
        n = (m_all.sign() * n_all).tocsr()
        m.sort_indices()
        n.sort_indices()
        cell = np.repeat(piece, np.diff(m.indptr))
        found.append((cell, M[m.indices], m.data.astype(np.int64), n.data.astype(np.int64), m.indices.astype(np.int64)))
    cell, total, m_data, n_data, stratum = (np.concatenate([f[i] for f in found]) for i in range(5))
    return cell, total, m_data, n_data, stratum


def sub_tables(
    stratum: ArrayLike,
    row: ArrayLike,
    column: ArrayLike,
    count: ArrayLike,
    tested: tuple[ArrayLike, ArrayLike],
    structural: tuple[ArrayLike, ArrayLike] = ((), ()),
) -> SubTables:
    """The margins (M, m, n) a stratum for each tested cell, within its sub-table without structural cells.

    Parameters
    ----------
    stratum, row, column, count
        The table in sparse form, one entry a non-empty cell (repeated entries add up).
    tested
        Rows and columns of the tested cells.
    structural
        Rows and columns of the structural cells (in all strata). A tested cell that is structural itself is tested
        against the others.

    For a tested cell (r, c): columns c' with (r, c') structural are left out; so are rows r' that have a structural
    cell in a remaining column. Given the margins of what remains, the tested cell is hypergeometric in each stratum if
    rows and columns are independent there. Strata where the row or the column is empty say nothing and are not listed.
    Raises ``ValueError`` for cells that are not in the table.
    """
    g_names, g = np.unique(np.asarray(stratum), return_inverse=True)
    r_names, r = np.unique(np.asarray(row), return_inverse=True)
    c_names, c = np.unique(np.asarray(column), return_inverse=True)
    values = whole_numbers(count, "count")
    if not g.shape == r.shape == c.shape == values.shape or values.ndim != 1 or np.any(values < 0):
        raise ValueError("stratum, row, column and count must be flat arrays of one length, without negative counts")
    test_r = _place(r_names, np.asarray(tested[0]), "row")
    test_c = _place(c_names, np.asarray(tested[1]), "column")
    columns_of: dict[int, set[int]] = {}
    for i, j in zip(
        _place(r_names, np.asarray(structural[0], dtype=r_names.dtype), "row"),
        _place(c_names, np.asarray(structural[1], dtype=c_names.dtype), "column"),
        strict=True,
    ):
        columns_of.setdefault(int(i), set()).add(int(j))
    return _assembled(g, r, c, values, (g_names.size, r_names.size, c_names.size), test_r, test_c, columns_of)
