"""How a sealed mapping is opened: by two key holders who say why, and never without a line in their log.

This is the mechanism alone, and asks nobody whether a name may open: ``arusha unmask`` asks the charter first
(``arusha.workbench.identity``).

The log (``NAME.looks.jsonl`` beside the sealed mapping) has a line before anything opens, with the purpose, the
reference, the pseudonyms asked for and the holders whose shares were used, and a line after. It holds no identifier.
Each line carries the SHA-256 of the one before it, so that a line changed or taken out from among them shows; cutting
off the end does not, so the holders keep the last digest they were told.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from arusha.errors import RecordsError, VerificationError
from arusha.language.told import error as of
from arusha.records.readable import PSEUDONYM
from arusha.records.scan import sha256_of
from arusha.records.sealing import outside_workspaces, read_share, unmask

TOKEN = PSEUDONYM
"""How a pseudonym is written."""

_FIRST = "0" * 64


@dataclass(frozen=True)
class Look:
    """What was opened: pseudonym -> identifier of those that the mapping holds; the others; the log and its end."""

    names: dict[str, str]
    unknown: tuple[str, ...]
    log: Path
    digest: str


def look(
    sealed: Path | str,
    share_a: Path | str,
    share_b: Path | str,
    pseudonyms: Sequence[str],
    *,
    purpose: str,
    reference: str,
    log: Path | str | None = None,
) -> Look:
    """Open a sealed mapping for some pseudonyms, after the purpose was written down.

    Parameters
    ----------
    sealed
        The file ``NAME.sealed`` that a load wrote.
    share_a, share_b
        The files of two different key holders.
    purpose, reference
        Why, and the number of the request or case: both in the log, before anything opens.
    log
        Default: ``NAME.looks.jsonl`` beside the sealed mapping.

    Raises
    ------
    RecordsError
        No purpose, reference or pseudonym is given, a share or the mapping does not fit, or the log cannot be written.
        Nothing opens then, and what was asked stays in the log.
    VerificationError
        The log was changed.
    """
    sealed = Path(sealed)
    path = Path(log) if log is not None else sealed.with_suffix(".looks.jsonl")
    asked = pseudonyms_of(pseudonyms)
    demand_purpose(purpose, reference)
    outside_workspaces(path, None, "looks")
    if not sealed.is_file():
        raise of(RecordsError, "file-none", "sealed-name", where=str(sealed))
    shares = [read_share(share_a), read_share(share_b)]
    before = check_looks(path)
    about = {
        "purpose": purpose.strip(),
        "reference": reference.strip(),
        "pseudonyms": list(asked),
        "holders": [f"{s.holder} (share {s.number})" for s in shares],
        "account": _account(),
        "sealed_sha256": sha256_of(sealed),
    }
    before = _append(path, {"event": "asked", **about}, before)
    try:
        names = unmask(sealed, shares[0], shares[1], asked)
    except RecordsError as error:
        _append(path, {"event": "refused", "why": error.problem}, before)
        raise
    unknown = tuple(token for token in asked if token not in names)
    end = _append(
        path, {"event": "opened", "found": [t for t in asked if t in names], "unknown": list(unknown)}, before
    )
    return Look(names, unknown, path, end)


def check_looks(log: Path | str) -> str:
    """The digest at the end of a log whose every line follows from the one before it.

    Raises
    ------
    VerificationError
        A line was changed, taken out or put in.
    """
    path, before = Path(log), _FIRST
    if not path.exists():
        return before
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            said = json.loads(line)["before"]
        except (ValueError, KeyError, TypeError):
            said = None
        if said != before:
            raise of(VerificationError, "looks-line", "looks-copies", where=str(path), line=number)
        before = hashlib.sha256(line).hexdigest()
    return before


def _append(path: Path, entry: dict[str, Any], before: str) -> str:
    """Add a line and make sure that it is on the disk; its digest."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"at": at, **entry, "before": before}, ensure_ascii=False).encode()
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line + b"\n")
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise of(RecordsError, "looks-unwritten", "looks-log", where=str(path), why=str(error.strerror)) from error
    return hashlib.sha256(line).hexdigest()


def demand_purpose(purpose: str, reference: str) -> None:
    """Refuse where nothing is said of why, or under which number.

    Raises
    ------
    RecordsError
        If one of the two is blank.
    """
    for what, text in (("purpose", purpose), ("reference", reference)):
        if not text.strip():
            raise of(RecordsError, f"no-{what}", "say-why", where=f"--{what}")


def pseudonyms_of(pseudonyms: Sequence[str]) -> tuple[str, ...]:
    """The pseudonyms asked for, each once.

    Raises
    ------
    RecordsError
        If there is none, or a text is not written like one; the text is not repeated.
    """
    asked = tuple(dict.fromkeys(p.strip() for p in pseudonyms))
    wrong = [p for p in asked if not TOKEN.fullmatch(p)]
    if wrong or not asked:
        # The wrong text is not repeated: it may be the very name that must not be written down.
        raise of(
            RecordsError,
            "pseudonyms-wrong" if asked else "pseudonyms-none",
            "pseudonyms-copy",
            where="--pseudonym",
            n=len(wrong),
            all=len(asked),
        )
    return asked


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account that the machine has no name for
        return "unknown"
