"""The benchmark runs from end to end on a small year, and what it holds beside the statements agrees with them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from arusha.indicators.registry import indicators

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks/ lies beside the package, not in it

from benchmarks.memory import peak_mib, reset_peak
from benchmarks.page import write_page
from benchmarks.run import STATEMENTS, main


@pytest.mark.slow
def test_a_small_year_is_measured(tmp_path):
    written = main(
        ["--declarations", "3000", "--keep", str(tmp_path), "--times", "1", "--results", str(tmp_path / "results")]
    )
    result = json.loads(written.read_text(encoding="utf-8"))
    assert result["rows"]["declarations"] == 3000
    assert [p["name"] for p in result["phases"]["statements"]] == [s.stem[2:] for s in STATEMENTS]
    assert all(p["rows"] > 0 and p["seconds"] > 0 for p in result["phases"]["statements"])
    asked = [p["name"] for p in result["phases"]["cells"]]
    assert sorted(asked + list(result["not_asked"])) == sorted(i.definition.id for i in indicators())
    assert [b["same_numbers"] for b in result["beside"]] == [True] * 4
    assert "| 3,000 |" in (tmp_path / "results" / "questions.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in written.read_text(encoding="utf-8")


def test_the_peak_is_that_of_the_phase():
    reset_peak()
    before = peak_mib()
    held = bytearray(64 * 2**20)
    grown = peak_mib()
    assert grown - before > 60
    del held
    reset_peak()
    assert peak_mib() < grown - 30


def test_the_page_sets_the_sizes_side_by_side(tmp_path):
    phase = {"name": "cells", "seconds": 1.0, "peak_mib": 10.0, "rows": 5, "cpu_seconds": 1.0}
    for n, seconds in ((1000, 2.0), (10_000, 15.0)):
        phase = {**phase, "cpu_seconds": n / 1000}
        result = {
            "measured": "2026-01-01",
            "machine": {"cores": 2, "processor": "some", "memory_mib": 2048},
            "versions": {"python": "3"},
            "settings": {"memory_limit": "1GB", "threads": None, "times": 1},
            "rows": {"declarations": n, "events": 3 * n},
            "phases": {"statements": [phase], "cells": [phase], "tests": []},
            "not_asked": {"lane-rates": {"selectivity_rules": []}},
            "beside": [{"library": "polars", "version": "1", "statement": "cells", "failed": "killed"}],
            "ratio": {
                "statements_seconds": 1.0,
                "questions_seconds": seconds,
                "questions_over_statements": seconds,
                "cpu_over_cpu": 3.5,
                "load_average": 7.0,
                "at_most": 6.0,
                "questions_peak_mib": 10.0,
                "peak_at_most_mib": 6144,
            },
        }
        (tmp_path / f"questions-{n}.json").write_text(json.dumps(result))
    page = write_page(tmp_path).read_text(encoding="utf-8")
    assert page.index("| 1,000 |") < page.index("| 10,000 |")
    assert "From 1,000 to 10,000 declarations (x 10.0) the questions took x 7.5, of CPU time x 10.0." in page
    assert "as it ended 7.0 processes wanted a core" in page
    assert "| 15.0 | 3.5 | at most 6 |" in page
    assert "Not asked: lane-rates, for it needs selectivity_rules." in page
    assert "failed: killed" in page
