"""Bandwidths for a jump in a regression: least mean squared error, or least coverage error.

Sources: Calonico, Cattaneo and Titiunik (2014, Econometrica 82), Calonico, Cattaneo and Farrell (2020, Econometrics
Journal 23). Each bandwidth needs the curvature that the next wider one estimates: three steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial, sqrt

import numpy as np

from arusha.inference.local_regression import Residuals, SideData, joined, local_fit, residuals, sandwich
from arusha.inference.one_sided_kernels import FloatArray, Kernel

SELECTIONS = tuple(f"{aim}{kind}" for aim in ("mse", "cer") for kind in ("rd", "two", "sum", "comb1", "comb2"))
_ROOM = 1.0 + float(np.sqrt(np.finfo(np.float64).eps))
"""So that the outermost value keeps a weight."""
_PILOT = {"triangular": 2.576, "epanechnikov": 2.34, "uniform": 1.843}
Pair = tuple[float, float]


@dataclass(frozen=True)
class Options:
    """What all fits of a bandwidth share."""

    p: int
    q: int
    derivative: int
    kernel: Kernel
    residuals: Residuals
    neighbours: int
    regularise: float


@dataclass(frozen=True)
class _Parts:
    variance: float
    bias: float
    noise: float
    """Of the bias, that is regularised."""


def quartile_range(x: FloatArray) -> float:
    """Upper less lower quartile; a quantile that falls between two observations is their mean."""
    low, high = np.quantile(x, [0.25, 0.75], method="averaged_inverted_cdf")
    return float(high - low)


def discontinuity_bandwidths(
    sides: tuple[SideData, SideData], selection: str, options: Options, *, adjust: bool, fewest_different: int | None
) -> tuple[Pair, Pair]:
    """Bandwidths (left, right) for the estimate and for its bias.

    Parameters
    ----------
    adjust
        Count different values instead of observations for the first pilot.
    fewest_different
        Different values on each side that pilots hold at least.

    Raises
    ------
    ValueError
        For a selection that is not known, or too few different values.
    """
    if selection not in SELECTIONS:
        raise ValueError(f"the selection is one of {', '.join(SELECTIONS)}, not {selection!r}")
    o = options
    everything = np.concatenate([side.x for side in sides])
    n = everything.size
    different = [np.unique(np.abs(side.x)) for side in sides]
    widest = float(np.max(np.abs(sides[0].x))), float(np.max(np.abs(sides[1].x)))
    spread = min(float(everything.std(ddof=1)), quartile_range(everything) / 1.349)
    count = different[0].size + different[1].size if adjust else n
    pilot = min(_PILOT[o.kernel] * spread * count ** (-1 / 5), max(widest))
    least = (0.0, 0.0)
    if fewest_different is not None:
        a, b = (float(d[min(fewest_different, d.size) - 1]) * _ROOM for d in different)
        least = (a, b)
        pilot = max(pilot, *least)
    if not pilot > 0:
        raise ValueError("half of the values are equal: no bandwidth can be chosen")
    known: dict[tuple[int, int, int], tuple[float, float, FloatArray | None]] = {}

    def parts(k: int, order: int, derivative: int, bias_order: int, width: float, regularise: float) -> _Parts:
        key = (k, order, derivative)
        if key not in known:
            known[key] = _variance(sides[k], pilot, order, derivative, o)
        return _parts(sides[k], known[key], pilot, order, derivative, bias_order, width, regularise, o)

    def cascade(join: Callable[[_Parts, _Parts], Pair], floor: Pair, limit: Pair) -> tuple[Pair, Pair]:
        """The three steps, with the two sides joined by ``join`` into what goes under the root."""

        def step(order: int, derivative: int, bias_order: int, width: Pair, regularise: float) -> Pair:
            both = join(*(parts(k, order, derivative, bias_order, width[k], regularise) for k in (0, 1)))
            found = [min(r ** (1 / (2 * order + 3)), end) for r, end in zip(both, limit, strict=True)]
            return found[0], found[1]

        first = step(o.q + 1, o.q + 1, o.q + 2, (widest[0] * _ROOM, widest[1] * _ROOM), 0.0)
        first = max(first[0], floor[0]), max(first[1], floor[1])
        bias = step(o.q, o.p + 1, o.q + 1, first, o.regularise)
        return step(o.p, o.derivative, o.q, bias, o.regularise), bias

    def together(sign: float) -> tuple[Pair, Pair]:
        def join(left: _Parts, right: _Parts) -> Pair:
            squared = (right.bias + sign * left.bias) ** 2 + left.noise + right.noise
            r = float(np.float64(left.variance + right.variance) / squared)
            return r, r

        return cascade(join, (max(least),) * 2, (max(widest),) * 2)

    def apart() -> tuple[Pair, Pair]:
        def join(left: _Parts, right: _Parts) -> Pair:
            a, b = (float(np.float64(s.variance) / (s.bias**2 + s.noise)) for s in (left, right))
            return a, b

        return cascade(join, least, widest)

    kind = selection[3:]
    with np.errstate(divide="ignore"):
        if kind in ("rd", "sum"):
            h, bias = together(-1.0 if kind == "rd" else 1.0)
        elif kind == "two":
            h, bias = apart()
        else:
            made = [together(-1.0), together(1.0)] + ([apart()] if kind == "comb2" else [])
            h, bias = (_joined([m[i] for m in made], least=kind == "comb1") for i in (0, 1))
    if selection.startswith("cer"):
        left, right = (side.cluster for side in sides)
        units = n if left is None or right is None else np.unique(left).size + np.unique(right).size
        shrink = units ** (-o.p / ((3 + o.p) * (3 + 2 * o.p)))
        h = h[0] * shrink, h[1] * shrink
    if not (min(*h, *bias) > 0 and np.all(np.isfinite([*h, *bias]))):
        raise ValueError("the running variable varies too little near the threshold for a bandwidth")
    return h, bias


def _joined(pairs: list[Pair], *, least: bool) -> Pair:
    one, other = (float((np.min if least else np.median)([pair[k] for pair in pairs])) for k in (0, 1))
    return one, other


def _variance(
    side: SideData, h: float, order: int, derivative: int, o: Options
) -> tuple[float, float, FloatArray | None]:
    """Variance of a coefficient at the pilot, how much of the next power it takes up, and the factors it joins by."""
    near, w = side.near(h, o.kernel)
    share = None
    if near.treatment is not None or near.covariates is not None:
        how = joined([near], [w], order)
        share = how.outcome
        if how.treatment is not None:
            jump, first = (
                float(local_fit(near.combined(f), w, order).coefficients[derivative])
                for f in (how.outcome, how.treatment)
            )
            scale = factorial(derivative)
            share = how.ratio(scale * jump, scale * first)
        near = near.combined(share)
    fit = local_fit(near, w, order)
    scores = fit.powers * w[:, None]
    middle = sandwich(near, scores, residuals(near, fit, o.residuals, o.neighbours), order + 1, o.residuals)
    line = fit.inverse[derivative]
    taken = h**derivative * float(line @ (scores.T @ (near.x / h) ** (order + 1)))
    return float(line @ middle @ line), taken, share


def _parts(
    side: SideData,
    known: tuple[float, float, FloatArray | None],
    pilot: float,
    order: int,
    derivative: int,
    bias_order: int,
    width: float,
    regularise: float,
    o: Options,
) -> _Parts:
    variance, taken, share = known
    near, w = side.near(width, o.kernel)
    if share is not None:
        near = near.combined(share)
    fit = local_fit(near, w, bias_order)
    noise = 0.0
    if regularise > 0:
        scores = fit.powers * w[:, None]
        middle = sandwich(near, scores, residuals(near, fit, o.residuals, o.neighbours), bias_order + 1, o.residuals)
        line = fit.inverse[-1]
        noise = 3 * taken**2 * float(line @ middle @ line)
    weight = 2 * (order + 1 - derivative)
    return _Parts(
        variance=(2 * derivative + 1) * pilot ** (2 * derivative + 1) * variance,
        bias=sqrt(weight) * taken * float(fit.coefficients[-1]),
        noise=regularise * weight * noise,
    )
