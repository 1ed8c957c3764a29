"""Memory that was freed goes back to the machine, and what cannot be freed is not looked for all the time.

Both the allocator of Arrow and that of the C library keep what was freed for later; after a table of some million rows
that is gigabytes, which the database beside them could use.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
import threading
from collections.abc import Iterator

import pyarrow as pa

OBJECTS = 200_000
"""Objects that Python may make before it searches the new ones for cycles that nothing refers to (its own: 700)."""
SEARCHES = 100
"""Searches of the new ones before those that are left of them are gone through, and so on (its own: 10)."""
_searching = threading.Lock()
_usual: list[tuple[int, int, int]] = []


def give_back() -> None:
    """Hand freed memory back, as far as the allocators can. Changes no result; costs milliseconds."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Only the GNU C library has it; others give back by themselves.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)


@contextlib.contextmanager
def searched_rarely() -> Iterator[None]:
    """Within, Python searches its objects for cycles that nothing refers to rarely, and hardly ever all of them.

    What an assessment makes is freed without the search but for some ten thousand small objects (measured: 48,000 of
    30,000 declarations), and each search of all goes through the half million that libraries hold. May be entered by
    several threads; changes no result.
    """
    with _searching:
        _usual.append(gc.get_threshold())
        gc.set_threshold(OBJECTS, SEARCHES, SEARCHES)
    try:
        yield
    finally:
        with _searching:
            first = _usual[0]
            _usual.pop()
            if not _usual:
                gc.set_threshold(*first)
