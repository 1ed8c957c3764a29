"""What each load of a workspace was like, kept when its records are gone: counts by file and table, and no cell.

``history.jsonl`` beside the records holds one line a load, the oldest first. It comes into its place with the records
that it tells of, in the same step.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from arusha.records import sql
from arusha.records.contract import CONTRACT
from arusha.records.scan import sha256_of
from arusha.records.store import DERIVED

HISTORY = "history.jsonl"
FORMAT = 1
_MANIFEST, _RECORDS = "manifest.json", "records.duckdb"


@dataclass(frozen=True)
class LoadedFile:
    """One file of a load: its place in the extract, its digest, and what became of its rows."""

    path: str
    sha256: str
    rows: int
    accepted: int
    set_aside: int


@dataclass(frozen=True)
class LoadedTable:
    """One table of a load.

    ``read`` rows of its files are ``accepted`` or ``set_aside``; a row that is set aside for two reasons counts in both
    of ``reasons``. ``months`` (``2026-01`` -> accepted rows) and ``filled`` (column -> rows that have it) are none
    where the load was made before they were kept; ``months`` is empty for a table without a time of its own.
    """

    read: int
    accepted: int
    set_aside: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    months: Mapping[str, int] | None = None
    filled: Mapping[str, int] | None = None

    @property
    def missing_months(self) -> tuple[str, ...]:
        """Months without a row between the first that has one and the last."""
        there = sorted(self.months or {})
        return tuple(m for m in months_between(there[0], there[-1]) if m not in (self.months or {})) if there else ()


@dataclass(frozen=True)
class Load:
    """One load of a workspace. ``digest`` is that of its manifest, which names the load everywhere else too."""

    digest: str
    at: str
    mapping: str
    mapping_sha256: str
    files: tuple[LoadedFile, ...]
    tables: Mapping[str, LoadedTable]
    absent: tuple[str, ...] = ()
    """Tables of the contract that the extract had no file for."""

    @property
    def day(self) -> datetime:
        """The moment of the load."""
        return datetime.fromisoformat(self.at)


def loads(workspace: Path) -> list[Load]:
    """Every load of a workspace that is known of, the oldest first, the one that is in force last.

    Of a load that was made before loads were kept, the manifest says what it can. A line that cannot be read is left
    out, never guessed.
    """
    found = [load for line in _lines(workspace / HISTORY) if (load := _read(line)) is not None]
    manifest = workspace / _MANIFEST
    if manifest.is_file():
        digest = sha256_of(manifest)
        if digest not in {load.digest for load in found}:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                found.append(summary(json.loads(manifest.read_text("utf-8")), digest))
    return found


def summary(manifest: Mapping[str, Any], digest: str, connection: duckdb.DuckDBPyConnection | None = None) -> Load:
    """What a load was like, from its manifest and, where its records are open, from those."""
    aside: dict[str, dict[str, int]] = {}
    for told in manifest.get("set_aside", []):
        of = aside.setdefault(str(told["table"]), {})
        of[str(told["reason"])] = of.get(str(told["reason"]), 0) + int(told["rows"])
    sources = manifest.get("sources", [])
    read: dict[str, tuple[int, int]] = {}
    for source in sources:
        for feed in source.get("feeds", []):
            rows, set_aside = read.get(feed["table"], (0, 0))
            read[feed["table"]] = (rows + int(feed["rows"]), set_aside + int(feed["set_aside"]))
    tables = {}
    for name, about in manifest.get("tables", {}).items():
        accepted = int(about.get("rows", 0))
        rows, set_aside = read.get(name, (accepted, 0))
        tables[name] = LoadedTable(
            rows,
            accepted,
            set_aside,
            dict(sorted(aside.get(name, {}).items())),
            tuple(about.get("present", ())),
            tuple(about.get("absent", ())),
            tuple(about.get("empty", ())),
            _months(name, connection) if connection is not None else None,
            _filled(name, about, connection) if connection is not None else None,
        )
    files = tuple(
        LoadedFile(
            str(s["path"]),
            str(s.get("sha256", "")),
            int(s.get("rows", 0)),
            int(s.get("accepted", 0)),
            int(s.get("set_aside", 0)),
        )
        for s in sources
    )
    mapping = manifest.get("mapping", {})
    return Load(
        digest,
        str(manifest.get("created_at", "")) or "1970-01-01T00:00:00+00:00",
        str(mapping.get("name", "")),
        str(mapping.get("sha256", "")),
        files,
        tables,
        tuple(manifest.get("absent", ())),
    )


def note(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the line of a load beside its records and manifest, which are complete."""
    with duckdb.connect(str(folder / _RECORDS), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        told = summary(manifest, sha256_of(folder / _MANIFEST), connection)
    (folder / HISTORY).write_text(_line(told), encoding="utf-8", newline="\n")


def carry(workspace: Path, folder: Path) -> None:
    """Put the loads that a workspace knows of before the one that is to take its place; the caller holds its turn."""
    before = "".join(line + "\n" for line in _lines(workspace / HISTORY))
    if not before:
        before = "".join(_line(load) for load in loads(workspace))
    own = (folder / HISTORY).read_text("utf-8") if (folder / HISTORY).is_file() else ""
    written = folder / (HISTORY + ".new")
    with written.open("w", encoding="utf-8", newline="\n") as file:
        file.write(before + own)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / HISTORY)


