"""Legal holds: what may not be deleted though its time is over. One person places a hold, two lift it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from arusha.charter import State
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import Record

KIND = "hold."
PLACED, LIFT_ASKED, LIFTED = "placed", "lift-asked", "lifted"
EVERYTHING = "everything"
_TARGET = re.compile(r"(assessment|signal):[A-Za-z0-9][A-Za-z0-9._-]{0,126}|everything")


class HoldError(ArushaError):
    """A hold cannot be placed or lifted so; nothing was recorded."""


@dataclass(frozen=True)
class Hold:
    """A hold on ``everything``, one ``assessment:NAME`` or the alert of one ``signal:ID``; ``number`` is its entry."""

    key: str
    target: str
    number: int
    by: str
    at: datetime
    lift_asked_by: str = ""


def holds(record: Record) -> dict[str, Hold]:
    """The holds that stand, by their keys."""
    found: dict[str, Hold] = {}
    for number in record.about_kind("hold"):
        recorded = record.ledger.entry(number)
        entry = recorded.entry
        if not entry.kind.startswith(KIND):
            continue
        key = next(s.partition(":")[2] for s in entry.subjects if s.startswith("hold:"))
        act = entry.kind.removeprefix(KIND)
        if act == PLACED:
            target = next((s for s in entry.subjects if s.startswith(("assessment:", "signal:"))), EVERYTHING)
            found[key] = Hold(key, target, number, entry.actor, datetime.fromisoformat(entry.time))
        elif key in found and act == LIFT_ASKED:
            found[key] = replace(found[key], lift_asked_by=entry.actor)
        elif key in found and act == LIFTED:
            asked = found[key].lift_asked_by
            if "mode:solo" in entry.subjects or (asked and asked != entry.actor):
                del found[key]
    return found


def held(standing: dict[str, Hold], *targets: str) -> bool:
    """Whether a hold stands on everything, or on one of these."""
    return any(hold.target == EVERYTHING or hold.target in targets for hold in standing.values())


def place(record: Record, actor: str, target: str, reason: str) -> Recorded:
    """Place a hold, at once.

    Raises
    ------
    HoldError
        If it names nothing that can be held, or no reason is given.
    """
    if not _TARGET.fullmatch(target):
        raise of(HoldError, "hold-on", "hold-on", where=target[:80])
    if not reason.strip():
        raise of(HoldError, "hold-reason", "hold-reason")
    about = () if target == EVERYTHING else (target,)
    return record.add(KIND + PLACED, actor, f"hold:{secrets.token_hex(4)}", *about, reason=reason.strip()[:2000])


def lift(record: Record, state: State | None, actor: str, key: str) -> Recorded:
    """Ask that a hold is lifted; where another person asks for the same, it is.

    Raises
    ------
    HoldError
        If it does not stand, or the same person asks twice.
    """
    with taking_turns(record.lock):
        found = holds(record).get(key)
        if found is None:
            raise of(HoldError, "hold-none", "", where=key)
        if state is None or state.solo:
            return record.add(KIND + LIFTED, actor, f"hold:{key}", "mode:solo")
        if not found.lift_asked_by:
            return record.add(KIND + LIFT_ASKED, actor, f"hold:{key}")
        if found.lift_asked_by == actor:
            raise of(HoldError, "hold-another", "", where=key)
        return record.add(KIND + LIFTED, actor, f"hold:{key}")


def reason_of(record: Record, hold: Hold) -> str | None:
    """Why it was placed; none where that was expunged."""
    part = record.ledger.content(hold.number).get("reason")
    return str(part.value) if part is not None else None
