"""Registers of a workspace that are no Merkle logs: plans of assessments, and releases of tables.

Each is held by how many lines it has and a digest of those: whoever noted the two can tell, when a backup comes back,
that what comes back begins with the same lines. One that begins otherwise was edited, or was put back from an older
copy and went on from there. Of a shorter one nothing shows that its lines are the first of the true ones: the digest
is of more lines than it has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from arusha.errors import ArushaError, VerificationError
from arusha.language.told import error as of

PLANS = "plans"
_PLANS, _RELEASES = "plans.jsonl", "releases.jsonl"


def registers(workspace: Path) -> dict[str, Path]:
    """Name -> file of every register in a workspace: ``plans``, and ``releases`` with the folder that it lies in."""
    found = {PLANS: workspace / _PLANS} if (workspace / _PLANS).is_file() else {}
    for path in sorted(workspace.rglob(_RELEASES)):
        inside = path.parent.relative_to(workspace).as_posix()
        found["releases" if inside == "." else f"releases:{inside}"] = path
    return found


def noted(path: Path, lines: int | None = None) -> str:
    """``12:ab34…``: how many lines a register has, and the SHA-256 of them; of its first ``lines`` where given."""
    whole = path.read_bytes().splitlines(keepends=True)
    first = whole if lines is None else whole[:lines]
    return f"{len(first)}:{hashlib.sha256(b''.join(first)).hexdigest()}"


def older(workspace: Path, held: Mapping[str, str]) -> dict[str, int]:
    """How many lines each register lacks of what was noted; those that lack none are left out.

    Parameters
    ----------
    held
        Name of a register -> what was noted of it, as ``noted`` says it.

    Raises
    ------
    VerificationError
        If a register does not begin with the lines that were noted, or is not there.
    ArushaError
        If what was noted is not of that form.
    """
    there, lacking = registers(workspace), {}
    for name, told in held.items():
        number, _, digest = told.partition(":")
        if not (number.isascii() and number.isdecimal()) or len(digest) != 64:
            raise of(ArushaError, "register-noted", "register-printed", where=name)
        if name not in there:
            raise of(VerificationError, "register-lacking", "backup-evidence", where=name)
        now = int(noted(there[name]).partition(":")[0])
        if now < int(number):
            lacking[name] = int(number) - now
        elif noted(there[name], int(number)) != told:
            raise of(VerificationError, "register-edited", "backup-evidence", where=name, n=int(number))
    return lacking
