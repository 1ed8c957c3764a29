"""Moments of answers and of shares that are known, met together (generalised method of moments).

Source: Hansen 1982 (Econometrica 50:1029).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import solve_triangular
from scipy.optimize import least_squares
from scipy.special import expit

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray

Weighing = Literal["two-step", "continuous"]


def members_of(groups: ArrayLike, shares: Mapping[object, float], size: int) -> tuple[BoolArray, ...]:
    """Who is in each group with a known share.

    Raises
    ------
    SurveyError
        For no share, a share that is not between 0 and 1, or a group that nobody is in.
    """
    labels = np.asarray(groups, dtype=object)
    if labels.shape != (size,) or not shares:
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
    return members


class Moments(ABC):
    """Moments of the answers, respondent by respondent, and then of each share."""

    X: FloatArray
    w: FloatArray
    members: tuple[BoolArray, ...]
    shares: tuple[float, ...]

    @abstractmethod
    def of_answers(self, at: FloatArray) -> FloatArray:
        """(n, m) whose mean is 0 at the truth."""

    @abstractmethod
    def slope(self, at: FloatArray, *, expected: bool) -> FloatArray:
        """(m + shares, k) of the mean of all moments; ``expected`` may leave out what is 0 on average."""

    @abstractmethod
    def parts(self) -> list[slice]:
        """Columns of the answers' moments whose errors have nothing to do with those of other parts."""

    @abstractmethod
    def held(self, at: FloatArray) -> FloatArray:
        """(n,) chance of the sensitive item."""

    def rows(self, at: FloatArray) -> FloatArray:
        """(n, m + shares)."""
        held = self.held(at)
        gaps = [m * (share - held) for m, share in zip(self.members, self.shares, strict=True)]
        return np.column_stack([self.of_answers(at), *gaps]) * self.w[:, None]

    def noise(self, at: FloatArray) -> FloatArray:
        """Expected products of the moments. A share's moment is one of the covariates, which answers' errors have
        nothing to do with."""
        rows = self.rows(at)
        found = np.zeros((rows.shape[1], rows.shape[1]))
        first = rows.shape[1] - len(self.shares)
        for where in [*self.parts(), *(slice(j, j + 1) for j in range(first, rows.shape[1]))]:
            found[where, where] = rows[:, where].T @ rows[:, where] / rows.shape[0]
        return found

    def slope_of_shares(self, at: FloatArray) -> FloatArray:
        """(shares, columns of X) of the mean of each share's moment."""
        held = self.held(at)
        steep = self.w * held * (1.0 - held)
        return np.asarray(np.array([(steep * member) @ self.X for member in self.members]) / -self.X.shape[0])

    def least(self, start: FloatArray, weighed_at: FloatArray) -> tuple[FloatArray, float, bool]:
        """Where the weighed moments are least, what is left, and whether the search ended."""
        root = np.linalg.inv(np.linalg.cholesky(self.noise(weighed_at)))
        found = least_squares(
            lambda at: root @ self.rows(at).mean(axis=0),
            start,
            jac=lambda at: root @ self.slope(at, expected=False),
            x_scale="jac",
            xtol=1e-14,
            ftol=1e-15,
            gtol=1e-14,
        )
        return found.x, 2.0 * float(found.cost), bool(found.success)

    def least_moving(self, start: FloatArray) -> tuple[FloatArray, float, bool]:
        """The same where the weights move with the coefficients."""

        def weighed(at: FloatArray) -> FloatArray:
            root = np.linalg.cholesky(self.noise(at))
            return np.asarray(solve_triangular(root, self.rows(at).mean(axis=0), lower=True))

        found = least_squares(weighed, start, jac="3-point", x_scale="jac", xtol=1e-13, ftol=1e-15, gtol=1e-14)
        return found.x, 2.0 * float(found.cost), bool(found.success)

    def met(self, start: FloatArray, weighing: Weighing) -> tuple[FloatArray, FloatArray, float, bool]:
        """Coefficients, their covariance, what is left times the respondents, and whether the search ended.

        Raises
        ------
        SurveyError
            Where the moments have no noise to weigh them by.
        """
        n = self.X.shape[0]
        try:
            once, left, ended = self.least(start, start)
            at, left, ended = self.least(once, once)
            if weighing == "continuous":
                at, left, ended = self.least_moving(at)
            slope = self.slope(at, expected=True)
            vcov = np.asarray(np.linalg.inv(slope.T @ np.linalg.solve(self.noise(at), slope)) / n)
        except np.linalg.LinAlgError:
            raise SurveyError(
                "the moments have no noise to weigh them by: the first estimate ends at a share of 0 or 1.",
                where="shares",
                remedy="use fewer covariates, or more respondents.",
            ) from None
        return at, vcov, n * left, ended


def logistic_slopes(X: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """A logistic chance, and two derivatives in its predictor."""
    p: FloatArray = expit(X @ b)
    d = p * (1.0 - p)
    return p, d, d * (1.0 - 2.0 * p)
