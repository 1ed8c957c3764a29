"""Many noisy estimates of like units: how much they truly differ, and what each is once chance is taken out.

The model is y_i ~ N(x_i'b + u_i, v_i), u_i ~ N(0, tau2): v_i known, tau2 estimated. ``random_effects`` fits it and then
takes tau2 as known; ``posterior`` carries the uncertainty of tau2 into each unit's interval, which therefore covers
with as few as 8 units, where the other under-covers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

from arusha.inference.segments import FloatArray

Estimator = Literal["DL", "PM", "EB", "REML", "ML", "HE", "HS", "SJ", "FE"]


@dataclass(frozen=True)
class RandomEffects:
    """A random-effects fit. Arrays: one a coefficient, or one a unit."""

    tau2: float
    tau2_se: float
    coefficients: FloatArray
    covariance: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    q: float
    """Weighted sum of squares about the fixed-effect fit; chi-square on units - coefficients if tau2 is 0."""
    q_p: float
    i2: float
    """Share of the variation that is between units, in percent, at the typical v (from Q where the method is FE)."""
    h2: float
    typical: float
    """The typical sampling variance that i2 and h2 hold tau2 against (Higgins and Thompson 2002)."""
    moderators_q: float
    """Wald chi-square of the covariates (F, with Knapp and Hartung's correction); missing without any."""
    moderators_p: float
    explained: float
    """Percent of tau2 that the covariates explain; missing without any, or where there is nothing to explain."""
    shrunken: FloatArray
    shrunken_se: FloatArray
    """With tau2 taken as known: too small for a few units. Use ``posterior`` for intervals."""
    prediction_low: float
    prediction_high: float
    """Where the true value of a further unit is expected; missing with covariates."""


@dataclass(frozen=True)
class Model:
    """Estimates, their variances, and the design with its constant."""

    y: FloatArray
    v: FloatArray
    X: FloatArray

    @property
    def spare(self) -> int:
        return int(self.y.size - self.X.shape[1])


def model_of(y: ArrayLike, variance: ArrayLike, covariates: ArrayLike | None) -> Model:
    """What was given, checked; raises ``ValueError`` as ``random_effects``."""
    values = np.asarray(y, dtype=np.float64)
    v = np.broadcast_to(np.asarray(variance, dtype=np.float64), values.shape)
    if values.ndim != 1 or not (np.all(np.isfinite(values)) and np.all(np.isfinite(v)) and np.all(v > 0)):
        raise ValueError("estimates must be a flat array without missing values, each with a positive variance")
    X = np.ones((values.size, 1))
    if covariates is not None:
        extra = np.asarray(covariates, dtype=np.float64)
        X = np.column_stack([X, extra.reshape(values.size, -1)])
    if not np.all(np.isfinite(X)) or np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("covariates must not be missing, constant or a combination of each other")
    if values.size <= X.shape[1]:
        raise ValueError(f"{values.size} units are too few for {X.shape[1]} coefficients")
    return Model(values, v.copy(), X)


def _projector(X: FloatArray, w: FloatArray) -> FloatArray:
    """P = W - W X (X'WX)^-1 X'W."""
    WX = X * w[:, None]
    out: FloatArray = np.diag(w) - WX @ np.linalg.solve(X.T @ WX, WX.T)
    return out


def generalised_q(model: Model, tau2: float) -> float:
    """The generalised Q at ``tau2``, which falls as tau2 rises."""
    w = 1.0 / (model.v + tau2)
    WX = model.X * w[:, None]
    beta = np.linalg.solve(model.X.T @ WX, WX.T @ model.y)
    return float(w @ (model.y - model.X @ beta) ** 2)


def _largest_tau2(model: Model) -> float:
    return float(100.0 * (np.ptp(model.y) ** 2 + model.v.max()))


def _score(model: Model, tau2: float, *, restricted: bool) -> float:
    """Twice the derivative of the (restricted) log likelihood by tau2."""
    P = _projector(model.X, 1.0 / (model.v + tau2))
    Py = P @ model.y
    trace = np.trace(P) if restricted else np.sum(1.0 / (model.v + tau2))
    return float(Py @ Py - trace)


def _log_likelihood(model: Model, tau2: FloatArray, *, restricted: bool) -> FloatArray:
    """At each of ``tau2``, without constants."""
    w = 1.0 / (model.v + tau2[:, None])
    XWX = np.einsum("gk,kp,kq->gpq", w, model.X, model.X)
    XWy = np.einsum("gk,kp,k->gp", w, model.X, model.y)
    beta = np.linalg.solve(XWX, XWy[..., None])[..., 0]
    residual = model.y - beta @ model.X.T
    out: FloatArray = 0.5 * np.log(w).sum(1) - 0.5 * (w * residual**2).sum(1)
    if restricted:
        out = out - 0.5 * np.linalg.slogdet(XWX)[1]
    return out


def _maximise(model: Model, *, restricted: bool) -> float:
    """The global maximum: the likelihood may have more than one, so a grid first and then the root of its slope."""
    top = _largest_tau2(model)
    grid = np.concatenate([[0.0], np.geomspace(model.v.min() * 1e-6, top, 400)])
    best = int(np.argmax(_log_likelihood(model, grid, restricted=restricted)))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]

    def score(tau2: float) -> float:
        return _score(model, tau2, restricted=restricted)

    if score(low) <= 0.0:
        return float(low) if low == 0.0 else float(grid[best])
    return float(optimize.brentq(score, low, high, xtol=1e-15 * max(1.0, high), rtol=1e-14))


