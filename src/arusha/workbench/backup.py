"""A backup: one file with all that cannot be made again, taken while the site runs; and what is in it, by digest.

A tar of plain files: the records, the charter, the ledgers with their contents, the assessments, and accounts and jobs
as JSON. Its last two members say what must be in it: ``backup.json`` by the digest of each file, ``backup.sha256`` by
the digest of that list; a file that was cut off or changed is noticed. Not in it: the key of the pseudonyms, which is
kept apart; what was sent and not loaded; sessions.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import arusha
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Ledger
from arusha.ledger.note import encode
from arusha.ledger.turns import taking_turns
from arusha.records.history import HISTORY
from arusha.records.workspace import MANIFEST, RECORDS, Workspace, turn
from arusha.workbench.registers import noted, registers
from arusha.workbench.site import site

FORMAT = "arusha-backup/1"
INDEX, INDEX_DIGEST = "backup.json", "backup.sha256"
ACCOUNTS = "accounts.json"
WORKSPACE, HOUSE, ASSESSMENTS = "workspace", "workbench", "assessments"
"""Folders in the file: of the workspace, of what the workbench keeps, of assessments."""
EVALUATIONS = "evaluations"
IN_WORKSPACE = ("charter", EVALUATIONS)
"""Ledgers that lie in the workspace, each in a folder of its name."""


class BackupError(ArushaError):
    """A backup cannot be made, or a file is none."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made. ``digest`` is that of its list of files: whoever notes it can tell it from any other."""

    path: Path
    files: int
    size: int
    digest: str
    ledgers: dict[str, dict[str, Any]]
    registers: dict[str, str]
    """Name of a register that is no ledger -> its lines and their digest; see ``arusha.workbench.registers``."""


def backup(workspace: Path, to: Path) -> Backup:
    """Write a backup of the workspace that the settings name; Django is set up.

    Accounts and jobs come first and ledgers later, so that no act is in the tables that the ledgers do not know. While
    a ledger is copied, acts wait.

    Raises
    ------
    BackupError
        If something lies where it is to be written, or it cannot be written.
    """
    Workspace.open(workspace)
    if to.exists():
        raise of(BackupError, "something-there", "name-free", where=str(to))
    # Before they are copied: what is copied may have more lines, and begins with these.
    told = {name: noted(path) for name, path in registers(workspace).items()}
    part = to.with_name(f".{to.name}.part-{os.getpid()}")
    served = site()
    try:
        with os.fdopen(_own(part), "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            writer = _Writer(tar)
            if served.home.is_dir():
                writer.add(f"{HOUSE}/{ACCOUNTS}", _accounts())
            ledgers = {}
            for name, folder in (*((n, workspace / n) for n in IN_WORKSPACE), (HOUSE, served.home)):
                inside = HOUSE if name == HOUSE else f"{WORKSPACE}/{name}"
                if (folder / "ledger").is_dir():
                    ledgers[name] = _ledger(writer, folder, inside)
                elif folder.is_dir():
                    _all(writer, folder, inside)
            _records(writer, workspace)
            _all(writer, workspace, WORKSPACE, (RECORDS, MANIFEST, HISTORY, *IN_WORKSPACE, "workbench"))
            for name, folder in served.assessments.items():
                _all(writer, folder, f"{ASSESSMENTS}/{name}")
            digest = writer.close(ledgers)
            file.flush()
            os.fsync(file.fileno())
        part.rename(to)
    except OSError as problem:
        raise of(
            BackupError, "backup-unwritten", "backup-space", where=str(to), why=problem.strerror or str(problem)
        ) from problem
    finally:
        part.unlink(missing_ok=True)
    return Backup(to, len(writer.files), to.stat().st_size, digest, ledgers, told)


def _own(path: Path) -> int:
    """A new file that nobody else can read: it is to hold records, hashes of passwords and second factors."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)


@dataclass
class _Writer:
    """Adds files to a tar and remembers what each is."""

    tar: tarfile.TarFile
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        self.copy(name, io.BytesIO(data), len(data))

    def copy(self, name: str, read: IO[bytes], size: int | None = None) -> None:
        """Add a file's first ``size`` bytes, or all that it holds now."""
        size = os.fstat(read.fileno()).st_size if size is None else size
        about = tarfile.TarInfo(name)
        about.size, about.mode, about.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
        hashing = _Hashing(read)
        self.tar.addfile(about, hashing)
        self.files[name] = {"sha256": hashing.digest.hexdigest(), "bytes": size}

    def close(self, ledgers: dict[str, dict[str, Any]]) -> str:
        about = {
            "format": FORMAT,
            "arusha": arusha.__version__,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "ledgers": ledgers,
            "files": self.files,
        }
        text = (json.dumps(about, indent=1, sort_keys=True) + "\n").encode()
        digest = hashlib.sha256(text).hexdigest()
        for name, data in ((INDEX, text), (INDEX_DIGEST, f"{digest}\n".encode())):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o600
            self.tar.addfile(member, io.BytesIO(data))
        self.tar.close()
        return digest


class _Hashing:
    """A file that is read once, and its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def _records(writer: _Writer, workspace: Path) -> None:
    """Records, manifest and history of loads, of one load: once they are open, a new load takes other files."""
    with ExitStack() as stack:
        with turn(workspace):
            names = [name for name in (RECORDS, MANIFEST, HISTORY) if name != HISTORY or (workspace / name).is_file()]
            opened = [(name, stack.enter_context((workspace / name).open("rb"))) for name in names]
        for name, file in opened:
            writer.copy(f"{WORKSPACE}/{name}", file)


def _ledger(writer: _Writer, folder: Path, inside: str) -> dict[str, Any]:
    """A ledger with its contents, while nobody appends to it; its name, size and root."""
    with _still(folder):
        ledger = Ledger.open(folder / "ledger")
        _all(writer, folder, inside)
        return {"origin": ledger.origin, "size": len(ledger), "root": encode(ledger.root())}


_LEFT = re.compile(r"\..*|lock|.*\.lock|.*\.new|(accounts|kept)\.sqlite3.*|uploads|scratch|.*\.tmp-.*")
"""Names of what is no part of a backup: locks, half files, tables (they are in it as JSON), raw extracts."""


def _all(writer: _Writer, folder: Path, inside: str, but: tuple[str, ...] = ()) -> None:
    """A folder's files, but for some of its own and what is no part of a backup."""
    for path in sorted(folder.iterdir()):
        if path.name in but or _LEFT.fullmatch(path.name) or path.is_symlink():
            continue
        if path.is_dir():
            _all(writer, path, f"{inside}/{path.name}")
        else:
            with path.open("rb") as read:
                writer.copy(f"{inside}/{path.name}", read)


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """Hold off who takes turns for an act, then who appends; in the order in which they do."""
    with taking_turns(folder / "lock"), taking_turns(folder / "ledger" / "lock"):
        yield


def _accounts() -> bytes:
    """Accounts, their second factors and jobs, as they stand at one moment."""
    from django.core import serializers
    from django.db import connection, transaction
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from arusha.workbench.models import Account, Job, Passkey

    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = [row for model in (Account, TOTPDevice, Passkey, Job) for row in model._default_manager.order_by("pk")]
        for row in rows:
            if isinstance(row, Job):  # what a job said may quote an extract, which is no part of a backup either
                row.told, row.problem, row.remedy = {}, "", ""
        return str(serializers.serialize("json", rows)).encode()
