"""A first look at a text file, byte by byte: its digest, encoding, lines and header, before a row is read."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from arusha.errors import Cell, RecordsError
from arusha.language.told import error
from arusha.records.files import SourceFile
from arusha.records.progress import Pace

CHUNK = 1 << 22
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp1256")
LONGEST_LINE = 1 << 24
"""Bytes. A line is held in memory while it is read; no record of a customs system comes near."""
_BOMB = (1 << 31, 500)
"""Bytes uncompressed, and times the compressed size, beyond which no table but only a trap unfolds."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_BLANK = re.compile(rb"\n(?=\r?\n)")


@dataclass(frozen=True)
class Scan:
    """What a first look at a text file shows.

    Attributes
    ----------
    encodings
        In the order in which they are tried on a line: one, or several where the mapping declares a mixture.
    how
        ``declared``, ``recognised`` (a mark or valid UTF-8) or ``presumed`` (told from the frequency of letters).
    lines
        Physical lines, the header among them.
    blank
        Lines that hold nothing.
    plain
        Whether DuckDB can read the file as it is: valid UTF-8, no blank line or NUL inside, one kind of line end.
    nul
        Whether a NUL stands in any line.
    """

    sha256: str
    size: int
    encodings: tuple[str, ...]
    how: str
    lines: int
    blank: int
    plain: bool
    nul: bool
    delimiter: str
    header: tuple[str, ...]


