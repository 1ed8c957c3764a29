"""One session an engine for the whole run: Spark takes seconds to start."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil

import duckdb
import pytest

from arusha.engine import session_from_tables
from arusha.records.workspace import Workspace

from .fixture_tables import TABLES


@pytest.fixture(scope="session")
def duck():
    with session_from_tables(TABLES) as session:
        yield session


# Tests run many small queries once each: compiling them thoroughly costs three times what running them does.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests on Spark go to one worker: there is one Spark a process."""
    for item in items:
        if item.get_closest_marker("spark") is not None:
            item.add_marker(pytest.mark.xdist_group("spark"))


def need_spark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'arusha[spark]'")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java runtime: apt-get install openjdk-17-jre-headless")


@pytest.fixture(scope="session")
def spark():
    need_spark()
    with session_from_tables(TABLES, engine="spark") as session:
        yield session


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    """A workspace of two tables, as a load leaves it: lanes in their own order, offices in that of their letters."""
    folder = tmp_path / "small.arusha"
    folder.mkdir()
    connection = duckdb.connect(str(folder / "records.duckdb"))
    connection.execute("CREATE TYPE type_lane AS ENUM ('green', 'blue', 'yellow', 'red')")
    connection.execute("CREATE TYPE type_office AS ENUM ('AIR', 'PORT')")
    connection.execute(
        """CREATE TABLE declarations AS
           SELECT 'd' || i AS declaration_id, CAST(o AS type_office) AS office, CAST(l AS type_lane) AS lane_final,
                  CAST(NULL AS VARCHAR) AS section, CAST(t AS TIMESTAMP) AS registered_at,
                  CAST(CAST(t AS TIMESTAMP) AS DATE) AS registered_on, CAST(v AS DECIMAL(18, 3)) AS declared_value
           FROM (VALUES (1, 'PORT', 'green', '2025-01-06 08:00:00.000001', 1.5),
                        (2, 'AIR', 'red', '2025-02-01 23:59:59', 2.25),
                        (3, 'PORT', 'blue', '2025-02-02 00:00:00', NULL)) AS v(i, o, l, t, v)"""
    )
    connection.execute("CREATE TABLE officers AS SELECT 'o1' AS officer_id")
    connection.close()
    present = ["declaration_id", "office", "lane_final", "registered_at", "registered_on", "declared_value"]
    tables = {"declarations": {"present": present}, "officers": {"present": ["officer_id"]}}
    (folder / "manifest.json").write_text(json.dumps({"format": 1, "tables": tables}))
    return Workspace.open(folder)
