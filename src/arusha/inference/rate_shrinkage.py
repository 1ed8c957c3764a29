"""Shrunken proportions (beta-binomial) and rates (gamma-Poisson): counts of like units, small ones included.

The law of the units' true values is fitted to all of them; each unit's own law follows by Bayes' rule. Intervals
integrate over the fitted law instead of taking it as known, so that they cover with few units as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from arusha.inference.intervals import tail_chances
from arusha.inference.segments import FloatArray, whole_numbers

SPREAD_NODES = 24
MEAN_NODES = 11


@dataclass(frozen=True)
class ShrunkenRates:
    """One entry a unit, and the law of the units' true values."""

    estimate: FloatArray
    sd: FloatArray
    low: FloatArray
    high: FloatArray
    chance_above: FloatArray
    """The chance that the unit's true value exceeds the value asked about; missing if none was."""
    raw: FloatArray
    mean: float
    """Posterior mean of the units' mean."""
    spread: float
    """Posterior mean of the standard deviation of the units' true values."""


@dataclass(frozen=True)
class FittedLaw:
    """The marginal maximum-likelihood law of the units' true values and the shrunken values with it taken as known."""

    a: float
    b: float
    """Beta(a, b), or gamma with shape a and rate b; both infinite where nothing but chance is left."""
    mean: float
    estimate: FloatArray
    log_likelihood: float


