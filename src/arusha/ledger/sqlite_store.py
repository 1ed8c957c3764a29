"""A ledger in one SQLite file, with a write-ahead log: readers never wait for an append.

Triggers refuse to change or delete what is there. They stop mistakes, not somebody who can write the file: that is what
checkpoints in other hands are for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from arusha.language.told import error as of
from arusha.ledger.merkle import HASH_BYTES, stored
from arusha.ledger.note import check_name
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.store import FORMAT, Add

_SCHEMA = """
CREATE TABLE ledger (format TEXT NOT NULL, origin TEXT NOT NULL);
CREATE TABLE entries (number INTEGER PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE hashes (place INTEGER PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL);
"""
_GUARDED = ("entries", "hashes")
_WAIT_SECONDS = 60.0
_PAGE = 10_000


class SqliteStore:
    """See ``Store``. Each call opens the file anew, so that threads, forks and other processes never share a handle."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        try:
            with closing(self._open()) as db:
                rows = db.execute("SELECT format, origin FROM ledger").fetchall()
        except sqlite3.Error as problem:
            raise of(LedgerError, "led-not-ledger", "", where=self.where, why=str(problem)) from problem
        if len(rows) != 1 or rows[0][0] != FORMAT:
            raise of(LedgerError, "led-not-format", "", where=self.where, form=FORMAT)
        self.origin = str(rows[0][1])

    @classmethod
    def create(cls, path: Path, origin: str) -> SqliteStore:
        """Make an empty ledger in a new file."""
        check_name(origin)
        with closing(_connect(f"{path.absolute().as_uri()}?mode=rwc")) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA.strip().split("\n"):
                db.execute(statement)
            for table in _GUARDED:
                for verb in ("UPDATE", "DELETE"):
                    db.execute(
                        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'a ledger only grows'); END"
                    )
            db.execute("INSERT INTO ledger VALUES (?, ?)", (FORMAT, origin))
            db.execute("COMMIT")
        return cls(path)

    def size(self) -> int:
        with self._reading() as db:
            return _size(db)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        with self._reading() as db:
            stop = _size(db) if stop is None else min(stop, _size(db))
            for first in range(start, stop, _PAGE):
                last = min(first + _PAGE, stop)
                query = "SELECT number, line FROM entries WHERE number >= ? AND number < ? ORDER BY number"
                rows = db.execute(query, (first, last)).fetchall()
                for expected, (number, line) in zip(range(first, last), rows, strict=False):
                    if number != expected:
                        raise self._missing(expected)
                    yield line if isinstance(line, bytes) else str(line).encode()
                if len(rows) < last - first:
                    raise self._missing(first + len(rows))

    def _missing(self, number: int) -> ChangedError:
        return of(ChangedError, "led-entry-missing", "led-keep-file", where=self.where, n=f"{number:,}")

    def hashes(self, places: Sequence[int]) -> list[bytes]:
        with self._reading() as db:
            found = [db.execute("SELECT hash FROM hashes WHERE place = ?", (place,)).fetchone() for place in places]
        if any(row is None or not isinstance(row[0], bytes) or len(row[0]) != HASH_BYTES for row in found):
            raise of(ChangedError, "led-hash-missing", "", where=self.where)
        return [row[0] for row in found]

    def all_hashes(self) -> Iterator[bytes]:
        with self._reading() as db:
            for (value,) in db.execute("SELECT hash FROM hashes ORDER BY place"):
                yield value if isinstance(value, bytes) else str(value).encode()

    @contextmanager
    def appending(self) -> Iterator[Add]:
        with self._writing() as db:
            size = _size(db)
            added: list[bytes] = []
            new_hashes: list[bytes] = []

            def add(lines: Sequence[bytes], hashes: Sequence[bytes]) -> None:
                added.extend(lines)
                new_hashes.extend(hashes)

            yield add
            db.executemany("INSERT INTO entries VALUES (?, ?)", enumerate(added, start=size))
            db.executemany("INSERT INTO hashes VALUES (?, ?)", enumerate(new_hashes, start=stored(size)))

    def checkpoints(self) -> list[str]:
        with self._reading() as db:
            return [str(row[0]) for row in db.execute("SELECT note FROM checkpoints ORDER BY size")]

    def keep_checkpoint(self, size: int, text: str) -> None:
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?)", (size, text))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone; what it wrote is on the disk when the block ends, or not there at all."""
        try:
            with closing(_connect(f"{self.path.absolute().as_uri()}?mode=rw")) as db:
                db.execute("PRAGMA synchronous = FULL")
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                except BaseException:
                    db.execute("ROLLBACK")
                    raise
                db.execute("COMMIT")
        except sqlite3.IntegrityError as problem:
            raise of(ChangedError, "led-misfit", "led-keep-file", where=self.where, why=str(problem)) from problem
        except sqlite3.Error as problem:
            raise of(LedgerError, "led-unwritten", "led-held", where=self.where, why=str(problem)) from problem

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as db:
                yield db
        except sqlite3.Error as problem:
            raise of(
                ChangedError, "led-file-unread", "led-keep-restore", where=self.where, why=str(problem)
            ) from problem

    def _open(self) -> sqlite3.Connection:
        """Open for reading; also where the file lies on a medium or in a folder that cannot be written."""
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        db = _connect(uri)
        try:
            db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.OperationalError:
            db.close()
            if self.path.with_name(self.path.name + "-wal").exists():
                raise
            db = _connect(uri + "&immutable=1")  # no write-ahead log is left: the file is all there is
        return db


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


def _size(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(number) + 1, 0) FROM entries").fetchone()[0])
