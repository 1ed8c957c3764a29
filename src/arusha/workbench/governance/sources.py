"""Sources: who delivers which tables, what was promised, who owns and who tends it. Nothing but what the ledger says.

Every act on a source is asked for by one person and agreed to by another; in solo mode one person does both. What the
rules need stands in the entries; a source's name and reasons are words in the contents and can be expunged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from arusha.charter import State
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.records.contract import CONTRACT, HOLDERS
from arusha.workbench.record import Record

ASKED, AGREED, DECLINED = "source.asked", "source.agreed", "source.declined"
ACTS = ("terms", "owner", "steward", "retire")
CADENCES = ("month", "quarter", "year", "once")
OWNERS = frozenset({"integrity-lead", "programme-manager", "analyst"})
"""Roles of whom a source may belong to: somebody who answers for what is done with it."""
STEWARDS = frozenset({"data-steward"})
MOST_GRACE = 366


class SourceError(ArushaError):
    """A source cannot be changed so, or not by this person; nothing was recorded."""


@dataclass(frozen=True)
class Terms:
    """A source's contract: what is promised.

    ``holder`` is the role that answers for it (one of ``HOLDERS``); ``columns`` are ``table.column`` of the contract;
    ``most_aside`` is the largest share of rows set aside that was agreed, none where none was; ``grace`` is days after
    the end of a period until its records are late.
    """

    holder: str
    cadence: str
    grace: int
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    most_aside: float | None = None

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The promised columns of a table."""
        return tuple(c.partition(".")[2] for c in self.columns if c.startswith(table + "."))

    def tokens(self) -> tuple[str, ...]:
        """The terms as subjects of an entry."""
        told = [f"holder:{self.holder}", f"cadence:{self.cadence}", f"grace:{self.grace}"]
        if self.most_aside is not None:
            told.append(f"most-aside:{self.most_aside:.6f}")
        return (*told, *(f"table:{t}" for t in self.tables), *(f"column:{c}" for c in self.columns))


@dataclass(frozen=True)
class Asked:
    """An act that one person asked for and that waits for another."""

    number: int
    act: str
    by: str
    at: datetime
    terms: Terms | None = None
    person: str = ""


