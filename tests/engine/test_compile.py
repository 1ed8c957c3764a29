"""A query held against a schema: what is missing is named before anything runs, and what it reads is known."""

from __future__ import annotations

import pytest

from arusha.engine import Query, Step
from arusha.engine.compile import columns_read, compile_query, kinds_of
from arusha.errors import QueryError

SCHEMA = {
    "declarations": {
        "declaration_id": "VARCHAR",
        "office": "ENUM('AIR', 'PORT')",
        "lane_final": "ENUM('green', 'blue', 'yellow', 'red')",
        "officer_id": "VARCHAR",
        "declared_value": "DECIMAL(18,3)",
        "registered_on": "DATE",
        "registered_at": "TIMESTAMP",
    },
    "assignments": {"declaration_id": "VARCHAR", "officer_id": "VARCHAR", "sequence": "BIGINT"},
    "oddities": {"parts": "VARCHAR[]", "id": "BIGINT"},
}
TABLES = kinds_of(SCHEMA)


def query(*texts: str) -> Query:
    return Query("load", tuple(Step(f"step{i}", f"Step {i}.", text) for i, text in enumerate(texts)))


def test_a_missing_column_is_named_with_step_and_nearest():
    broken = query("SELECT office FROM declarations", "SELECT declaration_id, oficer FROM declarations")
    with pytest.raises(QueryError) as caught:
        compile_query(broken, TABLES)
    assert caught.value.where == "query load, step step1"
    assert caught.value.problem == "there is no column oficer in declarations"
    assert caught.value.remedy.startswith("The nearest columns are off")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT d.nothing FROM declarations AS d", "no column nothing"),
        ("SELECT office FROM declarationz", "no table declarationz"),
        (
            "SELECT officer_id FROM declarations AS d JOIN assignments AS a ON a.declaration_id = d.declaration_id",
            "column officer_id could be of several tables",
        ),
        ("SELECT office FROM declarations WHERE registered_on >= '2025-01-01'", "mixes a date with text"),
        ("SELECT office FROM declarations WHERE office = 1", "mixes"),
        ("SELECT registered_at - registered_at AS d FROM declarations", "reckons with a time and a time"),
        ("SELECT CAST(office AS BIGINT) AS x FROM declarations", "casts text to an integer"),
        ("SELECT CAST(registered_at AS VARCHAR) AS x FROM declarations", "casts a time to text"),
        ("SELECT SUM(office = 'AIR') AS x FROM declarations", "truth value"),
        ("SELECT HOUR(registered_on) AS x FROM declarations", "an argument is a date"),
        ("SELECT ROUND(CAST(declared_value AS DOUBLE), 2) AS x FROM declarations", "ties differ"),
        ("SELECT declared_value // 2 AS x FROM declarations", "an argument is a decimal"),
        (
            "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY declared_value) AS x FROM declarations",
            "an argument is a decimal",
        ),
        ("SELECT parts FROM oddities", "of a type that queries do not use"),
        ("SELECT CASE WHEN office THEN 1 END AS x FROM declarations", "an argument is text"),
    ],
)
def test_what_cannot_be_right_is_refused_before_it_runs(text, message):
    with pytest.raises(QueryError, match=message) as caught:
        compile_query(query(text), TABLES)
    assert caught.value.where == "query load, step step0"
    assert caught.value.remedy


def test_columns_read_are_those_of_the_records_whatever_way_they_are_used():
    reads = columns_read(
        query(
            "SELECT declaration_id, office AS o FROM declarations WHERE lane_final = 'red'",
            """SELECT s.o AS o, COUNT(*) AS n FROM step0 AS s
               WHERE EXISTS (SELECT 1 AS one FROM assignments AS a
                             WHERE a.declaration_id = s.declaration_id AND a.sequence = 1)
               GROUP BY s.o""",
        ),
        SCHEMA,
    )
    assert reads == {
        "declarations": {"declaration_id", "office", "lane_final"},
        "assignments": {"declaration_id", "sequence"},
    }


def test_a_star_reads_every_column_and_a_count_none():
    assert columns_read(query("SELECT * FROM assignments"), SCHEMA) == {"assignments": set(SCHEMA["assignments"])}
    assert columns_read(query("SELECT COUNT(*) AS n FROM assignments"), SCHEMA) == {"assignments": set()}


def test_columns_of_an_outer_query_are_read_from_their_own_table():
    reads = columns_read(
        query(
            """SELECT declaration_id FROM assignments WHERE EXISTS (
                   SELECT 1 AS one FROM declarations AS d WHERE d.officer_id = assignments.officer_id)"""
        ),
        SCHEMA,
    )
    assert reads == {"assignments": {"declaration_id", "officer_id"}, "declarations": {"officer_id"}}


def test_a_step_may_not_hide_a_table():
    own = Step("declarations", "Hides.", "SELECT office FROM declarations")
    hiding = Query("q", (own, Step("rows", "Which of the two?", "SELECT office FROM declarations")))
    with pytest.raises(QueryError, match="also a table of the records"):
        compile_query(hiding, TABLES)
    assert compile_query(Query("q", (own,)), TABLES).reads == {"declarations": {"office"}}


def test_the_text_for_duckdb_is_the_authors_own_word_for_word():
    own = query("SELECT office, COUNT(*)   AS n -- as written\nFROM declarations GROUP BY office ORDER BY office")
    assert compile_query(own, TABLES).duckdb == own.text()


def test_an_enum_in_an_order_of_its_own_is_put_in_order_as_text():
    text = compile_query(query("SELECT MIN(lane_final) AS lane FROM declarations"), TABLES).duckdb
    assert "MIN(CAST(declarations.lane_final AS TEXT))" in text


def test_both_texts_keep_the_steps_and_their_reasons():
    compiled = compile_query(query("SELECT office FROM declarations", "SELECT COUNT(*) AS n FROM step0"), TABLES)
    for text in (compiled.duckdb, compiled.spark):
        assert text.startswith("WITH\n-- Step 0.\nstep0 AS (\n")
        assert "-- Step 1.\nSELECT" in text


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY sequence)", "PERCENTILE(assignments.sequence, 0.5)"),
        ("AVG(sequence)", "AVG(CAST(assignments.sequence AS DOUBLE))"),
        ("SUM(sequence) // 2", "SUM(assignments.sequence) DIV 2"),
        ("COUNT(*) FILTER (WHERE sequence = 1)", "COUNT(*) FILTER(WHERE assignments.sequence = 1)"),
    ],
)
def test_rewrites_for_spark(duckdb, spark):
    compiled = compile_query(query(f"SELECT {duckdb} AS x FROM assignments"), TABLES)
    assert " ".join(compiled.spark.split()) == f"-- Step 0. SELECT {spark} AS x FROM assignments AS assignments"
