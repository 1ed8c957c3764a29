"""The assessment folder: written whole or not at all, every file with its digest."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.records.workspace import is_running

MANIFEST = "manifest.json"


def digest(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            sha.update(block)
    return sha.hexdigest()


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write with settings that give the same bytes for the same rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.combine_chunks(), path, compression="zstd", version="2.6", use_dictionary=True)


def files(folder: Path) -> dict[str, str]:
    """Digest of every file but the manifest, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@contextlib.contextmanager
def building(out: Path) -> Iterator[Path]:
    """A temporary folder beside ``out`` that takes its place when the block ends well, and vanishes otherwise.

    Raises
    ------
    ArushaError
        Where ``out`` exists and is not an assessment, or the disk refuses.
    """
    out = out.resolve()
    if out.exists() and not (out / MANIFEST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise of(ArushaError, "out-not-assessment", "out-new", where=str(out))
    sweep(out)
    work = out.parent / f".{out.name}.building-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir()
        yield work
        aside = None
        if out.exists():
            aside = out.parent / f".{out.name}.replaced-{uuid.uuid4().hex[:8]}"
            os.replace(out, aside)
        os.replace(work, out)
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise of(
            ArushaError,
            "assessment-unwritten",
            "assessment-unwritten",
            where=str(error.filename or out),
            why=error.strerror or str(error),
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def sweep(out: Path) -> None:
    """Remove what an interrupted run left beside ``out``; bring back an assessment caught between two renames."""
    out = out.resolve()
    if not out.parent.is_dir():
        return
    name = glob.escape(out.name)  # a name is one folder and no pattern for those of others
    for left in out.parent.glob(f".{name}.replaced-*"):
        if out.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            os.replace(left, out)
    for left in out.parent.glob(f".{name}.building-*"):
        if not _at_work(left):
            shutil.rmtree(left, ignore_errors=True)


def _at_work(folder: Path) -> bool:
    """Whether the process that builds in the folder still runs; this one tidies up after itself."""
    pid = folder.name.rsplit("-", 2)[-2]
    return pid.isdecimal() and is_running(int(pid))


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest last: a folder without one is not an assessment."""
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an assessment.

    Raises
    ------
    ArushaError
        Where the folder is not an assessment or its manifest cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise of(ArushaError, "not-an-assessment", "folder-of-out", where=str(folder))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise of(ArushaError, "manifest-unread", "assess-again-same", where=str(path)) from error
    if not isinstance(data, dict):
        raise of(ArushaError, "manifest-object", "assess-again", where=str(path))
    return data
