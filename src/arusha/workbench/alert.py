"""One alert, and what each entry of the ledger makes of it.

``new`` -> ``explained`` | ``data-error`` | ``support`` | ``proposed`` -> ``inquiry``, or back to ``new`` where the
second reader does not concur. What was closed without an inquiry becomes ``new`` again where the records changed in a
way that undoes it (``arusha.workbench.raised_again``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from arusha.ledger import Recorded

KIND = "alert."
RAISED = "raised"
RAISED_AGAIN = "raised-again"
EXITS = ("explained", "data-error", "support", "proposed")
READINGS = ("concurred", "not-concurred")
RECUSED = "recused"
LIMIT = timedelta(days=30)
"""From raising to an exit; an alert that is open longer is on the auditor's page."""


@dataclass(frozen=True)
class Alert:
    """One alert. ``recused`` are those who said that they have a conflict of interest."""

    signal: str
    question: str
    assessment: str
    raised_at: datetime
    state: str = "new"
    decided_at: datetime | None = None
    proposed_by: str | None = None
    recused: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Whether it waits for somebody."""
        return self.state in ("new", "proposed")

    @property
    def due(self) -> datetime:
        """The last moment within the limit."""
        return self.raised_at + LIMIT

    def overdue(self, at: datetime) -> bool:
        """Whether it is open past its limit."""
        return self.open and at > self.due


def apply(found: dict[str, Alert], recorded: Recorded) -> None:
    """Bring an entry about an alert to bear on the alerts found so far, by their signals."""
    entry = recorded.entry
    act, at = entry.kind.removeprefix(KIND), datetime.fromisoformat(entry.time)
    told = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects if ":" in s}
    signal = told["signal"]
    if act == RAISED:
        found.setdefault(signal, Alert(signal, told["question"], told["assessment"], at))
        return
    before = found[signal]
    if act in EXITS:
        proposer = entry.actor if act == "proposed" else None
        found[signal] = replace(before, state=act, decided_at=at, proposed_by=proposer)
    elif act == "concurred":
        found[signal] = replace(before, state="inquiry", decided_at=at)
    elif act == "not-concurred":
        found[signal] = replace(before, state="new", decided_at=None, proposed_by=None)
    elif act == RAISED_AGAIN:
        # Its time runs anew, and it is of the assessment that flagged it now.
        found[signal] = Alert(signal, before.question, told["assessment"], at, recused=before.recused)
    elif act == RECUSED:
        found[signal] = replace(before, recused=before.recused | {entry.actor})
