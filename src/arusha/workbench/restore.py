"""A restore: a backup becomes a workspace again, if every byte of it is as it was, and never over anything."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from arusha.errors import Value, VerificationError
from arusha.language.told import error as error_of
from arusha.language.told import sentence
from arusha.ledger import Checkpoint, Ledger, verify
from arusha.ledger.note import encode
from arusha.records.workspace import Workspace
from arusha.workbench.backup import (
    ACCOUNTS,
    ASSESSMENTS,
    FORMAT,
    HOUSE,
    IN_WORKSPACE,
    INDEX,
    INDEX_DIGEST,
    WORKSPACE,
    BackupError,
)
from arusha.workbench.registers import older as registers_older

_CHUNK = 1 << 20
_DIGEST = re.compile("[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Restored:
    """What came back. ``older`` says of each ledger, and of each register, how many entries it lacks."""

    workspace: Path
    created_at: str
    assessments: tuple[str, ...]
    ledgers: dict[str, dict[str, Any]]
    older: dict[str, int]


def restore(
    file: Path,
    workspace: Path,
    checkpoints: Iterable[Checkpoint] = (),
    digest: str | None = None,
    held: Mapping[str, str] = MappingProxyType({}),
    allow_older: bool = False,
) -> Restored:
    """Make the workspace and what was beside it from a backup.

    Parameters
    ----------
    checkpoints
        Held by somebody else. A ledger that contradicts one is not restored.
    digest
        What the backup said when it was made, or at least the first 16 digits of it; None where nobody noted it.
    held
        Registers that are no ledgers, as they were noted: see ``arusha.workbench.registers.older``.
    allow_older
        Restore also where a ledger or register has fewer entries than was noted of it, and let ``older`` say so.
        Nothing shows then that those entries are the first of the true ones.

    Raises
    ------
    BackupError
        If the file is no backup, is cut off or was changed, the digest is none, or something is there already.
    VerificationError
        If a ledger in it does not hold, is not the one that its list names, or contradicts a checkpoint, or a
        register what was noted of it; or if one is shorter than that, without ``allow_older``. Nothing is restored
        in any of these cases.
    """
    home = Path(os.environ.get("ARUSHA_HOME") or workspace / "workbench")
    apart = home.resolve() != (workspace / "workbench").resolve()
    if workspace.suffix != ".arusha":
        raise error_of(BackupError, "workspace-name", "workspace-name-add", where=str(workspace))
    for path in (workspace, home) if apart else (workspace,):
        if path.exists():
            raise error_of(BackupError, "something-there", "restore-overwrites", where=str(path))
    if digest is not None and not _DIGEST.fullmatch(digest):
        raise error_of(BackupError, "restore-digest", "restore-digest", where=digest[:80])
    mark = f".tmp-{os.getpid()}-{uuid.uuid4().hex[:8]}"  # as a load's: swept where it is killed
    work = workspace.with_name(workspace.name + mark)
    new_home = home.with_name(home.name + mark) if apart else work / WORKSPACE / "workbench"
    try:
        work.mkdir(parents=True, mode=0o700)
        about = _unpacked(file, work, digest or "")
        names = tuple(sorted(p.name for p in (work / ASSESSMENTS).glob("*")))
        _refuse_others(work, workspace, names)
        older = _held(work, about, list(checkpoints))
        older |= registers_older(work / WORKSPACE, held)
        if older and not allow_older:
            raise _shorter(older, about["ledgers"])
        Workspace.open(work / WORKSPACE)
        for ledger in (*(work / WORKSPACE / name / "ledger" for name in IN_WORKSPACE), work / HOUSE / "ledger"):
            if ledger.is_dir():
                (ledger / "lock").touch()
                (ledger / "checkpoints").mkdir(exist_ok=True, mode=0o700)
                (ledger.parent / "lock").touch()
        if (work / HOUSE).is_dir():
            shutil.move(work / HOUSE, new_home)
            _accounts(work / WORKSPACE, new_home)
        for name in names:
            if not (workspace.parent / name).exists():
                (work / ASSESSMENTS / name).rename(workspace.parent / name)
        if apart and new_home.exists():
            new_home.rename(home)
        os.sync() if hasattr(os, "sync") else None
        (work / WORKSPACE).rename(workspace)  # the last step: until then there is no workspace
    except OSError as problem:
        raise error_of(
            BackupError,
            "restore-unrestored",
            "restore-space",
            where=str(problem.filename or workspace),
            why=problem.strerror or str(problem),
        ) from problem
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if apart:
            shutil.rmtree(new_home, ignore_errors=True)
    return Restored(workspace, str(about["created_at"]), names, about["ledgers"], older)


def _unpacked(file: Path, work: Path, wanted: str) -> dict[str, Any]:
    """Write the files of a backup and hold them against its list; the list."""
    found: dict[str, dict[str, Any]] = {}
    texts: dict[str, bytes] = {}
    if file.is_file() and file.stat().st_size % tarfile.RECORDSIZE:
        raise _changed(file, "backup-cut")
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                path = PurePosixPath(member.name)
                if not member.isreg() or path.is_absolute() or ".." in path.parts:
                    raise _changed(file, "backup-strange", name=repr(member.name[:80]))
                read = tar.extractfile(member)
                assert read is not None
                if member.name in (INDEX, INDEX_DIGEST):
                    texts[member.name] = read.read()
                    continue
                if path.parts[0] not in (WORKSPACE, HOUSE, ASSESSMENTS):
                    raise _changed(file, "backup-strange", name=repr(member.name[:80]))
                to = work.joinpath(*path.parts)
                _own(to.parent)
                sha, size = hashlib.sha256(), 0
                with to.open("xb") as write:
                    while chunk := read.read(_CHUNK):
                        sha.update(chunk)
                        size += len(chunk)
                        write.write(chunk)
                found[member.name] = {"sha256": sha.hexdigest(), "bytes": size}
    except (tarfile.TarError, EOFError) as problem:
        raise _changed(file, "backup-cut-why", why=str(problem)) from problem
    if INDEX not in texts or INDEX_DIGEST not in texts:
        raise _changed(file, "backup-list-missing")
    own = hashlib.sha256(texts[INDEX]).hexdigest()
    if texts[INDEX_DIGEST].decode("utf-8", "replace").strip() != own:
        raise _changed(file, "backup-list-changed")
    if wanted and not own.startswith(wanted):
        raise _changed(file, "backup-digest", digest=own)
    about: dict[str, Any] = json.loads(texts[INDEX])
    if about.get("format") != FORMAT:
        raise error_of(BackupError, "restore-format", "restore-version", where=str(file), form=str(about.get("format")))
    if about["files"] != found:
        wrong = sorted(n for n in about["files"].keys() | found.keys() if about["files"].get(n) != found.get(n))
        raise _changed(file, "backup-others", name=wrong[0], n=len(wrong) - 1)
    return about


def _own(folder: Path) -> None:
    """Make a folder, and those above it, that nobody else can enter; ``mkdir(parents=True)`` opens those above."""
    if not folder.is_dir():
        _own(folder.parent)
        folder.mkdir(mode=0o700)


def _held(work: Path, about: dict[str, Any], checkpoints: list[Checkpoint]) -> dict[str, int]:
    """Verify the ledgers, also against checkpoints; how many entries each lacks that a checkpoint has."""
    older = {}
    origins: set[str] = set()
    _of_before(work, about)
    for name, told in about["ledgers"].items():
        # The list is what whoever made the file wrote: which ledgers there are, and what each is called, is not
        # for it to say, or a checkpoint would be held against another ledger than the one that is used.
        if name not in (*IN_WORKSPACE, HOUSE):
            raise _not_ours("restore-unknown-ledger", INDEX, name=repr(name[:80]))
        path = _ledger(work, name)
        own = Ledger.open(path).origin
        if own != told["origin"]:
            raise _not_ours("restore-ledger-is", _inside(work, path), name=name, origin=own)
        if own in origins:
            raise _not_ours("restore-two", _inside(work, path), origin=own)
        of = [c for c in checkpoints if c.origin == told["origin"]]
        within = [c for c in of if c.size <= told["size"]]
        found = verify(path, within)
        if not found.ok or (found.size, found.root) != (told["size"], told["root"]):
            if found.problems:
                raise _not_ours("restore-wrong", _inside(work, path), name=name, why=found.problems[0].text)
            raise _not_ours("restore-not-saved", _inside(work, path), name=name)
        lacking = max((c.size for c in of), default=0) - told["size"]
        if lacking > 0:
            older[name] = lacking
        origins.add(own)
    for checkpoint in checkpoints:
        if checkpoint.origin not in origins:
            raise error_of(
                VerificationError,
                "restore-origin",
                "restore-checkpoints",
                where=encode(checkpoint.root),
                origin=checkpoint.origin,
            )
    return older


def _of_before(work: Path, about: dict[str, Any]) -> None:
    """Add the ledgers that a backup holds and does not list, as those of before evaluations were listed."""
    for name in (*IN_WORKSPACE, HOUSE):
        path = _ledger(work, name)
        if path.is_dir() and name not in about["ledgers"]:
            there = Ledger.open(path)
            told = {"origin": there.origin, "size": len(there), "root": encode(there.root())}
            about["ledgers"] = {**about["ledgers"], name: told}


def _ledger(work: Path, name: str) -> Path:
    return work / (HOUSE if name == HOUSE else f"{WORKSPACE}/{name}") / "ledger"


def _inside(work: Path, path: Path) -> str:
    return str(path.relative_to(work))


def _not_ours(key: str, where: str, **values: Value | int) -> VerificationError:
    return error_of(VerificationError, key, "backup-evidence", where=where, **values)


def _shorter(older: Mapping[str, int], ledgers: Mapping[str, Any]) -> VerificationError:
    """Of what is shorter than was noted, only what it lacks is known: not that it is a beginning of the true one."""
    lacking = tuple(
        sentence("restore-lacks-ledger" if name in ledgers else "restore-lacks-register", name=name, n=f"{n:,}")
        for name, n in older.items()
    )
    return error_of(VerificationError, "restore-shorter", "restore-newer", where=INDEX, lacking=lacking)


def what(name: str, ledgers: Mapping[str, Any]) -> str:
    """How a ledger or register is called in a sentence."""
    return f"the ledger of the {name}" if name in ledgers else f"the register {name}"


def _accounts(workspace: Path, home: Path) -> None:
    """Make the tables at their new place and fill them; in a database that serves already, only where nobody is in."""
    path = home / ACCOUNTS
    if not path.is_file():
        return
    os.environ |= {"ARUSHA_WORKSPACE": str(workspace), "ARUSHA_HOME": str(home), "ARUSHA_ASSESSMENTS": ""}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arusha.workbench.settings")
    import django
    from django.core import serializers
    from django.core.management import call_command
    from django.db import connection, transaction

    django.setup()
    from arusha.workbench.models import Account, Job

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        if Account.objects.exists():
            raise error_of(BackupError, "restore-accounts", "restore-empty", where="ARUSHA_POSTGRESQL")
        for row in serializers.deserialize("json", path.read_text("utf-8")):
            row.save()
        # Their worker is not here: the next one records that they were interrupted.
        Job.objects.filter(state=Job.WAITING).update(state=Job.RUNNING)
        if connection.vendor == "postgresql":
            _count_on()
    connection.close()
    path.unlink()


def _count_on() -> None:
    """Let new rows be numbered behind those that came back."""
    from django.core.management.color import no_style
    from django.db import connection
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from arusha.workbench.models import Account, Job, Passkey

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Account, Job, Passkey, TOTPDevice]):
            cursor.execute(statement)


def _refuse_others(work: Path, workspace: Path, names: Iterable[str]) -> None:
    """Refuse where another assessment bears the name of one that comes back; the same one may be there already."""
    for name in names:
        there, comes = workspace.parent / name, work / ASSESSMENTS / name
        if there.exists() and not _same(there / "manifest.json", comes / "manifest.json"):
            raise error_of(BackupError, "something-there", "restore-elsewhere", where=str(there))


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def _changed(file: Path, key: str, **values: Value | int) -> BackupError:
    return error_of(BackupError, key, "take-another", where=str(file), **values)
