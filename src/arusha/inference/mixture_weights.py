"""The likeliest weights of a mixture whose parts are known: a convex problem, solved to its one best fit."""

from __future__ import annotations

import numpy as np
from scipy import linalg, optimize

from arusha.inference.segments import FloatArray

ROUNDS = 200
RIDGE = 1e-10
"""Added to the curvature, over its size: parts that look alike leave it singular, and any of their fits will do."""


def likeliest_weights(log_density: FloatArray, more: FloatArray | None = None) -> FloatArray:
    """Weights w >= 0, adding up to 1, of the largest sum over units of log(sum over parts of w x density).

    Parameters
    ----------
    log_density
        Units x parts.
    more
        Units that each part is given beside those it is fitted to (adds more log w to the sum); none by default.

    Sequential quadratic programmes over w >= 0 (the sum of the weights enters the aim, and is 1 at its least), each by
    non-negative least squares. Best to about 1e-9 of a unit's log likelihood. Source of the aim: Kim, Carbonetto,
    Stephens and Anitescu 2020 (Journal of Computational and Graphical Statistics 29:261).
    """
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
    counts = np.ones(density.shape[0])
    if more is not None and np.any(more > 0.0):
        density = np.vstack([density, np.eye(density.shape[1])[more > 0.0]])
        counts = np.concatenate([counts, more[more > 0.0]])
    counts = counts / counts.sum()

    def aim(w: FloatArray) -> float:
        mixed = density @ w
        return float(w.sum() - counts @ np.log(mixed)) if np.all(mixed > 0.0) else np.inf

    w = np.full(density.shape[1], 1.0 / density.shape[1])
    now = aim(w)
    for _ in range(ROUNDS):
        mixed = density @ w
        slope = 1.0 - density.T @ (counts / mixed)
        bend = (density * (counts / mixed**2)[:, None]).T @ density
        # Done where no part that carries weight gains by less, and none by more.
        if max(float(-slope.min()), float(np.abs(slope * w).max())) < 1e-11:
            break
        bend[np.diag_indices(w.size)] += RIDGE * float(np.trace(bend)) / w.size
        root = linalg.cholesky(bend)
        target = linalg.solve_triangular(root, bend @ w - slope, trans="T")
        step = optimize.nnls(root, target, maxiter=100 * w.size)[0] - w
        gain, size = float(slope @ step), 1.0
        while size > 1e-10 and aim(w + size * step) > now + 1e-4 * size * gain:
            size *= 0.5
        tried = np.maximum(w + size * step, 0.0)
        then = aim(tried)
        if not then < now:
            break
        w, now = tried, then
    out: FloatArray = w / w.sum()
    return out
