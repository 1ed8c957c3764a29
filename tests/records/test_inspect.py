from __future__ import annotations

from extract_files import small

from arusha.records.inspect import inspect
from arusha.records.load import load

BAD = (
    "declaration_id,office,registered_at,lane_final,officer_id,colour of stamp\n"
    "D1,EX01,2024-01-01T20:00:00Z,green,OFFICER7,blue\n"
    "D2,EX01,2024-01-01T20:00:00Z,purple,OFFICER7,blue\n"
    "D3,EX01,2024-01-01T20:00:00Z,mauve,OFFICER7,blue\n"
)


def test_it_counts_what_a_load_would_and_stores_nothing(tmp_path):
    source = small(tmp_path / "in", declarations=BAD)
    before = sorted(tmp_path.rglob("*"))
    report = inspect(source)
    assert sorted(tmp_path.rglob("*")) == before
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    added = {"registered_on", "registered_hour", "declaration_no"}
    assert report.present == {table: columns - added for table, columns in workspace.present.items()}
    (declarations,) = [t for t in report.tables if t.table == "declarations"]
    assert (declarations.rows, declarations.accepted) == (3, 1)
    assert declarations.accepted == workspace.manifest["tables"]["declarations"]["rows"]


def test_reasons_come_with_the_rows_and_without_names(tmp_path):
    report = inspect(small(tmp_path / "in", declarations=BAD))
    (reason,) = report.reasons
    assert (reason.table, reason.reason, reason.column, reason.rows) == (
        "declarations",
        "unknown-value",
        "lane_final",
        2,
    )
    assert [(e.line, e.value) for e in reason.examples] == [(3, "purple"), (4, "mauve")]
    assert reason.examples[0].row["declaration_id"] == "D2"
    assert "OFFICER7" not in report.text()


def test_the_text_says_what_is_absent_and_not_read(tmp_path):
    text = inspect(small(tmp_path / "in", declarations=BAD, stamps="a,b\n1,2\n")).text()
    assert "nothing stored" in text
    assert "declarations.csv: columns colour of stamp" in text
    assert "stamps.csv: no table of the mapping" in text
    assert "Tables not there: assignments" in text
    assert "declarations.csv, line 3" in text


def test_what_blocks_is_told_and_not_raised(tmp_path):
    source = small(tmp_path / "in", declarations="declaration_id,ofice,registered_at\nD1,A,2024-01-01\n")
    report = inspect(source)
    assert [b.where for b in report.blocking] == ["declarations.csv (declarations)"]
    assert "A load would store nothing" in report.text()
    assert "ofice" in report.text()
