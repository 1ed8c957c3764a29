"""What a regression of a sensitive item gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, expit, ndtri

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, design_matrix

EDGE = 12.0
"""A constant beyond this on the logit scale is a share of 0 or 1 (6 in a million): the estimate lies at the edge."""


@dataclass(frozen=True)
class Block:
    """Coefficients of one part of a model, with their standard errors and covariance."""

    estimate: FloatArray
    se: FloatArray
    vcov: FloatArray


@dataclass(frozen=True)
class Share:
    """A predicted share with its standard error (delta method) and interval; on the logit scale where the model is."""

    estimate: float
    se: float
    low: float
    high: float
    level: float


@dataclass(frozen=True)
class SensitiveFit:
    """A fitted model of a sensitive item.

    Attributes
    ----------
    method
        ``linear``, ``nls``, ``ml`` or ``randomised``.
    coefficients, vcov
        All coefficients in the order of ``blocks``, (p,) and (p, p).
    blocks
        Where each part of the model lies: ``control`` (the innocuous items), ``sensitive`` (or ``sensitive 1`` ... with
        several items), ``spread``, ``ceiling``, ``floor``.
    loglik
        Log likelihood; NaN for least squares.
    respondents
        How many answers.
    converged
        Whether the search ended at a maximum (minimum).
    at_edge
        Blocks whose estimate lies at a share of 0 or 1, where standard errors mean nothing.
    logit
        Whether shares are logistic in the covariates (else linear).
    scale
        Residual standard deviation, and its degrees of freedom; NaN for likelihoods.
    """

    method: str
    coefficients: FloatArray
    vcov: FloatArray
    blocks: Mapping[str, slice]
    loglik: float
    respondents: int
    converged: bool
    at_edge: tuple[str, ...] = ()
    logit: bool = True
    scale: float = float("nan")
    degrees_of_freedom: int = 0

    def part(self, block: str) -> Block:
        """Coefficients of ``block``, such as ``sensitive``."""
        if block not in self.blocks:
            raise SurveyError(f"this model has no part {block!r}.", remedy=f"it has {', '.join(self.blocks)}.")
        where = self.blocks[block]
        vcov = self.vcov[where, where]
        return Block(self.coefficients[where], np.sqrt(np.diag(vcov)), vcov)

    def share(
        self,
        covariates: ArrayLike | None = None,
        *,
        weights: ArrayLike | None = None,
        level: float = 0.95,
        of: str = "sensitive",
    ) -> Share:
        """Share that holds the sensitive item, averaged over the rows of ``covariates`` (the constant alone if
        none)."""
        part = self.part(of)
        X = _rows(covariates, part.estimate.size)
        w = (
            np.full(X.shape[0], 1.0 / X.shape[0])
            if weights is None
            else np.asarray(weights) / np.sum(np.asarray(weights))
        )
        return _share(part, X, w, level, self.logit)

    def difference(self, first: ArrayLike, second: ArrayLike, *, level: float = 0.95, of: str = "sensitive") -> Share:
        """Average share over ``first`` less that over ``second``, such as the same respondents in two groups."""
        part = self.part(of)
        gradient, value = np.zeros(part.estimate.size), 0.0
        for rows, sign in ((first, 1.0), (second, -1.0)):
            X = _rows(rows, part.estimate.size)
            shares, slope = _shares(X, part.estimate, self.logit)
            value += sign * float(shares.mean())
            gradient += sign * (X * slope[:, None]).mean(axis=0)
        se = float(np.sqrt(gradient @ part.vcov @ gradient))
        z = float(ndtri(0.5 + level / 2.0))
        return Share(value, se, value - z * se, value + z * se, level)


def _rows(covariates: ArrayLike | None, size: int) -> FloatArray:
    X = np.ones((1, 1)) if covariates is None else np.atleast_2d(np.asarray(covariates, np.float64))
    if X.shape[1] != size:
        raise SurveyError(
            f"rows with {X.shape[1]} covariates for a model of {size}.",
            where="covariates",
            remedy="give the columns of the model, constant included, in its order.",
        )
    return X


def _shares(X: FloatArray, coefficients: FloatArray, logit: bool) -> tuple[FloatArray, FloatArray]:
    if not logit:
        return X @ coefficients, np.ones(X.shape[0])
    shares: FloatArray = expit(X @ coefficients)
    return shares, shares * (1.0 - shares)


def _share(part: Block, X: FloatArray, weights: FloatArray, level: float, logit: bool) -> Share:
    shares, slope = _shares(X, part.estimate, logit)
    mean = float(weights @ shares)
    gradient = (weights * slope) @ X
    se = float(np.sqrt(gradient @ part.vcov @ gradient))
    z = float(ndtri(0.5 + level / 2.0))
    if not logit:
        return Share(mean, se, mean - z * se, mean + z * se, level)
    if not 0.0 < mean < 1.0:
        return Share(mean, se, float("nan"), float("nan"), level)
    at, half = np.log(mean / (1.0 - mean)), z * se / (mean * (1.0 - mean))
    return Share(mean, se, float(expit(at - half)), float(expit(at + half)), level)


def edges(coefficients: FloatArray, blocks: Mapping[str, slice], designs: Mapping[str, Any]) -> tuple[str, ...]:
    """Blocks whose every row is beyond ``EDGE`` on the logit scale."""
    beyond = []
    for name, where in blocks.items():
        predictor = np.asarray(designs[name]) @ coefficients[where]
        if np.all(np.abs(predictor) > EDGE):
            beyond.append(name)
    return tuple(beyond)


def matrix(covariates: ArrayLike | None, size: int, what: str = "covariates") -> FloatArray:
    """The design matrix of a model (see :func:`arusha.surveys.answers.design_matrix`)."""
    return design_matrix(covariates, size, what)


@dataclass(frozen=True)
class Specification:
    """Whether two fits of the same model differ by more than chance: ``statistic`` is chi-square on ``free``."""

    statistic: float
    free: int
    p: float


def specification_test(
    efficient: SensitiveFit,
    safe: SensitiveFit,
    covariates: ArrayLike | None = None,
    *,
    over: Literal["share", "coefficients"] = "share",
) -> Specification:
    """Hausman's test of a fit that needs more to be right (maximum likelihood) against one that needs less (least
    squares).

    ``share`` compares the average share over the rows of ``covariates``; p is NaN where the safe fit is not the less
    precise one, which tells nothing. ``coefficients`` compares all coefficients of the common parts, as the source
    does: the covariance of so many differences is badly known, and 18 to 23 of 100 honest surveys of 1,200 to 6,000 are
    rejected at 5% (4 to 6 by the share).

    A small p says that the likelihood's law does not hold. Source: Hausman 1978; Blair, Chou and Imai 2019.
    """
    if over == "share":
        one, other = efficient.share(covariates), safe.share(covariates)
        gap = np.array([other.estimate - one.estimate])
        apart = np.array([[other.se**2 - one.se**2]])
        if not apart[0, 0] > 0.0:
            return Specification(float("nan"), 0, float("nan"))
    else:
        names = [name for name in efficient.blocks if name in safe.blocks]
        sizes = [(efficient.part(name).estimate.size, safe.part(name).estimate.size) for name in names]
        if not names or any(a != b for a, b in sizes):
            raise SurveyError("two fits without common parts.", remedy="fit the same covariates by both methods.")
        place = [
            np.concatenate([np.arange(fit.coefficients.size)[fit.blocks[n]] for n in names])
            for fit in (efficient, safe)
        ]
        gap = safe.coefficients[place[1]] - efficient.coefficients[place[0]]
        apart = safe.vcov[np.ix_(place[1], place[1])] - efficient.vcov[np.ix_(place[0], place[0])]
    # The difference of the covariances need not be positive: only its positive part counts, on so many degrees.
    value, vector = np.linalg.eigh((apart + apart.T) / 2.0)
    kept = value > 1e-10 * max(float(np.abs(value).max()), 1e-300)
    statistic, free = float(np.sum((vector.T @ gap)[kept] ** 2 / value[kept])), int(kept.sum())
    return Specification(statistic, free, float(chdtrc(free, statistic)) if free else float("nan"))
