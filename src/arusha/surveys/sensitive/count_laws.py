"""Laws of how many innocuous items hold: binomial, or beta-binomial where answers differ more than that."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from arusha.surveys.answers import FloatArray, IntArray

_PairDerivatives = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]


def _log_choose(count: IntArray, items: int) -> FloatArray:
    k = np.arange(items + 1)
    table: FloatArray = gammaln(items + 1.0) - gammaln(k + 1.0) - gammaln(items - k + 1.0)
    return table[count]


def binomial(count: IntArray, items: int, predictor: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Log chance of ``count`` of ``items``, and two derivatives in the logit of the chance of one item."""
    chance = 0.5 * (1.0 + np.tanh(0.5 * predictor))
    log_chance = _log_choose(count, items) + count * predictor - items * np.logaddexp(0.0, predictor)
    return log_chance, count - items * chance, -items * chance * (1.0 - chance)


def beta_binomial(count: IntArray, items: int, predictor: FloatArray, spread: FloatArray) -> _PairDerivatives:
    """Log chance of ``count`` of ``items`` and its derivatives in the logits of the mean and of the correlation.

    The correlation rho of two items of a list is ``1 / (1 + exp(-spread))``; at 0 the law is binomial. Returns the
    value, the derivatives in mean and spread, and the second ones (mean, mean), (mean, spread), (spread, spread). The
    products that make up the law are summed term by term, which needs no gamma functions and stays exact near rho = 0.
    """
    p = 0.5 * (1.0 + np.tanh(0.5 * predictor))
    rho = 0.5 * (1.0 + np.tanh(0.5 * spread))
    value = _log_choose(count, items)
    zero = np.zeros_like(p)
    by_p, by_rho, by_pp, by_pr, by_rr = zero.copy(), zero.copy(), zero.copy(), zero.copy(), zero.copy()
    for k in range(items):
        for used, chance, sign in ((k < count, p, 1.0), (k < items - count, 1.0 - p, -1.0)):
            factor = np.where(used, chance * (1.0 - rho) + k * rho, 1.0)
            in_p = np.where(used, sign * (1.0 - rho), 0.0) / factor
            in_rho = np.where(used, k - chance, 0.0) / factor
            value = value + np.log(factor)
            by_p += in_p
            by_rho += in_rho
            by_pp -= in_p**2
            by_rr -= in_rho**2
            by_pr += np.where(used, -sign, 0.0) / factor - in_p * in_rho
        whole = 1.0 - rho + k * rho
        value = value - np.log(whole)
        by_rho -= (k - 1.0) / whole
        by_rr += ((k - 1.0) / whole) ** 2
    dp, dr = p * (1.0 - p), rho * (1.0 - rho)
    return (
        value,
        by_p * dp,
        by_rho * dr,
        by_pp * dp**2 + by_p * dp * (1.0 - 2.0 * p),
        by_pr * dp * dr,
        by_rr * dr**2 + by_rho * dr * (1.0 - 2.0 * rho),
    )
