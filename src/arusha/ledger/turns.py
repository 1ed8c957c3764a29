"""Taking turns: one process at a time does what must still hold when it is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def taking_turns(lock: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made where there is none; others wait."""
    with lock.open("a+b") as file, held(file):
        yield


@contextmanager
def taking_a_free_turn(lock: Path) -> Iterator[bool]:
    """Hold the lock of a file if nobody does; says whether it is held now. Never waits."""
    with lock.open("a+b") as file:
        if not _free(file):
            yield False
            return
        with held(file):
            yield True


def _free(file: IO[bytes]) -> bool:
    """Take an open file's lock if nobody has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def held(file: IO[bytes]) -> Iterator[None]:
    """Hold an open file's lock until it is closed; the system lets go of it where the process dies."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
        yield
