"""An outcome regressed on a randomised answer as the reference package does it, to stand beside tables made with it.

R's ``rr`` guesses who answered truthfully, and regresses the answer on the covariates, and the outcome on the answer,
each weighed by that guess; who was told what to say by the device adds nothing, though his outcome tells of him. What
it solves is right on average but is not the likelihood. By default its regressions have a Cauchy prior, of scale 2.5
over twice a covariate's standard deviation (over its range where it has two values).

Sources: Blair, Imai and Zhou 2015 (JASA 110:1304); Gelman and others 2008 (Annals of Applied Statistics 2:1360).
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from arusha.surveys.answers import BoolArray, FloatArray
from arusha.surveys.sensitive.randomised import RandomisedDesign
from arusha.surveys.sensitive.weighted_logistic import logistic, with_prior

_ROUNDS = 5000
_SCALE = 2.5


def _scales(X: FloatArray) -> FloatArray:
    """Scales of the prior, column by column."""
    values = [np.unique(column).size for column in X.T]
    over = [1.0 if n < 2 else np.ptp(c) if n == 2 else 2.0 * c.std(ddof=1) for n, c in zip(values, X.T, strict=True)]
    return _SCALE / np.array(over)


def truthful_only(
    yes: BoolArray, design: RandomisedDesign, outcome: FloatArray, X: FloatArray, *, prior: bool
) -> tuple[FloatArray, FloatArray, bool]:
    """Coefficients (of the item, then of the outcome with the item last), their covariance, and whether it ended.

    ``X`` (n, k), its first column the constant. The covariance is the inverse of the scores' outer product, in which
    the package turns the outcome's scores of those whose outcome is 0.
    """
    n, k = X.shape
    spread = np.append(1.0, X[:, 1:].std(axis=0, ddof=1))
    of_item = X / spread
    of_outcome = np.column_stack([of_item, yes])
    scales = _scales(of_item), _scales(of_outcome)
    truth = design.slope
    told = np.where(yes, design.base, 1.0 - design.slope - design.base)
    item, after = np.zeros(k), np.zeros(k + 1)
    item[0] = -1.0
    said, seen = yes.astype(np.float64), outcome == 1.0

    def chances(held: FloatArray | float) -> FloatArray:
        of_yes = expit(of_item @ after[:-1] + after[-1] * held)
        return np.asarray(np.where(seen, of_yes, 1.0 - of_yes))

    ended = False
    for _ in range(_ROUNDS):
        holds = expit(of_item @ item)
        honest = truth * chances(said) * np.where(yes, holds, 1.0 - holds)
        guess = honest / (honest + told * (chances(1.0) * holds + chances(0.0) * (1.0 - holds)))
        last = np.concatenate([item, after])
        if prior:
            item = with_prior(of_item, said, guess, item, scales[0])
            after = with_prior(of_outcome, outcome, guess, after, scales[1])
        else:
            item, after = logistic(of_item, said, guess, item), logistic(of_outcome, outcome, guess, after)
        if np.abs(np.concatenate([item, after]) - last).max() < 1e-10:
            ended = True
            break
    holds, one, none = expit(of_item @ item), chances(1.0), chances(0.0)
    if_held, if_not = design.slope + design.base, design.base
    held = holds * one * np.where(yes, if_held, 1.0 - if_held)
    rest = (1.0 - holds) * none * np.where(yes, if_not, 1.0 - if_not)
    whole = held + rest
    without = np.column_stack([of_item, np.zeros(n)])
    scores = np.hstack(
        [
            ((held * (1.0 - holds) - rest * holds) / whole)[:, None] * of_item,
            (held * (1.0 - one) / whole)[:, None] * np.column_stack([of_item, np.ones(n)])
            + (rest * (1.0 - none) / whole)[:, None] * without,
        ]
    )
    back = np.concatenate([spread, spread, [1.0]])
    vcov = np.linalg.pinv(scores.T @ scores, hermitian=True) / np.outer(back, back)
    return np.concatenate([item, after]) / back, vcov, ended
