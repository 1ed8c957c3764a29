"""Looking at a source before loading it: what it covers, what would be set aside and why. Nothing is stored."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from arusha.errors import Told, file_shape, shape
from arusha.language import Catalogue
from arusha.records import checks, sql
from arusha.records.checks import Blocking
from arusha.records.given import path_given
from arusha.records.intake import Intake, connect, take_in
from arusha.records.load import clear_errors, stoppable
from arusha.records.load_text import look_lines
from arusha.records.manifest import TableCoverage, coverage, sources
from arusha.records.mapping import Mapping
from arusha.records.mapping_file import load_mapping
from arusha.records.progress import Pace, Progress
from arusha.records.pseudonyms import KEY_BYTES, Pseudonymiser
from arusha.records.store import raw_row

EXAMPLES = 3


class Token(str):
    """A pseudonym that was made in this look: what only looks like one may be a number of a person."""

    __slots__ = ()


@dataclass(frozen=True)
class Example:
    """A row that would be set aside: its file and line, the value at fault, and the row with persons as tokens."""

    path: str
    line: int
    value: str | None
    row: dict[str, Any]


@dataclass(frozen=True)
class Reason:
    """A reason for which rows of a table would be set aside."""

    table: str
    reason: str
    column: str
    rows: int
    meaning: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Coverage:
    """What a load would make of a source.

    ``blocking`` are the findings for which it would store nothing. Persons in ``reasons`` bear tokens that were made
    for this look only. ``questions`` are for the caller to add: what can be asked of these columns.
    """

    mapping: str
    files: tuple[dict[str, Any], ...]
    not_read: tuple[str, ...]
    tables: tuple[TableCoverage, ...]
    absent_tables: tuple[str, ...]
    reasons: tuple[Reason, ...]
    blocking: tuple[Blocking, ...]
    warnings: tuple[Told, ...]

    @property
    def present(self) -> dict[str, set[str]]:
        """Table -> the columns that hold real data, as ``Workspace.present`` would say."""
        return {t.table: set(t.present) for t in self.tables}

    def text(self, lang: str = "en") -> str:
        """The coverage as lines to read on a terminal, in a language."""
        return "\n".join(look_lines(self, Catalogue(lang, isolate=False)))


def inspect(
    source: str | Path,
    mapping: str | Path | Mapping = "canonical",
    *,
    override: str | Path | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    memory_limit: str = "4GB",
    threads: int | None = None,
) -> Coverage:
    """See ``load`` for the parameters.

    Raises
    ------
    RecordsError
        There is no such source or mapping. Findings that block are returned, not raised.
    """
    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping, override)
    pace = Pace(progress, cancel)
    source = path_given(source, "source")
    folder = Path(tempfile.mkdtemp(prefix="arusha-inspect-"))
    try:
        with pace.hearing_ctrl_c(), clear_errors(folder, folder, pace):
            connection = connect(folder, memory_limit, threads)
            try:
                with stoppable(connection, pace):
                    tokens = Pseudonymiser(secrets.token_bytes(KEY_BYTES))
                    with contextlib.closing(take_in(connection, source, chosen, tokens, pace)) as intake:
                        return _coverage(intake, tokens)
            finally:
                connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _coverage(intake: Intake, tokens: Pseudonymiser) -> Coverage:
    return Coverage(
        mapping=intake.mapping.name,
        files=tuple(sources(intake)),
        not_read=intake.found.unclaimed,
        tables=tuple(coverage(intake, typed) for typed in intake.tables),
        absent_tables=intake.absent,
        reasons=_reasons(intake, tokens),
        blocking=tuple(intake.blocked),
        warnings=tuple(intake.warnings),
    )


def _reasons(intake: Intake, tokens: Pseudonymiser) -> tuple[Reason, ...]:
    connection = intake.staging.connection
    found = []
    for table, reason, column, count in connection.execute(
        "SELECT table_name, reason, coalesce(column_name, ''), count(*) FROM staging.aside GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        examples = _examples(connection, intake, tokens, table, reason, column)
        found.append(Reason(table, reason, column, count, checks.meaning(reason, table), examples))
    return tuple(found)


def _examples(
    connection: duckdb.DuckDBPyConnection,
    intake: Intake,
    tokens: Pseudonymiser,
    table: str,
    reason: str,
    column: str,
) -> tuple[Example, ...]:
    source = next((t.source.name for t in intake.tables if t.table.name == table), table)
    raw = intake.staging.name_of(source)
    cells_of = raw_row(intake.staging, sorted(intake.staging.present[source]))
    rows = connection.execute(
        f"SELECT s.source_file, s.source_line, s.value, {cells_of}::VARCHAR FROM staging.aside AS s JOIN {raw} AS r "
        "ON r.source_file = s.source_file AND r.source_line = s.source_line WHERE s.table_name = "
        f"{sql.text(table)} AND s.reason = {sql.text(reason)} AND coalesce(s.column_name, '') = {sql.text(column)} "
        f"ORDER BY s.source_file, s.source_line LIMIT {EXAMPLES}"
    ).fetchall()
    out = []
    for index, line, value, row in rows:
        cells = {name: _marked(cell, tokens) for name, cell in json.loads(row).items()}
        out.append(Example(intake.staging.files[index].file.relative, line, _marked(value, tokens), cells))
    return tuple(out)


def _marked(cell: Any, tokens: Pseudonymiser) -> Any:
    return Token(cell) if isinstance(cell, str) and tokens.made(cell) else cell


def masked(report: Coverage) -> Coverage:
    """The report with the shape of each cell only (``JANE DOE 7`` as ``xxxx xxx 9``): a cell may hold a name.

    Tokens that were made in this look stay, and so do files, lines, columns and reasons. Headers of columns that are
    not read go: in a file without its header they are cells. Of files that are not read the ending stays: whatever they
    are called, the mapping asked for none of it.
    """

    def one(example: Example) -> Example:
        row = {column: _shape(cell) for column, cell in example.row.items()}
        return replace(example, value=_shape(example.value), row=row)

    reasons = tuple(replace(r, examples=tuple(one(e) for e in r.examples)) for r in report.reasons)
    return replace(
        report,
        files=tuple({k: v for k, v in file.items() if k != "columns_not_read"} for file in report.files),
        not_read=tuple(file_shape(name) for name in report.not_read),
        reasons=reasons,
        blocking=tuple(finding.masked() for finding in report.blocking),
        warnings=tuple(note.masked() for note in report.warnings),
    )


def _shape(cell: Any) -> str | None:
    if cell is None or isinstance(cell, Token):
        return cell
    return shape(str(cell))
