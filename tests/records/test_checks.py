"""Why a row is set aside: one small table for each rule."""

from __future__ import annotations

import pytest
from extract_files import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arusha.records.checks import RecordsBlockedError
from arusha.records.load import load

D = "declaration_id,office,registered_at,released_at,lane_final,declared_value,declared_tax\n"
GOOD = "D1,EX01,2024-01-02T00:00:00Z,2024-01-03T00:00:00Z,green,1.5,0.1\n"
ITEMS = "declaration_id,item_no,hs_code,origin,net_mass_kg,quantity,duty_rate,tax_entered_manually\n"


def aside(tmp_path, **tables):
    tables.setdefault("declarations", D + GOOD)
    workspace = load(small(tmp_path / "in", **tables), out=tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        return connection.execute(
            "SELECT table_name, source_line, reason, column_name, value FROM set_aside ORDER BY ALL"
        ).fetchall()


@pytest.mark.parametrize(
    ("row", "reason", "column", "value"),
    [
        (",EX01,2024-01-02,,green,1,1", "missing-key", "declaration_id", None),
        ("D2,,2024-01-02,,green,1,1", "missing-required", "office", None),
        ("D2,EX01,,,green,1,1", "missing-required", "registered_at", None),
        ("D2,EX01,2024-02-30,,green,1,1", "unreadable-time", "registered_at", "2024-02-30"),
        ("D2,EX01,20240102,,green,1,1", "two-time-formats", "registered_at", "20240102"),
        ("D2,EX01,2024-01-02,,purple,1,1", "unknown-value", "lane_final", "purple"),
        ("D2,EX01,2024-01-02,,Green,1,1", "unknown-value", "lane_final", "Green"),
        ("D2,EX01,2024-01-02T05:00:00Z,2024-01-02T04:59:59Z,red,1,1", "released-before-registered", "released_at",
         "2024-01-02T04:59:59Z"),
        ("D2,EX01,2024-01-02,,green,1.0001,1", "too-many-decimals", "declared_value", "1.0001"),
        ("D2,EX01,2024-01-02,,green,1e-05,1", "too-many-decimals", "declared_value", "1e-05"),
        ("D2,EX01,2024-01-02,,green,0x10,1", "unreadable-number", "declared_value", "0x10"),
        ("D2,EX01,2024-01-02,,green,1_000,1", "unreadable-number", "declared_value", "1_000"),
        ("D2,EX01,2024-01-02,,green,9999999999999999,1", "unreadable-number", "declared_value", "9999999999999999"),
        ("D2,EX01,2024-01-02,,green,-1,1", "negative-value", "declared_value", "-1"),
        ("declaration_id,office,registered_at,released_at,lane_final,declared_value,declared_tax", "repeated-header",
         "declaration_id", "declaration_id"),
    ],
)  # fmt: skip
def test_a_declaration_that_breaks_the_contract(tmp_path, row, reason, column, value):
    assert aside(tmp_path, declarations=D + GOOD + row + "\n") == [("declarations", 3, reason, column, value)]


@pytest.mark.parametrize(
    "row",
    [
        "D2,EX01,2024-01-02T05:00:00Z,2024-01-02,red,1,1",  # only the day of the release is known: not before
        "D2,EX01,2024-01-02,2024-01-02T00:00:00Z,red,1,1",
        "D2,EX01,2024-01-02,,,,",
        "D2,EX01,2024-01-02,,green,1.5000,-3.25",  # zeros are no decimals; a tax may be given back
        "D2,EX01,2024-01-02,,green,.5,+1.",
    ],
)
def test_a_declaration_that_keeps_it(tmp_path, row):
    assert aside(tmp_path, declarations=D + GOOD + row + "\n") == []


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("D1,1,010121,FR,-0.5,,,", "negative-mass", "net_mass_kg"),
        ("D1,1,010121,FR,1,-1,,", "negative-quantity", "quantity"),
        ("D1,1,010121,FR,nan,,,", "unreadable-number", "net_mass_kg"),
        ("D1,1,010121,FR,1e999,,,", "unreadable-number", "net_mass_kg"),
        ("D1,0,010121,FR,1,,,", "bad-item-number", "item_no"),
        ("D1,1.5,010121,FR,1,,,", "unreadable-number", "item_no"),
        ("D1,1,01012,FR,1,,,", "bad-hs-code", "hs_code"),
        ("D1,1,0101.21,FR,1,,,", "bad-hs-code", "hs_code"),
        ("D1,1,010121,FRA,1,,,", "bad-origin", "origin"),
        ("D1,1,010121,FR,1,,-0.1,", "negative-rate", "duty_rate"),
        ("D1,1,010121,FR,1,,,perhaps", "unreadable-boolean", "tax_entered_manually"),
        ("D9,1,010121,FR,1,,,", "unknown-declaration", "declaration_id"),
    ],
)
def test_an_item_that_breaks_the_contract(tmp_path, row, reason, column):
    ((table, line, why, where, _),) = aside(tmp_path, items=ITEMS + row + "\n")
    assert (table, line, why, where) == ("items", 2, reason, column)


