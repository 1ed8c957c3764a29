"""The queries of the assignment questions: picks of officers, the roster, duties and rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from arusha.engine.query import Query, Step
from arusha.indicators import assignment_cancelled as unless
from arusha.indicators.assignment_again import again_steps, has_cancelled, lodged_again_query
from arusha.indicators.assignment_cancelled_pairs import CancelledLimits
from arusha.indicators.assignment_draws import KEYS
from arusha.indicators.assignment_exemptions import exemption_column
from arusha.indicators.declaration_key import declaration_key

if TYPE_CHECKING:
    import pyarrow as pa

    from arusha.engine.session import Session
    from arusha.indicators.definition import Settings

LANES = ("blue", "yellow", "red")
"""Lanes whose declarations an officer examines. A green declaration meets one only after someone moved it."""


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


def _picks(session: Session, key: str) -> list[Step]:
    """The first pick of each declaration."""
    if not has_picks(session):
        # The officer who handled it in the end, by the declaration's own time.
        return [
            Step(
                "picks",
                "Without a record of picks: the officer who handled the declaration.",
                f"SELECT d.{key}, d.officer_id, CAST(NULL AS DATE) AS day, CAST(NULL AS BIGINT) AS hour, "
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
            SELECT a.{key}, a.officer_id,
                   {column(session, "assignments", "assigned_on", a, "DATE")} AS day,
                   {column(session, "assignments", "assigned_hour", a, "BIGINT")} AS hour,
                   {column(session, "assignments", "assigned_at", a, "TIMESTAMP")} AS at,
                   {column(session, "assignments", "section", a)} AS section
            FROM assignments AS a
            WHERE a.sequence = 1 AND a.officer_id IS NOT NULL
            """,
        )
    ]


def _goods(session: Session, key: str) -> list[Step]:
    """What a declaration is of: its first item, and the item of greatest value."""
    code = "i.hs_code" if session.has("assignment_rules", "hs_prefix") else "LEFT(i.hs_code, 4)"
    if not session.has("items", "hs_code"):
        nothing = "CAST(NULL AS VARCHAR)"
        return [
            Step(
                "goods",
                "The records do not say what declarations are of.",
                f"SELECT d.{key}, {nothing} AS first_goods, {nothing} AS main_goods, {nothing} AS origin, "
                f"{nothing} AS exemption, CAST(NULL AS BIGINT) AS items FROM declarations AS d WHERE 1 = 0",
            )
        ]
    value = column(session, "items", "declared_value", "i", "DECIMAL(18, 3)")
    origin = column(session, "items", "origin", "i")
    exemption = column(session, "items", exemption_column(session), "i")
    return [
        Step(
            "items_of",
            "The first item, how many there are, and the item of greatest value, whose number is kept in three digits.",
            f"SELECT i.{key}, COUNT(*) AS items, MAX(CASE WHEN i.item_no = 1 THEN {code} END) AS goods, "
            f"MAX(CASE WHEN i.item_no = 1 THEN {origin} END) AS origin, "
            f"MAX(CASE WHEN i.item_no = 1 THEN {exemption} END) AS exemption, "
            f"999 - MAX(CAST(FLOOR({value}) AS BIGINT) * 1000 + 999 - i.item_no) % 1000 AS main_no "
            f"FROM items AS i SEMI JOIN picks AS p ON p.{key} = i.{key} "
            f"WHERE i.item_no < 1000 GROUP BY i.{key}",
        ),
        Step(
            "other_main",
            "Declarations whose item of greatest value is not the first.",
            f"SELECT w.{key}, w.main_no FROM items_of AS w WHERE w.main_no > 1",
        ),
        Step(
            "main_item",
            "That item.",
            f"SELECT i.{key}, {code} AS goods, {exemption} AS exemption FROM items AS i "
            f"JOIN other_main AS w ON w.{key} = i.{key} AND w.main_no = i.item_no",
        ),
        Step(
            "goods",
            "What each declaration is of, by its first and by its main item.",
            f"SELECT w.{key}, w.goods AS first_goods, COALESCE(m.goods, w.goods) AS main_goods, w.origin, "
            "CASE WHEN w.main_no > 1 THEN m.exemption ELSE w.exemption END AS exemption, w.items "
            f"FROM items_of AS w LEFT JOIN main_item AS m ON m.{key} = w.{key}",
        ),
    ]


def has_rules_by_goods(session: Session) -> bool:
    """Whether rules may name the goods that they cover, and declarations have goods."""
    return session.has("assignment_rules", "hs_prefix") and session.has("items", "hs_code")


