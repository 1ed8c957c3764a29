"""Alerts: what became of each signal of a live question, from the ledger alone. No act deletes one.

``new`` -> ``explained`` | ``data-error`` | ``support`` | ``proposed`` -> ``inquiry``, or back to ``new`` where the
second reader does not concur. Reasons are words in the contents; they can be expunged and change no state.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from datetime import UTC, datetime
from typing import Any

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.workbench.alert import EXITS, KIND, LIMIT, RAISED, RAISED_AGAIN, READINGS, RECUSED, Alert
from arusha.workbench.as_raised import SEAL
from arusha.workbench.kept import read_alerts
from arusha.workbench.record import Record

CONTESTED = "contested"
TOLD = ("explained", "data-error", "support")
"""Ways out of an alert that the person concerned is told. Of an inquiry the rules of cases say when they are told."""
GIVEN = "rereview.given"
"""The entry of a second, blind decision; see ``arusha.workbench.rereview``."""
FEWEST = 10
"""How many closed alerts a question needs before what became of them is told."""


class AlertError(ArushaError):
    """An alert cannot take this exit now, or not from this person; nothing was recorded."""


class Alerts(Mapping[str, Alert]):
    """Every alert by its signal's id, the oldest first; asked of what is kept of the ledger."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getitem__(self, signal: str) -> Alert:
        found = self._read("WHERE signal = ?", signal)
        if not found:
            raise KeyError(signal)
        return found[0]

    def __iter__(self) -> Iterator[str]:
        return (alert.signal for alert in self._read())

    def __len__(self) -> int:
        with self._record.kept() as db:
            return int(db.execute("SELECT count(*) FROM alerts").fetchone()[0])

    def values(self) -> ValuesView[Alert]:
        """Every alert, read once."""
        return {alert.signal: alert for alert in self._read()}.values()

    def all(self) -> list[Alert]:
        """Every alert, read once."""
        return self._read()

    def mark(self) -> bytes:
        """The ledger's root up to the last entry about an alert: where it is the same, so is every alert."""
        with self._record.kept() as db:
            last = db.execute("SELECT number FROM last_about_alerts").fetchone()
        return self._record.ledger.root(last[0] + 1) if last else b""

    def open(self, first: int, most: int) -> list[tuple[int, Alert]]:
        """The oldest ``most`` of those that wait for somebody, from place ``first`` on, with their places."""
        return self._placed("WHERE state IN ('new', 'proposed') AND place >= ?", first, most=most)

    def states(self, signals: Iterable[str]) -> dict[str, str]:
        """The states of those of some signals that have an alert, by their ids."""
        query = "SELECT signal, state FROM alerts WHERE signal IN (SELECT value FROM json_each(?))"
        with self._record.kept() as db:
            return dict(db.execute(query, (json.dumps(list(signals)),)).fetchall())

    def overdue(self, at: datetime, most: int) -> list[Alert]:
        """The oldest ``most`` of those that are open past their limit."""
        before = (at - LIMIT).isoformat()
        where = "WHERE state IN ('new', 'proposed') AND raised_at < ?"
        return [alert for _, alert in self._placed(where, before, most=most)]

    def closed(self, question: str) -> Counter[str]:
        """How many alerts of a question took each way out."""
        query = "SELECT state, count(*) FROM alerts WHERE question = ? AND state NOT IN ('new', 'proposed') GROUP BY 1"
        with self._record.kept() as db:
            return Counter(dict(db.execute(query, (question,)).fetchall()))

    def questions(self) -> frozenset[str]:
        """The questions of which there was ever an alert."""
        with self._record.kept() as db:
            return frozenset(q for (q,) in db.execute("SELECT DISTINCT question FROM alerts").fetchall())

    def waiting(self) -> Counter[str]:
        """How many of each question are open."""
        query = "SELECT question, count(*) FROM alerts WHERE state IN ('new', 'proposed') GROUP BY 1"
        with self._record.kept() as db:
            return Counter(dict(db.execute(query).fetchall()))

    def waiting_since(self, before: datetime | None = None) -> int:
        """How many are open; those raised before a moment, where one is given."""
        query = "SELECT count(*) FROM alerts WHERE state IN ('new', 'proposed')"
        with self._record.kept() as db:
            if before is None:
                return int(db.execute(query).fetchone()[0])
            return int(db.execute(query + " AND raised_at < ?", (before.isoformat(),)).fetchone()[0])

    def closings(self) -> dict[str, list[tuple[str, int]]]:
        """Question -> exit and year of each alert that is closed, in the order of closing."""
        query = (
            "SELECT question, state, CAST(substr(decided_at, 1, 4) AS INTEGER) FROM alerts "
            "WHERE state NOT IN ('new', 'proposed') AND decided_at IS NOT NULL ORDER BY question, decided_at, signal"
        )
        found: dict[str, list[tuple[str, int]]] = {}
        with self._record.kept() as db:
            for question, way, year in db.execute(query):
                found.setdefault(question, []).append((way, year))
        return found

    def _read(self, where: str = "", *given: str) -> list[Alert]:
        return [alert for _, alert in self._placed(where, *given)]

    def _placed(self, where: str, *given: object, most: int = -1) -> list[tuple[int, Alert]]:
        with self._record.kept() as db:
            return read_alerts(db, f"{where} ORDER BY place LIMIT ?", *given, most)


