"""What a plan names is held against its panel before anything is registered; a small change is told as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from arusha.effects import evaluate, power_of, read_plan, told
from arusha.errors import ArushaError
from arusha.language import languages


def plan_of(folder: Path, header: str = "office,month,closed,other,declarations,start", **entries: Any) -> Path:
    """Six offices under a measure that takes 60 of 1,000 away from the second year on, and six others."""
    lines = [header]
    for office in range(12):
        begins = "2025-01" if office < 6 else ""
        for month in range(24):
            label = f"{2024 + month // 12}-{month % 12 + 1:02d}"
            closed = 200 + (7 * office + 5 * month) % 11 - 60 * bool(begins and month >= 12)
            lines.append(f"O{office:02d},{label},{closed},{100 + (3 * office + month) % 7},1000,{begins}")
    (folder / "panel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan = {
        "measure": "Examining officers rotate",
        "theory": "Ties cannot last",
        "data": "panel.csv",
        "unit": "office",
        "period": "month",
        "outcome": {"column": "closed", "better": "lower"},
        "counter_outcomes": [{"column": "other", "better": "lower"}],
        "exposure": "declarations",
        "first_treated": "start",
        "smallest_effect": 0.02,
        **entries,
    }
    (folder / "plan.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    return folder / "plan.yaml"


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"exclude": ["O99"]}, "the unit O99 is not in the column office"),
        ({"near": ["o11"]}, "the unit o11 is not in the column office"),
        ({"near": ["O01"]}, "the unit O01 is under the measure itself"),
        ({"counter_outcomes": [{"column": "closed", "better": "lower"}]}, "the column closed is named twice"),
        ({"exposure": "closed"}, "the column closed is named twice"),
        ({"watch": [{"column": "lost", "better": "lower"}]}, "it has no column 'lost'"),
        ({"anticipation": 12}, "with 12 periods of anticipation no period is left before the measure"),
    ],
)
def test_a_slip_in_a_name_is_refused_before_anything_is_registered(
    entries: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    plan = read_plan(plan_of(tmp_path, **entries))
    for ask in (lambda: power_of(plan), lambda: evaluate(plan, tmp_path / "out")):
        with pytest.raises(ArushaError, match=problem):
            ask()
    assert not (tmp_path / "out").exists()


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    plan = read_plan(plan_of(tmp_path, header="office,month,closed,closed,declarations,start", counter_outcomes=[]))
    with pytest.raises(ArushaError, match="the column closed is there twice"):
        evaluate(plan, tmp_path / "out")


@pytest.mark.parametrize("lang", languages())
def test_a_change_below_the_smallest_that_matters_is_told_as_such(lang: str, tmp_path: Path) -> None:
    small = evaluate(read_plan(plan_of(tmp_path, smallest_effect=0.5)), tmp_path / "small")
    large = evaluate(read_plan(plan_of(tmp_path)), tmp_path / "large")
    assert small.verdict == large.verdict == "better"
    assert small.reach < 0.5
    assert large.reach > 0.02
    more = len(told(small, lang).splitlines()) - len(told(large, lang).splitlines())
    assert more == 1


def test_a_slip_in_a_counter_outcome_is_told_before_the_plan_is_in_a_register(tmp_path: Path) -> None:
    path = plan_of(tmp_path)
    panel = tmp_path / "panel.csv"
    panel.write_text(panel.read_text("utf-8").replace(",100,1000,", ",<5,1000,", 1), "utf-8")
    for ask in (power_of, lambda plan: evaluate(plan, tmp_path / "out")):
        with pytest.raises(ArushaError, match=r"panel\.csv, line 2, column other.*'<5', which is not a number"):
            ask(read_plan(path))
    assert not (tmp_path / "out").exists()
