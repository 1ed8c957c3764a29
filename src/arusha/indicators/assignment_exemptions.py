"""Exemptions by which an office divides its work: only those that a duty, written beforehand, says so of.

The records hold the code that an item has in the end, and an officer may grant relief after the pick. Were pools learnt
from every code, relief granted to a ring's files alone would make a desk of the ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from arusha.indicators.assignment_draws import UNKNOWN, Draws
from arusha.indicators.duty_words import ORIGIN, PARTY, by_kind, read

EXEMPTION = "exemption"


def named(duties: Iterable[Mapping[str, Any]], draws: Draws, start: date) -> frozenset[str]:
    """Codes of exemption that desks name, written down before they began, or before the period, by who does not gain.

    Who gains is the desk's own officer, or a declarant.
    """
    known = {kind: draws.level_names.get(kind, ()) for kind in (EXEMPTION, "procedure", ORIGIN)}
    known[PARTY] = draws.declarants
    found: set[str] = set()
    for duty in duties:
        if duty["kind"] != "specialist desk" or duty["recorded_on"] is None or duty["recorded_by"] is None:
            continue
        late = duty["recorded_on"] > duty["from_date"] and duty["recorded_on"] >= start
        if not late and duty["recorded_by"] != duty["officer"] and duty["recorded_by"] not in draws.declarants:
            found |= by_kind(read(duty["detail"]), known).get(EXEMPTION, frozenset())
    return frozenset(found)


def only_named(draws: Draws, duties: Iterable[Mapping[str, Any]], start: date) -> Draws:
    """The draws, with every exemption that no such duty names taken for none."""
    if EXEMPTION not in draws.levels:
        return draws
    codes = named(duties, draws, start)
    kept = [name for name in draws.level_names[EXEMPTION] if name in codes]
    levels, names = dict(draws.levels), dict(draws.level_names)
    if kept:
        number = [kept.index(name) if name in codes else UNKNOWN for name in names[EXEMPTION]]
        levels[EXEMPTION] = np.array([*number, UNKNOWN])[levels[EXEMPTION]]
        names[EXEMPTION] = tuple(kept)
    else:
        del levels[EXEMPTION], names[EXEMPTION]
    return replace(draws, levels=levels, level_names=names)
