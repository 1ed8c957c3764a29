"""CSV read line by line: for files with cells that span lines, odd lines, or another encoding than UTF-8."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pyarrow as pa

from arusha.errors import RecordsError
from arusha.language.told import error
from arusha.records.files import SourceFile
from arusha.records.progress import Pace
from arusha.records.scan import Scan, uncompressed

BATCH = 50_000
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Opened:
    """A file of which the header is known and no row is read yet."""

    file: SourceFile
    scan: Scan | None
    sha256: str
    size: int
    header: tuple[str, ...]
    columns: dict[str, str]
    extra: tuple[str, ...]
    types: dict[str, str]
    names_things: frozenset[int] = frozenset()
    """Places in the header of the columns that the mapping reads as identifiers: no line ends in them."""


_OPEN = "unexpected end of data"
"""What the csv module says where a quotation mark is open when the file ends."""


class _Mixed(io.TextIOBase):
    """Decodes line by line with the first encoding that fits, and says which lines fit none."""

    def __init__(self, stream: IO[bytes], encodings: tuple[str, ...]) -> None:
        self._lines = stream
        self._encodings = encodings
        self.wrong = False
        self.fallbacks = 0

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        first = True
        for line in self._lines:
            if first and line.startswith(codecs.BOM_UTF8):
                line = line[3:]
            first = False
            yield from self._decoded(line)

    def _decoded(self, line: bytes) -> Iterator[str]:
        for position, encoding in enumerate(self._encodings):
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            self.fallbacks += position > 0
            yield text
            return
        self.wrong = True
        yield line.decode("utf-8", "replace")


class LineReader:
    """Reads a CSV line by line, for files with cells that span lines, odd lines or another encoding.

    Yields the wanted cells, the line on which a record begins as a person counts, and why it could not be read. The
    content of an unreadable line is not kept: where a person's name stands in it is not known.
    """

    def __init__(self, one: Opened, looked: Scan, pace: Pace) -> None:
        self._one = one
        self._looked = looked
        self._pace = pace
        self._raw = one.file.path.open("rb")
        self.records = 0
        self.fallbacks = 0
        self.failed: RecordsError | None = None

    def close(self) -> None:
        self._raw.close()

    def batches(self, wanted: list[int]) -> pa.RecordBatchReader:
        schema = pa.schema(
            [*((f"c{i}", pa.string()) for i in wanted), ("line", pa.int64()), ("unreadable", pa.string())]
        )
        return pa.RecordBatchReader.from_batches(schema, self._guarded(schema, wanted))

    def _guarded(self, schema: pa.Schema, wanted: list[int]) -> Iterator[pa.RecordBatch]:
        # An error raised inside DuckDB's scan would come out as DuckDB's own.
        try:
            yield from self._batches(schema, wanted)
        except RecordsError as error:
            self.failed = error

    def _batches(self, schema: pa.Schema, wanted: list[int]) -> Iterator[pa.RecordBatch]:
        cells: list[list[str | None]] = [[] for _ in wanted]
        lines: list[int] = []
        faults: list[str | None] = []
        for line, record, fault in self._records():
            for place, index in enumerate(wanted):
                cells[place].append(record[index] if fault is None else None)
            lines.append(line)
            faults.append(fault)
            if len(lines) == BATCH:
                yield pa.RecordBatch.from_arrays(
                    [*map(_strings, cells), pa.array(lines), _strings(faults)], schema=schema
                )
                cells, lines, faults = [[] for _ in wanted], [], []
                self._pace.check()
        if lines:
            yield pa.RecordBatch.from_arrays([*map(_strings, cells), pa.array(lines), _strings(faults)], schema=schema)

    def _fault_of(self, record: list[str], lines: int) -> str | None:
        """Why a record of so many lines cannot be trusted, though it can be taken apart."""
        header = self._one.header
        width = len(header)
        if len(record) != width:
            return f"{len(record)} cells where the header has {width}"
        if lines == 1 and not self._looked.nul:
            return None
        for index, cell in enumerate(record):
            if "\x00" in cell:
                return f"a NUL character in {self._named(index)}"
            breaks = len(cell.splitlines()) - 1 if "\n" in cell or "\r" in cell else 0
            if not breaks:
                continue
            if index in self._one.names_things:
                return f"a line end in {header[index]}: a quotation mark stands where none belongs"
            # Between two stray quotation marks whole rows become one cell: as many separators a line as a row has.
            if width > 1 and cell.count(self._looked.delimiter) == breaks * (width - 1):
                return f"{breaks + 1} rows run together in {self._named(index)}: a quotation mark is not closed"
        return None

    def _named(self, index: int) -> str:
        """A column by its header where the mapping reads it; another's header may be a cell, and is kept nowhere."""
        name = self._one.header[index]
        return name if name in self._one.columns.values() else f"column {index + 1}, which is not read"

    def _records(self) -> Iterator[tuple[int, list[str], str | None]]:
        stream = uncompressed(self._raw, self._one.file.compression)
        text: _Mixed | io.TextIOWrapper
        if self._looked.encodings == ("utf-16",):
            text = io.TextIOWrapper(stream, encoding="utf-16", newline="")
            mixed = None
        else:
            text = mixed = _Mixed(stream, self._looked.encodings)
        reader = csv.reader(iter(text), delimiter=self._looked.delimiter, strict=True)
        began = 0
        while True:
            began = reader.line_num + 1
            fault: str | None = None
            record: list[str] = []
            try:
                record = next(reader)
            except StopIteration:
                self.fallbacks = mixed.fallbacks if mixed is not None else 0
                if reader.line_num != self._looked.lines and mixed is not None:
                    raise _lines_differ(self._one.file, self._looked.lines, reader.line_num) from None
                return
            except csv.Error as error:
                if reader.line_num - began > 100 or str(error) == _OPEN:
                    self._refuse_open_quote(began)
                fault = str(error)
            if mixed is not None and mixed.wrong:
                mixed.wrong = False
                fault = f"not {' or '.join(self._looked.encodings)}"
            if began == 1 or (not record and fault is None):
                continue
            self.records += 1
            fault = fault or self._fault_of(record, reader.line_num - began + 1)
            if fault is not None and reader.line_num > began:
                fault = f"{fault} (lines {began} to {reader.line_num})"
            yield began, record, fault

    def _refuse_open_quote(self, line: int) -> None:
        raise error(RecordsError, "quote-open", "quotes", where=self._one.file.relative, line=line)


def _strings(values: list[str | None]) -> pa.Array:
    return pa.array([v or None for v in values], pa.string())


def _lines_differ(file: SourceFile, before: int, after: int) -> RecordsError:
    return error(RecordsError, "lines-differ", "lines-nothing-writes", where=file.relative, before=before, after=after)
