"""Plans at a threshold in the register of a workspace: before results, unchangeable, and read back as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from arusha.cli import app
from arusha.effects import Evaluations, ThresholdPlan, plan_in, register_threshold, run_threshold, told_threshold
from arusha.effects.plan_files import plan_told
from arusha.effects.threshold_around import Around, around
from arusha.effects.threshold_data import distances
from arusha.effects.threshold_files import AROUND, read_threshold, read_threshold_power
from arusha.errors import ArushaError, PlanError
from arusha.ledger import verify
from arusha.records.workspace import Workspace

WHO = "P-7Q3K-M2XA-9TBC"
ENTRIES = {
    "measure": "Simplified declaration up to 1,000",
    "theory": "Below it nobody looks inside",
    "data": "values.csv",
    "running": "value",
    "cluster": "trader",
    "outcomes": ["red"],
    "threshold": 1_000,
    "smallest_effect": 0.5,
}


def written(folder: Path, *, moved: float = 0.35, **entries: object) -> ThresholdPlan:
    """A plan and 8,000 declarations, of which a share moves from just beyond the threshold to just within."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    value = np.exp(random.normal(np.log(900), 0.8, 8_000))
    goes = (value > 1_000) & (value < 1_150) & (random.random(8_000) < moved)
    value = np.where(goes, 1_000 - random.integers(0, 60, 8_000), value)
    red = random.random(8_000) < np.where(value <= 1_000, 0.05, 0.2)
    who = random.integers(0, 3_000, 8_000)
    lines = ["value,trader,red", *(f"{v:.2f},T{t},{int(r)}" for v, t, r in zip(value, who, red, strict=True))]
    (folder / "values.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "plan.yaml").write_text(yaml.safe_dump({**ENTRIES, **entries}), encoding="utf-8")
    found = plan_in(folder / "plan.yaml")
    assert isinstance(found, ThresholdPlan)
    return found


def test_a_plan_is_an_entry_before_its_result_and_is_read_back_as_it_was(tmp_path: Path) -> None:
    kept = Evaluations(tmp_path / "examplia.arusha")
    plan = register_threshold(kept, written(tmp_path / "plan"), WHO)
    (entered,) = kept.entered()
    assert isinstance(entered.plan, ThresholdPlan)
    assert entered.plan.hash == plan.hash == entered.hash, "its words in the ledger say the same plan"
    assert (entered.runs, entered.answer, entered.after, entered.actor) == ((), None, 0, WHO)
    folder = kept.folder(entered.key)
    assert read_threshold_power(folder) is not None
    assert read_threshold(folder, entered.plan) is None
    done = run_threshold(kept, entered.plan, WHO)
    again = read_threshold(folder, entered.plan)
    assert again is not None
    assert again == done, "to the last digit"
    assert told_threshold(again, "ar") == told_threshold(done, "ar")
    ledger = kept.ledger()
    assert ledger is not None
    assert [r.entry.kind.partition(".")[2] for r in ledger.entries()] == ["registered", "run", "answered"]
    assert verify(ledger).ok
    (after,) = kept.entered()
    assert after.answer is not None
    assert (after.answer["conclusion"], after.answer["grade"]) == (done.verdict, done.grade)
    assert done.registered.at == entered.at
    assert not done.registered.amended


def test_the_result_that_may_be_published_holds_no_counts_by_value(tmp_path: Path) -> None:
    kept = Evaluations(tmp_path / "examplia.arusha")
    plan = written(tmp_path / "plan")
    run_threshold(kept, plan)
    folder = kept.folder(plan.hash[:16])
    assert "around" not in (folder / "result.json").read_text("utf-8")
    assert "count" in (folder / AROUND).read_text("utf-8")


def test_another_threshold_tried_on_the_same_values_after_a_result_is_marked(tmp_path: Path) -> None:
    """Must never happen: thresholds are tried until one of them shows something, and nobody sees it."""
    kept = Evaluations(tmp_path / "examplia.arusha")
    first = written(tmp_path / "plan")
    run_threshold(kept, first)
    second = written(tmp_path / "plan", threshold=900, measure="Another limit")
    done = run_threshold(kept, second)
    assert done.registered.amended
    newest = kept.entered()[0]
    assert newest.amends == (first.hash[:16],)


def test_a_file_elsewhere_and_records_of_another_workspace_are_refused(tmp_path: Path) -> None:
    kept = Evaluations(tmp_path / "examplia.arusha")
    written(tmp_path / "values")
    with pytest.raises(PlanError, match="do not lie beside the plan"):
        register_threshold(kept, written(tmp_path / "plan", data="../values/values.csv"))
    assert kept.entered() == ()


def test_records_of_the_workspace_itself_are_read_from_there(examplia: Workspace, tmp_path: Path) -> None:
    given = {k: v for k, v in ENTRIES.items() if k not in ("data", "running", "cluster")}
    given |= {"workspace": "examplia.arusha", "threshold": "simplified declaration", "outcomes": ["control"]}
    plan = plan_told(given, "plan", tmp_path, examplia.path)
    elsewhere = plan_told(given | {"workspace": str(examplia.path)}, "plan", tmp_path)
    assert isinstance(plan, ThresholdPlan)
    assert isinstance(elsewhere, ThresholdPlan)
    other = Evaluations(tmp_path / "other.arusha")
    with pytest.raises(PlanError, match="another workspace"):
        register_threshold(other, elsewhere)
    assert plan.data_sha256() == elsewhere.data_sha256()
    with pytest.raises(ArushaError):
        plan_told(given, "plan", tmp_path, tmp_path / "none.arusha").data_sha256()


def test_the_command_line_keeps_it_in_the_workspace(tmp_path: Path) -> None:
    home = tmp_path / "examplia.arusha"
    home.mkdir()
    plan = written(tmp_path / "plan")
    call = ["effects", str(tmp_path / "plan" / "plan.yaml"), "--workspace", str(home), "--as", WHO]
    first = CliRunner().invoke(app, [*call, "--power"])
    assert first.exit_code == 0, first.output
    assert f"Plan {plan.hash} registered at" in first.output
    assert "interval" not in first.output
    second = CliRunner().invoke(app, call)
    assert second.exit_code == 0, second.output
    (entered,) = Evaluations(home).entered()
    assert (entered.actor, len(entered.runs)) == (WHO, 1)


@pytest.mark.parametrize("pays", ["below", "above"])
@pytest.mark.parametrize("included", [True, False])
def test_counts_around_agree_with_counting(pays: str, included: bool) -> None:
    """Brute force: every value in the bin that its side and its width say."""
    value = np.array([9.0, 10.0, 10.0, 10.4, 10.5, 11.0, 11.2, 8.1, 9.5, 30.0, 2.0])
    made = around(distances(value, 10.0, pays, included), 10.0, pays, 0.5)
    assert made is not None
    ends = [made.start + made.width * k for k in range(len(made.count) + 1)]
    assert any(e == pytest.approx(10.0) for e in ends)
    at = next(k for k, e in enumerate(ends) if e == pytest.approx(10.0))
    low_side = (value < 10) | ((value == 10) & (included == (pays == "below")))
    # A bin holds its end on the side that pays: where that is above, its lower one.
    inside = (value > ends[0]) & (value <= ends[-1]) if pays == "below" else (value >= ends[0]) & (value < ends[-1])
    assert sum(made.count[:at]) == int(np.sum(low_side & inside))
    assert sum(made.count[at:]) == int(np.sum(~low_side & inside))


def test_where_all_values_are_one_there_is_nothing_to_draw() -> None:
    assert around(np.zeros(5), 1.0, "below") is None
    wide = around(np.array([-40.0, -1.0, 1.0, 40.0]), 100.0, "below")
    assert isinstance(wide, Around)
    assert sum(wide.count) <= 4
