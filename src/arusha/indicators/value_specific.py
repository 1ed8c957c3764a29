"""Low pairs held against the officer's level with other declarants: the pair's own, or not to be told from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.coded_columns import FloatArray
from arusha.indicators.definition import Note, Settings
from arusha.indicators.families import office_q
from arusha.indicators.ordinary_scatter import Scatter, tail_against
from arusha.indicators.value_levels import Arms, tail_below

OFFICERS_LEVEL = (
    "cannot tell: not lower than the same officer's like goods of other declarants by more than chance, and what is "
    "uncertain of that level, allow"
)


@dataclass(frozen=True)
class Listed:
    """Pairs that are told of, with the reason where nothing can be said; one entry a pair."""

    office: list[str]
    officer: list[str]
    declarant: list[str]
    n: NDArray[np.int64]
    gap: FloatArray
    contrast: FloatArray
    declared: FloatArray
    se: FloatArray
    p: FloatArray
    reason: list[str | None]


@dataclass(frozen=True)
class Specific:
    """One entry a pair, as they are listed."""

    p: FloatArray
    """The larger of the two: against the declarant's own goods with colleagues, and beyond the officer's level."""
    reason: list[str | None]
    level: FloatArray
    """NaN where it was not asked for, or too few other declarants tell it."""
    notes: tuple[Note, ...]


def against_levels(
    told: Listed,
    levels: pa.Table | None,
    aside: Mapping[tuple[str, str], tuple[str, ...]],
    p: FloatArray,
    beyond: NDArray[np.bool_],
    scatter: Scatter,
    settings: Settings,
    least: float,
) -> Specific:
    """Pairs that would stand out by ``p``, held against their officers' levels as well.

    A pair is the pair's own matter where it is low by both comparisons (an intersection-union test: the larger p, at no
    cost in rate). One that is low by the first alone is not told of. All others keep their p, which decides nothing.
    """
    reason, level = list(told.reason), np.full(p.size, np.nan)
    low = np.flatnonzero(beyond & (np.nan_to_num(office_q(p, told.office), nan=1.0) <= settings.rate))
    if levels is None or not low.size:
        return Specific(p, reason, level, ())
    larger, specific = p.copy(), beyond.copy()
    offices = Arms.by_office(levels)
    for i in low.tolist():
        office, officer, declarant = told.office[i], told.officer[i], told.declarant[i]
        others = aside.get((office, declarant), ())
        found = offices[office].level(officer, declarant, others) if office in offices else None
        if found is None:
            continue
        level[i] = found.mean
        # Goods that too few others bring are in neither: a pair low in those alone is not shown to be its own matter.
        se = float(told.se[i]) / np.sqrt(found.share)
        tail, z, variance = tail_below(found.contrast, se, found)
        larger[i] = max(p[i], float(tail_against([tail], [z], [1.0 / variance], scatter)[0]))
        specific[i] = np.expm1(found.contrast - found.mean) <= -least
    stays = specific & (np.nan_to_num(office_q(larger, told.office), nan=1.0) <= settings.rate)
    lost = [i for i in low.tolist() if not stays[i]]
    for i in lost:
        reason[i] = OFFICERS_LEVEL
    return Specific(larger, reason, level, _told(told, lost))


def _told(told: Listed, lost: list[int]) -> tuple[Note, ...]:
    """By office, so that somebody asks there: of whom, is what the records cannot say."""
    notes = []
    for office in sorted({told.office[i] for i in lost}):
        mine = [i for i in lost if told.office[i] == office]
        officers = len({told.officer[i] for i in mine})
        text = (
            f"In {office} {len(mine)} pairs, of {officers} officers, are low beside the declarant's own goods with "
            "colleagues, but not lower than the same officer's like goods of other declarants by more than chance, and "
            "what is uncertain of that level, allow: used goods or another grade under one code, a desk for cheaper "
            "goods, or officers who value low for all. Prices alone cannot tell which; ask the office which goods go "
            "to whom."
        )
        notes.append(Note("value-officer-level", text, {"office": office, "pairs": len(mine), "officers": officers}))
    return tuple(notes)