def test_an_item_number_with_a_zero_after_the_point_is_whole(tmp_path):
    assert aside(tmp_path, items=ITEMS + "D1,1.0,010121,FR,1e3,,,YES\n") == []


def test_children_of_a_declaration_that_is_not_there_or_set_aside(tmp_path):
    assert aside(
        tmp_path,
        declarations=D + GOOD + "D2,EX01,2024-01-02,,purple,1,1\n",
        assignments="assignment_id,declaration_id,officer_id\nA1,D1,O1\nA2,D2,O1\nA3,D9,O1\n",
        inspections="inspection_id,declaration_id,outcome\nI1,D1,conforming\nI2,D9,conforming\n",
    ) == [
        ("assignments", 3, "declaration-set-aside", "declaration_id", "D2"),
        ("assignments", 4, "unknown-declaration", "declaration_id", "D9"),
        ("declarations", 3, "unknown-value", "lane_final", "purple"),
        ("inspections", 3, "unknown-declaration", "declaration_id", "D9"),
    ]


def test_an_event_may_name_a_declaration_of_another_period(tmp_path):
    assert aside(tmp_path, events="event_id,occurred_at,declaration_id\nE1,2024-01-01,D9\nE2,2024-01-01,\n") == []


def test_rows_that_share_a_key_and_differ_are_all_set_aside(tmp_path):
    """Which of them is true is not for a program to say."""
    rows = "D2,EX01,2024-01-02,,green,1,1\nD3,EX01,2024-01-02,,red,1,1\nD2,EX01,2024-01-02,,red,1,1\n"
    assert aside(tmp_path, declarations=D + GOOD + rows) == [
        ("declarations", 3, "duplicate-key", "declaration_id", "D2"),
        ("declarations", 5, "duplicate-key", "declaration_id", "D2"),
    ]


def test_of_rows_that_say_the_same_the_first_stays(tmp_path):
    rows = "D2,EX01,2024-01-02,,green,1,1\n" * 3
    assert aside(tmp_path, declarations=D + rows) == [
        ("declarations", 3, "repeated-row", "declaration_id", "D2"),
        ("declarations", 4, "repeated-row", "declaration_id", "D2"),
    ]


def test_a_key_shared_with_a_broken_row_is_still_shared(tmp_path):
    rows = "D2,EX01,2024-01-02,,green,1,1\nD2,EX01,no day,,green,1,1\n"
    assert [(line, reason) for _, line, reason, _, _ in aside(tmp_path, declarations=D + GOOD + rows)] == [
        (3, "duplicate-key"),
        (4, "unreadable-time"),
    ]


