"""Rows as they arrive: every cell as text with its file and line, persons already replaced by tokens."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from arusha.errors import Cell, RecordsError
from arusha.language.told import error
from arusha.records import sql
from arusha.records.expressions import Source
from arusha.records.files import SourceFile
from arusha.records.lines import LineReader, Opened
from arusha.records.mapping import SourceColumn, SourceTable
from arusha.records.progress import Pace
from arusha.records.protect import Protection
from arusha.records.scan import Scan, scan, sha256_of


@dataclass
class StagedFile:
    """One file as staged: what it is, and how many rows it brought.

    ``columns`` are the mapping's names of the columns it has, ``header`` what it calls them, ``extra`` the columns
    that the mapping does not read.
    """

    index: int
    file: SourceFile
    sha256: str
    size: int
    encoding: str
    encoding_how: str
    rows: int
    columns: dict[str, str]
    extra: tuple[str, ...]
    repairs: dict[str, int] = field(default_factory=dict)


def open_file(
    file: SourceFile, table: SourceTable, identifiers: set[str], connection: duckdb.DuckDBPyConnection, pace: Pace
) -> Opened:
    """Read a file's header and match it with the mapping's columns.

    Parameters
    ----------
    identifiers
        Columns that name things: in Parquet they must not be floating-point numbers, which would be rounded.

    Raises
    ------
    RecordsError
        The file is empty, damaged or may not be read, names a column twice, or lacks a required one (with the nearest
        names).
    """
    try:
        return _opened(file, table, identifiers, connection, pace)
    except OSError as problem:
        why = str(problem.strerror or problem)
        raise error(RecordsError, "file-shut", "right-file", where=file.relative, why=why) from problem


def _opened(
    file: SourceFile, table: SourceTable, identifiers: set[str], connection: duckdb.DuckDBPyConnection, pace: Pace
) -> Opened:
    looked: Scan | None = None
    types: dict[str, str] = {}
    if file.kind == "csv":
        looked = scan(file, table.reading.encodings, table.reading.delimiter, pace)
        header, digest, size = looked.header, looked.sha256, looked.size
    else:
        header, types = _parquet_header(file, connection)
        pace(f"looking at {file.relative}", 0)
        digest, size = sha256_of(file.path), file.path.stat().st_size
    columns, extra = match_columns(file, table, header)
    for name, actual in columns.items():
        if types.get(actual) in ("DOUBLE", "FLOAT") and name in identifiers:
            where = f"{file.relative} ({table.name})"
            raise error(RecordsError, "float-identifier", "as-text", where=where, column=actual, type=types[actual])
    named = frozenset(header.index(actual) for name, actual in columns.items() if name in identifiers)
    return Opened(file, looked, digest, size, header, columns, extra, types, named)


def match_columns(
    file: SourceFile, table: SourceTable, header: tuple[str, ...]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The mapping's name of each column that the file has -> the file's own name, and the file's other columns."""
    folded: dict[str, str] = {}
    for name in header:
        key = name.strip().strip("\ufeff").casefold()
        if key in folded and key:
            raise error(RecordsError, "column-twice", "once-each", where=file.relative, cell=Cell(name))
        folded[key] = name
    columns: dict[str, str] = {}
    for column in table.columns.values():
        for candidate in column.names:
            if candidate.casefold() in folded:
                columns[column.name] = folded[candidate.casefold()]
                break
        else:
            if column.required:
                near = difflib.get_close_matches(column.names[0].casefold(), list(folded), n=3, cutoff=0)
                if not any(c.casefold() in folded for other in table.columns.values() for c in other.names):
                    raise error(
                        RecordsError,
                        "no-header",
                        "header-or-name",
                        where=f"{file.relative} ({table.name})",
                        column=column.names[0],
                        cell=Cell(", ".join(repr(h) for h in header[:3])),
                        table=table.name,
                        name=column.name,
                    )
                raise error(
                    RecordsError,
                    "column-missing",
                    "column-or-name",
                    where=f"{file.relative} ({table.name})",
                    column=column.names[0],
                    cell=Cell(", ".join(folded[n] for n in near)),
                    table=table.name,
                    name=column.name,
                )
    if not columns:
        # Its first row would be taken for names, and the names of columns that are not read are kept.
        raise error(
            RecordsError,
            "no-columns",
            "header-or-out",
            where=f"{file.relative} ({table.name})",
            n=len(header),
            names=", ".join(list(table.columns)[:3]),
        )
    used = set(columns.values())
    return columns, tuple(n for n in header if n not in used and n)


