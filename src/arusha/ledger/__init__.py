"""The tamper-evident record of what was done.

An append-only Merkle log (RFC 6962) of entries that hold pseudonyms and commitments, never content; checkpoints signed
by the ledger and by witnesses; proofs; and what none of it can prove. Everything here is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "Checkpoint": "arusha.ledger.checkpoint",
    "ConsistencyProof": "arusha.ledger.checkpoint",
    "InclusionProof": "arusha.ledger.checkpoint",
    "Contents": "arusha.ledger.contents",
    "FolderContents": "arusha.ledger.contents",
    "Entry": "arusha.ledger.entry",
    "Event": "arusha.ledger.entry",
    "Part": "arusha.ledger.entry",
    "part": "arusha.ledger.entry",
    "hand_over": "arusha.ledger.handover",
    "page": "arusha.ledger.handover",
    "qr_svg": "arusha.ledger.handover",
    "WARNING": "arusha.ledger.keys",
    "MadeKey": "arusha.ledger.keys",
    "make_key": "arusha.ledger.keys",
    "read_key": "arusha.ledger.keys",
    "read_public_keys": "arusha.ledger.keys",
    "CANNOT_PROVE": "arusha.ledger.limits",
    "Limit": "arusha.ledger.limits",
    "Ledger": "arusha.ledger.log",
    "Recorded": "arusha.ledger.log",
    "ContentsCheck": "arusha.ledger.log",
    "Key": "arusha.ledger.note",
    "Signer": "arusha.ledger.note",
    "ChangedError": "arusha.ledger.problems",
    "LedgerError": "arusha.ledger.problems",
    "Comparison": "arusha.ledger.verification",
    "Verification": "arusha.ledger.verification",
    "compare": "arusha.ledger.verification",
    "verify": "arusha.ledger.verification",
    "Witnessed": "arusha.ledger.witnessing",
    "witness": "arusha.ledger.witnessing",
}

if TYPE_CHECKING:
    from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof, InclusionProof
    from arusha.ledger.contents import Contents, FolderContents
    from arusha.ledger.entry import Entry, Event, Part, part
    from arusha.ledger.handover import hand_over, page, qr_svg
    from arusha.ledger.keys import WARNING, MadeKey, make_key, read_key, read_public_keys
    from arusha.ledger.limits import CANNOT_PROVE, Limit
    from arusha.ledger.log import ContentsCheck, Ledger, Recorded
    from arusha.ledger.note import Key, Signer
    from arusha.ledger.problems import ChangedError, LedgerError
    from arusha.ledger.verification import Comparison, Verification, compare, verify
    from arusha.ledger.witnessing import Witnessed, witness

__all__ = [
    "CANNOT_PROVE",
    "WARNING",
    "ChangedError",
    "Checkpoint",
    "Comparison",
    "ConsistencyProof",
    "Contents",
    "ContentsCheck",
    "Entry",
    "Event",
    "FolderContents",
    "InclusionProof",
    "Key",
    "Ledger",
    "LedgerError",
    "Limit",
    "MadeKey",
    "Part",
    "Recorded",
    "Signer",
    "Verification",
    "Witnessed",
    "compare",
    "hand_over",
    "make_key",
    "page",
    "part",
    "qr_svg",
    "read_key",
    "read_public_keys",
    "verify",
    "witness",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
