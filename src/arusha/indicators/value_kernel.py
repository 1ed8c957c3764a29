"""Compiled sums of the largest units of many draws."""

from __future__ import annotations

from arusha.inference.compiled import compiled
from arusha.inference.segments import FloatArray, IntArray


@compiled
def largest_held(
    cluster: IntArray, counted: FloatArray, times: IntArray, tops: IntArray, first: int, last: int, out: FloatArray
) -> None:
    """Add to ``out`` (draws by ``tops``) what the first so many units hold, for the draws ``first`` to ``last`` - 1.

    Units stand in their order: ``cluster`` and ``counted``, one entry a unit, which counts as often as its cluster was
    drawn (``times``, draws by clusters). Where fewer units were drawn than asked for, all of them.
    """
    for draw in range(first, last):
        reached = 0
        held = 0.0
        k = 0
        for i in range(cluster.size):
            often = times[draw, cluster[i]]
            if often == 0:
                continue
            reached += often
            held += counted[i] * often
            while k < tops.size and reached >= tops[k]:
                out[draw, k] += held
                k += 1
            if k == tops.size:
                break
        while k < tops.size:
            out[draw, k] += held
            k += 1
