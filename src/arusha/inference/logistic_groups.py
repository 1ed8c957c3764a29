"""Proportions of groups that are drawn from a law: logistic regression with a random constant for each group.

The likelihood of a group is an integral over its effect, taken by adaptive Gauss-Hermite quadrature around the effect
that its answers make most likely; one node is Laplace's approximation. Unlike a beta-binomial law it takes covariates
that differ within a group.

Sources: Pinheiro and Bates 1995 (Journal of Computational and Graphical Statistics 4:12); Bates et al. 2015.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import expit, gammaln

from arusha.inference.segments import FloatArray, IntArray


@dataclass(frozen=True)
class MixedLogistic:
    """A fitted model. Groups in sorted order."""

    coefficients: FloatArray
    se: FloatArray
    """From the curvature of the likelihood in all parameters."""
    sd: float
    """Of the groups' constants, on the logit scale."""
    levels: tuple[object, ...]
    effect: FloatArray
    """Most likely constant of each group, with the parameters taken as known."""
    effect_se: FloatArray
    log_likelihood: float
    nodes: int
    converged: bool


class _Groups:
    def __init__(self, y: FloatArray, n: FloatArray, X: FloatArray, code: IntArray, nodes: int) -> None:
        order = np.argsort(code, kind="stable")
        self.y, self.n, self.X, self.code = y[order], n[order], X[order], code[order]
        self.start = np.searchsorted(self.code, np.arange(int(code.max()) + 1))
        self.choose = float(np.sum(gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1)))
        z, w = np.polynomial.hermite.hermgauss(nodes)
        self.z, self.w = np.sqrt(2.0) * z, np.log(w) + z**2
        self.mode = np.zeros(self.start.size)

    def summed(self, values: FloatArray) -> FloatArray:
        return np.asarray(np.add.reduceat(values, self.start, axis=0))

    def modes(self, fixed: FloatArray, sd: float) -> tuple[FloatArray, FloatArray]:
        """Most likely standardised effect of each group, and its standard deviation, by Newton's steps."""
        u = self.mode.copy()
        for _ in range(100):
            p = expit(fixed + sd * u[self.code])
            slope = sd * self.summed(self.y - self.n * p) - u
            bend = sd**2 * self.summed(self.n * p * (1.0 - p)) + 1.0
            step = slope / bend
            u = u + np.clip(step, -2.0, 2.0)
            if np.abs(step).max() < 1e-12:
                break
        p = expit(fixed + sd * u[self.code])
        self.mode = u
        return u, 1.0 / np.sqrt(sd**2 * self.summed(self.n * p * (1.0 - p)) + 1.0)

    def log_likelihood(self, beta: FloatArray, sd: float) -> float:
        fixed = self.X @ beta
        u, width = self.modes(fixed, sd)
        at = u[:, None] + width[:, None] * self.z
        eta = fixed[:, None] + sd * at[self.code]
        log = self.summed(self.y[:, None] * eta - self.n[:, None] * np.logaddexp(0.0, eta)) - 0.5 * at**2
        high = log.max(axis=1, keepdims=True)
        inside = np.log(np.exp(log - high + self.w).sum(axis=1)) + high[:, 0] + np.log(width) - 0.5 * np.log(np.pi)
        return float(inside.sum()) + self.choose


def mixed_logistic(
    successes: ArrayLike,
    trials: ArrayLike,
    group: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    nodes: int = 9,
) -> MixedLogistic:
    """Fit by maximum likelihood.

    Parameters
    ----------
    successes, trials
        n rows: so many of so many (of 1, where rows are single answers).
    group
        n labels.
    covariates
        n x p with a constant (a constant alone if not given).
    nodes
        Of the quadrature; 1 is Laplace's approximation, which understates the spread of groups with few answers.

    Raises ``ValueError`` for counts that cannot be, fewer than two groups, covariates that others give.
    """
    y, n = np.asarray(successes, dtype=np.float64).ravel(), np.asarray(trials, dtype=np.float64).ravel()
    if y.shape != n.shape or not np.all(np.isfinite(y) & np.isfinite(n)) or np.any((y < 0) | (y > n) | (n <= 0)):
        raise ValueError("successes between 0 and trials, and trials above 0")
    X = np.ones((y.size, 1)) if covariates is None else np.asarray(covariates, np.float64).reshape(y.size, -1)
    levels, code = np.unique(np.asarray(group), return_inverse=True)
    if code.shape != y.shape or levels.size < 2:
        raise ValueError("one label of a group a row, and two groups or more")
    if not np.all(np.isfinite(X)) or np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("covariates without missing values, none given by others")
    if nodes < 1:
        raise ValueError("one node or more")
    g = _Groups(y, n, X, code.astype(np.int64), nodes)

    def loss(at: FloatArray) -> float:
        return -g.log_likelihood(np.asarray(at[:-1]), abs(float(at[-1])))

    crude = np.clip(y.sum() / n.sum(), 1e-3, 1.0 - 1e-3)
    start = np.zeros(X.shape[1] + 1)
    start[:-1] = np.linalg.lstsq(X, np.full(y.size, np.log(crude / (1.0 - crude))), rcond=None)[0]
    start[-1] = 0.5
    best = optimize.minimize(loss, start, method="BFGS", options={"gtol": 1e-6})
    at, hessian = _polished(loss, np.asarray(best.x, dtype=np.float64))
    sd = abs(float(at[-1]))
    mode, width = g.modes(g.X @ at[:-1], sd)
    flat = sd < 1e-4
    try:
        V = np.linalg.inv(hessian[:-1, :-1] if flat else hessian)
    except np.linalg.LinAlgError:
        V = np.full_like(hessian, np.nan)
    with np.errstate(invalid="ignore"):
        se = np.sqrt(np.diag(V)[: at.size - 1])
    return MixedLogistic(
        coefficients=at[:-1],
        se=se,
        sd=sd,
        levels=tuple(levels.tolist()),
        effect=sd * mode,
        effect_se=sd * width,
        log_likelihood=-loss(at),
        nodes=nodes,
        converged=bool(np.all(np.isfinite(se))),
    )


def _polished(loss: Callable[[FloatArray], float], at: FloatArray, h: float = 2e-3) -> tuple[FloatArray, FloatArray]:
    """Newton's steps with differences of fourth order to where the slope vanishes, and the curvature there."""
    size = at.size
    unit = h * np.eye(size)
    bend = np.eye(size)
    for _ in range(4):
        here = float(loss(at))
        near = np.array([[loss(at + s * e) for s in (1, -1, 2, -2)] for e in unit])
        slope = (8.0 * (near[:, 0] - near[:, 1]) - (near[:, 2] - near[:, 3])) / (12.0 * h)
        diagonal = (16.0 * (near[:, 0] + near[:, 1]) - (near[:, 2] + near[:, 3]) - 30.0 * here) / (12.0 * h**2)
        bend = np.diag(diagonal)
        for i in range(size):
            for j in range(i):
                corners = [s * t * loss(at + s * unit[i] + t * unit[j]) for s in (1, -1) for t in (1, -1)]
                bend[i, j] = bend[j, i] = sum(corners) / (4.0 * h**2)
        if at[-1] ** 2 < 1e-6 or np.linalg.eigvalsh(bend).min() <= 0.0:
            break
        step = -np.linalg.solve(bend, slope)
        if np.abs(step).max() > 0.05 or float(loss(at + step)) > here + 1e-8:
            break
        at = at + step
        if np.abs(step).max() < 1e-9:
            break
    return at, bend
