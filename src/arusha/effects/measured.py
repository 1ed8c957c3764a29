"""Where a method's 95% intervals were measured to cover: the grid that ``benchmarks/effects_coverage.py`` wrote.

A design that lies between two of the grid counts as the smaller one in every respect, and the least coverage over
memories, spreads of effects and kinds of errors decides: which of those a panel has is not known beforehand.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from arusha.effects.panels import Baseline

Measured = Literal["groups", "reassignment", "synthetic", "series"]

LEAST = 0.93
"""Coverage from which a method may be a default."""
MOST_MEMORY = 0.7
"""Correlation of neighbouring periods up to which a series must be covered; a design is refused where it is not."""

_SIZES: dict[Measured, tuple[str, ...]] = {
    "groups": ("treated", "controls"),
    "reassignment": ("treated", "controls"),
    "synthetic": ("treated", "controls", "before"),
    "series": ("before", "after"),
}


@cache
def _least(baseline: Baseline) -> dict[Measured, dict[tuple[int, ...], float]]:
    """Least coverage of each method at each design of the grid; of groups and re-assignment with that baseline."""
    table = json.loads(files("arusha.effects").joinpath("measured_coverage.json").read_text("utf-8"))
    found: dict[Measured, dict[tuple[int, ...], float]] = {method: {} for method in _SIZES}
    row: dict[str, Any]
    for row in table["cells"]:
        method: Measured = row["method"]
        if method == "series" and row["memory"] > MOST_MEMORY:
            continue
        if row.get("baseline", baseline) != baseline:
            continue
        size = tuple(int(row[name]) for name in _SIZES[method])
        found[method][size] = min(found[method].get(size, 1.0), float(row["coverage"]))
    return found


def coverage(method: Measured, *size: int, baseline: Baseline = "all") -> float | None:
    """Least coverage measured at the largest design of the grid that is no larger than this one in any respect.

    ``size`` is treated and untreated units for ``groups`` and ``reassignment``, those and the periods before for
    ``synthetic``, periods before and after for ``series``. ``baseline`` matters to the first two alone. None where the
    grid has no design so small.
    """
    cells = _least(baseline)[method]
    smaller = [cell for cell in cells if all(c <= given for c, given in zip(cell, size, strict=True))]
    return cells[max(smaller)] if smaller else None


def covers(method: Measured, *size: int, baseline: Baseline = "all") -> bool:
    """Whether the method may be a default there."""
    found = coverage(method, *size, baseline=baseline)
    return found is not None and found >= LEAST
