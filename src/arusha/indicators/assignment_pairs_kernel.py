"""Loops over the strata of declarants, compiled. Imported on first use only.

Draws are listed twice: stratum by stratum (``declarant`` and ``outcome`` of each, ``begins``), and declarant by
declarant with strata rising (``own_stratum`` and ``own_outcome`` of each, ``own_begins``). A draw is *used* in a
declarant's table where it is its own or its declarant is not held.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.inference.compiled import compiled
from arusha.inference.edgeworth_kernel import upper_near_the_mean
from arusha.inference.stratum_kernel import higher_cumulants

FloatArray = NDArray[np.float64]


@compiled
def several(of: IntArray, begins: IntArray, out: BoolArray) -> None:
    """Clear ``out`` for strata in which ``of``, stratum by stratum, does not differ."""
    for g in range(begins.size - 1):
        differs = False
        for j in range(begins[g] + 1, begins[g + 1]):
            if of[j] != of[begins[g]]:
                differs = True
                break
        if not differs:
            out[g] = False


@compiled
def counted(
    first: int,
    last: int,
    tested: IntArray,
    own_stratum: IntArray,
    own_outcome: IntArray,
    own_begins: IntArray,
    declarant: IntArray,
    outcome: IntArray,
    begins: IntArray,
    informs: BoolArray,
    held: BoolArray,
    place: IntArray,
    barred: BoolArray,
    most: float,
    size: IntArray,
    lost: IntArray,
    seen: IntArray,
    drawn: IntArray,
    compared: FloatArray,
    away: FloatArray,
    expected: FloatArray,
    variance: FloatArray,
    p: FloatArray,
) -> None:
    """By tested declarant x outcome: strata of the pair, draws lost in those where the outcome has over ``most`` of all
    draws, draws seen, and the weight of those lost; by declarant its draws and their weight. And of the number seen its
    expectation, variance and upper tail where Edgeworth's series is sure to hold, else no number.

    For the declarants ``first`` to ``last`` - 1 of ``tested``. ``place``: which column of the result an outcome is, or
    -1; ``barred``: outcomes whose draws are left out.
    """
    m = np.zeros(place.size, dtype=np.int64)
    mine = np.zeros(place.size, dtype=np.int64)
    present = np.empty(place.size, dtype=np.int64)
    k3, k4, k5 = np.zeros(size.shape[1]), np.zeros(size.shape[1]), np.zeros(size.shape[1])
    for r in range(first, last):
        b = tested[r]
        a = own_begins[b]
        k3[:] = 0.0
        k4[:] = 0.0
        k5[:] = 0.0
        while a < own_begins[b + 1]:
            g = own_stratum[a]
            e = a
            n = 0
            while e < own_begins[b + 1] and own_stratum[e] == g:
                if not barred[own_outcome[e]]:
                    n += 1
                e += 1
            if informs[g] and n > 0:
                M = 0
                found = 0
                for j in range(begins[g], begins[g + 1]):
                    i = outcome[j]
                    if barred[i] or (held[declarant[j]] and declarant[j] != b):
                        continue
                    M += 1
                    if m[i] == 0:
                        present[found] = i
                        found += 1
                    m[i] += 1
                    if declarant[j] == b:
                        mine[i] += 1
                weight = n * (1.0 - n / M)
                drawn[r] += n
                compared[r] += weight
                for x in range(found):
                    i = present[x]
                    c = place[i]
                    if c >= 0:
                        if m[i] > most * M:
                            lost[r, c] += n
                            away[r, c] += weight
                        else:
                            size[r, c] += 1
                            seen[r, c] += mine[i]
                            due = float(m[i]) * n / M
                            expected[r, c] += due
                            if M > 1:
                                variance[r, c] += due * (float(M - m[i]) / M) * (float(M - n) / (M - 1.0))
                            third, fourth, fifth = higher_cumulants(M, m[i], n)
                            k3[c] += third
                            k4[c] += fourth
                            k5[c] += fifth
                    m[i] = 0
                    mine[i] = 0
            a = e
        for c in range(k3.size):
            p[r, c] = upper_near_the_mean(seen[r, c], expected[r, c], variance[r, c], k3[c], k4[c], k5[c])


@compiled
def margins(
    tested: IntArray,
    own_stratum: IntArray,
    own_outcome: IntArray,
    own_begins: IntArray,
    declarant: IntArray,
    outcome: IntArray,
    begins: IntArray,
    informs: BoolArray,
    held: BoolArray,
    place: IntArray,
    barred: BoolArray,
    most: float,
    wanted: BoolArray,
    at: IntArray,
    all_of: IntArray,
    of_outcome: IntArray,
    of_declarant: IntArray,
) -> None:
    """The strata of the pairs ``wanted``, from where ``at`` (declarants x outcomes, moved on) says."""
    m = np.zeros(place.size, dtype=np.int64)
    present = np.empty(place.size, dtype=np.int64)
    for r in range(tested.size):
        b = tested[r]
        a = own_begins[b]
        while a < own_begins[b + 1]:
            g = own_stratum[a]
            e = a
            n = 0
            while e < own_begins[b + 1] and own_stratum[e] == g:
                if not barred[own_outcome[e]]:
                    n += 1
                e += 1
            if informs[g] and n > 0:
                M = 0
                found = 0
                for j in range(begins[g], begins[g + 1]):
                    i = outcome[j]
                    if barred[i] or (held[declarant[j]] and declarant[j] != b):
                        continue
                    M += 1
                    if m[i] == 0:
                        present[found] = i
                        found += 1
                    m[i] += 1
                for x in range(found):
                    i = present[x]
                    c = place[i]
                    if c >= 0 and wanted[r, c] and not m[i] > most * M:
                        k = at[r, c]
                        all_of[k] = M
                        of_outcome[k] = m[i]
                        of_declarant[k] = n
                        at[r, c] = k + 1
                    m[i] = 0
            a = e
