"""Examinations and what they found, as named steps for finding-rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators.declaration_key import declaration_key, registered
from arusha.indicators.definition import Settings

GOODS = (
    ("05", "animal"),
    ("14", "vegetable"),
    ("15", "fats"),
    ("24", "food"),
    ("27", "mineral"),
    ("38", "chemical"),
    ("40", "plastics"),
    ("43", "leather"),
    ("49", "wood"),
    ("63", "textile"),
    ("67", "footwear"),
    ("70", "stone"),
    ("71", "precious"),
    ("83", "metal"),
    ("85", "machinery"),
    ("89", "vehicles"),
    ("92", "instruments"),
)
"""Groups of the Harmonized System's sections: last chapter of each, and its name; the rest is ``other``."""


@dataclass(frozen=True)
class Known:
    """Which of the optional records there are."""

    author: bool
    """Acts name the officer who made them; else the examining officer of the declaration."""
    items: bool
    section: bool
    reason: bool
    """The records say which declarations were selected at random."""
    tax: bool
    """Acts say how much tax they added."""
    key: str
    """The column over which tables are joined."""
    registered: str
    """Columns that say when a declaration was registered, of the table ``d``."""

    @staticmethod
    def of(session: Session) -> Known:
        return Known(
            author=session.has("inspections", "officer_id"),
            items=session.has("items", "hs_code"),
            section=session.has("declarations", "section"),
            reason=session.has("declarations", "lane_reason"),
            tax=session.has("inspections", "additional_tax"),
            key=declaration_key(session),
            registered=registered(session, "d."),
        )


def examined_query(known: Known, settings: Settings) -> Query:
    """One row an examination: a declaration and an officer who examined it; shared as ``examined_goods``."""
    author = "i.officer_id" if known.author else "NULL"
    tax = "CAST(i.additional_tax * 1000 AS BIGINT)" if known.tax else "0"
    cases = " ".join(f"WHEN SUBSTR(i.hs_code, 1, 2) <= '{last}' THEN '{name}'" for last, name in GOODS)
    goods, join = "'all'", ""
    if known.items:
        goods = f"CASE WHEN i.hs_code IS NULL THEN 'unknown' {cases} ELSE 'other' END"
        join = f"LEFT JOIN items AS i ON i.{known.key} = e.{known.key} AND i.item_no = 1"
    return Query(
        "finding_rate_examined",
        (
            Step(
                "acts",
                "Acts with an outcome, in the period.",
                f"""
                SELECT d.{known.key}, d.office, {"d.section" if known.section else "'all'"} AS section,
                       d.lane_assigned AS lane, d.declarant_id AS declarant, d.registered_on AS day,
                       COALESCE({author}, d.officer_id) AS officer,
                       {"CASE WHEN d.lane_reason = 'random' THEN 1 ELSE 0 END" if known.reason else "0"} AS random,
                       CASE WHEN i.outcome = 'discrepancy' THEN 1 ELSE 0 END AS found,
                       {tax} AS tax
                FROM inspections AS i
                JOIN declarations AS d ON d.{known.key} = i.{known.key}
                WHERE d.registered_on >= DATE '{settings.period_start}'
                  AND d.registered_on < DATE '{settings.period_end}' AND i.outcome IS NOT NULL
                """,
            ),
            Step(
                "examinations",
                "Several acts of one officer on one declaration are one examination.",
                f"""
                SELECT {known.key}, office, section, lane, declarant, day, officer, random,
                       MAX(found) AS found, SUM(tax) AS tax
                FROM acts
                GROUP BY {known.key}, office, section, lane, declarant, day, officer, random
                """,
            ),
            Step(
                "examined",
                "Examinations with the group of goods of the first item, by sections of the Harmonized System.",
                f"""
                SELECT e.{known.key}, e.office, e.section, e.lane, e.declarant, e.day, e.officer, e.random,
                       e.found, e.tax, {goods} AS goods
                FROM examinations AS e
                {join}
                """,
            ),
        ),
    )


