"""Looks for identifiers that should not be in a folder: in every file's bytes, and in every value of its tables.

A compressed database hides text from a search of bytes, so that tables are read and their values searched too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

CHUNK = 1 << 24


def raw_ids_in(folder: Path, identifiers: Iterable[str]) -> set[tuple[str, str]]:
    """(file, identifier) for each identifier found. Identifiers need six characters or more, or chance finds them."""
    wanted = sorted(set(identifiers))
    short = [w for w in wanted if len(w) < 6]
    if short:
        raise ValueError(f"too short to be told from chance: {short}")
    found: set[tuple[str, str]] = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        found |= {(name, w) for w in wanted if w in name}
        found |= {(name, w) for w in _in_bytes(path, wanted)}
        if path.suffix in (".duckdb", ".parquet"):
            found |= {(name, w) for text in _values(path) for w in wanted if w in text}
    return found


def _in_bytes(path: Path, wanted: list[str]) -> Iterator[str]:
    encoded = [(w, (w.encode("utf-8"), w.encode("utf-16-le"), w.encode("utf-16-be"))) for w in wanted]
    overlap = max((len(form) for _, forms in encoded for form in forms), default=0)
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            window = tail + chunk
            yield from (w for w, forms in encoded if any(form in window for form in forms))
            tail = window[-overlap:]


def _values(path: Path) -> Iterator[str]:
    """Each distinct text of each column."""
    with duckdb.connect() as connection:
        if path.suffix == ".parquet":
            tables = [f"read_parquet('{path}')"]
        else:
            connection.execute(f"ATTACH '{path}' AS held (READ_ONLY)")
            names = connection.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'held'"
            ).fetchall()
            tables = [f'held."{schema}"."{table}"' for schema, table in names]
        for table in tables:
            for column, *_ in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall():
                rows = connection.execute(f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM {table}').fetchall()
                yield from (value for (value,) in rows if value is not None)
