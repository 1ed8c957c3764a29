"""Plans are registered before results, and a later change is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from arusha.assessment import register
from arusha.assessment.plan import propose
from arusha.errors import WorkspaceError

PLAN = propose(date(2025, 1, 1), date(2025, 12, 31), ["lane-rates"])
OTHER = replace(PLAN, rate=0.01)


def test_a_first_plan_is_not_amended(tmp_path: Path) -> None:
    done = register.register(tmp_path, PLAN)
    assert not done.amended
    assert done.hash == PLAN.hash


def test_a_plan_changed_before_any_result_is_not_amended(tmp_path: Path) -> None:
    register.register(tmp_path, PLAN)
    assert not register.register(tmp_path, OTHER).amended


def test_a_plan_changed_after_results_is_marked_with_what_came_before(tmp_path: Path) -> None:
    register.register(tmp_path, PLAN)
    register.results_exist(tmp_path, PLAN.hash)
    changed = register.register(tmp_path, OTHER)
    assert changed.amended
    assert changed.earlier == (PLAN.hash,)


def test_the_mark_stays_when_the_changed_plan_is_run_again(tmp_path: Path) -> None:
    register.register(tmp_path, PLAN)
    register.results_exist(tmp_path, PLAN.hash)
    first = register.register(tmp_path, OTHER)
    register.results_exist(tmp_path, OTHER.hash)
    assert register.register(tmp_path, OTHER) == first
    assert not register.register(tmp_path, PLAN).amended


def test_a_line_cut_off_by_a_crash_loses_only_itself(tmp_path: Path) -> None:
    register.register(tmp_path, PLAN)
    register.results_exist(tmp_path, PLAN.hash)
    path = tmp_path / "plans.jsonl"
    path.write_bytes(path.read_bytes() + b'{"event": "pl')
    assert register.register(tmp_path, OTHER).amended
    assert [e["event"] for e in register.entries(tmp_path)] == ["plan", "results", "plan"]


def test_a_register_that_cannot_be_written_stops_the_assessment(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="registered"):
        register.register(tmp_path / "gone", PLAN)


@pytest.mark.parametrize(
    "line", ["7", "[]", "{}", '{"event": "results"}', '{"event": "plan", "hash": "x"}', "[" * 100_000]
)
def test_a_line_that_says_less_than_it_should_counts_as_torn(tmp_path: Path, line: str) -> None:
    (tmp_path / "plans.jsonl").write_text(line + "\n", encoding="utf-8")
    assert not register.register(tmp_path, PLAN).amended
    assert [e["hash"] for e in register.entries(tmp_path)] == [PLAN.hash]


def test_results_of_what_was_loaded_before_are_not_results_of_these_records(tmp_path: Path) -> None:
    old, new = (register.records_of({"sources": [{"sha256": digest}]}) for digest in ("a", "b"))
    register.register(tmp_path, PLAN, old)
    register.results_exist(tmp_path, PLAN.hash, old)
    assert register.register(tmp_path, OTHER, old).amended
    assert not register.register(tmp_path, OTHER, new).amended
    register.results_exist(tmp_path, OTHER.hash, new)
    assert register.register(tmp_path, PLAN, new).earlier == (OTHER.hash,)


def test_the_same_extract_loaded_again_is_the_same_records() -> None:
    one, two = {"sha256": "a", "path": "x.csv"}, {"sha256": "b", "path": "y.csv"}
    assert register.records_of({"sources": [one, two]}) == register.records_of({"sources": [two, one | {"rows": 3}]})
