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
