"""The Spark engine: the same queries where the rows are too many for one machine, or Spark is what there is."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arusha.engine.export import export_folder, export_table
from arusha.engine.results import plain
from arusha.engine.session import Session
from arusha.errors import QueryError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    import duckdb
    import pyarrow as pa

    from arusha.engine.compile import Compiled

_LOG = Path(__file__).with_name("log4j2.properties")

_WORDS = {
    "boolean": "BOOLEAN",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "string": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "void": '"NULL"',
}
"""Spark's type -> DuckDB's, for shared results."""


def _cores(threads: int | None) -> str:
    return "*" if threads is None else str(threads)


MEMORY = "2GB"
"""Of the Java process where no limit is named. Spark's own gigabyte was too little in one of three whole runs of tests:
the process ended while it wrote what value-shortfall shares."""


def start(memory_limit: str | None = None, threads: int | None = None) -> Any:
    """The Spark of this process, started on first use; a second call finds it with the settings of the first.

    Raises
    ------
    QueryError
        pyspark or a Java runtime is not there.
    """
    # No query goes through pandas.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise of(QueryError, "spark-package", "spark-package") from error
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise of(QueryError, "spark-java", "spark-java")
    # Read when the Java process starts: without it Spark looks the host's name up and warns of what it finds.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    partitions = str(threads or os.cpu_count() or 2)
    builder = (
        SparkSession.builder.master(f"local[{_cores(threads)}]")
        .appName("arusha")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.caseSensitive", "false")
        .config("spark.sql.shuffle.partitions", partitions)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.maxResultSize", "0")
        .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile=file:{_LOG}")
        .config("spark.log.level", "OFF")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    builder = builder.config("spark.driver.memory", java_memory(memory_limit or MEMORY))
    spark = builder.getOrCreate()
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # its errors are raised here as ours
    return spark


def java_memory(limit: str) -> str:
    """``4GB`` as Java writes it."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT])i?B?\s*", limit, flags=re.IGNORECASE)
    if found is None:
        raise of(QueryError, "memory-amount", "memory-like", limit=limit)
    scale = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1024**2}[found[2].upper()]
    return f"{max(512, int(float(found[1]) * scale))}m"


class SparkEngine(Session):
    """A session on Spark, over Parquet that DuckDB exports table by table as queries ask."""

    engine = "spark"

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        schema: Mapping[str, Mapping[str, str]],
        present: Mapping[str, Set[str]],
        *,
        workspace: Path | None = None,
        memory_limit: str | None = None,
        threads: int | None = None,
    ) -> None:
        super().__init__(schema, present)
        self._records = {table: dict(columns) for table, columns in schema.items()}
        self._connection = connection
        # A session of its own: its views do not meet those of another.
        self._spark = start(memory_limit, threads).newSession()
        if workspace is not None:
            self._folder, self._keep_folder = export_folder(workspace)
        else:
            self._folder, self._keep_folder = Path(tempfile.mkdtemp(prefix="arusha-spark-")), False
        self._viewed: set[str] = set()
        self._computed = Path(tempfile.mkdtemp(prefix="arusha-spark-"))
        """What queries share."""

    def _view(self, table: str) -> None:
        if table in self._viewed or table in self._shared:
            return
        path = export_table(self._connection, table, self._records[table], self._folder)
        frame = self._spark.read.parquet(str(path))
        times = [
            f"CAST(`{n}` AS TIMESTAMP) AS `{n}`" if t.startswith("timestamp") else f"`{n}`" for n, t in frame.dtypes
        ]
        frame.selectExpr(*times).createOrReplaceTempView(table)
        self._viewed.add(table)

    def _frame(self, compiled: Compiled) -> Any:
        for table in compiled.reads:
            self._view(table)
        return self._spark.sql(compiled.spark)

    def _run(self, compiled: Compiled, codes: bool) -> pa.Table:
        with _errors():
            return plain(self._frame(compiled).toArrow(), codes=codes)

    def _share(self, compiled: Compiled, name: str) -> dict[str, str]:
        # Written and read again, and not kept in memory: Spark takes what is kept apart anew in each query that names
        # it, and plans of plans that share three tables took minutes to make.
        path = self._computed / name
        with _errors():
            self._frame(compiled).write.parquet(str(path))
            frame = self._spark.read.parquet(str(path))
            frame.createOrReplaceTempView(name)
        return {n: _WORDS.get(t, t.upper()) for n, t in frame.dtypes}

    def interrupt(self) -> None:
        self._spark.sparkContext.cancelAllJobs()

    def _close(self) -> None:
        shutil.rmtree(self._computed, ignore_errors=True)
        self._connection.close()
        if not self._keep_folder:
            shutil.rmtree(self._folder, ignore_errors=True)


class _errors:  # noqa: N801
    """Spark's errors as ours, without the Java stack."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark.errors import PySparkException

        if isinstance(error, PySparkException | Py4JError):
            lines = [line for line in str(error).splitlines() if line.strip()]
            raise of(QueryError, "engine-spark", "", why=lines[0] if lines else type(error).__name__) from error
