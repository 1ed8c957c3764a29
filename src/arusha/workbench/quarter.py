"""The quarterly card of a question: counts of what happened, of which none under ten is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from arusha.assessment.agreed import FEWEST, STEP
from arusha.charter.acts import KIND as CHARTER_KIND
from arusha.ledger import Entry, Ledger
from arusha.workbench.alert import EXITS, KIND, RAISED_AGAIN
from arusha.workbench.record import LOOK, NAME_OPENED

COUNTED = (KIND + "raised", *(KIND + e for e in EXITS), KIND + "concurred", "own.contested", LOOK, NAME_OPENED)
"""Kinds of entries about persons: their counts are rounded to five, and none under ten is given."""
AS = {KIND + RAISED_AGAIN: KIND + "raised"}
"""Kinds that a card counts as another: an alert that was raised again is one that was raised."""
ACTS = ("pause", "resume", "review", "changed", "go-live", "ask", "answer", "audit")
"""Acts of the charter about the question: nobody's secret, counted as they are."""


@dataclass(frozen=True)
class Quarter:
    """Three months of a calendar year, in UTC."""

    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The first day that is not of it any more."""
        return date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, 3 * self.number + 1, 1)

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def before(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> Quarter | None:
        """``2026-Q4``; none where it is not of that form."""
        found = re.fullmatch(r"(20\d\d)-Q([1-4])", text)
        return cls(int(found.group(1)), int(found.group(2))) if found else None


@dataclass(frozen=True)
class Card:
    """A question's quarter. A count of none is ``fewer than 10``; the others of ``counts`` are rounded to five."""

    quarter: Quarter
    counts: dict[str, int | None]
    acts: dict[str, int]


def card(
    entries: Iterable[Entry], question: str, quarter: Quarter, kept: Mapping[str, int] = MappingProxyType({})
) -> Card:
    """Count a quarter's entries about a question; ``kept`` counts by kind those that were counted where they are."""
    about_people = Counter[str]()
    for kind, n in kept.items():
        if (counted_as := AS.get(kind, kind)) in COUNTED:
            about_people[counted_as] += n
    acts: Counter[str] = Counter()
    for entry in entries:
        if f"question:{question}" not in entry.subjects:
            continue
        day = datetime.fromisoformat(entry.time).astimezone(UTC).date()
        if not quarter.start <= day < quarter.end:
            continue
        if entry.kind in COUNTED:
            about_people[entry.kind] += 1
        elif entry.kind in AS:
            about_people[AS[entry.kind]] += 1
        act = entry.kind.removeprefix(CHARTER_KIND)
        if entry.kind.startswith(CHARTER_KIND) and act in ACTS:
            acts[act] += 1
    return Card(quarter, {kind: _given(about_people[kind]) for kind in COUNTED}, {act: acts[act] for act in ACTS})


def _given(count: int) -> int | None:
    return None if count < FEWEST else STEP * round(count / STEP)


def counted(ledger: Ledger) -> list[Entry]:
    """The entries of a ledger that a card counts. What was read is kept; only later entries are read again.

    All are read, and not those of a quarter alone: a clock that was set back must hide nothing.
    """
    size, where = len(ledger), ledger.store.where
    read, found = _KNOWN.get(where, (0, []))
    if read != size:
        if read > size:
            read, found = 0, []  # another ledger lies in its place
        new = (r.entry for r in ledger.entries(read, size))
        found = [*found, *(e for e in new if e.kind in COUNTED or e.kind in AS or e.kind.startswith(CHARTER_KIND))]
        _KNOWN[where] = (size, found)
    return found


_KNOWN: dict[str, tuple[int, list[Entry]]] = {}
