"""Tables of a question beside its signals: what was compared with what, so that a reader can judge the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from arusha.assessment.report_read import Question
from arusha.assessment.report_words import said, slug
from arusha.charts import ChartTable
from arusha.charts.drawing import isolate
from arusha.charts.words import number, percent
from arusha.language import Catalogue

Kind = Literal["code", "count", "share", "word", "people"]
"""``people``: names in one text, shown as their number: what these tables say is no finding about anybody."""

MOST_ROWS = 60
PERSONS = frozenset({"officer", "declarant", "received_by", "moved_by"})
"""Columns that hold pseudonyms. A table in ``SHOWN`` that gains another must name it here."""


@dataclass(frozen=True)
class Detail:
    """One table with its caption; ``left_out`` rows are in the folder's own file only.

    ``nameless`` is the table without its columns of people, for pages where a purpose is asked before one is shown.
    """

    caption: str
    table: ChartTable
    nameless: ChartTable
    left_out: int
    file: str


SHOWN: Mapping[str, tuple[tuple[str, tuple[tuple[str, Kind], ...]], ...]] = {
    "assignment-steering": (
        (
            "accounts",
            (
                ("office", "code"),
                ("account", "word"),
                ("account_officers", "people"),
                ("account_declarants", "people"),
                ("pairs", "count"),
            ),
        ),
        (
            "cancelled",
            (
                ("office", "code"),
                ("officer", "code"),
                ("declarant", "code"),
                ("files", "count"),
                ("cancelled", "count"),
                ("other_files", "count"),
                ("other_cancelled", "count"),
            ),
        ),
        (
            "offices",
            (
                ("office", "code"),
                ("draws", "count"),
                ("in_batches", "count"),
                ("without_comparison", "count"),
                ("officers", "count"),
                ("declarants", "count"),
                ("declarants_tested", "count"),
                ("compared_within", "word"),
            ),
        ),
        (
            "pools",
            (
                ("office", "code"),
                ("feature", "word"),
                ("levels", "code"),
                ("officers", "count"),
                ("draws", "count"),
            ),
        ),
    ),
    "assignment-override": (
        (
            "by_whom",
            (
                ("office", "code"),
                ("declarant", "code"),
                ("received_by", "code"),
                ("moved_by", "code"),
                ("moves", "count"),
                ("moves_of_hand", "count"),
            ),
        ),
        (
            "ordinary",
            (
                ("office", "code"),
                ("draws", "count"),
                ("moved", "count"),
                ("absent", "count"),
                ("off_shift", "count"),
            ),
        ),
    ),
}
"""Question -> tables shown, in order, with the columns shown. Any other table stays in the folder."""


def details(question: Question, words: Catalogue) -> tuple[Detail, ...]:
    """The tables of one question that the report shows; a table or column that is absent is left out."""
    found = []
    for name, columns in SHOWN.get(question.id, ()):
        table = question.tables.get(name)
        if table is None or not table.num_rows:
            continue
        present = [(column, kind) for column, kind in columns if column in table.column_names]
        rows = tuple(
            tuple(_cell(words, banded(row, column), kind) for column, kind in present)
            for row in table.slice(0, MOST_ROWS).to_pylist()
        )
        heads = tuple(words.text(f"detail-{column.replace('_', '-')}") for column, _ in present)
        numeric = frozenset(i for i, (_, kind) in enumerate(present) if kind in ("count", "share", "people"))
        kept = [i for i, (column, _) in enumerate(present) if column not in PERSONS]
        found.append(
            Detail(
                words.text(f"detail-{question.id}-{name.replace('_', '-')}"),
                ChartTable(heads, rows, numeric),
                ChartTable(
                    tuple(heads[i] for i in kept),
                    tuple(tuple(row[i] for i in kept) for row in rows),
                    frozenset(k for k, i in enumerate(kept) if i in numeric),
                ),
                max(0, table.num_rows - MOST_ROWS),
                f"tables/{question.id}/{name}.parquet",
            )
        )
    return tuple(found)


BANDS = {
    # What the bands of assignment_records.py stand for: goods items of a declaration, and half decades of its value.
    "items": ("1", "2", "3-4", "5-9", "10+"),
    "value": (
        "< 100",
        *(f"{a}-{b}" for a, b in pairwise(m * 10**k for k in range(2, 10) for m in (1, 3))),
        "3000000000+",
    ),
}


def banded(row: Mapping[str, Any], column: str) -> Any:
    """A cell; codes of bands as what they stand for."""
    bands = BANDS.get(str(row.get("feature")), ()) if column == "levels" else ()
    codes = str(row[column] or "").split(", ")
    if not bands or not all(code.isdigit() and int(code) < len(bands) for code in codes):
        return row[column]
    return ", ".join(bands[int(code)] for code in codes)


def _cell(words: Catalogue, value: Any, kind: Kind) -> str:
    if value is None:
        return words.text("chart-no-value")
    if kind == "count":
        return number(words, value, 0)
    if kind == "people":
        return number(words, len(str(value).split(", ")), 0)
    if kind == "share":
        return percent(words, value)
    return said(words, f"detail-word-{slug(str(value))}", str(value)) if kind == "word" else isolate(str(value))
