"""Evidence leaves the house: rows are written whole, and do nothing in the spreadsheet that opens them."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arusha.assessment.evidence import evidence, harmless, write_rows
from arusha.assessment.run import Assessment
from arusha.errors import ArushaError
from arusha.records.workspace import Workspace

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("http://x.example","see")',
    "=cmd|' /C calc'!A0",
]
PLAIN = ["", "tea = good", "a-b", "1", "'quoted", "D-17", "été"]


def test_no_cell_of_a_csv_begins_as_a_formula(tmp_path: Path) -> None:
    texts = HOSTILE + PLAIN
    table = pa.table(
        {
            "text": texts,
            "code": pa.array(texts).dictionary_encode(),
            "large": pa.array(texts, pa.large_string()),
            "number": pa.array(range(-3, len(texts) - 3)),
        }
    )
    write_rows(table, tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    for column in ("text", "code", "large"):
        assert [row[column] for row in read] == [f"'{t}" for t in HOSTILE] + PLAIN
    assert read[0]["number"] == "-3", "a number is not a text"


def test_parquet_keeps_every_value_as_it_is(tmp_path: Path) -> None:
    table = pa.table({"text": HOSTILE + PLAIN})
    write_rows(table, tmp_path / "rows.parquet")
    assert pq.read_table(tmp_path / "rows.parquet").equals(table)
    assert harmless(table)["text"].to_pylist() != table["text"].to_pylist()


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet"])
def test_a_place_that_cannot_be_written_is_named_and_what_was_there_stays(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArushaError, match="cannot be written") as told:
        write_rows(pa.table({"a": [1]}), tmp_path / "nowhere" / name)
    assert told.value.remedy
    (tmp_path / name).mkdir()
    with pytest.raises(ArushaError, match="cannot be written"):
        write_rows(pa.table({"a": [1]}), tmp_path / name)
    assert os.listdir(tmp_path) == [name]


def test_a_unit_that_was_not_tested_has_no_rows_to_show(assessment: Assessment, examplia: Workspace) -> None:
    row = next(r for r in assessment.signals.to_pylist() if r["p_value"] is None)
    with pytest.raises(ArushaError, match="was not tested: the records cannot tell"):
        evidence(assessment.path, row["signal_id"], examplia)


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "' OR 1=1 --", "%", "\x00"])
def test_an_id_is_compared_and_nothing_else(assessment: Assessment, examplia: Workspace, hostile: str) -> None:
    with pytest.raises(ArushaError, match="no signal has the id"):
        evidence(assessment.path, hostile, examplia)
