"""Extracts that come in through the browser: written under a temporary name, within limits, then given their name.

Raw extracts hold names. They lie in a folder that only the site's user can read, and go when they were loaded, when
somebody discards them, or after a week.
"""

from __future__ import annotations

import gzip
import json
import re
import secrets
import shutil
import stat
import time
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from arusha.errors import ArushaError, RecordsError, file_shape
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns
from arusha.records.invented import NAME as MARK
from arusha.records.invented import invented

FOLDER = "uploads"
RECEIVED, DISCARDED = "records.received", "records.discarded"
KEPT_SECONDS = 7 * 86_400
MOST_FILES = 200
MOST_RATIO = 200
"""Times its packed size that a file in an archive may unpack to, beyond the first megabyte."""
MOST_KEPT = 4
"""Times the limit of one upload that all of them together may take."""
_PART = ".part-"
_KEY = re.compile(r"[0-9a-f]{16}")
_NAME = re.compile(r"[^\x00-\x1f/\\:]{1,120}")
_ENDINGS = (".csv", ".txt", ".tsv", ".parquet", ".pq", ".yaml", ".yml")
_PACKED = ("", ".gz")
_CHUNK = 1 << 20
_MARK_BYTES = 1_000
_ADMINISTRATION = re.compile(r"\w[\w .'-]{0,79}")


class UploadError(ArushaError):
    """What was sent cannot be taken; nothing of it was kept."""


@dataclass(frozen=True)
class Upload:
    """An extract that was sent: its name in addresses, when it came, how many files and bytes it has."""

    key: str
    at: datetime
    files: int
    size: int


def uploads(home: Path) -> list[Upload]:
    """What was sent and not loaded or discarded yet, the newest first."""
    found = []
    for folder in (home / FOLDER).glob("*"):
        if _KEY.fullmatch(folder.name):
            files = [f for f in folder.rglob("*") if f.is_file()]
            at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
            found.append(Upload(folder.name, at, len(files), sum(f.stat().st_size for f in files)))
    return sorted(found, key=lambda u: u.at, reverse=True)


def folder_of(home: Path, key: str) -> Path | None:
    """The folder of an upload; none where there is none of that name."""
    path = home / FOLDER / key
    return path if _KEY.fullmatch(key) and path.is_dir() else None


def discard(home: Path, key: str) -> bool:
    """Delete an upload; false where there was none."""
    path = folder_of(home, key)
    if path is None:
        return False
    shutil.rmtree(path)
    return True


def sweep(home: Path) -> list[str]:
    """Delete uploads that are older than a week, and what was never sent to its end; the names of the former."""
    gone = []
    for folder in (home / FOLDER).glob("*"):
        age = time.time() - folder.stat().st_mtime
        if folder.name.startswith(_PART) and age > 86_400:
            shutil.rmtree(folder, ignore_errors=True)
        elif _KEY.fullmatch(folder.name) and age > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder.name)
    return gone


def checked_name(name: str) -> str:
    """The name under which a file of an extract is kept.

    Raises
    ------
    UploadError
        If it is no plain name, or not that of a table, a mapping, an archive of them, or the mark of invented records.
    """
    if name == MARK:
        return name
    lower = name.lower()
    known = any(lower.endswith(ending + packed) for ending in _ENDINGS for packed in _PACKED)
    if not _NAME.fullmatch(name) or name.startswith(".") or not (known or lower.endswith(".zip")):
        raise of(UploadError, "upload-no-table", "upload-send", where=file_shape(name[:120]))
    return name


class Receiver(FileUploadHandler):
    """Writes each file of a form to a folder of its own as it comes, and stops when the limit is passed."""

    def __init__(self, request: HttpRequest, home: Path, most_bytes: int) -> None:
        super().__init__(request)
        self.key = secrets.token_hex(8)
        self.home = home
        self.most_bytes = most_bytes
        self.problem: UploadError | None = None
        self._folder = home / FOLDER / (_PART + self.key)
        self._size = 0
        _refuse_beyond(home, int(request.headers.get("Content-Length") or 0), most_bytes)
        self._names: set[str] = set()
        self._file: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        try:
            name = checked_name(self.file_name or "")
            if name.lower() in self._names or len(self._names) >= MOST_FILES:
                raise of(UploadError, "upload-two-names", "upload-one-zip", where=name)
        except UploadError as problem:
            self._stop(problem)
            return
        self._names.add(name.lower())
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = (self._folder / name).open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece of a file."""
        self._size += len(raw_data)
        if self._size > self.most_bytes:
            self._stop(too_large(self.most_bytes))
        if self._file is not None:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        """End a file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self) -> Upload:
        """Unpack archives and give what came its name; nothing is kept where it cannot be taken.

        Raises
        ------
        UploadError
            See ``problem``, or an archive that cannot be taken.
        """
        try:
            if self.problem is not None:
                raise self.problem
            if not self._names:
                raise of(UploadError, "upload-nothing", "upload-choose")
            self._unpack()
            _settle_mark(self._folder)
            with taking_turns(self.home / "uploads.lock"):
                _refuse_beyond(self.home, 0, self.most_bytes)
                self._folder.rename(self._folder.with_name(self.key))
        except BaseException:
            self.give_up()
            raise
        return next(u for u in uploads(self.home) if u.key == self.key)

    def _unpack(self) -> None:
        """Unpack all archives within one budget, of which the files beside them have taken their part."""
        archives = sorted(self._folder.glob("*.[zZ][iI][pP]"))
        budget = Budget(self.most_bytes, self.most_bytes, MOST_FILES)
        for file in sorted(set(self._folder.iterdir()) - set(archives)):
            budget.take_file()
            budget.take(file.stat().st_size)
        for archive in archives:
            unpack(archive, self._folder, budget)
            archive.unlink()
        for file in sorted(self._folder.iterdir()):
            if file.name.lower().endswith(".gz"):
                _count(file, budget)

    def give_up(self) -> None:
        """Remove what came."""
        if self._file is not None:
            self._file.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self.give_up()

    def _stop(self, problem: UploadError) -> None:
        self.problem = problem
        self.give_up()
        raise StopUpload(connection_reset=True)