def _declared_goods(session: Session, key: str) -> list[Step]:
    """Which of the prefixes that rules name the items of a declaration touch: an item is of the longest one."""
    if not has_rules_by_goods(session):
        return []
    return [
        Step(
            "prefixes",
            "Goods that any rule names.",
            "SELECT DISTINCT r.hs_prefix AS prefix FROM assignment_rules AS r WHERE r.hs_prefix IS NOT NULL",
        ),
        Step(
            "codes",
            "Commodity codes that occur.",
            "SELECT DISTINCT i.hs_code FROM items AS i WHERE i.hs_code IS NOT NULL",
        ),
        Step(
            "beginnings",
            "Each of them with all that it begins with.",
            " UNION ALL ".join(
                f"SELECT c.hs_code, LEFT(c.hs_code, {digits}) AS prefix FROM codes AS c" for digits in range(1, 13)
            ),
        ),
        Step(
            "declared_codes",
            "The longest prefix that a rule names: of two beginnings of one code the one that comes last.",
            "SELECT b.hs_code, MAX(b.prefix) AS prefix FROM beginnings AS b "
            "JOIN prefixes AS p ON p.prefix = b.prefix GROUP BY b.hs_code",
        ),
        Step(
            "touched",
            "By declaration: items that a rule names, and the first and last of their prefixes.",
            f"SELECT i.{key}, COUNT(*) AS items, MIN(c.prefix) AS least, MAX(c.prefix) AS most, "
            "COUNT(DISTINCT c.prefix) AS kinds FROM items AS i "
            "JOIN declared_codes AS c ON c.hs_code = i.hs_code "
            f"SEMI JOIN picks AS p ON p.{key} = i.{key} "
            f"WHERE i.item_no < 1000 GROUP BY i.{key}",
        ),
    ]


def _last(session: Session, key: str) -> list[Step]:
    """The last pick of each declaration that was given to someone again."""
    if not has_picks(session):
        nothing = "CAST(NULL AS VARCHAR)"
        return [
            Step(
                "last",
                "Without a record of picks nothing was given out again.",
                f"SELECT d.{key}, {nothing} AS officer_id, {nothing} AS given_by, CAST(NULL AS DATE) AS day, "
                "CAST(NULL AS BIGINT) AS hour, CAST(NULL AS TIMESTAMP) AS at FROM declarations AS d WHERE 1 = 0",
            )
        ]
    a = "a"
    return [
        Step(
            "later",
            "The number of the last pick of each declaration that was given out again.",
            f"SELECT a.{key}, MAX(a.sequence) AS sequence FROM assignments AS a "
            f"WHERE a.sequence > 1 AND a.officer_id IS NOT NULL GROUP BY a.{key}",
        ),
        Step(
            "last",
            "Who had it in the end, by whose hand, and when.",
            f"""
            SELECT a.{key}, a.officer_id,
                   {column(session, "assignments", "assigned_by", a)} AS given_by,
                   {column(session, "assignments", "assigned_on", a, "DATE")} AS day,
                   {column(session, "assignments", "assigned_hour", a, "BIGINT")} AS hour,
                   {column(session, "assignments", "assigned_at", a, "TIMESTAMP")} AS at
            FROM assignments AS a
            JOIN later AS l ON l.{key} = a.{key} AND l.sequence = a.sequence
            """,
        ),
    ]


def all_draws(session: Session, settings: Settings) -> Query:
    """Every draw of the period with what both questions read of it: worked out once a session."""
    hour = "CASE WHEN p.day IS NULL THEN d.registered_hour ELSE p.hour END"
    at = "COALESCE(p.at, d.registered_at)"
    valued = session.has("declarations", "declared_value")
    key = declaration_key(session)
    declared = _declared_goods(session, key)
    touched = (
        "t.least AS least_declared, t.most AS most_declared, COALESCE(t.kinds, 0) AS declared_kinds, "
        "COALESCE(g.items, 0) - COALESCE(t.items, 0) AS bare_items,"
    )
    again = again_steps(session, settings, key)
    keys = " ".join(f"d.{c} AS {name}," for name, c in KEYS.items() if session.has("declarations", c))
    steps = [
        *_picks(session, key),
        *_last(session, key),
        *_goods(session, key),
        *declared,
        *again,
        Step(
            "draws",
            "Declarations whose lane needs an officer, with the office's own day and hour of the pick.",
            f"""
            SELECT d.{key}, d.office,
                   COALESCE(p.section, {column(session, "declarations", "section", "d")}) AS section,
                   d.lane_assigned AS lane,
                   {column(session, "declarations", "procedure", "d")} AS procedure,
                   g.first_goods, g.main_goods, g.origin, g.exemption, {touched if declared else ""}
                   {keys} {"n.same_officer," if again else ""}
                   CASE WHEN g.items < 3 THEN g.items - 1 WHEN g.items < 5 THEN 2 WHEN g.items < 10 THEN 3
                        WHEN g.items >= 10 THEN 4 END AS items,
                   {_bands("d.declared_value") if valued else "CAST(NULL AS BIGINT)"} AS value,
                   d.declarant_id AS declarant, p.officer_id AS officer,
                   COALESCE(p.day, d.registered_on) - DATE '1970-01-01' AS day,
                   {hour} AS hour,
                   CASE WHEN {hour} IS NOT NULL THEN CAST(FLOOR(EPOCH({at}) / 60) AS BIGINT) END AS minute,
                   COALESCE(l.officer_id, {column(session, "declarations", "officer_id", "d")}, p.officer_id) AS final,
                   l.given_by, l.day - DATE '1970-01-01' AS given_on,
                   CASE WHEN l.hour IS NOT NULL THEN CAST(FLOOR(EPOCH(l.at) / 60) AS BIGINT) END AS given_minute
            FROM declarations AS d
            JOIN picks AS p ON p.{key} = d.{key}
            LEFT JOIN last AS l ON l.{key} = d.{key}
            LEFT JOIN goods AS g ON g.{key} = d.{key}
            {f"LEFT JOIN touched AS t ON t.{key} = d.{key}" if declared else ""}
            {f"LEFT JOIN again AS n ON n.{key} = d.{key}" if again else ""}
            WHERE d.registered_on >= DATE '{settings.period_start}' AND d.registered_on < DATE '{settings.period_end}'
              AND d.lane_assigned IN ({_quoted(lanes_of(settings))}) AND d.declarant_id IS NOT NULL
            """,
        ),
    ]
    return Query("assignment_draws", tuple(steps))


