"""The manifest of a workspace: what was read, from which bytes, under which mapping, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import arusha
from arusha.records import checks, sql
from arusha.records.contract import CONTRACT
from arusha.records.intake import Intake
from arusha.records.store import DERIVED
from arusha.records.typed import TypedTable
from arusha.records.workspace import FORMAT, MANIFEST


def describe(
    intake: Intake, sums: Mapping[str, Mapping[str, str]], *, pseudonyms: str, key_id: str, sealed: bool
) -> dict[str, Any]:
    """The manifest as data; see ``docs/records.md`` for its entries."""
    mapping = intake.mapping
    return {
        "format": FORMAT,
        "contract": CONTRACT.version,
        "arusha": arusha.__version__,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "mapping": {
            "name": mapping.name,
            "version": mapping.version,
            "sha256": mapping.digest,
            "override_sha256": mapping.override_digest,
        },
        "pseudonyms": {"state": pseudonyms, "key_id": key_id, "sealed": sealed},
        "zones": {"default": intake.zones.default, "offices": dict(sorted(intake.zones.of_office.items()))},
        "sources": sources(intake),
        "not_read": list(intake.found.unclaimed),
        "tables": {t.table.name: _table(intake, t, sums.get(t.table.name, {})) for t in intake.tables},
        "absent": list(intake.absent),
        "set_aside": set_aside(intake),
        "warnings": list(intake.warnings),
    }


def sources(intake: Intake) -> list[dict[str, Any]]:
    """Each file with its digest, and what became of its rows for each table that they feed."""
    out = []
    for file in intake.staging.files:
        feeds = [t for t in intake.totals if t.source_file == file.index]
        own = feeds[0] if feeds else None
        out.append(
            {
                "path": file.file.relative,
                "table": file.file.table,
                "bytes": file.size,
                "sha256": file.sha256,
                "encoding": file.encoding,
                "encoding_is": file.encoding_how,
                "rows": file.rows,
                "accepted": own.accepted if own else file.rows,
                "set_aside": own.set_aside if own else 0,
                "feeds": [
                    {"table": t.table, "rows": t.rows, "accepted": t.accepted, "set_aside": t.set_aside} for t in feeds
                ],
                "repairs": dict(file.repairs),
                "columns_not_read": list(file.extra),
            }
        )
    return out


def _table(intake: Intake, typed: TypedTable, sums: Mapping[str, str]) -> dict[str, Any]:
    name = typed.table.name
    held = [c for c in typed.columns if c not in typed.constant]
    counts = ", ".join(f"count({sql.name(c)})" for c in held)
    connection = intake.staging.connection
    row = connection.execute(f"SELECT count(*), {counts} FROM store.{sql.name(name)}").fetchone() or (0,)
    filled = dict(zip(held, row[1:], strict=True))
    present = [c for c in held if filled[c] > 0 or empty_means_something(name, c)]
    derived = [c for c, origin, _ in DERIVED.get(name, ()) if origin in present]
    days = {}
    for column in typed.times:
        (day_only,) = connection.execute(
            f"SELECT count(*) FILTER (WHERE {sql.name('day:' + column)}) FROM {typed.name} WHERE fault IS NULL"
        ).fetchone() or (0,)
        if day_only:
            days[column] = int(day_only)
    return {
        "rows": int(row[0]),
        "from": typed.source.name,
        "present": present + derived,
        "absent": [c for c in typed.table.columns if c not in typed.columns],
        "empty": [c for c in held if c not in present],
        "constant": list(typed.constant),
        "day_only": days,
        "sums": dict(sums),
    }


def empty_means_something(table: str, column: str) -> bool:
    """Whether the contract gives a meaning to an empty cell (`empty where it still holds`)."""
    return "empty" in CONTRACT.tables[table].columns[column].meaning["en"]


def set_aside(intake: Intake) -> list[dict[str, Any]]:
    """How many rows were set aside for what, by file, with the first of them."""
    rows = intake.staging.connection.execute(
        "SELECT table_name, source_file, reason, column_name, count(*), min(source_line), arg_min(value, source_line) "
        "FROM staging.aside GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [
        {
            "table": table,
            "path": intake.staging.files[index].file.relative,
            "reason": reason,
            "column": column or "",
            "rows": count,
            "first_line": line,
            "first_value": value,
            "meaning": checks.sentence(reason, table),
        }
        for table, index, reason, column, count, line, value in rows
    ]


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