def _settle_mark(folder: Path) -> None:
    """Write the mark of invented records anew with what it says and nothing else: it is no table, and no text of pages.

    Raises
    ------
    UploadError
        Where it is there and is no such mark: records must not lose it by accident.
    """
    path = folder / MARK
    if not path.exists():
        return
    try:
        mark = invented(folder) if path.stat().st_size <= _MARK_BYTES else None
    except (RecordsError, RecursionError):
        mark = None
    if mark is None or not _ADMINISTRATION.fullmatch(mark["administration"]) or not 0 <= mark["seed"] < 1 << 63:
        raise of(UploadError, "upload-mark", "upload-mark", where=MARK)
    path.write_text(json.dumps(mark), "utf-8")


def too_large(most_bytes: int) -> UploadError:
    """What is said where an upload is larger than the site takes."""
    return of(UploadError, "upload-large", "upload-server", most=f"{most_bytes // 1_000_000:,}")


@dataclass
class Budget:
    """What an upload may still bring, over all its archives and plain files: bytes as unpacked, and files."""

    most: int
    bytes_left: int
    files_left: int

    def take(self, size: int) -> None:
        """Count bytes."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise too_large(self.most)

    def take_file(self) -> None:
        """Count a file."""
        self.files_left -= 1
        if self.files_left < 0:
            raise of(UploadError, "upload-many", "upload-fewer", most=MOST_FILES)


def _refuse_beyond(home: Path, coming: int, most_bytes: int) -> None:
    """Refuse what would take the uploads together beyond what the site keeps."""
    held = 0
    for file in (home / FOLDER).rglob("*"):
        try:
            held += file.stat().st_size if file.is_file() else 0
        except FileNotFoundError:
            continue  # another upload that was given up or loaded meanwhile
    if held + coming > MOST_KEPT * most_bytes + 1_000_000:
        raise of(UploadError, "upload-no-room", "upload-discard", held=f"{held // 1_000_000:,}")


def _count(file: Path, budget: Budget) -> None:
    """Count what a packed file unpacks to, beyond what it takes itself; nothing of it is written."""
    packed, size = file.stat().st_size, 0
    try:
        with gzip.open(file) as read:
            while chunk := read.read(_CHUNK):
                size += len(chunk)
                budget.take(len(chunk) if size > packed else 0)
                _refuse_bomb(size, packed, file.name)
    except (OSError, EOFError, zlib.error) as problem:
        raise of(UploadError, "file-shut", "upload-pack", where=file.name, why=str(problem)) from problem


def _refuse_bomb(size: int, packed: int, where: str) -> None:
    if size > _CHUNK + MOST_RATIO * packed:
        raise of(UploadError, "upload-bomb", "upload-who", where=where, packed=f"{packed:,}", size=f"{size:,}")


def unpack(archive: Path, folder: Path, budget: Budget) -> None:
    """Unpack an archive's files into a folder, without their folders, within what is left of a budget.

    Raises
    ------
    UploadError
        If it is damaged, encrypted, holds links, folders that lead out, other archives or names twice, or unpacks to
        more than is taken. What it says of its own sizes is not believed: bytes are counted as they come.
    """
    where = archive.name
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [e for e in packed.infolist() if not e.is_dir()]
            if sum(e.file_size for e in entries) > budget.bytes_left:
                raise too_large(budget.most)
            for entry in entries:
                budget.take_file()
                path = PurePosixPath(entry.filename)
                if path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
                    raise of(UploadError, "upload-leads-out", "upload-pack-files", where=where)
                if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 1:
                    raise of(UploadError, "upload-link", "upload-plain", where=where)
                name = checked_name(path.name)
                if name.lower().endswith(".zip"):
                    raise of(UploadError, "upload-archive-within", "upload-plain", where=where)
                _unpack(packed, entry, folder / name, budget, where)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as problem:
        raise of(UploadError, "upload-archive", "upload-pack", where=where, why=str(problem)) from problem


def _unpack(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, budget: Budget, where: str) -> None:
    """Write one file of an archive, counting."""
    size = 0
    with packed.open(entry) as read, to.open("xb") as write:
        while chunk := read.read(_CHUNK):
            size += len(chunk)
            budget.take(len(chunk))
            _refuse_bomb(size, entry.compress_size, where)
            write.write(chunk)
