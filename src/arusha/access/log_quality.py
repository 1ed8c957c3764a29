"""Whether the log can say who touched what and when: measured first, because a poor log makes work look unexplained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session
from arusha.records.contract import SYSTEM

WITHOUT_RECORD = ("login", "logout", "configure", "grant", "suspend", "activate")
"""Actions that touch no record by their nature."""
FLOORS: Mapping[str, float] = {"user": 0.95, "time": 0.95, "clock": 0.95, "action": 0.95, "record": 0.90}
"""Least shares of entries: with a user, a time, a time of day, an action; and, of those that touch one, a record."""
CEILINGS: Mapping[str, float] = {"two-places": 0.05, "silent-days": 0.05, "before-registration": 0.01}
"""Most shares: hours of a user at two workstations, days of an office with registrations and no entry, and entries
about a declaration more than a day before it was registered."""
TOLD = ("reason", "terminal")
"""Measures that decide nothing: no reason of the vocabulary reads them."""


@dataclass(frozen=True)
class Measure:
    """``count`` of ``of``; a share is at least ``floor`` or at most ``ceiling`` where it has one."""

    name: str
    count: int
    of: int
    floor: float | None = None
    ceiling: float | None = None

    @property
    def share(self) -> float | None:
        """The share; none where there is nothing that it could be of: cannot tell."""
        return self.count / self.of if self.of else None

    @property
    def stops(self) -> bool:
        """Whether nothing may be counted before this is mended. What cannot be told stops only where a floor is set."""
        if self.share is None:
            return self.floor is not None
        low = self.floor is not None and self.share < self.floor
        return low or (self.ceiling is not None and self.share > self.ceiling)

    def as_dict(self) -> dict[str, Any]:
        """For a job's answer."""
        return {"name": self.name, "count": self.count, "of": self.of, "share": self.share, "stops": self.stops}


def measures(session: Session) -> list[Measure]:
    """Every measure over the whole log, in the order in which they are told; none where there is no log."""
    if not session.has("events"):
        return []
    counted = session.run(_whole(session)).to_pylist()[0]
    n = int(counted["n"])
    found = [
        Measure(name, int(counted[name.replace("-", "_")] or 0), n, floor=FLOORS[name])
        for name in ("user", "time", "clock", "action")
    ]
    found.append(Measure("record", int(counted["record"] or 0), int(counted["touching"] or 0), floor=FLOORS["record"]))
    found.append(Measure("reason", int(counted["reason"] or 0), int(counted["touching"] or 0)))
    found.append(Measure("terminal", int(counted["terminal"] or 0), int(counted["persons"] or 0)))
    if session.has("events", "user_id", "occurred_at", "terminal"):
        row = session.run(_two_places()).to_pylist()[0]
        found.append(_most("two-places", row["two"], row["n"]))
    else:
        found.append(_most("two-places", 0, 0))
    if session.has("events", "declaration_id", "occurred_at") and session.has("declarations", "office"):
        row = session.run(_silent_days()).to_pylist()[0]
        found.append(_most("silent-days", row["silent"], row["n"]))
        row = session.run(_before()).to_pylist()[0]
        found.append(_most("before-registration", row["before"], row["n"]))
    return found


def _most(name: str, count: object, of: object) -> Measure:
    return Measure(name, int(str(count or 0)), int(str(of or 0)), ceiling=CEILINGS[name])


def _whole(session: Session) -> Query:
    def there(column: str) -> str:
        return f"{column} IS NOT NULL" if session.has("events", column) else "FALSE"

    if not session.has("events", "occurred_at"):
        clock = "FALSE"
    elif "occurred_hour" in session.schema["events"]:
        clock = "occurred_hour IS NOT NULL"
    else:
        clock = "occurred_at IS NOT NULL AND occurred_at <> DATE_TRUNC('day', occurred_at)"
    touching = "TRUE"
    if session.has("events", "action"):
        touching = f"(action IS NULL OR NOT action IN {literal(list(WITHOUT_RECORD))})"
    person = there("user_id")
    if person != "FALSE":
        person += f" AND user_id <> {literal(SYSTEM)}"
    held = f"({there('declaration_id')} OR {there('object')})"
    return _one(
        "log_quality",
        "How many entries hold what is needed to say who touched what and when.",
        f"""SELECT COUNT(*) AS n,
               COUNT(*) FILTER (WHERE {there("user_id")}) AS user,
               COUNT(*) FILTER (WHERE {there("occurred_at")}) AS time,
               COUNT(*) FILTER (WHERE {clock}) AS clock,
               COUNT(*) FILTER (WHERE {there("action")}) AS action,
               COUNT(*) FILTER (WHERE {touching}) AS touching,
               COUNT(*) FILTER (WHERE {touching} AND {held}) AS record,
               COUNT(*) FILTER (WHERE {touching} AND {there("reason")}) AS reason,
               COUNT(*) FILTER (WHERE {person}) AS persons,
               COUNT(*) FILTER (WHERE {person} AND {there("terminal")}) AS terminal
        FROM events""",
    )


def _two_places() -> Query:
    hours = Step(
        "hours",
        "The workstations from which each user worked in each hour.",
        f"""SELECT user_id, DATE_TRUNC('hour', occurred_at) AS hour, COUNT(DISTINCT terminal) AS places
        FROM events WHERE user_id <> {literal(SYSTEM)} AND terminal IS NOT NULL AND occurred_at IS NOT NULL
        GROUP BY user_id, DATE_TRUNC('hour', occurred_at)""",
    )
    told = Step(
        "told",
        "Hours in which one account worked at two: it may be shared.",
        "SELECT COUNT(*) AS n, COUNT(*) FILTER (WHERE places > 1) AS two FROM hours",
    )
    return Query("log_two_places", (hours, told))


def _silent_days() -> Query:
    registered = Step(
        "registered",
        "Days on which an office registered declarations.",
        "SELECT DISTINCT office, CAST(registered_at AS DATE) AS day FROM declarations WHERE registered_at IS NOT NULL",
    )
    logged = Step(
        "logged",
        "Days on which the log touches a declaration of the office.",
        """SELECT DISTINCT d.office AS office, CAST(e.occurred_at AS DATE) AS day
        FROM events AS e JOIN declarations AS d ON d.declaration_id = e.declaration_id""",
    )
    told = Step(
        "told",
        "Days without any entry: the log, or its extract, has a gap.",
        """SELECT COUNT(*) AS n, COUNT(*) FILTER (WHERE l.day IS NULL) AS silent
        FROM registered AS r LEFT JOIN logged AS l ON l.office = r.office AND l.day = r.day""",
    )
    return Query("log_silent_days", (registered, logged, told))


def _before() -> Query:
    return _one(
        "log_before_registration",
        "Entries about a declaration more than a day before it was registered: a clock is wrong.",
        """SELECT COUNT(*) AS n,
               COUNT(*) FILTER (WHERE EPOCH(d.registered_at) - EPOCH(e.occurred_at) > 86400) AS before
        FROM events AS e JOIN declarations AS d ON d.declaration_id = e.declaration_id
        WHERE e.occurred_at IS NOT NULL""",
    )


def _one(name: str, why: str, sql: str) -> Query:
    return Query(name, (Step("told", why, sql),))
