"""What a change is held against: said in the plan and its hash, one number by every method, sound and less noisy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from arusha.effects import Evaluations, aggregate, evaluate, group_time, power_of, randomisation_test, read_plan, told
from arusha.effects.assignments import assignments, scores
from arusha.effects.designs import choose
from arusha.effects.estimates import estimate
from arusha.effects.evaluation_files import read_evaluation, run
from arusha.effects.evaluation_plan import EvaluationPlan, plan_from
from arusha.effects.panels import NEVER, Panel
from arusha.effects.plan_files import plan_kept
from arusha.effects.randomisation import p_value
from arusha.errors import PlanError
from arusha.language import banned_words, languages

ENTRIES: dict[str, Any] = {
    "measure": "Officers rotate",
    "theory": "No ties last",
    "data": "panel.csv",
    "unit": "post",
    "period": "month",
    "outcome": {"column": "closed", "better": "lower"},
    "counter_outcomes": [{"column": "other", "better": "lower"}],
    "exposure": "controls",
    "first_treated": "first",
    "smallest_effect": 0.05,
}
BEFORE_IT_COULD_BE_SAID = "6ded7a67de75a563e6404e8d675525cc11a4a15865dbf52d7f1ac08974cf10c7"
"""The hash of ``ENTRIES`` as it was before a plan could name its baseline."""


def test_a_plan_of_before_has_the_hash_that_it_had() -> None:
    old = plan_from({**ENTRIES, "baseline": "last"}, "plan")
    new = plan_from(ENTRIES, "plan")
    assert new.baseline == "all"
    assert (old.hash, new.hash != old.hash) == (BEFORE_IT_COULD_BE_SAID, True)
    assert plan_from(new.entries(), "plan").hash == new.hash
    assert plan_from(old.entries(), "plan").hash == old.hash
    # A register of before kept no entry: what was done then was the last period.
    kept = plan_kept({k: v for k, v in old.entries().items() if k != "baseline"}, "plan")
    assert (kept.hash, kept.baseline) == (old.hash, "last")  # type: ignore[union-attr]


def test_another_word_is_refused() -> None:
    with pytest.raises(PlanError, match="neither all nor last"):
        plan_from({**ENTRIES, "baseline": "first"}, "plan")


def staggered() -> tuple[Any, Any, Any]:
    random = np.random.default_rng(5)
    first = np.array([4] * 5 + [6] * 4 + [NEVER] * 8)
    return random.normal(size=(17, 1)) + random.normal(size=(17, 10)), np.arange(10), first


def test_scores_against_the_mean_by_hand_and_by_every_method() -> None:
    y, time, first = staggered()
    made = scores(y, time, first, baseline="all")
    assert made.value[:, 0] == pytest.approx(y[:, 4:].mean(axis=1) - y[:, :4].mean(axis=1))
    assert made.value[:, 1] == pytest.approx(y[:, 6:].mean(axis=1) - y[:, :6].mean(axis=1))
    whole = aggregate(group_time(y, time, first, base="average")).overall
    assert randomisation_test(y, time, first, draws=9, baseline="all").effect == pytest.approx(whole, abs=1e-12)


def test_the_design_carries_it_to_the_estimate() -> None:
    y, time, first = staggered()
    panel = Panel(
        tuple(f"P{k:02d}" for k in range(17)), tuple(map(str, time)), time, y, None, first, np.empty((17, 10, 0))
    )
    of = {b: estimate(y, panel, choose(panel, baseline=b)) for b in ("all", "last")}  # type: ignore[arg-type]
    assert of["all"].effect == pytest.approx(aggregate(group_time(y, time, first, base="average")).overall, abs=1e-12)
    assert of["last"].effect == pytest.approx(aggregate(group_time(y, time, first)).overall, abs=1e-12)


def planned(folder: Path, *, gone: float, drift: float = 0.0, seed: int = 1, **entries: object) -> EvaluationPlan:
    """24 posts, 10 treated: the rate falls by ``gone``, and by ``drift`` more each month from the first on."""
    random = np.random.default_rng(seed)
    lines = ["post,month,closed,other,controls,first"]
    for u in range(24):
        for m in range(24):
            rate = 0.2 - (gone * (m >= 12) + drift * m) * (u < 10)
            closed, other = random.binomial(400, rate), random.binomial(400, 0.1)
            lines.append(f"P{u},{2024 + m // 12}-{m % 12 + 1:02d},{closed},{other},400,{'2025-01' if u < 10 else ''}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "panel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "plan.yaml").write_text(yaml.safe_dump({**ENTRIES, **entries}), encoding="utf-8")
    return read_plan(folder / "plan.yaml")


def test_it_is_said_before_results_and_beside_them(tmp_path: Path) -> None:
    plan = planned(tmp_path, gone=0.05)
    kept = Evaluations(tmp_path / "examplia.arusha")
    done = run(kept, plan)
    assert done.plan.baseline == done.design.baseline == "all"
    assert done.curve is not None
    assert done.curve.baseline == "all"
    assert sum(e for a, e in zip(done.curve.at, done.curve.effect, strict=True) if a < 0) == pytest.approx(0, abs=1e-12)
    again = read_evaluation(kept.folder(plan.hash[:16]), plan)
    assert again is not None
    assert (again.curve, again.design) == (done.curve, done.design)
    last = evaluate(replace(plan, baseline="last"), tmp_path / "last")
    assert "the mean of all periods before the start of each unit (12 before the first start)" in told(done)
    assert "the last period before the start of each unit, and no other" in told(last)
    for lang in languages():
        assert not banned_words(told(done, lang), lang)
        assert not banned_words(told(last, lang), lang)


def test_the_mean_shows_smaller_changes(tmp_path: Path) -> None:
    """Months that forget: twelve of them vary a twelfth of one, so that the spread is some 0.4 of it."""
    plan = planned(tmp_path, gone=0.0)
    shown = {b: power_of(replace(plan, baseline=b))[1] for b in ("all", "last")}
    assert shown["all"] is not None
    assert shown["last"] is not None
    assert shown["all"].detectable < 0.6 * shown["last"].detectable
    assert shown["all"].worked is not None
    assert shown["last"].worked is not None
    assert shown["all"].worked < 0.7 * shown["last"].worked


def test_a_slow_drift_counts_less_and_is_said(tmp_path: Path) -> None:
    """Units that part slowly all the time: the mean of all takes it for the measure, the last period would not."""
    done = evaluate(planned(tmp_path, gone=0.0, drift=0.0008, seed=3), tmp_path / "out")
    assert done.verdict == "better"
    assert done.rests_on_all_before
    assert "Evidence counts one less" in told(done)
    for lang in languages():
        assert not banned_words(told(done, lang), lang)
    clear = evaluate(planned(tmp_path / "clear", gone=0.1), tmp_path / "clear")
    assert not clear.rests_on_all_before
    assert clear.grade > done.grade


def test_size_where_months_remember() -> None:
    """No effect, memory 0.8: of 400 worlds 20 are expected beyond 5%; 36 or more have a probability under 0.1%."""
    random, first = np.random.default_rng(6), np.where(np.arange(16) < 6, 12, NEVER)
    labels, beyond = None, 0
    for _ in range(400):
        error = random.normal(size=(16, 44))
        for t in range(1, 44):
            error[:, t] += 0.8 * error[:, t - 1]
        made = scores(error[:, 20:], np.arange(24), first, baseline="all")
        labels = assignments(made, 199, 1)[0] if labels is None else labels
        beyond += p_value(made, labels) <= 0.05
    assert beyond <= 35
