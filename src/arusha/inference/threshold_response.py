"""What excess mass at a threshold says of those who moved: how far, and how strongly they respond.

Sources: Saez (2010, AEJ: Economic Policy 2), Kleven and Waseem (2013, QJE 128), Kleven (2018, note on notches).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log

from scipy.optimize import brentq


def dominated_region(threshold: float, width: float, rate_below: float, rate_above: float) -> tuple[float, int]:
    """Up to where nobody should choose a value above a notch at which the average rate rises: a value, and bins."""
    if not 0 <= rate_below < rate_above < 1:
        raise ValueError("rates are shares, the one above the larger")
    end = round(threshold * (1 - rate_below) / (1 - rate_above), 2)
    return float(ceil(end)), ceil((end - threshold) / width)


def marginal_buncher(threshold: float, width: float, normalised: float, dominated: float | None = None) -> float:
    """The value that the last one who moved would have had; of a notch, with the share that did not move."""
    return threshold + normalised * width / (1.0 if dominated is None else 1 - dominated)


def elasticity(
    threshold: float,
    width: float,
    normalised: float,
    rate_below: float,
    rate_above: float,
    *,
    notch: bool = False,
    parametric: bool = False,
    within: Sequence[float] = (1e-4, 3.0),
) -> float:
    """Response of the value to the share that is kept (1 less the rate), from how far values moved.

    Of a kink: the change of the value over that of the share, or of their logarithms (``parametric``: quasi-linear,
    iso-elastic preferences). Of a notch: the reduced form, or the indifference of the last one who moved; where
    that has no solution ``within`` the limits, NaN.
    """
    moved = normalised * width / threshold
    change = (rate_above - rate_below) / (1 - rate_below)
    if not notch:
        return -log(1 + moved) / log(1 - change) if parametric else moved / change
    if not parametric:
        return moved**2 / (2 + moved) / change
    kept: float = 1 / (1 + moved)

    def indifference(e: float) -> float:
        return float(kept - kept ** (1 + 1 / e) / (1 + 1 / e) - (1 - change) ** (1 + e) / (1 + e))

    low, high = within
    if indifference(low) * indifference(high) > 0:
        return float("nan")
    return float(brentq(indifference, low, high, xtol=1e-12))
