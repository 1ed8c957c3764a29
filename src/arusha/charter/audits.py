"""The files of fairness audits, kept with the charter by their SHA-256, and whether one is what an act needs.

The rules in ``arusha.charter.guards`` read the ledger alone, which holds a hash; a hash says nothing of what it is of.
This is asked beside them, once, when somebody acts, and never when the ledger is read again: a file that is lost later
must not make the charter unreadable.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import rfc8785

from arusha.charter.acts import KIND, MADE_AUDIT, Act
from arusha.charter.problems import CharterError, Missing
from arusha.charter.state import Question
from arusha.language.told import error as of
from arusha.ledger import Recorded

AUDITS = "audits"
MOST_BYTES = 5_000_000
MONTHS = 12
"""An audit is of records of so many calendar months or more."""
_HASH = re.compile(r"[0-9a-f]{64}")
_PARTS = frozenset(
    ["format", "question", "version", "definition", "code", "workspace", "period", "people", "compared", "untested"]
)
"""What the file of an audit holds, besides its numbers."""


def keep(charter: Path, text: bytes) -> str:
    """Keep the file of an audit with the charter, under its SHA-256, which is returned.

    Raises
    ------
    CharterError
        If it is no file that ``arusha fairness`` writes.
    """
    if read(text) is None:
        raise of(CharterError, "not-an-audit", "make-audit", where="the audit")
    name = hashlib.sha256(text).hexdigest()
    folder = charter / AUDITS
    folder.mkdir(mode=0o700, exist_ok=True)
    part = folder / f".{name}-{uuid.uuid4().hex[:8]}"
    try:
        part.write_bytes(text)
        os.replace(part, folder / f"{name}.json")
    finally:
        part.unlink(missing_ok=True)
    return name


def kept(charter: Path, name: str) -> dict[str, Any] | None:
    """The audit that was recorded under a hash; none where it is not there, or is not what was recorded."""
    text = _text(charter, name)
    return None if text is None or hashlib.sha256(text).hexdigest() != name else read(text)


def _text(charter: Path, name: str) -> bytes | None:
    if not _HASH.fullmatch(name):
        return None
    try:
        with (charter / AUDITS / f"{name}.json").open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        return None


def read(text: bytes) -> dict[str, Any] | None:
    """An audit from the bytes of its file; none where they are not canonical JSON (RFC 8785) of an audit's form.

    One audit has one file, and so one hash.
    """
    if len(text) > MOST_BYTES:
        return None
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or rfc8785.dumps(found) != text:
            return None
    except (ValueError, RecursionError, OverflowError):
        return None
    start, end = _period(found)
    return found if set(found) >= _PARTS and start is not None and end is not None else None


def _period(audit: dict[str, Any]) -> tuple[date | None, date | None]:
    """First and last day, or none where they cannot be read."""
    told = audit.get("period")
    if not (isinstance(told, list) and len(told) == 2 and all(isinstance(day, str) for day in told)):
        return None, None
    try:
        start, end = (date.fromisoformat(day) for day in told)
        return (start, end - timedelta(days=1)) if start < end else (None, None)
    except (ValueError, OverflowError):
        return None, None


def unfit(charter: Path, question: Question, report: str, on: date) -> list[Missing]:
    """Why a kept file is not the audit of a question that its hash was recorded for; empty where it is.

    Parameters
    ----------
    charter
        The charter's folder.
    on
        The day on which the audit was done, as it was recorded.
    """
    text = _text(charter, report)
    if text is None:
        return [Missing("audit-file", "the audit's file, kept with the charter: run `arusha fairness`")]
    if hashlib.sha256(text).hexdigest() != report:
        return [Missing("audit-changed", "the audit's file as it was recorded; it was changed since")]
    audit = read(text)
    if audit is None:
        return [Missing("audit-form", "a file that `arusha fairness` wrote; this one has another form")]
    if audit.get("listed") is False:
        return [Missing("audit-unlisted", "an audit with a list of groups; this is a table that the union asked for")]
    found = []
    if audit["question"] != question.id:
        found.append(Missing("audit-question", "an audit of this question; the file is of another"))
    elif audit["definition"] != question.definition:
        found.append(Missing("audit-definition", "an audit of this definition and plan; the file is of other settings"))
    first, last = _period(audit)
    if first is None or last is None or last > on:
        found.append(Missing("audit-period", f"a period that ends before the day of the audit ({on})"))
    elif (last.year - first.year) * 12 + last.month - first.month + 1 < MONTHS:
        found.append(Missing("audit-period", f"an audit of {MONTHS} months or more (the file is of {first} to {last})"))
    if question.about_persons and not audit["compared"]:
        found.append(Missing("audit-empty", "an audit that compared at least two groups; this one compared none"))
    return found


def missing(charter: Path, question: Question | None, act: Act, entries: Iterable[Recorded]) -> list[Missing]:
    """What an act lacks of the audit's file: the act that records an audit, and those that rest on one.

    ``entries`` are the ledger's. The records that an audit is of are held against the workspace's only when it is
    recorded: new months of records do not take an audit away.
    """
    if question is None:
        return []
    if act.name == "audit":
        report, on = act.one("report"), date.fromisoformat(act.one("on"))
        found = unfit(charter, question, report, on)
        audit = kept(charter, report)
        if audit is not None and audit["workspace"] != _records(charter):
            found.append(Missing("audit-records", "an audit of the records that the workspace holds now"))
        return found + _made(report, on, entries)
    if act.name in ("go-live", "resume"):
        return lacking(charter, question)
    return []


def lacking(charter: Path, question: Question) -> list[Missing]:
    """What the audit that counts lacks to be one; empty where there is none, which the rules say themselves."""
    audit = question.audit
    return [] if audit is None else unfit(charter, question, audit.report, audit.on)


def _records(charter: Path) -> str:
    """The digest of the workspace's records; empty where there are none."""
    try:
        return hashlib.sha256((charter.parent / "manifest.json").read_bytes()).hexdigest()
    except OSError:
        return ""


def _made(report: str, on: date, entries: Iterable[Recorded]) -> list[Missing]:
    """Whether the program made it here, where it was held against all that was told before; and not longer ago.

    An audit is as old as its file: it does not grow younger by being recorded again.
    """
    made = False
    for recorded in entries:
        if f"report:{report}" not in recorded.entry.subjects:
            continue
        before = Act.of(recorded.entry, recorded.number)
        made = made or before.name == MADE_AUDIT
        if recorded.entry.kind == f"{KIND}audit" and date.fromisoformat(before.one("on")) < on:
            return [Missing("audit-again", f"a new audit: this file was recorded as done on {before.one('on')}")]
    return [] if made else [Missing("audit-unmade", "an audit that `arusha fairness` made in this workspace")]
