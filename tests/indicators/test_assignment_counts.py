"""Draws counted by stratum: the tables of levels and officers are those that plain sums over strata give."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.indicators.assignment_counts import Counted
from arusha.indicators.assignment_draws import BoolArray, IntArray, dense
from arusha.indicators.assignment_listing import Listing

LEVELS = 6
"""The last one is for draws without a level."""


def plain(
    stratum: IntArray, level: IntArray, outcome: IntArray, span: IntArray, shape: tuple[int, int, int], keep: BoolArray
) -> list[np.ndarray]:
    """A, V, U and n stratum by stratum, from the draws that are kept."""
    A, V, U, n = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape[:2])
    level = np.where(level < 0, shape[0] - 1, level)
    for s in np.unique(stratum[keep]).tolist():
        here = keep & (stratum == s)
        t, M = int(span[s]), int(here.sum())
        share = np.bincount(outcome[here], minlength=shape[2]) / M
        for c in np.unique(level[here]).tolist():
            k = int(np.sum(here & (level == c)))
            A[c, t] += np.bincount(outcome[here & (level == c)], minlength=shape[2]) - k * share
            n[c, t] += k
            if M > 1:
                V[c, t] += k * (M - k) / (M - 1) * share * (1 - share)
                U[c, t] += k * M / (M - 1) * share * (1 - share)
    return [A, V, U, n]


@pytest.mark.parametrize(("outcomes", "strata"), [(4, 9), (40, 60), (3, 200)], ids=["dense", "sparse", "small"])
def test_tables_with_and_without_a_declarant_are_plain_sums(outcomes: int, strata: int) -> None:
    rng = np.random.default_rng(outcomes)
    size = 400
    stratum, strata = dense(np.sort(rng.integers(0, strata, size)))
    level, outcome = rng.integers(-1, LEVELS - 1, size), rng.integers(0, outcomes, size)
    week = np.sort(rng.integers(0, 3, strata))
    spans = {"whole": (np.zeros(strata, dtype=np.int64), 1), "week": (week, 3)}
    counted = Counted.of(Listing.of(stratum, strata), spans, outcome, outcomes)
    mine = np.flatnonzero((stratum == 2) | (rng.random(size) < 0.2))  # all of one stratum, and some of others
    for rows in (None, mine, mine[:0]):
        keep = np.ones(size, dtype=bool)
        own = None if rows is None else counted.own(rows)
        keep[[] if rows is None else rows] = False
        found = counted.tables("feature", level, LEVELS, ("whole", "week"), own)
        for table, (span, many) in zip(found, spans.values(), strict=True):
            expected = plain(stratum, level, outcome, span, (LEVELS, many, outcomes), keep)
            for ours, theirs in zip((table.A, table.V, table.U, table.n), expected, strict=True):
                # Sums of at most 400 terms of size 1.
                np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
        (alone,) = counted.tables("feature", level, LEVELS, ("week",), own, with_replacement=False)
        assert alone.U.size == 0
        np.testing.assert_array_equal(alone.V, found[1].V)
        np.testing.assert_array_equal(alone.A, found[1].A)
    # Where nothing is kept the same comes out, digit by digit, in one go.
    once = Counted.of(Listing.of(stratum, strata), spans, outcome, outcomes, keep=False)
    kept, quick = (c.tables("feature", level, LEVELS, ("whole", "week")) for c in (counted, once))
    for one, other in zip(kept, quick, strict=True):
        for ours, theirs in zip((one.A, one.V, one.U, one.n), (other.A, other.V, other.U, other.n), strict=True):
            np.testing.assert_array_equal(ours, theirs)
