"""Many noisy estimates shrunken by a prior of a chosen shape that is fitted to them, and how sure their signs are.

Where most units are alike and a few are not, one normal law draws the few in as hard as the many. Here the shape is a
choice: a spike with a normal, Laplace or one-sided exponential law, any scale mixture of normals, any law with one
peak, or any law at all. The intervals take the fitted prior as known and are too short for few units (under some 20):
``shrinkage.posterior`` carries the spread's uncertainty, and ``scale_mixture`` holds mixtures of few units open.
Sources: Stephens 2017 (Biostatistics 18:275); Johnstone and Silverman 2004 (Annals of Statistics 32:1594); of any law
Kiefer and Wolfowitz 1956 (Annals of Mathematical Statistics 27:887), on the grid of Willwerscheid 2021 (Empirical Bayes
matrix factorization, thesis, Chicago).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from arusha.inference.mixture_weights import likeliest_weights
from arusha.inference.prior_components import Component, Met, met
from arusha.inference.segments import FloatArray
from arusha.inference.shrinkage import mixture_quantile

Shape = Literal[
    "normal",
    "point-normal",
    "point-laplace",
    "point-exponential",
    "normal-mixture",
    "unimodal",
    "unimodal-symmetric",
    "unimodal-above",
    "unimodal-below",
    "free",
]
PARAMETRIC = ("normal", "point-normal", "point-laplace", "point-exponential")
_MOST_POINTS = 300


@dataclass(frozen=True)
class Shrunken:
    """Arrays: one entry a unit, except those of the prior."""

    estimate: FloatArray
    """Posterior mean."""
    sd: FloatArray
    low: FloatArray
    high: FloatArray
    sign_rate: FloatArray
    """Local false sign rate: the chance that the sign (or a departure from 0 at all) is told wrongly."""
    sign_q: FloatArray
    """Mean of the sign rates at least as small: the share of wrong signs among all that are told at this rate."""
    null_chance: FloatArray
    """The chance that the true value is exactly 0: 0 for priors without a point there."""
    weights: FloatArray
    """Of the prior's components."""
    components: tuple[Component, ...]
    mode: float
    log_likelihood: float


def _values(y: ArrayLike, se: ArrayLike) -> tuple[FloatArray, FloatArray]:
    value = np.asarray(y, dtype=np.float64)
    error = np.broadcast_to(np.asarray(se, dtype=np.float64), value.shape).copy()
    if value.ndim != 1 or not value.size:
        raise ValueError("y must be a flat array with at least one entry")
    if not (np.all(np.isfinite(value)) and np.all(np.isfinite(error)) and np.all(error > 0.0)):
        raise ValueError("estimates must not be missing, and standard errors be positive")
    return value, error


def widths(y: FloatArray, se: FloatArray, mode: float, step: float) -> FloatArray:
    """Widths of components: from beyond the farthest unit down by ``step`` to a tenth of the least standard error."""
    least = float(se.min()) / 10.0
    over = float(np.max((y - mode) ** 2 - se**2))
    most = 2.0 * float(np.sqrt(over)) if over > 0.0 else 8.0 * least
    down = np.arange(int(np.ceil(np.log(most / least) / np.log(step))), -1, -1, dtype=np.float64)
    return np.asarray(most * step**-down, dtype=np.float64)


def _parts(shape: str, mode: float, sizes: FloatArray) -> list[Component]:
    """A point at the mode, and the components of each width."""
    out = [Component("point", mode)]
    for w in sizes.tolist():
        if shape == "normal-mixture":
            out.append(Component("normal", mode, width=w))
        if shape == "unimodal-symmetric":
            out.append(Component("uniform", mode - w, mode + w))
        if shape in ("unimodal", "unimodal-above"):
            out.append(Component("uniform", mode, mode + w))
        if shape in ("unimodal", "unimodal-below"):
            out.append(Component("uniform", mode - w, mode))
    return out


def _places(y: FloatArray, se: FloatArray) -> list[Component]:
    """Points over the range of the estimates, so dense that the fit's divergence from that of any law is 1 / n at most
    (of equal errors); normal laws half a step wide where that would take too many points."""
    far, least = float(np.ptp(y)), float(se.min())
    pointed = far < 3.0 * least * _MOST_POINTS
    gap = least * (64.0 / y.size) ** 0.25 if pointed else 2.0 * least * np.sqrt(np.expm1(2.0 / y.size))
    steps = int(min(max(2, np.ceil(far / gap)), _MOST_POINTS - 1))
    at = np.linspace(float(y.min()), float(y.max()), steps + 1).tolist()
    if pointed:
        return [Component("point", place) for place in at]
    return [Component("normal", place, width=far / steps / 2.0) for place in at]