@dataclass(frozen=True)
class Source:
    """A source as the ledger has it. ``state`` is ``proposed``, ``in-force`` or ``retired``."""

    key: str
    terms: Terms | None = None
    since: datetime | None = None
    owner: str = ""
    steward: str = ""
    retired: bool = False
    waiting: Mapping[int, Asked] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Where it stands."""
        return "retired" if self.retired else "in-force" if self.terms is not None else "proposed"


def sources(record: Record) -> dict[str, Source]:
    """Every source by its key, the oldest first."""
    found: dict[str, Source] = {}
    for number in record.about_kind("source"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (ASKED, AGREED, DECLINED):
            _apply(found, recorded)
    return found


def title(record: Record, key: str) -> str:
    """What people call a source: the last name that was given; empty where none was, or it was expunged."""
    for number in reversed(record.about(f"source:{key}")):
        if record.ledger.entry(number).entry.kind == ASKED:
            part = record.ledger.content(number).get("title")
            if part is not None:
                return str(part.value)
    return ""


def propose(record: Record, state: State | None, actor: str, terms: Terms, name: str, key: str = "") -> str:
    """Ask for a source with these terms, or for other terms of one that is there; its key.

    Raises
    ------
    SourceError
        If a term is none, or the source is retired or unknown.
    """
    _refuse(terms)
    if not name.strip():
        raise of(SourceError, "source-name", "source-name")
    with taking_turns(record.lock):
        known = sources(record)
        if key and (key not in known or known[key].retired):
            raise of(SourceError, "source-none", "", where=key)
        key = key or str(len(known) + 1)
        _ask(record, state, actor, key, "terms", *terms.tokens(), title=name.strip()[:200])
    return key


def grant(record: Record, state: State | None, actor: str, key: str, act: str, person: str) -> Recorded:
    """Ask that somebody becomes owner or steward of a source.

    Raises
    ------
    SourceError
        If the person has no role for it, is the other of the two already, or asks for themselves.
    """
    with taking_turns(record.lock):
        found = _found(record, key)
        alone = _alone(state)
        if not alone:
            roles = OWNERS if act == "owner" else STEWARDS
            held = state.roles.get(person, frozenset()) if state is not None else frozenset()
            if not held & roles:
                raise of(
                    SourceError,
                    "source-for",
                    "name-another-one",
                    where=person,
                    act=act,
                    roles=" or ".join(sorted(roles)),
                )
            if person == actor:
                raise of(SourceError, "source-self", "source-self", where=person)
            if person in (found.owner, found.steward):
                raise of(SourceError, "source-two", "name-another-one", where=person)
        return _ask(record, state, actor, key, act, person)


def retire(record: Record, state: State | None, actor: str, key: str, reason: str) -> Recorded:
    """Ask that a source is retired: nothing is expected of it any more."""
    if not reason.strip():
        raise of(SourceError, "reason-needed", "source-why", where=key)
    with taking_turns(record.lock):
        _found(record, key)
        return _ask(record, state, actor, key, "retire", reason=reason.strip()[:2000])


def answer(record: Record, actor: str, key: str, number: int, *, agreed: bool) -> Recorded:
    """Agree to what somebody else asked for, or decline it.

    Raises
    ------
    SourceError
        If it does not wait any more, or the actor asked for it or is whom it is about.
    """
    with taking_turns(record.lock):
        asked = _found(record, key).waiting.get(number)
        if asked is None:
            raise of(SourceError, "source-waits-not", "", where=key)
        if agreed and actor in (asked.by, asked.person):
            raise of(SourceError, "agrees-another-about", "", where=key)
        return record.add(AGREED if agreed else DECLINED, actor, f"source:{key}", f"asked:{number}")


def _refuse(terms: Terms) -> None:
    """Terms that are none, each by its name."""
    wrong = []
    if terms.holder not in HOLDERS:
        wrong.append("holder")
    if terms.cadence not in CADENCES:
        wrong.append("cadence")
    if not 0 <= terms.grace <= MOST_GRACE:
        wrong.append("days of grace")
    if terms.most_aside is not None and not 0 < terms.most_aside < 1:
        wrong.append("largest share set aside")
    if not terms.tables or not set(terms.tables) <= set(CONTRACT.tables):
        wrong.append("tables")
    for name in terms.columns:
        table, _, column = name.partition(".")
        if table not in terms.tables or column not in CONTRACT.tables[table].columns:
            wrong.append("columns")
            break
    if wrong:
        raise of(SourceError, "source-terms", "choose-form", wrong=", ".join(wrong))


def _found(record: Record, key: str) -> Source:
    found = sources(record).get(key)
    if found is None or found.retired:
        raise of(SourceError, "source-none", "", where=key)
    return found


def _alone(state: State | None) -> bool:
    return state is None or state.solo


def _ask(record: Record, state: State | None, actor: str, key: str, act: str, *subjects: str, **words: str) -> Recorded:
    asked = record.add(ASKED, actor, f"source:{key}", f"act:{act}", *subjects, **words)
    if _alone(state):
        return record.add(AGREED, actor, f"source:{key}", f"asked:{asked.number}", "mode:solo")
    return asked


def _apply(found: dict[str, Source], recorded: Recorded) -> None:
    entry = recorded.entry
    told: dict[str, list[str]] = {}
    for subject in entry.subjects:
        kind, _, rest = subject.partition(":")
        told.setdefault(kind if rest else "", []).append(rest or subject)
    key = told["source"][0]
    source = found.setdefault(key, Source(key))
    at = datetime.fromisoformat(entry.time)
    if entry.kind == ASKED:
        act = told["act"][0]
        asked = Asked(recorded.number, act, entry.actor, at, _terms(told) if act == "terms" else None, _person(told))
        found[key] = replace(source, waiting={**source.waiting, recorded.number: asked})
        return
    number = int(told["asked"][0])
    waited = source.waiting.get(number)
    if waited is None:
        return
    left = {n: a for n, a in source.waiting.items() if n != number}
    if entry.kind == DECLINED or ("mode" not in told and entry.actor in (waited.by, waited.person)):
        found[key] = replace(source, waiting=left)
    elif waited.act == "terms":
        found[key] = replace(source, waiting=left, terms=waited.terms, since=at)
    elif waited.act == "owner":
        found[key] = replace(source, waiting=left, owner=waited.person)
    elif waited.act == "steward":
        found[key] = replace(source, waiting=left, steward=waited.person)
    else:
        found[key] = replace(source, waiting={}, retired=True)


def _person(told: Mapping[str, list[str]]) -> str:
    return next(iter(told.get("", ())), "")


def _terms(told: Mapping[str, list[str]]) -> Terms:
    most = told.get("most-aside")
    return Terms(
        told["holder"][0],
        told["cadence"][0],
        int(told["grace"][0]),
        tuple(told.get("table", ())),
        tuple(told.get("column", ())),
        float(most[0]) if most else None,
    )
