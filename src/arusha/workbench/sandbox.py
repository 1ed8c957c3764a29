"""Invented years on which a question is tried: one at a time, in a process with limits, and kept from then on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import arusha
from arusha.demo.truth import GENERATOR
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns

FOLDER = "sandbox"
TIME = 180
"""Seconds that one invented year may take."""
SEEDS = (1, 2, 3)


class SandboxError(ArushaError):
    """An invented year cannot be made now."""


@dataclass(frozen=True)
class Year:
    """One invented year. ``state`` is ``none``, ``running``, ``failed`` or ``there``; then ``told`` is what it says."""

    state: str
    told: Mapping[str, Any] | None = None


def name_of(request: Mapping[str, Any]) -> str:
    """The name under which a year is kept: of everything that it depends on."""
    whole = {**request, "generator": GENERATOR, "version": arusha.__version__}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:24]


def year(home: Path, request: Mapping[str, Any]) -> Year:
    """What there is of a year."""
    name = name_of(request)
    path = home / FOLDER / f"{name}.json"
    if path.is_file():
        return Year("there", json.loads(path.read_text("utf-8")))
    marks = home / FOLDER
    if (marks / f"{name}.running").is_file() and _age(marks / f"{name}.running") < TIME + 10:
        return Year("running")
    return Year("failed" if (marks / f"{name}.failed").is_file() else "none")


def start(home: Path, request: Mapping[str, Any]) -> threading.Thread | None:
    """Begin a year, unless it is there or runs already; the thread that waits for it is returned.

    Raises
    ------
    SandboxError
        If another one runs.
    """
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = name_of(request)
    with taking_turns(folder / "lock"):
        if year(home, request).state in ("there", "running"):
            return None
        if any(_age(p) < TIME + 10 for p in folder.glob("*.running")):
            raise of(SandboxError, "sandbox-busy", "sandbox-minute")
        (folder / f"{name}.failed").unlink(missing_ok=True)
        (folder / f"{name}.running").write_text("", "utf-8")
    waiting = threading.Thread(target=_make, args=(folder, name, dict(request)), daemon=True)
    waiting.start()
    return waiting


def _make(folder: Path, name: str, request: dict[str, Any]) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "arusha.demo.sandbox"],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            timeout=TIME,
        )
        if done.returncode == 0:
            partial = folder / f"{name}.partial"
            partial.write_text(done.stdout, "utf-8")
            partial.rename(folder / f"{name}.json")
        else:
            (folder / f"{name}.failed").write_text("", "utf-8")
    except (subprocess.TimeoutExpired, OSError):
        (folder / f"{name}.failed").write_text("", "utf-8")
    finally:
        (folder / f"{name}.running").unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
