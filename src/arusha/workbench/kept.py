"""What is kept of the ledger of looks so that a page need not read it from its first entry: a table by the side.

It can be thrown away: it is made again from the ledger. It bears the ledger's size and root up to which it was read,
and where the ledger does not have that root at that size, it is made anew.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from arusha.ledger import Ledger
from arusha.workbench.alert import KIND, RAISED_AGAIN, Alert, apply

KEPT = "kept.sqlite3"
"""Its file, beside the folder of the ledger."""
VERSION = 3
"""Of the tables; those of another version are made anew."""
_SCHEMA = """
CREATE TABLE upto (version INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE subjects (subject TEXT NOT NULL, number INTEGER NOT NULL);
CREATE INDEX subjects_by_name ON subjects (subject, number);
CREATE TABLE last_about_alerts (number INTEGER NOT NULL);
CREATE TABLE looks (number INTEGER PRIMARY KEY);
CREATE TABLE counted (question TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL,
 PRIMARY KEY (question, kind, day)) WITHOUT ROWID;
CREATE TABLE alerts (place INTEGER PRIMARY KEY, signal TEXT UNIQUE NOT NULL, question TEXT NOT NULL,
 assessment TEXT NOT NULL, raised_at TEXT NOT NULL, state TEXT NOT NULL, decided_at TEXT, proposed_by TEXT,
 recused TEXT NOT NULL);
CREATE INDEX alerts_by_state ON alerts (state, place);
CREATE INDEX alerts_by_question ON alerts (question, state);
"""
LOOKS = ("look.", "access.refused", "identity.")
"""Beginnings of the kinds of entries that say who looked, and who was refused."""
_OF_MANY = ("action:", "question:", "assessment:", "errand:", "ended:", "factor:")
"""Beginnings of subjects that half the ledger bears: nobody asks for the entries of one."""
_BATCH = 20_000
_WAIT_SECONDS = 60.0


@contextmanager
def kept(ledger: Ledger, path: Path) -> Iterator[sqlite3.Connection]:
    """The table, brought up to the ledger's last entry."""
    try:
        db = _caught_up(ledger, path)
    except sqlite3.DatabaseError:
        for left in path.parent.glob(path.name + "*"):
            left.unlink(missing_ok=True)
        db = _caught_up(ledger, path)
    with closing(db):
        yield db


def differs(ledger: Ledger, path: Path) -> bool:
    """Whether the table is another than its ledger gives, read anew from its first entry: somebody edited it.

    Its mark alone cannot tell: who can write the table writes the mark too.
    """
    if not path.is_file():
        return False
    told = "SELECT * FROM {} ORDER BY 1, 2, 3", "SELECT * FROM {} ORDER BY 1, 2", "SELECT * FROM {} ORDER BY 1"
    asked = (("alerts", told[2]), ("looks", told[2]), ("counted", told[0]), ("subjects", told[1]))
    with TemporaryDirectory(prefix="arusha-kept-") as folder:
        copy = Path(folder) / "copy.sqlite3"  # nothing is changed by looking
        try:
            with (
                closing(
                    sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)
                ) as held,
                closing(sqlite3.connect(copy)) as taken,
            ):
                held.backup(taken)
            with kept(ledger, copy) as here, kept(ledger, Path(folder) / path.name) as anew:
                for table, query in (*asked, ("last_about_alerts", told[2])):
                    one, other = (db.execute(query.format(table)) for db in (here, anew))
                    if any(a != b for a, b in zip_longest(one, other)):
                        return True
        except sqlite3.DatabaseError:
            return True
    return False


