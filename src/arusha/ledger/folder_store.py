"""A ledger in a folder of plain files, that a person can read and a standard tool can check.

``entries.jsonl`` holds one entry a line, ``hashes.bin`` the tree's hashes of 32 bytes each. Both only grow.
``head.json`` says how much of them counts; it is replaced in one step after both are on the disk. What a crash leaves
behind the head was never confirmed, and the next append cuts it off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from arusha.language.told import error as of
from arusha.ledger.merkle import HASH_BYTES, stored
from arusha.ledger.note import check_name
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.store import FORMAT, Add
from arusha.ledger.turns import held

ENTRIES = "entries.jsonl"
HASHES = "hashes.bin"
HEAD = "head.json"
CHECKPOINTS = "checkpoints"
_LOCK = "lock"
_EVERY = 1_024
_PLACES: dict[tuple[int, int], dict[int, int]] = {}
"""File (device and number) -> entry, of every 1,024 -> where its line begins, as far as this process read it."""


@dataclass(frozen=True)
class _Head:
    origin: str
    size: int
    length: int  # bytes of entries.jsonl


class FolderStore:
    """See ``Store``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self.origin = self._head().origin

    @classmethod
    def create(cls, path: Path, origin: str) -> FolderStore:
        """Make an empty ledger in a new or empty folder."""
        check_name(origin)
        path.mkdir(parents=True, exist_ok=True)
        (path / CHECKPOINTS).mkdir()
        for name in (ENTRIES, HASHES, _LOCK):
            (path / name).touch()
        _replace(path / HEAD, _head_text(_Head(origin, 0, 0)))
        return cls(path)

    def size(self) -> int:
        return self._head().size

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        head = self._head()
        stop = head.size if stop is None else min(stop, head.size)
        with self._open(ENTRIES) as file:
            about = os.fstat(file.fileno())
            places = _PLACES.setdefault((about.st_dev, about.st_ino), {})
            begin, read = _nearest(file, start, places)
            for number in range(begin, stop):
                if number % _EVERY == 0:
                    places[number] = read
                line = file.readline(head.length - read)
                read += len(line)
                if not line.endswith(b"\n"):
                    raise of(
                        ChangedError,
                        "led-ends-after",
                        "led-keep-folder",
                        where=str(self.path / ENTRIES),
                        n=f"{number:,}",
                        size=f"{head.size:,}",
                    )
                if number >= start:
                    yield line[:-1]

    def hashes(self, places: Sequence[int]) -> list[bytes]:
        found = []
        with self._open(HASHES) as file:
            for place in places:
                file.seek(place * HASH_BYTES)
                found.append(_whole(file.read(HASH_BYTES), self.path / HASHES))
        return found

    def all_hashes(self) -> Iterator[bytes]:
        path = self.path / HASHES
        with self._open(HASHES) as file:
            for _ in range(stored(self._head().size)):
                yield _whole(file.read(HASH_BYTES), path)

    @contextmanager
    def appending(self) -> Iterator[Add]:
        with (self.path / _LOCK).open("r+b") as lock, held(lock):
            head = self._head()
            added: list[bytes] = []
            new_hashes: list[bytes] = []

            def add(lines: Sequence[bytes], hashes: Sequence[bytes]) -> None:
                added.extend(lines)
                new_hashes.extend(hashes)

            yield add
            if not added:
                return
            data = b"".join(line + b"\n" for line in added)
            self._extend(ENTRIES, head.length, data)
            self._extend(HASHES, stored(head.size) * HASH_BYTES, b"".join(new_hashes))
            after = _Head(head.origin, head.size + len(added), head.length + len(data))
            _replace(self.path / HEAD, _head_text(after))

    def checkpoints(self) -> list[str]:
        folder = self.path / CHECKPOINTS
        return [p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))] if folder.is_dir() else []

    def keep_checkpoint(self, size: int, text: str) -> None:
        _replace(self.path / CHECKPOINTS / f"{size:012d}.txt", text)

    def _extend(self, name: str, length: int, data: bytes) -> None:
        """Write behind what counts, over what a crash may have left there."""
        path = self.path / name
        with path.open("r+b") as file:
            if file.seek(0, os.SEEK_END) < length:
                raise of(ChangedError, "led-file-shorter", "led-keep-folder", where=str(path))
            file.truncate(length)
            file.seek(length)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _head(self) -> _Head:
        path = self.path / HEAD
        try:
            data = json.loads(path.read_bytes())
            head = _Head(data["origin"], data["size"], data["length"])
            good = data["format"] == FORMAT and isinstance(head.origin, str)
            good = good and all(type(n) is int and n >= 0 for n in (head.size, head.length))
        except FileNotFoundError as problem:
            raise of(LedgerError, "led-none-head", "led-name-folder", where=self.where, file=HEAD) from problem
        except (ValueError, KeyError, TypeError):
            good = False
        if not good:
            raise of(LedgerError, "led-not-format", "", where=str(path), form=FORMAT)
        return head

    def _open(self, name: str) -> BinaryIO:
        try:
            return (self.path / name).open("rb")
        except FileNotFoundError as problem:
            raise of(ChangedError, "led-file-missing", "", where=self.where, name=name) from problem


def _nearest(file: BinaryIO, start: int, places: dict[int, int]) -> tuple[int, int]:
    """The last known place at or before an entry, if a line ends before it still; else the file's begin.

    Reading from the first entry, as who verifies does, uses no place that is remembered.
    """
    for number in range(start - start % _EVERY, 0, -_EVERY):
        place = places.get(number, 0)
        if place:
            file.seek(place - 1)
            if file.read(1) == b"\n":
                return number, place
    file.seek(0)
    return 0, 0


def _head_text(head: _Head) -> str:
    return json.dumps({"format": FORMAT, "origin": head.origin, "size": head.size, "length": head.length}) + "\n"


def _whole(data: bytes, path: Path) -> bytes:
    if len(data) != HASH_BYTES:
        raise of(ChangedError, "led-hashes-shorter", "", where=str(path))
    return data


def _replace(path: Path, text: str) -> None:
    """Replace a file in one step, on the disk when this returns."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":  # the rename itself is on the disk only once the folder is
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
