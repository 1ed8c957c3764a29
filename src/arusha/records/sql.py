"""Names and values spelled as DuckDB SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb


def name(value: str) -> str:
    """An identifier."""
    return '"' + value.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal."""
    return "'" + value.replace("'", "''") + "'"


def path(value: str) -> str:
    """The path of one file as a text literal: what is a pattern to DuckDB's readers stands for itself."""
    return text("".join(f"[{sign}]" if sign in "*?[" else sign for sign in value))


def texts(values: Iterable[str]) -> str:
    """A comma-separated list of text literals."""
    return ", ".join(text(v) for v in values)


def row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The one row of a query, fetched to its end: a result left open keeps the connection busy."""
    (only,) = connection.execute(query).fetchall()
    return tuple(only)