def cells_query(where: str = "1 = 1") -> Query:
    """Examinations and findings by office, section, lane, goods, quarter, officer and declarant.

    ``where`` is SQL on the rows counted.
    """
    return Query(
        "finding_rate_cells",
        (
            Step(
                "batches",
                "An officer's examinations of one declarant's like goods on one day.",
                f"""
                SELECT office, section, lane, random, goods, YEAR(day) * 4 + QUARTER(day) AS quarter, day, officer,
                       declarant, COUNT(*) AS n, SUM(found) AS found, SUM(tax) AS tax
                FROM examined_goods
                WHERE {where}
                GROUP BY office, section, lane, random, goods, YEAR(day) * 4 + QUARTER(day), day, officer, declarant
                """,
            ),
            Step(
                "cells",
                "The same by quarter, with the batches counted.",
                """
                SELECT office, section, lane, random, goods, quarter, officer, declarant, SUM(n) AS n,
                       SUM(found) AS found, SUM(tax) AS tax, COUNT(*) AS batches,
                       COUNT(*) FILTER (WHERE found > 0) AS batches_found
                FROM batches
                GROUP BY office, section, lane, random, goods, quarter, officer, declarant
                """,
            ),
        ),
    )


def random_query(known: Known, settings: Settings) -> Query:
    """The random share as it was selected: how many of it were examined at all, and what was found."""
    return Query(
        "finding_rate_random",
        (
            Step(
                "outcomes",
                "What was found on a declaration, by anyone.",
                f"""
                SELECT {known.key}, MAX(CASE WHEN outcome = 'discrepancy' THEN 1 ELSE 0 END) AS found
                FROM inspections
                WHERE outcome IS NOT NULL
                GROUP BY {known.key}
                """,
            ),
            Step(
                "random_share",
                "Declarations selected at random, whether or not they were examined; and those selected by criteria.",
                f"""
                SELECT d.office, d.lane_assigned AS lane,
                       CASE WHEN d.lane_reason = 'random' THEN 'random' ELSE 'criteria' END AS selected,
                       COUNT(*) AS n, COUNT(o.found) AS examined, SUM(COALESCE(o.found, 0)) AS found
                FROM declarations AS d
                LEFT JOIN outcomes AS o ON o.{known.key} = d.{known.key}
                WHERE d.registered_on >= DATE '{settings.period_start}'
                  AND d.registered_on < DATE '{settings.period_end}'
                  AND (d.lane_reason = 'random' OR d.lane_assigned IN ('red', 'yellow'))
                GROUP BY d.office, d.lane_assigned, CASE WHEN d.lane_reason = 'random' THEN 'random' ELSE 'criteria' END
                ORDER BY office, lane, selected
                """,
            ),
        ),
    )


def text(value: object) -> str:
    """A text as SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def evidence_query(known: Known, signal: Mapping[str, Any]) -> Query:
    """The examinations of one signal's unit; ``cell_`` columns say the cell of each."""
    pair = f"AND e.declarant = {text(signal['other_id'])}" if signal["other_id"] else ""
    return Query(
        "finding_rate_evidence",
        (
            Step(
                "counted",
                "This officer's examinations and what they found.",
                f"""
                SELECT d.declaration_id, d.office, {known.registered}, d.declarant_id, d.lane_assigned, d.lane_reason,
                       e.officer, e.goods, e.found, e.tax, d.source_file, d.source_line, e.section AS cell_section,
                       e.lane AS cell_lane, e.random AS cell_random, e.goods AS cell_goods,
                       YEAR(e.day) * 4 + QUARTER(e.day) AS cell_quarter, e.declarant AS cell_declarant
                FROM examined_goods AS e
                JOIN declarations AS d ON d.{known.key} = e.{known.key}
                WHERE e.officer = {text(signal["unit_id"])} AND e.office = {text(signal["office"])} {pair}
                ORDER BY d.registered_at, d.declaration_id
                """,
            ),
        ),
    )
