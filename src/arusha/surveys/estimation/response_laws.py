"""How the mean of an answer follows from a linear predictor, how its variance goes with it, and its deviance."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import expit, ndtr, xlogy

from arusha.surveys.answers import FloatArray

Kind = Literal[
    "linear", "logistic", "poisson", "probit", "cloglog", "gamma", "gamma-inverse", "log-linear", "log-binomial"
]
ANSWERS: tuple[Kind, ...] = ("logistic", "probit", "cloglog", "log-binomial")
"""Kinds of regression of a chance."""
POSITIVE: tuple[Kind, ...] = ("gamma", "gamma-inverse", "log-linear")
"""Kinds of regression of amounts above 0."""
_OWN_LINK = ("linear", "logistic", "poisson", "gamma-inverse")
_LARGEST = 500.0


def mean_at(at: FloatArray, kind: Kind) -> tuple[FloatArray, FloatArray]:
    """The mean at a linear predictor, and its slope."""
    if kind == "linear":
        return at, np.ones_like(at)
    if kind == "logistic":
        fitted: FloatArray = expit(at)
        return fitted, fitted * (1.0 - fitted)
    if kind == "probit":
        return np.asarray(ndtr(at)), np.exp(-0.5 * at**2) / np.sqrt(2 * np.pi)
    if kind == "gamma-inverse":
        return 1.0 / at, -1.0 / at**2
    grown = np.exp(np.clip(at, -_LARGEST, _LARGEST))
    return (-np.expm1(-grown), grown * np.exp(-grown)) if kind == "cloglog" else (grown, grown)


def spread_at(fitted: FloatArray, kind: Kind) -> FloatArray:
    """The variance that an answer has at a mean, but for a factor."""
    if kind in ANSWERS:
        return fitted * (1.0 - fitted)
    if kind == "poisson":
        return fitted
    return fitted**2 if kind in ("gamma", "gamma-inverse") else np.ones_like(fitted)


def pull_at(fitted: FloatArray, slope: FloatArray, kind: Kind) -> FloatArray:
    """How much a deviation from the mean counts: the slope over the variance, of one size where the link is the law's
    own."""
    if kind in _OWN_LINK:
        return np.full_like(fitted, -1.0 if kind == "gamma-inverse" else 1.0)
    spread = spread_at(fitted, kind)
    # Where a chance is 0 or 1 to a double's last digit, the answer says nothing more of the predictor.
    return np.divide(slope, spread, out=np.zeros_like(slope), where=spread > 1e-300)


def inside(at: FloatArray, kind: Kind) -> bool:
    """Whether every linear predictor gives a mean that there can be."""
    if kind == "log-binomial":
        return bool(np.all(at < 0))
    return kind != "gamma-inverse" or bool(np.all(at > 0))


def deviance(y: FloatArray, fitted: FloatArray, weights: FloatArray, kind: Kind) -> float:
    """Twice what the weighted likelihood lacks to that of a mean of each answer's own (dispersion 1)."""
    if kind in ANSWERS:
        missing = xlogy(y, np.where(fitted > 0, fitted, 1.0)) + xlogy(1 - y, np.where(fitted < 1, 1 - fitted, 1.0))
        return float(-2.0 * weights @ missing)
    if kind == "poisson":
        return float(2.0 * weights @ (xlogy(y, y / fitted) - (y - fitted)))
    if kind in ("gamma", "gamma-inverse"):
        return float(2.0 * weights @ ((y - fitted) / fitted - np.log(y / fitted)))
    return float(weights @ (y - fitted) ** 2)
