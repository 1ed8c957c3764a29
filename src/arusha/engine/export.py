"""The records as Parquet files that Spark reads: written once a workspace, table by table, as queries ask for them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from arusha.errors import WorkspaceError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

FORMAT = 1
"""Raise it when the files are written otherwise, so that old ones are not read."""


def export_folder(workspace: Path) -> tuple[Path, bool]:
    """Where the export of ``workspace`` lies, and whether it may stay there for the next session.

    Inside the workspace, under the digest of its manifest: the records leave it for no other place, and go when it
    goes. In a temporary folder where the workspace cannot be written.
    """
    manifest = workspace / "manifest.json"
    if manifest.is_file() and os.access(workspace, os.W_OK):
        digest = hashlib.sha256(f"{FORMAT}\n".encode() + manifest.read_bytes()).hexdigest()[:16]
        folder = workspace / f".spark-{digest}"
        for old in workspace.glob(".spark-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        return folder, True
    return Path(tempfile.mkdtemp(prefix="arusha-spark-")), False


def export_table(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], folder: Path) -> Path:
    """The Parquet file of ``table``: enums as text, times in microseconds of UTC. Written whole or not at all."""
    import duckdb

    final = folder / f"{table}.parquet"
    if final.exists():
        return final
    handle, name = tempfile.mkstemp(prefix=f".{table}-", suffix=".tmp", dir=folder)
    os.close(handle)
    picked = ", ".join(
        f'CAST("{c}" AS VARCHAR) AS "{c}"' if kind.startswith(("ENUM", "VARCHAR")) else f'"{c}"'
        for c, kind in columns.items()
    )
    path = name.replace("'", "''")
    try:
        connection.execute(f"COPY (SELECT {picked} FROM \"{table}\") TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        Path(name).replace(final)
    except (duckdb.Error, OSError) as error:
        raise of(
            WorkspaceError, "engine-export", "engine-export", where=str(folder), table=table, why=str(error)
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)
    return final