def _gridded(
    y: FloatArray, se: FloatArray, shape: str, mode: float, sizes: FloatArray, null_weight: float
) -> tuple[list[Component], FloatArray, float]:
    parts = _places(y, se) if shape == "free" else _parts(shape, mode, sizes)
    log_density = met(parts, y, se).log_density
    more = np.zeros(len(parts))
    if shape != "free":
        more[0] = null_weight - 1.0
    weights = likeliest_weights(log_density, more)
    return parts, weights, _mixed(log_density, weights)


def _mixed(log_density: FloatArray, weights: FloatArray) -> float:
    top = log_density.max(axis=1)
    return float(np.sum(top + np.log(np.exp(log_density - top[:, None]) @ weights)))


def _laws(shape: str, mode: float, width: float) -> list[Component]:
    if shape.endswith("exponential"):
        return [Component("point", mode), Component("exponential", mode, width=width)]
    if shape.endswith("laplace"):
        sides = (Component("exponential", mode, width=width), Component("exponential", mode, width=-width))
        return [Component("point", mode), *sides]
    return [Component("point", mode), Component("normal", mode, width=width)]


def _largest(
    y: FloatArray, se: FloatArray, shape: str, mode: float | None
) -> tuple[list[Component], FloatArray, float, float]:
    """Width of the spread-out part, its share (1 without a point) and the mode of the largest likelihood.

    Many starts, the best few of them refined.
    """
    least, far = float(np.log(se.min() / 100.0)), float(np.log(2.0 * (np.ptp(y) + se.max())))
    pointed = shape.startswith("point-")

    def split(parameters: FloatArray) -> tuple[list[Component], FloatArray, float]:
        at = mode if mode is not None else float(parameters[-1])
        share = float(1.0 / (1.0 + np.exp(-parameters[1]))) if pointed else 1.0
        parts = _laws(shape, at, float(np.exp(parameters[0])))
        spread = len(parts) - 1
        return parts, np.array([1.0 - share] + [share / spread] * spread), at

    def loss(parameters: FloatArray) -> float:
        parts, weights, _ = split(parameters)
        return -_mixed(met(parts, y, se).log_density, weights)

    w = 1.0 / se**2
    bounds = [(least, far)] + [(-12.0, 12.0)] * pointed
    bounds += [(float(y.min()), float(y.max()))] * (mode is None)
    centres: list[list[float]] = [[]] if mode is not None else [[float(w @ y / w.sum())], [float(np.median(y))]]
    starts = [
        [width, *share, *centre]
        for width in np.linspace(least + 1.0, far - 0.5, 6).tolist()
        for share in ([[-3.0], [0.0], [3.0]] if pointed else [[]])
        for centre in centres
    ]
    best = np.inf
    for start in sorted(starts, key=lambda each: loss(np.array(each)))[:3]:
        rough = optimize.minimize(loss, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-8})
        exact = {"xatol": 1e-9, "fatol": 1e-13, "maxfev": 4000}
        fine = optimize.minimize(loss, rough.x, method="Nelder-Mead", bounds=bounds, options=exact)
        if fine.fun < best:
            best, found = float(fine.fun), fine.x
    parts, weights, at = split(found)
    return parts, weights, at, -best


def _parametric(
    y: FloatArray, se: FloatArray, shape: str, mode: float | None
) -> tuple[list[Component], FloatArray, float, float]:
    """The likeliest of the shape and of what it holds at its edges: no spread at all, and no point beside the law."""
    w = 1.0 / se**2
    alone = mode if mode is not None else float(w @ y / w.sum())
    nothing = [Component("point", alone)]
    tried = [(nothing, np.ones(1), alone, _mixed(met(nothing, y, se).log_density, np.ones(1)))]
    tried += [_largest(y, se, shape.removeprefix("point-"), mode)]
    tried += [_largest(y, se, shape, mode)] if shape.startswith("point-") else []
    # The simpler one where they are as likely.
    return max(tried, key=lambda each: each[3] - 1e-9 * len(each[0]))


