"""The register of plans: which plan was fixed when, and which results existed by then."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from arusha.assessment.plan import Plan
from arusha.errors import WorkspaceError
from arusha.language.told import error as of

_NAME = "plans.jsonl"


@dataclass(frozen=True)
class Registration:
    """One plan as registered. ``amended`` is true where results of another plan existed already."""

    hash: str
    registered_at: str
    amended: bool
    earlier: tuple[str, ...]
    """Hashes of the other plans whose results existed when this plan was first registered."""


def entries(workspace: Path) -> list[dict[str, Any]]:
    """Every line of the register, oldest first; a last line cut off by a crash is left out."""
    path = workspace / _NAME
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("hash"), str) and _whole(entry):
            found.append(entry)
    return found


def _whole(entry: dict[str, Any]) -> bool:
    """Whether a line says what its readers need; one that was edited to say less counts as torn."""
    if entry.get("event") == "plan":
        return isinstance(entry.get("at"), str) and "amended" in entry and isinstance(entry.get("earlier"), list)
    return entry.get("event") == "results"


def _append(workspace: Path, entry: dict[str, Any]) -> None:
    try:
        path = workspace / _NAME
        torn = path.exists() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as out:
            out.write(("\n" if torn else "") + json.dumps(entry, sort_keys=True) + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise of(
            WorkspaceError, "plan-unregistered", "plan-writable", where=str(workspace / _NAME), why=str(error.strerror)
        ) from error


def records_of(manifest: Mapping[str, Any]) -> str:
    """A digest of the files that were loaded: the same where the same extract is loaded again."""
    files = sorted(str(source.get("sha256", "")) for source in manifest.get("sources", []))
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def register(workspace: Path, plan: Plan, records: str | None = None) -> Registration:
    """Register ``plan`` before its results exist, and say whether other results of the same records existed first.

    ``records``: digest of what was loaded. The register outlives a load; results of what was loaded before are not
    results of these records, and an entry that does not say which records it is of counts for all.
    """
    past = [e for e in entries(workspace) if e.get("records") in (None, records) or records is None]
    for entry in past:
        if entry["event"] == "plan" and entry["hash"] == plan.hash:
            return Registration(plan.hash, entry["at"], entry["amended"], tuple(entry["earlier"]))
    earlier = tuple(dict.fromkeys(e["hash"] for e in past if e["event"] == "results" and e["hash"] != plan.hash))
    entry = {
        "event": "plan",
        "hash": plan.hash,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "amended": bool(earlier),
        "earlier": list(earlier),
        "plan": plan.as_dict(),
        "records": records,
    }
    _append(workspace, entry)
    return Registration(plan.hash, entry["at"], bool(earlier), earlier)


def results_exist(workspace: Path, plan_hash: str, records: str | None = None) -> None:
    """Note that results of a plan now exist, so that any other plan registered later is marked."""
    past = (e for e in entries(workspace) if e["event"] == "results")
    if not any(e["hash"] == plan_hash and e.get("records") == records for e in past):
        at = datetime.now(UTC).isoformat(timespec="seconds")
        _append(workspace, {"event": "results", "hash": plan_hash, "at": at, "records": records})
