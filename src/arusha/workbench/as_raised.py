"""A signal as it stood when its alert was made: who can write to the folder makes no case by editing its files.

The entry of the ledger that makes an alert holds a digest of the signal's row and of the rows behind it. Whoever
decides, reads second or asks for a name does so over the same. An assessment that is run again over the same records
and plan gives the same rows, and the same digest, whatever its charter says by then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from arusha.assessment.folder import digest
from arusha.errors import VerificationError
from arusha.indicators.signals import SCHEMA
from arusha.language.told import error as of
from arusha.workbench.alert import KIND, RAISED, RAISED_AGAIN
from arusha.workbench.record import Record

SEAL = "as"
"""Kind of the subject that holds the digest."""


def seal(folder: Path, row: Mapping[str, Any]) -> str:
    """Digest of a signal's row, by the columns of the contract, and of the file with the rows behind it, if any."""
    columns = {name: row.get(name) for name in SCHEMA.names}
    behind = folder / "evidence" / f"{row['signal_id']}.parquet"
    rows = digest(behind) if behind.is_file() else ""
    return sha256(json.dumps([columns, rows], sort_keys=True, default=str).encode()).hexdigest()


def as_raised(record: Record, folder: Path, row: Mapping[str, Any]) -> bool:
    """Whether a signal is what its alert was made of; also where an alert of an earlier version holds no digest."""
    for number in reversed(record.about(f"signal:{row['signal_id']}")):
        entry = record.ledger.entry(number).entry
        if entry.kind in (KIND + RAISED, KIND + RAISED_AGAIN):
            held = [s.removeprefix(f"{SEAL}:") for s in entry.subjects if s.startswith(f"{SEAL}:")]
            return not held or held == [seal(folder, row)]
    return True


def demand_as_raised(record: Record, folder: Path, row: Mapping[str, Any]) -> None:
    """Refuse to go on with an alert whose signal was changed since.

    Raises
    ------
    VerificationError
        If its row or the rows behind it are not those of which the alert was made.
    """
    if not as_raised(record, folder, row):
        raise of(VerificationError, "signal-not-as-raised", "signal-not-as-raised", where=str(row["signal_id"]))
