"""What a ledger asks of the place that it is stored in, and how such a place is opened or made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from arusha.language.told import error as of
from arusha.ledger.problems import LedgerError

FORMAT = "arusha-ledger/1"

Add = Callable[[Sequence[bytes], Sequence[bytes]], None]
"""Adds entries' lines and the hashes that they bring, in order."""


class Store(Protocol):
    """Entries, hashes and checkpoints, each in a list that only grows.

    What one ``appending`` adds is there as a whole or not at all, also after a crash, and is on the disk when the block
    ends. Readers need no lock and see whole appends only.
    """

    @property
    def where(self) -> str:
        """The folder or file, for messages."""
        ...

    @property
    def origin(self) -> str:
        """The ledger's name."""
        ...

    def size(self) -> int:
        """How many entries there are."""
        ...

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The lines of entries from ``start`` (counted from 0) to before ``stop``."""
        ...

    def hashes(self, places: Sequence[int]) -> list[bytes]:
        """Stored hashes by their places; see ``merkle``."""
        ...

    def all_hashes(self) -> Iterator[bytes]:
        """All stored hashes in order."""
        ...

    def appending(self) -> AbstractContextManager[Add]:
        """Hold the ledger alone, wait for others where they hold it, and append."""
        ...

    def checkpoints(self) -> list[str]:
        """The ledger's own checkpoints, oldest first."""
        ...

    def keep_checkpoint(self, size: int, text: str) -> None:
        """Keep the checkpoint of a size; it takes the place of one of the same size."""
        ...


def open_store(path: Path | str) -> Store:
    """Open a ledger: a folder, or an SQLite file.

    Raises
    ------
    LedgerError
        If there is none, or it is of another format.
    """
    from arusha.ledger.folder_store import FolderStore
    from arusha.ledger.sqlite_store import SqliteStore

    path = Path(path)
    if path.is_dir():
        return FolderStore(path)
    if path.is_file():
        return SqliteStore(path)
    raise of(LedgerError, "led-none", "led-name-it", where=str(path))


def create_store(path: Path | str, origin: str) -> Store:
    """Make an empty ledger: an SQLite file where the name ends in .db or .sqlite, else a folder.

    Raises
    ------
    LedgerError
        If something is there already.
    """
    from arusha.ledger.folder_store import FolderStore
    from arusha.ledger.sqlite_store import SqliteStore

    path = Path(path)
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise of(LedgerError, "something-there", "name-free", where=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in (".db", ".sqlite", ".sqlite3"):
        return SqliteStore.create(path, origin)
    return FolderStore.create(path, origin)
