"""How far trends may have parted: the sets where units are many, the wider intervals where they are few."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from arusha.effects import Evaluations, read_plan, relative_magnitude_sets, relative_magnitudes, smoothness_sets, told
from arusha.effects import robustness as module
from arusha.effects.aggregation import aggregate
from arusha.effects.designs import choose
from arusha.effects.evaluation_files import read_evaluation, run
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.influence import cluster_sums
from arusha.effects.robustness import robustness
from arusha.effects.staggered import group_time
from arusha.language import banned_words, languages


def planned(folder: Path, units: int, treated: int, months: int = 8) -> EvaluationPlan:
    """Offices of which the first few begin together in the middle; the rate falls by 6 of 100."""
    random = np.random.default_rng(4)
    lines = ["post,month,closed,controls,first"]
    start = f"{2024 + (months // 2) // 12}-{(months // 2) % 12 + 1:02d}"
    for u in range(units):
        for m in range(months):
            rate = 0.2 - 0.06 * (u < treated and m >= months // 2)
            month = f"{2024 + m // 12}-{m % 12 + 1:02d}"
            lines.append(f"P{u},{month},{random.binomial(500, rate)},500,{start if u < treated else ''}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "panel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    given = {
        "measure": "Officers rotate",
        "theory": "No ties last",
        "data": "panel.csv",
        "unit": "post",
        "period": "month",
        "outcome": {"column": "closed", "better": "lower"},
        "exposure": "controls",
        "first_treated": "first",
        "smallest_effect": 0.02,
    }
    (folder / "plan.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
    return read_plan(folder / "plan.yaml")


def test_many_units_get_the_sets_of_the_mean_effect_and_they_withstand_more(tmp_path: Path) -> None:
    panel = planned(tmp_path, 50, 22).panel()
    y = panel.outcome("rate")
    found = robustness(y, panel, choose(panel))
    assert found is not None
    assert found.by == "C-LF"
    groups = group_time(y, panel.time, panel.first, base="universal", cluster=panel.clusters())
    curve = aggregate(groups, "dynamic")
    use = np.isfinite(curve.se)
    sums = cluster_sums(curve.influence[:, use], curve.cluster)
    vcov = sums.T @ sums / curve.influence.shape[0] ** 2
    before, after = curve.att[use & (curve.at < 0)], curve.att[use & (curve.at >= 0)]
    sets = relative_magnitude_sets(before, after, vcov, M=(0.0, 0.5, 1.0))
    assert found.breakdown == pytest.approx(sets.breakdown)
    assert found.smooth == pytest.approx(smoothness_sets(before, after, vcov, M=(0.0,)).breakdown)
    assert found.breakdown > relative_magnitudes(before, after, vcov).breakdown, "the wider intervals withstand less"


def test_few_units_get_the_wider_intervals(tmp_path: Path) -> None:
    panel = planned(tmp_path, 14, 6).panel()
    found = robustness(panel.outcome("rate"), panel, choose(panel))
    assert found is not None
    assert (found.by, found.smooth) == ("conservative", None)


def test_so_many_periods_that_tests_would_take_minutes_get_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PERIODS", 6)
    panel = planned(tmp_path, 50, 22).panel()
    found = robustness(panel.outcome("rate"), panel, choose(panel))
    assert found is not None
    assert found.by == "conservative"


def test_it_is_told_and_read_back(tmp_path: Path) -> None:
    plan = planned(tmp_path, 50, 22)
    kept = Evaluations(tmp_path / "examplia.arusha")
    done = run(kept, plan)
    assert done.robust is not None
    assert done.breakdown == done.robust.breakdown
    again = read_evaluation(kept.folder(plan.hash[:16]), plan)
    assert again is not None
    assert again.robust == done.robust
    assert "hybrid test of Rambachan and Roth" in told(done)
    assert "slope of the gap" in told(done)
    for lang in languages():
        assert not banned_words(told(again, lang), lang)
