"""How long all questions take, as a multiple of five plain statements in the same process.

Seconds differ from machine to machine; the ratio says what asking costs over reading. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks.memory import machine, peak_mib, reset_peak
from benchmarks.page import write_page

from arusha.assessment import plan as plans
from arusha.assessment.asking import missing, period
from arusha.assessment.run import assess
from arusha.engine import Session, open_session
from arusha.engine.memory import give_back, searched_rarely
from arusha.indicators.registry import indicators
from arusha.records.workspace import Workspace

HERE = Path(__file__).parent
STATEMENTS = sorted((HERE / "statements").glob("*.sql"))
TIMES_STATEMENTS = 6.0
"""The questions may take this many times the sum of the statements."""
PEAK_MIB = 6 * 1024


@dataclass(frozen=True)
class Phase:
    """One measured thing. ``peak_mib`` is the largest resident set of the process in it, all else it holds included.

    ``cpu_seconds`` are those of all its threads: where others use the machine too, they tell work better than a clock.
    """

    name: str
    seconds: float
    peak_mib: float
    rows: int
    cpu_seconds: float


def measured(name: str, work: Callable[[], int], times: int = 1) -> Phase:
    """Run ``work`` (which gives the rows of its result) ``times`` times; the best time and the largest peak count."""
    best, cpu, peak, rows = math.inf, math.inf, 0.0, 0
    for _ in range(times):
        reset_peak()
        started, used = time.perf_counter(), time.process_time()
        rows = work()
        best, cpu = min(best, time.perf_counter() - started), min(cpu, time.process_time() - used)
        peak = max(peak, peak_mib())
    return Phase(name, best, peak, rows, cpu)


def make_workspace(folder: Path, declarations: int, seed: int, memory_limit: str) -> tuple[Path, list[Phase]]:
    """A clean demo year of that size, loaded: where it is, and how long each part took."""
    from arusha.demo import write_large
    from arusha.records.load import load

    source, out = folder / "canonical", folder / f"examplia-{declarations}.arusha"

    def write() -> int:
        write_large(source, declarations, seed, processes=machine()["cores"])
        return declarations

    def store() -> int:
        load(source, mapping="canonical", out=out, pseudonyms="off", memory_limit=memory_limit)
        return declarations

    return out, [measured("write the demo year", write), measured("load", store)]


def _total(column: pa.ChunkedArray) -> float:
    return pc.sum(pc.cast(column, pa.int64())).as_py() or 0


TOTALS: dict[str, Callable[[pa.Table], dict[str, float]]] = {
    "cells": lambda t: {"rows": t.num_rows, "n": _total(t["n"]), "declared_value": _total(t["declared_value"])},
    "unit-value": lambda t: {"rows": 1, **{name: values[0] for name, values in t.to_pydict().items()}},
}
"""What a statement's result adds up to, to hold pandas and polars against."""


def statements(connection: duckdb.DuckDBPyConnection, times: int) -> tuple[list[Phase], dict[str, dict[str, float]]]:
    """Each statement ``times`` times, fetched as Arrow as the questions fetch theirs; and what two add up to."""
    phases, totals = [], {}
    for path in STATEMENTS:
        name, text = path.stem[2:], path.read_text(encoding="utf-8")
        results: list[pa.Table] = []

        def run(text: str = text, results: list[pa.Table] = results) -> int:
            results.clear()
            results.append(connection.sql(text).to_arrow_table())
            return int(results[0].num_rows)

        phases.append(measured(name, run, times))
        if name in TOTALS:
            totals[name] = TOTALS[name](results[0])
    return phases, totals


def questions(session: Session) -> tuple[list[Phase], list[Phase], dict[str, Any]]:
    """Each question's cells and its test, in the order of an assessment; and why some could not be asked."""
    asked = {i.definition.id: i for i in indicators()}
    plan = plans.propose(*period(session), asked)
    cells_took, tests_took, not_asked = [], [], {}
    for name, indicator in asked.items():
        lacking = missing(session, indicator)
        if lacking:
            not_asked[name] = lacking
            continue
        held: dict[str, Any] = {}

        def cells(indicator: Any = indicator, name: str = name, held: dict[str, Any] = held) -> int:
            held["cells"] = indicator.cells(session, plan.settings(name))
            give_back()  # as an assessment does
            return sum(t.num_rows for t in held["cells"].tables.values())

        def test(indicator: Any = indicator, name: str = name, held: dict[str, Any] = held) -> int:
            rows = int(indicator.test(held.pop("cells"), plan.settings(name)).signals.num_rows)
            give_back()
            return rows

        cells_took.append(measured(name, cells))
        tests_took.append(measured(name, test))
    return cells_took, tests_took, not_asked


