"""The chance that *this* hypothesis is a true null, beside the rate among all that are at least as small.

``local_fdr`` smooths the density of p-values on a normal (or logistic) scale; ``grenander_fdr`` takes the steepest
falling density that the p-values (or z-scores) allow. A local rate is less precise than q: it rests on the few values
near by.

Sources: Efron, Tibshirani, Storey and Tusher 2001; Storey, Akey and Kruglyak 2005 for the first; Strimmer 2008 (BMC
Bioinformatics 9:303) for the second, whose null is fitted to what lies within a cutoff of least false non-discovery.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats
from scipy.interpolate import CubicSpline

from arusha.inference.multiplicity import p_values
from arusha.inference.segments import FloatArray

_CELLS = 512
_LEAST = float(np.finfo(np.float64).eps)


def _density(x: FloatArray, adjust: float) -> tuple[FloatArray, FloatArray]:
    """Normal kernel density of ``x`` on 512 points over its range and three bandwidths on each side.

    The bandwidth is ``adjust`` times Silverman's rule of thumb (1986, page 48). Values are shared between the two
    nearest cells and convolved, so that a million cost no more than a thousand.
    """
    spread = min(float(x.std(ddof=1)), float(np.subtract(*np.quantile(x, [0.75, 0.25]))) / 1.34) or float(x.std(ddof=1))
    width = adjust * 0.9 * spread * float(x.size) ** -0.2
    if not width > 0.0:
        raise ValueError("all p-values are alike: they have no density")
    begin, end = float(x.min()) - 3.0 * width, float(x.max()) + 3.0 * width
    low, high = begin - 4.0 * width, end + 4.0 * width
    cell = (high - low) / (_CELLS - 1)
    place = (x - low) / cell
    left = np.floor(place).astype(np.int64)
    mass = np.zeros(2 * _CELLS)
    np.add.at(mass, left, (1.0 - (place - left)) / x.size)
    np.add.at(mass, left + 1, (place - left) / x.size)
    away = np.linspace(0.0, 2.0 * (high - low), 2 * _CELLS)
    away[_CELLS + 1 :] = -away[_CELLS - 1 : 0 : -1]
    kernel = stats.norm.pdf(away, scale=width)
    spreaded = np.fft.ifft(np.fft.fft(mass) * np.conj(np.fft.fft(kernel))).real[:_CELLS]
    at = np.linspace(begin, end, _CELLS)
    return at, np.interp(at, np.linspace(low, high, _CELLS), np.maximum(spreaded, 0.0))


def local_fdr(
    p: ArrayLike,
    null_share: float,
    *,
    transform: Literal["probit", "logit"] = "probit",
    adjust: float = 1.5,
    truncate: bool = True,
    monotone: bool = True,
) -> FloatArray:
    """Local false-discovery rates from the density of transformed p-values.

    Parameters
    ----------
    p
        p-values; a missing one stays missing.
    null_share
        Share of true nulls, as ``storey_q`` estimates it.
    transform, adjust
        The scale on which the density is smooth, and the bandwidth over the rule of thumb.
    truncate, monotone
        Cut at 1; never smaller for a larger p.

    Raises ``ValueError`` for a share outside 0 to 1 and fewer than 5 p-values.
    """
    values = p_values(p)
    if not 0.0 < null_share <= 1.0:
        raise ValueError("the share of true nulls is above 0 and at most 1")
    tested = ~np.isnan(values)
    some, out = values[tested], np.full(values.size, np.nan)
    if some.size < 5:
        raise ValueError("a density needs at least 5 p-values")
    if transform == "probit":
        x = stats.norm.ppf(np.clip(some, 1e-8, 1.0 - 1e-8))
        null = stats.norm.pdf(x)
    elif transform == "logit":
        x = np.log((some + 1e-8) / (1.0 - some + 1e-8))
        null = np.exp(-np.abs(x)) / (1.0 + np.exp(-np.abs(x))) ** 2
    else:
        raise ValueError("the transform is probit or logit")
    at, height = _density(x, adjust)
    found = null_share * null / np.maximum(CubicSpline(at, height)(x), 1e-300)
    if truncate:
        found = np.minimum(found, 1.0)
    if monotone:
        order = np.argsort(some, kind="stable")
        found[order] = np.maximum.accumulate(found[order])
    out[tested] = found
    return out


@dataclass(frozen=True)
class GrenanderFdr:
    """False-discovery rates of each hypothesis, and the null that they rest on."""

    p: FloatArray
    """Of the fitted null; as given where p-values were."""
    q: FloatArray
    """Tail rate."""
    local: FloatArray
    """Local rate."""
    null_share: float
    null_share_se: float
    null_sd: float
    """Standard deviation of z-scores or correlations under the null; NaN for p-values."""
    cutoff: float
    """What lies within it (z) or above it (p) was taken for null."""
    within: int
    """How many."""
    degrees: float = float("nan")
    """Degrees of freedom of correlations under the null (1 over their variance)."""


def _quantile_share(p: FloatArray, chance: float = 0.1) -> float:
    """A first guess of the share of nulls: a low quantile of Storey's estimates over lambda."""
    lambdas = np.arange(19) * 0.05
    above = np.array([np.mean(p >= at) / (1.0 - at) for at in lambdas])
    return float(np.quantile(np.clip(above, 0.0, 1.0), chance))


