"""Run an audit in its sealed process, and keep what came out by its hash beside the charter."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import rfc8785

from arusha.charter.charter import FOLDER
from arusha.errors import ArushaError

AUDITS = "audits"
TIME = 3_600
"""Seconds after which the process is ended."""


def run_audit(
    workspace: Path,
    question: str,
    groups: Path,
    *,
    rate: float,
    plan: Path | None = None,
    key_file: Path | None = None,
    seconds: float = TIME,
) -> dict[str, Any]:
    """The fairness audit of a question, groups only.

    Parameters
    ----------
    groups
        A CSV with a column ``person`` (pseudonyms of the workspace, or staff ids where ``key_file`` turns them into
        these) and one column an attribute. Read by the sealed process alone.
    rate
        The signal rate that was promised.

    Raises
    ------
    ArushaError
        If something cannot be read, or the process does not end in time.
    """
    told = {
        "workspace": str(workspace),
        "question": question,
        "groups": str(groups),
        "rate": rate,
        "plan": str(plan) if plan else None,
        "key_file": str(key_file) if key_file else None,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "arusha.fairness.sealed"],  # -P: nothing of the folder it runs in
            input=json.dumps(told),
            capture_output=True,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as problem:
        raise ArushaError(
            f"the audit did not end within {seconds:g} seconds", where=question, remedy="give it more time"
        ) from problem
    if done.returncode:
        raise _mistake(done.stderr, question)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _mistake(text: str, question: str) -> ArushaError:
    try:
        told = json.loads(text)
        return ArushaError(told["problem"], where=told["where"], remedy=told["remedy"])
    except (ValueError, KeyError, TypeError):
        # What a process said that failed otherwise may hold a row of the list: it is not repeated.
        return ArushaError("the sealed process failed", where=question, remedy="see that the workspace can be assessed")


def text_of(audit: dict[str, Any]) -> bytes:
    """The audit's file: canonical JSON (RFC 8785)."""
    return rfc8785.dumps(audit)


def keep(workspace: Path, audit: dict[str, Any]) -> str:
    """Keep an audit beside the workspace's charter, by the SHA-256 of its file, which is returned."""
    text = text_of(audit)
    name = hashlib.sha256(text).hexdigest()
    folder = workspace / FOLDER / AUDITS
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{name}.json").write_bytes(text)
    return name


def kept(workspace: Path, name: str) -> dict[str, Any] | None:
    """The audit that was recorded under a hash; none where it is not there, or is not what was recorded."""
    path = workspace / FOLDER / AUDITS / f"{name}.json"
    if not name.isalnum() or not path.is_file():
        return None
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != name:
        return None
    found: dict[str, Any] = json.loads(text)
    return found
