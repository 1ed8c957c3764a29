"""List experiments beside shares that are known from elsewhere.

What a register or a count says of a group (three in a hundred of the firms at this office were found out) is met
together with the two steps of least squares, by generalised method of moments. It narrows the estimate where the
shares are true, and a test says when answers and shares cannot both be.

Source: Chou, Imai and Rosenfeld 2020 (Sociological Methods and Research 49:418).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares, minimize
from scipy.special import chdtrc, expit

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, list_answers, sampling_weights
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.list_linear import list_two_step

Weighing = Literal["two-step", "continuous"]


@dataclass(frozen=True)
class WithKnownShares:
    """The fit (blocks ``control`` and ``sensitive``), and whether answers and shares can both be true: ``statistic`` is
    chi-square on ``free`` degrees, one a share (Sargan and Hansen)."""

    fit: SensitiveFit
    statistic: float
    free: int
    p: float


@dataclass(frozen=True)
class _Moments:
    y: FloatArray
    X: FloatArray
    long: BoolArray
    items: int
    w: FloatArray
    members: tuple[BoolArray, ...]
    shares: tuple[float, ...]

    def rows(self, at: FloatArray) -> FloatArray:
        """(n, 2k + shares): of the long list, of the short one, and of each share."""
        k = self.X.shape[1]
        of_one, held = expit(self.X @ at[:k]), expit(self.X @ at[k:])
        left = self.y - self.items * of_one - self.long * held
        short = np.where(self.long, 0.0, left * self.items * of_one * (1.0 - of_one))
        long = np.where(self.long, left * held * (1.0 - held), 0.0)
        gaps = [m * (share - held) for m, share in zip(self.members, self.shares, strict=True)]
        return np.column_stack([self.X * short[:, None], self.X * long[:, None], *gaps]) * self.w[:, None]

    def noise(self, at: FloatArray) -> FloatArray:
        """Expected products of the moments. Those of different people, and those of the covariates alone, have nothing
        to do with the others' errors."""
        rows, k = self.rows(at), self.X.shape[1]
        found = np.zeros((rows.shape[1], rows.shape[1]))
        parts = [slice(0, k), slice(k, 2 * k), *(slice(j, j + 1) for j in range(2 * k, rows.shape[1]))]
        for where in parts:
            found[where, where] = rows[:, where].T @ rows[:, where] / rows.shape[0]
        return found

    def slope(self, at: FloatArray, *, expected: bool) -> FloatArray:
        """Of the mean moments; ``expected`` leaves out what is 0 on average."""
        n, k = self.X.shape
        X, w, items = self.X, self.w, self.items
        of_one, held = expit(X @ at[:k]), expit(X @ at[k:])
        one, more = items * of_one * (1.0 - of_one), held * (1.0 - held)
        left = self.y - items * of_one - self.long * held
        bend_one = 0.0 if expected else left * one * (1.0 - 2.0 * of_one)
        bend_more = 0.0 if expected else left * more * (1.0 - 2.0 * held)
        found: FloatArray = np.zeros((2 * k + len(self.shares), 2 * k))
        short, long = w * ~self.long, w * self.long
        found[:k, :k] = X.T @ (X * (short * (bend_one - one * one))[:, None])
        found[k : 2 * k, :k] = -X.T @ (X * (long * more * one)[:, None])
        found[k : 2 * k, k:] = X.T @ (X * (long * (bend_more - more * more))[:, None])
        for row, member in enumerate(self.members):
            found[2 * k + row, k:] = -(w * member * more) @ X
        return np.asarray(found / n)

    def least(self, start: FloatArray, weighed_at: FloatArray) -> tuple[FloatArray, float, bool]:
        """Where the weighed moments are least, what is left, and whether the search ended."""
        root = np.linalg.inv(np.linalg.cholesky(self.noise(weighed_at)))
        found = least_squares(
            lambda at: root @ self.rows(at).mean(axis=0),
            start,
            jac=lambda at: root @ self.slope(at, expected=False),
            xtol=1e-14,
            ftol=1e-15,
            gtol=1e-14,
        )
        return found.x, 2.0 * float(found.cost), bool(found.success)

    def left(self, at: FloatArray) -> float:
        """What is left where the weights move with the coefficients."""
        mean = self.rows(at).mean(axis=0)
        return float(mean @ np.linalg.solve(self.noise(at), mean))


