"""Rights that clash, and which clashes were used: on one declaration one user did an act of each of the two roles.

Which act belongs to which role is declared (``arusha.access.role_acts``); without that nobody can tell what was used.
Nothing here ranks anybody: rows stand in the order of roles, office and day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from arusha.access.both_halves import HALVES, RIGHTS, Done, both_halves, done_by_holders, numbered, reads
from arusha.access.explaining import lacks
from arusha.access.log_quality import Measure, measures
from arusha.access.rights import Clash, Exemption, Pair, Right, by_user_and_role, clashes, listed
from arusha.access.role_acts import Act, RoleActs, written
from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.records.contract import SYSTEM

NEEDS: Mapping[str, tuple[str, ...]] = {
    "role_conflicts": ("role", "other_role"),
    "declarations": ("office", "registered_at"),
}
MOST_SHOWN = 20
"""Declarations that are kept of one user, pair and office, the first by day."""
Heard = Callable[[str, int, int], None]
Held = Mapping[tuple[str, str], Sequence[Right]]


@dataclass(frozen=True)
class Duty:
    """A duty ``acting for`` that somebody else recorded."""

    user: str
    start: date
    end: date | None
    recorded: date

    def covers(self, *days: date) -> bool:
        """Whether it was recorded before the days, and held on each."""
        return all(self.recorded < d and self.start <= d and (self.end is None or d < self.end) for d in days)


@dataclass
class Used:
    """What one user did at one office with two roles: declarations by how the rights were held.

    ``together`` is the clash, used: each act under its own right, and both rights held on some day from the first act
    to the second. Of those, ``excepted`` and ``acting`` count the declarations all of whose acts an exception, or a
    duty that was recorded before, covers. ``in_turn``: never both at once. ``lacking``: an act without its right.
    """

    user: str
    pair: Pair
    office: str
    together: int = 0
    excepted: int = 0
    acting: int = 0
    in_turn: int = 0
    lacking: int = 0
    days: tuple[date, date] | None = None
    shown: list[Done] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """What was found. Where ``lacks`` names something nothing was; where a measure stops, use was not counted."""

    measures: tuple[Measure, ...]
    lacks: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    pairs: tuple[Pair, ...] = ()
    clashes: tuple[Clash, ...] = ()
    used: tuple[Used, ...] | None = None
    no_use: str = ""
    """Why use cannot be told: ``acts`` were not declared, the ``log`` is not good enough, or tables are lacking."""
    strangers: tuple[int, int] = (0, 0)
    """Declarations, and users, with both halves by somebody who never held both rights in the records."""
    shared_acts: Mapping[Pair, tuple[Act, ...]] = field(default_factory=dict)
    seen: tuple[Pair, ...] = ()
    """Pairs of which it can be told whether they were used: the records hold an act of each role alone."""
    silent: tuple[str, ...] = ()
    """Roles of the list for which no act of their own is declared: their clashes cannot be seen in use."""
    unread: tuple[str, ...] = ()
    """Acts that are declared and whose table the records lack."""
    problems: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    """Roles of the list, or of the declared acts, that nobody holds in the records."""

    def as_dict(self) -> dict[str, Any]:
        """For a job's answer: it holds pseudonyms, and is read by the room alone."""
        return {
            "measures": [m.as_dict() for m in self.measures],
            "lacks": list(self.lacks),
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "pairs": [list(pair) for pair in self.pairs],
            "clashes": [_clash(one, self.last) for one in self.clashes],
            "used": None if self.used is None else [_used(one) for one in self.used],
            "no_use": self.no_use,
            "strangers": list(self.strangers),
            "turns": sum(one.in_turn for one in self.used or ()),
            "without": sum(one.lacking for one in self.used or ()),
            "shared_acts": [[*pair, *map(written, acts)] for pair, acts in self.shared_acts.items()],
            "seen": [list(pair) for pair in self.seen],
            "silent": list(self.silent),
            "unread": list(self.unread),
            "problems": dict(self.problems),
            "unknown": list(self.unknown),
        }