def baselines(
    connection: duckdb.DuckDBPyConnection, folder: Path, totals: dict[str, dict[str, float]]
) -> list[dict[str, Any]]:
    """pandas and polars on the same rows as Parquet, each in its own process; their totals must be the statement's."""
    from benchmarks.baselines import BASELINES

    for table, columns in {
        "declarations": "declaration_id, officer_id, declarant_id, registered_on, declared_value, assessed_tax",
        "items": "declaration_id, hs_code, origin, declared_value, net_mass_kg",
    }.items():
        texts = [c for c, k in _types(connection, table) if k.startswith("ENUM") and c in columns.split(", ")]
        plain = ", ".join(f"CAST({c} AS VARCHAR) AS {c}" if c in texts else c for c in columns.split(", "))
        path = str(folder / f"{table}.parquet").replace("'", "''")
        connection.execute(f"COPY (SELECT {plain} FROM {table}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    found = []
    for library, statement in BASELINES:
        command = [sys.executable, "-m", "benchmarks.baselines", library, statement, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, check=False)
        entry: dict[str, Any] = {"library": library, "statement": statement, "version": version(library)}
        if done.returncode:
            entry["failed"] = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        else:
            answer = json.loads(done.stdout.splitlines()[-1])
            # The squares are a sum of doubles in another order.
            agree = all(math.isclose(answer["totals"][k], v, rel_tol=1e-9) for k, v in totals[statement].items())
            entry |= {"seconds": answer["seconds"], "peak_mib": answer["peak_mib"], "same_numbers": agree}
        found.append(entry)
    return found


def _types(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return [(str(r[0]), str(r[1])) for r in connection.execute(f"DESCRIBE {table}").fetchall()]


class _WithoutPandas:
    """An import finder that knows no pandas."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(f"{name} is hidden here", name=name)


def without_pandas() -> None:
    """Hide pandas from this process. It is there for tests and ``baselines`` alone; pyarrow loads it where it finds it,
    which takes a quarter of a CPU second that no user pays.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _WithoutPandas())


def benchmark(
    path: Path, memory_limit: str, threads: int | None, times: int, whole: bool, beside: bool
) -> dict[str, Any]:
    """Measure one workspace."""
    without_pandas()
    workspace = Workspace.open(path)
    with (
        open_session(workspace, memory_limit=memory_limit, threads=threads) as session,
        tempfile.TemporaryDirectory() as d,
    ):
        connection = workspace.connect()
        sizes = {
            t: connection.execute(f'SELECT COUNT(*) FROM "{t}"').fetchall()[0][0]
            for t in ("declarations", "items", "assignments", "inspections", "events")
            if t in session.schema
        }
        plain, totals = statements(connection, times)
        with searched_rarely():  # as an assessment does
            cells, tests, not_asked = questions(session)
        others = baselines(connection, Path(d), totals) if beside else []
        connection.close()
    phases = {"statements": plain, "cells": cells, "tests": tests}
    if whole:
        with tempfile.TemporaryDirectory() as d:

            def run() -> int:
                done = assess(workspace, Path(d) / "assessment", memory_limit=memory_limit, threads=threads)
                return int(done.signals.num_rows)

            phases["whole assessment"] = [measured("assess", run)]
    sums = {part: sum(p.seconds for p in found) for part, found in phases.items()}
    peak = max(p.peak_mib for part in ("cells", "tests") for p in phases[part]) if cells else 0.0
    asked = sums["cells"] + sums["tests"]
    cpu = {part: sum(p.cpu_seconds for p in found) for part, found in phases.items()}
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "versions": {"python": platform.python_version(), **{p: version(p) for p in ("arusha", "duckdb", "pyarrow")}},
        "settings": {"memory_limit": memory_limit, "threads": threads, "times": times},
        "rows": sizes,
        "phases": {part: [asdict(p) for p in found] for part, found in phases.items()},
        "not_asked": not_asked,
        "totals": totals,
        "beside": others,
        "ratio": {
            "statements_seconds": sums["statements"],
            "questions_seconds": asked,
            "questions_over_statements": asked / sums["statements"],
            "cpu_over_cpu": (cpu["cells"] + cpu["tests"]) / cpu["statements"],
            "load_average": os.getloadavg()[0],
            "at_most": TIMES_STATEMENTS,
            "questions_peak_mib": peak,
            "peak_at_most_mib": PEAK_MIB,
        },
    }


def main(arguments: list[str] | None = None) -> Path:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--workspace", type=Path, help="a loaded workspace; without it a demo year is made and loaded")
    parser.add_argument("--declarations", type=int, default=200_000, help="size of the demo year that is made")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to make the demo year in and leave it there")
    parser.add_argument("--memory-limit", default="4GB", help="DuckDB's; the rest of the 6 GiB is Python's")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--times", type=int, default=3, help="runs of each statement; the best counts")
    parser.add_argument("--whole", action="store_true", help="time a whole assessment too, with evidence and reports")
    parser.add_argument("--no-beside", action="store_true", help="leave pandas and polars out")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        made: list[Phase] = []
        path = given.workspace
        if path is None:
            folder = given.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            path, made = make_workspace(folder, given.declarations, given.seed, given.memory_limit)
        result = benchmark(
            path, given.memory_limit, given.threads, given.times, given.whole, beside=not given.no_beside
        )
    if made:
        result["made"] = {"seed": given.seed, "phases": [asdict(p) for p in made]}
    given.results.mkdir(parents=True, exist_ok=True)
    out: Path = given.results / f"questions-{result['rows']['declarations']}.json"
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    write_page(given.results)
    return out


if __name__ == "__main__":
    print(f"written: {main().name} and questions.md beside it")