def list_with_known_shares(
    answers: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    groups: ArrayLike,
    shares: Mapping[object, float],
    weights: ArrayLike | None = None,
    weighing: Weighing = "two-step",
    smallest_arm: int = SMALLEST_ARM,
) -> WithKnownShares:
    """Logistic regression of the sensitive item that also meets the known ``shares`` of groups.

    Parameters
    ----------
    answers, arms, covariates, items, weights, smallest_arm
        As of :func:`list_two_step`; one long list.
    groups
        (n,) label of each respondent's group; labels without a share are held to nothing.
    shares
        Label -> the share of the group that holds the sensitive item, taken as exact.
    weighing
        ``two-step``: moments are weighed by their noise at the first estimate, then at the next one. ``continuous``:
        the noise moves with the coefficients, which is less biased with many shares.

    Raises
    ------
    SurveyError
        As :func:`list_two_step`; for several long lists, no share, a share that is not between 0 and 1, or a group that
        nobody is in.
    """
    arm, most = arms_of(arms, smallest_arm)
    if most > 1:
        raise SurveyError("several long lists beside known shares.", remedy="give one long list at a time.")
    y = list_answers(answers, arm > 0, items, arm.size).astype(np.float64)
    X, w, n = matrix(covariates, arm.size), sampling_weights(weights, arm.size), arm.size
    labels = np.asarray(groups, dtype=object)
    if labels.shape != (n,) or not shares:
        raise SurveyError(
            "no share is known, or not one group to each respondent.", where="groups", remedy="give both, or neither."
        )
    members = tuple(np.array([label == name for label in labels], np.bool_) for name in shares)
    for name, member in zip(shares, members, strict=True):
        if not member.any():
            raise SurveyError(f"nobody is in the group {name}.", where="groups", remedy="leave its share out.")
        if not 0.0 < shares[name] < 1.0:
            raise SurveyError(
                f"a share of {shares[name]:g} of {name}.", where="shares", remedy="give a number between 0 and 1."
            )
    moments = _Moments(y, X, arm == 1, items, w / w.mean(), members, tuple(float(v) for v in shares.values()))
    first = list_two_step(y, arm, X, items=items, weights=weights, smallest_arm=smallest_arm)
    at = np.concatenate([first.part("control").estimate, first.part("sensitive").estimate])
    try:
        once, left, ended = moments.least(at, at)
        at, left, ended = moments.least(once, once)
        if weighing == "continuous":
            best = minimize(moments.left, at, method="BFGS", options={"gtol": 1e-9})
            at, left, ended = best.x, float(best.fun), bool(best.success or best.status == 2)
        slope = moments.slope(at, expected=True)
        vcov = np.linalg.inv(slope.T @ np.linalg.solve(moments.noise(at), slope)) / n
    except np.linalg.LinAlgError:
        raise SurveyError(
            "the moments have no noise to weigh them by: the two steps end at a share of 0 or 1.",
            where="shares",
            remedy="use fewer covariates, or more respondents.",
        ) from None
    k = X.shape[1]
    blocks = {"control": slice(0, k), "sensitive": slice(k, 2 * k)}
    fit = SensitiveFit(
        method="moments",
        coefficients=at,
        vcov=vcov,
        blocks=blocks,
        loglik=float("nan"),
        respondents=n,
        converged=ended,
        at_edge=edges(at, blocks, {"control": X, "sensitive": X}),
    )
    return WithKnownShares(fit, n * left, len(shares), float(chdtrc(len(shares), n * left)))
