"""Reasons that explain looks and acts: proposed by one person, agreed to by a steward and a union reader, in versions.

Nothing but what the ledger says, read again each time. A reason's parameters are words in the contents, bound by the
digest in the entry; where they were expunged, or the program now means something else by them, it is not in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from arusha.access.explaining import SAMPLE
from arusha.access.templates import Template, TemplateError, from_dict
from arusha.charter import State
from arusha.language.told import error as of
from arusha.ledger import Event, Recorded
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import LOOK, Record

PROPOSED, CHECKED, AGREED, DECLINED, WITHDRAWN = (
    f"reason.{act}" for act in ("proposed", "checked", "agreed", "declined", "withdrawn")
)
As = Literal["steward", "union"]
READERS: tuple[As, ...] = ("steward", "union")
WITH_WORDS = ("declined", "withdrawn")
"""States of a version that somebody gave words for."""
SHORT = 16
"""Letters of a digest in subjects and addresses."""


@dataclass(frozen=True)
class Check:
    """What the steward found in the drawn sample."""

    by: str
    holds: int
    fails: int
    unclear: int


@dataclass(frozen=True)
class Version:
    """One version of a reason; ``template`` is none where it cannot be read any more."""

    number: int
    digest: str
    template: Template | None
    by: str
    at: datetime
    check: Check | None = None
    agreed: Mapping[As, str] = field(default_factory=dict)
    over: str = ""
    """``declined``, ``withdrawn`` or ``replaced`` by whom it is over; empty while it waits or is in force."""
    over_by: str = ""

    @property
    def state(self) -> str:
        """``waiting``, ``in-force``, ``unreadable``, ``declined``, ``withdrawn`` or ``replaced``."""
        if self.over:
            return self.over
        if self.template is None:
            return "unreadable"
        return "in-force" if all(who in self.agreed for who in READERS) else "waiting"


@dataclass(frozen=True)
class Reason:
    """A reason with its versions, the oldest first."""

    key: str
    versions: tuple[Version, ...] = ()

    @property
    def in_force(self) -> Version | None:
        """The version that explains now."""
        return next((v for v in reversed(self.versions) if v.state == "in-force"), None)

    @property
    def waiting(self) -> Version | None:
        """The version that waits to be agreed to."""
        return next((v for v in reversed(self.versions) if v.state == "waiting"), None)

    @property
    def last(self) -> Version:
        """What is to be shown first: what waits, else what is in force, else the newest."""
        return self.waiting or self.in_force or self.versions[-1]


def alone(state: State | None) -> bool:
    """Whether there is one person only, who does all."""
    return state is None or state.solo


def reasons(record: Record, state: State | None) -> dict[str, Reason]:
    """Every reason by its key, the oldest first."""
    found: dict[str, Reason] = {}
    for number in record.about_kind("template"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (PROPOSED, CHECKED, AGREED, DECLINED, WITHDRAWN):
            _apply(record, found, recorded, alone(state))
    return found


def in_force(record: Record, state: State | None) -> dict[str, Template]:
    """Key -> what explains now."""
    found = {key: reason.in_force for key, reason in reasons(record, state).items()}
    return {key: v.template for key, v in found.items() if v is not None and v.template is not None}


def propose(record: Record, state: State | None, actor: str, template: Template, key: str = "") -> Version:
    """Ask for a reason, or for another version of one; its key is the first subject of the entry.

    Raises
    ------
    TemplateError
        If there is no reason of that key, or one that says the same is in force or waits.
    """
    with taking_turns(record.lock):
        known = reasons(record, state)
        if key and key not in known:
            raise of(TemplateError, "template-none", "", where=key)
        for other in known.values():
            if any(v.digest == template.digest and v.state in ("in-force", "waiting") for v in other.versions):
                raise of(TemplateError, "template-same", "", where=other.key)
        key = key or str(len(known) + 1)
        number = len(known[key].versions) + 1 if key in known else 1
        record.add(
            PROPOSED,
            actor,
            f"template:{key}",
            f"version:{number}",
            f"kind:{template.kind}",
            f"digest:{template.digest}",
            reason_given=template.as_dict(),
        )
        return reasons(record, state)[key].versions[-1]


def check(record: Record, state: State | None, actor: str, key: str, held: Check, drawn: int) -> Recorded:
    """Record what somebody found in the sample of the version that waits; again where they look again.

    Raises
    ------
    TemplateError
        If nothing waits, they proposed it or did not open the sample, or the numbers are not those of the sample.
    """
    with taking_turns(record.lock):
        found = _waiting(record, state, key)
        if not alone(state) and actor == found.by:
            raise of(TemplateError, "template-other-half", "", where=key)
        if not opened(record, actor, found):
            raise of(TemplateError, "template-not-opened", "template-open", where=key)
        numbers = (held.holds, held.fails, held.unclear)
        if min(numbers) < 0 or sum(numbers) != drawn or not 0 < drawn <= SAMPLE:
            raise of(TemplateError, "template-three", "", where=key, drawn=drawn)
        return record.add(
            CHECKED,
            actor,
            f"template:{key}",
            f"version:{found.number}",
            f"digest:{found.digest}",
            f"holds:{held.holds}",
            f"fails:{held.fails}",
            f"unclear:{held.unclear}",
        )


def agree(record: Record, state: State | None, actor: str, key: str, who: As, *, drawn: int, load: str) -> Recorded:
    """Agree to the version that waits, as steward or as union reader; with the second it is in force.

    ``drawn`` is how many entries its sample has: where there is one, the steward said what it shows. ``load`` is the
    digest of the records over which it was counted.

    Raises
    ------
    TemplateError
        If nothing waits, the person proposed it or agreed already, the sample was not checked, or the steward who
        agrees did not open it.
    """
    with taking_turns(record.lock):
        found = _waiting(record, state, key)
        if who in found.agreed:
            raise of(TemplateError, "template-half", "", where=key)
        if not alone(state) and (actor == found.by or actor in found.agreed.values()):
            raise of(TemplateError, "template-other-half", "", where=key)
        if drawn and found.check is None:
            raise of(TemplateError, "template-unchecked", "template-steward", where=key)
        if drawn and who == "steward" and not opened(record, actor, found):
            raise of(TemplateError, "template-not-opened", "template-open", where=key)
        told = [f"template:{key}", f"version:{found.number}", f"digest:{found.digest}", f"load:{load}"]
        if not alone(state):
            return record.add(AGREED, actor, *told, f"as:{who}")
        # Both halves or none: with one alone nothing on the page would lead to the other.
        halves = [Event(AGREED, actor, (*told, f"as:{one}", "mode:solo")) for one in READERS]
        return record.ledger.record(*halves)[-1]


def end(record: Record, state: State | None, actor: str, key: str, why: str) -> Recorded:
    """Decline the version that waits, or withdraw the one in force: either reader alone, with a reason.

    Raises
    ------
    TemplateError
        If there is none, or no reason is given.
    """
    if not why.strip():
        raise of(TemplateError, "reason-needed", "reason-sentence", where=key)
    with taking_turns(record.lock):
        reason = reasons(record, state).get(key)
        found = None if reason is None else reason.waiting or reason.in_force
        if found is None:
            raise of(TemplateError, "nothing-waits-or-holds", "", where=key)
        kind = DECLINED if found.state == "waiting" else WITHDRAWN
        return record.add(kind, actor, f"template:{key}", f"version:{found.number}", why=why.strip()[:2000])


def opened(record: Record, actor: str, version: Version) -> bool:
    """Whether somebody opened the sample of a version."""
    entries = (record.ledger.entry(n).entry for n in record.about(f"sample:{version.digest[:SHORT]}"))
    return any(entry.kind == LOOK and entry.actor == actor for entry in entries)


def why(record: Record, key: str, number: int) -> str | None:
    """The words with which a version was declined or withdrawn; none where they were expunged, empty where none are."""
    for entry in reversed(record.about(f"template:{key}")):
        told = record.ledger.entry(entry).entry
        if told.kind in (DECLINED, WITHDRAWN) and f"version:{number}" in told.subjects:
            part = record.ledger.content(entry).get("why")
            return str(part.value) if part is not None else None
    return ""


def _waiting(record: Record, state: State | None, key: str) -> Version:
    reason = reasons(record, state).get(key)
    if reason is None or reason.waiting is None:
        raise of(TemplateError, "nothing-waits", "", where=key)
    return reason.waiting


def _apply(record: Record, found: dict[str, Reason], recorded: Recorded, one_person: bool) -> None:
    entry = recorded.entry
    told = dict(s.split(":", 1) for s in entry.subjects if ":" in s)
    key, number = told["template"], int(told["version"])
    reason = found.setdefault(key, Reason(key))
    if entry.kind == PROPOSED:
        template = _template(record, recorded.number, told["digest"])
        at = datetime.fromisoformat(entry.time)
        made = Version(number, told["digest"], template, entry.actor, at)
        before = [
            replace(v, over="replaced", over_by=entry.actor) if v.state == "waiting" else v for v in reason.versions
        ]
        found[key] = replace(reason, versions=(*before, made))
        return
    place = next((k for k, v in enumerate(reason.versions) if v.number == number and not v.over), None)
    if place is None:
        return
    versions = list(reason.versions)
    versions[place] = _moved(versions[place], recorded, told, one_person)
    if versions[place].state == "in-force":
        versions = [
            _over(v, entry.actor) if k != place and v.state == "in-force" else v for k, v in enumerate(versions)
        ]
    found[key] = replace(reason, versions=tuple(versions))


def _over(version: Version, by: str) -> Version:
    return replace(version, over="replaced", over_by=by)


def _moved(version: Version, recorded: Recorded, told: Mapping[str, str], one_person: bool) -> Version:
    """A version after an entry about it; an agreement that the rules do not let pass changes nothing."""
    entry = recorded.entry
    if entry.kind in (DECLINED, WITHDRAWN):
        return replace(version, over=entry.kind.partition(".")[2], over_by=entry.actor)
    if told.get("digest") != version.digest:
        return version
    if entry.kind == CHECKED:
        return replace(version, check=Check(entry.actor, *(int(told[name]) for name in ("holds", "fails", "unclear"))))
    who = next((w for w in READERS if w == told.get("as")), None)
    lone = one_person and told.get("mode") == "solo"
    if who is None or who in version.agreed or (not lone and entry.actor in (version.by, *version.agreed.values())):
        return version
    return replace(version, agreed={**version.agreed, who: entry.actor})


def _template(record: Record, number: int, digest: str) -> Template | None:
    part = record.ledger.content(number).get("reason_given")
    if part is None:
        return None
    try:
        template = from_dict(part.value)
    except (TemplateError, KeyError, TypeError, ValueError):
        return None
    # Another digest: the words, or what the program understands by them, are not what was agreed to.
    return template if template.digest == digest else None
