"""Wild cluster bootstrap with the null imposed, for regressions with few clusters (Cameron, Gelbach and Miller 2008).

Webb's six weights where clusters are few (Rademacher's two give only 2^G different draws). With treated clusters fewer
than about five it rejects too rarely or too often (MacKinnon and Webb 2018): use randomisation inference there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.fixed_effects import absorb, coded
from arusha.effects.panel_error import PanelError
from arusha.effects.panels import FloatArray, IntArray
from arusha.effects.randomisation import limits
from arusha.language.told import error as of

Weights = Literal["webb", "rademacher"]
_WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
FEW = 12
"""With this many clusters or fewer, all sign changes are looked at."""


@dataclass(frozen=True)
class WildBootstrap:
    """A coefficient with its wild-cluster-bootstrap p-value and interval."""

    coefficient: float
    se: float
    t: float
    p: float
    low: float
    high: float
    clusters: int
    draws: int
    exact: bool
    """Whether every sign change was looked at (Rademacher weights and few clusters)."""


@dataclass(frozen=True)
class _Parts:
    """Numerator (G) and score matrix (G x G) of the bootstrap t, for residuals of one column."""

    a: FloatArray
    Q: FloatArray


def _parts(column: FloatArray, x: FloatArray, project: FloatArray, cluster: IntArray, G: int) -> _Parts:
    """``project`` (N x (m)) spans, orthonormally, what is partialled out."""
    V = np.zeros((column.size, G))
    V[np.arange(column.size), cluster] = column
    V -= project @ (project.T @ V)
    size = float(x @ x)
    a = x @ V / size
    S = np.zeros((G, G))
    own = np.zeros(G)
    np.add.at(S, cluster, x[:, None] * V)
    np.add.at(own, cluster, x**2)
    return _Parts(a, S - np.outer(own, a))


def _draws(weights: Weights, G: int, draws: int, seed: int) -> tuple[FloatArray, bool]:
    if weights == "rademacher" and G <= FEW:
        return np.array(list(product((1.0, -1.0), repeat=G))), True
    random = np.random.default_rng(seed)
    values = _WEBB if weights == "webb" else np.array([-1.0, 1.0])
    return np.vstack([np.ones(G), values[random.integers(0, values.size, (draws, G))]]), False


def wild_cluster_bootstrap(
    y: ArrayLike,
    x: ArrayLike,
    cluster: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    effects: Sequence[ArrayLike] = (),
    weights: Weights = "webb",
    level: float = 0.95,
    draws: int = 9_999,
    seed: int = 1,
) -> WildBootstrap:
    """The coefficient of one regressor, tested with the null imposed.

    Parameters
    ----------
    y, x, cluster
        N: outcome, the regressor of interest (such as treated), and the cluster of each row.
    covariates, effects
        Further regressors (N x k) and fixed effects (a list of N names each); a constant is added where there are no
        fixed effects.

    Raises
    ------
    PanelError
        One cluster only, or a regressor that the others give.
    """
    target, own = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    code = coded(cluster)
    G = int(code.max()) + 1
    if G < 2:
        raise of(PanelError, "fx-one-cluster", "fx-several-clusters")
    fixed = [coded(e) for e in effects]
    more = np.empty((target.size, 0)) if covariates is None else np.asarray(covariates, float).reshape(target.size, -1)
    dummies = [np.eye(int(e.max()) + 1)[e] for e in fixed] or [np.ones((target.size, 1))]
    basis, size, _ = np.linalg.svd(np.hstack([more, *dummies]), full_matrices=False)
    project = basis[:, size > 1e-10 * size[0]]
    left = np.column_stack([target, own])
    left = absorb(left, fixed) if fixed else left
    left = left - project @ (project.T @ left)
    yy, xx = left[:, 0], left[:, 1]
    if np.linalg.norm(xx) < 1e-9 * np.linalg.norm(own):
        raise of(PanelError, "fx-regressor", "fx-treatment-units")
    beta = float(xx @ yy / (xx @ xx))
    of_y, of_x = (_parts(c, xx, project, code, G) for c in (yy, xx))
    W, exact = _draws(weights, G, draws, seed)

    def statistics(null: float) -> FloatArray:
        numerator = W @ (of_y.a - null * of_x.a)
        spread = np.sqrt(np.sum((W @ (of_y.Q - null * of_x.Q).T) ** 2, axis=1))
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(numerator) / spread
        return np.where(spread > 0, t, np.inf)

    def p_at(null: float) -> float:
        t = statistics(null)
        return float(np.mean(t >= t[0] * (1 - 1e-9)))

    spread = float(np.sqrt(np.sum((of_y.Q - beta * of_x.Q).sum(axis=1) ** 2)))
    se = spread / float(xx @ xx) * float(np.sqrt(G / (G - 1)))
    low, high = limits(p_at, beta, se, 1 - level)
    return WildBootstrap(
        coefficient=beta,
        se=se,
        t=beta / se,
        p=p_at(0.0),
        low=low,
        high=high,
        clusters=G,
        draws=int(W.shape[0]),
        exact=exact,
    )