def alerts(record: Record) -> Alerts:
    """Every alert by its signal's id, the oldest first."""
    return Alerts(record)


def raise_alerts(
    record: Record,
    actor: str,
    question: str,
    assessment: str,
    signals: Iterable[str],
    seals: Mapping[str, str] | None = None,
) -> int:
    """Make an alert of each signal that has none; return how many. ``seals``: see ``arusha.workbench.as_raised``."""
    with taking_turns(record.lock):
        known = alerts(record)
        new = [s for s in signals if s not in known]
        for signal in new:
            about = (f"signal:{signal}", f"question:{question}", f"assessment:{assessment}")
            record.add(KIND + RAISED, actor, *about, *sealed(seals, signal))
    return len(new)


def sealed(seals: Mapping[str, str] | None, signal: str) -> tuple[str, ...]:
    """The subject that holds the digest of a signal as it stands; none where there is none."""
    found = (seals or {}).get(signal)
    return (f"{SEAL}:{found}",) if found else ()


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
        raise of(AlertError, "alert-no-exit", "one-of-these", where=signal, known=", ".join(EXITS))
    needed = {
        "explained": ("reason", "explanation"),
        "data-error": ("reason",),
        "support": ("reason",),
        "proposed": ("reason", "towards", "other", "away", "proportion"),
    }[way]
    with taking_turns(record.lock):
        alert = _alert(record, signal, actor)
        if alert.state != "new":
            raise _not_now(alert, "new")
        return _add(record, alert, actor, way, needed, words)


def read_second(record: Record, signal: str, actor: str, reading: str, words: Mapping[str, str]) -> Recorded:
    """Concur with a proposed inquiry, or not, as another person than who proposed it.

    Raises
    ------
    AlertError
        If no inquiry is proposed, the reader proposed it or has a conflict, or gave no reason.
    """
    if reading not in READINGS:
        raise of(AlertError, "alert-no-reading", "one-of-these", where=signal, known=", ".join(READINGS))
    with taking_turns(record.lock):
        alert = _alert(record, signal, actor)
        if alert.state != "proposed":
            raise _not_now(alert, "proposed")
        if actor == alert.proposed_by:
            raise of(AlertError, "alert-second", "alert-colleague", where=signal)
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
        raise of(AlertError, "alert-contest", "alert-contest", where=signal)
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
                    "kind": _told_as(recorded),
                    "at": datetime.fromisoformat(recorded.entry.time),
                    "actor": recorded.entry.actor,
                    "number": recorded.number,
                    "words": parts,
                }
            )
    return found


def _told_as(recorded: Recorded) -> str:
    kind = recorded.entry.kind
    told = {s.partition(":")[0]: s.partition(":")[2] for s in recorded.entry.subjects}
    if kind == KIND + RAISED_AGAIN:
        return f"{RAISED_AGAIN}-{told.get('because', 'records')}"
    return f"again-{told['exit']}" if kind == GIVEN else kind.rpartition(".")[2]


def history(known: Alerts, question: str) -> Counter[str] | None:
    """How many alerts of a question took each way out; none while fewer than ten did."""
    counted = known.closed(question)
    return counted if sum(counted.values()) >= FEWEST else None


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def _not_now(alert: Alert, wanted: str) -> AlertError:
    """Why an alert takes no exit now. How one was closed is not said: whoever asks may be to decide it again, blind."""
    state = alert.state if alert.open else "closed"
    key = "alert-is" if wanted == "new" else "alert-not-proposed"
    return of(AlertError, key, "open-another", where=alert.signal, state=state)


def _alert(record: Record, signal: str, actor: str) -> Alert:
    found = alerts(record).get(signal)
    if found is None:
        raise of(AlertError, "alert-none", "", where=signal)
    if actor in found.recused:
        raise of(AlertError, "alert-recused", "", where=signal)
    return found


def _add(
    record: Record, alert: Alert, actor: str, act: str, needed: tuple[str, ...], words: Mapping[str, str]
) -> Recorded:
    given = {name: words.get(name, "").strip()[:5000] for name in needed}
    lacking = [name for name, text in given.items() if not text]
    if lacking:
        raise of(AlertError, "alert-needs", "fill-every", where=alert.signal, act=act, lacking=", ".join(lacking))
    return record.add(KIND + act, actor, f"signal:{alert.signal}", f"question:{alert.question}", **given)
