"""The workbench's own ledger: looks with their purpose, pages seen that show persons, refusals, exits."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from arusha.errors import ArushaError
from arusha.ledger import Entry, Event, FolderContents, Ledger, Recorded
from arusha.ledger.entry import SYSTEM
from arusha.workbench.kept import KEPT, LOOKS, kept

LOOK, SEEN, REFUSED = "look.opened", "look.seen", "access.refused"
EXPORTED = "look.exported"
NAME_ASKED, NAME_OPENED, NAME_REFUSED = "identity.asked", "identity.opened", "identity.refused"
SIGNED_IN, SIGNED_OUT, LOCKED = "access.signed-in", "access.signed-out", "access.locked"


@dataclass(frozen=True)
class Look:
    """One look at a signal, or at a page that shows persons, or a report taken away: who, when, at what, why."""

    number: int
    at: datetime
    actor: str
    kind: str
    subjects: tuple[str, ...]
    reason: str
    reference: str


class Record:
    """What people did at the workbench, in ``home/ledger``, with the words they gave in ``home/contents``."""

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.home = home
        self.lock = home / "lock"
        """Of ``taking_turns``, for acts that are held against what is recorded before they are."""
        contents = FolderContents(home / "contents")
        path = home / "ledger"
        self.ledger = Ledger.open(path, contents) if path.exists() else _made(path, contents)

    def add(self, kind: str, actor: str | None, *subjects: str, **words: Any) -> Recorded:
        """Record that something was done; words go to the contents."""
        return self.ledger.record(Event(kind, actor or SYSTEM, subjects, {k: v for k, v in words.items() if v}))[0]

    def about(self, subject: str) -> tuple[int, ...]:
        """The numbers of the entries that name a subject, the oldest first."""
        with self.kept() as db:
            rows = db.execute("SELECT number FROM subjects WHERE subject = ? ORDER BY number", (subject,)).fetchall()
        return tuple(number for (number,) in rows)

    def about_kind(self, kind: str) -> tuple[int, ...]:
        """The numbers of the entries that name any subject of a kind, such as ``quarter``, the oldest first."""
        query = "SELECT DISTINCT number FROM subjects WHERE subject > ? AND subject < ? ORDER BY number"
        with self.kept() as db:
            return tuple(number for (number,) in db.execute(query, (f"{kind}:", f"{kind};")).fetchall())

    def kept(self) -> AbstractContextManager[sqlite3.Connection]:
        """What is kept of the ledger beside it, up to its last entry; see ``arusha.workbench.kept``."""
        return kept(self.ledger, self.home / KEPT)

    def counted(self, question: str, start: date, end: date) -> Counter[str]:
        """How many entries of each kind name a question, of the days from ``start`` to before ``end``, in UTC."""
        query = "SELECT kind, sum(n) FROM counted WHERE question = ? AND day >= ? AND day < ? GROUP BY kind"
        with self.kept() as db:
            return Counter(dict(db.execute(query, (question, start.isoformat(), end.isoformat())).fetchall()))

    def looks(self) -> Iterator[Look]:
        """Every look, refusals among them, the newest first."""
        before = len(self.ledger)
        while True:
            with self.kept() as db:
                query = "SELECT number FROM looks WHERE number < ? ORDER BY number DESC LIMIT ?"
                numbers = [number for (number,) in db.execute(query, (before, BLOCK))]
            if not numbers:
                return
            for first, last in _near(numbers):
                block = list(self.ledger.entries(first, last + 1))
                yield from (self._look(r) for r in reversed(block) if r.entry.kind.startswith(LOOKS))
            before = numbers[-1]

    def looks_at(self, person: str) -> list[Look]:
        """Every look at a signal about somebody, the newest first.

        That their name was told is among them from the day on by which they are told.
        """
        found = (self.ledger.entry(number) for number in reversed(self.about(person)))
        today = datetime.now(UTC).date().isoformat()
        return [self._look(recorded) for recorded in found if _is_told(recorded.entry, today)]

    def reports_taken(self, assessment: str) -> list[Look]:
        """Every time the whole report of an assessment was taken away, the newest first."""
        found = [self._look(self.ledger.entry(n)) for n in reversed(self.about(f"report:{assessment}"))]
        return [replace(look, reason="report-taken") for look in found if look.kind == EXPORTED]

    def _look(self, recorded: Recorded) -> Look:
        entry = recorded.entry
        told = {name: p.value for name, p in self.ledger.content(recorded.number).items() if p is not None}
        at = datetime.fromisoformat(entry.time)
        named = entry.kind.startswith("identity.")
        of_name = "identity" if entry.kind in (NAME_ASKED, NAME_OPENED, NAME_REFUSED) else "identity-request"
        reason = of_name if named else str(told.get("reason", ""))
        reference = str(told.get("reference", ""))
        if named:
            reference = ": ".join(str(told[n]) for n in ("reference", "purpose", "reason") if told.get(n))
        return Look(recorded.number, at, entry.actor, entry.kind, entry.subjects, reason, reference)


def _is_told(entry: Entry, today: str) -> bool:
    if entry.kind == NAME_OPENED:
        return any(s.startswith("tell-by:") and s.partition(":")[2] <= today for s in entry.subjects)
    return entry.kind == LOOK


BLOCK = 200
"""Looks that are read at a time, from the newest back."""
GAP = 100
"""Entries that are read over rather than looked up one by one."""


def _near(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Falling numbers as stretches, first and last of each, with no gap in them that is wide."""
    last = numbers[0]
    for here, below in zip(numbers, [*numbers[1:], -GAP - 2], strict=True):
        if here - below > GAP:
            yield here, last
            last = below


def _made(path: Path, contents: FolderContents) -> Ledger:
    try:
        return Ledger.create(path, "arusha.workbench/record", contents)
    except ArushaError:
        return Ledger.open(path, contents)  # another process made it a moment ago