def _caught_up(ledger: Ledger, path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        size = len(ledger)
        if _upto(db) != (size, ledger.root(size)):
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # what is lost is read again
            db.execute("BEGIN IMMEDIATE")
            _catch_up(db, ledger)
            db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _upto(db: sqlite3.Connection) -> tuple[int, bytes] | None:
    """Up to where the ledger was read; none where there are no tables of this version."""
    try:
        row = db.execute("SELECT size, root FROM upto WHERE version = ?", (VERSION,)).fetchone()
    except sqlite3.OperationalError:
        return None
    return (int(row[0]), bytes(row[1])) if row else None


def _catch_up(db: sqlite3.Connection, ledger: Ledger) -> None:
    """Read what came since, or all where the ledger is not the one that was read; in one transaction."""
    known = _upto(db)
    size = len(ledger)
    if known is None or known[0] > size or ledger.root(known[0]) != known[1]:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            db.execute(f"DROP TABLE {name}")
        for statement in _SCHEMA.split(";\n"):
            db.execute(statement)
        known = (0, b"")
    for first in range(known[0], size, _BATCH):
        _read(db, ledger, first, min(first + _BATCH, size))
    db.execute("DELETE FROM upto")
    db.execute("INSERT INTO upto VALUES (?, ?, ?)", (VERSION, size, ledger.root(size)))


def _read(db: sqlite3.Connection, ledger: Ledger, first: int, stop: int) -> None:
    subjects, about, looks = [], [], []
    counted: Counter[tuple[str, str, str]] = Counter()
    for recorded in ledger.entries(first, stop):
        entry = recorded.entry
        subjects += [(s, recorded.number) for s in entry.subjects if not s.startswith(_OF_MANY)]
        if entry.kind.startswith(KIND):
            about.append(recorded)
        if entry.kind.startswith(LOOKS):
            looks.append((recorded.number,))
        day = datetime.fromisoformat(entry.time).astimezone(UTC).date().isoformat()
        for of in {s.partition(":")[2] for s in entry.subjects if s.startswith("question:")}:
            counted[of, entry.kind, day] += 1
    db.executemany("INSERT INTO subjects VALUES (?, ?)", subjects)
    db.executemany("INSERT INTO looks VALUES (?)", looks)
    query = "INSERT INTO counted VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
    db.executemany(query, [(*of, n) for of, n in counted.items()])
    if about:
        db.execute("DELETE FROM last_about_alerts")
        db.execute("INSERT INTO last_about_alerts VALUES (?)", (about[-1].number,))
    found: dict[str, Alert] = {}
    places: dict[str, int] = {}
    for recorded in about:
        signal = next(s.partition(":")[2] for s in recorded.entry.subjects if s.startswith("signal:"))
        if signal not in found:
            for place, alert in read_alerts(db, "WHERE signal = ?", signal):
                found[signal], places[signal] = alert, place
        apply(found, recorded)
        if recorded.entry.kind == KIND + RAISED_AGAIN:
            places[signal] = recorded.number  # its age runs anew, and the queue goes by age
        places.setdefault(signal, recorded.number)
    rows = [(places[signal], *_row(alert)) for signal, alert in found.items()]
    db.executemany("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _row(alert: Alert) -> tuple[Any, ...]:
    decided = alert.decided_at.isoformat() if alert.decided_at else None
    recused = " ".join(sorted(alert.recused))
    raised = alert.raised_at.isoformat()
    return (
        alert.signal, alert.question, alert.assessment, raised, alert.state, decided, alert.proposed_by, recused
    )  # fmt: skip


def read_alerts(db: sqlite3.Connection, clauses: str, *given: object) -> list[tuple[int, Alert]]:
    """Alerts with their places, by clauses that follow FROM."""
    columns = "place, signal, question, assessment, raised_at, state, decided_at, proposed_by, recused"
    found = []
    for place, signal, question, assessment, raised, state, decided, proposer, recused in db.execute(
        f"SELECT {columns} FROM alerts {clauses}", given
    ):
        alert = Alert(signal, question, assessment, datetime.fromisoformat(raised), state, proposed_by=proposer)
        if decided or recused:
            at = datetime.fromisoformat(decided) if decided else None
            alert = replace(alert, decided_at=at, recused=frozenset(recused.split()))
        found.append((int(place), alert))
    return found