def count(session: Session, acts: RoleActs | None, exemptions: Sequence[Exemption], heard: Heard) -> Found:
    """Who holds two rights that clash, and which clashes were used.

    Parameters
    ----------
    acts
        What was declared; without it no use is told.
    exemptions
        Exceptions that are or were in force: what they cover is counted apart.
    heard
        Told before each step: its name, which it is, and how many there are.
    """
    heard("log quality", 0, 4)
    quality = tuple(measures(session))
    short = lacks(session, NEEDS)
    tables = [t for t in RIGHTS if session.has(t, "user_id") and session.has(t, "role") and session.has(t, "from_date")]
    if not tables:
        short = (*short, *RIGHTS)
    if short:
        return Found(quality, short)
    heard("rights", 1, 4)
    first, last = _period(session)
    rights, problems = _rights(session, tables)
    rows = session.run(_one("listed", "The list.", "SELECT role, other_role FROM role_conflicts")).to_pylist()
    known = listed((str(r["role"]), str(r["other_role"])) for r in rows)
    problems |= {"twice": known.twice, "with-itself": known.with_itself}
    if first is None or last is None:
        return Found(quality, ("declarations",), problems=problems)
    held = [one for one in clashes(rights, known.pairs) if one.within(first, last)]
    roles = {right.role for right in rights}
    named = {role for pair in known.pairs for role in pair}
    told = Found(
        quality,
        (),
        first,
        last,
        known.pairs,
        tuple(held),
        problems=problems,
        unknown=tuple(sorted((named | (set(acts.of) if acts else set())) - roles)),
    )
    heard("acts", 2, 4)
    return _with_use(session, told, rights, acts, exemptions, heard)


def _with_use(
    session: Session,
    told: Found,
    rights: Sequence[Right],
    acts: RoleActs | None,
    exemptions: Sequence[Exemption],
    heard: Heard,
) -> Found:
    kept = {**told.__dict__}
    if acts is None:
        return Found(**kept | {"no_use": "acts"})
    apart = {pair: acts.apart(pair) for pair in told.pairs}
    shared = {pair: both for pair, (_, _, both) in apart.items() if both}
    wanted = {written(act) for one, other, _ in apart.values() for act in (*one, *other)}
    readable = {act for act in wanted if not lacks(session, reads(act))}
    kept |= {
        "shared_acts": shared,
        "silent": tuple(
            sorted({r for p, (a, b, _) in apart.items() for r, of in zip(p, (a, b), strict=True) if not of})
        ),
        "unread": tuple(sorted(wanted - readable)),
    }
    if any(act.startswith("log:") for act in wanted) and any(m.stops for m in told.measures):
        return Found(**kept | {"no_use": "log"})
    declared = [
        (number, side, *act)
        for number, (one, other, _) in enumerate(apart.values())
        for side, of in ((1, one), (2, other))
        for act in of
        if written(act) in readable
    ]
    # A pair can be seen in use only where each of its roles has an act that the records hold.
    whole = {n for n in range(len(apart)) if {1, 2} <= {side for m, side, *_ in declared if m == n}}
    declared = [row for row in declared if row[0] in whole]
    if not declared:
        return Found(**kept | {"no_use": "tables"})
    kept["seen"] = tuple(pair for n, pair in enumerate(apart) if n in whole)
    session.share(both_halves(session, declared), HALVES)
    heard("use", 3, 4)
    done, strangers = done_by_holders(session, told.pairs, {n: written(act) for act, n in numbered(declared).items()})
    used = judged(done, by_user_and_role(rights), told.clashes, _duties(session), exemptions)
    return Found(**kept | {"used": tuple(used), "strangers": strangers})


def judged(
    done: Iterable[Done],
    rights: Held,
    held: Iterable[Clash],
    duties: Mapping[str, Sequence[Duty]],
    exemptions: Sequence[Exemption],
) -> list[Used]:
    """Declarations with both halves by user, pair and office, each counted by how the rights were held."""
    together = defaultdict(list)
    for clash in held:
        together[clash.user, clash.pair].append(clash)
    files: dict[tuple[Pair, str, str, str], list[Done]] = defaultdict(list)
    for one in done:
        files[one.pair, one.office, one.user, one.declaration].append(one)
    found: dict[tuple[Pair, str, str], Used] = {}
    for (pair, office, user, _), all_of in sorted(files.items(), key=lambda f: (f[0][:3], min(o.days for o in f[1]))):
        ways = [_way(one, rights, together[user, pair]) for one in all_of]
        row = found.setdefault((pair, office, user), Used(user, pair, office))
        if "together" not in ways:
            row.in_turn += "in-turn" in ways
            row.lacking += "in-turn" not in ways
            continue
        clashing = sorted((o for o, way in zip(all_of, ways, strict=True) if way == "together"), key=lambda o: o.days)
        row.together += 1
        row.excepted += all(any(e.covers(user, pair, office, *o.days) for e in exemptions) for o in clashing)
        row.acting += all(any(d.covers(*o.days) for d in duties.get(user, ())) for o in clashing)
        days = [day for one in clashing for day in one.days] + list(row.days or ())
        row.days = (min(days), max(days))
        if len(row.shown) < MOST_SHOWN:
            row.shown.append(clashing[0])
    return list(found.values())


