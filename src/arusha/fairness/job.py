"""Run an audit in its sealed process, and keep what came out by its hash beside the charter."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import rfc8785

from arusha.charter import Charter
from arusha.charter import audits as kept_audits
from arusha.charter.charter import FOLDER
from arusha.errors import ArushaError, Told
from arusha.fairness.earlier import digest, earlier, held_against, make_known
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns

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
    cuts: Sequence[str] = (),
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
    audits, problems = run_audits(
        workspace, {question: rate}, groups, plan=plan, key_file=key_file, cuts=cuts, seconds=seconds
    )
    if question not in audits:
        raise problems[question]
    return audits[question]


def run_audits(
    workspace: Path,
    rates: Mapping[str, float],
    groups: Path | None,
    *,
    plan: Path | None = None,
    key_file: Path | None = None,
    cuts: Sequence[str] = (),
    seconds: float = TIME,
) -> tuple[dict[str, dict[str, Any]], dict[str, ArushaError]]:
    """Audits of several questions in one sealed process, which reads the list of groups once.

    ``rates`` is question -> promised signal rate. ``cuts`` are groups that the records know (``recorded.NEEDS``); they
    are compared beside those of the list, or alone where there is no list. Returns the audits by question, and why
    others could not be made.

    Raises
    ------
    ArushaError
        If the list of groups cannot be read, or the process fails or does not end in time.
    """
    told = {
        "workspace": str(workspace),
        "rates": dict(rates),
        "groups": str(groups) if groups else None,
        "cuts": list(cuts),
        "plan": str(plan) if plan else None,
        "key_file": str(key_file) if key_file else None,
    }
    named = ", ".join(rates)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "arusha.fairness.sealed"],  # -P: nothing of the folder it runs in
            input=json.dumps(told),
            capture_output=True,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as problem:
        raise of(ArushaError, "fair-long", "fair-long", where=named, seconds=f"{seconds:g}") from problem
    if done.returncode:
        raise _mistake(done.stderr, named)
    found = json.loads(done.stdout)
    return found["audits"], {q: _problem(told) for q, told in found["problems"].items()}


def _problem(told: Mapping[str, Any]) -> ArushaError:
    said = None if told["told"] is None else Told.from_json(told["told"])
    return ArushaError(told["problem"], where=told["where"], remedy=told["remedy"], told=said)


def _mistake(text: str, question: str) -> ArushaError:
    try:
        return _problem(json.loads(text))
    except (ValueError, KeyError, TypeError):
        # What a process said that failed otherwise may hold a row of the list: it is not repeated.
        return of(ArushaError, "fair-failed", "fair-failed", where=question)


def text_of(audit: Mapping[str, Any]) -> bytes:
    """The audit's file: canonical JSON (RFC 8785)."""
    return rfc8785.dumps(dict(audit))


def keep(charter: Charter, audits: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Keep the audits of one job with the charter, each by the SHA-256 of its file, which is returned.

    Each is first held against everything that was told before, and stands in the charter's ledger before its file is
    there. What one job told together was held against itself when it was made.
    """
    with taking_turns(charter.path / "audits.lock"):
        before = earlier(charter)
        told = {question: held_against(audit, before) for question, audit in audits.items()}
        known = {one.report for one in before}
        for audit in told.values():
            if digest(audit) not in known:
                make_known(charter, audit)
        return {question: kept_audits.keep(charter.path, text_of(audit)) for question, audit in told.items()}


def kept(workspace: Path, name: str) -> dict[str, Any] | None:
    """The audit that was recorded under a hash; none where it is not there, or is not what was recorded."""
    return kept_audits.kept(workspace / FOLDER, name)
