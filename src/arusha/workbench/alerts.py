"""Alerts: what became of each signal of a live question, from the ledger alone. No act deletes one.

``new`` -> ``explained`` | ``data-error`` | ``support`` | ``proposed`` -> ``inquiry``, or back to ``new`` where the
second reader does not concur. Reasons are words in the contents; they can be expunged and change no state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from arusha.errors import ArushaError
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import Record

KIND = "alert."
RAISED = "raised"
EXITS = ("explained", "data-error", "support", "proposed")
READINGS = ("concurred", "not-concurred")
RECUSED = "recused"
CONTESTED = "contested"
GIVEN = "rereview.given"
"""The entry of a second, blind decision; see ``arusha.workbench.rereview``."""
LIMIT = timedelta(days=30)
"""From raising to an exit; an alert that is open longer is on the auditor's page."""
FEWEST = 10
"""How many closed alerts a question needs before what became of them is told."""


class AlertError(ArushaError):
    """An alert cannot take this exit now, or not from this person; nothing was recorded."""


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


def alerts(record: Record) -> dict[str, Alert]:
    """Every alert by its signal's id, the oldest first. What was read is kept; only later entries are read again."""
    size, where = len(record.ledger), record.ledger.store.where
    read, found = _KNOWN.get(where, (0, {}))
    if read != size:
        if read > size:
            read, found = 0, {}  # another ledger lies in its place
        found = dict(found)
        for recorded in record.ledger.entries(read, size):
            if recorded.entry.kind.startswith(KIND):
                _apply(found, recorded)
        _KNOWN[where] = (size, found)
    return found


_KNOWN: dict[str, tuple[int, dict[str, Alert]]] = {}


def _apply(found: dict[str, Alert], recorded: Recorded) -> None:
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
    elif act == RECUSED:
        found[signal] = replace(before, recused=before.recused | {entry.actor})


def raise_alerts(record: Record, actor: str, question: str, assessment: str, signals: Iterable[str]) -> int:
    """Make an alert of each signal that has none; return how many."""
    with taking_turns(record.lock):
        known = alerts(record)
        new = [s for s in signals if s not in known]
        for signal in new:
            record.add(KIND + RAISED, actor, f"signal:{signal}", f"question:{question}", f"assessment:{assessment}")
    return len(new)


def offered(alert: Alert, actor: str, concerned: Iterable[str | None], *, served_together: bool = False) -> bool:
    """Whether an alert is offered to somebody: not where they are concerned, said so, or the records say so."""
    return actor not in alert.recused and actor not in set(concerned) and not served_together


def decide(record: Record, signal: str, actor: str, way: str, words: Mapping[str, str]) -> Recorded:
    """Take an exit, with its reasons.

    Raises
    ------
    AlertError
        If the alert is closed or proposed already, the exit needs words that were not given, or the actor has a
        conflict.
    """
    if way not in EXITS:
        raise AlertError("there is no such exit", where=signal, remedy=f"one of: {', '.join(EXITS)}")
    needed = {
        "explained": ("reason", "explanation"),
        "data-error": ("reason",),
        "support": ("reason",),
        "proposed": ("reason", "towards", "other", "away", "proportion"),
    }[way]
    with taking_turns(record.lock):
        alert = _alert(record, signal, actor)
        if alert.state != "new":
            raise AlertError(f"the alert is {alert.state}", where=signal, remedy="open another one")
        return _add(record, alert, actor, way, needed, words)


def read_second(record: Record, signal: str, actor: str, reading: str, words: Mapping[str, str]) -> Recorded:
    """Concur with a proposed inquiry, or not, as another person than who proposed it.

    Raises
    ------
    AlertError
        If no inquiry is proposed, the reader proposed it or has a conflict, or gave no reason.
    """
    if reading not in READINGS:
        raise AlertError("there is no such reading", where=signal, remedy=f"one of: {', '.join(READINGS)}")
    with taking_turns(record.lock):
        alert = _alert(record, signal, actor)
        if alert.state != "proposed":
            raise AlertError(f"no inquiry is proposed: the alert is {alert.state}", where=signal)
        if actor == alert.proposed_by:
            raise AlertError("the second reader is another person", where=signal, remedy="ask a colleague to read it")
        return _add(record, alert, actor, reading, ("reason",), words)


def recuse(record: Record, alert: Alert, actor: str) -> Recorded:
    """Say that one has a conflict of interest: the alert is not offered to one any more."""
    return record.add(KIND + RECUSED, actor, f"signal:{alert.signal}", f"question:{alert.question}")


def contest(record: Record, signal: str, question: str, actor: str, text: str) -> Recorded:
    """Record what the person concerned says of a signal; whoever opens it reads that first.

    Raises
    ------
    AlertError
        If nothing was written.
    """
    if not text.strip():
        raise AlertError("a contest says something", where=signal, remedy="write what is wrong or missing")
    return record.add("own." + CONTESTED, actor, f"signal:{signal}", f"question:{question}", text=text.strip()[:5000])


def told(record: Record, signal: str) -> list[dict[str, Any]]:
    """What was said of a signal so far, with words: exits, readings, contests, in their order."""
    found = []
    for number in record.about(f"signal:{signal}"):
        recorded = record.ledger.entry(number)
        kind = recorded.entry.kind
        if kind.startswith(KIND) or kind in ("own." + CONTESTED, GIVEN):
            parts = {n: p.value for n, p in record.ledger.content(recorded.number).items() if p is not None}
            found.append(
                {
                    "kind": f"again-{_exit(recorded)}" if kind == GIVEN else kind.rpartition(".")[2],
                    "at": datetime.fromisoformat(recorded.entry.time),
                    "actor": recorded.entry.actor,
                    "words": parts,
                }
            )
    return found


def _exit(recorded: Recorded) -> str:
    return next(s.removeprefix("exit:") for s in recorded.entry.subjects if s.startswith("exit:"))


def history(known: Iterable[Alert], question: str) -> Counter[str] | None:
    """How many alerts of a question took each way out; none while fewer than ten did."""
    counted = Counter(a.state for a in known if a.question == question and not a.open)
    return counted if sum(counted.values()) >= FEWEST else None


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def _alert(record: Record, signal: str, actor: str) -> Alert:
    found = alerts(record).get(signal)
    if found is None:
        raise AlertError("there is no such alert", where=signal)
    if actor in found.recused:
        raise AlertError("you said that you have a conflict of interest", where=signal)
    return found


def _add(
    record: Record, alert: Alert, actor: str, act: str, needed: tuple[str, ...], words: Mapping[str, str]
) -> Recorded:
    given = {name: words.get(name, "").strip()[:5000] for name in needed}
    lacking = [name for name, text in given.items() if not text]
    if lacking:
        raise AlertError(
            f"{act} needs more than was given: {', '.join(lacking)}", where=alert.signal, remedy="fill in every field"
        )
    return record.add(KIND + act, actor, f"signal:{alert.signal}", f"question:{alert.question}", **given)
