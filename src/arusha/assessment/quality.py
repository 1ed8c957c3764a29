"""Data quality as the assessment shows it: rows in, accepted and set aside, by file, office and reason."""

from __future__ import annotations

import pyarrow as pa

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
    ]
)


def quality(workspace: Workspace) -> pa.Table:
    """One row a file (office and reason null), then one row a file, office and reason of what was set aside."""
    sources = workspace.manifest.get("sources", [])
    rows = [
        {
            "table": s.get("table"),
            "file": s.get("path"),
            "office": None,
            "reason": None,
            "rows": s.get("rows"),
            "accepted": s.get("accepted"),
            "set_aside": s.get("set_aside"),
        }
        for s in sources
    ]
    with workspace.connect() as connection:
        held = connection.execute(
            "SELECT table_name, source_file, office, reason, COUNT(*) FROM set_aside GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    rows += [
        {
            "table": table,
            "file": sources[number]["path"] if number is not None and number < len(sources) else None,
            "office": office,
            "reason": reason,
            "rows": None,
            "accepted": None,
            "set_aside": count,
        }
        for table, number, office, reason, count in held
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
