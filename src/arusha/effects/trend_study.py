"""Effects by period around a start: what every way of asking how far trends may have parted begins with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.panels import FloatArray


@dataclass(frozen=True)
class Study:
    """Effects by period with their covariance, and the weighted effect after the start that is asked for."""

    beta: FloatArray
    vcov: FloatArray
    p: int
    q: int
    weights: FloatArray
    level: float

    @property
    def target(self) -> float:
        return float(self.weights @ self.beta[self.p :])

    @property
    def se(self) -> float:
        V = self.vcov[self.p :, self.p :]
        return float(np.sqrt(max(float(self.weights @ V @ self.weights), 0.0)))

    def steps(self, order: int) -> FloatArray:
        """Differences of the gap between neighbouring periods, the reference (0) among them; its column is left out."""
        every = np.diff(np.eye(self.p + self.q + 1), n=order, axis=0)
        found: FloatArray = np.delete(every, self.p, axis=1)
        return found


def study(before: ArrayLike, after: ArrayLike, vcov: ArrayLike, weights: ArrayLike | None, level: float) -> Study:
    """Effects by period as a study of how far trends may have parted.

    Parameters
    ----------
    before
        p effects before the start against the last period before it, oldest first, that period (0) left out.
    after
        q effects from the start on, against the same period.
    vcov
        (p + q) x (p + q), in this order.
    weights
        q weights of the target; the mean over all periods after by default.

    Raises
    ------
    ValueError
        If there is no effect before or none after, shapes differ, or the covariance is none.
    """
    pre, post = np.asarray(before, dtype=np.float64).ravel(), np.asarray(after, dtype=np.float64).ravel()
    V = np.asarray(vcov, dtype=np.float64)
    if pre.size < 1 or post.size < 1 or V.shape != (pre.size + post.size,) * 2:
        raise ValueError("one effect before and one after at least, and a covariance of all")
    if not np.all(np.isfinite(V)) or np.linalg.eigvalsh(V).min() < -1e-8 * max(float(np.abs(V).max()), 1e-300):
        raise ValueError("the covariance is none")
    target = np.full(post.size, 1.0 / post.size) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    if target.size != post.size or not np.any(target):
        raise ValueError("a weight for each period after, not all 0")
    return Study(np.concatenate([pre, post]), (V + V.T) / 2, pre.size, post.size, target, level)