def _way(one: Done, rights: Held, held: Iterable[Clash]) -> str:
    own = [
        any(right.holds(day, one.office) for right in rights.get((one.user, role), ()))
        for role, day in zip(one.pair, one.days, strict=True)
    ]
    if not all(own):
        return "lacking"
    at_once = any(c.office in (None, one.office) and c.within(min(one.days), max(one.days)) for c in held)
    return "together" if at_once else "in-turn"


def _period(session: Session) -> tuple[date | None, date | None]:
    sql = "SELECT CAST(MIN(registered_at) AS DATE) AS a, CAST(MAX(registered_at) AS DATE) AS b FROM declarations"
    row = session.run(_one("period", "First and last day on which a declaration was registered, in UTC.", sql))
    first, last = row.to_pylist()[0].values()
    if last is not None and session.has("events", "occurred_at"):
        sql = "SELECT CAST(MAX(occurred_at) AS DATE) AS b FROM events"
        logged = session.run(_one("log_end", "The last day of the log.", sql)).to_pylist()[0]["b"]
        last = last if logged is None else max(last, logged)
    return first, last


def _rights(session: Session, tables: Sequence[str]) -> tuple[list[Right], dict[str, int]]:
    """Rows of both tables; those that end before they start hold nothing and are counted."""
    found, backwards = [], 0
    for table in tables:
        office = "office" if session.has(table, "office") else "NULL"
        end = "to_date" if session.has(table, "to_date") else "NULL"
        sql = f"SELECT user_id, role, {office} AS office, from_date, CAST({end} AS DATE) AS to_date FROM {table}"
        for row in session.run(_one(f"rights_{table}", "Who holds which right, where and when.", sql)).to_pylist():
            if row["user_id"] is None or row["role"] is None or row["from_date"] is None or row["user_id"] == SYSTEM:
                continue
            if row["to_date"] is not None and row["to_date"] < row["from_date"]:
                backwards += 1
                continue
            where = str(row["office"]) if row["office"] else None
            found.append(Right(str(row["user_id"]), str(row["role"]), where, row["from_date"], row["to_date"]))
    return found, {"backwards": backwards}


def _duties(session: Session) -> dict[str, list[Duty]]:
    columns = ("officer_id", "kind", "from_date", "recorded_at", "recorded_by")
    if not session.has("duties", *columns):
        return {}
    end = "to_date" if session.has("duties", "to_date") else "CAST(NULL AS DATE)"
    sql = f"""SELECT officer_id, from_date, {end} AS to_date, recorded_at FROM duties
        WHERE kind = 'acting for' AND recorded_at IS NOT NULL AND recorded_by IS NOT NULL
        AND recorded_by <> officer_id AND from_date IS NOT NULL"""
    found: dict[str, list[Duty]] = defaultdict(list)
    for row in session.run(_one("acting", "Duties of acting for somebody, recorded by another.", sql)).to_pylist():
        recorded = row["recorded_at"]
        day = recorded.date() if isinstance(recorded, datetime) else recorded
        found[str(row["officer_id"])].append(Duty(str(row["officer_id"]), row["from_date"], row["to_date"], day))
    return found


def _clash(one: Clash, last: date | None) -> dict[str, Any]:
    spans = [[start.isoformat(), end.isoformat() if end else ""] for start, end in one.spans]
    return {
        "user": one.user,
        "pair": list(one.pair),
        "office": one.office or "",
        "spans": spans,
        "now": last is not None and one.on(last),
    }


def _used(one: Used) -> dict[str, Any]:
    return {
        "user": one.user,
        "pair": list(one.pair),
        "office": one.office,
        "together": one.together,
        "excepted": one.excepted,
        "acting": one.acting,
        "in_turn": one.in_turn,
        "lacking": one.lacking,
        "days": [day.isoformat() for day in one.days or ()],
        "shown": [[d.declaration, *d.acts, *(day.isoformat() for day in d.days)] for d in one.shown],
    }


def _one(name: str, why: str, sql: str) -> Query:
    return Query(name, (Step(name, why, sql),))
