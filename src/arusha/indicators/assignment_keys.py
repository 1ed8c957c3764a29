"""Keys by which an office may give files out: a recorded column, each value of which has officers of its own.

An office that gives every importer an account officer, or a team, concentrates the files of each declarant whose
importers are few, and nobody favours anybody. What tells it is that it holds in general: *within* the files of one
declarant, those of one importer meet the same officer more often than those of two importers do, for many declarants.
A declarant that is steered to an officer is steered whatever the importer, and a scheme of one importer is one
declarant's. So the key is learnt from the other declarants, one vote each, as batches are (``assignment_batches``).

Where the office goes by a key the independent draws are not files but values of the key. A pair is then held against
what officers are to values of the key in general: each value has an officer's share of its own, of mean ``m`` (the
officer's share of the others' files at those moments) and of a scatter ``together`` (how much more often two files of
one value meet the same officer), beta-distributed (Skellam 1948). Files that other declarants have of the same value
say what its share is. The number of the declarant's files that fall to the officer is a sum of beta-binomial counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_batches import CLEAR, FEWEST_STEPS, MATERIAL
from arusha.indicators.assignment_draws import UNKNOWN, IntArray, KeyName, dense
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_strata import strata

FloatArray = NDArray[np.float64]

MOST_TOGETHER = 0.99
"""Two files of one value meet the same officer at most this surely: an officer is on leave now and then."""
SURE = 2.0
"""Standard errors by which the scatter is taken to be larger than it was seen to be: what is learnt may be wrong."""
LEAST = 1e-3
"""The least share that an officer is taken to have of others' files."""


@dataclass(frozen=True)
class _Steps:
    """By declarant: steps from a file to the next, those to the same officer beyond what chance does, and the most that
    they could be beyond it.
    """

    n: FloatArray
    excess: FloatArray
    room: FloatArray


