"""What the records cover: declarations of each office by month, and who and what can be seen of them.

Outcomes exist only of goods that were inspected, and an extract can lack weeks: both must be known before any rate is
read, and neither shows in the numbers of rows that were accepted.
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from arusha.engine import Query, Session, Step

OFFICES = pa.schema(
    [
        ("office", pa.string()),
        ("declarations", pa.int64()),
        ("with_officer", pa.int64()),
        ("controls", pa.int64()),
        ("controls_with_act", pa.int64()),
        ("at_random", pa.int64()),
        ("at_random_with_act", pa.int64()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
    ]
)
"""Null where the records do not say. A control is a declaration that was sent to yellow or red."""
MONTHS = pa.schema([("office", pa.string()), ("month", pa.date32()), ("declarations", pa.int64())])
"""One row an office and month with a declaration; ``month`` is its first day."""


def coverage(session: Session, start: date, end: date) -> dict[str, pa.Table]:
    """``offices`` and ``months`` of the declarations registered from ``start`` up to ``end`` (exclusive)."""
    within = f"d.registered_on >= DATE '{start}' AND d.registered_on < DATE '{end}' AND d.office IS NOT NULL"
    months = Step(
        "months",
        "Declarations of each office by month.",
        f"""
        SELECT CAST(d.office AS VARCHAR) AS office, CAST(DATE_TRUNC('month', d.registered_on) AS DATE) AS month,
               COUNT(*) AS declarations
        FROM declarations AS d
        WHERE {within}
        GROUP BY d.office, DATE_TRUNC('month', d.registered_on)
        ORDER BY office, month
        """,
    )
    return {
        "offices": session.run(Query("coverage_offices", _offices(session, within))).cast(OFFICES),
        "months": session.run(Query("coverage_months", (months,))).cast(MONTHS),
    }


def _offices(session: Session, within: str) -> tuple[Step, ...]:
    picked = session.has("assignments", "officer_id")
    named = session.has("declarations", "officer_id")
    lanes = session.has("declarations", "lane_assigned")
    acts = session.has("inspections")
    reason = session.has("declarations", "lane_reason")
    steps = []
    if picked:
        steps.append(
            Step(
                "picked",
                "Declarations for which an officer was picked.",
                "SELECT declaration_id, COUNT(*) AS picks FROM assignments WHERE officer_id IS NOT NULL "
                "GROUP BY declaration_id",
            )
        )
    if acts:
        steps.append(
            Step(
                "acted",
                "Declarations with an inspection act.",
                "SELECT declaration_id, COUNT(*) AS acts FROM inspections GROUP BY declaration_id",
            )
        )
    joins = [
        f"LEFT JOIN {name} ON {name}.declaration_id = d.declaration_id"
        for name, there in (("picked", picked), ("acted", acts))
        if there
    ]
    someone = [c for c, there in (("d.officer_id IS NOT NULL", named), ("picked.picks IS NOT NULL", picked)) if there]
    control, chance, act = "d.lane_assigned IN ('yellow', 'red')", "d.lane_reason = 'random'", "acted.acts IS NOT NULL"

    def count(*conditions: str, known: bool) -> str:
        if not known:
            return "CAST(NULL AS BIGINT)"
        return f"SUM(CASE WHEN {' AND '.join(conditions)} THEN 1 ELSE 0 END)"

    steps.append(
        Step(
            "offices",
            "What can be seen of each office's declarations.",
            f"""
            SELECT CAST(d.office AS VARCHAR) AS office, COUNT(*) AS declarations,
                   {count("(" + " OR ".join(someone) + ")", known=bool(someone))} AS with_officer,
                   {count(control, known=lanes)} AS controls,
                   {count(control, act, known=lanes and acts)} AS controls_with_act,
                   {count(chance, known=reason)} AS at_random,
                   {count(chance, act, known=reason and acts)} AS at_random_with_act,
                   MIN(d.registered_on) AS first_day, MAX(d.registered_on) AS last_day
            FROM declarations AS d
            {" ".join(joins)}
            WHERE {within}
            GROUP BY d.office
            ORDER BY office
            """,
        )
    )
    return tuple(steps)