class _Hashing(io.RawIOBase):
    """Reads a file and keeps its digest on the way."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        count = self._file.readinto(view)
        self.digest.update(view[:count])
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def uncompressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """``file`` without its compression."""
    if compression == "gzip":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if compression == "zstd":
        return cast("IO[bytes]", pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd"))
    return file


def chunks_of(stream: IO[bytes], file: SourceFile) -> Iterator[bytes]:
    """The bytes of a stream in pieces of ``CHUNK``.

    Raises
    ------
    RecordsError
        The compressed file is cut off or damaged.
    """
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except (EOFError, OSError, zlib.error) as problem:
        raise error(RecordsError, "cut-off", "copy-again", where=file.relative, why=str(problem)) from problem


def scan(file: SourceFile, declared: tuple[str, ...], delimiter: str, pace: Pace) -> Scan:
    """Look at every byte of a CSV file once.

    Parameters
    ----------
    declared
        Encodings that the mapping declares; empty to recognise it.
    delimiter
        As declared; empty to read it off the header.

    Raises
    ------
    RecordsError
        The file is empty, cut off, not text, without a header, or not in a declared encoding.
    """
    size = file.path.stat().st_size
    if size == 0:
        raise error(RecordsError, "empty", "ask-header", where=file.relative)
    raw = _Hashing(file.path)
    counter = _Lines(file)
    with io.BufferedReader(raw, CHUNK) as buffered:
        stream = uncompressed(buffered, file.compression)
        for chunk in chunks_of(stream, file):
            pace(f"looking at {file.relative}", min(raw._file.tell(), size), size)
            counter.add(chunk)
            if file.compression and counter.size > _BOMB[0] and counter.size > _BOMB[1] * size:
                n, most = f"{size:,}", f"{counter.size:,}"
                raise error(RecordsError, "unfolds", "who-made", where=file.relative, n=n, most=most)
        digest = raw.digest.hexdigest()
    if counter.size == 0:
        raise error(RecordsError, "empty", "ask-header", where=file.relative)
    encodings, how = counter.encodings(declared)
    start = codecs.decode(counter.start, encodings[0], "replace").lstrip("\ufeff")
    first = re.split(r"[\r\n]", start, maxsplit=1)[0]
    used = delimiter or _delimiter(first)
    header = tuple(cell.strip() for cell in next(csv.reader([first], delimiter=used)))
    if not any(header):
        raise error(RecordsError, "no-names", "header", where=file.relative)
    if first.lower().startswith("sep="):
        raise error(RecordsError, "sep-line", "delete-line", where=file.relative, cell=Cell(first))
    utf8 = encodings in (("utf-8",), ("utf-8-sig",)) and counter.valid
    return Scan(
        sha256=digest,
        size=size,
        encodings=encodings,
        how=how,
        lines=counter.lines,
        blank=counter.blank,
        plain=utf8 and counter.blank == 0 and counter.one_line_end and not counter.nul,
        nul=counter.nul,
        delimiter=used,
        header=header,
    )


class _Lines:
    """Counts lines and judges the encoding as the bytes pass."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._last = b"\n"  # so that a blank first line counts as blank
        self.start = b""
        self._carriage = 0
        self._high: dict[bytes, int] = {}
        self.size = 0
        self.newlines = 0
        self.blank = 0
        self.valid = True
        self.multibyte = False
        self.nul = False
        self._line = 0  # bytes of the line that is not at its end yet

    def add(self, chunk: bytes) -> None:
        if self.size == 0:
            self._bom = chunk[:4]
            # A NUL in a later line spoils that line; before any line has ended, the file is something else.
            first = re.split(rb"[\r\n]", chunk, maxsplit=1)[0]
            if b"\x00" in first and not self._utf16:
                # Every other byte of UTF-16 in Latin letters is a NUL.
                wide = first.count(b"\x00") * 2 >= len(first) - 1 > 1
                if wide:
                    raise error(RecordsError, "utf-16", "utf-8", where=self._file.relative)
                raise error(RecordsError, "not-text", "csv", where=self._file.relative)
        self.nul = self.nul or (b"\x00" in chunk and not self._utf16)
        self._measure(chunk)
        if b"\n" not in self.start and len(self.start) < CHUNK:
            self.start += chunk[: 1 << 16]
        self.size += len(chunk)
        self.newlines += chunk.count(b"\n")
        self._carriage += chunk.count(b"\r")
        joined = self._last + chunk
        if b"\n\n" in joined or b"\n\r\n" in joined:
            self.blank += len(_BLANK.findall(joined))
        self._last = joined[-2:] if joined[-2:] == b"\n\r" else joined[-1:]
        if self.valid:
            try:
                text = self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self.valid = False
            else:
                self.multibyte = self.multibyte or not text.isascii()
        if not self.valid or not chunk.isascii():
            for run in _HIGH.findall(chunk[: 1 << 18]):
                key = run if len(run) < 8 else run[:8]
                self._high[key] = self._high.get(key, 0) + 1

    def _measure(self, chunk: bytes) -> None:
        """Refuse a line that does not end: whoever reads it would have to hold all of it."""
        first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
        if first < 0 and b"\r" in chunk:  # old Macintosh line ends
            first, last = chunk.find(b"\r"), chunk.rfind(b"\r")
        longest = self._line + (len(chunk) if first < 0 else first)
        if longest > LONGEST_LINE:
            line, most = (self.newlines or self._carriage) + 1, LONGEST_LINE >> 20
            raise error(RecordsError, "long-line", "one-line", where=self._file.relative, line=line, most=most)
        self._line = longest if first < 0 else len(chunk) - last - 1

    @property
    def _utf16(self) -> bool:
        return self._bom.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))

    @property
    def lines(self) -> int:
        ends = self.newlines or self._carriage
        return ends + (0 if self._last[-1:] in (b"\n", b"\r") else 1)

    @property
    def one_line_end(self) -> bool:
        return self._carriage in (0, self.newlines) or self.newlines == 0

    def encodings(self, declared: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The encodings to try on each line, and how they are known."""
        if self._utf16:
            return ("utf-16",), "recognised"
        if declared:
            utf8_only = set(declared) <= {"utf-8", "utf-8-sig"}
            if utf8_only and not self.valid and not self._some_utf8:
                raise error(
                    RecordsError,
                    "encoding",
                    "encoding",
                    where=self._file.relative,
                    declared=declared[0],
                    seems=self._legacy,
                )
            return declared, "declared"
        if self.valid:
            return ("utf-8",), "recognised"
        if self._some_utf8:
            # A mixture: lines that are not UTF-8 are set aside until the mapping declares what they are.
            return ("utf-8",), "recognised"
        return (self._legacy,), "presumed"

    @property
    def _some_utf8(self) -> bool:
        """Whether runs of high bytes that form valid UTF-8 are common: by chance one in ten of Western text at most."""
        good = sum(count for run, count in self._high.items() if _is_utf8(run))
        return good * 5 > sum(self._high.values())

    @property
    def _legacy(self) -> str:
        """Arabic words are runs of high bytes; in Western text they stand alone between plain letters."""
        alone = sum(count for run, count in self._high.items() if len(run) == 1)
        return "cp1252" if alone * 2 >= sum(self._high.values()) else "cp1256"


def _is_utf8(run: bytes) -> bool:
    for end in range(len(run), max(len(run) - 3, 0), -1):
        try:
            run[:end].decode("utf-8")
        except UnicodeDecodeError:
            if len(run) < 8:
                return False
        else:
            return True
    return False


def _delimiter(header: str) -> str:
    counts = {sign: header.count(sign) for sign in (",", ";", "\t", "|")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","
