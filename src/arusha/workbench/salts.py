"""The seed of a draw, which nobody alone can choose: two people commit to a salt before the quarter, and say it after.

Before a quarter begins the auditor and a second person, of the union or the board's secretary, each commit to a salt:
its hash goes into the ledger, the salt is theirs to keep. When the quarter has begun each says theirs. The seed is

    SHA-256(``second decisions`` / quarter / the auditor's salt / the second's salt / root)

where the root is of the ledger as it stood when the quarter began. Who adds entries knows no salt; who knows one salt
does not know the other; and both salts were fixed before the root was. What the two could do together, and who refuses
to say a salt, is in docs/workbench.md.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from arusha.language.told import error as error_of
from arusha.ledger.turns import taking_turns
from arusha.workbench.alerts import AlertError
from arusha.workbench.quarter import Quarter
from arusha.workbench.record import Record

COMMITTED, REVEALED = "rereview.committed", "rereview.revealed"
AUDITOR, SECOND = "auditor", "second"
PARTS: Mapping[str, frozenset[str]] = {
    AUDITOR: frozenset({"internal-auditor"}),
    SECOND: frozenset({"union-reviewer", "board-secretary"}),
}
"""Part -> the roles that may take it. The charter lets nobody be auditor and anything else."""
SALT_BYTES = 16


@dataclass(frozen=True)
class Seed:
    """How far the seed of a quarter's draw is: who committed to a salt and to which, and the salts that were said.

    ``size`` is the number of entries of the ledger when the quarter began; none while no salt was said.
    """

    quarter: str
    size: int | None
    committed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def value(self, record: Record) -> str | None:
        """The seed in hexadecimal; none while anything lacks."""
        if self.size is None or set(self.said) != set(PARTS):
            return None
        root = record.ledger.root(self.size).hex()
        return seed_of(self.quarter, self.said[AUDITOR], self.said[SECOND], root)


def seed_of(quarter: str, auditor: str, second: str, root: str) -> str:
    """The seed of two salts and a root (hexadecimal)."""
    return hashlib.sha256("/".join(("second decisions", quarter, auditor, second, root)).encode()).hexdigest()


def commitment(quarter: str, part: str, salt: str) -> str:
    """What goes into the ledger for a salt. Quarter and part are in it: no commitment serves twice."""
    return hashlib.sha256("/".join(("salt", quarter, part, salt)).encode()).hexdigest()


def part_of(roles: frozenset[str]) -> str | None:
    """The part that somebody with these roles may take; none where there is none."""
    return next((part for part, of in PARTS.items() if roles & of), None)


def seed(record: Record, quarter: Quarter) -> Seed:
    """What the ledger says of a quarter's seed.

    Where the ledger stood when the quarter began is said by the first salt, and fixed by it: at that time nobody can
    know both salts. An entry that is added later, whatever time it bears, changes nothing. Commitments count that
    stand before that place.
    """
    size: int | None = None
    committed: dict[str, tuple[str, str]] = {}
    said: dict[str, str] = {}
    for number in record.about(f"quarter:{quarter.name}"):
        entry = record.ledger.entry(number).entry
        told = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects}
        part = told.get("part", "")
        if entry.kind == COMMITTED and size is None:
            committed.setdefault(part, (entry.actor, told["commitment"]))
        elif entry.kind == REVEALED and part in committed and _opens(quarter, part, told["salt"], committed):
            if size is None:
                size = int(told["upto"])
                committed = {p: c for p, c in committed.items() if _made_before(record, quarter, p, size)}
            said.setdefault(part, told["salt"])
    return Seed(quarter.name, size, committed, {p: s for p, s in said.items() if p in committed})


def _made_before(record: Record, quarter: Quarter, part: str, size: int) -> bool:
    numbers = record.about(f"quarter:{quarter.name}")
    entries = [(n, record.ledger.entry(n).entry) for n in numbers if n < size]
    return any(e.kind == COMMITTED and f"part:{part}" in e.subjects for _, e in entries)


def _opens(quarter: Quarter, part: str, salt: str, committed: Mapping[str, tuple[str, str]]) -> bool:
    return hmac.compare_digest(commitment(quarter.name, part, salt), committed[part][1])


def _began(record: Record, quarter: Quarter) -> int:
    """How many entries stand before the first one of a quarter, or of a later one. By halves: times do not fall."""
    start = datetime.combine(quarter.start, time.min, UTC)
    low, high = 0, len(record.ledger)
    while low < high:
        middle = (low + high) // 2
        if datetime.fromisoformat(record.ledger.entry(middle).entry.time) < start:
            low = middle + 1
        else:
            high = middle
    return low


def commit(record: Record, actor: str, roles: frozenset[str], today: date) -> tuple[Quarter, str]:
    """Commit to a new salt for the next quarter's draw. The salt is returned once, and kept nowhere.

    Raises
    ------
    AlertError
        If the roles have no part in it, or the part is taken.
    """
    part = part_of(roles)
    quarter = Quarter.of(Quarter.of(today).end)
    if part is None:
        raise error_of(AlertError, "salt-no-part", "", where=quarter.name)
    with taking_turns(record.lock):
        known = seed(record, quarter)
        if part in known.committed:
            raise error_of(AlertError, "salt-committed", "salt-keep", where=quarter.name)
        salt = secrets.token_hex(SALT_BYTES)
        told = commitment(quarter.name, part, salt)
        record.add(COMMITTED, actor, f"quarter:{quarter.name}", f"part:{part}", f"commitment:{told}")
    return quarter, salt


def reveal(record: Record, actor: str, roles: frozenset[str], salt: str, today: date) -> None:
    """Say the salt that one's part committed to, once the quarter has begun.

    Raises
    ------
    AlertError
        If the roles have no part in it, nothing was committed to, it was said already, or it is another salt.
    """
    part = part_of(roles)
    quarter = Quarter.of(today)
    with taking_turns(record.lock):
        known = seed(record, quarter)
        if part is None or part not in known.committed or part in known.said:
            raise error_of(AlertError, "salt-not-waited", "", where=quarter.name)
        salt = salt.strip().lower()
        if not _opens(quarter, part, salt, known.committed):
            raise error_of(AlertError, "salt-other", "salt-note", where=quarter.name)
        size = _began(record, quarter) if known.size is None else known.size
        subjects = (f"quarter:{quarter.name}", f"part:{part}", f"salt:{salt}", f"upto:{size}")
        record.add(REVEALED, actor, *subjects)
