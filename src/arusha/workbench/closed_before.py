"""What was closed before over the same records: no second alert is made of it, until a record comes in that is new.

Quarters overlap, and each assessment names its signals anew. Without this, an officer whose alert was explained would
be accused of the same files again with each run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.pointing import TOWARDS, pointing
from arusha.indicators.explanations import FOUND, NOT_FOUND
from arusha.workbench.alert import KIND
from arusha.workbench.alerts import alerts
from arusha.workbench.behind import evidence_of
from arusha.workbench.gate import Opened
from arusha.workbench.record import Record

NOT_RAISED = "signal.closed-before"
"""The entry that says that no alert was made of a signal, and which earlier one was closed."""
CAUSES = ("explained", "data-error")
"""Ways out that say why a signal is there: the same records have the same cause."""
_UNIT = ("unit_kind", "unit_id", "other_id", "office")


@dataclass(frozen=True)
class Before:
    """An earlier alert about the same: which, when it was closed, and how many records point towards it now.

    ``known`` of them stood behind the earlier one. ``lost`` are explanations that the records held then and hold no
    more. How it was closed is not said, nor is an inquiry told apart: its reader may decide it again, blind. ``cause``
    says that it was closed with one, for what becomes of the signal. ``undone`` says that the explanation that was
    accepted is among the lost.
    """

    signal: str
    assessment: str
    at: datetime | None
    towards: int
    known: int
    lost: tuple[str, ...] = ()
    undone: bool = False
    cause: bool = True

    @property
    def same(self) -> bool:
        """Whether no record that points towards the signal is new, and what explained it is still in the records."""
        return self.cause and 0 < self.towards == self.known and not self.undone


def closed_before(
    record: Record, found: Opened, others: Iterable[Opened], question: str, signals: Iterable[str]
) -> dict[str, Before]:
    """Of some signals of a question, those about whose unit an alert of another assessment waits no more.

    Of several one that was closed with a cause before others, and then the one that shares most records. Where an
    assessment's evidence is gone, nothing is known of it.
    """
    now = {s: row for s, row in found.rows(list(signals)).items() if row["indicator"] == question}
    units = {tuple(row[c] for c in _UNIT): s for s, row in now.items()}
    known, before = alerts(record), dict[str, Before]()
    for other in others:
        if other.name == found.name or other.question(question) is None:
            continue
        table = other.stand_out[question]
        like = table.filter(pc.is_in(table["unit_id"], value_set=pa.array([u[1] for u in units], pa.string())))
        for row in (r for r in like.to_pylist() if tuple(r[c] for c in _UNIT) in units):
            alert = known.get(row["signal_id"])
            signal = units[tuple(row[c] for c in _UNIT)]
            if alert is None or alert.open or row["signal_id"] == signal:
                continue
            cause = alert.state in CAUSES
            towards, earlier = towards_of(found, now[signal]), towards_of(other, row)
            shared = len(towards & earlier)
            if signal not in before or (cause, shared) > (before[signal].cause, before[signal].known):
                gone = lost(question, other, row["signal_id"], found, signal)
                undone = accepted(record, row["signal_id"]) in gone
                at = alert.decided_at
                before[signal] = Before(row["signal_id"], other.name, at, len(towards), shared, gone, undone, cause)
    return before


def not_raised(record: Record) -> dict[str, str]:
    """Signal -> the earlier one, of each of which no alert was made for that."""
    found = {}
    for number in record.about_kind("earlier"):
        entry = record.ledger.entry(number).entry
        if entry.kind == NOT_RAISED:
            told = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects}
            found[told["signal"]] = told["earlier"]
    return found


def lost(question: str, earlier: Opened, signal_then: str, later: Opened, signal_now: str) -> tuple[str, ...]:
    """Explanations that were found in the records of an earlier assessment, and looked for and not found in a later.

    One that could not be looked for is not lost: nobody is accused because a table was not delivered.
    """
    then, now = _statuses(earlier, question, signal_then), _statuses(later, question, signal_now)
    return tuple(key for key, status in then.items() if status == FOUND and now.get(key) == NOT_FOUND)


def accepted(record: Record, signal: str) -> str:
    """The explanation with which an alert was closed last; empty where it was closed otherwise, or was expunged."""
    for number in reversed(record.about(f"signal:{signal}")):
        if record.ledger.entry(number).entry.kind == KIND + "explained":
            told = record.ledger.content(number).get("explanation")
            return str(told.value) if told is not None else ""
    return ""


def _statuses(found: Opened, question: str, signal: str) -> dict[str, str]:
    asked = found.question(question)
    if asked is None:
        return {}
    tried = asked.explanations
    rows = tried.filter(pc.equal(tried["signal_id"], signal)).to_pylist()
    return {str(row["explanation"]): str(row["status"]) for row in rows}


def towards_of(found: Opened, row: Mapping[str, Any]) -> frozenset[tuple[Any, ...]]:
    """The records that point towards a signal: declarations, or items of them where rows are items."""
    rows = evidence_of(found, row)
    points = pointing(row["indicator"], rows)
    keys = [c for c in ("declaration_id", "hs6") if c in rows.column_names]
    if points is None or "declaration_id" not in keys:
        return frozenset()
    ids = zip(*(rows[c].to_pylist() for c in keys), strict=True)
    return frozenset(i for i, point in zip(ids, points, strict=True) if point == TOWARDS)
