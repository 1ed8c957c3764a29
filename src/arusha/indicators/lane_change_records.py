"""Controls, who closed them and whether an act was written, as named steps for lane-change-without-act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators.declaration_key import declaration_key, registered
from arusha.indicators.definition import Settings

SUPERIORS = "('chief', 'supervisor')"


@dataclass(frozen=True)
class Known:
    """Which of the optional records there are."""

    log: bool
    """The log says who re-routed what."""
    postings: bool
    """Postings say who was chief or supervisor, where and when."""
    authors: bool
    """Inspection acts name their officer."""
    key: str
    """The column over which tables are joined."""
    registered: str
    """Columns that say when a declaration was registered, of the table ``d``."""

    @staticmethod
    def of(session: Session) -> Known:
        return Known(
            log=session.has("events", "user_id", "declaration_id", "occurred_at", "action"),
            postings=session.has("postings", "role"),
            authors=session.has("inspections", "officer_id"),
            key=declaration_key(session),
            registered=registered(session, "d."),
        )


def closed_query(known: Known, settings: Settings) -> Query:
    """One row a control, with who closed it and whether that was out of order; shared as ``closed_controls``."""
    steps = [
        Step(
            "controls",
            "Declarations that the engine sent to a control before release.",
            f"""
            SELECT {known.key}, office, lane_assigned AS lane, declarant_id AS declarant, officer_id AS officer,
                   registered_on AS day,
                   CASE WHEN lane_final IN ('green', 'blue') THEN 1 ELSE 0 END AS ended_free
            FROM declarations
            WHERE registered_on >= DATE '{settings.period_start}' AND registered_on < DATE '{settings.period_end}'
              AND lane_assigned IN ('red', 'yellow')
            """,
        ),
        Step(
            "acts",
            "Declarations with an inspection act, whoever wrote it and whenever.",
            f"SELECT {known.key}, COUNT(*) AS acts FROM inspections GROUP BY {known.key}",
        ),
    ]
    steps += _reroutes(known) if known.log else _without_log(known)
    steps += _superiors(known)
    author = (
        f"""SELECT DISTINCT c.{known.key}
               FROM closers AS c
               JOIN inspections AS i ON i.{known.key} = c.{known.key} AND i.officer_id = c.closer
               WHERE c.stranger = 1"""
        if known.authors
        else f"SELECT {known.key} FROM closers WHERE 1 = 0"
    )
    steps += [
        Step("authors", "Controls whose closer, a stranger, wrote an act on them.", author),
        Step(
            "closed",
            "Out of order: ended in a free lane without an act, or re-routed by someone who was neither the assigned "
            "officer, nor the author of an act, nor a chief or supervisor of the office on that day.",
            f"""
            SELECT c.{known.key}, c.office, c.lane, c.day, c.declarant, c.officer, c.closer, c.by_system,
                   CASE WHEN s.{known.key} IS NULL THEN 0 ELSE 1 END AS superior,
                   CASE WHEN a.acts IS NULL THEN 0 ELSE 1 END AS acted,
                   CASE WHEN c.ended_free = 1 AND a.acts IS NULL THEN 1 ELSE 0 END AS no_act,
                   CASE WHEN c.stranger = 1 AND s.{known.key} IS NULL AND w.{known.key} IS NULL
                        THEN {1 if known.postings else 0} ELSE 0 END AS stranger
            FROM closers AS c
            LEFT JOIN acts AS a ON a.{known.key} = c.{known.key}
            LEFT JOIN superiors AS s ON s.{known.key} = c.{known.key}
            LEFT JOIN authors AS w ON w.{known.key} = c.{known.key}
            """,
        ),
    ]
    return Query("lane_change_closed", tuple(steps))


def _without_log(known: Known) -> list[Step]:
    return [
        Step(
            "closers",
            "Without a log the assigned officer is taken to have closed the control.",
            f"""
            SELECT {known.key}, office, lane, declarant, officer, officer AS closer, day, ended_free,
                   0 AS by_system, 0 AS stranger
            FROM controls
            """,
        )
    ]


def _reroutes(known: Known) -> list[Step]:
    return [
        Step(
            "numbered_reroutes",
            "Entries of the log that re-route to a free lane, the last one of each declaration first.",
            f"""
            SELECT {known.key}, user_id, occurred_on,
                   ROW_NUMBER() OVER (PARTITION BY {known.key} ORDER BY occurred_at DESC, event_id DESC) AS number
            FROM events
            WHERE action = 'reroute' AND {known.key} IS NOT NULL
              AND (new_value IS NULL OR LOWER(new_value) IN ('green', 'blue'))
            """,
        ),
        Step(
            "closers",
            "Who closed the control: the last to re-route it, else the assigned officer. The system is nobody.",
            f"""
            SELECT c.{known.key}, c.office, c.lane, c.declarant, c.officer,
                   CASE WHEN r.user_id IS NULL OR r.user_id = 'system' THEN c.officer ELSE r.user_id END AS closer,
                   COALESCE(r.occurred_on, c.day) AS closed_on, c.day,
                   CASE WHEN r.user_id = 'system' THEN 1 ELSE 0 END AS by_system,
                   CASE WHEN r.user_id = 'system' THEN 0
                        WHEN r.user_id IS NOT NULL THEN 1 ELSE c.ended_free END AS ended_free,
                   CASE WHEN r.user_id IS NOT NULL AND r.user_id <> 'system'
                             AND (c.officer IS NULL OR r.user_id <> c.officer) THEN 1 ELSE 0 END AS stranger
            FROM controls AS c
            LEFT JOIN numbered_reroutes AS r ON r.{known.key} = c.{known.key} AND r.number = 1
            """,
        ),
    ]


def _superiors(known: Known) -> list[Step]:
    if not known.postings:
        sql = f"SELECT {known.key} FROM closers WHERE 1 = 0"
    else:
        day = "closed_on" if known.log else "day"
        sql = f"""
            SELECT DISTINCT c.{known.key}
            FROM closers AS c
            JOIN postings AS p ON p.officer_id = c.closer AND p.office = c.office
            WHERE p.role IN {SUPERIORS} AND p.from_date <= c.{day} AND (p.to_date IS NULL OR c.{day} < p.to_date)
            """
    return [Step("superiors", "Controls closed by a chief or supervisor of the office on that day.", sql)]


def cells_query(where: str = "1 = 1", *, act_for_all: bool = False) -> Query:
    """Controls and those out of order, by office, lane, month, closer and declarant.

    ``where`` is SQL on the rows counted. ``act_for_all``: an act on any control of a batch counts for all of it.
    """
    missing = "CASE WHEN SUM(acted) > 0 THEN 0 ELSE SUM(no_act) END" if act_for_all else "SUM(no_act)"
    out_of_order = "GREATEST(SUM(stranger), " + missing + ")" if act_for_all else "SUM(GREATEST(no_act, stranger))"
    return Query(
        "lane_change_cells",
        (
            Step(
                "batches",
                "One closer's controls of one declarant on one day: alike, and often closed in one go.",
                f"""
                SELECT office, lane, YEAR(day) * 12 + MONTH(day) AS month, day, superior, closer, declarant,
                       COUNT(*) AS n, {out_of_order} AS x, {missing} AS no_act,
                       SUM(stranger) AS stranger, COUNT(*) FILTER (WHERE closer = officer) AS as_examiner
                FROM closed_controls
                WHERE {where}
                GROUP BY office, lane, YEAR(day) * 12 + MONTH(day), day, superior, closer, declarant
                """,
            ),
            Step(
                "cells",
                "The same by month, with the batches counted.",
                """
                SELECT office, lane, month, superior, closer, declarant, SUM(n) AS n, SUM(x) AS x,
                       SUM(no_act) AS no_act, SUM(stranger) AS stranger, COUNT(*) AS batches,
                       COUNT(*) FILTER (WHERE x > 0) AS batches_x, SUM(as_examiner) > 0 AS examiner
                FROM batches
                GROUP BY office, lane, month, superior, closer, declarant
                """,
            ),
        ),
    )


def totals_query() -> Query:
    """What happened to controls, by office and lane."""
    return Query(
        "lane_change_totals",
        (
            Step(
                "totals",
                "Controls, those that name nobody, those that the system re-routed, and those without an act.",
                """
                SELECT office, lane, COUNT(*) AS n, COUNT(*) FILTER (WHERE closer IS NULL) AS nobody,
                       SUM(by_system) AS by_system, SUM(no_act) AS no_act, SUM(stranger) AS stranger
                FROM closed_controls
                GROUP BY office, lane
                ORDER BY office, lane
                """,
            ),
        ),
    )


def text(value: object) -> str:
    """A text as SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def evidence_query(known: Known, signal: Mapping[str, Any]) -> Query:
    """The controls that one signal's unit closed, in order or not; ``cell_`` columns say the cell of each."""
    pair = f"AND c.declarant = {text(signal['other_id'])}" if signal["other_id"] else ""
    return Query(
        "lane_change_evidence",
        (
            Step(
                "controls_closed",
                "This closer's controls, and whether each ended without an act or was somebody else's.",
                f"""
                SELECT d.declaration_id, d.office, {known.registered}, d.declarant_id, d.lane_assigned, d.lane_final,
                       d.officer_id, c.closer, c.no_act, c.stranger, d.source_file, d.source_line,
                       c.lane AS cell_lane, YEAR(c.day) * 12 + MONTH(c.day) AS cell_month, c.superior AS cell_superior,
                       c.declarant AS cell_declarant
                FROM closed_controls AS c
                JOIN declarations AS d ON d.{known.key} = c.{known.key}
                WHERE c.closer = {text(signal["unit_id"])} AND c.office = {text(signal["office"])} {pair}
                ORDER BY d.registered_at, d.declaration_id
                """,
            ),
        ),
    )
