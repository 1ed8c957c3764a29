"""Data quality as the assessment shows it: rows in, accepted and set aside, by file, office and reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from arusha.errors import Told
from arusha.records.checks import by_design
from arusha.records.workspace import Workspace

SCHEMA = pa.schema(
    [
        ("table", pa.string()),
        ("file", pa.string()),
        ("office", pa.string()),
        ("reason", pa.string()),
        ("rows", pa.int64()),
        ("accepted", pa.int64()),
        ("set_aside", pa.int64()),
        ("by_design", pa.int64()),
    ]
)


_OF_THE_KEY = frozenset({"note-new-key", "note-not-sealed"})
"""Notes to whoever loads, about files of theirs: they say nothing of the records."""


def noted(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the load noted of the records, for readers who may see no cell of them: each by its shape alone."""
    notes = (Told.from_json(note) for note in manifest.get("notes", ()))
    return [note.masked().as_json() for note in notes if note.key not in _OF_THE_KEY]


def quality(workspace: Workspace) -> pa.Table:
    """One row a file (office and reason null), then one row a file, office and reason of what was set aside.

    ``by_design`` of a file: its rows that are set aside for reasons of the system's own design alone, for any table.
    """
    sources = workspace.manifest.get("sources", [])
    with workspace.connect() as connection:
        held = connection.execute(
            "SELECT table_name, source_file, office, reason, COUNT(*) FROM set_aside GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        lines = connection.execute(
            "SELECT source_file, reasons, COUNT(*) FROM (SELECT source_file, list(DISTINCT reason) AS reasons "
            "FROM set_aside GROUP BY source_file, source_line) GROUP BY ALL"
        ).fetchall()
    designed: dict[int, int] = {}
    for number, reasons, count in lines:
        if number is not None and all(map(by_design, reasons)):
            designed[number] = designed.get(number, 0) + count
    rows = [
        {
            "table": s.get("table"),
            "file": s.get("path"),
            "office": None,
            "reason": None,
            "rows": s.get("rows"),
            "accepted": s.get("accepted"),
            "set_aside": s.get("set_aside"),
            "by_design": designed.get(number, 0),
        }
        for number, s in enumerate(sources)
    ]
    rows += [
        {
            "table": table,
            "file": sources[number]["path"] if number is not None and number < len(sources) else None,
            "office": office,
            "reason": reason,
            "rows": None,
            "accepted": None,
            "set_aside": count,
            "by_design": count if by_design(reason) else 0,
        }
        for table, number, office, reason, count in held
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
