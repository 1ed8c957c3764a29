"""What a regression of a sensitive item gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtri

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