_PLAIN_PARQUET = frozenset(
    "VARCHAR BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DATE "  # noqa: SIM905
    "TIME TIMESTAMP DECIMAL ENUM".split()
)


def _parquet_header(file: SourceFile, connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], dict[str, str]]:
    try:
        described = connection.execute(
            f"DESCRIBE SELECT * FROM read_parquet({sql.path(str(file.path))}, hive_partitioning = false)"
        ).fetchall()
        _refuse_bomb(file)
    except (duckdb.Error, pa.ArrowInvalid) as problem:
        raise _damaged(file, problem) from problem
    return tuple(str(d[0]) for d in described), {str(d[0]): str(d[1]) for d in described}


_ROWS_A_BYTE = (10_000_000, 50)


def _refuse_bomb(file: SourceFile) -> None:
    """A Parquet file can repeat a row a thousand million times in a few bytes; rows that are told apart cannot."""
    rows, size = pq.read_metadata(file.path).num_rows, file.path.stat().st_size
    if rows > _ROWS_A_BYTE[0] and rows > _ROWS_A_BYTE[1] * size:
        raise error(RecordsError, "claims-rows", "who-made", where=file.relative, n=f"{rows:,}", size=f"{size:,}")


def _damaged(file: SourceFile, problem: Exception) -> RecordsError:
    if file.path.stat().st_size == 0:
        return error(RecordsError, "empty", "ask-again", where=file.relative)
    said = Cell(str(problem).splitlines()[0])
    return error(RecordsError, "parquet-damaged", "copy-again", where=file.relative, cell=said)


