"""The workbench's own ledger: looks with their purpose, pages seen that show persons, refusals, exits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from arusha.errors import ArushaError
from arusha.ledger import Event, FolderContents, Ledger, Recorded
from arusha.ledger.entry import SYSTEM

LOOK, SEEN, REFUSED = "look.opened", "look.seen", "access.refused"
SIGNED_IN, SIGNED_OUT, LOCKED = "access.signed-in", "access.signed-out", "access.locked"


@dataclass(frozen=True)
class Look:
    """One look at a signal, or at a page that shows persons: who, when, at what, why."""

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
        self.lock = home / "lock"
        """Of ``taking_turns``, for acts that are held against what is recorded before they are."""
        contents = FolderContents(home / "contents")
        path = home / "ledger"
        self.ledger = Ledger.open(path, contents) if path.exists() else _made(path, contents)

    def add(self, kind: str, actor: str | None, *subjects: str, **words: Any) -> Recorded:
        """Record that something was done; words go to the contents."""
        return self.ledger.record(Event(kind, actor or SYSTEM, subjects, {k: v for k, v in words.items() if v}))[0]

    def looks(self) -> Iterator[Look]:
        """Every look, the newest first."""
        for recorded in reversed(list(self.ledger.entries())):
            entry = recorded.entry
            if entry.kind not in (LOOK, SEEN, REFUSED):
                continue
            told = {name: p.value for name, p in self.ledger.content(recorded.number).items() if p is not None}
            yield Look(
                recorded.number,
                datetime.fromisoformat(entry.time),
                entry.actor,
                entry.kind,
                entry.subjects,
                str(told.get("reason", "")),
                str(told.get("reference", "")),
            )


def _made(path: Path, contents: FolderContents) -> Ledger:
    try:
        return Ledger.create(path, "arusha.workbench/record", contents)
    except ArushaError:
        return Ledger.open(path, contents)  # another process made it a moment ago
