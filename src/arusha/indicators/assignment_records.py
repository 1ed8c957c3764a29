"""The queries of the assignment questions: picks of officers, the roster, duties and rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from arusha.engine.query import Query, Step

if TYPE_CHECKING:
    from arusha.engine.session import Session
    from arusha.indicators.definition import Settings

LANES = ("blue", "yellow", "red")
"""Lanes whose declarations an officer examines. A green declaration meets one only after someone moved it."""

_TYPES = {"day": "DATE", "hour": "BIGINT", "at": "TIMESTAMP", "value": "DECIMAL(18, 3)"}


def column(session: Session, table: str, name: str, alias: str, kind: str = "VARCHAR") -> str:
    """The column, or a null of its type where the records hold no such data."""
    return f"{alias}.{name}" if session.has(table, name) else f"CAST(NULL AS {kind})"


def lanes_of(settings: Settings) -> tuple[str, ...]:
    """The plan's ``lanes`` for the question, or those that need an officer."""
    return tuple(str(lane) for lane in settings.options.get("lanes", LANES))


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join("'" + t.replace("'", "''") + "'" for t in texts)


def has_picks(session: Session) -> bool:
    """Whether the first pick is kept beside the later ones."""
    return session.has("assignments", "sequence", "officer_id")


def _bands(value: str) -> str:
    """Half decades of a value as whole numbers, by comparison: a logarithm may round either way at a boundary."""
    limits = [m * 10**k for k in range(2, 10) for m in (1, 3)]
    whens = " ".join(f"WHEN {value} < {limit} THEN {number}" for number, limit in enumerate(limits))
    return f"CASE WHEN {value} IS NULL THEN NULL {whens} ELSE {len(limits)} END"


def _picks(session: Session) -> list[Step]:
    """The first pick of each declaration."""
    if not has_picks(session):
        # The officer who handled it in the end, by the declaration's own time.
        return [
            Step(
                "picks",
                "Without a record of picks: the officer who handled the declaration.",
                "SELECT d.declaration_id, d.officer_id, CAST(NULL AS DATE) AS day, CAST(NULL AS BIGINT) AS hour, "
                "CAST(NULL AS TIMESTAMP) AS at, CAST(NULL AS VARCHAR) AS section "
                "FROM declarations AS d WHERE d.officer_id IS NOT NULL",
            )
        ]
    a = "a"
    return [
        Step(
            "picks",
            "The first pick of an officer for each declaration: it tests the rule, later ones test the override.",
            f"""
            SELECT a.declaration_id, a.officer_id,
                   {column(session, "assignments", "assigned_on", a, "DATE")} AS day,
                   {column(session, "assignments", "assigned_hour", a, "BIGINT")} AS hour,
                   {column(session, "assignments", "assigned_at", a, "TIMESTAMP")} AS at,
                   {column(session, "assignments", "section", a)} AS section
            FROM assignments AS a
            WHERE a.sequence = 1 AND a.officer_id IS NOT NULL
            """,
        )
    ]


def _goods(session: Session) -> list[Step]:
    if not session.has("items", "hs_code"):
        return []
    length = "i.hs_code" if session.has("assignment_rules", "hs_prefix") else "LEFT(i.hs_code, 2)"
    return [
        Step(
            "goods",
            "The first item says what a declaration is of.",
            f"SELECT i.declaration_id, {length} AS goods, {column(session, 'items', 'origin', 'i')} AS origin "
            "FROM items AS i WHERE i.item_no = 1",
        )
    ]


def _last(session: Session) -> list[Step]:
    """The last pick of each declaration that was given to someone again."""
    a = "a"
    return [
        Step(
            "later",
            "The last pick of each declaration that was given out again.",
            "SELECT a.declaration_id, MAX(a.sequence) AS sequence FROM assignments AS a "
            "WHERE a.sequence > 1 AND a.officer_id IS NOT NULL GROUP BY a.declaration_id",
        ),
        Step(
            "last",
            "Who had it in the end, by whose hand, and when.",
            f"""
            SELECT a.declaration_id, a.officer_id,
                   {column(session, "assignments", "assigned_by", a)} AS given_by,
                   {column(session, "assignments", "assigned_on", a, "DATE")} AS day,
                   {column(session, "assignments", "assigned_hour", a, "BIGINT")} AS hour,
                   {column(session, "assignments", "assigned_at", a, "TIMESTAMP")} AS at
            FROM assignments AS a
            JOIN later AS l ON l.declaration_id = a.declaration_id AND l.sequence = a.sequence
            """,
        ),
    ]


