"""A request that two key holders be told a name: who asks and why, who agrees or declines, and until when it stands.

An investigator asks behind an inquiry; two key holders read why and agree, or one declines; ``arusha unmask`` opens
nothing without it. Nothing here takes a share or tells a name. The request and each answer are entries of the ledger of
looks, which name pseudonyms; words are in the contents. It lapses a day after it was made, answered or not.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from arusha.charter import RefusedError, State
from arusha.charter.problems import Missing, lacks
from arusha.ledger import Recorded
from arusha.ledger.entry import is_pseudonym
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import NAME_REFUSED, Record

REQUESTED, AGREED, DECLINED = "identity.requested", "identity.agreed", "identity.declined"
WITHDRAWN = "identity.withdrawn"
KINDS = frozenset({REQUESTED, AGREED, DECLINED, WITHDRAWN})
LASTS = timedelta(hours=24)
"""From the request on; then it has to be made again, and read again."""
NEEDED = 2
"""Key holders who agree."""
WORDS = ("purpose", "reference", "basis", "tried")
"""Why, the number of the case, the legal basis, and what was tried without a name: none may lack."""
LONGEST = timedelta(days=366)
ACT = "identify"


@dataclass(frozen=True)
class NameRequest:
    """One request. ``digest`` is the SHA-256 of the assessment's manifest, which lists every file of it.

    ``tell_by`` is the day by which the person concerned is told that their name was.
    """

    key: str
    number: int
    actor: str
    at: datetime
    signal: str
    question: str
    assessment: str
    pseudonyms: tuple[str, ...]
    digest: str
    tell_by: str
    agreed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def lapses(self) -> datetime:
        """The moment from which nothing opens by it."""
        return self.at + LASTS

    def state(self, at: datetime) -> str:
        """``withdrawn``, ``declined``, ``lapsed``, ``agreed`` or ``waits``."""
        if self.withdrawn or self.declined:
            return "withdrawn" if self.withdrawn else "declined"
        if at >= self.lapses:
            return "lapsed"
        return "agreed" if len(self.agreed) >= NEEDED else "waits"


def read(entries: Iterable[Recorded]) -> dict[str, NameRequest]:
    """Every request by its key, the oldest first, from entries of the ledger of looks."""
    found: dict[str, NameRequest] = {}
    for recorded in entries:
        entry = recorded.entry
        if entry.kind not in KINDS:
            continue
        told = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects if ":" in s}
        key = told.get("request", "")
        if entry.kind == REQUESTED:
            found.setdefault(
                key,
                NameRequest(
                    key,
                    recorded.number,
                    entry.actor,
                    datetime.fromisoformat(entry.time),
                    told["signal"],
                    told["question"],
                    told["assessment"],
                    tuple(s for s in entry.subjects if is_pseudonym(s)),
                    told["digest"],
                    told["tell-by"],
                ),
            )
        elif key in found:
            found[key] = _answered(found[key], entry.kind, entry.actor, datetime.fromisoformat(entry.time))
    return found


def _answered(request: NameRequest, kind: str, actor: str, at: datetime) -> NameRequest:
    """An answer to a request that waits; one that was written past the program, by the wrong person, is none."""
    if request.state(at) not in ("waits", "agreed"):
        return request
    if kind == WITHDRAWN:
        return replace(request, withdrawn=True) if actor == request.actor else request
    if actor == request.actor or actor in request.pseudonyms:
        return request
    if kind == DECLINED:
        return replace(request, declined=(*request.declined, actor))
    return request if actor in request.agreed else replace(request, agreed=(*request.agreed, actor))


def requests(record: Record) -> dict[str, NameRequest]:
    """Every request by its key, the oldest first; found by what is kept of the ledger."""
    return read(record.ledger.entry(number) for number in record.about_kind("request"))


def ask(
    record: Record,
    actor: str,
    *,
    signal: str,
    question: str,
    assessment: str,
    pseudonyms: tuple[str, ...],
    digest: str,
    tell_by: str,
    words: Mapping[str, str],
    problems: Iterable[Missing] = (),
) -> NameRequest:
    """Ask that two key holders be told whom pseudonyms of a signal stand for.

    ``problems`` is what the inquiry and its assessment lack (``arusha.workbench.identity.behind_name``).

    Raises
    ------
    RefusedError
        If something lacks; each thing is named, and that it was refused is recorded.
    """
    given = {name: words.get(name, "").strip()[:2000] for name in WORDS}
    with taking_turns(record.lock):
        found = list(problems)
        if not all(given.values()):
            found.append(lacks("words", "why, a reference, a legal basis, and what was tried", "identify-words"))
        if not pseudonyms:
            found.append(lacks("others", "one pseudonym of the signal at least", "identify-none"))
        if not _within_a_year(tell_by):
            text = "the day by which the person concerned is told: from today, and within a year"
            found.append(lacks("tell-by", text, "identify-tell-by"))
        now = datetime.now(UTC)
        if any(r.signal == signal and r.state(now) in ("waits", "agreed") for r in requests(record).values()):
            found.append(lacks("waits", "a request for this signal waits already", "identify-waits"))
        if found:
            raise _refused(record, actor, (f"signal:{signal}", f"question:{question}"), found, signal)
        key = secrets.token_hex(8)
        about = (f"request:{key}", f"signal:{signal}", f"question:{question}", f"assessment:{assessment}")
        record.add(REQUESTED, actor, *about, f"digest:{digest}", f"tell-by:{tell_by}", *pseudonyms, **given)
        return requests(record)[key]


def answer(
    record: Record,
    state: State,
    request: NameRequest,
    actor: str,
    *,
    agreed: bool,
    reason: str = "",
    problems: Iterable[Missing] = (),
) -> Recorded:
    """Agree to a request as one of two key holders, or decline it with a reason. One who declines ends it.

    Raises
    ------
    RefusedError
        If it does not wait, the answer is the second of one person, or something else stands in the way.
    """
    with taking_turns(record.lock):
        request, found = requests(record)[request.key], list(problems)
        if request.state(datetime.now(UTC)) != "waits":
            found.append(lacks("waits", "the request does not wait any more", "identify-over"))
        if actor in request.agreed:
            found.append(lacks("two-people", "the second key holder is another person", "identify-second"))
        if actor == request.actor:
            text = f"{actor} asks, and does not release as well"
            found.append(lacks("two-people", text, "identify-asker", person=actor))
        if not state.holds(actor, "key-holder"):
            text = f"{actor} is no key holder"
            found.append(lacks("role", text, "identify-role", person=actor, role="role:key-holder"))
        if actor in request.pseudonyms:
            text = "who asks or releases is not whom the signal is about"
            found.append(lacks("concerned", text, "identify-concerned"))
        if not agreed and not reason.strip():
            found.append(lacks("words", "a reason", "identify-reason"))
        if found:
            raise _refused(record, actor, _about(request), found, request.signal)
        words = {"reason": reason.strip()[:2000]}
        return record.add(AGREED if agreed else DECLINED, actor, *_about(request), **words)


def withdraw(record: Record, request: NameRequest, actor: str) -> Recorded:
    """Take a request back, as who made it.

    Raises
    ------
    RefusedError
        If somebody else made it, or it does not wait or stand any more.
    """
    with taking_turns(record.lock):
        request = requests(record)[request.key]
        if actor != request.actor or request.state(datetime.now(UTC)) not in ("waits", "agreed"):
            lacking = [lacks("waits", "the request does not wait any more", "identify-over")]
            raise _refused(record, actor, _about(request), lacking, request.signal)
        return record.add(WITHDRAWN, actor, *_about(request))


def unagreed(
    entries: Iterable[Recorded], actor: str, holders: Iterable[str], signal: str, names: Iterable[str], tell_by: str
) -> list[Missing]:
    """What shows that no request stands to which these two key holders agreed; empty where one does.

    ``entries`` are of the ledger itself, not of what is kept beside it. The person concerned may be told sooner than
    was asked, and not later.
    """
    now, two = datetime.now(UTC), set(holders)
    for one in read(entries).values():
        same = (one.actor, one.signal) == (actor, signal) and set(names) <= set(one.pseudonyms)
        if same and one.state(now) == "agreed" and two == set(one.agreed[:NEEDED]) and tell_by <= one.tell_by:
            return []
    text = "a request of the investigator to which both key holders agreed within a day"
    return [lacks("request", text, "identify-request")]


def _about(request: NameRequest) -> tuple[str, str, str]:
    return f"request:{request.key}", f"signal:{request.signal}", f"question:{request.question}"


def _refused(record: Record, actor: str, about: tuple[str, ...], problems: list[Missing], where: str) -> RefusedError:
    record.add(NAME_REFUSED, actor, *about, *dict.fromkeys(f"lacks:{p.code}" for p in problems))
    return RefusedError(ACT, tuple(problems), where=where)


def _within_a_year(day: str) -> bool:
    try:
        told = date.fromisoformat(day)
    except ValueError:
        return False
    today = datetime.now(UTC).date()
    return today <= told <= today + LONGEST