def _least_missed(size: FloatArray, null: object, share: float) -> float:
    """The cutoff from which on narrowing no longer lowers the estimated share of non-nulls within it."""
    assert callable(null)

    def missed(at: float) -> float:
        inside = float(np.mean(size < at))
        return max(0.0, (inside - share * float(null(at))) / inside) if inside > 0.0 else 0.0

    at = float(np.quantile(size, min(0.99, share)))
    here, nearer = missed(at), missed(0.9 * at)
    while nearer < here:
        at, here = 0.9 * at, nearer
        nearer = missed(0.9 * at)
    return at


def _steepest(p: FloatArray, share: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Knots, heights and slopes of the least concave majorant of the distribution of ``p``, whose last slope is the
    share of nulls."""
    at, count = np.unique(p, return_counts=True)
    reached = np.cumsum(count) / p.size
    reached = np.maximum(np.minimum(reached, 1.0 - share * (1.0 - at)), share * at)
    if at[-1] != 1.0:
        at, reached = np.append(at, 1.0), np.append(reached, 1.0)
    if at[0] != 0.0:
        at, reached = np.insert(at, 0, 0.0), np.insert(reached, 0, 0.0)
    reached[-2] = 1.0 - share * (1.0 - at[-2])
    kept: list[int] = []
    for i in range(at.size):
        while len(kept) > 1:
            a, b = kept[-2], kept[-1]
            if (reached[b] - reached[a]) * (at[i] - at[b]) > (reached[i] - reached[b]) * (at[b] - at[a]):
                break
            kept.pop()
        kept.append(i)
    knots, height = at[kept], reached[kept]
    slope = np.diff(height) / np.diff(knots)
    return knots, height, np.append(slope, slope[-1])


Kind = Literal["p", "z", "r"]
Cutoff = Literal["share", "spread"]


@dataclass(frozen=True)
class _Null:
    """The law of z-scores or correlations under the null, by one parameter: the spread of z, the degrees of freedom of
    correlations."""

    tails: Callable[[FloatArray, float], FloatArray]
    log_density: Callable[[FloatArray, float], FloatArray]
    by_quartiles: Callable[[FloatArray], float]
    support: tuple[float, float]

    def p(self, x: FloatArray, at: float) -> FloatArray:
        """Two-sided p, at least the smallest difference from 1."""
        return np.maximum(_LEAST, self.tails(np.abs(x), at))

    def fitted(self, inside: FloatArray, edge: float) -> float:
        """The likeliest parameter of values that were cut at ``edge`` on both sides."""

        def loss(at: float) -> float:
            within = 1.0 - float(self.p(np.array([edge]), at)[0])
            return inside.size * float(np.log(max(within, 1e-300))) - float(self.log_density(inside, at).sum())

        start = self.by_quartiles(inside)
        bounds = (max(1e-3 * start, self.support[0]), min(1e3 * start, self.support[1]))
        found = optimize.minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-9 * start})
        return float(found.x)


def _quartile_range(x: FloatArray) -> float:
    return float(np.subtract(*np.quantile(x, [0.75, 0.25])))


def _turned(r: FloatArray, degrees: float) -> FloatArray:
    """A correlation as Student's t of ``degrees`` less 1."""
    with np.errstate(divide="ignore"):
        return r * np.sqrt((degrees - 1.0) / (1.0 - r * r))


def _degrees(r: FloatArray) -> float:
    """Degrees of freedom at which correlations have the quartiles seen."""
    aim = _quartile_range(r) / 2.0

    def off(log_degrees: float) -> float:
        k = float(np.exp(log_degrees))
        t = float(stats.t.ppf(0.75, k - 1.0))
        return float(t / np.sqrt(k - 1.0 + t * t) - aim)

    low, high = np.log(3.0), np.log(1e9)
    if off(low) <= 0.0 or off(high) >= 0.0:
        return float(np.exp(low if off(low) <= 0.0 else high))
    return float(np.exp(optimize.brentq(off, low, high, xtol=1e-12)))


_Z = _Null(
    lambda x, sd: 2.0 * stats.norm.sf(x, scale=sd),
    lambda x, sd: stats.norm.logpdf(x, scale=sd),
    lambda x: _quartile_range(x) / (2.0 * float(stats.norm.ppf(0.75))),
    (1e-9, np.inf),
)
_R = _Null(
    lambda r, k: 2.0 * stats.t.sf(_turned(r, k), k - 1.0),
    lambda r, k: (
        0.5 * (k - 3.0) * np.log1p(-r * r)
        + special.gammaln(0.5 * k)
        - special.gammaln(0.5 * (k - 1.0))
        - 0.5 * np.log(np.pi)
    ),
    _degrees,
    (3.0, 1e9),
)


def _wide(z: FloatArray) -> float:
    """So many spreads that few non-nulls lie within, fewer of them the more there are (Efron 2004, as R's locfdr)."""
    many = 1.0 if z.size > 5e5 else 4.3 * np.exp(-0.26 * np.log10(z.size))
    return float(many) * _Z.by_quartiles(z)


def grenander_fdr(
    values: ArrayLike, kind: Kind = "p", *, cutoff: float | Cutoff | None = None, kept: float = 0.75
) -> GrenanderFdr:
    """Tail and local false-discovery rates from the steepest falling density of p-values.

    Parameters
    ----------
    values
        p-values; or z-scores (``z``) or correlations (``r``) whose spread under the null is fitted: an empirical null.
    cutoff
        p-values above it (z-scores and correlations within it) are taken for nulls. If not given it is where the
        estimated share of non-nulls among them is least. ``share``: so that the share ``kept`` lies within; ``spread``:
        a multiple of the spread by quartiles that falls with their number (of z-scores and correlations).

    Raises ``ValueError`` for missing values, correlations beyond 1, and where fewer than two lie within the cutoff.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or x.size < 5 or not np.all(np.isfinite(x)):
        raise ValueError("at least 5 values, none missing")
    if kind not in ("p", "z", "r"):
        raise ValueError("values are p, z or r")
    if kind == "r" and np.any(np.abs(x) >= 1.0):
        raise ValueError("correlations lie between -1 and 1")
    if not 0.0 < kept < 1.0 or (isinstance(cutoff, str) and cutoff not in ("share", "spread")):
        raise ValueError("cutoff is a number, share or spread; kept lies between 0 and 1")
    sd, degrees = float("nan"), float("nan")
    if kind == "p":
        p_values(x)
        if cutoff == "spread":
            raise ValueError("p-values have no spread to cut at")
        if cutoff is None:
            at = 1.0 - _least_missed(1.0 - x, lambda t: t, _quantile_share(x))
        else:
            at = float(np.quantile(x, 1.0 - kept)) if isinstance(cutoff, str) else float(cutoff)
        inside, chance, p = x[x >= at], 1.0 - at, x
    else:
        null = _Z if kind == "z" else _R
        if cutoff is None:
            guess = null.by_quartiles(x)
            share = _quantile_share(null.p(x, guess))
            at = _least_missed(np.abs(x), lambda t: 1.0 - float(null.tails(np.array([t]), guess)[0]), share)
        elif cutoff == "share":
            at = float(np.quantile(np.abs(x), kept))
        elif cutoff == "spread":
            at = _wide(x) if kind == "z" else float(np.tanh(_wide(np.arctanh(x))))
        else:
            at = float(cutoff)
        inside = x[np.abs(x) <= at]
        if inside.size < 2:
            raise ValueError("fewer than two values lie within the cutoff")
        found = null.fitted(inside, at)
        sd, degrees = (found, float("nan")) if kind == "z" else (1.0 / float(np.sqrt(found)), found)
        p = null.p(x, found)
        chance = 1.0 - float(null.p(np.array([at]), found)[0])
    if inside.size < 2:
        raise ValueError("fewer than two p-values lie above the cutoff")
    part = inside.size / x.size
    share = min(1.0, part / chance)
    knots, height, slope = _steepest(p, share)
    where = np.where(p == _LEAST, 0.0, p)
    density = slope[np.clip(np.searchsorted(knots, where, side="right") - 1, 0, slope.size - 1)]
    reached = np.interp(p, knots, height)
    with np.errstate(divide="ignore", invalid="ignore"):
        tail = np.where(p > 0.0, share * p / np.maximum(reached, 1e-300), 0.0)
        local = share / density
    return GrenanderFdr(
        p,
        np.minimum(tail, 1.0),
        np.minimum(local, 1.0),
        share,
        float(np.sqrt(part * (1.0 - part) / (x.size * chance**2))),
        sd,
        float(at),
        int(inside.size),
        degrees,
    )
