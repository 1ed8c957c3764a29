"""Codes of combinations of keys, whichever way they are numbered."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.indicators.assignment_draws import dense


@pytest.mark.parametrize("size", [0, 1, 2, 50, 5000])
@pytest.mark.parametrize("widths", [(3,), (40, 5), (10**5, 10**4, 10**3), (10**12,), (2**40, 7)], ids=str)
def test_combinations_are_numbered_in_their_order(size: int, widths: tuple[int, ...]) -> None:
    rng = np.random.default_rng(size)
    keys = [rng.integers(-1, width, size) for width in widths]
    # Half of the rows repeat others, so that codes are shared also where there are many.
    keys = [np.concatenate([key, key[: size // 2]]) for key in keys]
    code, count = dense(*keys)
    rows = list(zip(*(key.tolist() for key in keys), strict=True))
    number = {row: k for k, row in enumerate(sorted(set(rows)))}
    assert count == len(number)
    assert code.tolist() == [number[row] for row in rows]
