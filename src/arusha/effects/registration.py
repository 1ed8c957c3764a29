"""The register of evaluation plans: a plan's hash is written down before its results, and a later change shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from arusha.errors import ArushaError

_NAME = "register.jsonl"


@dataclass(frozen=True)
class Registered:
    """A plan as registered."""

    hash: str
    at: str
    amended: bool
    """Results of another plan were there before this one was registered."""


def _entries(folder: Path) -> list[dict[str, str]]:
    path = folder / _NAME
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            if entry["event"] not in ("plan", "results") or not isinstance(entry["hash"], str):
                raise ValueError(line)
        except (ValueError, KeyError, TypeError) as error:
            raise ArushaError(
                f"line {number} is not an entry of a register",
                where=str(path),
                remedy="restore the file from a copy: what was registered when cannot be told without it",
            ) from error
        found.append(entry)
    return found


def _append(folder: Path, event: str, digest: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with (folder / _NAME).open("a", encoding="utf-8") as out:
        out.write(json.dumps({"event": event, "hash": digest, "at": at}, sort_keys=True) + "\n")
    return at


def register(folder: Path, digest: str) -> Registered:
    """Write a plan's hash down, once; ``amended`` where results of another plan existed by then."""
    others = False
    for entry in _entries(folder):
        if entry["event"] == "plan" and entry["hash"] == digest:
            return Registered(digest, entry["at"], others)
        others = others or (entry["event"] == "results" and entry["hash"] != digest)
    return Registered(digest, _append(folder, "plan", digest), others)


def results(folder: Path, digest: str) -> None:
    """Note that results of a plan exist, before they are shown."""
    if not any(e["event"] == "results" and e["hash"] == digest for e in _entries(folder)):
        _append(folder, "results", digest)
