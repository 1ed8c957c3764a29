"""Which cells of a table are withheld, and why.

First the cells that say too much by themselves: few people, all alike (a share of 0 or 1), or one contributor to a sum
of money. Then as many others as it takes that none of these follows from margins, the rest of the table, or earlier
releases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import numbers
from arusha.surveys.disclosure.ledger import Group, Ledger, Person, recoverable

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


def suppress(cells: Sequence[Cell], ledger: Ledger) -> Suppressed:
    """Withhold what may not be released of a table with its margins, and enter the rest in the ledger.

    Parameters
    ----------
    cells
        Every cell and margin that is meant to be shown, with its people.
    ledger
        All earlier releases.
    """
    if len({c.label for c in cells}) < len(cells):
        raise SurveyError("two cells with one label.", where="table", remedy="give each cell a label of its own.")
    withheld: dict[str, Reason] = {}
    for cell in cells:
        if len(cell.people) < ledger.smallest:
            withheld[cell.label] = "small"
        elif cell.yes is not None and cell.yes in (0, len(cell.people)):
            withheld[cell.label] = "all-alike"
        elif cell.dominated:
            withheld[cell.label] = "dominated"
    while True:
        shown = [c for c in cells if c.label not in withheld]
        primary = [c.people for c in cells if withheld.get(c.label) in ("small", "all-alike", "dominated")]
        leaks = _leaks([*ledger.released, *(c.people for c in shown)], primary, ledger.smallest)
        if not leaks or not shown:
            break
        # The smallest cell costs least to withhold; one that has people of the leak or lies beside them breaks the sum.
        near = [c for c in shown if any(c.people & g for g in leaks)] or shown
        beside = [c for c in shown if any(c.people != g and not c.people & g for g in leaks)]
        candidates = [c for c in beside if any(c.people < m.people for m in near)] or near
        withheld[min(candidates, key=lambda c: (len(c.people), c.label)).label] = "secondary"
    if leaks:
        raise SurveyError(
            "earlier releases alone give a small group away.",
            where="ledger",
            remedy="release nothing more of these people.",
        )
    return Suppressed(tuple(shown), withheld, ledger.release([c.people for c in shown]))


def _leaks(released: list[Group], primary: list[Group], smallest: int) -> list[Group]:
    """Small groups that follow, and withheld cells of any size that do."""
    found = list(recoverable(released, smallest))
    found += [g for g in primary if g and follows(released, g)]
    return found


def follows(released: Sequence[Collection[Person]], group: Collection[Person]) -> bool:
    """Whether the sum over ``group`` is a combination of the sums over the released groups."""
    people = sorted({p for g in [*released, group] for p in g}, key=repr)
    if not released:
        return False
    member = np.array([[p in g for p in people] for g in released], np.float64)
    wanted = np.array([p in group for p in people], np.float64)
    fitted = member.T @ np.linalg.lstsq(member.T, wanted, rcond=None)[0]
    return bool(np.abs(fitted - wanted).max() < 1e-7)
