"""Tested units as columns of the signals contract, and their ratio of observed to expected, shrunken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators import signals
from arusha.indicators.definition import Settings
from arusha.inference.intervals import standardised_ratio
from arusha.inference.rate_shrinkage import marshall_rates, shrunken_rates

FloatArray = NDArray[np.float64]

LIKE_UNITS = 2_000
"""Units fitted together: a fit holds a number for each of them and each node of its law's parameters."""
FEW_UNITS = 300
"""Up to so many units the law of the units is itself uncertain, and its uncertainty belongs into the intervals."""


@dataclass(frozen=True)
class Ratios:
    """Observed over expected, one entry a unit."""

    effect: FloatArray
    low: FloatArray
    high: FloatArray


def shrunken_ratios(
    observed: NDArray[np.generic],
    expected: FloatArray,
    level: float,
    *,
    together: FloatArray | float = 1.0,
    error: FloatArray | float = 0.0,
) -> Ratios:
    """The ratio of observed to expected drawn towards like units, with intervals that cover.

    Parameters
    ----------
    together
        How many events come as one: as many are worth one independent event.
    error
        Relative variance of the expected number, which comes from colleagues and is an estimate (for independent
        events).

    Both scale a unit's counts to the independent events that they are worth. Up to ``FEW_UNITS`` units the intervals
    integrate over the law of the units; of more, the law is taken as known. Fewer than three units cannot say how much
    units differ: they get the raw ratio and its exact interval. Units without any expected count get no ratio.
    """
    found = Ratios(*(np.full(expected.size, np.nan) for _ in range(3)))
    part = np.flatnonzero(expected > 0)
    one, spread = (np.broadcast_to(np.asarray(v, dtype=np.float64), expected.shape)[part] for v in (together, error))
    x, e = observed[part].astype(np.float64) / one, expected[part] / one
    spread = spread * one
    # 1 / e + spread is the relative variance of a ratio of one: that of so many events against a known expectation. At
    # the expected number, not the observed one: else high counts were worth least, and spread looked like noise.
    scale = 1.0 / (1.0 + spread * e)
    if part.size > FEW_UNITS:
        found.effect[part], found.low[part], found.high[part] = _by_known_law(x * scale, e * scale, level)
    elif part.size >= 3:
        law = shrunken_rates(x * scale, e * scale, level=level)
        found.effect[part], found.low[part], found.high[part] = law.estimate, law.low, law.high
    elif part.size:
        raw = standardised_ratio(x, e, spread, level)
        found.effect[part], found.low[part], found.high[part] = raw.estimate, raw.low, raw.high
    return found


def _by_known_law(x: FloatArray, e: FloatArray, level: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Means and intervals of gamma laws whose two first moments are those of the units (Marshall 1991).

    The variance between units is at least what its own sampling error could hide: intervals never shrink to a point.
    """
    law = marshall_rates(x, e)
    hidden = law.mean / float(e.mean()) * np.sqrt(2.0 / x.size)
    between = max(law.mean**2 / law.a if np.isfinite(law.a) and law.a > 0 else 0.0, hidden)
    shape, rate = law.mean**2 / between + x, law.mean / between + e
    tail = (1.0 - level) / 2.0
    return (
        shape / rate,
        special.gammaincinv(shape, tail) / rate,
        special.gammainccinv(shape, tail) / rate,
    )


def columns(
    question: str,
    settings: Settings,
    *,
    kind: Sequence[str],
    unit: Sequence[str],
    other: Sequence[str | None],
    office: Sequence[str],
    n: NDArray[np.generic],
    observed: FloatArray,
    expected: FloatArray,
    ratios: Ratios,
    p: FloatArray,
    q: FloatArray,
    reason: Sequence[str | None],
    beyond: NDArray[np.bool_],
    tax: tuple[FloatArray, FloatArray, FloatArray] | None = None,
) -> signals.Columns:
    """One entry a unit. ``beyond``: its effect is over the floor. NaN is null, and p is null where a reason stands."""
    tested = np.array([r is None for r in reason], dtype=bool) & ~np.isnan(p)
    signal = tested & beyond
    signal[signal] = q[signal] <= settings.rate
    size = len(unit)
    units = zip(kind, unit, (name or "" for name in other), office, strict=True)
    made: signals.Columns = {
        "signal_id": signals.signal_ids(question, units, settings.period_start, settings.period_end),
        "indicator": [question] * size,
        "unit_kind": list(kind),
        "unit_id": list(unit),
        "other_id": list(other),
        "office": list(office),
        "period_start": [settings.period_start] * size,
        "period_end": [settings.period_end] * size,
        "n": n.astype(np.int64).tolist(),
        "observed": observed.tolist(),
        "expected": expected.tolist(),
        "effect": ratios.effect.tolist(),
        "ci_low": ratios.low.tolist(),
        "ci_high": ratios.high.tolist(),
        "p_value": [v if ok else None for v, ok in zip(p.tolist(), tested.tolist(), strict=True)],
        "q_value": [v if ok else None for v, ok in zip(q.tolist(), tested.tolist(), strict=True)],
        "reason": list(reason),
        "signal": signal.tolist(),
        "flagged": signal.tolist(),
    }
    if tax is not None:
        made |= dict(zip(("tax_effect", "tax_low", "tax_high"), (values.tolist() for values in tax), strict=True))
    return made
