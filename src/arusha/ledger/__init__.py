"""The tamper-evident record of what was done.

An append-only Merkle log (RFC 6962) of entries that hold pseudonyms and commitments, never content; checkpoints signed
by the ledger and by witnesses; proofs; and what none of it can prove.
"""

from __future__ import annotations

from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof, InclusionProof
from arusha.ledger.contents import Contents, FolderContents
from arusha.ledger.entry import Entry, Event, Part, part
from arusha.ledger.handover import hand_over, page, qr_svg
from arusha.ledger.keys import WARNING, MadeKey, make_key, read_key, read_public_keys
from arusha.ledger.limits import CANNOT_PROVE, Limit
from arusha.ledger.log import Ledger, Recorded
from arusha.ledger.note import Key, Signer
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.verify import Comparison, Verification, compare, verify
from arusha.ledger.witness import Witnessed, witness

__all__ = [
    "CANNOT_PROVE",
    "WARNING",
    "ChangedError",
    "Checkpoint",
    "Comparison",
    "ConsistencyProof",
    "Contents",
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
