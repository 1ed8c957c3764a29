"""Exemptions by which an office divides its work: only those that a duty, written beforehand, says so of.

An officer may grant relief after the pick, so the code is read from the first version of a declaration where the source
keeps versions; elsewhere it is the one that an item has in the end, and a note says so. Were pools learnt from every
code, relief granted to a ring's files alone would make a desk of the ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from arusha.indicators.assignment_draws import UNKNOWN, Draws
from arusha.indicators.definition import Note
from arusha.indicators.duty_words import ORIGIN, PARTY, by_kind, read

if TYPE_CHECKING:
    from arusha.engine.session import Session

EXEMPTION = "exemption"
DECLARED = "declared_exemption"


def exemption_column(session: Session) -> str:
    """The column of the items that says what was asked for; the last version's where no first one is kept.

    An empty cell of the first version is an answer, so the last one never fills it.
    """
    return DECLARED if session.has("items", DECLARED) else EXEMPTION


def exemption_notes(session: Session) -> list[Note]:
    """That the first version's exemption cannot be read, where exemptions may count."""
    if exemption_column(session) == DECLARED or not session.has("items", EXEMPTION):
        return []
    if not session.has("duties", "kind", "detail"):
        return []
    text = (
        "The records hold the exemption of an item in its last version only, so that relief granted after the pick "
        "cannot be told from relief asked for before."
    )
    return [Note("assignment-last-exemption", text)]


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