def shrunken_estimates(
    y: ArrayLike,
    se: ArrayLike,
    *,
    shape: Shape = "point-normal",
    mode: float | None = 0.0,
    null_weight: float = 1.0,
    step: float = 2.0**0.5,
    sizes: ArrayLike | None = None,
    level: float = 0.95,
) -> Shrunken:
    """Posterior of each unit's true value under a prior of the given shape, fitted by marginal likelihood.

    Parameters
    ----------
    y, se
        One estimate a unit, and its standard error.
    shape
        ``normal``; ``point-normal``, ``point-laplace`` and ``point-exponential`` (to the right only), a spike at the
        mode beside one such law; ``normal-mixture``, normal laws of many widths about the mode; ``unimodal``, any law
        with one peak (``-symmetric``: the same to both sides; ``-above``, ``-below``: to one side only); ``free``, any
        law at all, which takes many units (hundreds) to tell.
    mode
        Where the peak is; ``None`` to have it fitted too. Of no account where the shape is ``free``.
    null_weight
        Of the mixtures: 1 fits by likelihood alone; 10 adds nine units at the spike, which keeps rates from being told
        too small where few units are truly apart.
    step
        Factor between the widths of a mixture.
    sizes
        Widths of the mixture's components themselves (above 0; a point is always beside them), instead of ``step``.
    level
        Of the intervals.

    Raises ``ValueError`` for missing values, standard errors that are not positive, and unknown shapes.
    """
    value, error = _values(y, se)
    if shape not in get_args(Shape):
        raise ValueError(f"unknown shape {shape!r}: one of {', '.join(get_args(Shape))}")
    if not (0.0 < level < 1.0 and step > 1.0 and null_weight >= 1.0):
        raise ValueError("level lies between 0 and 1, step above 1, and null_weight is 1 or more")
    if shape in PARAMETRIC:
        parts, weights, at, fit = _parametric(value, error, shape, mode)
    else:
        own = None if sizes is None else np.asarray(sizes, dtype=np.float64).ravel()
        if own is not None and not (own.size and np.all(np.isfinite(own)) and np.all(own > 0.0)):
            raise ValueError("sizes are widths above 0")

        def wide(centre: float) -> FloatArray:
            return own if own is not None else widths(value, error, centre, step)

        if shape == "free":
            at = float(value.mean())
        else:
            at = _mode(value, error, shape, wide, null_weight) if mode is None else mode
        parts, weights, fit = _gridded(value, error, shape, at, wide(at), null_weight)
    return _posterior(value, error, parts, weights, at, fit, level)


def _mode(y: FloatArray, se: FloatArray, shape: str, wide: Callable[[float], FloatArray], null_weight: float) -> float:
    """The mode of largest likelihood: a grid over the estimates, then a search between its neighbours."""

    def loss(at: float) -> float:
        return -_gridded(y, se, shape, at, wide(at), null_weight)[2]

    grid = np.unique(np.quantile(y, np.linspace(0.0, 1.0, 13)))
    if grid.size == 1:
        return float(grid[0])
    losses = [loss(at) for at in grid.tolist()]
    best = int(np.argmin(losses))
    around = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)]))
    found = optimize.minimize_scalar(loss, bounds=around, method="bounded", options={"xatol": 1e-6 * np.ptp(y)})
    return float(found.x) if found.fun <= losses[best] else float(grid[best])


def _posterior(
    y: FloatArray, se: FloatArray, parts: list[Component], weights: FloatArray, mode: float, fit: float, level: float
) -> Shrunken:
    kept = weights > 0.0
    parts, weights = [p for p, k in zip(parts, kept, strict=True) if k], weights[kept]
    each: Met = met(parts, y, se)
    share = np.log(weights) + each.log_density
    share = np.exp(share - share.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    estimate = np.sum(share * each.mean, axis=1)
    second = np.sum(share * each.second_moment, axis=1)
    below = np.sum(share * each.at_most(0.0, strictly=True), axis=1)
    at_most = np.sum(share * each.at_most(0.0), axis=1)
    wrong = np.clip(np.minimum(at_most, 1.0 - below), 0.0, 1.0)
    order = np.argsort(wrong, kind="stable")
    # Units of one rate share the value of the last of them.
    last = np.searchsorted(wrong[order], wrong, side="right")
    far = 12.0 * se + np.abs(y - mode) + max(abs(c.width) for c in parts)
    start, stop = np.minimum(y, mode) - far, np.maximum(y, mode) + far

    def chance(x: FloatArray) -> FloatArray:
        return np.asarray(np.sum(share * each.at_most(x), axis=1))

    return Shrunken(
        estimate=estimate,
        sd=np.sqrt(np.maximum(second - estimate**2, 0.0)),
        low=mixture_quantile(chance, start, stop, (1.0 - level) / 2.0),
        high=mixture_quantile(chance, start, stop, (1.0 + level) / 2.0),
        sign_rate=wrong,
        sign_q=(np.cumsum(wrong[order]) / np.arange(1, y.size + 1))[last - 1],
        null_chance=np.clip(at_most - below, 0.0, 1.0),
        weights=weights,
        components=tuple(parts),
        mode=mode,
        log_likelihood=fit,
    )
