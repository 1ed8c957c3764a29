"""Draws listed stratum by stratum, and listed again with fewer draws or more strata. Imported on first use only."""

from __future__ import annotations

import numpy as np

from arusha.indicators.assignment_draws import IntArray
from arusha.inference.compiled import compiled


@compiled
def without(
    order: IntArray, begins: IntArray, declarant: IntArray, left_out: int, order_left: IntArray, begins_left: IntArray
) -> int:
    """Fill the listing without one declarant's draws; returns how many strata are left."""
    strata = 0
    at = 0
    begins_left[0] = 0
    for g in range(begins.size - 1):
        begun = at
        for j in range(begins[g], begins[g + 1]):
            d = order[j]
            if declarant[d] != left_out:
                order_left[at] = d
                at += 1
        if at > begun:
            strata += 1
            begins_left[strata] = at
    return strata


@compiled
def divided(
    order: IntArray, begins: IntArray, code: IntArray, codes: int, finer_order: IntArray, finer_begins: IntArray
) -> int:
    """Fill the listing with each stratum divided by ``code`` (one a draw, 0 .. codes - 1), rising; returns strata."""
    size = np.zeros(codes, dtype=np.int64)
    place = np.empty(codes, dtype=np.int64)
    present = np.empty(codes, dtype=np.int64)
    strata = 0
    at = 0
    finer_begins[0] = 0
    for g in range(begins.size - 1):
        found = 0
        for j in range(begins[g], begins[g + 1]):
            c = code[order[j]]
            if size[c] == 0:
                # Kept rising as they come: a stratum has few.
                k = found
                while k > 0 and present[k - 1] > c:
                    present[k] = present[k - 1]
                    k -= 1
                present[k] = c
                found += 1
            size[c] += 1
        for k in range(found):
            c = present[k]
            place[c] = at
            at += size[c]
            size[c] = 0
            strata += 1
            finer_begins[strata] = at
        for j in range(begins[g], begins[g + 1]):
            d = order[j]
            c = code[d]
            finer_order[place[c]] = d
            place[c] += 1
    return strata