class Staging:
    """The staged rows of all files, in the tables ``staging.raw."<source table>"`` of a connection.

    Each has the columns that any of the table's files has, as text (null where empty), and ``source_file``,
    ``source_line`` and ``unreadable`` (why a line could not be read, else null).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, protection: Protection, pace: Pace) -> None:
        self.connection = connection
        self.protection = protection
        self.pace = pace
        self.files: list[StagedFile] = []
        self.present: dict[str, frozenset[str]] = {}
        self.repairs: dict[int, dict[str, int]] = {}
        connection.execute("CREATE SCHEMA IF NOT EXISTS staging.raw")

    @staticmethod
    def name_of(table: str) -> str:
        return f"staging.raw.{sql.name(table)}"

    def source(self, tables: Mapping[str, SourceTable]) -> Source:
        """What is at hand, for expressions."""
        return Source(tables, self.present, {name: self.name_of(name) for name in self.present})

    def stage(self, table: SourceTable, opened: list[Opened]) -> None:
        """Read all files of one source table."""
        held = [name for name in table.columns if any(name in o.columns for o in opened)]
        self.present[table.name] = frozenset(held)
        columns = "".join(f"{sql.name(name)} VARCHAR, " for name in held)
        target = self.name_of(table.name)
        self.connection.execute(
            f"CREATE TABLE {target} ({columns}source_file SMALLINT, source_line BIGINT, unreadable VARCHAR)"
        )
        for one in opened:
            index = len(self.files)
            self.pace(f"reading {one.file.relative}", index)
            if one.scan is None:
                rows = self._stage_parquet(target, table, held, one, index)
                encoding, how = "", ""
            else:
                rows = self._stage_csv(target, table, held, one, one.scan, index)
                encoding, how = " + ".join(one.scan.encodings), one.scan.how
            repairs = self.repairs.get(index, {})
            self.files.append(
                StagedFile(index, one.file, one.sha256, one.size, encoding, how, rows, one.columns, one.extra, repairs)
            )

    def _cells(self, table: SourceTable, held: list[str], opened: Opened, cell: dict[str, str]) -> str:
        """SQL of the staged columns, given SQL of the text of each column at hand."""
        cleaned = {name: _cleaned(cell[name], table.columns[name]) for name in opened.columns}
        return "".join(
            (self.protection.staged(cleaned[name], table.columns[name], cleaned) if name in cleaned else "NULL") + ", "
            for name in held
        )

    def _insert(self, statement: str, where: str) -> int:
        try:
            (count,) = sql.row(self.connection, statement)
        except duckdb.InterruptException:
            self.pace.check()
            raise
        self.pace.check()
        return int(count)

    def _stage_parquet(self, target: str, table: SourceTable, held: list[str], one: Opened, index: int) -> int:
        cell = {name: _parquet_text(actual, one, table.columns[name]) for name, actual in one.columns.items()}
        try:
            rows = self._insert(
                f"INSERT INTO {target} SELECT {self._cells(table, held, one, cell)}{index}, file_row_number + 1, NULL "
                f"FROM read_parquet({sql.path(str(one.file.path))}, file_row_number = true, "
                "hive_partitioning = false)",
                one.file.relative,
            )
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise _damaged(one.file, error) from error
        expected = pq.ParquetFile(one.file.path).metadata.num_rows
        if rows != expected:
            raise _rows_differ(one.file, expected, rows)
        return rows

    def _stage_csv(
        self, target: str, table: SourceTable, held: list[str], one: Opened, looked: Scan, index: int
    ) -> int:
        if looked.plain:
            # By their places: names in a file may be anything.
            spec = ", ".join(f"c{i}: 'VARCHAR'" for i in range(len(one.header)))
            cell = {name: f"c{one.header.index(actual)}" for name, actual in one.columns.items()}
            statement = (
                f"INSERT INTO {target} SELECT {self._cells(table, held, one, cell)}{index}, "
                f"row_number() OVER () + 1, NULL FROM read_csv({sql.path(str(one.file.path))}, "
                f"columns = {{{spec}}}, auto_detect = false, header = true, delim = {sql.text(looked.delimiter)}, "
                f"quote = '\"', escape = '\"', nullstr = '', compression = {sql.text(one.file.compression or 'none')}, "
                f"max_line_size = 16777216, buffer_size = 33554432, hive_partitioning = false)"
            )
            try:
                rows = self._insert(statement, one.file.relative)
            except (duckdb.InvalidInputException, duckdb.ConversionException):
                self.pace.check()  # DuckDB reports Ctrl-C inside one of our functions as invalid input
                rows = -1
            if rows == looked.lines - 1:
                return rows
            # A line that is not like the others, or a cell with a line end in it: read line by line instead.
            self.connection.execute(f"DELETE FROM {target} WHERE source_file = {index}")
        reader = LineReader(one, looked, self.pace)
        cell = {name: f"c{one.header.index(actual)}" for name, actual in one.columns.items()}
        self.connection.register(
            "arriving_lines", reader.batches(sorted({one.header.index(a) for a in one.columns.values()}))
        )
        try:
            rows = self._insert(
                f"INSERT INTO {target} SELECT {self._cells(table, held, one, cell)}{index}, line, unreadable "
                "FROM arriving_lines",
                one.file.relative,
            )
        finally:
            self.connection.unregister("arriving_lines")
            reader.close()
        if reader.failed is not None:
            raise reader.failed
        if reader.fallbacks:
            self.repairs[index] = {f"lines not {looked.encodings[0]}": reader.fallbacks}
        if rows != reader.records:
            raise _rows_differ(one.file, reader.records, rows)
        return rows


def _rows_differ(file: SourceFile, before: int, after: int) -> RecordsError:
    return error(RecordsError, "rows-differ", "please-report", where=file.relative, before=before, after=after)


def _cleaned(value: str, column: SourceColumn) -> str:
    reading = column.reading
    if reading.trim:
        value = f"trim({value})"
    for marker in ("", *reading.empty):
        value = f"nullif({value}, {sql.text(marker)})"
    if column.after:
        value = f"trim(split_part({value}, {sql.text(column.after)}, -1))"
    if column.pad:
        short = f"regexp_full_match({value}, '[0-9]{{1,{column.pad}}}')"
        value = f"CASE WHEN {short} THEN lpad({value}, {column.pad}, '0') ELSE {value} END"
    return f"upper({value})" if column.upper else value


def _parquet_text(actual: str, one: Opened, column: SourceColumn) -> str:
    kind = one.types[actual]
    base = kind.split("(")[0]
    if base in ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS"):
        # As pandas writes it, to the nanosecond; no system records more than the microsecond.
        moment = f"CAST({sql.name(actual)} AS TIMESTAMP WITH TIME ZONE)"
        return f"strftime(timezone('UTC', {moment}), '%Y-%m-%d %H:%M:%S.%f') || 'Z'"
    if base in ("TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMP_MS"):
        return f"CAST(CAST({sql.name(actual)} AS TIMESTAMP) AS VARCHAR)"
    if base in _PLAIN_PARQUET:
        return f"CAST({sql.name(actual)} AS VARCHAR)"
    where = f"{one.file.relative} ({one.file.table})"
    # Of a structure not its fields, whose names may be anything.
    raise error(RecordsError, "column-type", "plain-column", where=where, column=actual, type=base)