def test_keys_of_several_columns(tmp_path):
    postings = "officer_id,office,role,from_date\nO1,EX01,examiner,2024-01-01\n"
    postings += "O1,EX01,chief,2024-01-01\nO1,EX02,chief,2024-01-01\n"
    assert [(line, reason) for _, line, reason, _, _ in aside(tmp_path, postings=postings)] == [
        (2, "duplicate-key"),
        (3, "duplicate-key"),
    ]


def test_an_unknown_zone_sets_the_office_aside_and_its_times_are_universal(tmp_path):
    offices = "office,zone\nEX01,Mars/Olympus\nEX02,Asia/Seoul\n"
    assert aside(tmp_path, offices=offices) == [("offices", 2, "unknown-zone", "zone", "Mars/Olympus")]


def test_opening_hours_are_times_of_day(tmp_path):
    calendar = "office,date,opens,closes\nEX01,2024-01-01,8:00,17:30\nEX01,2024-01-02,25:00,\nEX01,2024-01-03,,\n"
    assert aside(tmp_path, calendar=calendar) == [("calendar", 3, "unreadable-time", "opens", "25:00")]


def test_a_join_with_the_items_blocks_where_it_repeats_many(tmp_path):
    rows = "".join(f"D{i},EX01,2024-01-02,,green,1,1\n" * 2 for i in range(10))
    with pytest.raises(RecordsBlockedError, match="10 of 20 rows repeat a declaration word for word, such as line 3"):
        aside(tmp_path, declarations=D + rows)


CELL = st.sampled_from(["", "D1", "D2", "D3", "2024-01-02", "02/01/2024", "1.5", "x", "green"])


@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=5), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_rows_in_are_rows_accepted_and_set_aside(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    body = "declaration_id,office,registered_at,declared_value\nSURE,EX01,2024-01-01,1\n"
    body += "".join(",".join(row) + "\n" for row in rows)
    try:
        workspace = load(small(folder / "in", declarations=body), out=folder / "w.arusha", pseudonyms="off")
    except RecordsBlockedError as refused:
        blocked = refused.findings
    else:
        blocked = ()
    if blocked:
        # The one thing that these cells can hold for which nothing may be stored.
        assert all("day first or month first" in finding.problem for finding in blocked)
        return
    (entry,) = [s for s in workspace.manifest["sources"] if s["table"] == "declarations"]
    assert entry["rows"] == 1 + len(rows)
    with workspace.connect() as connection:
        (stored,) = connection.execute("SELECT count(*) FROM declarations").fetchone()
        lines = connection.execute("SELECT source_line FROM declarations UNION ALL SELECT source_line FROM set_aside")
        assert sorted(line for (line,) in lines.fetchall()) == list(range(2, 3 + len(rows)))
    assert (entry["accepted"], entry["accepted"] + entry["set_aside"]) == (stored, entry["rows"])


def test_rights_that_end_before_they_start_and_pairs_that_say_nothing_are_set_aside(tmp_path):
    right = "user_id,role,office,from_date,to_date\n"
    found = aside(
        tmp_path,
        grants=right + "U1,CASH,,2024-02-01,2024-01-01\nU1,CASH,,2024-02-01,2024-02-01\nU1,,,2024-01-01,\n",
        roles=right + "U1,CASH,EX01,2024-02-01,2024-01-31\nU2,CA\x00SH,EX01,2024-02-01,2024-01-31\n",
        role_conflicts="role,other_role\nA,B\nA,B\nA,A\nB,A\nA,\n",
    )
    assert [(table, line, reason) for table, line, reason, _, _ in found] == [
        ("grants", 2, "ends-before-it-starts"),
        ("grants", 4, "missing-required"),
        ("role_conflicts", 3, "repeated-row"),
        ("role_conflicts", 4, "conflict-with-itself"),
        ("role_conflicts", 6, "missing-key"),
        ("roles", 2, "ends-before-it-starts"),
        ("roles", 3, "unreadable-line"),
    ]
