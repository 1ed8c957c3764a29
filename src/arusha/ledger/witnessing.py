"""What a witness does: check that the ledger only grew since last time, sign, and remember."""

from __future__ import annotations

import time as clock
from collections.abc import Iterable
from dataclasses import dataclass

from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof
from arusha.ledger.note import WITNESS, Key, Signer
from arusha.ledger.problems import ChangedError, LedgerError


@dataclass(frozen=True)
class Witnessed:
    """A checkpoint with the witness's line. Keep it: it is what the next one is held against.

    ``first_time`` says that there was nothing to compare with.
    """

    checkpoint: Checkpoint
    first_time: bool


def witness(
    proof: ConsistencyProof,
    *,
    held: Checkpoint | None,
    log_keys: Iterable[Key],
    signer: Signer,
    time: int | None = None,
) -> Witnessed:
    """Sign a checkpoint as a witness, if the ledger still begins with what this witness signed last.

    Parameters
    ----------
    proof
        Checkpoint and proof of growth, as the ledger hands them over.
    held
        The checkpoint that this witness signed last; none the first time.
    log_keys
        The ledger's public keys, learnt when the ledger was made and not from the ledger.
    signer
        The witness's own key.
    time
        Seconds since 1970; now where none.

    Raises
    ------
    ChangedError
        If the ledger's signature is missing or does not hold, or the history is not the one that was signed last:
        nothing is signed then, and both checkpoints are evidence.
    LedgerError
        If the checkpoint is of another ledger, the proof begins elsewhere, or the key is not a witness's.
    """
    new = proof.checkpoint
    if signer.key.kind != WITNESS:
        raise LedgerError(f"the key of {signer.key.name} is not a witness's", remedy="make one with witness=True")
    new.demand_log([key for key in log_keys if key.name == new.origin])
    if held is not None:
        if held.origin != new.origin:
            raise LedgerError(f"the checkpoint is of {new.origin}, the one held is of {held.origin}")
        if new.size < held.size:
            raise ChangedError(
                f"the ledger shows {new.size:,} entries, and you signed {held.size:,}: some were cut off, or it is an "
                "older copy",
                remedy="do not sign; keep both checkpoints and tell the other witnesses",
            )
        if new.size == held.size and new.root != held.root:
            raise _two_histories(held, new)
        if new.size > held.size and proof.first != held.size:
            raise LedgerError(
                f"the proof begins at {proof.first:,} entries, and you signed {held.size:,}",
                remedy=f"ask for the proof from {held.size}",
            )
        if new.size > held.size and not proof.holds(held):
            raise _two_histories(held, new)
    return Witnessed(new.cosigned(signer, int(clock.time()) if time is None else time), held is None)


def _two_histories(held: Checkpoint, new: Checkpoint) -> ChangedError:
    return ChangedError(
        f"the {new.size:,} entries shown do not begin with the {held.size:,} that you signed",
        remedy="do not sign; keep both checkpoints and tell the other witnesses",
    )
