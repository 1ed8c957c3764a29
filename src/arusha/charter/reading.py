"""A charter's ledger is read once for each content of its folder: the same bytes say the same.

A site asks for the state several times with each page. What is kept bears the SHA-256 of every file of the ledger, so
that one changed byte anywhere, appended or written over, has it read and verified from its first entry again.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from arusha.charter.state import State

_KEPT: OrderedDict[bytes, State] = OrderedDict()
_MOST = 16
_LOCK = threading.Lock()


def fingerprint(folder: Path) -> bytes | None:
    """SHA-256 over the names, lengths and bytes of a ledger's files; none where one is taken away meanwhile."""
    found = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                found.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
                found.update(data)
    except OSError:
        return None
    return found.digest()


def state_of(folder: Path, read: Callable[[], State]) -> State:
    """What ``read`` makes of the ledger in a folder; kept under what the folder held before and after it was read.

    Raises
    ------
    LedgerError, ChangedError
        As ``read`` does; a problem is never kept.
    """
    before = fingerprint(folder)
    with _LOCK:
        known = _KEPT.get(before) if before is not None else None
        if known is not None and before is not None:
            _KEPT.move_to_end(before)
            return known
    state = read()
    if before is not None and before == fingerprint(folder):
        with _LOCK:
            _KEPT[before] = state
            while len(_KEPT) > _MOST:
                _KEPT.popitem(last=False)
    return state
