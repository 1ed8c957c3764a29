"""The default of each design is a method that was measured to cover there; a reduced grid is measured again."""

from __future__ import annotations

import importlib.util
import json
from importlib.resources import files
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from arusha.effects.designs import choose
from arusha.effects.measured import LEAST, MOST_MEMORY, coverage, covers
from arusha.effects.panels import NEVER, Panel

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "effects_coverage.py"


@pytest.fixture(scope="module")
def table():
    return json.loads(files("arusha.effects").joinpath("measured_coverage.json").read_text("utf-8"))


def panel(treated, controls, before=12, after=12):
    n, T = treated + controls, before + after
    return Panel(
        units=tuple(f"u{i}" for i in range(n)),
        periods=tuple(str(t) for t in range(T)),
        time=np.arange(T),
        count=np.random.default_rng(n).normal(size=(n, T)),
        exposure=None,
        covariates=np.empty((n, T, 0)),
        first=np.where(np.arange(n) < treated, before, NEVER),
    )


def test_the_grid_has_what_was_promised(table):
    """8 to 200 offices, serial correlation, effects alike and not, 2,000 replicates or more a cell."""
    assert table["replicates"] >= 2000
    cells = [c for c in table["cells"] if c["method"] == "groups"]
    assert min(c["treated"] + c["controls"] for c in cells) == 8
    assert max(c["treated"] + c["controls"] for c in cells) == 200
    assert {c["memory"] for c in cells} >= {0.0, 0.4, 0.8}
    assert {c["spread"] for c in cells} == {0.0, 1.0}
    assert {c["errors"] for c in cells} == {"normal", "skewed", "sizes"}


@pytest.mark.parametrize(
    ("treated", "controls"), list(product([1, 2, 3, 4, 5, 9, 20, 60, 150], [4, 7, 19, 20, 45, 120]))
)
def test_the_default_covers_where_it_is_the_default(table, treated, controls):
    for before, after in ((3, 12), (12, 12), (26, 7), (40, 30)):
        design = choose(panel(treated, controls, before, after))
        if design.method in ("groups", "reassignment"):
            method, size = design.method, (treated, controls)
        elif design.method == "synthetic":
            method, size = "synthetic", (treated, controls, before)
        elif design.method.startswith("series"):
            method, size = "series", (before, after)
        else:
            continue
        names = {"synthetic": ("treated", "controls", "before"), "series": ("before", "after")}
        names = names.get(method, ("treated", "controls"))
        # By hand, without the lookup: the largest designs of the grid that are no larger than this one.
        of = [
            c
            for c in table["cells"]
            if c["method"] == method and all(c[n] <= s for n, s in zip(names, size, strict=True))
        ]
        top = max(tuple(c[n] for n in names) for c in of)
        least = min(
            c["coverage"]
            for c in of
            if tuple(c[n] for n in names) == top and (method != "series" or c["memory"] <= MOST_MEMORY)
        )
        assert least >= LEAST


def test_a_design_below_the_grid_has_no_coverage():
    assert coverage("groups", 3, 50) is None
    assert not covers("series", 11, 24)
    assert not covers("synthetic", 1, 19, 24)


def test_a_method_that_does_not_cover_is_no_default(monkeypatch):
    from arusha.effects import measured

    found = {m: dict(cells) for m, cells in measured._least("all").items()}
    found["reassignment"] = dict.fromkeys(found["reassignment"], 0.92)
    monkeypatch.setattr(measured, "_least", lambda baseline: found)
    assert choose(panel(10, 10)).method == ("groups" if covers("groups", 10, 10) else "cannot-tell")
    found["groups"] = dict.fromkeys(found["groups"], 0.92)
    assert choose(panel(10, 10)).method == "cannot-tell"
    assert choose(panel(50, 50)).method == "cannot-tell"


def test_a_reduced_grid_measured_again(table):
    """400 replicates of a few cells beside the committed ones: within 4.5 simulation errors of the two."""
    spec = importlib.util.spec_from_file_location("effects_coverage_benchmark", BENCHMARK)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    benchmark.check()
    for row in benchmark.measured(400, reduced=True):
        about = {k: v for k, v in row.items() if k != "coverage"}
        (committed,) = [c for c in table["cells"] if about.items() <= c.items()]
        p = committed["coverage"]
        error = np.sqrt(max(p * (1 - p), 0.01) * (1 / 400 + 1 / table["replicates"]))
        assert abs(row["coverage"] - p) < 4.5 * error, row
