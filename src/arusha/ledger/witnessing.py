"""What a witness does: check that the ledger only grew since last time, sign, and remember."""

from __future__ import annotations

import time as clock
from collections.abc import Iterable
from dataclasses import dataclass

from arusha.language.told import error as of
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
        raise of(LedgerError, "witness-not", "led-witness-key", name=signer.key.name)
    new.demand_log([key for key in log_keys if key.name == new.origin])
    if held is not None:
        if held.origin != new.origin:
            raise of(LedgerError, "led-held-other", "", origin=new.origin, other=held.origin)
        if new.size < held.size:
            raise of(ChangedError, "led-cut", "led-do-not-sign", n=f"{new.size:,}", held=f"{held.size:,}")
        if new.size == held.size and new.root != held.root:
            raise _two_histories(held, new)
        if new.size > held.size and proof.first != held.size:
            raise of(
                LedgerError,
                "led-proof-begins",
                "led-proof-from",
                first=f"{proof.first:,}",
                held=f"{held.size:,}",
                size=held.size,
            )
        if new.size > held.size and not proof.holds(held):
            raise _two_histories(held, new)
    return Witnessed(new.cosigned(signer, int(clock.time()) if time is None else time), held is None)


def _two_histories(held: Checkpoint, new: Checkpoint) -> ChangedError:
    return of(ChangedError, "led-two-histories", "led-do-not-sign", n=f"{new.size:,}", held=f"{held.size:,}")
