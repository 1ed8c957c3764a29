"""What does being handled strictly do to a case? The difference that it makes which unit a case happened to reach.

Cases that reached strict and lenient units at random within strata are alike but for that, so what their later outcomes
differ by, over what their handling differs by, is the effect of handling (on those cases whose handling depends on the
unit). The unit's strictness is always told without the case itself: with many units the plain two-stage estimate leans
towards the naive comparison. Needs random dealing (``equal_rates`` on what was known before), units that differ in
nothing else that matters, and none that is stricter on some cases and more lenient on others.
Sources: Kolesar 2013 (UJIVE); Ackerberg and Devereux 2009 (IJIVE); Angrist, Imbens and Krueger 1999 (JIVE).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference.segments import FloatArray, IntArray, group_sums

Jackknife = Literal["ujive", "ijive", "jive"]
MOST_NUMBERS = 60_000_000
CERTAIN = 1e-9
"""Cases that their stratum or covariates leave this little of say nothing."""


@dataclass(frozen=True)
class LeniencyEffect:
    """The effect of one unit of handling on the outcome."""

    estimate: float
    se: float
    """Robust to errors of unequal variance, or to clusters."""
    low: float
    high: float
    """By the normal law: too short where ``strength`` is under about ten."""
    p: float
    strength: float
    """F of the units in the regression of handling, errors of one variance."""
    units: int
    """Differences between units that could be told: units less one within linked strata."""
    used: int
    """Cases that say something."""


def _dummies(code: IntArray) -> FloatArray:
    out = np.zeros((code.size, int(code.max()) + 1))
    out[np.arange(code.size), code] = 1.0
    return out


def _basis(columns: FloatArray) -> FloatArray:
    """Orthonormal columns of the same span, those that others give left out."""
    size = np.sqrt(np.sum(columns**2, axis=0))
    kept = columns[:, size > 0.0] / size[size > 0.0]
    values, vectors = np.linalg.eigh(kept.T @ kept)
    good = values > 1e-10 * max(float(values[-1]) if values.size else 0.0, 1e-300)
    first = kept @ (vectors[:, good] / np.sqrt(values[good]))
    # Once more: what nearly followed from the others has lost digits.
    values, vectors = np.linalg.eigh(first.T @ first)
    return np.asarray(first @ (vectors / np.sqrt(values)))


def leniency_effect(
    outcome: ArrayLike,
    handling: ArrayLike,
    unit: ArrayLike,
    stratum: ArrayLike | None = None,
    *,
    covariates: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    method: Jackknife = "ujive",
    level: float = 0.95,
) -> LeniencyEffect:
    """The effect of handling on outcome, units as they came serving as the experiment.

    Parameters
    ----------
    outcome, handling, unit, stratum
        One entry a case: what became of it, how it was handled, who handled it, among whom it was dealt.
    covariates
        Cases x what was known before; makes the estimate sharper, not less biased, where dealing was random.
    cluster
        Cases that were dealt or decided together, for the standard error.
    method
        ``ujive`` leaves the case out of the prediction with and without units; ``ijive`` takes strata and covariates
        out first; ``jive`` leaves it out once and is biased with many strata.

    Raises ``ValueError`` for missing values, one unit alone, and more than 60 million cases x units and covariates.
    """
    y, t = (np.asarray(v, dtype=np.float64) for v in (outcome, handling))
    if y.ndim != 1 or y.shape != t.shape or not (np.all(np.isfinite(y)) and np.all(np.isfinite(t))):
        raise ValueError("outcome and handling must be flat arrays of one length without missing values")
    if method not in get_args(Jackknife) or not 0.0 < level < 1.0:
        raise ValueError(f"method must be one of {', '.join(get_args(Jackknife))}, and level between 0 and 1")
    who = np.unique(np.asarray(unit), return_inverse=True)[1].astype(np.int64).ravel()
    group = np.zeros(y.size, dtype=np.int64)
    if stratum is not None:
        group = np.unique(np.asarray(stratum), return_inverse=True)[1].astype(np.int64).ravel()
    known = np.empty((y.size, 0)) if covariates is None else np.asarray(covariates, np.float64).reshape(y.size, -1)
    if who.shape != y.shape or group.shape != y.shape or not np.all(np.isfinite(known)):
        raise ValueError("unit, stratum and covariates must hold one entry a case, none missing")
    if y.size * (int(who.max()) + 1 + known.shape[1]) > MOST_NUMBERS:
        raise ValueError("too many cases and units at once: take one period or office at a time")
    size = np.bincount(group).astype(np.float64)

    def within(columns: FloatArray) -> FloatArray:
        means = np.column_stack([group_sums(c, group, size.size) for c in columns.T]) / size[:, None]
        return np.asarray(columns - means[group])

    known_basis = _basis(within(known)) if known.shape[1] else known

    def freed(columns: FloatArray) -> FloatArray:
        inside = within(columns)
        return np.asarray(inside - known_basis @ (known_basis.T @ inside))

    units = _basis(freed(_dummies(who)))
    free = freed(np.column_stack([y, t]))
    y_free, t_free = free[:, 0], free[:, 1]
    by_units = units @ (units.T @ t_free)
    own_known = 1.0 / size[group] + np.sum(known_basis**2, axis=1)
    own_units = np.sum(units**2, axis=1)
    k, n = units.shape[1], y.size
    rest = n - size.size - known_basis.shape[1] - k
    says = own_known + own_units < 1.0 - CERTAIN
    if k == 0 or rest < 1 or not says.any():
        raise ValueError("strata of one unit only: nothing tells units apart")
    own = np.where(says, own_known + own_units, 0.0)
    fitted = t - t_free + by_units
    left_out = np.where(says, (fitted - own * t) / (1.0 - own), 0.0)
    if method == "ujive":
        without = np.where(says, own_known, 0.0)
        instrument = left_out - np.where(says, (t - t_free - without * t) / (1.0 - without), 0.0)
    elif method == "jive":
        instrument = freed(left_out[:, None])[:, 0]
    else:
        instrument = np.where(says, (by_units - own_units * t_free) / (1.0 - np.where(says, own_units, 0.0)), 0.0)
        y, t = y_free, t_free
    moved = float(instrument @ t)
    estimate = float(instrument @ y) / moved
    score = instrument * (y_free - estimate * t_free)
    if cluster is not None:
        together = np.unique(np.asarray(cluster), return_inverse=True)[1].astype(np.int64).ravel()
        score = group_sums(score, together, int(together.max()) + 1)
    se = float(np.sqrt(score @ score)) / abs(moved)
    reach = float(special.ndtri((1.0 + level) / 2.0)) * se
    left = float(np.sum((t_free - by_units) ** 2))
    return LeniencyEffect(
        estimate=estimate,
        se=se,
        low=estimate - reach,
        high=estimate + reach,
        p=float(2.0 * special.ndtr(-abs(estimate / se))),
        strength=float(by_units @ by_units) / k / (left / rest),
        units=k,
        used=int(says.sum()),
    )
