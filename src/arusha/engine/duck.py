"""The DuckDB engine: in this process, one file, every core, spilling to disk beyond its memory limit."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from arusha.engine.kinds import Kind, kind_of_type
from arusha.engine.query import literal
from arusha.engine.results import plain
from arusha.engine.session import Session
from arusha.errors import QueryError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from arusha.engine.compile import Compiled


def quoted(name: str) -> str:
    """An identifier as SQL."""
    return '"' + name.replace('"', '""') + '"'


def schema_of(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table -> column -> type of every table and view that ``connection`` sees.

    An enum whose values stand in the order of their bytes is given as VARCHAR, which is how it behaves; any other keeps
    its values, because DuckDB orders it by position (``arusha.engine.kinds``).
    """
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal "
        "ORDER BY table_name, column_index"
    ).fetchall()
    schema: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        schema.setdefault(table, {})[column] = _told(kind)
    return schema


def _told(duckdb_type: str) -> str:
    ordered = duckdb_type.startswith("ENUM") and kind_of_type(duckdb_type) is Kind.TEXT
    return "VARCHAR" if ordered else duckdb_type


def connection_from_tables(tables: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A connection in memory that holds ``tables``; dictionary columns become enums in the dictionary's order."""
    connection = duckdb.connect()
    for name, table in tables.items():
        columns = []
        for field in table.schema:
            if pa.types.is_dictionary(field.type):
                values = table.column(field.name).unify_dictionaries().chunk(0).dictionary.to_pylist()
                kind = f"ENUM({', '.join(literal(v) for v in values)})"
                columns.append(f"CAST({quoted(field.name)} AS {kind}) AS {quoted(field.name)}")
            else:
                columns.append(quoted(field.name))
        connection.register("arriving", table)
        connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT {', '.join(columns)} FROM arriving")
        connection.unregister("arriving")
    return connection


def _ours(error: duckdb.Error) -> QueryError:
    if isinstance(error, duckdb.OutOfMemoryException):
        return of(QueryError, "engine-memory", "engine-memory", why=str(error).splitlines()[0])
    return of(QueryError, "engine-memory", "", why=str(error))


class DuckSession(Session):
    """A session on DuckDB."""

    engine = "duckdb"

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        schema: Mapping[str, Mapping[str, str]] | None = None,
        present: Mapping[str, Set[str]] | None = None,
        *,
        memory_limit: str | None = None,
        threads: int | None = None,
        owned: bool = False,
    ) -> None:
        found = schema_of(connection)
        if schema is not None:
            # Its tables and columns, but DuckDB's own types: a workspace gives every enum as VARCHAR.
            found = {t: {c: found.get(t, {}).get(c, kind) for c, kind in cs.items()} for t, cs in schema.items()}
        super().__init__(found, present if present is not None else {t: set(c) for t, c in found.items()})
        self._connection = connection
        self._owned = owned
        self._spill = tempfile.mkdtemp(prefix="arusha-spill-")
        settings = {
            # Without it, large results are held back to restore an order that nobody asked for.
            "preserve_insertion_order": "false",
            # A query must never read a Python variable that happens to bear a table's name.
            "python_enable_replacements": "false",
            # Counted for ``progress``, never drawn.
            "enable_progress_bar": "true",
            "enable_progress_bar_print": "false",
        }
        if memory_limit is not None:
            settings["memory_limit"] = literal(memory_limit)
        if threads is not None:
            settings["threads"] = str(threads)
        # Refused where another session on the same file has spilled already: it then spills where that one does.
        with suppress(duckdb.Error):
            connection.execute(f"SET temp_directory = {literal(self._spill)}")
        try:
            for key, value in settings.items():
                connection.execute(f"SET {key} = {value}")
        except duckdb.Error as error:
            self.close()
            raise of(QueryError, "engine-setting", "engine-setting", why=str(error)) from error

    def _run(self, compiled: Compiled, codes: bool) -> pa.Table:
        try:
            return plain(self._connection.sql(compiled.duckdb).to_arrow_table(), codes=codes)
        except duckdb.Error as error:
            raise _ours(error) from error

    def _share(self, compiled: Compiled, name: str) -> dict[str, str]:
        try:
            self._connection.execute(f"CREATE TEMP TABLE {quoted(name)} AS {compiled.duckdb}")
        except duckdb.Error as error:
            raise _ours(error) from error
        described = self._connection.execute(f"DESCRIBE {quoted(name)}").fetchall()
        return {str(row[0]): _told(str(row[1])) for row in described}

    def interrupt(self) -> None:
        self._connection.interrupt()

    def progress(self) -> float | None:
        percent = self._connection.query_progress()
        return percent / 100 if percent >= 0 else None

    def _close(self) -> None:
        if self._owned:
            self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)
