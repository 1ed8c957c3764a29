"""How large: the excess share of a pair, drawn towards none as far as chance could have made it."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_pairs import Pairs
from arusha.inference.segments import in_threads

FloatArray = NDArray[np.float64]

SPREADS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
"""Standard deviations of the prior's parts, as shares: from half a percent, the width of what no rule keeps exactly, to
nearly all of a declarant's work. A part at exactly none would give intervals without width, which no data can."""
FITTED_ON = 20_000
"""Pairs that the prior is fitted on, at most: every k-th in their order."""
STEPS = 400
NEGLIGIBLE = 1e-6
HALVINGS = 22


@dataclass(frozen=True)
class Effects:
    """One entry a pair; shares of the declarant's draws, NaN where nothing was tested."""

    raw: FloatArray
    estimate: FloatArray
    low: FloatArray
    high: FloatArray


def excess_share(pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    """The officer's share of the declarant's draws less the share of the others' in the same strata, and its variance.

    (observed - expected) / compared is the Mantel-Haenszel risk difference. Its variance is that of two shares, each
    weighed as the strata weigh it; half a success and half a failure more keep it from 0. Where the expected count was
    learnt, what it may be wrong by is added.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = (pairs.observed - pairs.expected) / pairs.compared
        own = (pairs.observed + 0.5) / (pairs.n + 1)
        others = np.clip(own - raw, 0.5 / (pairs.n + 1), 1.0)
        part = np.clip(1 - pairs.compared / pairs.n, 0, 1)
        variance = ((1 - part) * own * (1 - own) + part * others * (1 - others)) / pairs.compared
        variance += (pairs.expected * pairs.loose / pairs.compared) ** 2
    usable = np.isfinite(pairs.p) & (pairs.compared > 0)
    return np.where(usable, raw, np.nan), np.where(usable, variance, np.nan)


def shrunken(raw: FloatArray, variance: FloatArray, level: float) -> Effects:
    """Posterior mean and quantiles under a prior that is a mixture of normal laws about none (Stephens 2017).

    Most pairs have no excess and a few have a large one: one normal law would draw the few to nothing. The weights are
    fitted by EM to all pairs, with one pseudo-pair a part so that no part is ruled out.
    """
    out = Effects(raw, *(np.full(raw.size, np.nan) for _ in range(3)))
    known = np.flatnonzero(np.isfinite(raw))
    if known.size == 0:
        return out
    y, v = raw[known], variance[known]
    prior = np.array(SPREADS) ** 2
    weight = _weights(y, v, prior)
    total = v[:, None] + prior
    log_part = np.log(weight) - 0.5 * np.log(total) - 0.5 * y[:, None] ** 2 / total
    part = np.exp(log_part - log_part.max(axis=1, keepdims=True))
    part /= part.sum(axis=1, keepdims=True)
    # Parts that no pair is likely to come from are left out: they cost time and change nothing.
    likely = part.max(axis=0) > NEGLIGIBLE
    part, prior, total = part[:, likely], prior[likely], total[:, likely]
    mean = y[:, None] * prior / total
    sd = np.sqrt(v[:, None] * prior / total)
    out.estimate[known] = (part * mean).sum(axis=1)

    tail = (1 - level) / 2
    reach = 8 * np.sqrt(v) + np.abs(y)
    out.low[known] = _quantiles(part, mean, sd, reach, tail)
    out.high[known] = _quantiles(part, mean, sd, reach, 1 - tail)
    return out


def _quantiles(part: FloatArray, mean: FloatArray, sd: FloatArray, reach: FloatArray, chance: float) -> FloatArray:
    """Where each pair's mixture passes ``chance``, between minus and plus ``reach``, to a millionth of it."""
    from arusha.indicators import assignment_effects_kernel as kernel

    out, table = np.empty(reach.size), kernel.normal_table()
    deviate = float(special.ndtri(chance))
    in_threads(
        lambda a, b: kernel.quantiles(part, mean, sd, reach, chance, deviate, HALVINGS, table, a, b, out),
        reach.size,
        min(os.cpu_count() or 1, 8),
    )
    return out


def _weights(y: FloatArray, v: FloatArray, prior: FloatArray) -> FloatArray:
    step = max(1, -(-y.size // FITTED_ON))
    y, v = y[::step], v[::step]
    total = v[:, None] + prior
    likelihood = np.exp(-0.5 * y[:, None] ** 2 / total) / np.sqrt(total)
    weight = np.full(prior.size, 1 / prior.size)
    for _ in range(STEPS):
        part = likelihood * weight
        part /= np.maximum(part.sum(axis=1, keepdims=True), 1e-300)
        new = (part.sum(axis=0) + 1) / (y.size + prior.size)
        done = np.max(np.abs(new - weight)) < 1e-6
        weight = new
        if done:
            break
    return weight
