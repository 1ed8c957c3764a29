"""Sessions over a workspace on disk, on each engine."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from decimal import Decimal

import pyarrow as pa
import pytest

from arusha.engine import Query, Step, open_session, session_from_tables
from arusha.engine.results import differences, plain
from arusha.errors import QueryError, WorkspaceError

from .conftest import need_spark

ROWS = Query(
    "rows",
    (
        Step(
            "rows",
            "Every row, by lane.",
            "SELECT declaration_id, office, lane_final, registered_at, registered_on, declared_value "
            "FROM declarations ORDER BY lane_final",
        ),
    ),
)
BY_MONTH = Query(
    "by-month",
    (
        Step(
            "months",
            "One row an office and month.",
            "SELECT office, CAST(DATE_TRUNC('month', registered_on) AS DATE) AS month, COUNT(*) AS n, "
            "MAX(lane_final) AS lane FROM declarations GROUP BY office, month",
        ),
    ),
)
LAST = Query("last", (Step("last", "The last.", "SELECT MAX(month) AS month, MAX(lane) AS lane FROM by_month"),))


def test_a_workspace_is_read_with_its_lanes_in_the_order_of_their_letters(workspace):
    with open_session(workspace, memory_limit="500MB", threads=1) as session:
        rows = session.run(ROWS).to_pylist()
        assert [r["lane_final"] for r in rows] == ["blue", "green", "red"]
        assert rows[1] == {
            "declaration_id": "d1",
            "office": "PORT",
            "lane_final": "green",
            "registered_at": dt.datetime(2025, 1, 6, 8, 0, 0, 1),
            "registered_on": dt.date(2025, 1, 6),
            "declared_value": Decimal("1.500"),
        }
        assert session.schema["declarations"]["office"] == "VARCHAR"
        assert session.has("declarations", "office")
        assert not session.has("declarations", "section")
        assert not session.has("events")


def test_the_records_cannot_be_written_and_sharing_still_works(workspace):
    before = (workspace.path / "records.duckdb").read_bytes()
    with open_session(workspace) as session:
        session.share(BY_MONTH, "by_month")
        assert session.run(LAST).to_pylist() == [{"month": dt.date(2025, 2, 1), "lane": "red"}]
    assert (workspace.path / "records.duckdb").read_bytes() == before
    assert sorted(p.name for p in workspace.path.iterdir()) == ["manifest.json", "records.duckdb"]


def test_two_sessions_at_once_do_not_meet(workspace):
    with open_session(workspace) as one, open_session(workspace) as other:
        one.share(BY_MONTH, "by_month")
        assert not other.has("by_month")
        assert other.run(ROWS).num_rows == 3


def test_an_unknown_engine_and_a_bad_setting_say_what_to_do(workspace):
    with pytest.raises(QueryError, match="duckdb, spark"):
        open_session(workspace, engine="sqlite")
    with pytest.raises(QueryError, match="like 4GB"):
        open_session(workspace, memory_limit="plenty")


def test_a_query_that_is_too_big_for_its_memory_goes_by_way_of_the_disk(workspace):
    """Half a million rows of fifteen texts, all different, do not fit 40 MB: without a disk it fails."""
    product = " CROSS JOIN ".join(f"declarations AS t{i}" for i in range(15))
    keys = ", ".join(f"t{i}.declaration_id AS c{i}" for i in range(15))
    text = f"SELECT DISTINCT {keys} FROM {product} WHERE t0.office = 'AIR' AND t1.office = 'AIR' AND t2.office = 'AIR'"
    counted = Query("big", (Step("keys", "All.", text), Step("n", "Count.", "SELECT COUNT(*) AS n FROM keys")))
    with open_session(workspace, memory_limit="40MB", threads=1) as session:
        assert session.run(counted).to_pylist() == [{"n": 3**12}]
        session._connection.execute("SET max_temp_directory_size = '0KB'")
        with pytest.raises(QueryError, match="memory") as error:
            session.run(counted)
        assert error.value.remedy.startswith("Allow more memory")


def test_interrupt_stops_a_query(workspace):
    product = " CROSS JOIN ".join(f"declarations AS t{i}" for i in range(26))
    endless = Query(
        "endless", (Step("n", "Count.", f"SELECT COUNT(*) AS n FROM {product} WHERE t0.office < t1.office"),)
    )
    with open_session(workspace, threads=1) as session:
        timer = threading.Timer(0.3, session.interrupt)
        timer.start()
        started = time.monotonic()
        with pytest.raises(QueryError, match=r"[Ii]nterrupt"):
            session.run(endless)
        assert time.monotonic() - started < 30


def test_ctrl_c_stops_a_query_and_the_session_still_answers(workspace):
    code = f"""
