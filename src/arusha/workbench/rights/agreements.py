"""What two people agree to about rights: which acts belong to which role, and exceptions with an end, in the ledger.

One asks and another agrees, who is neither the first nor whom an exception is about. Either may end it with words. An
exception is over by itself after its last day. The state is nothing but what the entries say, read again each time: an
agreement that these rules do not let pass changes nothing, and words that were expunged are in force no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from arusha.access.rights import Exemption
from arusha.access.role_acts import RoleActs, RoleActsError, from_dict
from arusha.charter import State
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.entry import is_pseudonym
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import Record

ACTS, EXCEPTION = "rights.acts-declared", "rights.exception-asked"
AGREED, DECLINED, WITHDRAWN = "rights.agreed", "rights.declined", "rights.withdrawn"
LONGEST = timedelta(days=366)
"""Of an exception: after a year somebody looks again."""
MOST_WORDS = 2000


class RightsError(ArushaError):
    """An exception or a declaration of acts cannot take this step, or not by this person; nothing was recorded."""


@dataclass(frozen=True)
class Agreement:
    """Acts that were declared, or an exception; ``acts`` and ``exemption`` are none where they cannot be read any more.

    ``control`` is what is done instead of keeping the roles apart, ``reason`` why they are in one hand.
    """

    key: str
    kind: str
    digest: str
    by: str
    at: datetime
    acts: RoleActs | None = None
    exemption: Exemption | None = None
    control: str = ""
    reason: str = ""
    agreed_by: str = ""
    agreed_at: datetime | None = None
    over: str = ""
    over_by: str = ""

    def state(self, today: date) -> str:
        """``waiting``, ``in-force``, ``coming``, ``expired``, ``lapsed``, ``unreadable``, ``declined``, ``withdrawn``
        or ``replaced``; lapsed is what nobody agreed to before it was over."""
        if self.over:
            return self.over
        if self.acts is None and self.exemption is None:
            return "unreadable"
        if self.exemption is not None and today > self.exemption.end:
            return "expired" if self.agreed_by else "lapsed"
        if not self.agreed_by:
            return "waiting"
        return "coming" if self.exemption is not None and today < self.exemption.start else "in-force"


def today() -> date:
    """The day now, in UTC."""
    return datetime.now(UTC).date()


def alone(state: State | None) -> bool:
    """Whether there is one person only, who does all."""
    return state is None or state.solo


def agreements(record: Record, state: State | None) -> dict[str, Agreement]:
    """All of them by their keys, the oldest first."""
    found: dict[str, Agreement] = {}
    for number in record.about_kind("rights"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (ACTS, EXCEPTION, AGREED, DECLINED, WITHDRAWN):
            _apply(record, found, recorded, alone(state))
    return found


def declared(record: Record, state: State | None) -> RoleActs | None:
    """The acts that are in force."""
    found = [a for a in agreements(record, state).values() if a.acts is not None and a.state(today()) == "in-force"]
    return found[-1].acts if found else None


def exemptions(record: Record, state: State | None) -> list[Exemption]:
    """Exceptions that were agreed to and not ended by words, those that are over among them: they cover their days."""
    found = agreements(record, state).values()
    return [a.exemption for a in found if a.exemption is not None and a.agreed_by and not a.over]


def declare(record: Record, state: State | None, actor: str, acts: RoleActs) -> Agreement:
    """Ask that acts belong to roles so.

    Raises
    ------
    RightsError
        If the same waits or is in force.
    """
    with taking_turns(record.lock):
        known = agreements(record, state)
        if any(a.acts == acts and a.state(today()) in ("waiting", "in-force") for a in known.values()):
            raise of(RightsError, "rights-same", "rights-change")
        told = {"acts": acts.as_dict()}
        key = str(len(known) + 1)
        record.add(ACTS, actor, f"rights:{key}", f"digest:{_digest(told)}", **told)
        return agreements(record, state)[key]


def ask(record: Record, state: State | None, actor: str, wanted: Exemption, control: str, reason: str) -> Agreement:
    """Ask for an exception.

    Raises
    ------
    RightsError
        If it begins before today, ends before it begins or after more than a year, has no control or reason, is the
        asker's own, or one of the same waits or is in force.
    """
    if wanted.start < today():
        raise of(RightsError, "rights-begins", "rights-begins")
    if wanted.end < wanted.start:
        raise of(RightsError, "rights-ends", "rights-ends")
    if wanted.end - wanted.start > LONGEST:
        raise of(RightsError, "rights-year", "rights-year")
    control, reason = control.strip()[:MOST_WORDS], reason.strip()[:MOST_WORDS]
    if not control or not reason or "\0" in control + reason:
        raise of(RightsError, "rights-control", "rights-control")
    if actor == wanted.user and not alone(state):
        raise of(RightsError, "rights-own", "")
    with taking_turns(record.lock):
        known = agreements(record, state)
        for other in known.values():
            if other.exemption is not None and other.state(today()) in ("waiting", "in-force", "coming"):
                same = (other.exemption.user, other.exemption.pair) == (wanted.user, wanted.pair)
                if same and other.exemption.office in (None, wanted.office):
                    raise of(RightsError, "rights-same-exception", "rights-end-first", where=other.key)
        told = {
            "about": wanted.user,
            "roles": list(wanted.pair),
            "office": wanted.office or "",
            "from": wanted.start.isoformat(),
            "until": wanted.end.isoformat(),
            "control": control,
            "reason": reason,
        }
        key = str(len(known) + 1)
        whom = [wanted.user] if is_pseudonym(wanted.user) else []
        record.add(EXCEPTION, actor, f"rights:{key}", f"digest:{_digest(told)}", *whom, exception=told)
        return agreements(record, state)[key]


def agree(record: Record, state: State | None, actor: str, key: str, seen: str) -> Recorded:
    """Agree to what another asked for; ``seen`` is the digest that the page showed.

    Raises
    ------
    RightsError
        If nothing of it waits, it is another than was shown, or the same person or the one concerned would agree.
    """
    with taking_turns(record.lock):
        found = agreements(record, state).get(key)
        if found is None or found.state(today()) != "waiting":
            raise of(RightsError, "nothing-waits", "", where=key)
        if seen != found.digest:
            raise of(RightsError, "rights-page", "rights-page", where=key)
        told = [f"rights:{key}", f"digest:{found.digest}"]
        if alone(state):
            return record.add(AGREED, actor, *told, "mode:solo")
        if actor == found.by or (found.exemption is not None and actor == found.exemption.user):
            raise of(RightsError, "agrees-another-about", "", where=key)
        return record.add(AGREED, actor, *told)


def end(record: Record, state: State | None, actor: str, key: str, why: str) -> Recorded:
    """Decline what waits, or withdraw what is in force or coming: one person alone, with words.

    Raises
    ------
    RightsError
        If there is nothing to end, or no reason is given.
    """
    why = why.strip()[:MOST_WORDS]
    if not why or "\0" in why:
        raise of(RightsError, "reason-needed", "reason-sentence", where=key)
    with taking_turns(record.lock):
        found = agreements(record, state).get(key)
        if found is None or found.state(today()) not in ("waiting", "in-force", "coming"):
            raise of(RightsError, "nothing-waits-or-holds", "", where=key)
        kind = DECLINED if found.state(today()) == "waiting" else WITHDRAWN
        return record.add(kind, actor, f"rights:{key}", why=why)


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _apply(record: Record, found: dict[str, Agreement], recorded: Recorded, one_person: bool) -> None:
    entry = recorded.entry
    told = dict(s.split(":", 1) for s in entry.subjects if ":" in s)
    key = told["rights"]
    if entry.kind in (ACTS, EXCEPTION):
        if key in found:
            return
        made = Agreement(key, entry.kind, told.get("digest", ""), entry.actor, datetime.fromisoformat(entry.time))
        found[key] = _with_words(record, recorded.number, made)
        return
    about = found.get(key)
    if about is None or about.over:
        return
    at = datetime.fromisoformat(entry.time)
    if entry.kind in (DECLINED, WITHDRAWN):
        found[key] = replace(about, over=entry.kind.partition(".")[2], over_by=entry.actor)
        return
    concerned = about.exemption.user if about.exemption is not None else ""
    lone = one_person and told.get("mode") == "solo"
    if about.agreed_by or told.get("digest") != about.digest or (not lone and entry.actor in (about.by, concerned)):
        return
    if about.exemption is not None:
        # It holds from the day on which the second person agreed.
        begun = max(about.exemption.start, at.date())
        about = replace(about, exemption=replace(about.exemption, start=begun))
    found[key] = replace(about, agreed_by=entry.actor, agreed_at=at)
    if about.acts is not None:
        for other, former in found.items():
            if other != key and former.acts is not None and former.agreed_by and not former.over:
                found[other] = replace(former, over="replaced", over_by=entry.actor)


def _with_words(record: Record, number: int, made: Agreement) -> Agreement:
    """The agreement with what it says; without it where that is gone, or is not what was asked for."""
    content = record.ledger.content(number)
    part = content.get("acts" if made.kind == ACTS else "exception")
    if part is None:
        return made
    try:
        if made.kind == ACTS:
            read = from_dict(part.value)
            return replace(made, acts=read) if _digest({"acts": read.as_dict()}) == made.digest else made
        told = dict(part.value)
        if _digest(told) != made.digest:
            return made
        one, other = (str(role) for role in told["roles"])
        start, last = (date.fromisoformat(str(told[name])) for name in ("from", "until"))
        if last < start:
            return made
        about = Exemption(str(told["about"]), (one, other), str(told["office"]) or None, start, last)
        return replace(made, exemption=about, control=str(told["control"]), reason=str(told["reason"]))
    except (RoleActsError, KeyError, TypeError, ValueError, AttributeError):
        return made
