"""Files cancelled and lodged again: the same consignment counts once, by the pick of its last lodging.

Whoever wants a certain officer can cancel a file that fell to another and lodge it again until it falls right. Each of
the picks is then by chance, and what is steered is which of them stands. So a cancelled file that the same declarant
lodged again soon afterwards is no draw of its own: the pick that stood is. Where files are cancelled whoever has them,
the last pick is as much by chance as the first.

The same consignment is told by its goods and net mass, not by its value: a value may be what was put right, or what was
gained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.query import Query, Step
from arusha.indicators.definition import Note

if TYPE_CHECKING:
    from arusha.engine.session import Session
    from arusha.indicators.definition import Settings

DAYS = 14
"""A file lodged again later than this is another consignment."""
LIKE = 0.01
"""Net masses, or without them values, that differ by no more than this are of the same consignment."""
CANCELLED = "cancelled"


def has_cancelled(session: Session) -> bool:
    """Whether the records say which files were cancelled, and of what they were."""
    return session.has("declarations", "status") and session.has("items", "hs_code")


def again_steps(session: Session, settings: Settings, key: str) -> list[Step]:
    """Steps that end in ``again``: cancelled files whose consignment was lodged again, and whether they met anew the
    same officer. They read ``picks`` and ``goods``.
    """
    if not has_cancelled(session):
        return []
    importer = "d.importer_id" if session.has("declarations", "importer_id") else "CAST(NULL AS VARCHAR)"
    measures = [c for c in ("net_mass_kg", "declared_value") if session.has("items", c)]
    measure = ", ".join(f"SUM(CAST(i.{c} AS DOUBLE))" for c in measures)
    measure = f"COALESCE({measure})" if measures else "CAST(NULL AS DOUBLE)"
    lodged = (
        f"SELECT d.{key}, d.office, d.declarant_id, COALESCE({importer}, '') AS importer, g.items, "
        "COALESCE(g.first_goods, '') AS goods, EPOCH(d.registered_at) AS seconds "
        f"FROM declarations AS d JOIN goods AS g ON g.{key} = d.{key} "
        f"WHERE d.registered_on >= DATE '{settings.period_start}' "
        f"AND d.registered_on < DATE '{settings.period_end}' AND "
    )
    return [
        Step("cancelled", "Files that were cancelled.", f"{lodged} d.status = '{CANCELLED}'"),
        Step(
            "lodged",
            "All files of the declarants who had one cancelled.",
            f"{lodged} d.declarant_id IN (SELECT c.declarant_id FROM cancelled AS c)",
        ),
        Step(
            "followed",
            "Files of as many items and the same first goods that a declarant lodged for an importer within "
            f"{DAYS} days after one that was cancelled.",
            f"""
            SELECT c.{key}, o.{key} AS other
            FROM cancelled AS c
            JOIN lodged AS o
              ON o.declarant_id = c.declarant_id AND o.office = c.office
             AND o.importer = c.importer AND o.goods = c.goods AND o.items = c.items
             AND o.seconds - c.seconds BETWEEN 0 AND {DAYS * 86400}
             AND (o.seconds > c.seconds OR o.{key} > c.{key})
            """,
        ),
        Step(
            "compared",
            "Both of each two.",
            f"SELECT l.{key} FROM followed AS l UNION SELECT l.other AS {key} FROM followed AS l",
        ),
        Step(
            "consignments",
            "What they are of: how many items, the first and the last of their codes, net mass (without it, value).",
            f"SELECT i.{key}, COUNT(*) AS items, MIN(i.hs_code) AS least, MAX(i.hs_code) AS most, {measure} AS amount "
            f"FROM items AS i SEMI JOIN compared AS c ON c.{key} = i.{key} GROUP BY i.{key}",
        ),
        Step(
            "again",
            "Cancelled files of which the same consignment was lodged again and met an officer: the same one, or not.",
            f"""
            SELECT l.{key}, MAX(CASE WHEN p.officer_id = b.officer_id THEN 1 ELSE 0 END) AS same_officer
            FROM followed AS l
            JOIN consignments AS c ON c.{key} = l.{key}
            JOIN consignments AS o
              ON o.{key} = l.other AND o.items = c.items AND o.least = c.least AND o.most = c.most
             AND ABS(o.amount - c.amount) <= {LIKE} * c.amount
            JOIN picks AS b ON b.{key} = l.{key}
            JOIN picks AS p ON p.{key} = l.other
            GROUP BY l.{key}
            """,
        ),
    ]


def lodged_again_query(name: str) -> Query:
    """By declarant with such files: draws that stand, and files cancelled and lodged again. ``name``: of the draws."""
    return Query(
        "assignment_lodged_again",
        (
            Step(
                "lodged_again",
                "Files that were cancelled and lodged again, beside all that stand.",
                f"""
                SELECT d.office, d.declarant,
                       SUM(CASE WHEN d.same_officer IS NULL THEN 1 ELSE 0 END) AS draws,
                       COUNT(d.same_officer) AS lodged_again,
                       SUM(CASE WHEN d.same_officer = 0 THEN 1 ELSE 0 END) AS other_officer
                FROM {name} AS d
                GROUP BY d.office, d.declarant
                HAVING COUNT(d.same_officer) > 0
                ORDER BY d.office, d.declarant
                """,
            ),
        ),
    )


def again_notes(table: pa.Table | None) -> list[Note]:
    """How many files were lodged again, for the report; None where the records do not say what was cancelled."""
    if table is None:
        return []
    n, other = (int(np.asarray(pc.sum(table[c]).as_py() or 0)) for c in ("lodged_again", "other_officer"))
    if not n:
        return []
    text = (
        f"{n} files were cancelled and the same goods lodged again within {DAYS} days; in {other} of them the officer "
        "was another one then. Each counts once, by the pick of its last lodging."
    )
    return [Note("assignment-lodged-again", text, {"n": n, "other": other, "days": DAYS})]