import os, signal, threading, time
from arusha.engine import Query, Step, open_session
from arusha.records.workspace import Workspace
crossed = " CROSS JOIN ".join(f"declarations AS t{{i}}" for i in range(26))
endless = Query("endless", (Step("n", "Count.", f"SELECT COUNT(*) AS n FROM {{crossed}} WHERE t0.office < t1.office"),))
small = Query("small", (Step("n", "Count.", "SELECT COUNT(*) AS n FROM declarations"),))
with open_session(Workspace.open({str(workspace.path)!r}), threads=1) as session:
    session.run(small)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        session.run(endless)
    except KeyboardInterrupt:
        print("stopped", session.run(small).to_pylist())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "stopped [{'n': 3}]", done.stderr


def test_ctrl_c_twice_before_the_engine_has_begun_is_not_lost(workspace):
    """It comes while the queries' thread has the query and the engine has not: nothing runs that could hear it."""
    code = f"""
import os, signal, threading, time
from arusha.engine import Query, Step, open_session
from arusha.engine.duck import DuckSession
from arusha.records.workspace import Workspace
crossed = " CROSS JOIN ".join(f"declarations AS t{{i}}" for i in range(26))
endless = Query("endless", (Step("n", "Count.", f"SELECT COUNT(*) AS n FROM {{crossed}} WHERE t0.office < t1.office"),))
small = Query("small", (Step("n", "Count.", "SELECT COUNT(*) AS n FROM declarations"),))
begin = DuckSession._run

def late(self, compiled, codes):
    if compiled.duckdb.count("CROSS JOIN") > 1:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
    return begin(self, compiled, codes)

DuckSession._run = late
try:
    with open_session(Workspace.open({str(workspace.path)!r}), threads=1) as session:
        session.run(endless)
except KeyboardInterrupt:
    print("closed")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "closed", done.stderr


def test_importing_the_engine_loads_neither_duckdb_nor_pyspark_nor_sqlglot():
    code = "import sys, arusha.engine; print(sorted({'duckdb', 'pyspark', 'sqlglot', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_duckdb_session_needs_no_pyspark(workspace):
    code = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from arusha.records.workspace import Workspace\n"
        "from arusha.engine import Query, Step, open_session\n"
        f"w = Workspace.open({str(workspace.path)!r})\n"
        "q = Query('q', (Step('s', 'w', 'SELECT COUNT(*) AS n FROM declarations'),))\n"
        "with open_session(w) as s: print(s.run(q).to_pylist())\n"
        "try: open_session(w, engine='spark')\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[{'n': 3}]" in done.stdout
    assert "pip install 'arusha[spark]'" in done.stdout


@pytest.mark.spark
def test_spark_gives_the_same_rows_and_keeps_its_copy(workspace):
    need_spark()
    with open_session(workspace) as duck, open_session(workspace, engine="spark", threads=2) as spark:
        assert not differences(duck.run(ROWS), spark.run(ROWS), keys=[])
        (folder,) = workspace.path.glob(".spark-*")
        copy = folder / "declarations.parquet"
        assert [p.name for p in folder.iterdir()] == [copy.name]  # only what the query read
        written = copy.stat().st_mtime_ns
    with open_session(workspace, engine="spark", threads=2) as again:
        assert again.run(ROWS).num_rows == 3
    assert copy.stat().st_mtime_ns == written


@pytest.mark.spark
def test_spark_copies_again_when_the_records_changed(workspace):
    need_spark()
    with open_session(workspace, engine="spark", threads=2) as spark:
        spark.run(ROWS)
    (old,) = workspace.path.glob(".spark-*")
    manifest = workspace.path / "manifest.json"
    manifest.write_text(manifest.read_text() + "\n")
    with open_session(workspace, engine="spark", threads=2) as spark:
        spark.run(ROWS)
    (new,) = workspace.path.glob(".spark-*")
    assert new != old


@pytest.mark.spark
def test_spark_shares_a_result_in_one_session_only(workspace):
    need_spark()
    with open_session(workspace) as duck, open_session(workspace, engine="spark", threads=2) as spark:
        for session in (duck, spark):
            session.share(BY_MONTH, "by_month")
        assert spark.schema["by_month"] == duck.schema["by_month"]
        assert not differences(duck.run(LAST), spark.run(LAST))
        assert [t.query for t in spark.texts] == ["by-month", "last"]
        assert spark.texts == duck.texts
    with (
        open_session(workspace, engine="spark", threads=2) as other,
        pytest.raises(QueryError, match="no table by_month"),
    ):
        other.run(LAST)


@pytest.mark.spark
def test_spark_errors_are_ours_and_short(workspace):
    need_spark()
    beyond = Query("beyond", (Step("s", "Beyond 64 bits.", "SELECT a * 9223372036854775807 AS x FROM numbers"),))
    tables = {"numbers": pa.table({"a": pa.array([1, 3])})}
    for engine in ("duckdb", "spark"):
        with (
            session_from_tables(tables, engine=engine) as session,
            pytest.raises(QueryError, match="verflow") as error,
        ):
            session.run(beyond)
        assert error.value.where == "query beyond"
        assert len(str(error.value)) < 400


@pytest.mark.spark
def test_a_copy_that_cannot_be_written_leaves_nothing_behind(workspace, monkeypatch):
    need_spark()
    with open_session(workspace, engine="spark", threads=2) as spark:
        spark._folder.rmdir()
        with pytest.raises((WorkspaceError, OSError)):
            spark.run(ROWS)


def test_plain_brings_every_text_and_number_to_one_type():
    table = pa.table(
        {
            "code": pa.array(["a", None]).dictionary_encode(),
            "large": pa.array(["a", None], pa.large_string()),
            "small": pa.array([1, None], pa.int8()),
            "huge": pa.array([Decimal(1), None], pa.decimal128(38, 0)),
            "money": pa.array([Decimal("1.500"), None], pa.decimal128(18, 3)),
            "single": pa.array([0.5, None], pa.float32()),
            "at": pa.array([dt.datetime(2025, 1, 1), None], pa.timestamp("ns", tz="UTC")),
        }
    )
    assert plain(table).schema.types == [
        pa.string(),
        pa.string(),
        pa.int64(),
        pa.int64(),
        pa.decimal128(38, 3),
        pa.float64(),
        pa.timestamp("us"),
    ]


def test_differences_are_told_by_column():
    left = pa.table({"k": ["a", "b"], "n": [1, 2], "x": [1.0, None]})
    assert differences(left, left) == []
    assert differences(left, left.take([1, 0])) == []
    assert differences(left, pa.table({"k": ["a", "b"], "n": [1, 2], "x": [1.0 + 9e-7, None]})) == []
    (told,) = differences(left, pa.table({"k": ["a", "b"], "n": [1, 2], "x": [1.0 + 2e-6, None]}))
    assert told.startswith("x: 1 rows differ")
    assert differences(left, pa.table({"k": ["a", "b"], "n": [1, 2], "x": [1.0, 0.0]}))
    assert differences(left, pa.table({"k": ["a", None], "n": [1, 2], "x": [1.0, None]}))
    assert differences(left, left.slice(1))[0] == "there are 2 and 1 rows"
    assert "columns" in differences(left, left.drop_columns(["x"]))[0]
