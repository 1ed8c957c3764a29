"""Ragged arrays: one flat array and the places where each unit's part begins (the row pointers of a CSR matrix)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
R = TypeVar("R")


def whole_numbers(values: ArrayLike, name: str) -> IntArray:
    """``values`` as int64, shape kept.

    Raises ``ValueError`` where a value is not a whole number or is missing.
    """
    given = np.asarray(values)
    if given.dtype.kind in "iub":
        return np.ascontiguousarray(given, dtype=np.int64)
    as_float = np.asarray(given, dtype=np.float64)
    if not np.all(np.isfinite(as_float)) or np.any(as_float != np.floor(as_float)):
        raise ValueError(f"{name} must be whole numbers without missing values")
    return np.ascontiguousarray(as_float, dtype=np.int64)


def row_pointers(indptr: ArrayLike, length: int) -> IntArray:
    """Row pointers checked: they start at 0, never fall and end at ``length``. Raises ``ValueError``."""
    pointers = whole_numbers(indptr, "indptr")
    if pointers.ndim != 1 or pointers.size < 1 or pointers[0] != 0 or pointers[-1] != length:
        raise ValueError(f"indptr must start at 0 and end at the number of entries ({length})")
    if np.any(np.diff(pointers) < 0):
        raise ValueError("indptr must never fall")
    return pointers


def segment_sums(values: FloatArray, indptr: IntArray) -> FloatArray:
    """The sum of each segment, 0 for an empty one. ``values`` flat, ``indptr`` of units + 1."""
    sums = np.zeros(indptr.size - 1, dtype=np.float64)
    filled = np.diff(indptr) > 0
    if filled.any():
        sums[filled] = np.add.reduceat(values, indptr[:-1][filled])
    return sums


def group_sums(values: FloatArray, code: IntArray, groups: int) -> FloatArray:
    """The sum of ``values`` in each group 0 .. groups - 1, the group of each value given by ``code``."""
    out: FloatArray = np.bincount(code, weights=values, minlength=groups).astype(np.float64)
    return out


def joined(parts: Iterable[FloatArray]) -> tuple[FloatArray, IntArray]:
    """The parts one after the other, and the row pointers to them."""
    listed = list(parts)
    flat: FloatArray = np.concatenate(listed) if listed else np.zeros(0)
    pointers = np.cumsum(np.array([0, *(part.size for part in listed)], dtype=np.int64))
    return flat, pointers


def in_threads(run: Callable[[int, int], None], units: int, threads: int) -> None:
    """Call ``run(first, last)`` over the units in ``threads`` parts.

    ``run`` writes each unit's own place and nothing else, so the parts do not change the results.
    """
    if threads <= 1 or units < 2 * threads:
        run(0, units)
        return
    # More parts than threads: units differ in cost, and an idle thread takes the next part.
    edges = np.linspace(0, units, 8 * threads + 1).astype(np.int64)
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(run, int(a), int(b)) for a, b in pairwise(edges)]:
            done.result()


def side_by_side(run: Callable[[int, int], R], sizes: Sequence[int], threads: int) -> list[R]:
    """``run`` of each unit's number, several units at a time; what it gives, in the order of ``sizes``.

    ``run`` is also told how many threads the unit has for itself: all where it is the only one, else half of them,
    since one unit often is half of the work. With two threads that is one: units that each started more would stand in
    each other's way, as only one thread at a time runs what is not compiled. Units must not depend on each other.
    """
    if threads <= 1 or len(sizes) < 2:
        return [run(i, threads) for i in range(len(sizes))]
    with ThreadPoolExecutor(threads) as pool:
        # The largest first, so that none is left over at the end.
        order = sorted(range(len(sizes)), key=lambda i: -sizes[i])
        begun = {i: pool.submit(run, i, max(threads // 2, 1)) for i in order}
        return [begun[i].result() for i in range(len(sizes))]
