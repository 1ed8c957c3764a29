"""A comparison made of other units: synthetic control and synthetic difference-in-differences, with placebo inference.

Abadie, Diamond and Hainmueller (2010) for one treated unit; Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021) for
one or a few that begin together. Chance is judged by putting untreated units in the treated one's place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of


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
    """Statistic of each placebo."""
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


def synthetic_did(
    y: FloatArray, time: IntArray, first: IntArray, *, level: float = 0.95, draws: int = 400, seed: int = 1
) -> Synthetic:
    """Synthetic difference-in-differences for units that begin together, with placebo standard errors.

    Placebos take as many untreated units as are treated; all of them where one is treated.

    Raises
    ------
    DesignError
        As ``synthetic_control``, or not more untreated than treated units.
    """
    b = _block(y, time, first, 3)
    many = b.treated.size
    if b.controls.size <= many:
        raise of(DesignError, "fx-stand-in", "fx-randomisation", n=b.controls.size, many=many)
    effect, w, v = _did(y[b.treated], y[b.controls], b.before)
    random = np.random.default_rng(seed)
    chosen = (
        [np.array([i]) for i in range(b.controls.size)]
        if many == 1
        else [random.choice(b.controls.size, many, replace=False) for _ in range(draws)]
    )
    donors = y[b.controls]
    placebo = np.array([_did(donors[c], np.delete(donors, c, axis=0), b.before)[0] for c in chosen])
    se = float(np.sqrt(np.mean((placebo - placebo.mean()) ** 2)))
    df = b.controls.size - 1
    reach = float(stats.t.ppf(0.5 + level / 2, df)) * se
    gap = y[b.treated].mean(axis=0) - w @ donors
    gap = gap - v @ gap[: b.before]
    return Synthetic(
        effect=effect,
        se=se,
        p=float((1 + np.sum(np.abs(placebo) >= abs(effect))) / (placebo.size + 1)),
        low=effect - reach,
        high=effect + reach,
        smallest_p=1.0 / (placebo.size + 1),
        unit_weights=w,
        period_weights=v,
        gap=gap,
        fit_before=float(np.sqrt(np.mean((gap[: b.before] - gap[: b.before].mean()) ** 2))),
        placebo=placebo,
        controls=b.controls,
    )
