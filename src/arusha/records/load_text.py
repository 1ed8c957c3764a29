"""What a look at an extract and a load say on a terminal, in a language of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from arusha.errors import Told
from arusha.language import Catalogue
from arusha.records import checks
from arusha.records.contract import CONTRACT

if TYPE_CHECKING:
    from arusha.records.inspect import Coverage

_NAME = 24
"""Width of a table's name; the names of the contract are shorter."""


def look_lines(report: Coverage, words: Catalogue) -> list[str]:
    """The coverage, line by line."""
    lines = [words.text("load-look", mapping=report.mapping, files=len(report.files))]
    if report.blocking:
        lines += ["", words.text("load-blocked")]
        for finding in report.blocking:
            told = finding.told
            problem = told.problem(words) if told else finding.problem
            remedy = told.remedy(words) if told else finding.remedy
            lines += [f"  {finding.where}: {problem}", f"    {words.text('what-to-do', remedy=remedy)}"]
    if report.tables:
        heads = (words.text(f"column-{name}") for name in ("table", "rows", "accepted", "set-aside"))
        lines += ["", _row(*(head.lower() for head in heads))]
    for table in report.tables:
        counts = (table.rows, table.accepted, table.rows - table.accepted)
        lines.append(_row(table.table, *(words.number(n, 0) for n in counts)))
        for title, columns in (("absent", table.absent), ("empty", table.empty), ("constant", table.constant)):
            if columns:
                lines.append("    " + words.text(f"load-{title}", columns=", ".join(columns)))
        for column, count in table.day_only.items():
            lines.append("    " + words.text("load-day-only", column=column, n=count))
    if report.tables and report.absent_tables:
        lines += ["", words.text("load-absent-tables", tables=", ".join(report.absent_tables))]
    if report.reasons:
        lines += ["", words.text("load-would")]
    for reason in report.reasons:
        said = {
            "reason": _reason(reason.reason, reason.column),
            "meaning": _meaning(words, reason.reason, reason.table, reason.column),
        }
        lines.append("  " + words.text("load-reason", n=reason.rows, table=reason.table, **said))
        for example in reason.examples:
            cells = ", ".join(f"{k}={v}" for k, v in example.row.items() if v is not None)
            lines.append("    " + words.text("load-example", path=example.path, line=str(example.line), cells=cells))
    extra = [(f["path"], f["columns_not_read"]) for f in report.files if f.get("columns_not_read")]
    if extra or report.not_read:
        lines += ["", words.text("load-not-read")]
        lines += [
            "  " + words.text("load-not-read-columns", path=path, columns=", ".join(columns)) for path, columns in extra
        ]
        lines += ["  " + words.text("load-not-read-file", path=path) for path in report.not_read]
    if report.warnings:
        lines += ["", *(words.text("load-note", note=note.problem(words)) for note in report.warnings)]
    return lines


def load_notes(manifest: Mapping[str, Any], words: Catalogue) -> list[str]:
    """What the load notes."""
    return [words.text("load-note", note=Told.from_json(note).problem(words)) for note in manifest.get("notes", ())]


def load_lines(manifest: Mapping[str, Any], words: Catalogue) -> list[str]:
    """What became of the rows, by table, by reason for which some were set aside, and by file."""
    lines = [f"{name:{_NAME}} {words.text('load-rows', n=table['rows'])}" for name, table in manifest["tables"].items()]
    lines += [_aside(aside, words) for aside in manifest["set_aside"]]
    for file in manifest["sources"]:
        counts = {"rows": file["rows"], "accepted": file["accepted"], "aside": file["set_aside"]}
        line = words.text("load-file", path=file["path"], **counts)
        none = file["not_for_any_table"]
        lines.append(words.text("load-file-no-table", file=line, n=none) if none else line)
    return lines


def _aside(aside: Mapping[str, Any], words: Catalogue) -> str:
    return words.text(
        "load-aside",
        n=aside["rows"],
        path=aside["path"],
        table=aside["table"],
        reason=_reason(aside["reason"], aside["column"]),
        line=str(aside["first_line"]),
        meaning=_meaning(words, aside["reason"], aside["table"], aside["column"]),
    )


def _row(name: str, *counts: str) -> str:
    return f"{name:{_NAME}}" + "".join(f"{count:>12}" for count in counts)


def _reason(reason: str, column: str | None) -> str:
    """The reason by the name that the table of set-aside rows gives it, and its column."""
    return f"{reason} ({column})" if column else reason


def _meaning(words: Catalogue, reason: str, table: str, column: str | None) -> str:
    said = checks.meanings(reason, table)
    told = said.get(words.lang) or said["en"]
    known = CONTRACT.tables[table].columns[column].values if column and table in CONTRACT.tables else ()
    if reason != "unknown-value" or not known:
        return told
    return f"{told} {words.text('load-known-values', values=', '.join(known))}"