def draws(
    session: Session,
    settings: Settings,
    *,
    office: str | None = None,
    declarant: str | None = None,
    evidence: bool = False,
    again: bool = False,
) -> Query:
    """One row a draw, in order of office, time and declaration.

    Parameters
    ----------
    office, declarant
        Only theirs.
    evidence
        Add what a reader needs to find the row again: the declaration and where it stands in the source.
    again
        Add who had the declaration in the end, by whose hand and when.
    """
    goods = _goods(session)
    valued = session.has("declarations", "declared_value")
    band = _bands("d.declared_value") if valued else "CAST(NULL AS BIGINT)"
    hour = "CASE WHEN p.day IS NULL THEN d.registered_hour ELSE p.hour END"
    at = "COALESCE(p.at, d.registered_at)"
    wanted = [
        f"d.registered_on >= DATE '{settings.period_start}'",
        f"d.registered_on < DATE '{settings.period_end}'",
        f"d.lane_assigned IN ({_quoted(lanes_of(settings))})",
        "d.declarant_id IS NOT NULL",
    ]
    if office is not None:
        wanted.append(f"d.office = {_quoted((office,))}")
    if declarant is not None:
        wanted.append(f"d.declarant_id = {_quoted((declarant,))}")
    extra = "d.declaration_id, d.source_file, d.source_line, d.registered_at, " if evidence else ""
    final, join, names = "", "", ""
    if again:
        handled = column(session, "declarations", "officer_id", "d")
        final = (
            f", COALESCE(l.officer_id, {handled}, p.officer_id) AS final, l.given_by, "
            "l.day - DATE '1970-01-01' AS given_on, CASE WHEN l.hour IS NOT NULL THEN "
            "CAST(FLOOR(EPOCH(l.at) / 60) AS BIGINT) END AS given_minute"
        )
        join = "LEFT JOIN last AS l ON l.declaration_id = d.declaration_id"
        names = ", final, given_by, given_on, given_minute"
    steps = [
        *_picks(session),
        *(_last(session) if again else ()),
        *goods,
        Step(
            "draws",
            "Declarations whose lane needs an officer, with the office's own day and hour of the pick.",
            f"""
            SELECT d.declaration_id AS key, {extra}d.office,
                   COALESCE(p.section, {column(session, "declarations", "section", "d")}) AS section,
                   d.lane_assigned AS lane,
                   {column(session, "declarations", "procedure", "d")} AS procedure,
                   {"g.goods" if goods else "CAST(NULL AS VARCHAR)"} AS goods,
                   {"g.origin" if goods else "CAST(NULL AS VARCHAR)"} AS origin,
                   {band} AS value,
                   d.declarant_id AS declarant, p.officer_id AS officer,
                   COALESCE(p.day, d.registered_on) - DATE '1970-01-01' AS day,
                   {hour} AS hour,
                   CASE WHEN {hour} IS NOT NULL THEN CAST(FLOOR(EPOCH({at}) / 60) AS BIGINT) END AS minute{final}
            FROM declarations AS d
            JOIN picks AS p ON p.declaration_id = d.declaration_id
            {join}
            {"LEFT JOIN goods AS g ON g.declaration_id = d.declaration_id" if goods else ""}
            WHERE {" AND ".join(wanted)}
            """,
        ),
        Step(
            "in_order",
            "In order of time, and of the declaration's number within a minute: never in the order of officers.",
            "SELECT * FROM draws ORDER BY office, day, minute, key"
            if evidence
            else "SELECT office, section, lane, procedure, goods, origin, value, declarant, officer, day, hour, minute"
            f"{names} FROM draws ORDER BY office, day, minute, key",
        ),
    ]
    return Query("assignment_draws_and_last" if again else "assignment_draws", tuple(steps))


def _list(name: str, why: str, sql: str) -> Query:
    return Query(f"assignment_{name}", (Step(name, why, sql),))


def roster(session: Session, settings: Settings) -> Query:
    """Shifts that touch the period, in minutes of universal time."""
    return _list(
        "roster",
        "Who was on duty, where and when.",
        f"""
        SELECT s.officer_id AS officer, s.office, {column(session, "shifts", "section", "s")} AS section,
               CAST(FLOOR(EPOCH(s.starts_at) / 60) AS BIGINT) AS starts,
               CAST(FLOOR(EPOCH(s.ends_at) / 60) AS BIGINT) AS ends
        FROM shifts AS s
        WHERE s.ends_at >= TIMESTAMP '{settings.period_start}' AND s.ends_at IS NOT NULL
        ORDER BY office, starts, ends, officer, section
        """,
    )


def duties(session: Session) -> Query:
    t = "duties"
    return _list(
        t,
        "Leave, training, acting cover, suspension and specialist desks, with when and by whom they were recorded.",
        f"""
        SELECT u.officer_id AS officer, u.kind, u.from_date, {column(session, t, "to_date", "u", "DATE")} AS to_date,
               {column(session, t, "detail", "u")} AS detail,
               CAST({column(session, t, "recorded_at", "u", "TIMESTAMP")} AS DATE) AS recorded_on,
               {column(session, t, "recorded_by", "u")} AS recorded_by
        FROM duties AS u
        ORDER BY officer, from_date, kind, to_date, detail, recorded_on, recorded_by
        """,
    )


def postings(session: Session) -> Query:
    return _list(
        "postings",
        "Who was posted to the office, in which role.",
        f"""
        SELECT t.officer_id AS officer, t.office, {column(session, "postings", "role", "t")} AS role,
               t.from_date, {column(session, "postings", "to_date", "t", "DATE")} AS to_date
        FROM postings AS t
        ORDER BY office, officer, from_date, role, to_date
        """,
    )


def rules(session: Session) -> Query:
    t = "assignment_rules"
    return _list(
        "rules",
        "How the administration says that work is given out.",
        f"""
        SELECT r.office, {column(session, t, "section", "r")} AS section,
               {column(session, t, "procedure", "r")} AS procedure,
               {column(session, t, "lane", "r")} AS lane, {column(session, t, "hs_prefix", "r")} AS hs_prefix,
               r.from_date, {column(session, t, "to_date", "r", "DATE")} AS to_date, r.method,
               {column(session, t, "pool", "r")} AS pool
        FROM assignment_rules AS r
        ORDER BY office, section, procedure, lane, hs_prefix, from_date, to_date, method, pool
        """,
    )


def members(session: Session) -> Query:
    return _list(
        "pools",
        "Which officers belong to which declared pool.",
        f"""
        SELECT m.pool, m.officer_id AS officer, m.from_date,
               {column(session, "assignment_pools", "to_date", "m", "DATE")} AS to_date
        FROM assignment_pools AS m
        ORDER BY pool, officer, from_date, to_date
        """,
    )


def days(value: date | None, otherwise: int) -> int:
    """A date as days since 1970."""
    return otherwise if value is None else (value - date(1970, 1, 1)).days
