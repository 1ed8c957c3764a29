"""Where plans are registered: a plan's hash is written down before its results, and a later change shows.

Two places keep the same promise: a folder (``FolderRegister``), and the ledger of a workspace, which holds all of its
evaluations and cannot be changed without trace (``arusha.effects.evaluations``). A plan is amended where another one
of the same evaluation (``arusha.effects.same_evaluation``) was registered before it, run or not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from arusha.effects.plan_files import Plan
from arusha.effects.same_evaluation import About, about, about_kept
from arusha.errors import ArushaError
from arusha.language import Catalogue
from arusha.language.told import error as of

_NAME = "register.jsonl"


@dataclass(frozen=True)
class Registered:
    """A plan as registered."""

    hash: str
    at: str
    amends: str = ""
    """Hash of the first other plan of the same evaluation that was registered before; empty where there is none."""
    seen: bool = False
    """Whether results of such a plan existed by then."""
    amended: bool = False
    """Whether it stands beside an earlier plan of the same evaluation."""
    records: int = 1
    """Of how many different files or loads of records its results were made so far, this one among them."""

    def entries(self) -> dict[str, Any]:
        """What a result file says of it."""
        return {
            "plan_hash": self.hash,
            "registered_at": self.at,
            "amended": self.amended,
            "amends": self.amends,
            "amended_after_results": self.seen,
            "records_seen": self.records,
        }


def registered_in(told: dict[str, Any]) -> Registered:
    """What ``entries`` wrote; a file of before it said more was amended only after results.

    Raises
    ------
    KeyError
        If it does not say so much.
    """
    amended = bool(told["amended"])
    return Registered(
        told["plan_hash"],
        told["registered_at"],
        str(told.get("amends", "")),
        bool(told.get("amended_after_results", amended)),
        amended,
        int(told.get("records_seen", 1)),
    )


def amended_told(words: Catalogue, registered: Registered) -> list[str]:
    """That a plan is amended, and that its results were made of several sets of records; none where neither is so."""
    more = [words.text("effects-records-seen", n=registered.records)] if registered.records > 1 else []
    if not registered.amended:
        return more
    key = "effects-amended" if registered.seen else "effects-amended-unrun"
    return [words.text(key, first=registered.amends[:16]), *more]


class Register(Protocol):
    """Where plans are written down before their results."""

    def register(self, plan: Plan) -> Registered:
        """Write a plan's hash down, once."""

    def results(self, plan: Plan) -> int:
        """Note that results of a plan exist, before they are shown; of how many sets of records they were made."""


class FolderRegister:
    """The register of a folder, ``register.jsonl``. Who takes another folder is not seen: a workspace's ledger sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def register(self, plan: Plan) -> Registered:
        """Write a plan's hash down, once, with what it is about.

        Raises
        ------
        ArushaError
            If the register, or what the plan names, cannot be read.
        """
        mine, amends, seen = about(plan), "", False
        others: dict[str, bool] = {}
        for entry in self._entries():
            if entry["event"] == "plan" and entry["hash"] == plan.hash:
                return Registered(plan.hash, entry["at"], amends, seen, bool(amends))
            if entry["event"] == "plan":
                # What a plan was about was not always written down: then it counts as this one's.
                others[entry["hash"]] = entry["about"] is None or mine.same(entry["about"])
            of_mine = entry["hash"] != plan.hash and others.get(entry["hash"], True)
            amends = amends or (entry["hash"] if of_mine else "")
            seen = seen or (of_mine and entry["event"] == "results")
        at = self._append("plan", plan.hash, about=mine.as_json())
        return Registered(plan.hash, at, amends, seen, bool(amends))

    def results(self, plan: Plan) -> int:
        """Note that results of a plan exist, before they are shown; of how many sets of records they were made.

        What was not always written down (of which records) counts as these.
        """
        now = plan.data_sha256()
        made = [e for e in self._entries() if e["event"] == "results" and e["hash"] == plan.hash]
        seen = {str(e.get("panel", now)) for e in made}
        if not made or now not in seen:
            self._append("results", plan.hash, panel=now)
        return len(seen | {now})

    def _entries(self) -> list[dict[str, Any]]:
        path = self.folder / _NAME
        if not path.exists():
            return []
        found = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                entry = json.loads(line)
                if entry["event"] not in ("plan", "results") or not isinstance(entry["hash"], str):
                    raise ValueError(line)
                entry["about"] = _about(entry.get("about"))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise of(ArushaError, "ev-register", "ev-register", where=str(path), line=number) from error
            found.append(entry)
        return found

    def _append(self, event: str, digest: str, **more: Any) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with (self.folder / _NAME).open("a", encoding="utf-8") as out:
            out.write(json.dumps({"event": event, "hash": digest, "at": at, **more}, sort_keys=True) + "\n")
        return at


def _about(told: Any) -> About | None:
    return None if told is None else about_kept(told)
