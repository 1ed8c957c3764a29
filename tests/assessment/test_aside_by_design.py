"""Rows that a system keeps beside those that count are told apart from rows that are faulty."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from synthetic_folder import write_folder

from arusha.assessment.quality import SCHEMA, quality
from arusha.assessment.report import build
from arusha.assessment.report_read import read_folder
from arusha.charts.words import number, percent
from arusha.language import Catalogue, banned_words, languages
from arusha.records.checks import BY_DESIGN, by_design
from arusha.records.contract import CONTRACT
from arusha.records.workspace import Workspace

ASIDE = [  # table, file, line, reason
    ("declarations", 0, 1, "superseded"),
    ("declarations", 0, 2, "repeated-by-join"),
    ("declarations", 0, 3, "unreadable-time"),
    ("items", 0, 1, "superseded"),  # line 1 feeds two tables: one row
    ("items", 0, 4, "cancelled"),
    ("declarations", 0, 4, "negative-value"),  # faulty for one table is faulty
    ("items", 1, 9, "our-own-reason"),
]


class Held:
    """A workspace of two files with seven rows set aside."""

    manifest: ClassVar[dict[str, Any]] = {
        "sources": [
            {"table": "SAD", "path": "SAD.csv", "rows": 10, "accepted": 6, "set_aside": 4},
            {"table": "items", "path": "items.csv", "rows": 5, "accepted": 4, "set_aside": 1},
        ]
    }

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A new one with its table."""
        connection = duckdb.connect()
        connection.execute(
            "CREATE TABLE set_aside (table_name VARCHAR, source_file SMALLINT, source_line BIGINT, reason VARCHAR, "
            "office VARCHAR)"
        )
        connection.executemany("INSERT INTO set_aside VALUES (?, ?, ?, ?, 'EX01')", ASIDE)
        return connection


def test_rows_are_counted_once_whatever_they_feed() -> None:
    rows = quality(cast(Workspace, Held())).to_pylist()
    files = {r["file"]: (r["set_aside"], r["by_design"]) for r in rows if r["rows"] is not None}
    assert files == {"SAD.csv": (4, 2), "items.csv": (1, 1)}
    by_reason = {r["reason"]: (r["set_aside"], r["by_design"]) for r in rows if r["rows"] is None}
    assert by_reason["superseded"] == (1, 1)
    assert by_reason["negative-value"] == (1, 0)


def test_a_reason_of_a_mappings_own_is_by_design_and_no_other_rule_is() -> None:
    codes = {rule.code for rule in CONTRACT.rules}
    assert codes >= BY_DESIGN
    assert {code for code in codes if by_design(code)} == BY_DESIGN
    assert by_design("our-own-reason")


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("lang", languages())
def test_the_report_says_how_many_are_expected(lang: str, counted: bool, tmp_path: Path) -> None:
    """``counted``: whether the assessment already held the number, or is of before."""
    write_folder(tmp_path / "a")
    path = tmp_path / "a" / "quality.parquet"
    row: dict[str, Any] = {"table": "SAD", "file": "SAD.csv", "rows": 6_909, "accepted": 2_900, "set_aside": 4_009}
    row |= {"by_design": 3_909} if counted else {}
    reasons = {"superseded": 1_000, "repeated-by-join": 2_909, "missing-key": 100}
    rows = [row] + [
        {"table": "declarations", "file": "SAD.csv", "office": "EX01", "reason": r, "set_aside": n}
        for r, n in reasons.items()
    ]
    schema = SCHEMA if counted else SCHEMA.remove(SCHEMA.get_field_index("by_design"))
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    words = Catalogue(lang)
    report = build(read_folder(tmp_path / "a"), words)
    (file,) = report.files
    assert file.by_design == number(words, 3_909, 0)
    assert file.faulty == number(words, 100, 0)
    assert file.share == percent(words, 100 / 6_909), "the share is of what is faulty"
    for count in (4_009, 3_909, 100):
        assert number(words, count, 0) in report.aside[0]
    kinds = [row[3] for row in report.set_aside]
    assert kinds == [words.text("aside-faulty"), *[words.text("aside-expected")] * 2], "what is faulty stands first"
    assert not any(banned_words(text, lang) for text in report.aside)
