"""A session on DuckDB: results, sharing, what is kept, what is cleaned up."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from arusha.engine import Query, Step, literal, session_from_tables
from arusha.engine.duck import DuckSession
from arusha.engine.results import differences
from arusha.errors import QueryError

DECLARATIONS = pa.table(
    {
        "declaration_id": pa.array(["d1", "d2", "d3"]),
        "office": pa.array(["PORT", "AIR", "PORT"]).dictionary_encode(),
        "registered_on": pa.array([dt.date(2025, 1, 6)] * 3),
        "declared_value": pa.array([Decimal("1.500"), Decimal("2.250"), None], pa.decimal128(18, 3)),
    }
)
BY_OFFICE = Query(
    "by-office",
    (
        Step("valued", "Value in thousandths, as integers.", """
            SELECT office, CAST(declared_value * 1000 AS BIGINT) AS value FROM declarations"""),
        Step("cells", "One row an office.", """
            SELECT office, COUNT(*) AS n, SUM(value) AS value FROM valued GROUP BY office ORDER BY office"""),
    ),
)  # fmt: skip


@pytest.fixture
def session():
    with session_from_tables({"declarations": DECLARATIONS}) as opened:
        yield opened


def test_run_hands_over_plain_types(session):
    result = session.run(BY_OFFICE)
    assert result.schema == pa.schema([("office", pa.string()), ("n", pa.int64()), ("value", pa.int64())])
    assert sorted(result.to_pylist(), key=lambda r: r["office"]) == [
        {"office": "AIR", "n": 1, "value": 2250},
        {"office": "PORT", "n": 2, "value": 1500},
    ]


def test_codes_stay_codes_for_who_asks(session):
    result = session.run(BY_OFFICE, codes=True)
    assert pa.types.is_dictionary(result.schema.field("office").type)
    assert result["n"].type == pa.int64()
    assert not differences(result, session.run(BY_OFFICE))


def test_a_shared_result_is_computed_once_and_read_by_name(session):
    session.share(BY_OFFICE, "by_office")
    session.share(BY_OFFICE, "by_office")
    assert session.has("by_office", "office", "n")
    total = session.run(Query("total", (Step("total", "All.", "SELECT SUM(n) AS n FROM by_office"),)))
    assert total.to_pylist() == [{"n": 3}]
    assert [t.query for t in session.texts] == ["by-office", "total"]


def test_sharing_cannot_replace_a_table_or_another_result(session):
    other = Query("other", (Step("other", "Other.", "SELECT 1 AS one"),))
    with pytest.raises(QueryError, match="table of the records"):
        session.share(other, "declarations")
    session.share(BY_OFFICE, "by_office")
    with pytest.raises(QueryError, match="two queries"):
        session.share(other, "by_office")


def test_has_looks_at_present_columns():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE declarations (declaration_id VARCHAR, section VARCHAR)")
    session = DuckSession(connection, present={"declarations": {"declaration_id"}})
    assert session.has("declarations", "declaration_id")
    assert not session.has("declarations", "section")
    assert not session.has("events")
    session.close()
    connection.execute("SELECT 1")  # the caller's connection stays open


def test_python_variables_are_not_tables(session):
    officers = DECLARATIONS  # noqa: F841
    with pytest.raises(QueryError):
        session.run(Query("q", (Step("s", "Reads a variable.", "SELECT declaration_id FROM officers"),)))


def test_a_line_break_in_a_reason_stays_a_comment(session):
    query = Query("q", (Step("s", "One.\n; DROP TABLE declarations", "SELECT COUNT(*) AS n FROM declarations"),))
    assert session.run(query).to_pylist() == [{"n": 3}]


def test_the_spill_folder_is_removed(session):
    folder = Path(session._spill)
    assert folder.is_dir()
    session.close()
    assert not folder.exists()


def test_a_sum_beyond_64_bits_says_so(session):
    text = "SELECT SUM(9000000000000000000) AS n FROM declarations"
    with pytest.raises(QueryError, match="does not fit int64"):
        session.run(Query("q", (Step("s", "Too big.", text),)))


def test_progress_grows_while_a_query_runs():
    numbers = pa.table({"a": pa.array(range(700_000), pa.int64())})
    text = "SELECT COUNT(DISTINCT MD5(MD5(MD5(MD5(CAST(a AS VARCHAR)))))) AS n FROM numbers"
    seen: list[float | None] = []
    with session_from_tables({"numbers": numbers}) as session:
        session._connection.execute("SET threads = 1")
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                seen.append(session.progress())

        watcher = threading.Thread(target=watch)
        watcher.start()
        session.run(Query("q", (Step("s", "Slow.", text),)))
        done.set()
        watcher.join()
    known = [share for share in seen if share is not None]
    assert known == sorted(known)
    assert 0 < known[-1] <= 1


@pytest.mark.parametrize(
    "value",
    [
        "it's",
        "a\\b",
        "'; DROP TABLE declarations; --",
        "خيار",
        "",
        None,
        True,
        -7,
        2**53 + 1,
        0.1,
        1e-7,
        -2.5,
        dt.date(2025, 2, 28),
        dt.datetime(2025, 2, 28, 10, 11, 12, 131415),
        dt.datetime(2025, 2, 28),
    ],
)
def test_a_literal_comes_back_as_it_went_in(session, value):
    query = Query("q", (Step("s", "One value.", f"SELECT CAST(1 AS BIGINT) AS one, {literal(value)} AS x"),))
    assert session.run(query).to_pylist() == [{"one": 1, "x": value}]


def test_a_list_of_literals_is_one_for_in(session):
    text = f"SELECT COUNT(*) AS n FROM declarations WHERE declaration_id IN {literal(['d1', chr(39), 'd3'])}"
    assert session.run(Query("q", (Step("s", "Some.", text),))).to_pylist() == [{"n": 2}]
    for bad in ([], float("nan"), dt.datetime(2025, 1, 1, tzinfo=dt.UTC)):
        with pytest.raises(ValueError, match=r"empty|no number|zone"):
            literal(bad)
