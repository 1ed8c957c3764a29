"""Which cells of a table are withheld, and why.

First the cells that say too much by themselves: few people, all alike (a share of 0 or 1), or one contributor to a sum
of money. Then as many others as it takes that none of these follows from margins, the rest of the table, or earlier
releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.language.told import error_at
from arusha.surveys.answers import numbers
from arusha.surveys.disclosure.ledger import Group, Ledger, Sum
from arusha.surveys.disclosure.subtraction import follows

Reason = Literal["small", "all-alike", "dominated", "secondary"]


@dataclass(frozen=True)
class Cell:
    """A cell (or margin) of a table: its label as it is written, its people, how many of them say yes (None where the
    number is not a share), and whether one contributor dominates it."""

    label: str
    people: Group
    yes: int | None = None
    dominated: bool = False


@dataclass(frozen=True)
class Suppressed:
    """What may be released, what is withheld and why, and the ledger with the release in it."""

    published: tuple[Cell, ...]
    withheld: Mapping[str, Reason]
    ledger: Ledger


def dominated(contributions: ArrayLike, *, largest: int = 2, share: float = 0.9, nearness: float = 0.1) -> bool:
    """Whether a sum of money gives a contributor away.

    True where the ``largest`` contributors make more than ``share`` of it, or where the second could tell the first to
    within
    ``nearness`` of its value (the rest of the sum is smaller than that).
    """
    given = np.sort(numbers(contributions, "contributions"))[::-1]
    if np.any(given < 0.0):
        raise SurveyError("a contribution below zero.", where="contributions", remedy="give amounts, not balances.")
    total = float(given.sum())
    if total == 0.0:
        return False
    return bool(given[:largest].sum() > share * total or given[2:].sum() < nearness * given[0])


def suppress(cells: Sequence[Cell], ledger: Ledger, measure: str = "") -> Suppressed:
    """Withhold what may not be released of a table with its margins, and enter the rest in the ledger.

    Parameters
    ----------
    cells
        Every cell and margin that is meant to be shown, with its people (or classes of people, see ``Ledger.sizes``).
    ledger
        All earlier releases.
    measure
        What the table counts or asks: sums of the same measure can be subtracted from those of earlier tables.

    Raises
    ------
    SurveyError
        For two cells with one label, or where nothing of the table can be shown beside what was released before.
    """
    if len({c.label for c in cells}) < len(cells):
        raise error_at(SurveyError, "table-two-labels", "table-own-label", "table")
    withheld: dict[str, Reason] = {}
    for cell in cells:
        size = ledger.people(cell.people)
        if size < ledger.smallest:
            withheld[cell.label] = "small"
        elif cell.yes is not None and cell.yes in (0, size):
            withheld[cell.label] = "all-alike"
        elif cell.dominated:
            withheld[cell.label] = "dominated"
    primary = [c.people for c in cells if c.label in withheld]
    known = [g for g in primary if follows(ledger.of(measure), g)]
    if known:
        raise error_at(SurveyError, "release-earlier", "release-nothing", "ledger", n=len(known))
    telling = [c.people for c in cells if withheld.get(c.label) in ("all-alike", "dominated")]
    guarded = replace(ledger, sums=(*ledger.sums, *(Sum(g, measure, shown=False) for g in primary if g)))
    while True:
        shown = [c for c in cells if c.label not in withheld]
        leaks = guarded.recovered([c.people for c in shown], measure)
        if not leaks or not shown:
            break
        # The smallest cell costs least to withhold; one that has people of the leak or lies beside them breaks the sum.
        near = [c for c in shown if any(c.people & g for g in leaks)] or shown
        beside = [c for c in shown if any(c.people != g and not c.people & g for g in leaks)]
        candidates = [c for c in beside if any(c.people < m.people for m in near)] or near
        least = min(candidates, key=lambda c: (ledger.people(c.people), c.label))
        withheld[least.label] = "secondary"
    return Suppressed(tuple(shown), withheld, ledger.release([c.people for c in shown], measure, withheld=telling))
