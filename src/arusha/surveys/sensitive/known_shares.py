"""List experiments and randomised answers beside shares that are known from elsewhere.

What a register or a count says of a group (three in a hundred of the firms at this office were found out) is met
together with the answers, by generalised method of moments. It narrows the estimate where the shares are true, and a
test says when answers and shares cannot both be.

Source: Chou, Imai and Rosenfeld 2020 (Sociological Methods and Research 49:418).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, list_answers, sampling_weights, yes_no
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.known_moments import Moments, Weighing, logistic_slopes, members_of
from arusha.surveys.sensitive.list_linear import list_two_step
from arusha.surveys.sensitive.randomised import SMALLEST_EFFECTIVE, RandomisedDesign, randomised_regression


@dataclass(frozen=True)
class WithKnownShares:
    """The fit (block ``sensitive``, of lists ``control`` too), and whether answers and shares can both be true:
    ``statistic`` is chi-square on ``free`` degrees, one a share (Sargan and Hansen)."""

    fit: SensitiveFit
    statistic: float
    free: int
    p: float


@dataclass(frozen=True)
class _Lists(Moments):
    """Of both steps of least squares; coefficients of the short list, then of the sensitive item."""

    y: FloatArray
    X: FloatArray
    long: BoolArray
    items: int
    w: FloatArray
    members: tuple[BoolArray, ...]
    shares: tuple[float, ...]

    def held(self, at: FloatArray) -> FloatArray:
        return logistic_slopes(self.X, at[self.X.shape[1] :])[0]

    def parts(self) -> list[slice]:
        k = self.X.shape[1]
        return [slice(0, k), slice(k, 2 * k)]

    def of_answers(self, at: FloatArray) -> FloatArray:
        k = self.X.shape[1]
        of_one, one, _ = logistic_slopes(self.X, at[:k])
        held, more, _ = logistic_slopes(self.X, at[k:])
        left = self.y - self.items * of_one - self.long * held
        short = np.where(self.long, 0.0, left * self.items * one)
        return np.column_stack([self.X * short[:, None], self.X * (self.long * left * more)[:, None]])

    def slope(self, at: FloatArray, *, expected: bool) -> FloatArray:
        n, k = self.X.shape
        X, w, items = self.X, self.w, self.items
        of_one, one, bend_one = logistic_slopes(X, at[:k])
        held, more, bend_more = logistic_slopes(X, at[k:])
        left = 0.0 if expected else self.y - items * of_one - self.long * held
        found = np.zeros((2 * k + len(self.shares), 2 * k))
        short, long = w * ~self.long, w * self.long
        found[:k, :k] = X.T @ (X * (short * (left * items * bend_one - (items * one) ** 2))[:, None]) / n
        found[k : 2 * k, :k] = -X.T @ (X * (long * more * items * one)[:, None]) / n
        found[k : 2 * k, k:] = X.T @ (X * (long * (left * bend_more - more * more))[:, None]) / n
        found[2 * k :, k:] = self.slope_of_shares(at)
        return found


@dataclass(frozen=True)
class _Randomised(Moments):
    """Of the scores of the likelihood."""

    yes: BoolArray
    X: FloatArray
    design: RandomisedDesign
    w: FloatArray
    members: tuple[BoolArray, ...]
    shares: tuple[float, ...]
    as_rr: bool

    def held(self, at: FloatArray) -> FloatArray:
        return logistic_slopes(self.X, at)[0]

    def parts(self) -> list[slice]:
        return [slice(0, self.X.shape[1])]

    def _lean(self, p: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Slope of the log chance of each answer in the chance of the item, and its square."""
        chance = self.design.slope * p + self.design.base
        lean = self.design.slope * np.where(self.yes, 1.0 / chance, -1.0 / (1.0 - chance))
        return lean, lean * lean

    def of_answers(self, at: FloatArray) -> FloatArray:
        p, steep, _ = logistic_slopes(self.X, at)
        return np.asarray(self.X * (self._lean(p)[0] * steep)[:, None])

    def slope(self, at: FloatArray, *, expected: bool) -> FloatArray:
        p, steep, bend = logistic_slopes(self.X, at)
        lean, square = self._lean(p)
        down = self.w * (lean * bend - square * steep * steep)
        return np.vstack([self.X.T @ (self.X * down[:, None]) / self.X.shape[0], self.slope_of_shares(at)])

    def noise(self, at: FloatArray) -> FloatArray:
        found = super().noise(at)
        if self.as_rr:
            p, k = self.held(at), self.X.shape[1]
            for j, (member, share) in enumerate(zip(self.members, self.shares, strict=True)):
                found[k + j, k + j] = float((self.w * member) @ (share - p * p)) / self.X.shape[0]
        return found


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
    moments = _Lists(
        y=y,
        X=X,
        long=arm == 1,
        items=items,
        w=w / w.mean(),
        members=members_of(groups, shares, n),
        shares=tuple(float(v) for v in shares.values()),
    )
    first = list_two_step(y, arm, X, items=items, weights=weights, smallest_arm=smallest_arm)
    start = np.concatenate([first.part("control").estimate, first.part("sensitive").estimate])
    at, vcov, statistic, ended = moments.met(start, weighing)
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
    return WithKnownShares(fit, statistic, len(shares), float(chdtrc(len(shares), statistic)))


def randomised_with_known_shares(
    answers: ArrayLike,
    design: RandomisedDesign,
    covariates: ArrayLike | None = None,
    *,
    groups: ArrayLike,
    shares: Mapping[object, float],
    weights: ArrayLike | None = None,
    weighing: Weighing = "two-step",
    as_rr: bool = False,
    smallest_effective: float = SMALLEST_EFFECTIVE,
) -> WithKnownShares:
    """Logistic regression of a randomised answer that also meets the known ``shares`` of groups.

    Parameters
    ----------
    answers, design, covariates, weights, smallest_effective
        As of :func:`randomised_regression`, of a design whose chances are known.
    groups, shares, weighing
        As of :func:`list_with_known_shares`.
    as_rr
        A share's moment is weighed by the mean of the share less the squared chance, as R's ``rr`` does for the mean of
        the squared difference: only to stand beside tables made with it.

    Raises
    ------
    SurveyError
        As both.
    """
    first = randomised_regression(answers, design, covariates, weights=weights, smallest_effective=smallest_effective)
    yes = yes_no(answers, "answers")
    X, n = matrix(covariates, yes.size), yes.size
    w = sampling_weights(weights, n)
    moments = _Randomised(
        yes=yes,
        X=X,
        design=design,
        w=w / w.mean(),
        members=members_of(groups, shares, n),
        shares=tuple(float(v) for v in shares.values()),
        as_rr=as_rr,
    )
    at, vcov, statistic, ended = moments.met(first.part("sensitive").estimate, weighing)
    blocks = {"sensitive": slice(0, X.shape[1])}
    fit = SensitiveFit(
        method="moments",
        coefficients=at,
        vcov=vcov,
        blocks=blocks,
        loglik=float("nan"),
        respondents=n,
        converged=ended,
        at_edge=edges(at, blocks, {"sensitive": X}),
    )
    return WithKnownShares(fit, statistic, len(shares), float(chdtrc(len(shares), statistic)))
