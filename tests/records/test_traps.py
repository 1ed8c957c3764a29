"""Extracts as they really come: each oddity is told with its file, row, column and remedy, and no row is lost."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from extract_files import small, write

from arusha.errors import ArushaError, RecordsError
from arusha.records import scan as scanning
from arusha.records import staging
from arusha.records.inspect import inspect
from arusha.records.load import load

HEAD = "declaration_id,office,registered_at,declared_value\n"
GOOD = "D1,EX01,2024-01-01T01:00:00Z,10.5\n"


def loaded(tmp_path, declarations=None, override="", **more):
    """Load; rows in are rows accepted and set aside, file by file, and every line of a CSV is in a row."""
    tables = more if declarations is None else {"declarations": declarations, **more}
    options = {}
    if override:
        (tmp_path / "o.yaml").write_text(override)
        options["override"] = tmp_path / "o.yaml"
    workspace = load(small(tmp_path / "in", **tables), out=tmp_path / "w.arusha", pseudonyms="off", **options)
    for source in workspace.manifest["sources"]:
        assert source["rows"] == source["accepted"] + source["set_aside"], source["path"]
    return workspace


def rows(workspace, query):
    with workspace.connect() as connection:
        return connection.execute(query).fetchall()


def aside(workspace):
    return rows(workspace, "SELECT source_line, reason, column_name, value FROM set_aside ORDER BY ALL")


def refused(tmp_path, **tables) -> ArushaError:
    with pytest.raises(ArushaError) as told:
        load(small(tmp_path / "in", **tables), out=tmp_path / "w.arusha", key_file=tmp_path / "k.key")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "in") == []
    assert told.value.where
    assert told.value.remedy
    return told.value


def test_parquet_with_nanoseconds_and_a_zone_as_pandas_writes_it_is_read(tmp_path):
    moments = [datetime(2024, 1, 1, 1, 2, 3, tzinfo=UTC), datetime(2024, 7, 1, 1, 2, 3, tzinfo=UTC), None]
    table = pa.table(
        {
            "declaration_id": pa.array(["D1", "D2", "D3"]).dictionary_encode(),
            "office": pa.array(["EX01", "EX01", "EX02"]).dictionary_encode(),
            "registered_at": pa.array(moments, pa.timestamp("ns", "Africa/Cairo")),
        }
    )
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    pq.write_table(table, source / "declarations.parquet")
    made = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(made, "SELECT declaration_id, registered_at FROM declarations ORDER BY ALL") == [
        ("D1", datetime(2024, 1, 1, 1, 2, 3)),
        ("D2", datetime(2024, 7, 1, 1, 2, 3)),
    ]
    assert aside(made) == [(3, "missing-required", "registered_at", None)]


# Bytes and lines


def test_a_nul_spoils_its_line_and_no_other(tmp_path):
    workspace = loaded(tmp_path, HEAD + GOOD + "D2,EX\x0001,2024-01-02,1\nD3,EX01,2024-01-03,2\n")
    assert aside(workspace) == [(3, "unreadable-line", None, "a NUL character in office")]
    assert rows(workspace, "SELECT declaration_id, source_line FROM declarations ORDER BY 1") == [("D1", 2), ("D3", 4)]


def test_a_nul_far_into_the_file_is_seen_too(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "CHUNK", 256)
    many = "".join(f"D{i:04},EX01,2024-01-01,1\n" for i in range(500))
    workspace = loaded(tmp_path, HEAD + many + "E1,EX01,2024-01-02,\x001\n")
    assert aside(workspace) == [(502, "unreadable-line", None, "a NUL character in declared_value")]


def test_a_nul_in_the_header_is_no_text(tmp_path):
    assert "not text" in refused(tmp_path, declarations="declaration_id,off\x00ice\n").problem


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_its_mark_is_told(tmp_path, order):
    error = refused(tmp_path, declarations=(HEAD + GOOD).encode(f"utf-16-{order}"))
    assert "looks like UTF-16" in error.problem
    assert "UTF-8" in error.remedy


def test_a_quotation_mark_open_at_the_end_of_a_short_file_loses_no_row(tmp_path):
    error = refused(tmp_path, declarations=HEAD + GOOD + 'D2,"EX01,2024-01-02,1\nD3,EX01,2024-01-03,2\n')
    assert error.where == "declarations.csv"
    assert "quotation mark opened on line 3 is not closed" in error.problem


@pytest.mark.parametrize("column", ["office", "extra"])
def test_two_stray_quotation_marks_do_not_make_one_row_of_three(tmp_path, column):
    """Read by the letter, the three lines are one row with the right number of cells: a valid one."""
    lines = ["D2,EX01,2024-01-02,1,X", "D3,EX01,2024-01-03,2,X", "D4,EX01,2024-01-04,3,X"]
    if column == "office":
        lines[0] = 'D2,"EX01,2024-01-02,1,X'
        lines[2] = 'D4,EX01",2024-01-04,3,X'
    else:
        lines[0] = 'D2,EX01,2024-01-02,1,"X'
        lines[2] = 'D4,EX01,2024-01-04,3,X"'
    head = HEAD.rstrip() + ",extra\n"
    workspace = loaded(tmp_path, head + GOOD.rstrip() + ",X\n" + "\n".join(lines) + "\n")
    ((line, reason, _, value),) = aside(workspace)
    assert (line, reason) == (3, "unreadable-line")
    assert value.endswith("(lines 3 to 5)"), "it says which lines it covers"
    assert rows(workspace, "SELECT declaration_id FROM declarations") == [("D1",)]


def test_a_line_end_where_a_thing_is_named_is_no_name(tmp_path):
    workspace = loaded(tmp_path, HEAD + GOOD + '"D\n2",EX01,2024-01-02,1\n')
    assert aside(workspace) == [
        (3, "unreadable-line", None,
         "a line end in declaration_id: a quotation mark stands where none belongs (lines 3 to 4)"),
    ]  # fmt: skip


def test_a_description_may_span_lines(tmp_path):
    items = 'declaration_id,item_no,description\nD1,1,"tea, black,\ngreen, and\nother"\nD1,2,salt\n'
    workspace = loaded(tmp_path, HEAD + GOOD, items=items)
    assert rows(workspace, "SELECT item_no, source_line FROM items ORDER BY 1") == [(1, 2), (2, 5)]


def test_a_line_without_end_is_refused_before_it_is_held(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "CHUNK", 1000)
    monkeypatch.setattr(scanning, "LONGEST_LINE", 1 << 20)
    error = refused(tmp_path, declarations=HEAD + GOOD + "x" * (1 << 21) + "\n")
    assert error.problem.startswith("line 3 is longer than 1 million bytes")


def test_lines_just_within_the_limit_are_read(tmp_path, monkeypatch):
    """The limit is of one line, wherever its pieces fall."""
    monkeypatch.setattr(scanning, "CHUNK", 64)
    monkeypatch.setattr(scanning, "LONGEST_LINE", 100)
    many = "".join(f"D{i:04},EX01,2024-01-01,1\n" for i in range(300))
    assert len(rows(loaded(tmp_path, HEAD + many), "SELECT * FROM declarations")) == 300


def test_a_spreadsheets_note_of_its_separator(tmp_path):
    error = refused(tmp_path, declarations="sep=;\n" + HEAD.replace(",", ";"))
    assert "line 1 is a spreadsheet's note of its separator (sep=;)" in error.problem
    assert "Delete that line" in error.remedy


# Headers


def test_a_file_without_a_header_is_told_so(tmp_path):
    error = refused(tmp_path, declarations=GOOD)
    assert "seems to be no header" in error.problem
    assert error.where == "declarations.csv (declarations)"


def test_the_first_row_of_a_file_without_a_header_is_not_kept_as_names_of_columns(tmp_path):
    """Tables without required columns would be read as having none, and their first row be stored with the manifest."""
    (tmp_path / "m.yaml").write_text(
        "canonical: [declarations]\nsources: {staff: {columns: {CODE: {person: officer}}}}\n"
        "tables: {officers: {from: staff, columns: {officer_id: CODE}}}\n"
    )
    source = small(tmp_path / "in", staff="KA0417,Amina\nKA0418,Juma\n")
    with pytest.raises(RecordsError, match="does line 1 hold the column names") as told:
        load(source, tmp_path / "m.yaml", tmp_path / "w.arusha", key_file=tmp_path / "k.key")
    assert told.value.where == "staff.csv (staff)"


def test_a_header_alone_is_an_empty_table(tmp_path):
    workspace = loaded(tmp_path, HEAD + GOOD, events="event_id,occurred_at,user_id,action\n")
    assert rows(workspace, "SELECT count(*) FROM events") == [(0,)]


def test_a_header_in_the_middle_is_set_aside_and_no_office(tmp_path):
    workspace = loaded(tmp_path, HEAD + GOOD + HEAD + "D2,EX01,2024-01-02,1\n")
    assert aside(workspace) == [(3, "repeated-header", "declaration_id", "declaration_id")]
    assert not any("office" in warning for warning in workspace.manifest["warnings"])


@pytest.mark.parametrize("head", [" Declaration_ID ,OFFICE, Registered_At,DECLARED_VALUE", "\ufeff" + HEAD.rstrip()])
def test_case_and_blanks_in_the_header_do_not_matter(tmp_path, head):
    assert rows(loaded(tmp_path, head + "\n" + GOOD), "SELECT declared_value FROM declarations") == [(Decimal("10.5"),)]


@pytest.mark.parametrize("extra", [",,", ',"",column 3', ",c0,c1", ',"a\'); DROP TABLE x; --",b""c'])
def test_whatever_the_other_columns_are_called(tmp_path, extra):
    workspace = loaded(tmp_path, HEAD.rstrip() + extra + "\n" + GOOD.rstrip() + ",x,y\n")
    assert rows(workspace, "SELECT declaration_id, declared_value FROM declarations") == [("D1", Decimal("10.5"))]


# Values


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-5", "negative-value"),
        ("1e30", "unreadable-number"),
        ("9" * 40, "unreadable-number"),
        ("NaN", "unreadable-number"),
        ("inf", "unreadable-number"),
        ("1 000", "unreadable-number"),
        ('"1,5"', "unreadable-number"),
        ('"1.234,56"', "unreadable-number"),
        ('"1,234.56"', "unreadable-number"),
        ("$5", "unreadable-number"),
    ],
)
def test_an_amount_that_is_none_is_set_aside_as_it_was(tmp_path, written, reason):
    workspace = loaded(tmp_path, HEAD + GOOD + f"D2,EX01,2024-01-02,{written}\n")
    assert aside(workspace) == [(3, reason, "declared_value", written.strip('"'))]
    assert rows(workspace, "SELECT sum(declared_value) FROM declarations") == [(Decimal("10.5"),)]


@pytest.mark.parametrize("written", ["1.5", "1.234.5", "1234,5,6", "12,34.5"])
def test_points_among_decimal_commas_are_set_aside(tmp_path, written):
    head = HEAD.replace(",", ";")
    text = head + "D1;EX01;2024-01-01;1.234,5\n" + f"D2;EX01;2024-01-02;{written}\n"
    workspace = loaded(tmp_path, text, 'sources: {declarations: {decimal_comma: true, thousands: "."}}')
    assert aside(workspace) == [(3, "unreadable-number", "declared_value", written)]
    assert rows(workspace, "SELECT declared_value FROM declarations") == [(Decimal("1234.5"),)]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("$ 1,234.50", "1234.50"),
        ("USD12", "12"),
        ("12 USD", "12"),
        ("-$5.25", "-5.25"),
        ("$\u00a07.5", "7.5"),
        ("8", "8"),
    ],
)
def test_amounts_with_the_mark_of_a_declared_currency_are_read_and_kept_as_they_were(tmp_path, written, amount):
    text = HEAD + GOOD + f'D2,EX01,2024-01-02T01:00:00Z,"{written}"\n'
    workspace = loaded(tmp_path, text, 'sources: {declarations: {thousands: ",", currency: ["$", USD]}}')
    if amount.startswith("-"):
        assert [a[1] for a in aside(workspace)] == ["negative-value"]  # it is read, and is below nothing
        return
    assert aside(workspace) == []
    assert rows(workspace, "SELECT declared_value FROM declarations ORDER BY declaration_id")[1] == (Decimal(amount),)
    kept = rows(workspace, "SELECT source_line, was FROM repairs ORDER BY ALL")
    assert kept == ([(3, written)] if written != amount else [])


@pytest.mark.parametrize("written", ["€ 5", "5 KES", "US 5", "$ $ 5", "$"])
def test_the_mark_of_another_currency_stays_unreadable(tmp_path, written):
    workspace = loaded(tmp_path, HEAD + GOOD + f"D2,EX01,2024-01-02,{written}\n", 'reading: {currency: ["$", USD]}')
    assert aside(workspace) == [(3, "unreadable-number", "declared_value", written)]


@pytest.mark.parametrize("year", ["0024", "1900", "1969", "2224", "9999"])
def test_a_year_that_cannot_be_stretches_no_period(tmp_path, year):
    workspace = loaded(tmp_path, HEAD + GOOD + f"D2,EX01,{year}-06-01,1\n")
    assert aside(workspace) == [(3, "impossible-time", "registered_at", f"{year}-06-01")]


def test_a_clock_that_runs_a_little_fast_is_no_future(tmp_path):
    soon = (datetime.now(UTC) + timedelta(hours=12)).isoformat(timespec="seconds")
    assert aside(loaded(tmp_path, HEAD + GOOD + f"D2,EX01,{soon},1\n")) == []


@pytest.mark.parametrize(
    ("table", "head", "row", "column"),
    [
        ("assignments", "assignment_id,declaration_id,sequence,officer_id,assigned_at,assigned_by",
         "A1,D1,1,O1,2224-01-01,system", "assigned_at"),
        ("inspections", "inspection_id,declaration_id,officer_id,kind,ended_at,outcome",
         "I1,D1,O1,scan,1900-01-01,conforming", "ended_at"),
        ("events", "event_id,occurred_at,user_id,action", "E1,2224-01-01,O1,view", "occurred_at"),
    ],
)  # fmt: skip
def test_no_act_lies_in_the_future_or_before_there_were_computers(tmp_path, table, head, row, column):
    workspace = loaded(tmp_path, HEAD + GOOD, **{table: f"{head}\n{row}\n"})
    ((line, reason, where, _),) = aside(workspace)
    assert (line, reason, where) == (2, "impossible-time", column)


def test_an_office_that_the_table_of_offices_lacks_is_told_and_stays(tmp_path):
    workspace = loaded(tmp_path, HEAD + GOOD + "D2,EXO1,2024-01-02,1\n", "zone: Africa/Nairobi")
    assert rows(workspace, "SELECT office::VARCHAR FROM declarations ORDER BY 1") == [("EX01",), ("EXO1",)]
    (told,) = [w for w in workspace.manifest["warnings"] if "offices" in w]
    assert "1 of 2 offices that the table of offices does not list (EXO1)" in told


# Athens put its clocks forward at three on 31 March 2024, to four, and back at four on 27 October, to three.
ATHENS = "office,name,zone\nEX01,Port,Europe/Athens\nEX02,Depot,Africa/Nairobi\n"
SKIPPED, TWICE = "2024-03-31 03:30:00", "2024-10-27 03:30:00"


def clocks(tmp_path, offices, *times):
    (tmp_path / "o.yaml").write_text("sources: {declarations: {zone: office}}\n")
    text = HEAD + "".join(f"D{i},{office},{time},1\n" for i, (office, time) in enumerate(times))
    source = small(tmp_path / "in", declarations=text, offices=offices)
    return load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=tmp_path / "o.yaml")


def test_local_times_that_a_clock_skips_or_shows_twice_are_counted_with_their_lines(tmp_path):
    workspace = clocks(
        tmp_path, ATHENS, ("EX01", "2024-03-31 02:59:59"), ("EX01", SKIPPED), ("EX01", TWICE), ("EX01", TWICE),
        ("EX02", SKIPPED), ("EX02", TWICE), ("EX01", "2024-03-31"), ("EX01", TWICE + "Z"),
        ("EX01", "2024-10-27 04:00:00"), ("EX01", "2024-10-27 02:59:59"),
    )  # fmt: skip
    about = workspace.manifest["tables"]["declarations"]
    assert about["clock_changes"] == {"registered_at": {"skipped": 1, "twice": 2}}
    (told,) = [w for w in workspace.manifest["warnings"] if "clock" in w]
    assert told.startswith("declarations.csv: of the times in registered_at (declarations.registered_at), 1 fall")
    assert "such as line 3" in told
    assert "such as line 4" in told
    assert rows(workspace, "SELECT count(*) FROM declarations") == [(10,)], "none is set aside: the hour is in doubt"
    # 03:30 twice: the second, on winter time (UTC+2). Skipped: read as 04:30 on summer time (UTC+3).
    assert rows(
        workspace, "SELECT registered_at::VARCHAR FROM declarations WHERE source_line IN (3, 4) ORDER BY 1"
    ) == [
        ("2024-03-31 01:30:00",),
        ("2024-10-27 01:30:00",),
    ]


def test_one_zone_with_summer_time_for_all(tmp_path):
    offices = "office,name,zone\nEX01,Port,Europe/Athens\n"
    workspace = clocks(tmp_path, offices, ("EX01", SKIPPED), ("EX01", TWICE), ("EX01", "2024-07-01 03:30:00"))
    about = workspace.manifest["tables"]["declarations"]
    assert about["clock_changes"] == {"registered_at": {"skipped": 1, "twice": 1}}


def test_where_no_clock_changes_nothing_is_counted(tmp_path):
    workspace = clocks(tmp_path, "office,name,zone\nEX01,Port,Africa/Nairobi\n", ("EX01", SKIPPED), ("EX01", TWICE))
    assert workspace.manifest["tables"]["declarations"]["clock_changes"] == {}
    assert not any("clock" in w for w in workspace.manifest["warnings"])


# Files


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    """The tests may run as root, whom no permission stops: the refusal is made."""

    def denied(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(staging, "scan", denied)
    error = refused(tmp_path)
    assert error.where == "declarations.csv"
    assert "cannot be read (Permission denied)" in error.problem
    assert "right to read" in error.remedy


def test_a_folder_that_may_not_be_read_is_not_passed_over(tmp_path, monkeypatch):
    source = small(tmp_path / "in")
    (source / "2024").mkdir()
    listed = os.scandir

    def denied(path):
        if not isinstance(path, int) and Path(path).name == "2024":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(RecordsError, match="folder cannot be read") as told:
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert told.value.where.endswith("2024")


@pytest.mark.parametrize("name", ["in[2]", "in*", "in?"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_signs_of_a_pattern_in_a_path_are_only_letters(tmp_path, name, kind):
    """DuckDB reads them as a pattern; a folder beside must be read neither along nor instead."""
    for folder, number in ((name, "D1"), ("in2", "D2"), ("inX", "D3")):
        place = write(tmp_path / folder, declarations=f"declaration_id,office,registered_at\n{number},A,2024-01-01\n")
        if kind == "parquet":
            (place / "declarations.csv").unlink()
            table = pa.table({"declaration_id": [number], "office": ["A"], "registered_at": ["2024-01-01"]})
            pq.write_table(table, place / "declarations.parquet")
    workspace = load(tmp_path / name, out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT declaration_id FROM declarations") == [("D1",)]


def test_the_names_of_folders_are_no_columns(tmp_path):
    place = small(tmp_path / "in") / "declarant_id=EVIL"
    (place.parent / "declarations.csv").unlink()
    place.mkdir()
    table = pa.table({"declaration_id": ["D1"], "office": ["A"], "registered_at": ["2024-01-01"]})
    pq.write_table(table, place / "declarations.parquet")
    workspace = load(tmp_path / "in", out=tmp_path / "w.arusha", pseudonyms="off")
    assert "declarant_id" in workspace.manifest["tables"]["declarations"]["absent"]


def test_one_file_that_is_no_table_says_what_it_should_be(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(HEAD + GOOD)
    with pytest.raises(RecordsError, match="the file is not a table of the mapping") as told:
        load(path, out=tmp_path / "w.arusha", pseudonyms="off")
    assert "declarations.csv" in told.value.remedy


def test_one_file_of_a_mapping_that_needs_more_asks_for_the_folder(tmp_path):
    source = small(tmp_path / "in", events="event_id,occurred_at,user_id,action\n")
    with pytest.raises(RecordsError, match="the table declarations is missing") as told:
        load(source / "events.csv", out=tmp_path / "w.arusha", pseudonyms="off")
    assert told.value.where == str(source / "events.csv")
    assert "folder" in told.value.remedy


def test_a_folder_with_nothing_to_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "extract.xlsx").write_bytes(b"PK")
    with pytest.raises(RecordsError, match=r"extract\.xlsx cannot be read"):
        load(tmp_path / "in", out=tmp_path / "w.arusha", pseudonyms="off")


# What is told


def test_a_column_of_dates_of_either_kind_blocks_once(tmp_path):
    text = HEAD + "".join(f"D{i},EX01,{i % 12 + 1:02}/03/2024,1\n" for i in range(30))
    found = inspect(small(tmp_path / "in", declarations=text)).blocking
    assert [f.where for f in found] == ["declarations.csv (declarations.registered_at)"]


def test_no_key_is_left_by_a_load_that_stores_nothing(tmp_path):
    """It would be used later without the warning that it was made."""
    refused(tmp_path, declarations=HEAD)


def test_a_gzip_that_unfolds_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "_BOMB", (1 << 20, 100))
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    (source / "declarations.csv.gz").write_bytes(gzip.compress((HEAD + GOOD * 200_000).encode()))
    with pytest.raises(RecordsError, match="as no table does"):
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")


def test_a_parquet_file_that_repeats_a_row_beyond_all_measure_is_refused(tmp_path):
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    count = 12_000_000
    same = {
        c: pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), ["X"])
        for c in HEAD.strip().split(",")
    }
    pq.write_table(pa.table(same), source / "declarations.parquet", row_group_size=count)
    with pytest.raises(RecordsError, match="12,000,000 rows"):
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")
