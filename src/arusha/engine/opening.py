"""Opening a session: over a loaded workspace or over tables in memory, on either engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arusha.errors import QueryError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from arusha.engine.session import Session
    from arusha.records.workspace import Workspace

ENGINES = ("duckdb", "spark")


def open_session(
    workspace: Workspace | Path | str,
    engine: str = "duckdb",
    memory_limit: str | None = None,
    threads: int | None = None,
) -> Session:
    """A session over a loaded workspace.

    Parameters
    ----------
    workspace
        A workspace, or where one is. It is only read, but for Spark's copy of the tables it reads (``.spark-...``).
    engine
        ``duckdb``, in this process; or ``spark``, which needs the extra ``arusha[spark]`` and a Java runtime.
    memory_limit
        Such as ``4GB``: beyond it DuckDB spills to a temporary folder. Default: the engine's own.
    threads
        Default: every core.
    """
    _known(engine)
    # Imported here: to name a session costs no engine.
    from arusha.engine.duck import DuckSession, schema_of
    from arusha.records.workspace import Workspace

    workspace = Workspace.given(workspace)
    connection = workspace.connect()
    if engine == "duckdb":
        return DuckSession(connection, None, workspace.present, memory_limit=memory_limit, threads=threads, owned=True)
    from arusha.engine.spark import SparkEngine

    return SparkEngine(
        connection,
        schema_of(connection),
        workspace.present,
        workspace=workspace.path,
        memory_limit=memory_limit,
        threads=threads,
    )


def session_from_tables(tables: Mapping[str, pa.Table], engine: str = "duckdb") -> Session:
    """A session over tables in memory, for fixtures and examples.

    Dictionary columns become enums, as codes are in a workspace.
    """
    _known(engine)
    from arusha.engine.duck import DuckSession, connection_from_tables, schema_of

    connection = connection_from_tables(tables)
    if engine == "duckdb":
        return DuckSession(connection, owned=True)
    from arusha.engine.spark import SparkEngine

    schema = schema_of(connection)
    return SparkEngine(connection, schema, {t: set(c) for t, c in schema.items()})


def _known(engine: str) -> None:
    if engine not in ENGINES:
        raise of(QueryError, "engine-none", "engine-choose", engine=engine, known=", ".join(ENGINES))
