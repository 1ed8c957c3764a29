"""Content and salts, kept apart from the ledger, so that they can be deleted while the ledger still verifies."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from arusha.language.told import error as of
from arusha.ledger.entry import Part
from arusha.ledger.problems import ChangedError, LedgerError

_COMMITMENT = re.compile(r"[0-9a-f]{64}")


class Contents(Protocol):
    """Parts by their commitment."""

    def keep(self, parts: Iterable[Part]) -> None:
        """Keep parts; they are on the disk when this returns."""
        ...

    def get(self, commitment: str) -> Part | None:
        """The part; none where it was never kept or was expunged.

        Raises
        ------
        ChangedError
            If what is kept does not open the commitment.
        """
        ...

    def expunge(self, commitment: str) -> bool:
        """Delete part and salt; false where there was none."""
        ...

    def commitments(self) -> list[str]:
        """What is kept, sorted."""
        ...


class FolderContents:
    """One file a part, named by its commitment, readable by its owner alone (mode 0600).

    Deleting a file does not reach backups, snapshots of the disk, or the cells of a flash disk; ``docs/ledger.md``
    says what an administration does about them.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        resolved = self.path.resolve()
        if any((folder / "entries.jsonl").exists() for folder in (resolved, *resolved.parents)):
            raise of(LedgerError, "led-contents-inside", "led-contents-elsewhere", where=str(path))
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, parts: Iterable[Part]) -> None:
        folders = set()
        for part in parts:
            path = self._file(part.commitment)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            text = json.dumps({"name": part.name, "salt": part.salt.hex(), "part": part.canonical.decode()})
            temporary = path.with_name(path.name + ".new")
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(file, "w", encoding="utf-8") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
            folders |= {path.parent, self.path}
        for folder in folders:
            _settle(folder)

    def get(self, commitment: str) -> Part | None:
        path = self._file(commitment)
        try:
            data = json.loads(path.read_text("utf-8"))
            part = Part(data["name"], bytes.fromhex(data["salt"]), data["part"].encode())
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError):
            part = None
        if part is None or part.commitment != commitment:
            raise of(ChangedError, "led-content-changed", "", where=str(path))
        return part

    def expunge(self, commitment: str) -> bool:
        path = self._file(commitment)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _settle(path.parent)
        return True

    def commitments(self) -> list[str]:
        return sorted(p.stem for p in self.path.glob("??/*.json"))

    def _file(self, commitment: str) -> Path:
        if not _COMMITMENT.fullmatch(commitment):
            raise LedgerError(f"{commitment[:80]!r} is not a commitment")
        return self.path / commitment[:2] / f"{commitment}.json"


def _settle(folder: Path) -> None:
    """What was renamed or deleted in the folder is so on the disk too."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
