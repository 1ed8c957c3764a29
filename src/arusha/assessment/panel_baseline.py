"""A fixed expectation: rates of strata over all offices in a fixed time, applied to every exposure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
FEWEST = 30
"""Baseline exposure under which a stratum has no rate of its own and takes that of the next coarser one."""


@dataclass(frozen=True)
class Rate:
    """The baseline rates of one stratum, as used."""

    stratum: tuple[str, ...]
    exposure: int
    """Its own exposure in the baseline."""
    taken_from: tuple[str, ...]
    """The stratum whose rates it takes: itself, or the leading part of its name that is large enough."""
    rates: Mapping[str, float]


def baseline_rates(
    strata: Sequence[tuple[str, ...]], exposure: Ints, counts: Mapping[str, Ints], inside: NDArray[np.bool_]
) -> dict[tuple[str, ...], Rate]:
    """Rates of each stratum from the rows inside the baseline.

    Parameters
    ----------
    strata
        n: stratum of each row, coarsest part first.
    exposure, counts
        n each.
    inside
        n: whether the row lies in the baseline; at least one with exposure must.

    Raises
    ------
    ValueError
        No exposure inside.
    """
    sums: dict[tuple[str, ...], Floats] = {}
    for k in np.flatnonzero(inside).tolist():
        row = np.array([exposure[k], *(c[k] for c in counts.values())], dtype=np.float64)
        for depth in range(len(strata[k]) + 1):
            part = strata[k][:depth]
            sums[part] = sums.get(part, 0.0) + row
    if not sums or sums[()][0] <= 0:
        raise ValueError("no exposure in the baseline")
    found = {}
    for stratum in sorted(set(strata)):
        own = int(sums[stratum][0]) if stratum in sums else 0
        parts = (stratum[:depth] for depth in range(len(stratum), 0, -1))
        taken = next((part for part in parts if part in sums and sums[part][0] >= FEWEST), ())
        total, *events = sums[taken].tolist()
        found[stratum] = Rate(stratum, own, taken, {e: x / total for e, x in zip(counts, events, strict=True)})
    return found
