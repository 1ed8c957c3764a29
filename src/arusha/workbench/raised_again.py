"""An alert that was closed is raised again where the records changed in a way that undoes how it was closed.

Two things undo it, and both are facts of two assessments: a record points towards the signal that did not stand behind
it then, or the explanation that was accepted was found in the records then, and is looked for and not found now. Where
the earlier assessment is gone nothing can be compared, and the alert stays closed. An inquiry is never raised again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from arusha.ledger.turns import taking_turns
from arusha.workbench.alert import KIND, RAISED_AGAIN
from arusha.workbench.alerts import alerts, sealed
from arusha.workbench.closed_before import CAUSES, accepted, lost, towards_of
from arusha.workbench.gate import Opened
from arusha.workbench.record import Record

Because = Literal["records", "explanation"]
MAY_BE = (*CAUSES, "support")
"""Ways out of which an alert may come back. Support says nothing of the cause: only new records undo it."""


def undone(
    record: Record, found: Opened, others: Mapping[str, Opened], question: str, signals: Iterable[str]
) -> dict[str, Because]:
    """Of some signals of a question, those whose alert was closed in another assessment and is undone in this one."""
    known = alerts(record)
    closed = [s for s, state in known.states(signals).items() if state in MAY_BE]
    now = {s: row for s, row in found.rows(closed).items() if row["indicator"] == question}
    before: dict[str, Because] = {}
    for signal, row in now.items():
        alert = known[signal]
        earlier = others.get(alert.assessment)
        then = earlier.rows([signal]).get(signal) if earlier is not None else None
        if earlier is None or then is None or earlier.name == found.name:
            continue
        if (stood := towards_of(earlier, then)) and towards_of(found, row) - stood:
            before[signal] = "records"
        elif alert.state == "explained" and accepted(record, signal) in lost(question, earlier, signal, found, signal):
            before[signal] = "explanation"
    return before


def raise_again(
    record: Record,
    actor: str,
    question: str,
    assessment: str,
    signals: Mapping[str, Because],
    seals: Mapping[str, str] | None = None,
) -> int:
    """Make closed alerts wait again, each with what undid it; return how many. What was decided stays in the ledger."""
    with taking_turns(record.lock):
        states = alerts(record).states(signals)
        mine = [s for s in signals if states.get(s) in MAY_BE]
        for signal in mine:
            about = (f"signal:{signal}", f"question:{question}", f"assessment:{assessment}")
            record.add(KIND + RAISED_AGAIN, actor, *about, f"because:{signals[signal]}", *sealed(seals, signal))
    return len(mine)
