"""Linear mixed models: fixed effects beside effects of groups that are drawn from a law, nested or crossed.

y = X b + sum over terms of Z u + e, with u of each level of a term's group ~ N(0, S), S of any covariance. An officer's
effect is then told from what his office, his goods and chance do. The likelihood is profiled over everything but the
relative covariance of the terms, which is sought.

Sources: Bates, Maechler, Bolker and Walker 2015 (Journal of Statistical Software 67:1) for the profile; Laird and Ware
1982 (Biometrics 38:963).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import linalg, optimize

from arusha.inference.segments import FloatArray, IntArray

MOST_LEVELS = 6_000
"""Levels times columns over all terms: the system that is solved is dense."""


@dataclass(frozen=True)
class Term:
    """Effects of a group: ``group`` (n,) labels, ``columns`` (n, k) what varies with it (a constant where not given).

    ``correlated``: whether the effects of a level go together.
    """

    group: ArrayLike
    columns: ArrayLike | None = None
    correlated: bool = True


@dataclass(frozen=True)
class Effects:
    """What a term was found to do. Levels in sorted order."""

    levels: tuple[object, ...]
    covariance: FloatArray
    """k x k, between the effects of a level."""
    effect: FloatArray
    """levels x k: the effects given the answers (best linear unbiased prediction)."""
    se: FloatArray
    """Of the effects given the answers, with the covariances taken as known."""


@dataclass(frozen=True)
class MixedModel:
    """A fitted mixed model."""

    coefficients: FloatArray
    covariance: FloatArray
    sigma: float
    """Standard deviation of what is left."""
    terms: tuple[Effects, ...]
    log_likelihood: float
    """Restricted, where the fit is."""
    restricted: bool
    converged: bool
    singular: bool
    """A spread, or what is left of one beside a correlation, is 0."""

    @property
    def se(self) -> FloatArray:
        """Standard errors of the coefficients."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))


