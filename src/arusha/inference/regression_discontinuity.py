"""Does an outcome jump at a threshold? Local polynomials on both sides, with robust bias-corrected intervals.

Sources: Calonico, Cattaneo and Titiunik (2014, Econometrica 82); with covariates Calonico, Cattaneo, Farrell and
Titiunik (2019, Review of Economics and Statistics 101).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import factorial
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.inference.discontinuity_bandwidth import Options, Pair, discontinuity_bandwidths
from arusha.inference.local_regression import LocalFit, Residuals, SideData, joined, local_fit, residuals, sandwich
from arusha.inference.one_sided_kernels import COEFFICIENTS, FloatArray, Kernel

FEWEST = 20
REPEATED = 0.2
"""Share of repeated values on a side from which pilots hold at least ten different ones."""


@dataclass(frozen=True)
class JumpEstimate:
    """A jump with its interval."""

    estimate: float
    se: float
    z: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Discontinuity:
    """What was found at a threshold."""

    conventional: JumpEstimate
    bias_corrected: JumpEstimate
    """With the conventional standard error, which leaves out what correcting the bias adds."""
    robust: JumpEstimate
    """The headline: corrected for bias, with a standard error that knows it."""
    sides: Pair
    """Fitted level (or derivative) left and right, conventional."""
    bandwidth: Pair
    bias_bandwidth: Pair
    n: tuple[int, int]
    used: tuple[int, int]
    """Within the bandwidth."""
    different: tuple[int, int]
    """Different values of the running variable."""
    first_stage: JumpEstimate | None = None
    """The jump of what was received (robust), where the threshold does not settle it."""


@dataclass(frozen=True)
class _Fitted:
    conventional: float
    corrected: float
    variance: float
    robust_variance: float
    used: int


def discontinuity(
    y: ArrayLike,
    x: ArrayLike,
    cutoff: float = 0.0,
    *,
    p: int = 1,
    q: int | None = None,
    derivative: int = 0,
    kernel: Kernel = "triangular",
    selection: str = "mserd",
    bandwidth: float | Pair | None = None,
    bias_bandwidth: float | Pair | None = None,
    variance: Residuals = "nn",
    neighbours: int = 3,
    cluster: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    treatment: ArrayLike | None = None,
    sharp_bandwidth: bool = False,
    weights: ArrayLike | None = None,
    regularise: float = 1.0,
    adjust: bool = True,
    fewest_different: int | None = None,
    level: float = 0.95,
) -> Discontinuity:
    """The jump of the mean of ``y`` (or of a derivative) where ``x`` reaches ``cutoff``.

    Parameters
    ----------
    y, x
        n outcomes and running variables; a value equal to the cutoff belongs to the right.
    p, q
        Order of the estimate and of its bias (p + 1 by default).
    selection
        mserd, msetwo, msesum, msecomb1, msecomb2 (least mean squared error of the jump, each side, the sum, their
        least, their median), or cer... (least coverage error).
    bandwidth, bias_bandwidth
        One for both sides or (left, right); the bias gets the same as the estimate if only that is given.
    variance, neighbours
        "nn": residuals against so many neighbours; or hc0 to hc3. With clusters all are cr1 but cr2, which frees
        residuals of what their own cluster bent the fit, and cr3, as if each cluster were left out: for few clusters.
    cluster
        n labels of groups that share their fate (a trader's declarations): the variance is by clusters.
    covariates
        n x k, without a constant: what else moves the outcome and does not jump itself. They make the interval shorter;
        they mend no threshold that is got around.
    treatment
        n: what was received, where the threshold makes it likelier but does not settle it. Sought is then the jump of
        the outcome over the jump of the treatment (``first_stage``).
    sharp_bandwidth
        Choose the bandwidth for the jump of the outcome alone all the same (always so where one side never varies in
        its treatment).
    weights
        n weights of the observations (of a sample).
    regularise
        Weight of the bias's own variance in a bandwidth (0 leaves it out).
    adjust, fewest_different
        Take account of repeated values: pilots count different values, and hold at least ten of them on each side where
        a fifth of the values repeats.

    Raises
    ------
    ValueError
        For options that are not known, a cutoff outside of the values, or too few (different) values.
    """
    q = p + 1 if q is None else q
    if not 0 <= derivative <= p < q or kernel not in COEFFICIENTS or variance not in get_args(Residuals):
        raise ValueError("0 <= derivative <= p < q; kernels and variances as documented")
    if variance.startswith("cr") and cluster is None:
        raise ValueError(f"{variance} is a variance by clusters: name them")
    running, outcome = (np.asarray(v, dtype=np.float64).ravel() for v in (x, y))
    received, others, sampling = _further(treatment, covariates, weights, running.size)
    if running.size != outcome.size or not np.all(np.isfinite(running)) or not np.all(np.isfinite(outcome)):
        raise ValueError("as many outcomes as running variables, none missing or infinite")
    if running.size < FEWEST:
        raise ValueError(f"fewer than {FEWEST} observations")
    if not running.min() < cutoff < running.max():
        raise ValueError("the threshold lies outside of the values")
    if neighbours < 1:
        raise ValueError("at least one neighbour")
    order = np.argsort(running, kind="stable")
    groups: NDArray[np.int64] | None = None
    if cluster is not None:
        _, labels = np.unique(np.asarray(cluster).ravel(), return_inverse=True)
        groups = labels.astype(np.int64)
    everyone = SideData(running - cutoff, outcome, groups, received, others, sampling)
    below = running[order] < cutoff
    left, right = everyone.only(order[below]), everyone.only(order[~below])
    n = left.x.size, right.x.size
    different = np.unique(left.x).size, np.unique(right.x).size
    if adjust and fewest_different is None and max(1 - d / m for d, m in zip(different, n, strict=True)) >= REPEATED:
        fewest_different = 10
    options = Options(p, q, derivative, kernel, variance, neighbours, regularise)
    if bandwidth is None:
        settled = sharp_bandwidth or any(s.treatment is None or np.ptp(s.treatment) == 0.0 for s in (left, right))
        seen = (replace(left, treatment=None), replace(right, treatment=None)) if settled else (left, right)
        h, b = discontinuity_bandwidths(seen, selection, options, adjust=adjust, fewest_different=fewest_different)
    else:
        h = _pair(bandwidth)
        b = h if bias_bandwidth is None else _pair(bias_bandwidth)
    z = float(stats.norm.ppf(0.5 + level / 2))

    def jump(estimate: float, v: float) -> JumpEstimate:
        se = float(np.sqrt(v))
        with np.errstate(divide="ignore", invalid="ignore"):
            t = float(np.float64(estimate) / se)
        return JumpEstimate(estimate, se, t, float(2 * stats.norm.sf(abs(t))), estimate - z * se, estimate + z * se)

    def fitted(share: FloatArray | None) -> tuple[_Fitted, _Fitted]:
        both = (left, right) if share is None else (left.combined(share), right.combined(share))
        return _side(both[0], h[0], b[0], options), _side(both[1], h[1], b[1], options)

    share, ratio, first_stage = None, None, None
    if received is not None or others is not None:
        near, wide = zip(*(side.near(width, kernel) for side, width in zip((left, right), h, strict=True)), strict=True)
        how = joined(near, wide, p)
        share = how.outcome
        if how.treatment is not None:
            (one, other), (before, after) = fitted(how.outcome), fitted(how.treatment)
            moved, first = other.conventional - one.conventional, after.conventional - before.conventional
            reach = max(float(np.max(np.abs(side.treatment))) for side in near) / min(h) ** derivative
            if abs(first) <= 1e-10 * reach:
                raise ValueError("the treatment does not jump at the threshold: it has no effect there to be seen")
            share, ratio = how.ratio(moved, first), moved / first
            first_stage = jump(after.corrected - before.corrected, before.robust_variance + after.robust_variance)
    one, other = fitted(share)
    plain, robust = one.variance + other.variance, one.robust_variance + other.robust_variance
    found = other.conventional - one.conventional
    corrected = other.corrected - one.corrected
    if ratio is not None:
        # Both jumps are corrected, and the ratio moves with them as far as its slope tells.
        found, corrected = ratio, ratio - (found - corrected)
    return Discontinuity(
        conventional=jump(found, plain),
        bias_corrected=jump(corrected, plain),
        robust=jump(corrected, robust),
        sides=(one.conventional, other.conventional),
        bandwidth=h,
        bias_bandwidth=b,
        n=n,
        used=(one.used, other.used),
        different=different,
        first_stage=first_stage,
    )


def _further(
    treatment: ArrayLike | None, covariates: ArrayLike | None, weights: ArrayLike | None, n: int
) -> tuple[FloatArray | None, FloatArray | None, FloatArray | None]:
    """Treatment, covariates and weights as arrays of n rows."""
    received, sampling = (None if v is None else np.asarray(v, dtype=np.float64).ravel() for v in (treatment, weights))
    others = None if covariates is None else np.asarray(covariates, dtype=np.float64)
    if others is not None and others.ndim == 1:
        others = others[:, None]
    for part in (received, others, sampling):
        if part is not None and (part.shape[0] != n or not np.all(np.isfinite(part))):
            raise ValueError("treatment, covariates and weights need a row an observation, none missing or infinite")
    if sampling is not None and (np.any(sampling < 0) or not np.any(sampling > 0)):
        raise ValueError("weights not below 0, and one above")
    return received, others, sampling


def _pair(value: float | Pair) -> Pair:
    one, other = (value, value) if isinstance(value, int | float) else value
    if not (one > 0 and other > 0 and np.isfinite(one) and np.isfinite(other)):
        raise ValueError("a bandwidth must be above 0")
    return float(one), float(other)


def _side(side: SideData, h: float, b: float, o: Options) -> _Fitted:
    """Level or derivative at the threshold from one side."""
    near, _ = side.near(max(h, b), o.kernel)
    w, wide = near.weights(h, o.kernel), near.weights(b, o.kernel)
    fit, curved = _fit(near, w, o.p), _fit(near, wide, o.q)
    scores = fit.powers * w[:, None]
    # The bias of the fit is what it takes up of the next power, whose coefficient the wider fit gives.
    taken: FloatArray = scores.T @ (near.x / h) ** (o.p + 1)
    next_power = (curved.powers @ curved.inverse[o.p + 1]) * wide
    corrected = scores - h ** (o.p + 1) * np.outer(next_power, taken)
    line = fit.inverse[o.derivative]
    plain = residuals(near, fit, o.residuals, o.neighbours)
    left = plain if o.residuals == "nn" and near.cluster is None else residuals(near, curved, o.residuals, o.neighbours)
    scale = factorial(o.derivative)
    return _Fitted(
        conventional=scale * float(fit.coefficients[o.derivative]),
        corrected=scale * float(line @ (corrected.T @ near.y)),
        variance=scale**2 * float(line @ sandwich(near, scores, plain, o.p + 1, o.residuals) @ line),
        robust_variance=scale**2 * float(line @ sandwich(near, corrected, left, o.q + 1, o.residuals) @ line),
        used=int(np.sum(w > 0)),
    )


def _fit(near: SideData, w: FloatArray, order: int) -> LocalFit:
    if np.unique(near.x[w > 0]).size < order + 1:
        raise ValueError("too few different values near the threshold for a polynomial of this order")
    return local_fit(near, w, order)
