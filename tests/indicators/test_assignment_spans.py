"""Sums over longer spans of time are those that numpy gives, but for rounding."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.indicators.assignment_contrasts import Table


@pytest.mark.parametrize(
    "spans",
    [
        [365],
        [1, 7, 8, 9, 100, 129, 300],
        [7] * 52 + [1],
        [1] * 5,
        [1100],
    ],
    ids=["a year", "several lengths", "weeks", "days", "three years"],
)
def test_longer_spans_are_summed_as_numpy_sums(spans: list[int]) -> None:
    rng = np.random.default_rng(len(spans))
    within = np.repeat(np.arange(len(spans)), spans)
    shape = (5, within.size, 3)
    n = rng.integers(0, 3, shape[:2]).astype(float)
    # Without draws in a span there is nothing to add, as in the tables themselves.
    A, V, U = (rng.normal(size=shape) * (n > 0)[:, :, None] for _ in range(3))
    found = Table(A, V, U, n).over(within, len(spans))
    begins = np.searchsorted(within, np.arange(len(spans)))
    for ours, theirs in ((found.A, A), (found.V, V), (found.U, U), (found.n, n)):
        # numpy adds in pairs; the rounding of eleven hundred terms of size 1 is far below this.
        np.testing.assert_allclose(ours, np.add.reduceat(theirs, begins, axis=1), rtol=0, atol=1e-11)
