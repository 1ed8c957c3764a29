"""A workspace: the folder ``NAME.arusha/`` with ``records.duckdb`` and ``manifest.json``, whole or not at all."""

from __future__ import annotations

import glob
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from arusha.errors import WorkspaceError, WrongCallError
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns
from arusha.records import history
from arusha.records.given import path_given

FORMAT = 1
"""Version of the workspace's form. A reader refuses a newer one."""

RECORDS = "records.duckdb"
MANIFEST = "manifest.json"
_NEW, _READY, _LOCK = ".tmp-", ".ready", ".turn"
_COPIES = ".spark-"
"""Beginning of the names of copies of the records, which a new load makes worthless; all else in it stays."""


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
    def given(workspace: Workspace | str | Path) -> Workspace:
        """The workspace itself, or the one at a path.

        Raises
        ------
        WrongCallError
            It is neither.
        WorkspaceError
            As ``open``.
        """
        if isinstance(workspace, Workspace):
            return workspace
        if not isinstance(workspace, str | os.PathLike):
            raise of(WrongCallError, "not-a-workspace", "give-workspace", what=type(workspace).__name__)
        return Workspace.open(workspace)

    @staticmethod
    def open(path: str | Path) -> Workspace:
        """Open a workspace.

        A load that was killed when its records were ready is finished first; nothing else is changed.

        Raises
        ------
        WorkspaceError
            No workspace, a damaged one, or one that a newer version of Arusha wrote.
        """
        path = path_given(path, "path")
        recover(path)
        if not path.is_dir():
            raise of(
                WorkspaceError, "no-such-workspace", "load-makes", where=str(path), name=path.name or "NAME.arusha"
            )
        try:
            manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            version = int(manifest["format"])
        except FileNotFoundError as error:
            raise of(WorkspaceError, "workspace-no-file", "check-path", where=str(path), file=MANIFEST) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise of(WorkspaceError, "workspace-damaged", "load-again", where=str(path), file=MANIFEST) from error
        except OSError as error:
            raise of(
                WorkspaceError, "workspace-shut", "ask-right", where=str(path), file=MANIFEST, why=str(error.strerror)
            ) from error
        if version > FORMAT:
            raise of(
                WorkspaceError,
                "workspace-form",
                "use-version",
                where=str(path),
                version=version,
                by=manifest.get("arusha", "(unknown)"),
                own=FORMAT,
            )
        if not _formed(manifest):
            raise of(WorkspaceError, "workspace-edited", "load-again", where=str(path), file=MANIFEST)
        if not (path / RECORDS).is_file():
            raise of(WorkspaceError, "workspace-holds-no", "load-again", where=str(path), file=RECORDS)
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
            raise of(
                WorkspaceError,
                "records-shut",
                "close-others",
                where=str(self.path / RECORDS),
                why=str(error).splitlines()[0],
            ) from error
        if made:
            # A load writes tables and nothing else. A view could read any file in the name of whoever asks it.
            connection.close()
            raise of(WorkspaceError, "records-strange", "who-changed", where=str(self.path / RECORDS), name=made[0][0])
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
    """Finish what a killed load had ready; remove what a killed load left unfinished."""
    parent = path.parent
    if not parent.is_dir():
        return
    _settle(path)
    for left in parent.glob(glob.escape(path.name) + _NEW + "*"):  # `w*.arusha` is one workspace and no pattern
        if not _alive(left):
            shutil.rmtree(left, ignore_errors=True)


def _settle(path: Path) -> None:
    """Put records that are ready in the place of the former; several may do so at once."""
    ready = path / _READY
    if not ready.is_dir():
        return
    # The manifest comes last: while it is the former's, what is ready is still there to be taken.
    for file in sorted(ready.iterdir(), key=lambda f: f.name == MANIFEST):
        with suppress(FileNotFoundError):
            file.replace(path / file.name)
    for copy in path.glob(_COPIES + "*"):
        shutil.rmtree(copy, ignore_errors=True)
    with suppress(OSError):
        ready.rmdir()
    _sync(path)


def _alive(folder: Path) -> bool:
    """Whether the process that made a temporary folder still runs."""
    try:
        return is_running(int(folder.name.rsplit("-", 2)[-2]))
    except (ValueError, IndexError):
        return False


def is_running(pid: int) -> bool:
    """Whether there is a process of that number that has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not _ended(pid)


def _ended(pid: int) -> bool:
    """Whether it ended and nobody asked how yet: in a container without an init of its own nobody ever may."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace")
    except OSError:  # no such files on this system, or gone by now
        return False
    return told.rpartition(")")[2].split()[0] in ("Z", "X")


@contextmanager
def writing(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder beside ``path`` to write records in; on success they are the workspace ``path``, else it is removed.

    The former records stay as they are until the new ones are complete. What else lies in the workspace stays where
    it is: the charter, ledgers, accounts, the register of plans; the history of loads grows by this one. The folder
    itself is never away.

    Raises
    ------
    WorkspaceError
        ``path`` exists and ``overwrite`` is false, or is something else than a workspace, or cannot be written.
    """
    if path.suffix != ".arusha":
        raise of(WorkspaceError, "workspace-name", "write-as-arusha", where=str(path), name=path.name)
    recover(path)
    if path.exists():
        if not (path / MANIFEST).is_file() and not is_empty(path):
            raise of(WorkspaceError, "workspace-other-thing", "choose-another", where=str(path))
        if (path / MANIFEST).is_file() and not overwrite:
            raise of(WorkspaceError, "workspace-there", "another-or-overwrite", where=str(path))
    new = path.with_name(f"{path.name}{_NEW}{os.getpid()}-{uuid.uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
    except OSError as error:
        raise of(
            WorkspaceError, "no-folder-here", "another-place", where=str(path.parent), why=str(error.strerror)
        ) from error
    try:
        yield new
        _sync(new)
        if path.exists():
            with turn(path):
                _settle(path)
                history.carry(path, new)
                new.rename(path / _READY)  # from here on the new records are the workspace's, whatever happens
                _settle(path)
        else:
            new.rename(path)
        _sync(path.parent)
    finally:
        if new.exists():
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold off loads: while this lasts, records and manifest are of one load."""
    recover(path)
    with taking_turns(path / _LOCK):
        yield


def is_empty(path: Path) -> bool:
    """Whether a folder is a workspace without records yet: it holds nothing but what the workbench keeps."""
    return path.is_dir() and all(f.name in ("workbench", _LOCK) for f in path.iterdir())


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