class _Family(Protocol):
    """What the integration asks of a family. ``theta`` is the mean on a free scale, ``s`` in (0, 1) the spread."""

    @property
    def units(self) -> int: ...

    def where(self, s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """About where theta lies given s, and how widely."""
        ...

    def log_likelihood(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        """Log marginal likelihood at flat arrays of nodes, without the terms that depend on the counts alone."""
        ...

    def log_prior(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        """Log prior per step of theta and s: Jeffreys' for the mean, flat in the variance of the true values."""
        ...


def _grid(
    family: _Family, s: FloatArray, centre: FloatArray, width: FloatArray, nodes: int
) -> tuple[FloatArray, FloatArray]:
    """theta and log weights, spreads x nodes, by Gauss-Legendre over centre ± width at each s."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    theta = centre[:, None] + width[:, None] * points
    flat, each = theta.ravel(), np.repeat(s, nodes)
    density = (family.log_likelihood(flat, each) + family.log_prior(flat, each)).reshape(theta.shape)
    return theta, density + np.log(width[:, None] * weights)


def _nodes(family: _Family) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Nodes of theta and s and their posterior weights.

    A coarse pass finds which spreads live, and where and how widely theta lies at each; Gauss-Legendre nodes cover
    that. Limits are within 0.3% of an interval's width of those with many times the nodes.
    """
    coarse: FloatArray = (np.arange(60, dtype=np.float64) + 0.5) / 60.0
    centre, width = family.where(coarse)
    theta, log_weight = _grid(family, coarse, centre, 8.0 * width, 25)
    total = special.logsumexp(log_weight, axis=1)
    share = np.exp(log_weight - total[:, None])
    centre = (share * theta).sum(1)
    width = np.sqrt((share * (theta - centre[:, None]) ** 2).sum(1))
    live = np.flatnonzero(total > total.max() - 14.0)
    low = 0.0 if live[0] == 0 else coarse[live[0] - 1]
    high = 1.0 if live[-1] == coarse.size - 1 else coarse[live[-1] + 1]
    points, weights = np.polynomial.legendre.leggauss(SPREAD_NODES)
    s = low + (high - low) * 0.5 * (points + 1.0)
    theta, log_weight = _grid(family, s, np.interp(s, coarse, centre), 5.5 * np.interp(s, coarse, width), MEAN_NODES)
    log_weight = log_weight + np.log(weights)[:, None]
    weight = np.exp(log_weight - log_weight.max())
    kept = weight > 1e-5
    return theta[kept], np.broadcast_to(s[:, None], theta.shape)[kept], weight[kept] / weight[kept].sum()


@dataclass(frozen=True)
class _BetaBinomial:
    """theta = logit of the mean, s = sd of the true values over its largest possible, so that a + b = 1/s^2 - 1."""

    x: FloatArray
    n: FloatArray

    @property
    def units(self) -> int:
        return int(self.x.size)

    def where(self, s: FloatArray) -> tuple[FloatArray, FloatArray]:
        w = self.n / (1.0 + (self.n - 1.0) * s[:, None] ** 2)
        seen = w @ (self.x / np.maximum(self.n, 1.0))
        size = w.sum(1)
        mean = (seen + 0.5) / (size + 1.0)
        return special.logit(mean), 1.0 / np.sqrt(mean * (1.0 - mean) * (size + 1.0))

    def log_likelihood(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        mean = special.expit(theta)[:, None]
        size = (1.0 / s**2 - 1.0)[:, None]
        a, b = mean * size, (1.0 - mean) * size
        x, n, times = self._distinct()
        out: FloatArray = (special.betaln(a + x, b + n - x) - special.betaln(a, b)) @ times
        return out

    def log_prior(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        out: FloatArray = 0.5 * special.log_expit(theta) + 0.5 * special.log_expit(-theta) + np.log(s)
        return out

    def _distinct(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        pairs, times = np.unique(np.column_stack([self.x, self.n]), axis=0, return_counts=True)
        return pairs[:, 0], pairs[:, 1], times.astype(np.float64)


@dataclass(frozen=True)
class _GammaPoisson:
    """theta = log of the mean rate, s = c / (1 + c) with c the coefficient of variation of the true rates."""

    x: FloatArray
    exposure: FloatArray

    @property
    def units(self) -> int:
        return int(self.x.size)

    def where(self, s: FloatArray) -> tuple[FloatArray, FloatArray]:
        c2 = ((s / (1.0 - s)) ** 2)[:, None]
        overall = (self.x.sum() + 0.5) / self.exposure.sum()
        w = 1.0 / (overall / self.exposure + c2 * overall**2)
        mean = (w @ (self.x / self.exposure) + 0.5 * overall) / (w.sum(1) + 0.5)
        mean = np.maximum(mean, 0.5 / self.exposure.sum())
        return np.log(mean), 1.0 / np.sqrt(mean**2 * w.sum(1) * overall / mean + 0.5)

    def log_likelihood(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        a = (((1.0 - s) / s) ** 2)[:, None]
        b = a / np.exp(theta)[:, None]
        log_p = (
            special.gammaln(a + self.x)
            - special.gammaln(a)
            - a * np.log1p(self.exposure / b)
            - self.x * np.log(b + self.exposure)
        )
        out: FloatArray = log_p.sum(1)
        return out

    def log_prior(self, theta: FloatArray, s: FloatArray) -> FloatArray:
        # Flat in c^2 near 0 and falling off like c^-2 far out, so that it is a law.
        return 0.5 * theta + np.log(s)


def _binomial(x: ArrayLike, n: ArrayLike) -> _BetaBinomial:
    counts, sizes = whole_numbers(x, "x"), whole_numbers(n, "n")
    if counts.ndim != 1 or counts.shape != sizes.shape or np.any((counts < 0) | (counts > sizes)):
        raise ValueError("proportions need flat arrays with 0 <= x <= n")
    if np.count_nonzero(sizes) < 3:
        raise ValueError("fewer than 3 units with any exposure: their spread cannot be told from chance")
    return _BetaBinomial(counts.astype(np.float64), sizes.astype(np.float64))


def _poisson(x: ArrayLike, exposure: ArrayLike) -> _GammaPoisson:
    counts, time = np.asarray(x, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if counts.ndim != 1 or counts.shape != time.shape or not np.all((counts >= 0) & np.isfinite(counts)):
        raise ValueError("rates need flat arrays with x >= 0")
    if not np.all((time > 0) & np.isfinite(time)) or time.size < 3:
        raise ValueError("rates need at least 3 units, each with a positive exposure")
    return _GammaPoisson(counts, time)


def _log_and_slope(tail: FloatArray, density: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(tail), density / tail


def _limit(
    log_tail: Callable[[FloatArray], tuple[FloatArray, FloatArray]], start: FloatArray, chance: float, *, rising: bool
) -> FloatArray:
    """Where a tail of a law equals ``chance``, unit by unit: Newton's steps on the log of the tail, kept in brackets.

    ``log_tail`` gives the log of the tail at y and the size of its slope; ``rising`` whether the tail rises with y.
    """
    y, wanted = start, np.log(chance)
    low, high = np.full(y.shape, -np.inf), np.full(y.shape, np.inf)
    for _ in range(80):
        value, slope = log_tail(y)
        over = (value > wanted) == rising
        low, high = np.where(over, low, y), np.where(over, y, high)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = np.abs((value - wanted) / slope)
        step = np.where(np.isfinite(size), np.minimum(size, 2.0), 2.0)
        following = np.where(over, y - step, y + step)
        astray = (following < low) | (following > high)
        following = np.where(astray, 0.5 * (low + high), following)
        # Newton's error is squared by each step: after one of 1e-5 what remains is far below the quadrature's error.
        if np.all(np.abs(following - y) < 1e-5):
            return following
        y = following
    return y


def shrunken_proportions(
    x: ArrayLike, n: ArrayLike, *, level: float = 0.95, above: float | None = None
) -> ShrunkenRates:
    """Shrunken proportions with intervals that carry the uncertainty of the fitted beta law.

    Parameters
    ----------
    x, n
        Successes and trials, one a unit; a unit with n = 0 gets the law of a new unit.
    above
        A value of policy; ``chance_above`` is each unit's chance of exceeding it.

    Each unit's law is a mixture of betas over the posterior of mean (prior Jeffreys') and spread (flat in variance),
    and the interval takes its quantiles. Coverage is measured in docs/inference.md. Raises ``ValueError`` with fewer
    than 3 units. Source: Kleinman 1973; integrated over the fitted law in the manner of Morris 1983.
    """
    family = _binomial(x, n)
    outside = tail_chances(level)[0]
    theta, s, weight = _nodes(family)
    mean, size = special.expit(theta), 1.0 / s**2 - 1.0
    total = size[:, None] + family.n
    p = ((mean * size)[:, None] + family.x) / total
    estimate = weight @ p
    variance = weight @ (p * (1.0 - p) / (total + 1.0) + (p - estimate) ** 2)
    matched = np.maximum(estimate * (1.0 - estimate) / variance - 1.0, 1e-12)
    a, b = (mean * size)[:, None] + family.x, ((1.0 - mean) * size)[:, None] + family.n - family.x

    def log_tail(y: FloatArray, high: bool) -> tuple[FloatArray, FloatArray]:
        # The complement's own function is several times slower than the mirrored one.
        tail = weight @ (special.betainc(b, a, special.expit(-y)) if high else special.betainc(a, b, special.expit(y)))
        density = weight @ np.exp(a * special.log_expit(y) + b * special.log_expit(-y) - special.betaln(a, b))
        return _log_and_slope(tail, density)

    def limit(chance: float, *, high: bool) -> FloatArray:
        outer = special.betaincinv if not high else special.betainccinv
        start = outer(estimate * matched, (1.0 - estimate) * matched, chance)
        start = special.logit(np.clip(start, 1e-12, 1.0 - 1e-12))
        return np.asarray(special.expit(_limit(lambda y: log_tail(y, high), start, chance, rising=not high)))

    with np.errstate(invalid="ignore"):
        raw = np.where(family.n > 0, family.x / np.maximum(family.n, 1.0), np.nan)
    return ShrunkenRates(
        estimate=estimate,
        sd=np.sqrt(variance),
        low=limit(outside, high=False),
        high=limit(outside, high=True),
        chance_above=np.full(raw.size, np.nan) if above is None else weight @ special.betaincc(a, b, above),
        raw=raw,
        mean=float(weight @ mean),
        spread=float(weight @ (s * np.sqrt(mean * (1.0 - mean)))),
    )


def shrunken_rates(
    x: ArrayLike, exposure: ArrayLike, *, level: float = 0.95, above: float | None = None
) -> ShrunkenRates:
    """Shrunken Poisson rates with intervals that carry the uncertainty of the fitted gamma law.

    ``x`` events in ``exposure`` (or against an expected number: the rate is then observed over expected), one a unit.
    Where events go together, or an expected number is an estimate, both may be scaled to as many independent events as
    they are worth; ``x`` need not be whole. As ``shrunken_proportions``, with gamma laws; the prior of c, the
    coefficient of variation, is c / (1 + c)^3: flat in c^2 near 0.
    """
    family = _poisson(x, exposure)
    outside = tail_chances(level)[0]
    theta, s, weight = _nodes(family)
    shape = ((1.0 - s) / s) ** 2
    mean = np.exp(theta)
    scale = (shape / mean)[:, None] + family.exposure
    rate = (shape[:, None] + family.x) / scale
    estimate = weight @ rate
    variance = weight @ (rate / scale + (rate - estimate) ** 2)
    a = shape[:, None] + family.x

    def log_tail(y: FloatArray, high: bool) -> tuple[FloatArray, FloatArray]:
        at = scale * np.exp(y)
        tail = weight @ (special.gammaincc(a, at) if high else special.gammainc(a, at))
        density = weight @ np.exp(a * np.log(at) - at - special.gammaln(a))
        return _log_and_slope(tail, density)

    def limit(chance: float, *, high: bool) -> FloatArray:
        outer = special.gammaincinv if not high else special.gammainccinv
        start = np.log(np.maximum(outer(estimate**2 / variance, chance) * variance / estimate, 1e-12 * estimate))
        return np.exp(_limit(lambda y: log_tail(y, high), start, chance, rising=not high))

    return ShrunkenRates(
        estimate=estimate,
        sd=np.sqrt(variance),
        low=limit(outside, high=False),
        high=limit(outside, high=True),
        chance_above=np.full(family.units, np.nan) if above is None else weight @ special.gammaincc(a, scale * above),
        raw=family.x / family.exposure,
        mean=float(weight @ mean),
        spread=float(weight @ (mean * s / (1.0 - s))),
    )


LEAST_SPREAD = 1e-4
"""A fitted s below this is nothing but chance: the likelihood is flat from here to 0."""


def _maximum(family: _Family) -> tuple[float, float]:
    """theta and s at the maximum of the likelihood: the best of a grid, then Nelder and Mead from there.

    s is the least there is where the likelihood falls from there on.
    """
    grid: FloatArray = np.concatenate([np.geomspace(LEAST_SPREAD, 1e-2, 9), (np.arange(60) + 0.5) / 60.0])
    centre, _ = family.where(grid)
    heights = family.log_likelihood(centre, grid)
    best = int(np.argmax(heights))
    if best == 0:
        return float(centre[0]), float(grid[0])

    def loss(z: FloatArray) -> float:
        s = np.clip(special.expit(z[1:]), LEAST_SPREAD, 1.0 - 1e-9)
        return -float(family.log_likelihood(z[:1], s)[0])

    found = optimize.minimize(
        loss,
        np.array([centre[best], special.logit(grid[best])]),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000},
    )
    return float(found.x[0]), float(special.expit(found.x[1]))


def beta_binomial(x: ArrayLike, n: ArrayLike) -> FittedLaw:
    """The beta law of the units' true proportions by marginal maximum likelihood, and the values shrunken by it.

    Raises ``ValueError`` with fewer than 3 units, or where all trials ended alike. Source: Kleinman 1973.
    """
    family = _binomial(x, n)
    successes, trials = family.x.sum(), family.n.sum()
    if successes in (0.0, trials):
        raise ValueError("all trials ended alike: the spread of the units cannot be fitted")
    constant = float(np.sum(-np.log1p(family.n) - special.betaln(family.n - family.x + 1.0, family.x + 1.0)))
    theta, s = _maximum(family)
    if s <= LEAST_SPREAD:
        mean = float(successes / trials)
        log_likelihood = float(successes * np.log(mean) + (trials - successes) * np.log1p(-mean))
        return FittedLaw(np.inf, np.inf, mean, np.full(family.units, mean), log_likelihood + constant)
    mean, size = float(special.expit(theta)), 1.0 / s**2 - 1.0
    estimate = (mean * size + family.x) / (size + family.n)
    log_likelihood = float(family.log_likelihood(np.array([theta]), np.array([s]))[0])
    return FittedLaw(mean * size, (1.0 - mean) * size, mean, estimate, log_likelihood + constant)


def gamma_poisson(x: ArrayLike, exposure: ArrayLike) -> FittedLaw:
    """The gamma law (shape a, rate b) of the units' true rates by marginal maximum likelihood, and the values shrunken.

    Raises ``ValueError`` with fewer than 3 units, or without any event. Source: Clayton and Kaldor 1987.
    """
    family = _poisson(x, exposure)
    events, time = family.x.sum(), family.exposure.sum()
    if events == 0.0:
        raise ValueError("without any event the spread of the units cannot be fitted")
    constant = float(np.sum(family.x * np.log(family.exposure) - special.gammaln(family.x + 1.0)))
    theta, s = _maximum(family)
    if s <= LEAST_SPREAD:
        mean = float(events / time)
        log_likelihood = float(events * np.log(mean) - events)
        return FittedLaw(np.inf, np.inf, mean, np.full(family.units, mean), log_likelihood + constant)
    shape, mean = ((1.0 - s) / s) ** 2, float(np.exp(theta))
    rate = shape / mean
    estimate = (shape + family.x) / (rate + family.exposure)
    log_likelihood = float(family.log_likelihood(np.array([theta]), np.array([s]))[0])
    return FittedLaw(shape, rate, mean, estimate, log_likelihood + constant)


def marshall_rates(x: ArrayLike, exposure: ArrayLike) -> FittedLaw:
    """Rates shrunken to the overall rate by moments (``a`` and ``b`` are those of the gamma law of the same moments).

    No likelihood (missing). Source: Marshall 1991.
    """
    family = _poisson(x, exposure)
    time = family.exposure
    mean = float(family.x.sum() / time.sum())
    raw = family.x / time
    between = float(time @ (raw - mean) ** 2 / time.sum() - mean / time.mean())
    if between <= 0.0:
        return FittedLaw(np.inf, np.inf, mean, np.full(raw.size, mean), float("nan"))
    estimate = mean + between / (between + mean / time) * (raw - mean)
    return FittedLaw(mean**2 / between, mean / between, mean, estimate, float("nan"))