def _moment(model: Model) -> float:
    """Paule and Mandel: the tau2 at which Q equals its expectation."""
    if generalised_q(model, 0.0) <= model.spare:
        return 0.0
    top = _largest_tau2(model)
    return float(optimize.brentq(lambda t: generalised_q(model, t) - model.spare, 0.0, top, xtol=1e-300, rtol=1e-14))


def _tau2(model: Model, method: str) -> tuple[float, float]:
    """tau2 and its standard error."""
    k, spare, v = model.y.size, model.spare, model.v
    V = np.diag(v)

    def linear(P: FloatArray, scale: float, tau2: float) -> float:
        """Standard error of y'Py / scale under normality."""
        PV = P @ V
        inner = 2.0 * np.trace(PV @ PV) + 4.0 * tau2 * np.trace(PV @ P) + 2.0 * tau2**2 * np.trace(P @ P)
        return float(np.sqrt(inner)) / scale

    if method == "FE":
        return 0.0, 0.0
    if method in ("PM", "EB"):
        tau2 = _moment(model)
        return tau2, float(np.sqrt(2.0 * k**2 / spare) / np.sum(1.0 / (v + tau2)))
    if method in ("REML", "ML"):
        tau2 = _maximise(model, restricted=method == "REML")
        P = _projector(model.X, 1.0 / (v + tau2))
        information = np.trace(P @ P) if method == "REML" else np.sum(1.0 / (v + tau2) ** 2)
        return tau2, float(np.sqrt(2.0 / information))
    if method == "HE":
        P = _projector(model.X, np.ones(k))
        tau2 = max(0.0, float(model.y @ P @ model.y - np.trace(P @ V)) / spare)
        return tau2, linear(P, spare, tau2)
    if method == "SJ":
        start = float(np.var(model.y, ddof=0))
        if start == 0.0:
            return 0.0, 0.0
        P = _projector(model.X, 1.0 / (v + start))
        tau2 = start * float(model.y @ P @ model.y) / spare
        return tau2, start * linear(P, spare, tau2)
    P = _projector(model.X, 1.0 / v)
    q = float(model.y @ P @ model.y)
    scale = float(np.trace(P)) if method == "DL" else float(np.sum(1.0 / v))
    tau2 = max(0.0, (q - (spare if method == "DL" else k)) / scale)
    return tau2, linear(P, scale, tau2)