class Key:
    """One recorded column of an office's kept draws, asked whether the office goes by it."""

    def __init__(self, office: Prepared, name: KeyName) -> None:
        from arusha.indicators import assignment_kernel as kernel

        self.name = name
        self._draws = draws = office.draws
        self._value = draws.keys[name].astype(np.int64)
        cut = strata(draws, office.pools)
        begins, listed = np.empty(cut.count + 1, dtype=np.int64), np.empty(len(draws), dtype=np.int64)
        kernel.counting_order(cut.code, cut.count, begins, listed)
        self._moment, self._begins, self._listed = cut.code, begins, listed
        known = np.flatnonzero(self._value != UNKNOWN)
        # Draws come in order of time, so stable sorts keep that order within a declarant, and within its values.
        by_value = known[np.lexsort((self._value[known], draws.declarant[known]))]
        in_time = known[np.argsort(draws.declarant[known], kind="stable")]
        self._near, self._far = self._steps(by_value, same=True), self._steps(in_time, same=False)

    def _steps(self, order: IntArray, *, same: bool) -> _Steps:
        """Steps from one file of a declarant to its next in ``order``: of the same value, or of two."""
        from arusha.indicators import assignment_kernel as kernel

        draws, value = self._draws, self._value
        one, two = order[:-1], order[1:]
        linked = (draws.declarant[one] == draws.declarant[two]) & ((value[one] == value[two]) == same)
        one, two = one[linked], two[linked]
        others, theirs = np.zeros(one.size, dtype=np.int64), np.zeros(one.size, dtype=np.int64)
        there = draws.declarant[self._listed], draws.outcome[self._listed]
        kernel.others_shares(
            one, two, self._moment, self._begins, draws.declarant, draws.outcome, *there, others, theirs
        )
        use = others > 0
        met = draws.outcome[two[use]] == draws.outcome[one[use]]
        chance = theirs[use] / others[use]
        who, B = draws.declarant[two[use]], len(draws.declarants)
        sums = (np.bincount(who, weights=w, minlength=B) for w in (np.ones(who.size), met - chance, 1 - chance))
        return _Steps(*(np.asarray(s, dtype=np.float64) for s in sums))

    def together(self, declarant: int) -> float | None:
        """How much more surely two files of one value meet the same officer, as the other declarants' files say.

        From 0, as chance would have it, to 1; None where they do not say that the office goes by the key.
        """
        near, far = self._near, self._far
        # Who has files of one value only cannot tell the value from itself.
        asked = (near.n >= FEWEST_STEPS) & (far.n >= FEWEST_STEPS)
        asked[declarant] = False
        n, excess, room = near.n[asked], near.excess[asked], near.room[asked]
        beyond = excess - n * np.maximum(far.excess[asked] / far.n[asked], 0.0)
        # One vote a declarant, weighed by how much it can say: no few of them can carry the sum against its own length.
        vote = beyond / np.sqrt(n)
        general = vote.sum() > CLEAR * np.sqrt(np.sum(vote**2))
        if not (general and beyond.sum() > MATERIAL * n.sum()):
            return None
        seen = excess.sum() / room.sum()
        error = np.sqrt(np.sum((excess - seen * room) ** 2)) / room.sum()
        return float(min(seen + SURE * error, MOST_TOGETHER))

    def tail(self, declarant: int, outcome: int, together: float) -> float:
        """The chance that so many of the declarant's files, or more, fall to the officer if values decide.

        Files without a value are each a value of their own; those at whose moment no one else has any are left out.
        """
        draws = self._draws
        mine = np.flatnonzero(draws.declarant == declarant)
        moments = np.bincount(self._moment, minlength=self._begins.size - 1)
        own = np.bincount(self._moment[mine], minlength=moments.size)
        fell = np.bincount(self._moment[draws.outcome == outcome], minlength=moments.size)
        fell -= np.bincount(self._moment[mine[draws.outcome[mine] == outcome]], minlength=moments.size)
        others = (moments - own)[self._moment[mine]]
        mine, share = mine[others > 0], (fell[self._moment[mine]][others > 0]) / others[others > 0]
        if not mine.size:
            return 1.0
        m = float(np.clip(share.mean(), LEAST, 1 - LEAST))
        value = self._value[mine]
        alone = value == UNKNOWN
        value = np.where(alone, self._value.max(initial=0) + 1 + np.arange(mine.size), value)
        group, groups = dense(value)
        n = np.bincount(group, minlength=groups)
        hit = draws.outcome[mine] == outcome
        # What other declarants' files of the same values say.
        at = np.full(int(value.max()) + 1, UNKNOWN)
        at[value] = group
        theirs = np.flatnonzero((draws.declarant != declarant) & (self._value != UNKNOWN))
        theirs = theirs[self._value[theirs] < at.size]
        place = at[self._value[theirs]]
        theirs, place = theirs[place != UNKNOWN], place[place != UNKNOWN]
        x_others = np.bincount(place[draws.outcome[theirs] == outcome], minlength=groups).astype(np.float64)
        elsewhere = np.bincount(place, minlength=groups) - x_others
        prior = 1 / together - 1
        return summed_tail(int(hit.sum()), n, prior * m + x_others, prior * (1 - m) + elsewhere)


def beta_binomial(n: int, a: float, b: float) -> FloatArray:
    """Chances of 0 .. n of n files to one officer whose share is beta-distributed."""
    k = np.arange(n + 1)
    log = special.betaln(k + a, n - k + b) - special.betaln(a, b)
    log -= special.betaln(n - k + 1.0, k + 1.0) + np.log(n + 1.0)
    return np.asarray(np.exp(log))


def summed_tail(seen: int, n: IntArray, a: FloatArray, b: FloatArray) -> float:
    """The chance that independent beta-binomial counts come to ``seen`` or more together."""
    total = np.ones(1)
    for size, one, other in zip(n.tolist(), a.tolist(), b.tolist(), strict=True):
        total = np.convolve(total, beta_binomial(size, one, other))
    return float(min(total[seen:].sum(), 1.0))