class _Profile:
    """The profiled deviance at a relative covariance."""

    def __init__(self, y: FloatArray, X: FloatArray, terms: Sequence[Term], restricted: bool) -> None:
        n = y.size
        self.y, self.X, self.restricted = y, X, restricted
        self.codes: list[IntArray] = []
        self.levels: list[tuple[object, ...]] = []
        self.columns: list[FloatArray] = []
        self.free: list[list[tuple[int, int]]] = []
        for term in terms:
            labels = np.asarray(term.group)
            if labels.shape != (n,):
                raise ValueError("a term's group names one level a row")
            names, code = np.unique(labels, return_inverse=True)
            columns = np.ones((n, 1)) if term.columns is None else np.asarray(term.columns, np.float64).reshape(n, -1)
            if names.size < 2 or not np.all(np.isfinite(columns)):
                raise ValueError("a term needs two levels or more, and columns without missing values")
            self.codes.append(code.astype(np.int64))
            self.levels.append(tuple(names.tolist()))
            self.columns.append(columns)
            k = columns.shape[1]
            self.free.append([(i, j) for j in range(k) for i in range(j, k) if term.correlated or i == j])
        self.widths = [c.shape[1] * len(level) for c, level in zip(self.columns, self.levels, strict=True)]
        self.q = sum(self.widths)
        if self.q > MOST_LEVELS:
            raise ValueError(f"{self.q} effects of levels: at most {MOST_LEVELS}")
        self.ZZ, self.ZX, self.Zy = self._products()
        self.XX, self.Xy, self.yy = X.T @ X, X.T @ y, float(y @ y)
        self.apart = self._apart()

    def _apart(self) -> tuple[int, NDArray[np.bool_], FloatArray, FloatArray, FloatArray] | None:
        """The widest term of single effects: its number, rows and diagonal, and the other rows with it and alone."""
        single = [t for t, columns in enumerate(self.columns) if columns.shape[1] == 1]
        if not single or len(self.widths) == 1:
            return None
        widest = max(single, key=lambda t: self.widths[t])
        begin = sum(self.widths[:widest])
        inside = np.zeros(self.q, dtype=np.bool_)
        inside[begin : begin + self.widths[widest]] = True
        beside = self.ZZ[~inside]
        return widest, inside, np.diag(self.ZZ)[inside].copy(), beside[:, inside].copy(), beside[:, ~inside].copy()

    def _products(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Cross products of the levels' columns, level by level within a term and column by column within a level."""
        starts = np.concatenate([[0], np.cumsum(self.widths)])
        ZZ = np.zeros((self.q, self.q))
        ZX, Zy = np.zeros((self.q, self.X.shape[1])), np.zeros(self.q)
        where = [
            [starts[t] + code * columns.shape[1] + c for c in range(columns.shape[1])]
            for t, (code, columns) in enumerate(zip(self.codes, self.columns, strict=True))
        ]
        for t, columns in enumerate(self.columns):
            for c in range(columns.shape[1]):
                at, value = where[t][c], columns[:, c]
                np.add.at(Zy, at, value * self.y)
                np.add.at(ZX, at, value[:, None] * self.X)
                for s, others in enumerate(self.columns):
                    for d in range(others.shape[1]):
                        np.add.at(ZZ, (at, where[s][d]), value * others[:, d])
        return ZZ, ZX, Zy

    @property
    def size(self) -> int:
        return sum(len(f) for f in self.free)

    def factors(self, theta: FloatArray) -> list[FloatArray]:
        """Lower triangular relative factor of each term."""
        found, begin = [], 0
        for free, columns in zip(self.free, self.columns, strict=True):
            T = np.zeros((columns.shape[1],) * 2)
            for value, (i, j) in zip(theta[begin : begin + len(free)], free, strict=True):
                T[i, j] = value
            begin += len(free)
            found.append(T)
        return found

    def turned(
        self, theta: FloatArray, right: FloatArray, transposed: bool = True, without: int | None = None
    ) -> FloatArray:
        """Lambda' times (or Lambda times) something with q rows, or with those of all terms but one."""
        out, begin = np.empty_like(right), 0
        for t, (T, width) in enumerate(zip(self.factors(theta), self.widths, strict=True)):
            if t == without:
                continue
            block = right[begin : begin + width].reshape(-1, T.shape[0], *right.shape[1:])
            out[begin : begin + width] = np.einsum(
                "ji,lj...->li..." if transposed else "ij,lj...->li...", T, block
            ).reshape(right[begin : begin + width].shape)
            begin += width
        return out

    def deviance(self, theta: FloatArray) -> float:
        """The deviance alone: the widest term of single effects is diagonal and is solved out before the rest."""
        if self.apart is None:
            return self.solved(theta)[0]
        widest, inside, diagonal, across, beside = self.apart
        scale = float(self.factors(theta)[widest][0, 0])
        own = scale**2 * diagonal + 1.0
        right = np.column_stack([self.ZX, self.Zy])
        between = scale * self.turned(theta, across, without=widest)
        rest = self.turned(theta, beside, without=widest)
        rest = self.turned(theta, rest.T, without=widest) + np.eye(rest.shape[0]) - (between / own) @ between.T
        first, others = scale * right[inside], self.turned(theta, right[~inside], without=widest)
        L = linalg.cholesky(rest, lower=True, check_finite=False)
        others = linalg.solve_triangular(L, others - between @ (first / own[:, None]), lower=True, check_finite=False)
        taken = first.T @ (first / own[:, None]) + others.T @ others
        n, p = self.X.shape
        RX = np.linalg.cholesky(self.XX - taken[:p, :p])
        cb = linalg.solve_triangular(RX, self.Xy - taken[:p, p], lower=True)
        left = self.yy - float(taken[p, p]) - float(cb @ cb)
        free = n - p if self.restricted else n
        logs = float(np.log(own).sum()) + 2.0 * float(np.log(np.diag(L)).sum())
        deviance = logs + free * (1.0 + np.log(2.0 * np.pi * left / free))
        return float(deviance + (2.0 * np.log(np.diag(RX)).sum() if self.restricted else 0.0))

    def solved(self, theta: FloatArray) -> tuple[float, FloatArray, FloatArray, FloatArray, FloatArray, float]:
        """Deviance, coefficients, spherical effects, Cholesky factors of effects and coefficients, and sigma2."""
        n, p = self.X.shape
        inner = self.turned(theta, self.turned(theta, self.ZZ).T)
        L = linalg.cholesky(inner + np.eye(self.q), lower=True, check_finite=False)
        RZX = linalg.solve_triangular(L, self.turned(theta, self.ZX), lower=True, check_finite=False)
        cu = linalg.solve_triangular(L, self.turned(theta, self.Zy), lower=True, check_finite=False)
        RX = np.linalg.cholesky(self.XX - RZX.T @ RZX)
        cb = linalg.solve_triangular(RX, self.Xy - RZX.T @ cu, lower=True)
        beta = linalg.solve_triangular(RX.T, cb, lower=False)
        u = linalg.solve_triangular(L.T, cu - RZX @ beta, lower=False, check_finite=False)
        left = self.yy - float(cu @ cu) - float(cb @ cb)
        free = n - p if self.restricted else n
        deviance = 2.0 * float(np.log(np.diag(L)).sum()) + free * (1.0 + np.log(2.0 * np.pi * left / free))
        if self.restricted:
            deviance += 2.0 * float(np.log(np.diag(RX)).sum())
        return deviance, beta, u, L, RX, left / free


def mixed_model(
    y: ArrayLike, terms: Sequence[Term], covariates: ArrayLike | None = None, *, restricted: bool = True
) -> MixedModel:
    """Fit a linear mixed model.

    Parameters
    ----------
    y, covariates
        n, and n x p with a constant (a constant alone if not given).
    terms
        Groups, crossed or nested in any way.
    restricted
        Restricted maximum likelihood, which does not understate spreads; plain for comparing fixed effects.

    Raises ``ValueError`` for missing values, covariates that follow from each other, more effects than
    ``MOST_LEVELS``.
    """
    values = np.asarray(y, dtype=np.float64).ravel()
    X = np.ones((values.size, 1)) if covariates is None else np.asarray(covariates, np.float64).reshape(values.size, -1)
    if not (np.all(np.isfinite(values)) and np.all(np.isfinite(X))) or np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("values and covariates without missing ones, and no covariate that others give")
    if not terms:
        raise ValueError("a mixed model has one term or more")
    profile = _Profile(values, X, terms, restricted)
    diagonal = np.array([i == j for free in profile.free for i, j in free], dtype=np.bool_)
    bounds = [(0.0, None) if d else (None, None) for d in diagonal]

    def deviance(theta: FloatArray) -> float:
        return profile.deviance(np.asarray(theta))

    start = diagonal.astype(np.float64)
    best = optimize.minimize(
        deviance, start, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-5, "fatol": 1e-7}
    )
    for _ in range(3):
        # From its own end with a fresh simplex, until that gains nothing: the first may have been squeezed flat.
        again = optimize.minimize(
            deviance,
            np.where(diagonal & (best.x < 1e-4), 1e-2, best.x),
            method="Nelder-Mead",
            bounds=bounds,
            options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 400 * start.size},
        )
        gain = best.fun - again.fun
        best = again if gain > 0 else best
        if gain < 1e-9:
            break
    theta = _settled(deviance, np.asarray(best.x, dtype=np.float64), diagonal)
    reached, beta, u, L, RX, sigma2 = profile.solved(theta)
    inverse = linalg.solve_triangular(RX, np.eye(X.shape[1]), lower=True)
    effects = profile.turned(theta, u, transposed=False)
    half = linalg.solve_triangular(L, profile.turned(theta, np.eye(profile.q)), lower=True, check_finite=False)
    spread = np.sqrt(sigma2 * np.sum(half**2, axis=0))
    found, begin, singular = [], 0, False
    for T, level, width in zip(profile.factors(theta), profile.levels, profile.widths, strict=True):
        shape = (len(level), T.shape[0])
        singular |= bool(np.any(np.diag(T) < 1e-4))
        found.append(
            Effects(
                level,
                sigma2 * T @ T.T,
                effects[begin : begin + width].reshape(shape),
                spread[begin : begin + width].reshape(shape),
            )
        )
        begin += width
    return MixedModel(
        coefficients=beta,
        covariance=sigma2 * inverse.T @ inverse,
        sigma=float(np.sqrt(sigma2)),
        terms=tuple(found),
        log_likelihood=-0.5 * reached,
        restricted=restricted,
        converged=bool(best.success),
        singular=singular,
    )


