"""The column over which the tables of a workspace are joined declaration by declaration, and those that date one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arusha.engine.session import Session

NUMBER, TEXT = "declaration_no", "declaration_id"
_TABLES = ("declarations", "assignments", "items", "inspections", "events")


def declaration_key(session: Session) -> str:
    """``declaration_no`` where every table that names declarations has it, else ``declaration_id``.

    A load numbers declarations in the order of their ids, so both join the same rows and sort alike; a join over
    numbers costs less than half. Tables made by hand and workspaces of earlier versions have no numbers.
    """
    held = [table for table in _TABLES if session.has(table, TEXT)]
    return NUMBER if held and all(session.has(table, NUMBER) for table in held) else TEXT


def registered(session: Session, table: str = "") -> str:
    """Columns of evidence that say when a declaration was registered: the moment, and the office's own day and hour.

    The hour is null where the source tells a day only. Tables made by hand may have the moment alone.
    """
    names = ("registered_at", "registered_on", "registered_hour")
    return ", ".join(table + name for name in names if name in session.schema["declarations"])
