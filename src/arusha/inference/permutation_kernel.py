"""Compiled permutation of row labels among blocks within strata."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.inference.compiled import compiled
from arusha.inference.segments import FloatArray, IntArray

SmallInts = NDArray[np.int32]


@compiled
def next_random(state: np.uint64) -> tuple[np.uint64, np.uint64]:
    """The next state and 64 random bits (Steele, Lea and Flood's SplitMix64)."""
    state = state + np.uint64(0x9E3779B97F4A7C15)
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state, z ^ (z >> np.uint64(31))


@compiled
def below(state: np.uint64, n: int) -> tuple[np.uint64, int]:
    """The next state and a number of 0 .. n - 1: the bits' upper half scaled down (biased by less than n / 2^32)."""
    state, bits = next_random(state)
    return state, int(((bits >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))


@compiled
def draw_extremes(
    labels: SmallInts,
    stratum_indptr: IntArray,
    entry_indptr: IntArray,
    entry_column: SmallInts,
    entry_count: FloatArray,
    single: bool,
    cell_of: SmallInts,
    expected: FloatArray,
    sd: FloatArray,
    seed: int,
    first: int,
    last: int,
    largest: FloatArray,
    squares: FloatArray,
) -> None:
    """For the draws ``first`` to ``last`` - 1: the largest z and the sum of z^2 over the tested cells.

    ``cell_of`` sends cells that are not tested to the place after the last; ``single``: each block is one draw. Each
    draw has a stream of its own, made from the seed and its number.
    """
    shuffled = np.empty_like(labels)
    counts = np.empty(expected.size + 1)
    for draw in range(first, last):
        state = np.uint64(seed)
        state, start = next_random(state)
        state = start ^ (np.uint64(draw) * np.uint64(0xD1342543DE82EF95))
        state, _ = next_random(state)
        shuffled[:] = labels
        for s in range(stratum_indptr.size - 1):
            a = stratum_indptr[s]
            for i in range(stratum_indptr[s + 1] - 1, a, -1):
                state, step = below(state, i - a + 1)
                j = a + step
                shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
        counts[:] = 0.0
        if single:
            for block in range(labels.size):
                cell = cell_of[shuffled[block], entry_column[block]]
                counts[cell] += 1.0
        else:
            for block in range(labels.size):
                row = shuffled[block]
                for e in range(entry_indptr[block], entry_indptr[block + 1]):
                    counts[cell_of[row, entry_column[e]]] += entry_count[e]
        top = -np.inf
        total = 0.0
        for cell in range(expected.size):
            if sd[cell] > 0.0:
                z = (counts[cell] - expected[cell]) / sd[cell]
                top = max(top, z)
                total += z * z
        largest[draw] = top
        squares[draw] = total