def month_column(table: str) -> str:
    """The stored column by whose months a table's rows are counted; empty where it has no time of its own.

    Days from and to which something holds are no such time: a register has no months to miss.
    """
    columns = CONTRACT.tables[table].columns.values() if table in CONTRACT.tables else ()
    times = [c.name for c in columns if c.type == "time" and c.required]
    times += [c.name for c in columns if (c.type == "time" and not c.required) or c.name == "period"]
    if not times:
        return ""
    derived = {origin: name for name, origin, kind in DERIVED.get(table, ()) if kind == "DATE"}
    return derived.get(times[0], times[0])


def _months(table: str, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    column = month_column(table)
    if not column or column not in _stored(table, connection):
        return {}
    rows = connection.execute(
        f"SELECT strftime({sql.name(column)}, '%Y-%m') AS month, count(*) FROM {sql.name(table)} "
        f"WHERE {sql.name(column)} IS NOT NULL GROUP BY month ORDER BY month"
    ).fetchall()
    return {str(month): int(count) for month, count in rows}


def _filled(table: str, about: Mapping[str, Any], connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    stored = _stored(table, connection)
    columns = [c for c in about.get("present", ()) if c in stored]
    if not columns:
        return {}
    counts = ", ".join(f"count({sql.name(c)})" for c in columns)
    row = connection.execute(f"SELECT {counts} FROM {sql.name(table)}").fetchone()
    return {c: int(n) for c, n in zip(columns, row or (), strict=False)}


def _stored(table: str, connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
    return {str(column) for (column,) in rows}


def months_between(first: str, last: str) -> Iterator[str]:
    """Every month from one to another, both included."""
    year, month = (int(part) for part in first.split("-"))
    while (now := f"{year:04d}-{month:02d}") <= last:
        yield now
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _line(load: Load) -> str:
    return json.dumps({"format": FORMAT} | asdict(load), sort_keys=True, ensure_ascii=False) + "\n"


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError):
        return []


def _read(line: str) -> Load | None:
    try:
        told = json.loads(line)
        if told.pop("format") != FORMAT:
            return None
        told["files"] = tuple(LoadedFile(**file) for file in told["files"])
        told["tables"] = {
            name: LoadedTable(**(table | {kind: tuple(table[kind]) for kind in ("present", "absent", "empty")}))
            for name, table in told["tables"].items()
        }
        return Load(**(told | {"absent": tuple(told["absent"])}))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
