"""Maximum likelihood where what a respondent answered mixes what he may have meant.

A row of the data is one answer; its *entries* are the hidden states that can have given it (does he hold the sensitive
item, how many of the others, did he hide it). Each entry has a log probability that depends on a few linear predictors
(*heads*). Score and observed information follow from Louis's identity, so that one short Newton iteration serves every
model; where the likelihood is not concave the step is that of the EM-gradient algorithm.

Sources: Louis 1982 (JRSS B 44:226); Lange 1995 (JRSS B 57:425).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from arusha.surveys.answers import FloatArray, IntArray

_STEPS = 500
FIRST_STEPS = 4

Errors = Literal["information", "scores", "sandwich"]
"""Standard errors from the observed information, from the outer product of the rows' scores, or from both."""

_DECREMENT = 1e-16
"""Newton decrement at which the fit is done: coefficients are within 1e-8 standard errors of the maximum."""


class EntryLaw(Protocol):
    """Log probability of each entry and its derivatives in the heads' linear predictors.

    Takes (entries, heads) predictors; returns (entries,), (entries, heads) and (entries, heads, heads).
    """

    def __call__(self, predictors: FloatArray, /) -> tuple[FloatArray, FloatArray, FloatArray]: ...


@dataclass(frozen=True)
class Mixture:
    """Entries of rows, in row order.

    ``start`` (rows,): first entry of each row, every row has one; ``designs``: for each head an (entries, k) matrix,
    with rows of zeros where the head does not matter; ``weights`` (rows,); ``cauchy``: for each coefficient the scale
    of a Cauchy prior around 0 (infinite for none), which keeps what the answers do not tell from running off.
    """

    start: IntArray
    designs: tuple[FloatArray, ...]
    law: EntryLaw
    weights: FloatArray
    cauchy: FloatArray | None = None


@dataclass(frozen=True)
class Point:
    """The likelihood at one set of coefficients."""

    loglik: float
    score: FloatArray
    information: FloatArray
    complete: FloatArray
    row_scores: FloatArray


@dataclass(frozen=True)
class Maximum:
    """Where the search ended; ``converged`` says whether the score vanishes and the likelihood is concave there."""

    coefficients: FloatArray
    point: Point
    converged: bool
    steps: int


def _slices(designs: tuple[FloatArray, ...]) -> list[slice]:
    ends = np.cumsum([d.shape[1] for d in designs])
    return [slice(int(end) - d.shape[1], int(end)) for end, d in zip(ends, designs, strict=True)]


def _predictors(model: Mixture, coefficients: FloatArray) -> FloatArray:
    columns = [d @ coefficients[s] for d, s in zip(model.designs, _slices(model.designs), strict=True)]
    return np.stack(columns, axis=1)


