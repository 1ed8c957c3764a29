"""How much ordinary units differ, told by the exact law of every unit's count, and tails against what is known of it.

For counts that are small everywhere, where the middle of normal z says nothing (``ordinary_scatter``). Units' log odds
ratios are normal about 0 with an unknown standard deviation tau. Every ordinary unit has a say, one with nothing that
counts as well; what they leave open is averaged over, and tau is never taken as 0 nor as known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.inference.hypergeometric import Strata, moments, upper
from arusha.inference.random_log_odds import Curves, curves, log_marginals, selected, tails
from arusha.inference.segments import FloatArray, IntArray, segment_sums

PRIOR = 0.5
"""Before any unit is heard tau is half-normal with this scale. A standard deviation of 0.1 to 0.5 of log odds is what
groups doing the same work commonly show, 0.5 to 1 is fairly high, above 1 extreme (Spiegelhalter, Abrams and Myles
2004): the prior gives them 0.52, 0.27 and 0.05, and what is below them 0.16."""
LEAST, MOST = 0.02, 4.0
"""The spreads looked at: ordinary units always differ by a fiftieth, and never by more than a factor of fifty."""
_TAU = np.geomspace(LEAST, MOST, 92)
_LOG_PRIOR = -0.5 * (_TAU / PRIOR) ** 2 + np.log(_TAU)
"""Up to a constant, a step of the grid being proportional to tau."""
UNLIKELY = 0.1
"""Units with a larger exact tail are ordinary whatever the spread is."""
EXTRAORDINARY = 1.0 / 4000.0
"""Units with a tail below this against all ordinary ones are not among them: as of ``ordinary_scatter``."""
FEWEST = 10


@dataclass(frozen=True)
class CountScatter:
    """What ordinary units tell of tau."""

    log_posterior: FloatArray
    """Of each spread looked at, up to a constant."""
    heard: tuple[NDArray[np.bool_], ...]
    """Of each office the units that were ordinary and had a say."""

    @property
    def share(self) -> FloatArray:
        """The probability of each spread."""
        return _shares(self.log_posterior)

    @property
    def sd(self) -> float:
        """The standard deviation of an ordinary unit's log odds ratio: the root of the mean square of tau."""
        return float(np.sqrt(self.share @ _TAU**2))

    @property
    def units(self) -> int:
        """How many were heard."""
        return sum(int(np.count_nonzero(kept)) for kept in self.heard)

    @property
    def measured(self) -> bool:
        """Otherwise next to nothing but the prior speaks."""
        return self.units >= FEWEST

    def of_z(self, z: FloatArray, information: FloatArray) -> FloatArray:
        """Upper tails of normal z against it, for units with too little to be looked at exactly."""
        wide = np.sqrt(1.0 + information[:, None] * _TAU**2)
        tail: FloatArray = np.minimum(special.ndtr(-z[:, None] / wide) @ self.share, 1.0)
        return tail

    def against(self, office: int, one: Heard, side: Side) -> FloatArray:
        """Predictive tails of the units of ``side``, each against what all others say without it.

        A colleague held against the unit says in part what the unit says, with the other sign: of two officers neither
        tells anything of how far the other is ordinary. That part is taken out with the unit's own word.
        """
        said = np.where(self.heard[office][:, None], one.likelihood, 0.0)
        own = said[side.units] + one.leaning[:, side.units].T @ said
        share = _shares(self.log_posterior - own)
        tail: FloatArray = np.minimum(np.einsum("us,us->u", side.tails, share), 1.0)
        return tail


def _shares(log_posterior: FloatArray) -> FloatArray:
    share: FloatArray = special.softmax(log_posterior, axis=-1)
    return share


@dataclass(frozen=True)
class Counts:
    """Units' counts in their strata."""

    observed: IntArray
    strata: Strata
    against_few: FloatArray
    """The variance of each unit's log odds ratio where that of an officer's log odds is 1."""
    leaning: FloatArray
    """Shares of the others (columns) in what each unit (rows) is held against."""


@dataclass(frozen=True)
class Heard:
    """What one office's units say, before it is known which of them are ordinary."""

    likelihood: FloatArray
    """Logs, units by spreads, each unit weighted."""
    leaning: FloatArray
    says: NDArray[np.bool_]
    """Units whose count could have been another one."""
    high: Side
    """Units whose count is unlikely high, ..."""
    low: Side
    """... and those whose count is so low that it may be extraordinary, mirrored."""


@dataclass(frozen=True)
class Side:
    """Units with a small exact tail on one side."""

    units: IntArray
    tails: FloatArray
    """Averaged over each of the spreads: units by spreads."""


def heard(counts: Counts, threads: int = 1) -> Heard:
    """The likelihood of every spread in every unit, and exact tails of those that may be extraordinary.

    Units of an office are held against each other, so that k of them say k - 1 things: a unit's log-likelihood is
    weighted by 1 / ``against_few``, which is (k - 1) / k of k units of one size.
    """
    scale = np.sqrt(counts.against_few)
    of, given = curves(counts.strata, counts.observed, threads), counts.strata
    logs = log_marginals(of, scale, _TAU, threads) / counts.against_few[:, None]
    drawn = segment_sums(given.n.astype(np.float64), given.indptr).astype(np.int64)
    high = _side(given, counts.observed, of, scale, UNLIKELY, threads)
    low = _side(
        replace(given, m=given.M - given.m), drawn - counts.observed, of.mirrored(), scale, EXTRAORDINARY, threads
    )
    return Heard(logs, counts.leaning, of.curvature.min(axis=1) < -1e-9, high, low)


def _side(given: Strata, observed: IntArray, of: Curves, scale: FloatArray, most: float, threads: int) -> Side:
    # A sum of hypergeometric counts is one of yes/no draws (Vatutin and Mikhailov 1982), so that no median lies a whole
    # count from the mean (Jogdeo and Samuels 1968): counts up to the mean have tails of at least a half.
    above = np.flatnonzero(observed > moments(given).expected)
    units = above[upper(selected(given, above), observed[above], 0.0, threads)[0] <= most]
    return Side(units, tails(selected(given, units), observed[units], of.take(units), scale[units], _TAU, threads))


def count_scatter(offices: list[Heard]) -> CountScatter:
    """What the ordinary units of all offices tell of tau.

    From the inside out: the units that chance alone explains are heard first; a unit is heard with them unless its tail
    against what they say, on either side, is below ``EXTRAORDINARY``; until no unit is heard anew. So neither many
    schemes nor one that is very large widen what is ordinary, and nobody is left out for lying beyond chance alone.
    """
    ordinary = [one.says.copy() for one in offices]
    for one, kept in zip(offices, ordinary, strict=True):
        kept[one.high.units] = kept[one.low.units] = False
    while True:
        said = [one.likelihood[kept].sum(axis=0) for one, kept in zip(offices, ordinary, strict=True)]
        scatter = CountScatter(_LOG_PRIOR + np.sum(said, axis=0), tuple(kept.copy() for kept in ordinary))
        new = 0
        for i, (one, kept) in enumerate(zip(offices, ordinary, strict=True)):
            for side in (one.high, one.low):
                near = side.units[scatter.against(i, one, side) >= EXTRAORDINARY]
                again = near[one.says[near] & ~kept[near]]
                kept[again] = True
                new += again.size
        if not new:
            return scatter
