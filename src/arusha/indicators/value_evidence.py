"""The items behind a signal of value-shortfall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arusha.engine.query import Query, Step
from arusha.indicators.value_records import SCALE, Known, quoted

MOST_ROWS = 20_000


def evidence_query(known: Known, signal: Mapping[str, Any]) -> Query:
    """Items of the unit with their gaps to what they are held against; for a pair its own with other officers too."""
    declarant = signal["other_id"] or signal["unit_id"]
    officer = quoted([signal["unit_id"]])
    whose = f"CASE WHEN g.officer = {officer} THEN 'this officer' ELSE 'other officers' END"
    against = "CASE WHEN g.alike = 1 THEN 'like goods of others' ELSE 'the importer''s own goods' END"
    return Query(
        "value_shortfall_evidence",
        (
            Step(
                "compared_items",
                "The declarant's items that are compared: the ratio of their unit value to that of like goods, or to "
                "the middle of the importer's own where there are too few.",
                f"""
                SELECT d.declaration_id, d.office, d.registered_at, d.declarant_id, d.importer_id, g.officer,
                       {whose if signal["other_id"] else "'declarant'"} AS whose, g.hs6, g.measure,
                       {against} AS held_against,
                       EXP(g.gap / {SCALE}.0) AS assessed_to_like, EXP(g.declared_gap / {SCALE}.0) AS declared_to_like,
                       d.source_file, d.source_line
                FROM value_gaps AS g
                JOIN declarations AS d ON d.{known.key} = g.{known.key}
                WHERE g.declarant = {quoted([declarant])} AND g.office = {quoted([signal["office"]])}
                ORDER BY whose DESC, d.registered_at, d.declaration_id, g.hs6, g.gap
                LIMIT {MOST_ROWS}
                """,
            ),
        ),
    )
