"""Ceiling and floor of list experiments as the reference package fits them, to stand beside tables made with it.

R's ``list`` alternates between guessing who hides the item and regressing that guess with a Cauchy prior. Its
regression squares the weight of each guess (and adds the variance of a coefficient to its square when it learns the
prior's scale), so where it ends is not the maximum of any likelihood: the constant of Blair and Imai's floor model is
-1.25 there and -1.51 at the maximum. A guess of 0.2 counts as 0.04, so the few who are likely to hide weigh more.

Sources: Blair and Imai 2012 (Political Analysis 20:47), table 7; Gelman and others 2008 (Annals of Applied Statistics
2:1360) for the regression without the squares.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from arusha.surveys.answers import FloatArray, IntArray
from arusha.surveys.sensitive.mixture import Maximum, Mixture, evaluate, shares
from arusha.surveys.sensitive.weighted_logistic import logistic, with_prior

_STEPS = 2000
_STILL = 1e-10
"""Largest change of a coefficient at which the alternation has ended."""


def guessed_with_squares(
    model: Mixture, start: FloatArray, heads: Mapping[int, tuple[IntArray, FloatArray, float]], hidden: tuple[int, ...]
) -> Maximum:
    """The end of the alternation from ``start``; ``model`` holds the prior (its ``cauchy``).

    ``heads``: for each head its entries, what they say (a share of ``size``) and that size: the items of the counts, 1
    for yes or no. ``hidden``: the heads with a prior, whose weights are squared.
    """
    ends = np.cumsum([d.shape[1] for d in model.designs])
    at = start.copy()
    for _ in range(_STEPS):
        guess = shares(model, at)
        last = at.copy()
        for h, (entries, said, size) in heads.items():
            X = model.designs[h][entries]
            where = slice(int(ends[h]) - X.shape[1], int(ends[h]))
            if h in hidden:
                scale = np.full(X.shape[1], np.inf) if model.cauchy is None else model.cauchy[where]
                at[where] = with_prior(X, said, guess[entries] ** 2, last[where], scale)
            else:
                at[where] = logistic(X, said, guess[entries] * size, last[where])
        if np.abs(at - last).max() < _STILL:
            return Maximum(at, evaluate(model, at), True, _STEPS)
    return Maximum(at, evaluate(model, at), False, _STEPS)
