"""A comparison made of other units: synthetic control and synthetic difference-in-differences, with placebo inference.

Abadie, Diamond and Hainmueller (2010) for one treated unit; Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021) for
one or a few that begin together. Chance is judged by putting untreated units in the treated one's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import optimize, stats

from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of

Errors = Literal["placebo", "jackknife", "bootstrap"]


@dataclass(frozen=True)
class Synthetic:
    """An effect beside a weighted comparison."""

    effect: float
    """Mean of treated minus comparison over the periods after, less the gap before."""
    se: float
    """From placebo units; NaN for synthetic control, whose inference is by rank alone."""
    p: float
    low: float
    high: float
    smallest_p: float
    """What this many untreated units can show at best."""
    unit_weights: FloatArray
    """One for each control, adding up to 1."""
    period_weights: FloatArray
    """One for each period before."""
    gap: FloatArray
    """T: treated minus comparison."""
    fit_before: float
    """Root mean squared gap before the measure."""
    placebo: FloatArray
    """Statistic of each placebo; of each unit left out, or each draw, where errors are made so."""
    controls: IntArray


def simplex_weights(A: FloatArray, b: FloatArray, ridge: float = 0.0) -> FloatArray:
    """Weights w >= 0 with sum 1 that minimise ``|A w - b|^2 + ridge |w|^2`` (A is rows x weights)."""
    k = A.shape[1]
    scale = max(float(np.max(np.abs(A))), float(np.max(np.abs(b))), 1e-12)
    # A heavy row holds the sum at 1; a light ridge makes the weights unique.
    heavy = 1e4 * scale * np.sqrt(A.shape[0])
    rows = [A, np.sqrt(ridge + 1e-12 * scale**2) * np.eye(k), heavy * np.ones((1, k))]
    w, _ = optimize.nnls(np.vstack(rows), np.concatenate([b, np.zeros(k), [heavy]]), maxiter=50 * k)
    return np.asarray(w / w.sum())


@dataclass(frozen=True)
class _Block:
    y: FloatArray
    treated: IntArray
    controls: IntArray
    before: int


def _block(y: FloatArray, time: IntArray, first: IntArray, fewest_before: int) -> _Block:
    start = np.where(first > time[-1], NEVER, first)
    treated, controls = np.flatnonzero(start != NEVER), np.flatnonzero(start == NEVER)
    if treated.size == 0:
        raise of(DesignError, "ev-not-treated", "ev-first-periods")
    if np.unique(start[treated]).size > 1:
        raise of(DesignError, "ev-different-times", "ev-by-itself")
    if controls.size < 2:
        raise of(DesignError, "fx-few-untreated", "fx-series", n=controls.size)
    before = int(np.sum(time < start[treated[0]]))
    if before < fewest_before:
        raise of(DesignError, "fx-few-weigh", "fx-begin-before-measure", before=before, least=fewest_before)
    return _Block(y, treated, controls, before)


def synthetic_control(y: FloatArray, time: IntArray, first: IntArray) -> Synthetic:
    """Synthetic control of the treated unit (or the mean of those that begin together).

    The p-value is the rank of the ratio of gaps after to gaps before among placebos: each untreated unit in the treated
    one's place, the treated one left out.

    Raises
    ------
    DesignError
        Different starts, fewer than two untreated units, or fewer than six periods before.
    """
    b = _block(y, time, first, 6)
    donors, target = y[b.controls], y[b.treated].mean(axis=0)
    w, gap, ratio = _one(target, donors, b.before)
    placebo = np.array([_one(donors[i], np.delete(donors, i, axis=0), b.before)[2] for i in range(len(donors))])
    return Synthetic(
        effect=float(gap[b.before :].mean()),
        se=np.nan,
        p=float((1 + np.sum(placebo >= ratio)) / (placebo.size + 1)),
        low=-np.inf,
        high=np.inf,
        smallest_p=1.0 / (placebo.size + 1),
        unit_weights=w,
        period_weights=np.full(b.before, 1.0 / b.before),
        gap=gap,
        fit_before=float(np.sqrt(np.mean(gap[: b.before] ** 2))),
        placebo=placebo,
        controls=b.controls,
    )


def _one(target: FloatArray, donors: FloatArray, before: int) -> tuple[FloatArray, FloatArray, float]:
    w = simplex_weights(donors[:, :before].T, target[:before])
    gap = target - w @ donors
    inside = float(np.mean(gap[:before] ** 2))
    after = float(np.mean(gap[before:] ** 2))
    return w, gap, float(np.sqrt(after / inside)) if inside > 0 else np.inf


def _did(y1: FloatArray, y0: FloatArray, before: int) -> tuple[float, FloatArray, FloatArray]:
    """Synthetic difference-in-differences of the mean treated series (T) against controls (N x T)."""
    treated_units, after = y1.shape[0], y0.shape[1] - before
    target = y1.mean(axis=0)
    noise = float(np.std(np.diff(y0[:, :before], axis=1), ddof=1))
    zeta = (treated_units * after) ** 0.25 * noise
    pre = y0[:, :before]
    # A constant gap is allowed, for units and for periods: both sides are centred.
    A = pre.T - pre.T.mean(axis=0)
    w = simplex_weights(A, target[:before] - target[:before].mean(), zeta**2 * before)
    B = pre - pre.mean(axis=0)
    late = y0[:, before:].mean(axis=1)
    v = simplex_weights(B, late - late.mean(), (1e-6 * noise) ** 2 * y0.shape[0])
    effect = target[before:].mean() - v @ target[:before] - w @ (late - pre @ v)
    return float(effect), w, v


def _at_weights(y1: FloatArray, y0: FloatArray, before: int, w: FloatArray, v: FloatArray) -> float:
    """The estimate with weights as they are."""
    target = y1.mean(axis=0) - w @ y0
    return float(target[before:].mean() - v @ target[:before])


def _jackknife(y1: FloatArray, y0: FloatArray, before: int, w: FloatArray, v: FloatArray) -> FloatArray:
    """Estimates without each unit, the weights of those that stay as they are (scaled to a sum of 1)."""
    out = [_at_weights(np.delete(y1, i, axis=0), y0, before, w, v) for i in range(y1.shape[0])]
    for i in range(y0.shape[0]):
        left = np.delete(w, i)
        if left.sum() <= 0:
            raise ValueError("one untreated unit has all the weight: without it there is no estimate")
        out.append(_at_weights(y1, np.delete(y0, i, axis=0), before, left / left.sum(), v))
    return np.array(out)


def _redrawn(y1: FloatArray, y0: FloatArray, before: int, draws: int, random: np.random.Generator) -> FloatArray:
    """Estimates of units drawn anew, treated and untreated together, with weights of their own."""
    n1, n = y1.shape[0], y1.shape[0] + y0.shape[0]
    out: list[float] = []
    while len(out) < draws:
        drawn = random.integers(0, n, n)
        one, other = drawn[drawn < n1], drawn[drawn >= n1] - n1
        if one.size and np.unique(other).size > 1:
            out.append(_did(y1[one], y0[other], before)[0])
    return np.array(out)


def synthetic_did(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    *,
    level: float = 0.95,
    draws: int = 400,
    seed: int = 1,
    errors: Errors = "placebo",
) -> Synthetic:
    """Synthetic difference-in-differences for units that begin together.

    Parameters
    ----------
    errors
        "placebo": as many untreated units as are treated in their place (each one where one is treated), and Student's
        law. For two treated units or more also "jackknife" (each unit left out, weights as they are) and "bootstrap"
        (``draws`` of all units anew, weights of their own), and the normal law: algorithms 2 and 3 of the source.

    Raises
    ------
    DesignError
        As ``synthetic_control``, or not more untreated than treated units.
    ValueError
        Jackknife or bootstrap with one treated unit, or (jackknife) all weight on one untreated unit.
    """
    if errors not in get_args(Errors):
        raise ValueError(f"errors must be one of {', '.join(get_args(Errors))}")
    b = _block(y, time, first, 3)
    many = b.treated.size
    if errors != "placebo" and many < 2:
        raise ValueError("with one treated unit only placebos tell an error")
    if b.controls.size <= many and errors == "placebo":
        raise of(DesignError, "fx-stand-in", "fx-randomisation", n=b.controls.size, many=many)
    own, donors = y[b.treated], y[b.controls]
    effect, w, v = _did(own, donors, b.before)
    random = np.random.default_rng(seed)
    if errors == "placebo":
        chosen = (
            [np.array([i]) for i in range(b.controls.size)]
            if many == 1
            else [random.choice(b.controls.size, many, replace=False) for _ in range(draws)]
        )
        others = np.array([_did(donors[c], np.delete(donors, c, axis=0), b.before)[0] for c in chosen])
        se = float(np.sqrt(np.mean((others - others.mean()) ** 2)))
        reach = float(stats.t.ppf(0.5 + level / 2, b.controls.size - 1)) * se
        p, smallest = float((1 + np.sum(np.abs(others) >= abs(effect))) / (others.size + 1)), 1.0 / (others.size + 1)
    else:
        if errors == "jackknife":
            others = _jackknife(own, donors, b.before, w, v)
            se = float(np.sqrt((others.size - 1) / others.size * np.sum((others - others.mean()) ** 2)))
        else:
            others = _redrawn(own, donors, b.before, draws, random)
            se = float(np.std(others))
        reach = float(stats.norm.ppf(0.5 + level / 2)) * se
        p, smallest = float(2 * stats.norm.sf(abs(effect) / se)) if se > 0 else 1.0, 0.0
    gap = own.mean(axis=0) - w @ donors
    gap = gap - v @ gap[: b.before]
    return Synthetic(
        effect=effect,
        se=se,
        p=p,
        low=effect - reach,
        high=effect + reach,
        smallest_p=smallest,
        unit_weights=w,
        period_weights=v,
        gap=gap,
        fit_before=float(np.sqrt(np.mean((gap[: b.before] - gap[: b.before].mean()) ** 2))),
        placebo=others,
        controls=b.controls,
    )
