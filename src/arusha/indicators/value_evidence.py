"""The items behind a signal of value-shortfall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators.declaration_key import registered
from arusha.indicators.value_records import SCALE, Known, quoted

MOST_ROWS = 20_000


def evidence_query(session: Session, known: Known, signal: Mapping[str, Any]) -> Query:
    """Items of the unit with their gaps to what they are held against; for a pair its own with other officers too."""
    declarant = signal["other_id"] or signal["unit_id"]
    officer = quoted([signal["unit_id"]])
    value = "COALESCE(i.assessed_value, i.declared_value)" if known.assessed else "i.declared_value"
    measures = [name for name, there in (("net_mass_kg", known.mass), ("quantity", known.quantity)) if there]
    amount = " ".join(f"WHEN i.{name} > 0 THEN i.{name}" for name in measures)
    amount = f"CASE {amount} END"
    # Tables made by hand may have no lines of items.
    place = "i" if {"source_file", "source_line"} <= set(session.schema["items"]) else "d"
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
                SELECT d.declaration_id, d.office, {registered(session, "d.")}, d.declarant_id, d.importer_id,
                       g.officer, {whose if signal["other_id"] else "'declarant'"} AS whose, g.hs6, g.measure,
                       {against} AS held_against,
                       EXP(g.gap / {SCALE}.0) AS assessed_to_like, EXP(g.declared_gap / {SCALE}.0) AS declared_to_like,
                       g.item_no, CAST({value} AS DOUBLE) AS value, CAST({amount} AS DOUBLE) AS amount,
                       CAST({value} AS DOUBLE) / NULLIF(CAST({amount} AS DOUBLE), 0) * EXP(-g.gap / {SCALE}.0)
                           AS like_unit_value,
                       {place}.source_file, {place}.source_line
                FROM value_gaps AS g
                JOIN declarations AS d ON d.{known.key} = g.{known.key}
                JOIN items AS i ON i.{known.key} = g.{known.key} AND i.item_no = g.item_no
                WHERE g.declarant = {quoted([declarant])} AND g.office = {quoted([signal["office"]])}
                ORDER BY whose DESC, d.registered_at, d.declaration_id, g.hs6, g.gap, g.item_no
                LIMIT {MOST_ROWS}
                """,
            ),
        ),
    )
