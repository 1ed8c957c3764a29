"""One plan, other records: what its results were made of is counted and told, and what it could show stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arusha.demo.reform_files import write_reform
from arusha.demo.reforms import reform
from arusha.effects import evaluate, read_plan, told
from arusha.effects.evaluation_files import read_evaluation, read_power, register, run
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.evaluations import Evaluations
from arusha.errors import PlanError
from arusha.language import Catalogue, banned_words, languages


@pytest.fixture
def plan(tmp_path: Path) -> EvaluationPlan:
    return read_plan(write_reform(reform(4, "works"), tmp_path / "first"))


def without_one_office(plan: EvaluationPlan, folder: Path) -> EvaluationPlan:
    """The same plan beside a file of the same name that lacks an untreated office."""
    header, *rows = plan.source.read_text("utf-8").splitlines()
    at, start = (header.split(",").index(str(c)) for c in (plan.unit, plan.first_treated))
    gone = next(r.split(",")[at] for r in rows if not r.split(",")[start])
    folder.mkdir()
    kept = [header, *(r for r in rows if r.split(",")[at] != gone)]
    (folder / plan.data).write_text("\n".join(kept) + "\n", encoding="utf-8")
    return replace(plan, folder=str(folder))


def test_a_folder_counts_the_records_that_results_were_made_of(plan: EvaluationPlan, tmp_path: Path) -> None:
    other = without_one_office(plan, tmp_path / "second")
    assert other.hash == plan.hash
    assert evaluate(plan, tmp_path / "out").registered.records == 1
    assert evaluate(plan, tmp_path / "out").registered.records == 1, "the same records once more are the same"
    done = evaluate(other, tmp_path / "out")
    assert done.registered.records == 2
    assert "made of 2 different sets of records" in told(done)


def test_a_plan_that_waits_for_its_records_is_made_of_one(plan: EvaluationPlan, tmp_path: Path) -> None:
    """Registered before the measure's months are there, run when they are: as it should be, and not told."""
    kept = Evaluations(tmp_path / "w.arusha")
    kept.workspace.mkdir()
    register(kept, without_one_office(plan, tmp_path / "early"))
    done = run(kept, plan)
    assert done.registered.records == 1
    assert "different sets" not in told(done)


def test_a_workspace_counts_them_and_keeps_what_the_plan_could_show(plan: EvaluationPlan, tmp_path: Path) -> None:
    kept = Evaluations(tmp_path / "w.arusha")
    kept.workspace.mkdir()
    placed = register(kept, plan)
    run(kept, plan)
    folder, before = kept.folder(plan.hash[:16]), placed.source.read_bytes()
    shown = read_power(folder)
    other = without_one_office(plan, tmp_path / "second")
    with pytest.raises(PlanError, match="this very plan is registered with other records"):
        register(kept, other)
    assert (placed.source.read_bytes(), read_power(folder)) == (before, shown), "nothing was replaced"
    run(kept, other)
    read = read_evaluation(folder, placed)
    assert read is not None
    assert read.registered.records == 2
    register(kept, other)  # it has been run with these


@pytest.mark.parametrize("lang", languages())
def test_it_is_told_in_plain_words(lang: str) -> None:
    text = Catalogue(lang, isolate=False).text("effects-records-seen", n=2)
    assert "2" in text
    assert not banned_words(text, lang)
