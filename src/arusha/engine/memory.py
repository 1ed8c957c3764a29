"""Memory that was freed goes back to the machine.

Both the allocator of Arrow and that of the C library keep what was freed for later; after a table of some million rows
that is gigabytes, which the database beside them could use.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Hand freed memory back, as far as the allocators can. Changes no result; costs milliseconds."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Only the GNU C library has it; others give back by themselves.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
