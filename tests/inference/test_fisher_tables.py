"""Fisher's test of larger tables: R's values, every table of small margins, and tables of two rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import factorial
from typing import Any

import numpy as np
import pytest
from scipy import stats

from arusha.inference import fisher_table, fisher_tables

Golden = Callable[[str], dict[str, Any]]

# fisher.test of R 4.2.2 (workspace = 2e7) on drawn tables.
DRAWN = [
    ([[0, 2, 0], [2, 1, 2]], 0.2380952380952379),
    ([[7, 7, 5], [8, 6, 5], [4, 8, 5]], 0.8194361256855969),
    ([[9, 10, 6, 10, 15, 6], [8, 10, 7, 8, 10, 15]], 0.3951570670843239),
    ([[4, 2, 3, 0], [2, 2, 3, 3], [2, 1, 3, 2]], 0.7492759630177916),
    ([[8, 6, 3], [5, 9, 4], [5, 4, 8], [3, 2, 6], [3, 6, 3]], 0.3361641948578102),
    ([[1, 6, 1], [0, 1, 1]], 0.5333333333333325),
    ([[8, 2, 7], [5, 5, 3], [2, 2, 6]], 0.2745907720225118),
    ([[12, 7, 8, 16, 10, 6], [2, 1, 1, 7, 2, 3]], 0.722817738924206),
    ([[5, 2, 2, 1], [3, 2, 2, 1], [3, 4, 1, 1]], 0.9578021889752365),
    ([[13, 16, 6], [3, 4, 1], [7, 10, 4], [10, 16, 5], [10, 12, 4]], 0.9997891927326289),
    ([[6, 3, 8, 4], [8, 5, 10, 5], [7, 3, 6, 5], [6, 2, 4, 3]], 0.9983096519190633),
]


def test_the_reference(golden: Golden) -> None:
    """1e-10: R adds up chances in single steps of its network; the two agree to 1e-11 here."""
    job = golden("classical_tests")["fisher_rxc_job"]
    table = np.array(job["table_rowmajor"]).reshape(job["nrow"], -1)
    assert fisher_table(table) == pytest.approx(job["p"], rel=1e-10)


@pytest.mark.parametrize(("table", "p"), DRAWN)
def test_drawn_tables(table: list[list[int]], p: float) -> None:
    assert fisher_table(table) == pytest.approx(p, rel=1e-10)
    assert fisher_table(np.array(table).T) == pytest.approx(p, rel=1e-10)


def every_table(rows: list[int], columns: list[int]) -> list[np.ndarray]:
    """All tables with these margins, by trying every cell but the last row and column."""
    found = []
    free = (len(rows) - 1, len(columns) - 1)
    for cells in product(*(range(min(rows[i], columns[j]) + 1) for i in range(free[0]) for j in range(free[1]))):
        table = np.zeros((len(rows), len(columns)), dtype=int)
        table[:-1, :-1] = np.reshape(cells, free)
        table[:-1, -1] = rows[:-1] - table[:-1, :-1].sum(axis=1)
        table[-1] = columns - table[:-1].sum(axis=0)
        if table.min() >= 0:
            found.append(table)
    return found


def test_every_table_by_integers() -> None:
    """p as a ratio of whole numbers, over all tables of two sets of margins, three rows and four columns."""
    for rows, columns in (([3, 2, 4], [1, 2, 3, 3]), ([2, 2, 3], [1, 1, 2, 3])):
        tables = every_table(rows, columns)
        whole = factorial(sum(rows)) ** 3
        ways = [whole // int(np.prod([factorial(int(v)) for v in t.ravel()], dtype=object)) for t in tables]
        for t, own in list(zip(tables, ways, strict=True))[::7]:
            assert fisher_table(t) == pytest.approx(sum(w for w in ways if w <= own) / sum(ways), rel=1e-12)


def test_two_rows_agree_with_the_test_of_two_by_two() -> None:
    random = np.random.default_rng(1)
    for _ in range(20):
        t = random.poisson(6, (2, 2))
        if min(t.sum(axis=0).min(), t.sum(axis=1).min()) > 0:
            assert fisher_table(t) == pytest.approx(float(stats.fisher_exact(t).pvalue), rel=1e-9)


def test_size_by_simulation() -> None:
    """Refused at 5% in at most 5% of 400 tables dealt at random, within 3.3 standard errors."""
    random = np.random.default_rng(2)
    drawn = stats.random_table([6, 8, 5], [4, 7, 8]).rvs(400, random_state=random)
    refused = np.mean([fisher_table(t) <= 0.05 for t in drawn])
    assert refused <= 0.05 + 3.3 * np.sqrt(0.05 * 0.95 / 400)
    assert refused > 0.01


def test_the_likeliest_of_a_large_table_is_told_at_once() -> None:
    """Every other table is less likely: bounds of what is to come settle it without dealing."""
    assert fisher_table(np.full((5, 6), 12)) == pytest.approx(1.0, rel=1e-9)


def test_what_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fisher_table([[3, 0, 1], [2, 0, 4], [0, 0, 0]]) == fisher_table([[3, 1], [2, 4]])
    with pytest.raises(ValueError, match="fewer than two"):
        fisher_table([[3, 0], [2, 0]])
    with pytest.raises(ValueError, match="whole numbers"):
        fisher_table([[3.5, 1], [2, 4]])
    monkeypatch.setattr(fisher_tables, "MOST", 1000)
    with pytest.raises(ValueError, match="too many ways"):
        fisher_table([[4, 9, 2, 7], [8, 3, 6, 1], [5, 5, 9, 2], [1, 8, 3, 9]])
