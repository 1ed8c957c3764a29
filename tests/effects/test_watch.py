"""The watch for new schemes, and the register of a workspace's evaluations."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from arusha.cli import app
from arusha.demo.reform_files import write_reform
from arusha.demo.reforms import reform
from arusha.effects import Evaluations, evaluate, read_plan, result_file, to_watch, told, watch_of
from arusha.effects.evaluation_files import read_evaluation, run
from arusha.effects.evaluations import unrun
from arusha.errors import ArushaError, PlanError
from arusha.ledger import verify


def test_what_moved_stands_out_where_it_moved_to(tmp_path: Path) -> None:
    made = reform(4, "displaces", elsewhere="lane")
    found = watch_of(read_plan(write_reform(made, tmp_path)))
    there = found.at("unusual", "unusual-and-persistent")
    treated = {p for p, s in zip(made.posts, made.starts, strict=True) if s is not None}
    assert sum(w.column == "rerouted_to_green" for w in there) >= 6
    assert {w.unit for w in there if w.column == "rerouted_to_green"} <= treated | set(made.near)
    assert all(w.change > 0 for w in there)
    assert found.periods == made.months[-6:]


def test_near_posts_are_watched_for_the_outcome_itself(tmp_path: Path) -> None:
    made = reform(4, "displaces", elsewhere="office")
    found = watch_of(read_plan(write_reform(made, tmp_path)))
    there = [w for w in found.at("unusual", "unusual-and-persistent") if w.column == "closed_without_act"]
    assert {w.unit for w in there} <= set(made.near)
    assert len(there) >= 2


def test_false_alarms_of_the_watch_are_few(tmp_path: Path) -> None:
    """40 quiet worlds of 52 places each: at 5% of false discoveries an alarm in 6 or fewer (99% of binomial(40, 5%)
    is 5; one more because places of a post share its months)."""
    alarms = sum(
        bool(watch_of(read_plan(write_reform(reform(seed, "nothing"), tmp_path / str(seed)))).at("unusual"))
        or bool(watch_of(read_plan(tmp_path / str(seed) / "plan.yaml")).at("unusual-and-persistent"))
        for seed in range(300, 340)
    )
    assert alarms <= 6


def test_one_unit_by_hand(tmp_path: Path) -> None:
    """Change beyond the untreated, with equal exposures: differences of plain shares."""
    rows = ["u,t,n,e,first"]
    for i in range(12):
        first, more = ("6", 30) if i == 0 else ("", 0)
        rows += [f"U{i:02d},{t},{10 + i % 3 + (more if t >= 6 else 0)},100,{first}" for t in range(12)]
    (tmp_path / "p.csv").write_text("\n".join(rows))
    (tmp_path / "plan.yaml").write_text(
        "{measure: m, theory: t, data: p.csv, unit: u, period: t, exposure: e, first_treated: first,"
        " outcome: {column: e, better: lower}, watch: [{column: n, better: lower}], smallest_effect: 0.1}"
    )
    (row,) = watch_of(read_plan(tmp_path / "plan.yaml")).found
    assert row.unit == "U00"
    assert row.change == pytest.approx(0.30)
    assert row.seen == "unusual-and-persistent"


def test_with_few_untreated_units_or_few_cases_it_cannot_tell(tmp_path: Path) -> None:
    made = reform(4, "displaces", elsewhere="lane")
    plan = read_plan(write_reform(made, tmp_path))
    others = [p for p, s in zip(made.posts, made.starts, strict=True) if s is None and p not in made.near]
    few = replace(plan, exclude=tuple(others[7:]))
    assert {w.seen for w in watch_of(few).found} == {"cannot-tell"}


def test_the_columns_of_a_watch(tmp_path: Path) -> None:
    plan = read_plan(write_reform(reform(4, "nothing"), tmp_path))
    assert [o.column for o in to_watch(plan)][-1] == "closed_without_act"
    assert len(to_watch(replace(plan, watch=plan.counter_outcomes[:1]))) == len(to_watch(plan))


def test_entries_that_came_later_leave_old_hashes_alone(tmp_path: Path) -> None:
    plan = read_plan(write_reform(reform(4, "nothing"), tmp_path))
    assert replace(plan, watch_periods=6, announced="").hash == plan.hash
    assert replace(plan, announced="2024-01").hash != plan.hash
    assert replace(plan, watch=plan.counter_outcomes[:1]).hash != plan.hash


def test_displacement_is_the_answer_whatever_the_outcome_did(tmp_path: Path) -> None:
    plan = read_plan(write_reform(reform(4, "displaces", elsewhere="officer"), tmp_path))
    found = evaluate(plan, tmp_path / "out")
    assert (found.verdict, found.conclusion) == ("better", "displacement")
    assert "the problem may have moved, and not gone" in told(found)
    written = result_file(found)
    assert written["conclusion"] == "displacement"
    assert not [p for p in plan.panel().units if p in json.dumps(written["watch"])]


def test_a_workspace_keeps_plans_before_results_and_those_never_run(tmp_path: Path) -> None:
    (tmp_path / "w.arusha").mkdir()
    kept = Evaluations(tmp_path / "w.arusha")
    plan = read_plan(write_reform(reform(4, "works"), tmp_path / "a"))
    first = kept.register(plan, "P-AAAA-BBBB-CCCC")
    assert not first.amended
    assert kept.register(plan, "P-AAAA-BBBB-CCCC") == first
    (only,) = kept.entered()
    assert (only.runs, only.answer, only.actor) == ((), None, "P-AAAA-BBBB-CCCC")
    assert only.after == 18, "the panel held the months after the start when the plan was registered"
    assert unrun(kept.entered()) == (only,)
    assert only.plan == plan
    done = run(kept, plan)
    (only,) = kept.entered()
    assert len(only.runs) == 1
    assert only.answer is not None
    assert only.answer["conclusion"] == done.conclusion
    assert done.verdict == "better"
    assert only.plan is not None
    read = read_evaluation(kept.folder(only.key), only.plan)
    assert read is not None
    assert read.registered == first
    assert told(read) == told(done), "what is read back says the same"
    ledger = kept.ledger()
    assert ledger is not None
    assert [r.entry.kind for r in ledger.entries()] == [
        "evaluation.registered",
        "evaluation.run",
        "evaluation.answered",
    ]
    assert verify(ledger).ok


def test_a_later_plan_for_the_same_measure_or_panel_is_marked(tmp_path: Path) -> None:
    (tmp_path / "w.arusha").mkdir()
    kept = Evaluations(tmp_path / "w.arusha")
    plan = read_plan(write_reform(reform(4, "works"), tmp_path / "a"))
    kept.register(plan)
    before = kept.register(replace(plan, smallest_effect=0.04))
    assert (before.amended, before.seen) == (True, False), "nothing was seen yet"
    run(kept, plan)
    assert kept.register(replace(plan, smallest_effect=0.05)).seen
    assert kept.register(replace(plan, measure="Another name", theory="x")).amended, "the same panel"
    other = read_plan(write_reform(reform(5, "works", measure="code-of-conduct"), tmp_path / "b"))
    assert not kept.register(other).amended
    newest = kept.entered()[1]
    assert newest.amends[0] == plan.hash[:16]
    done = run(kept, replace(plan, smallest_effect=0.05))
    assert "Amended" in told(done)


def test_the_command_line_registers_in_the_workspace(tmp_path: Path) -> None:
    workspace = tmp_path / "w.arusha"
    workspace.mkdir()
    path = write_reform(reform(4, "nothing"), tmp_path / "a")
    asked = ["effects", str(path), "--workspace", str(workspace), "--as", "P-AAAA-BBBB-CCCC"]
    done = CliRunner().invoke(app, [*asked, "--power"])
    assert done.exit_code == 0, done.output
    (entered,) = Evaluations(workspace).entered()
    assert not entered.runs
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    (entered,) = Evaluations(workspace).entered()
    assert entered.answer is not None
    assert (workspace / "evaluations" / entered.key / "result.json").is_file()
    for wrong in ([str(path)], [str(path), "--out", "x", "--workspace", str(workspace)]):
        assert CliRunner().invoke(app, ["effects", *wrong]).exit_code == 2


def test_a_panel_elsewhere_is_refused_for_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "w.arusha").mkdir()
    plan = read_plan(write_reform(reform(4, "nothing"), tmp_path / "a"))
    with pytest.raises(PlanError, match="beside the plan"):
        run(Evaluations(tmp_path / "w.arusha"), replace(plan, data=str(plan.source)))
    with pytest.raises(ArushaError, match="no evaluation"):
        Evaluations(tmp_path / "w.arusha").folder("../x")


def test_near_units_are_part_of_the_family(tmp_path: Path) -> None:
    plan = read_plan(write_reform(reform(6, "nothing"), tmp_path))
    assert plan.family == 5
    found = evaluate(plan, tmp_path / "out")
    assert found.near is not None
    assert found.near_p is not None
    assert found.near_p >= found.near.p
    assert np.isfinite(found.reach)
