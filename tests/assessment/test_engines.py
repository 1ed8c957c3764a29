"""The same signals on both engines, for the two questions that lean on the engine most."""

from __future__ import annotations

import importlib.util
import math
import shutil
from pathlib import Path

import pytest

from arusha.assessment.run import assess
from arusha.demo import generate, write_canonical
from arusha.indicators.signals import SCHEMA
from arusha.records.load import load

NUMBERS = [f.name for f in SCHEMA if str(f.type) == "double"]
SUMS = 1e-6
"""Relative: Spark adds doubles in another order than DuckDB. Counts, ids and verdicts must be equal."""

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java runtime: apt-get install openjdk-17-jre-headless")
def test_the_signals_of_steering_and_of_values_are_the_same_on_spark_as_on_duckdb(tmp_path: Path) -> None:
    schemes = {"steering-pick": 2, "undervaluation": 6, "ring": 1}
    world = generate(20_000, seed=12, schemes=schemes, strengths=("strong",))
    write_canonical(world, tmp_path / "canonical", format="parquet")
    workspace = load(tmp_path / "canonical", mapping="canonical", out=tmp_path / "w.arusha", pseudonyms="off")
    plan = tmp_path / "plan.yaml"
    plan.write_text("questions: [assignment-steering, value-shortfall]\n", encoding="utf-8")
    ours, theirs = (
        assess(workspace, tmp_path / engine, plan=plan, engine=engine, languages=()).signals.to_pylist()
        for engine in ("duckdb", "spark")
    )
    found = {r["indicator"] for r in ours if r["signal"]}
    assert found == {"assignment-steering", "value-shortfall"}, "a world in which nothing stands out proves little"
    assert [r["signal_id"] for r in ours] == [r["signal_id"] for r in theirs]
    for one, two in zip(ours, theirs, strict=True):
        for name in one:
            if name in NUMBERS and one[name] is not None and two[name] is not None:
                assert math.isclose(one[name], two[name], rel_tol=SUMS, abs_tol=1e-12), (one["signal_id"], name)
            else:
                assert one[name] == two[name], (one["signal_id"], name)