def _settled(deviance: Callable[[FloatArray], float], theta: FloatArray, diagonal: NDArray[np.bool_]) -> FloatArray:
    """Newton's steps to where the slope vanishes: comparing values alone leaves half of the digits."""
    if np.any(diagonal & (theta < 0.02)):
        return theta  # at (or near) the edge there need be no such place

    def moved(i: int, by: float, j: int = 0, too: float = 0.0) -> float:
        at = theta.copy()
        at[i] += by
        at[j] += too
        return deviance(at)

    size, h = theta.size, 5e-3
    for _ in range(3):
        here = deviance(theta)
        slope, bend = np.zeros(size), np.zeros((size, size))
        for i in range(size):
            near, far = [moved(i, s * h) for s in (1, -1)], [moved(i, 2 * s * h) for s in (1, -1)]
            slope[i] = (8.0 * (near[0] - near[1]) - (far[0] - far[1])) / (12.0 * h)
            bend[i, i] = (sum(near) - 2.0 * here) / h**2
            for j in range(i):
                corners = [s * t * moved(i, s * h, j, t * h) for s in (1, -1) for t in (1, -1)]
                bend[i, j] = bend[j, i] = sum(corners) / (4.0 * h**2)
        if np.linalg.eigvalsh(bend).min() <= 0.0:
            break
        step = -np.linalg.solve(bend, slope)
        if np.abs(step).max() > 1e-3 or deviance(theta + step) > here + 1e-9 * abs(here):
            break
        theta = theta + step
        if np.abs(step).max() < 1e-10:
            break
    return theta
