"""Do two groups of 2x2 tables share one odds ratio? Exact tails for many units at once, strata kept apart.

Tables are [[a, b], [c, d]]. Given all margins and the sum of all first cells, the law of one group's sum of first cells
does not depend on the common odds ratio. Zelen's test for two tables is the case of one table a group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arusha.inference import hypergeometric
from arusha.inference.segments import FloatArray, in_threads, row_pointers, whole_numbers


@dataclass(frozen=True)
class GroupAgainstRest:
    """One entry a unit; tails of the own group's sum of first cells under one odds ratio for all tables."""

    p_lower: FloatArray
    """Small where the own group's odds ratio is lower than the rest's."""
    p_upper: FloatArray
    """Small where it is higher."""
    point: FloatArray
    """The chance of the very sum seen, relative to the smaller tail accurate."""
    expected: FloatArray
    variance: FloatArray
    """1 / variance is the sampling variance of the log of the ratio of the two odds ratios."""


def group_against_rest(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, indptr: ArrayLike, own: ArrayLike, *, threads: int = 1
) -> GroupAgainstRest:
    """Exact one-sided tests that each unit's own tables have another odds ratio than its other tables.

    Parameters
    ----------
    a, b, c, d
        Cells of all tables, unit after unit; within a unit its own tables first, then the rest.
    indptr
        Units + 1 row pointers into the tables.
    own
        How many tables of each unit are its own (0 or more, at most all).

    Within each group all tables share an odds ratio under either hypothesis; margins may differ freely. A unit without
    tables in either group, or whose total leaves no room, has both tails 1. Raises ``ValueError`` for impossible
    counts.
    Sources: Zelen 1971; Gart 1970; tilting as in ``hypergeometric``.
    """
    from arusha.inference import group_homogeneity_kernel

    cells = tuple(whole_numbers(v, "counts") for v in (a, b, c, d))
    if any(v.ndim != 1 or v.size != cells[0].size for v in cells) or any(np.any(v < 0) for v in cells):
        raise ValueError("a, b, c and d must be flat arrays of one length without negative counts")
    pointers = row_pointers(indptr, cells[0].size)
    mine = whole_numbers(own, "own")
    if mine.shape != (pointers.size - 1,) or np.any(mine < 0) or np.any(mine > np.diff(pointers)):
        raise ValueError("own must hold one number of tables a unit, at most as many as it has")
    first, second, third, fourth = cells
    tables = hypergeometric.strata(first + second + third + fourth, first + second, first + third, pointers)
    out = [np.empty(mine.size) for _ in range(5)]
    in_threads(
        lambda i, j: group_homogeneity_kernel.group_against_rest(
            first, tables.M, tables.m, tables.n, tables.indptr, mine, i, j, *out
        ),
        mine.size,
        threads,
    )
    return GroupAgainstRest(*out)
