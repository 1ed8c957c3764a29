"""Where plans are registered: a plan's hash is written down before its results, and a later change shows.

Two places keep the same promise: a folder of one evaluation (``FolderRegister``), and the ledger of a workspace, which
holds all of its evaluations and cannot be changed without trace (``arusha.effects.evaluations``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from arusha.effects.plan_files import Plan
from arusha.errors import ArushaError

_NAME = "register.jsonl"


@dataclass(frozen=True)
class Registered:
    """A plan as registered."""

    hash: str
    at: str
    amended: bool
    """Results of another plan were there before this one was registered."""


class Hashed(Protocol):
    """A plan of any kind."""

    @property
    def hash(self) -> str:
        """SHA-256 of the plan."""


class Register(Protocol):
    """Where plans are written down before their results."""

    def register(self, plan: Plan) -> Registered:
        """Write a plan's hash down, once."""

    def results(self, plan: Plan) -> None:
        """Note that results of a plan exist, before they are shown."""


class FolderRegister:
    """The register of one evaluation, ``register.jsonl`` in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def register(self, plan: Hashed) -> Registered:
        """Write a plan's hash down, once; ``amended`` where results of another plan existed by then."""
        others = False
        for entry in self._entries():
            if entry["event"] == "plan" and entry["hash"] == plan.hash:
                return Registered(plan.hash, entry["at"], others)
            others = others or (entry["event"] == "results" and entry["hash"] != plan.hash)
        return Registered(plan.hash, self._append("plan", plan.hash), others)

    def results(self, plan: Hashed) -> None:
        """Note that results of a plan exist, before they are shown."""
        if not any(e["event"] == "results" and e["hash"] == plan.hash for e in self._entries()):
            self._append("results", plan.hash)

    def _entries(self) -> list[dict[str, str]]:
        path = self.folder / _NAME
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

    def _append(self, event: str, digest: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with (self.folder / _NAME).open("a", encoding="utf-8") as out:
            out.write(json.dumps({"event": event, "hash": digest, "at": at}, sort_keys=True) + "\n")
        return at
