"""A local polynomial regression on one side of a threshold; variances by neighbours, residuals or clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from arusha.inference.one_sided_kernels import FloatArray, Kernel, weights

Residuals = Literal["nn", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2", "cr3"]
_SAME = float(np.sqrt(np.finfo(np.float64).eps))


@dataclass(frozen=True)
class SideData:
    """One side of a threshold, sorted."""

    x: FloatArray
    """Distances from the threshold."""
    y: FloatArray
    cluster: NDArray[np.int64] | None
    treatment: FloatArray | None = None
    """n: what was received, where the threshold does not settle it."""
    covariates: FloatArray | None = None
    """n x k, without a constant."""
    sampling: FloatArray | None = None
    """n weights of the observations themselves."""

    def weights(self, h: float, kernel: Kernel) -> FloatArray:
        """Weights at bandwidth ``h``."""
        w = weights(self.x / h, kernel) / h
        return w if self.sampling is None else w * self.sampling

    def near(self, h: float, kernel: Kernel) -> tuple[SideData, FloatArray]:
        """The observations with a weight above 0 at bandwidth ``h``, and their weights."""
        w = self.weights(h, kernel)
        use = np.flatnonzero(w > 0)
        return self.only(use), w[use]

    def only(self, use: NDArray[np.int64]) -> SideData:
        """The observations ``use``, in that order."""
        return SideData(
            self.x[use],
            self.y[use],
            None if self.cluster is None else self.cluster[use],
            None if self.treatment is None else self.treatment[use],
            None if self.covariates is None else self.covariates[use],
            None if self.sampling is None else self.sampling[use],
        )

    def combined(self, share: FloatArray) -> SideData:
        """The same with the outcome, treatment and covariates joined into one outcome by the factors ``share``."""
        return replace(self, y=_columns(self) @ share)


@dataclass(frozen=True)
class LocalFit:
    """A weighted polynomial, in powers of the distance itself."""

    powers: FloatArray
    """n x (order + 1)."""
    w: FloatArray
    inverse: FloatArray
    """(X'WX)^-1."""
    coefficients: FloatArray


def local_fit(side: SideData, w: FloatArray, order: int) -> LocalFit:
    """Fit a polynomial.

    Raises
    ------
    ValueError
        If there are fewer different values than coefficients.
    """
    if np.unique(side.x).size < order + 1:
        raise ValueError("too few different values near the threshold for a polynomial of this order")
    # Powers of the distance over its largest: the same fit without the loss of digits.
    unit = float(np.max(np.abs(side.x)))
    scale = unit ** np.arange(order + 1.0)
    X = (side.x[:, None] / unit) ** np.arange(order + 1)
    Q, R = np.linalg.qr(np.sqrt(w)[:, None] * X)
    if not np.min(np.abs(np.diag(R))) > 1e-12 * np.max(np.abs(np.diag(R))):
        raise ValueError("too few different values near the threshold for a polynomial of this order")
    Ri = np.linalg.inv(R)
    return LocalFit(X * scale, w, Ri @ Ri.T / np.outer(scale, scale), Ri @ (Q.T @ (np.sqrt(w) * side.y)) / scale)


def _columns(side: SideData) -> FloatArray:
    """n x (1 + treatment + covariates)."""
    parts = [side.y, *([] if side.treatment is None else [side.treatment])]
    return np.column_stack([*parts, *([] if side.covariates is None else [side.covariates])])


@dataclass(frozen=True)
class Joined:
    """How the columns of a side are joined into one outcome whose jump is sought."""

    outcome: FloatArray
    """Factors of the outcome less what covariates say of it."""
    treatment: FloatArray | None
    """The same of the treatment, where it is not settled by the threshold."""

    def ratio(self, jump: float, first: float) -> FloatArray:
        """Factors of what moves as the ratio of both jumps does (the delta method)."""
        if self.treatment is None:
            return self.outcome
        return self.outcome / first - jump / first**2 * self.treatment


def joined(near: Sequence[SideData], wide: Sequence[FloatArray], order: int) -> Joined:
    """Factors from one regression of outcome and treatment on a polynomial of each side and the covariates of all."""
    columns = [_columns(side) for side in near]
    width = columns[0].shape[1]
    others = 1 if near[0].treatment is None else 2
    factors = np.eye(width)[:others]
    if near[0].covariates is not None:
        square, cross = np.zeros((width - others,) * 2), np.zeros((width - others, others))
        for side, w, D in zip(near, wide, columns, strict=True):
            root = np.sqrt(w)[:, None]
            unit = float(np.max(np.abs(side.x)))
            Q = np.linalg.qr(root * (side.x[:, None] / unit) ** np.arange(order + 1))[0]
            left = root * D
            left = left - Q @ (Q.T @ left)
            square += left[:, others:].T @ left[:, others:]
            cross += left[:, others:].T @ left[:, :others]
        # Columns that say the same share what they say: the smallest of all solutions.
        factors[:, others:] = -(np.linalg.pinv(square, hermitian=True) @ cross).T
    return Joined(factors[0], factors[1] if others == 2 else None)


def residuals(side: SideData, fit: LocalFit, kind: Residuals, neighbours: int) -> FloatArray:
    """What is left of y: against the mean of its nearest neighbours, or against the fit, with its correction."""
    if kind == "nn" and side.cluster is None:
        return neighbour_residuals(side.x, side.y, neighbours)
    left: FloatArray = side.y - fit.powers @ fit.coefficients
    if side.cluster is not None:
        return _freed(side.cluster, fit, left, {"cr2": 0.5, "cr3": 1.0}[kind]) if kind in ("cr2", "cr3") else left
    if kind == "hc0":
        return left
    n, k = fit.powers.shape
    if kind == "hc1":
        corrected: FloatArray = left * np.sqrt(n / (n - k))
        return corrected
    leverage = np.sum(fit.powers @ fit.inverse * fit.powers, axis=1) * fit.w
    room = np.maximum(1 - leverage, 1e-8)
    raised: FloatArray = left / np.sqrt(room) if kind == "hc2" else left / room
    return raised


def _freed(cluster: NDArray[np.int64], fit: LocalFit, left: FloatArray, power: float) -> FloatArray:
    """Residuals freed of what their own cluster bent the fit, (I - H)^-power of each cluster's block of the hat matrix.

    One half: unbiased where errors are independent and alike (Bell and McCaffrey 2002); one: as if each cluster were
    left out in turn (rather too much).
    """
    root = np.linalg.cholesky(fit.inverse)
    turned = (fit.powers * np.sqrt(fit.w)[:, None]) @ root
    found = left.copy()
    order = np.argsort(cluster, kind="stable")
    for own in np.split(order, np.flatnonzero(np.diff(cluster[order])) + 1):
        value, vector = np.linalg.eigh(turned[own].T @ turned[own])
        value = np.clip(value, 0.0, None)
        bent = value > 1e-14
        more = np.zeros_like(value)
        more[bent] = (np.maximum(1.0 - value[bent], 1e-8) ** -power - 1.0) / value[bent]
        pull = turned[own].T @ (np.sqrt(fit.w[own]) * left[own])
        found[own] += fit.powers[own] @ (root @ (vector @ (more * (vector.T @ pull))))
    return found


def neighbour_residuals(x: FloatArray, y: FloatArray, neighbours: int) -> FloatArray:
    """y against the mean of the nearest others by x (equal values and distances all count), scaled to its spread.

    ``x`` is sorted.
    """
    n = x.size
    values, start, size = np.unique(x, return_index=True, return_counts=True)
    m = values.size
    first, last = np.arange(m), np.arange(m)
    ends = np.append(start, n)
    least = min(neighbours, n - 1)
    while True:
        few = ends[last + 1] - ends[first] - 1 < least
        if not few.any():
            break
        down = np.where(first > 0, values - values[np.maximum(first - 1, 0)], np.inf)
        up = np.where(last < m - 1, values[np.minimum(last + 1, m - 1)] - values, np.inf)
        # The differences of rounded values are equal in fact where they are equal to half the digits.
        finite = np.isfinite(down) & np.isfinite(up)
        with np.errstate(invalid="ignore"):
            apart = np.where(finite, _SAME * np.maximum(down, up), 0.0)
            lower, higher = down - up > apart, up - down > apart
        first = first - (few & ~lower)
        last = last + (few & ~higher)
    sums = np.concatenate([[0.0], np.cumsum(y - y.mean())])
    group = np.repeat(np.arange(m), size)
    others = (ends[last + 1] - ends[first] - 1)[group]
    total = (sums[ends[last + 1]] - sums[ends[first]])[group]
    own = y - y.mean()
    found: FloatArray = np.sqrt(others / (others + 1.0)) * (own - (total - own) / others)
    return found


def sandwich(side: SideData, scores: FloatArray, left: FloatArray, coefficients: int, kind: Residuals) -> FloatArray:
    """The middle of a variance: scores are n x k; clusters get the usual correction for so many coefficients, unless
    their residuals were corrected themselves (cr2, cr3)."""
    moved = scores * left[:, None]
    if side.cluster is None:
        found: FloatArray = moved.T @ moved
        return found
    _, at = np.unique(side.cluster, return_inverse=True)
    n, g = left.size, int(at.max()) + 1
    if g < 2:
        raise ValueError("one cluster on a side of the threshold has no variance")
    summed = np.zeros((g, scores.shape[1]))
    np.add.at(summed, at, moved)
    if kind in ("cr2", "cr3"):
        return np.asarray(summed.T @ summed)
    clustered: FloatArray = (n - 1) / (n - coefficients) * g / (g - 1) * summed.T @ summed
    return clustered
