"""A workspace: the folder ``NAME.arusha/`` with ``records.duckdb`` and ``manifest.json``, whole or not at all."""

from __future__ import annotations

import glob
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from arusha.errors import WorkspaceError

FORMAT = 1
"""Version of the workspace's form. A reader refuses a newer one."""

RECORDS = "records.duckdb"
MANIFEST = "manifest.json"
_NEW, _OLD = ".tmp-", ".old-"
_MADE_OF_RECORDS = (RECORDS, RECORDS + ".wal", MANIFEST, "spill", ".spark-")
"""Beginnings of names in a workspace that a new load makes anew; all else in it belongs to people and stays."""


@dataclass(frozen=True)
class Workspace:
    """A loaded workspace; only read.

    Attributes
    ----------
    path
        The folder.
    manifest
        What was read, from where, and how (``manifest.json``).
    """

    path: Path
    manifest: dict[str, Any]

    @staticmethod
    def open(path: str | Path) -> Workspace:
        """Open a workspace.

        A load that was killed between its two renames is finished first; nothing else is changed.

        Raises
        ------
        WorkspaceError
            No workspace, a damaged one, or one that a newer version of Arusha wrote.
        """
        path = Path(path)
        recover(path)
        if not path.is_dir():
            raise WorkspaceError(
                "there is no such workspace",
                where=str(path),
                remedy=f"Make it: arusha load SOURCE --mapping canonical --out {path.name or 'NAME.arusha'}",
            )
        try:
            manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            version = int(manifest["format"])
        except FileNotFoundError as error:
            raise WorkspaceError(
                f"it holds no {MANIFEST}, so it is not a workspace", where=str(path), remedy="Check the path."
            ) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise WorkspaceError(
                f"its {MANIFEST} is damaged", where=str(path), remedy="Load the records again."
            ) from error
        except OSError as error:
            raise WorkspaceError(
                f"its {MANIFEST} cannot be read ({error.strerror})",
                where=str(path),
                remedy="Ask for the right to read it.",
            ) from error
        if version > FORMAT:
            raise WorkspaceError(
                f"it has form {version}, written by Arusha {manifest.get('arusha', '(unknown)')}; "
                f"this version reads form {FORMAT}",
                where=str(path),
                remedy="Use that version of Arusha or a newer one; or load the records again with this one.",
            )
        if not _formed(manifest):
            raise WorkspaceError(
                f"its {MANIFEST} was edited: an entry has another form than a load gives it",
                where=str(path),
                remedy="Load the records again.",
            )
        if not (path / RECORDS).is_file():
            raise WorkspaceError(f"it holds no {RECORDS}", where=str(path), remedy="Load the records again.")
        return Workspace(path, manifest)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection that can only read. Times are UTC.

        Raises
        ------
        WorkspaceError
            The file of records is damaged, or held by another program.
        """
        try:
            connection = duckdb.connect(str(self.path / RECORDS), read_only=True)
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET python_enable_replacements = false")
            made = connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL "
                "SELECT function_name FROM duckdb_functions() WHERE NOT internal ORDER BY 1 LIMIT 1"
            ).fetchall()
        except duckdb.Error as error:
            raise WorkspaceError(
                f"the records cannot be opened ({str(error).splitlines()[0]})",
                where=str(self.path / RECORDS),
                remedy="Close other programs that use them, or load the records again.",
            ) from error
        if made:
            # A load writes tables and nothing else. A view could read any file in the name of whoever asks it.
            connection.close()
            raise WorkspaceError(
                f"the records hold {made[0][0]}, which is no table and which no load wrote",
                where=str(self.path / RECORDS),
                remedy="Load the records again, and find out who changed the workspace.",
            )
        return connection

    @cached_property
    def schema(self) -> dict[str, dict[str, str]]:
        """Table -> column -> DuckDB's type. Enums are given as VARCHAR, which is how they read."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT table_name, column_name, CASE WHEN starts_with(data_type, 'ENUM') THEN 'VARCHAR' "
                "ELSE data_type END FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
            ).fetchall()
        out: dict[str, dict[str, str]] = {}
        for table, column, kind in rows:
            out.setdefault(table, {})[column] = kind
        return out

    @property
    def present(self) -> dict[str, set[str]]:
        """Table -> the columns that hold real data: neither absent, nor empty throughout, nor a mapping's constant."""
        return {name: set(table["present"]) for name, table in self.manifest["tables"].items()}


