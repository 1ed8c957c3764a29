"""What others hold against a ledger before a name opens: a witness's fresh checkpoint, and what each share last saw.

A copy of a workspace from before a question was paused is whole: nothing in it says that it is old. Somebody outside
does: a witness who signed a checkpoint lately, and who signs none of a ledger that became shorter; and the key
holders, beside whose shares it is noted how far the ledger was when the share was last used.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from arusha.charter.problems import Missing, lacks
from arusha.language.told import error as of
from arusha.ledger import ChangedError, Checkpoint, Ledger
from arusha.ledger.keys import read_public_keys
from arusha.ledger.note import WITNESS, Key
from arusha.ledger.problems import LedgerError

FRESH = timedelta(days=7)
"""How old the newest signature of a witness may be."""
_AHEAD = timedelta(hours=1)
"""How far a witness's clock may be ahead of ours."""
SEEN = ".seen"


@dataclass(frozen=True)
class Outside:
    """Checkpoints that were brought, and the public keys of witnesses as the key holders know them."""

    checkpoints: tuple[Checkpoint, ...] = ()
    witnesses: tuple[Key, ...] = ()


def brought(checkpoints: Iterable[Path], witnesses: Iterable[str]) -> Outside:
    """Read checkpoints and keys from files; a key may be given as its line.

    Raises
    ------
    LedgerError
        If one is none, or a key is not a witness's.
    """
    keys = read_public_keys(*witnesses)
    for key in keys:
        if key.kind != WITNESS:
            raise of(LedgerError, "witness-not", "witness-own", where="--witness", name=key.name)
    return Outside(tuple(Checkpoint.read(path) for path in checkpoints), keys)


def unvouched(ledger: Ledger, outside: Outside, shares: Sequence[Path], now: datetime | None = None) -> list[Missing]:
    """What shows that a ledger is not the newest, or fails to show that it is; empty where it stands.

    Parameters
    ----------
    ledger
        The charter's. It verifies by itself.
    outside, shares
        What was brought, and the files of the shares, beside each of which lies what it last saw.
    """
    at = datetime.now(UTC) if now is None else now
    notes = [_seen(share) for share in shares]
    seen = [note[_first(ledger)] for note in notes if note is not None and _first(ledger) in note]
    mine = [c for c in outside.checkpoints if c.origin == ledger.origin]
    held = [(c.size, c.root.hex()) for c in mine] + [(int(s["size"]), str(s["root"])) for s in seen]
    problems = []
    # A note that cannot be read may have said anything.
    if None in notes or not all(_begins(ledger, size, root) for size, root in held):
        text = "the charter's ledger goes on from what a witness or a key holder last saw of it"
        problems.append(lacks("older", text, "identify-older"))
    if not any(_fresh(c, outside.witnesses, at) for c in mine):
        text = f"a checkpoint of the charter's ledger that a witness signed within {FRESH.days} days"
        problems.append(lacks("witness", text, "identify-witness", days=str(FRESH.days)))
    return problems


def remember(ledger: Ledger, shares: Sequence[Path]) -> None:
    """Note beside each share how far the ledger is; where nothing can be written, as of one on paper, nothing is."""
    size = len(ledger)
    told = {"origin": ledger.origin, "size": size, "root": ledger.root(size).hex()}
    for share in shares:
        path = share.with_name(share.name + SEEN)
        temporary = path.with_name(path.name + ".new")
        try:
            known = (_seen(share) or {}) | {_first(ledger): told}
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(known, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            continue


def _first(ledger: Ledger) -> str:
    """What tells ledgers of one name apart: the root of their first entry, which no copy can shed."""
    return ledger.root(min(1, len(ledger))).hex()


def _seen(share: Path) -> dict[str, Any] | None:
    """What a share last saw, by ledger; none where the note is there and cannot be read."""
    path = share.with_name(share.name + SEEN)
    try:
        told = json.loads(path.read_text("utf-8"))
        return {str(k): {"size": int(v["size"]), "root": str(v["root"])} for k, v in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _begins(ledger: Ledger, size: int, root: str) -> bool:
    return 0 <= size <= len(ledger) and ledger.root(size).hex() == root


def _fresh(checkpoint: Checkpoint, witnesses: Sequence[Key], now: datetime) -> bool:
    try:
        signed = checkpoint.signed_by(witnesses)
    except ChangedError:
        return False
    times = [datetime.fromtimestamp(s.time, UTC) for s in signed if s.time is not None and 0 < s.time < 1 << 34]
    return any(now - FRESH <= time <= now + _AHEAD for time in times)
