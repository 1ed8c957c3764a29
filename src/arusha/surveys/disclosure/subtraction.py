"""What adding and subtracting sums over groups gives.

Units that no released sum tells apart are one atom. A group that can be had is a union of atoms whose indicator lies
in the row space of the released groups. Every union of up to four small atoms is tried: two atoms and two more cancel
where a random projection of what the released sums leave of them does, so that pairs are sorted and met instead of all
fours being tried. A match is proved on the row space itself.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.linalg import qr

from arusha.surveys.answers import FloatArray, IntArray

_NEAR = 1e-7
_ROUNDING = 1e-9
MOST_OF_FOUR = 1500
"""Small atoms up to which unions of four are tried; of three up to twice as many, of two beyond."""
_MOST_FOUND = 2000

Group = frozenset[Hashable]


def recoverable(
    released: Sequence[Collection[Hashable]], smallest: int, sizes: Mapping[Hashable, int] | None = None
) -> tuple[Group, ...]:
    """Groups of fewer than ``smallest`` people whose sum follows from the sums of the ``released`` ones.

    Smallest unions only: where two groups follow, their union is not told as well. At most 2,000 are told.
    """
    atoms, incidence = _atoms(released)
    if not atoms:
        return ()
    given = sizes or {}
    people = np.array([sum(given.get(u, 1) for u in atom) for atom in atoms])
    basis = _row_space(incidence)
    small = np.flatnonzero(people < smallest)
    found = []
    for chosen in _unions(basis, small, people, smallest):
        found.append(frozenset[Hashable]().union(*(atoms[i] for i in chosen)))
        if len(found) == _MOST_FOUND:
            break
    return tuple(found)


def follows(released: Sequence[Collection[Hashable]], group: Collection[Hashable]) -> bool:
    """Whether the sum over ``group`` is a combination of the sums over the released groups."""
    if not released or not group:
        return False
    _, incidence = _atoms([*released, group])
    wanted = incidence[-1]
    shadow = _row_space(incidence[:-1]) @ wanted
    return bool(abs(wanted.sum() - shadow @ shadow) < _NEAR)


def _atoms(groups: Sequence[Collection[Hashable]]) -> tuple[list[Group], FloatArray]:
    """Units that are in the same groups, and which groups those are (groups by atoms)."""
    within: dict[Hashable, list[int]] = {}
    for number, group in enumerate(groups):
        for unit in group:
            within.setdefault(unit, []).append(number)
    members: dict[tuple[int, ...], list[Hashable]] = {}
    for unit, numbers in within.items():
        members.setdefault(tuple(numbers), []).append(unit)
    incidence = np.zeros((len(groups), len(members)))
    for column, of in enumerate(members):
        incidence[list(of), column] = 1.0
    return [frozenset(units) for units in members.values()], incidence


def _row_space(incidence: FloatArray) -> FloatArray:
    """An orthonormal basis of all that sums and differences of the groups can be."""
    if not incidence.size:
        return np.zeros((0, incidence.shape[1]))
    columns, corner, _ = qr(incidence.T, mode="economic", pivoting=True)
    strength = np.abs(np.diag(corner))
    return np.asarray(columns[:, strength > _ROUNDING * strength[0]].T)


def _within(basis: FloatArray, chosen: IntArray | Sequence[int]) -> bool:
    shadow = basis[:, chosen].sum(axis=1)
    return bool(abs(len(chosen) - float(shadow @ shadow)) < _NEAR)


def _unions(basis: FloatArray, small: IntArray, people: IntArray, smallest: int) -> Iterator[tuple[int, ...]]:
    """Unions of up to four small atoms below ``smallest`` people that lie in the row space; none holds another."""
    draw = np.random.default_rng(0)  # any direction serves: it only says where to look
    direction = draw.normal(size=basis.shape[1])
    left = (direction - basis.T @ (basis @ direction))[small]
    alone = [i for i in np.flatnonzero(np.abs(left) < _ROUNDING) if _within(basis, small[[i]])]
    yield from ((int(small[i]),) for i in alone)
    rest = np.setdiff1d(np.arange(small.size), alone)
    rest = rest[np.argsort(people[small[rest]], kind="stable")]
    at, value, size = small[rest], left[rest], people[small[rest]]
    first, second = _pairs(size, smallest, at.size)
    sums = value[first] + value[second]
    told: set[frozenset[int]] = set()
    zero = np.zeros(first.size, np.bool_)
    for k in np.flatnonzero(np.abs(sums) < _ROUNDING):
        if _within(basis, at[[first[k], second[k]]]):
            zero[k] = True
            told.add(frozenset(at[[first[k], second[k]]].tolist()))
            yield int(at[first[k]]), int(at[second[k]])
    first, second, sums = first[~zero], second[~zero], sums[~zero]
    for number, others in ((3, value), (4, sums)):
        if at.size > (5 - number) * MOST_OF_FOUR:
            continue
        for pair, other in _meeting(sums, others):
            more = (int(other),) if number == 3 else (int(first[other]), int(second[other]))
            union = sorted({int(first[pair]), int(second[pair]), *more})
            chosen = tuple(at[union].tolist())
            if len(union) < number or size[union].sum() >= smallest or frozenset(chosen) in told:
                continue
            if any(frozenset(part) in told for many in range(2, number) for part in combinations(chosen, many)):
                continue
            if _within(basis, chosen):
                told.add(frozenset(chosen))
                yield chosen


def _pairs(size: IntArray, smallest: int, many: int) -> tuple[IntArray, IntArray]:
    """Pairs (by rising size) that together stay below the smallest group."""
    last = np.minimum(np.searchsorted(size, smallest - size, side="left"), many)
    counts = np.maximum(last - np.arange(1, many + 1), 0)
    first = np.repeat(np.arange(many), counts)
    start = np.repeat(np.cumsum(counts) - counts, counts)
    return first, first + 1 + np.arange(first.size) - start


def _meeting(one: FloatArray, other: FloatArray) -> Iterator[tuple[int, int]]:
    """Places of ``one`` and ``other`` whose values add up to nothing."""
    order, turn = np.argsort(other, kind="stable"), np.argsort(-one, kind="stable")
    ordered, sought = other[order], -one[turn]  # both rising: a search that walks along is ten times as fast
    low = np.searchsorted(ordered, sought - _ROUNDING)
    high = np.searchsorted(ordered, sought + _ROUNDING)
    for place in np.flatnonzero(high > low):
        for k in range(low[place], high[place]):
            yield int(turn[place]), int(order[k])