def _formed(manifest: dict[str, Any]) -> bool:
    """Whether the entries that every reader relies on are there, in the form that a load gives them."""
    tables, sources = manifest.get("tables"), manifest.get("sources", [])
    return (
        isinstance(tables, dict)
        and all(isinstance(t, dict) and _texts(t.get("present")) for t in tables.values())
        and isinstance(sources, list)
        and all(isinstance(s, dict) and isinstance(s.get("path"), str) for s in sources)
    )


def _texts(entry: Any) -> bool:
    return isinstance(entry, list) and all(isinstance(text, str) for text in entry)


def recover(path: Path) -> None:
    """Finish what a killed load left half renamed; remove what a killed load left unfinished."""
    parent = path.parent
    if not parent.is_dir():
        return
    name = glob.escape(path.name)  # `w*.arusha` is one workspace and no pattern for those of others
    if not path.exists():
        for moved in sorted(parent.glob(name + _OLD + "*")):
            new = path.with_name(path.name + _NEW + moved.name[len(path.name + _OLD) :])
            if new.is_dir():
                _carry_over(new, moved)
            moved.rename(path)
            break
    for left in [*parent.glob(name + _OLD + "*"), *parent.glob(name + _NEW + "*")]:
        if not _alive(left):
            shutil.rmtree(left, ignore_errors=True)


def _carry_over(source: Path, target: Path) -> None:
    """Move what was not made of the records from one folder of a workspace to another that does not have it."""
    for entry in sorted(source.iterdir()):
        if not entry.name.startswith(_MADE_OF_RECORDS) and not (target / entry.name).exists():
            entry.rename(target / entry.name)
    _sync(target)


def _alive(folder: Path) -> bool:
    """Whether the process that made a temporary folder still runs."""
    try:
        return is_running(int(folder.name.rsplit("-", 2)[-2]))
    except (ValueError, IndexError):
        return False


def is_running(pid: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def writing(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder beside ``path`` to write a workspace in; on success it takes the name ``path``, else it is removed.

    The former workspace stays as it is until the new one is complete. What in it was not made of the records - the
    charter, ledgers, accounts, the register of plans - goes over to the new one.

    Raises
    ------
    WorkspaceError
        ``path`` exists and ``overwrite`` is false, or is something else than a workspace, or cannot be written.
    """
    if path.suffix != ".arusha":
        raise WorkspaceError(
            "a workspace's name ends with .arusha", where=str(path), remedy=f"Write it as {path.name}.arusha."
        )
    recover(path)
    if path.exists():
        if not (path / MANIFEST).is_file():
            raise WorkspaceError(
                "something else than a workspace is there", where=str(path), remedy="Choose another name."
            )
        if not overwrite:
            raise WorkspaceError(
                "the workspace is there already", where=str(path), remedy="Choose another name, or say to overwrite it."
            )
    mark = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    new = path.with_name(path.name + _NEW + mark)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
    except OSError as error:
        raise WorkspaceError(
            f"no folder can be made here ({error.strerror})", where=str(path.parent), remedy="Choose another place."
        ) from error
    try:
        yield new
        _sync(new)
        old = path.with_name(path.name + _OLD + mark)
        if path.exists():
            path.rename(old)
            # Renamed, not copied: who has a ledger open goes on writing to the same one. Killed between any two of
            # these, ``recover`` puts everything back.
            _carry_over(old, new)
        new.rename(path)
        _sync(path.parent)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        if new.exists():
            shutil.rmtree(new, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Ask the disk to keep the names and contents in a folder before they are relied on."""
    for file in [*(f for f in folder.iterdir() if f.is_file() and folder.suffix != ""), folder]:
        try:
            handle = os.open(file, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(handle)
        except OSError:
            pass
        finally:
            os.close(handle)