COLUMNS = (
    "office, section, lane, procedure, first_goods, main_goods, origin, exemption, items, value, declarant, officer, "
    "day, hour, minute"
)
DECLARED = "least_declared, most_declared, declared_kinds, bare_items"
LATER = "final, given_by, given_on, given_minute"
PLACES = "e.declaration_id, e.source_file, e.source_line, e.registered_at, e.registered_on, e.registered_hour"


def draws(
    session: Session,
    settings: Settings,
    *,
    office: str | None = None,
    declarant: str | None = None,
    evidence: bool = False,
    again: bool = False,
    declared: bool = False,
    keys: bool = False,
    standing: bool = False,
) -> tuple[Query, Query]:
    """The query that works out all draws (to be shared), and the one that reads those wanted, in order.

    Parameters
    ----------
    office, declarant
        Only theirs.
    evidence
        Add what a reader needs to find the row again: the declaration and where it stands in the source.
    again
        Add who had the declaration in the end, by whose hand and when.
    declared
        Add which goods that rules name its items touch, where any rule may name goods.
    keys
        Add the keys by which an office may give files out, where they are recorded.
    standing
        Without files that were cancelled and lodged again (``assignment_again``).
    """
    whole = all_draws(session, settings)
    name = shared_name(whole)
    wanted = [f"d.{k} = {_quoted((v,))}" for k, v in (("office", office), ("declarant", declarant)) if v is not None]
    wanted += ["d.same_officer IS NULL"] if standing and has_cancelled(session) else []
    key = declaration_key(session)
    goods = [DECLARED] if declared and has_rules_by_goods(session) else []
    known = [name for name, c in KEYS.items() if keys and session.has("declarations", c)]
    columns = ", ".join(f"d.{c}" for c in ", ".join([COLUMNS, *goods, *known, *([LATER] if again else ())]).split(", "))
    places = f"JOIN declarations AS e ON e.{key} = d.{key} " if evidence else ""
    step = Step(
        "in_order",
        "In order of time, and of the declaration's number within a minute: never in the order of officers.",
        f"SELECT {PLACES + ', ' if evidence else ''}{columns} FROM {name} AS d {places}"
        f"{'WHERE ' + ' AND '.join(wanted) if wanted else ''} ORDER BY d.office, d.day, d.minute, d.{key}",
    )
    return whole, Query("assignment_draws_in_order", (step,))


def shared_name(query: Query) -> str:
    """The name under which a query's result is kept in a session: the same for the same text."""
    return f"assignment_draws_{hashlib.sha256(query.text().encode()).hexdigest()[:8]}"


def read(session: Session, settings: Settings, **wanted: Any) -> tuple[pa.Table, tuple[str, ...]]:
    """The draws wanted (see ``draws``), and the texts of the queries behind them."""
    whole, query = draws(session, settings, **wanted)
    session.share(whole, shared_name(whole))
    return session.run(query, codes=not wanted.get("evidence")), (whole.text(), query.text())


def lodged_again(session: Session, settings: Settings) -> tuple[pa.Table, str] | None:
    """Files cancelled and lodged again, by declarant, and the query's text; None where the records do not say."""
    if not has_cancelled(session):
        return None
    whole = all_draws(session, settings)
    name = shared_name(whole)
    session.share(whole, name)
    query = lodged_again_query(name)
    return session.run(query), query.text()


def cancelled(
    session: Session, settings: Settings, limits: CancelledLimits
) -> tuple[Mapping[str, pa.Table], Sequence[str]]:
    """What says whether files are cancelled unless an officer has them (``assignment_cancelled``)."""
    whole = all_draws(session, settings)
    session.share(whole, shared_name(whole))
    return unless.read(session, settings, shared_name(whole), limits, has_picks(session))


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