def _mixed(model: Mixture, log_chance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log likelihood of each row, and each entry's share of it."""
    of_row = np.repeat(np.arange(model.start.size), np.diff(np.append(model.start, log_chance.size)))
    highest = np.maximum.reduceat(log_chance, model.start)
    raised = np.exp(log_chance - highest[of_row])
    total = np.add.reduceat(raised, model.start)
    return highest + np.log(total), raised / total[of_row]


def shares(model: Mixture, coefficients: FloatArray) -> FloatArray:
    """Each entry's share of its row: how likely it is behind the answer."""
    return _mixed(model, model.law(_predictors(model, coefficients))[0])[1]


def evaluate(model: Mixture, coefficients: FloatArray) -> Point:
    """Log likelihood, score, observed and complete-data information at ``coefficients``."""
    log_chance, first, second = model.law(_predictors(model, coefficients))
    rows, share = _mixed(model, log_chance)
    lengths = np.diff(np.append(model.start, log_chance.size))
    weight = np.repeat(model.weights, lengths)
    slices, size = _slices(model.designs), coefficients.size

    spread = np.concatenate([d * first[:, [h]] for h, d in enumerate(model.designs)], axis=1)
    row_scores = np.add.reduceat(spread * share[:, None], model.start, axis=0)
    complete = np.zeros((size, size))
    for a, in_a in enumerate(slices):
        for b, in_b in enumerate(slices[: a + 1]):
            block = model.designs[a].T @ (model.designs[b] * (weight * share * second[:, a, b])[:, None])
            complete[in_a, in_b] = -block
            complete[in_b, in_a] = -block.T
    between = spread.T @ (spread * (weight * share)[:, None]) - row_scores.T @ (row_scores * model.weights[:, None])
    score = model.weights @ row_scores
    loglik, information = float(model.weights @ rows), complete - between
    if model.cauchy is not None:
        held = np.isfinite(model.cauchy)
        square = model.cauchy[held] ** 2
        at = coefficients[held]
        whole = square + at**2
        loglik += float(np.sum(np.log(model.cauchy[held] / np.pi) - np.log(whole)))
        score[held] -= 2.0 * at / whole
        information[held, held] += 2.0 * (square - at**2) / whole**2
        # A bound of its curvature from above, so that every step still raises what is sought.
        complete = complete.copy()
        complete[held, held] += 2.0 / whole
    return Point(loglik, score, information, complete, row_scores)


def maximise(model: Mixture, start: FloatArray, steps: int = _STEPS) -> Maximum:
    """The maximum of the likelihood that ``start`` leads to, or how far ``steps`` lead; every step raises it."""
    at, point = start, evaluate(model, start)
    for step in range(steps):
        direction, newton = _direction(point)
        gain = float(direction @ point.score)
        if newton and gain < _DECREMENT * max(1.0, float(model.weights.sum())):
            # One more step squares what is left; the likelihood itself no longer tells the two apart.
            last = evaluate(model, at + direction)
            better = float(np.abs(last.score).max()) < float(np.abs(point.score).max())
            return Maximum(at + direction, last, True, step) if better else Maximum(at, point, True, step)
        scale = min(1.0, 4.0 / max(float(np.abs(direction).max()), 1e-300))
        while scale > 1e-10:
            tried = at + scale * direction
            there = evaluate(model, tried)
            if there.loglik >= point.loglik + 1e-4 * scale * gain - 1e-12 * abs(point.loglik):
                break
            scale /= 2.0
        else:
            return Maximum(at, point, newton, step)
        at, point = tried, there
    return Maximum(at, point, False, steps)


def _direction(point: Point) -> tuple[FloatArray, bool]:
    """Newton's step where the likelihood is concave, else the EM-gradient step."""
    scale = np.sqrt(np.maximum(np.diag(point.complete), 1e-10))
    for matrix, newton in ((point.information, True), (point.complete, False)):
        scaled = matrix / np.outer(scale, scale)
        for ridge in (0.0,) if newton else (0.0, 1e-3, 1e-1, 10.0):
            try:
                factor = cho_factor(scaled + ridge * np.eye(scale.size))
            except np.linalg.LinAlgError:
                continue
            return cho_solve(factor, point.score / scale) / scale, newton
    return point.score / scale**2, False


def best_of(model: Mixture, starts: list[FloatArray], first: int = FIRST_STEPS) -> Maximum:
    """The maximum that the most promising of several starts leads to: each goes ``first`` steps, the highest goes
    on."""
    tried = [maximise(model, s, first) for s in starts]
    return maximise(model, max(tried, key=lambda m: m.point.loglik).coefficients)


def covariance(found: Maximum, weights: FloatArray, errors: Errors) -> FloatArray:
    """Covariance of the coefficients by ``errors``; NaN where what is to be inverted is singular."""
    rows = found.point.row_scores * weights[:, None]
    meat = rows.T @ rows
    bread = meat if errors == "scores" else found.point.information
    scale = np.sqrt(np.maximum(np.abs(np.diag(bread)), 1e-300))
    try:
        inverse = np.linalg.inv(bread / np.outer(scale, scale)) / np.outer(scale, scale)
    except np.linalg.LinAlgError:
        return np.full_like(bread, np.nan)
    return np.asarray(inverse @ meat @ inverse if errors == "sandwich" else inverse)


def log_logistic(predictor: FloatArray, sign: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """log chance of yes (``sign`` 1) or no (-1) at a logit, and its two derivatives in the logit."""
    signed = sign * predictor
    chance = 0.5 * (1.0 + np.tanh(0.5 * signed))
    return -np.logaddexp(0.0, -signed), sign * (1.0 - chance), -chance * (1.0 - chance)