def random_effects(
    y: ArrayLike,
    variance: ArrayLike,
    *,
    method: Estimator = "REML",
    covariates: ArrayLike | None = None,
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> RandomEffects:
    """Random-effects fit and shrunken estimates with tau2 taken as known.

    Parameters
    ----------
    y, variance
        One estimate a unit, and its known sampling variance.
    method
        ``DL`` DerSimonian and Laird 1986; ``PM`` Paule and Mandel 1982 (``EB``, Morris 1983, is the same root);
        ``REML``, ``ML``; ``HE`` Hedges; ``HS`` Hunter and Schmidt; ``SJ`` Sidik and Jonkman 2005;
        ``FE`` no spread between units.
    covariates
        Units x covariates; an intercept is added.
    knapp_hartung
        Rescale the covariance and use t on units - coefficients (Knapp and Hartung 2003).

    Raises ``ValueError`` for missing values, variances that are not positive or more coefficients than units.
    """
    if method not in get_args(Estimator):
        raise ValueError(f"unknown estimator {method!r}")
    model = model_of(y, variance, covariates)
    p = model.X.shape[1]
    tau2, tau2_se = _tau2(model, method)
    w = 1.0 / (model.v + tau2)
    WX = model.X * w[:, None]
    covariance = np.asarray(np.linalg.inv(model.X.T @ WX), dtype=np.float64)
    beta = covariance @ (WX.T @ model.y)
    fitted = model.X @ beta
    share = tau2 * w
    reach = float(special.ndtri((1.0 + level) / 2.0))
    if knapp_hartung:
        covariance = covariance * (float(w @ (model.y - fitted) ** 2) / model.spare)
        reach = float(stats.t.ppf((1.0 + level) / 2.0, model.spare))
    fit_variance = np.einsum("kp,pq,kq->k", model.X, covariance, model.X)
    shrunken_se = np.sqrt(share * model.v + (1.0 - share) ** 2 * fit_variance)
    se = np.sqrt(np.diag(covariance))
    q = generalised_q(model, 0.0)
    typical = model.spare / float(np.trace(_projector(model.X, 1.0 / model.v)))
    # Without spread in the model, what is beyond chance is read from Q (Higgins and Thompson 2002).
    between = max(0.0, q / model.spare - 1.0) * typical if method == "FE" else tau2
    moderators = float("nan")
    ahead = reach * np.sqrt(covariance[0, 0] + tau2) if p == 1 else float("nan")
    moderators_p = explained = float("nan")
    if p > 1:
        moderators = float(beta[1:] @ np.linalg.solve(covariance[1:, 1:], beta[1:]))
        moderators_p = float(special.chdtrc(p - 1, moderators))
        if knapp_hartung:
            moderators /= p - 1
            moderators_p = float(stats.f.sf(moderators, p - 1, model.spare))
        plain = _tau2(model_of(y, variance, None), method)[0]
        explained = 100.0 * max(0.0, (plain - tau2) / plain) if plain > 0.0 else float("nan")
    return RandomEffects(
        tau2=tau2,
        tau2_se=tau2_se,
        coefficients=beta,
        covariance=covariance,
        se=se,
        low=beta - reach * se,
        high=beta + reach * se,
        q=q,
        q_p=float(special.chdtrc(model.spare, q)),
        i2=100.0 * between / (between + typical),
        h2=q / model.spare if method == "FE" else tau2 / typical + 1.0,
        typical=typical,
        moderators_q=moderators,
        moderators_p=moderators_p,
        explained=explained,
        shrunken=share * model.y + (1.0 - share) * fitted,
        shrunken_se=shrunken_se,
        prediction_low=float(beta[0] - ahead),
        prediction_high=float(beta[0] + ahead),
    )


@dataclass(frozen=True)
class Posterior:
    """Each unit's true value given all estimates, with the uncertainty of tau carried through."""

    estimate: FloatArray
    sd: FloatArray
    low: FloatArray
    high: FloatArray
    chance_above: FloatArray
    """The chance that the unit's true value exceeds the value asked about; missing if none was."""
    centre: float
    """Posterior mean of the overall mean (of the intercept, with covariates)."""
    tau: float
    """Posterior median of the standard deviation between units."""
    tau_low: float
    tau_high: float


def _tau_grid(model: Model, nodes: int) -> tuple[FloatArray, FloatArray]:
    """Nodes of tau and their posterior weights under a flat prior on tau squared.

    A coarse pass over the whole half line finds where the posterior lives; Gauss-Legendre nodes cover that part.
    """
    scale = float(np.sqrt(np.median(model.v)) + np.std(model.y))
    u = (np.arange(800) + 0.5) / 800.0
    coarse = scale * u / (1.0 - u)
    # Flat in tau^2 is tau per step of tau, and tau = scale u / (1 - u) steps by scale / (1 - u)^2.
    log_density = _log_likelihood(model, coarse**2, restricted=True) + np.log(u) - 3.0 * np.log1p(-u)
    live = np.flatnonzero(log_density > log_density.max() - 25.0)
    low = 0.0 if live[0] == 0 else u[live[0] - 1]
    high = u[min(live[-1] + 1, u.size - 1)]
    points, weights = np.polynomial.legendre.leggauss(nodes)
    fine = low + (high - low) * 0.5 * (points + 1.0)
    tau = scale * fine / (1.0 - fine)
    log_weight = _log_likelihood(model, tau**2, restricted=True)
    log_weight = log_weight + np.log(fine) - 3.0 * np.log1p(-fine) + np.log(weights)
    weight = np.exp(log_weight - log_weight.max())
    return tau, weight / weight.sum()


def mixture_quantile(
    cdf: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray, chance: float
) -> FloatArray:
    """The quantile of a law given by its rising ``cdf``, unit by unit, by bisection between ``low`` and ``high``."""
    for _ in range(60):
        middle = 0.5 * (low + high)
        under = cdf(middle) < chance
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return 0.5 * (low + high)


def posterior(
    y: ArrayLike,
    variance: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    level: float = 0.95,
    above: float | None = None,
    nodes: int = 120,
) -> Posterior:
    """Shrunken estimates whose intervals cover, also with few units.

    Integrates over tau and the coefficients under priors flat in tau^2 and in the coefficients; each unit's law is the
    mixture over tau of its normal laws, and the interval takes its quantiles. Needs 4 units, and one more for each
    covariate. Coverage is that of a unit drawn at random, measured in docs/inference.md; a single extreme unit is
    covered less often, whatever the method. Raises ``ValueError`` as ``random_effects``, and with too few units.
    Source: Morris 1983, whose prior is flat in tau^2 too; integrated here, not approximated.
    """
    model = model_of(y, variance, covariates)
    if model.spare < 3:
        raise ValueError(f"{model.y.size} units are too few: the spread between units cannot be told from chance")
    if not 0.0 < level < 1.0:
        raise ValueError("level must lie between 0 and 1")
    tau, weight = _tau_grid(model, nodes)
    kept = weight > 1e-12
    tau, weight = tau[kept], weight[kept] / weight[kept].sum()
    w = 1.0 / (model.v + tau[:, None] ** 2)
    covariance = np.linalg.inv(np.einsum("gk,kp,kq->gpq", w, model.X, model.X))
    beta = np.einsum("gpq,gk,kq,k->gp", covariance, w, model.X, model.y)
    share = tau[:, None] ** 2 * w
    means = share * model.y + (1.0 - share) * (beta @ model.X.T)
    variances = share * model.v + (1.0 - share) ** 2 * np.einsum("kp,gpq,kq->gk", model.X, covariance, model.X)
    sds = np.sqrt(variances)
    estimate = weight @ means
    sd = np.sqrt(weight @ (variances + (means - estimate) ** 2))

    def cdf(x: FloatArray) -> FloatArray:
        out: FloatArray = weight @ special.ndtr((x - means) / sds)
        return out

    start, stop = (means - 12.0 * sds).min(0), (means + 12.0 * sds).max(0)
    running = np.cumsum(weight)
    spread = np.interp([(1.0 - level) / 2.0, 0.5, (1.0 + level) / 2.0], running, tau)
    return Posterior(
        estimate=estimate,
        sd=sd,
        low=mixture_quantile(cdf, start, stop, (1.0 - level) / 2.0),
        high=mixture_quantile(cdf, start, stop, (1.0 + level) / 2.0),
        chance_above=np.full(model.y.size, np.nan) if above is None else 1.0 - cdf(np.full(model.y.size, above)),
        centre=float(weight @ beta[:, 0]),
        tau=float(spread[1]),
        tau_low=float(spread[0]),
        tau_high=float(spread[2]),
    )


@dataclass(frozen=True)
class NormalPrior:
    """A normal prior fitted by marginal maximum likelihood, and the posterior it gives."""

    mean: float
    sd: float
    log_likelihood: float
    estimate: FloatArray
    estimate_sd: FloatArray


def normal_prior(y: ArrayLike, variance: ArrayLike, *, mean: float | None = None) -> NormalPrior:
    """Empirical-Bayes normal means: N(mean, sd2) fitted by marginal likelihood, with ``mean`` fitted too or given.

    Source: Efron and Morris 1973; the fit is ML of the random-effects model. Raises ``ValueError`` as there.
    """
    model = model_of(y, variance, None)
    if mean is None:
        tau2 = _maximise(model, restricted=False)
        w = 1.0 / (model.v + tau2)
        centre = float(w @ model.y / w.sum())
    else:
        centre = mean
        squares = (model.y - centre) ** 2

        def score(tau2: float) -> float:
            w = 1.0 / (model.v + tau2)
            return float(np.sum(w * w * squares - w))

        grid = np.concatenate([[0.0], np.geomspace(model.v.min() * 1e-6, _largest_tau2(model) + squares.max(), 400)])
        w = 1.0 / (model.v + grid[:, None])
        best = int(np.argmax(np.sum(np.log(w) - w * squares, axis=1)))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
        tau2 = float(low) if score(low) <= 0.0 else float(optimize.brentq(score, low, high, xtol=1e-300, rtol=1e-14))
    total = model.v + tau2
    log_likelihood = -0.5 * float(np.sum(np.log(2.0 * np.pi * total) + (model.y - centre) ** 2 / total))
    share = tau2 / total
    return NormalPrior(
        centre,
        float(np.sqrt(tau2)),
        log_likelihood,
        share * model.y + (1.0 - share) * centre,
        np.sqrt(share * model.v),
    )


def james_stein(y: ArrayLike, variance: float) -> FloatArray:
    """James and Stein's estimates with one known variance, shrunken to the grand mean, positive part.

    Needs at least 4 units. Source: Efron and Morris 1975 (factor 1 - (k - 3) v / S).
    """
    model = model_of(y, variance, None)
    if model.y.size < 4:
        raise ValueError("shrinking to the mean needs at least 4 units")
    centre = model.y.mean()
    away = model.y - centre
    kept = max(0.0, 1.0 - (model.y.size - 3) * float(model.v[0]) / float(away @ away))
    out: FloatArray = centre + kept * away
    return out
