"""The manifest of a workspace: what was read, from which bytes, under which mapping, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import arusha
from arusha.language.told import english
from arusha.records import checks, sql
from arusha.records.contract import CONTRACT
from arusha.records.intake import Intake
from arusha.records.store import DERIVED, NUMBER, is_numbered
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
        "zones": {"default": intake.zones.default, "offices": _zones(intake)},
        "sources": sources(intake),
        "not_read": list(intake.found.unclaimed),
        "tables": {t.table.name: _table(intake, t, sums.get(t.table.name, {})) for t in intake.tables},
        "absent": list(intake.absent),
        "set_aside": set_aside(intake),
        "set_aside_rates": _rates(intake),
        "warnings": [told.problem(english()) for told in intake.warnings],
        "notes": [told.as_json() for told in intake.warnings],
    }


def _zones(intake: Intake) -> dict[str, str]:
    """The zone of each office of an accepted row: what a damaged row calls an office may be anything."""
    names: set[str] = set()
    for typed in intake.tables:
        if typed.table.name in ("declarations", "offices"):
            rows = intake.staging.connection.execute(
                f"SELECT DISTINCT CAST(t.office AS VARCHAR) FROM {typed.name} AS t ANTI JOIN "
                f"({checks.aside_rows(typed.table.name)}) AS s "
                "ON s.source_file = t.source_file AND s.source_line = t.source_line"
            ).fetchall()
            names |= {office for (office,) in rows}
    return {office: zone for office, zone in sorted(intake.zones.of_office.items()) if office in names}


def sources(intake: Intake) -> list[dict[str, Any]]:
    """Each file with its digest, and what became of its rows for each table that they feed."""
    out = []
    adding = {feed.table for typed in intake.tables for feed in typed.feeds}
    for file in intake.staging.files:
        feeds = [t for t in intake.totals if t.source_file == file.index]
        aside = _set_aside_of(intake, file.index)
        # A table that neither is one of the contract nor adds to one was read, and nothing of it is in the workspace.
        used = max((t.rows for t in feeds), default=file.rows if file.file.table in adding else aside)
        out.append(
            {
                "path": file.file.relative,
                "table": file.file.table,
                "bytes": file.size,
                "sha256": file.sha256,
                "encoding": file.encoding,
                "encoding_is": file.encoding_how,
                "rows": file.rows,
                "accepted": used - aside,
                "set_aside": aside,
                "not_for_any_table": file.rows - used,
                "feeds": [
                    {"table": t.table, "rows": t.rows, "accepted": t.accepted, "set_aside": t.set_aside} for t in feeds
                ],
                "repairs": dict(file.repairs),
                "columns_not_read": list(file.extra),
            }
        )
    return out


def _set_aside_of(intake: Intake, index: int) -> int:
    (rows,) = sql.row(
        intake.staging.connection, f"SELECT count(DISTINCT source_line) FROM staging.aside WHERE source_file = {index}"
    )
    return int(rows)


def _table(intake: Intake, typed: TypedTable, sums: Mapping[str, str]) -> dict[str, Any]:
    covered = coverage(intake, typed)
    derived = [c for c, origin, _ in DERIVED.get(typed.table.name, ()) if origin in covered.present]
    if "declaration_id" in covered.present and is_numbered(typed, intake.tables):
        derived.append(NUMBER)
    return {
        "rows": covered.accepted,
        "from": typed.source.name,
        "present": [*covered.present, *derived],
        "absent": list(covered.absent),
        "empty": list(covered.empty),
        "constant": list(covered.constant),
        "day_only": dict(covered.day_only),
        "clock_changes": {c: {"skipped": n[0], "twice": n[1]} for c, n in covered.clock_changes.items()},
        "sums": dict(sums),
    }


@dataclass(frozen=True)
class TableCoverage:
    """What a source holds of one table of the contract.

    ``present`` columns hold data; ``empty`` ones are there and hold nothing; ``constant`` ones are a mapping's own.
    ``day_only`` counts the values of a time of which only the day is known, ``clock_changes`` those that the office's
    clock skips and those that it shows twice.
    """

    table: str
    source: str
    rows: int
    accepted: int
    present: tuple[str, ...]
    absent: tuple[str, ...]
    empty: tuple[str, ...]
    constant: tuple[str, ...]
    day_only: Mapping[str, int]
    clock_changes: Mapping[str, tuple[int, int]]


def coverage(intake: Intake, typed: TypedTable) -> TableCoverage:
    """Count what the accepted rows of a table hold."""
    name = typed.table.name
    held = [c for c in typed.columns if c not in typed.constant]
    counts = [f"count(t.{sql.name(c)})" for c in held]
    counts += [f"count(*) FILTER (WHERE t.{sql.name('day:' + c)})" for c in typed.times]
    counts += [f"count(*) FILTER (WHERE t.{sql.name('clock:' + c)} = {n})" for c in typed.clocks for n in (1, 2)]
    row = sql.row(
        intake.staging.connection,
        f"SELECT count(*), {', '.join(counts)} FROM {typed.name} AS t ANTI JOIN "
        f"({checks.aside_rows(name)}) AS s ON s.source_file = t.source_file AND s.source_line = t.source_line",
    )
    filled = dict(zip(held, row[1 : 1 + len(held)], strict=True))
    first = 1 + len(held)
    days = dict(zip(typed.times, row[first : first + len(typed.times)], strict=True))
    told = row[first + len(typed.times) :]
    clocks = {c: (int(told[2 * i]), int(told[2 * i + 1])) for i, c in enumerate(typed.clocks)}
    present = tuple(c for c in held if filled[c] > 0 or empty_means_something(name, c))
    return TableCoverage(
        table=name,
        source=typed.source.name,
        rows=sum(t.rows * t.each for t in intake.totals if t.table == name),
        accepted=int(row[0]),
        present=present,
        absent=tuple(c for c in typed.table.columns if c not in typed.columns),
        empty=tuple(c for c in held if c not in present),
        constant=typed.constant,
        day_only={c: int(n) for c, n in days.items() if n},
        clock_changes={c: n for c, n in clocks.items() if any(n)},
    )


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
            "meaning": checks.meaning(reason, table),
        }
        for table, index, reason, column, count, line, value in rows
    ]


def _rates(intake: Intake) -> dict[str, list[dict[str, Any]]]:
    """Rows and rows set aside by office, and by person where any were; in the order of their names, for no other."""
    rows = intake.staging.connection.execute(
        "SELECT by_what, table_name, name, rows, set_aside FROM store.set_aside_rates "
        "WHERE by_what = 'office' OR set_aside > 0 ORDER BY ALL"
    ).fetchall()
    out: dict[str, list[dict[str, Any]]] = {"office": [], "person": []}
    for what, table, name, count, aside in rows:
        out[what].append({"table": table, "name": name, "rows": count, "set_aside": aside})
    return out


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
