"""Empty tables of the contract to fill in, the notes beside them, and the documentation page of the contract.

``python -m arusha.records.template docs/records.md`` writes the page again.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from arusha.errors import RecordsError
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.records.contract import CONTRACT, Column, Table
from arusha.records.given import path_given
from arusha.records.page import Block, Grid, Heading, Lines, Points, code, markdown

_RULES = ("files", "ids", "money", "times", "empty", "required", "aside", "persons")


def write_template(
    directory: Path | str, tables: Sequence[str] | None = None, lang: str = "en", force: bool = False
) -> tuple[Path, ...]:
    """Write an empty CSV file for each table and ``README.<lang>.md``, which says what each column means.

    Parameters
    ----------
    tables
        Names of tables; those that a question reads today if not given.
    force
        Replace files that exist. Without it nothing is written where any of them does.

    Raises
    ------
    RecordsError
        If a file exists and ``force`` is not given, or the contract has no such table.
    """
    directory = path_given(directory, "directory")
    chosen = _chosen(tables)
    files = {directory / f"{table.name}.csv": _header(table) for table in chosen}
    files[directory / f"README.{lang}.md"] = notes(tables, lang)
    there = [path for path in files if path.exists()]
    if there and not force:
        raise of(
            RecordsError,
            "template-there" if len(there) == 1 else "template-there-many",
            "empty-or-force",
            where=str(there[0]),
            n=len(there) - 1,
        )
    directory.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(files)


def _chosen(tables: Sequence[str] | None) -> list[Table]:
    unknown = [name for name in tables or () if name not in CONTRACT.tables]
    if unknown:
        raise of(
            RecordsError, "contract-no-table", "choose-from", name=", ".join(unknown), known=", ".join(CONTRACT.tables)
        )
    return [table for table in CONTRACT.tables.values() if (table.read_by if tables is None else table.name in tables)]


def _header(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(table.columns)
    return text.getvalue()


def notes(tables: Sequence[str] | None = None, lang: str = "en") -> str:
    """What each column of the empty tables means, as Markdown."""
    words = Catalogue(lang, isolate=lang == "ar")
    chosen = _chosen(tables)
    others = [name for name, table in CONTRACT.tables.items() if table not in chosen and not table.read_by]
    reviewed = "yes" if words.reviewed_by_native_speaker else "no"
    blocks: list[Block] = [
        Heading(words.text("records-title", version=CONTRACT.version)),
        Lines((words.text("records-template-intro"),)),
        *_rules(words),
        Heading(words.text("records-tables-title"), 2),
        *(block for table in chosen for block in _table(words, table)),
    ]
    if others:
        blocks.append(Lines((words.text("records-other-tables", tables=", ".join(code(name) for name in others)),)))
    blocks.append(Lines((words.text(f"review-native-speaker-{reviewed}"),)))
    return markdown(blocks, words.direction, lang)


def page() -> str:
    """The documentation page of the contract, in English: tables, columns, who reads them, why a row is set aside."""
    words = Catalogue("en", isolate=False)
    aside = tuple(
        (
            code(rule.code),
            words.text("records-every-table") if rule.table == "*" else code(rule.table),
            rule.sentence["en"],
        )
        for rule in CONTRACT.rules
    )
    blocks: list[Block] = [
        Lines(("<!-- Made from src/arusha/records/contract.yaml by `python -m arusha.records.template`. -->",)),
        Heading(words.text("records-title", version=CONTRACT.version)),
        Lines(
            (
                "What an administration's own records are, in one vocabulary. A mapping turns any extract into these "
                "tables, and every question reads only these tables. `arusha template` writes them empty, `arusha "
                "letter` asks IT for them; both speak English, French, Spanish and Arabic, which no native speaker has "
                "read yet. [Pseudonyms](pseudonyms.md) has its own page.",
            )
        ),
        *_rules(words),
        Heading(words.text("records-tables-title"), 2),
        *(block for table in CONTRACT.tables.values() for block in _table(words, table, readers=True)),
        Heading(words.text("records-aside-title"), 2),
        Grid(tuple(words.text(f"records-{h}") for h in ("reason", "table", "sentence")), aside),
    ]
    return markdown(blocks)


def _rules(words: Catalogue) -> list[Block]:
    return [
        Heading(words.text("records-rules-title"), 2),
        Points(tuple(words.text(f"records-rule-{rule}") for rule in _RULES)),
    ]


def _table(words: Catalogue, table: Table, readers: bool = False) -> list[Block]:
    lang = words.lang
    key = ", ".join(code(name) for name in table.key)
    lines = [
        table.meaning[lang],
        words.text("records-key", key=key) if key else words.text("records-no-key"),
        words.text("records-why", text=table.purpose[lang]),
        words.text("records-without", text=table.without[lang]),
    ]
    header = ["column", "type", "values", "meaning"] + (["read-by"] if readers else [])
    rows = []
    for column in table.columns.values():
        row = [
            code(column.name) + ("*" if column.required else ""),
            words.text(f"type-{column.type}"),
            _values(words, column),
            " ".join(filter(None, (column.meaning[lang], *_remarks(words, column)))),
        ]
        if readers:
            later = words.text("records-later") if not table.read_by else ""
            row.append(", ".join(column.read_by) or later)
        rows.append(tuple(row))
    return [
        Heading(code(table.name), 3),
        Lines(tuple(lines)),
        Grid(tuple(words.text(f"records-{h}") for h in header), tuple(rows)),
    ]


def _values(words: Catalogue, column: Column) -> str:
    values = ", ".join(code(value) for value in column.values)
    return words.text("records-values-open", values=values) if column.open_values else values


def _remarks(words: Catalogue, column: Column) -> list[str]:
    remarks = []
    if column.refers:
        remarks.append(words.text("records-joins", column=code(column.refers)))
    if column.person:
        remarks.append(words.text("records-pseudonym"))
    return remarks


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/records.md").write_text(page(), encoding="utf-8")
