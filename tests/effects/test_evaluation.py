"""An evaluation from its plan: what is said in worlds where the truth is known, and what must never happen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from arusha.cli import app
from arusha.effects import evaluate, pool, power_of, randomisation_test, read_plan, result_file, told
from arusha.effects.evaluation import Evaluation
from arusha.effects.panels import Baseline
from arusha.errors import ArushaError, PlanError
from arusha.inference import random_effects
from arusha.language import banned_words, languages

MONTHS = [f"{2024 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
Make = Callable[..., Path]


@pytest.fixture
def world(tmp_path: Path) -> Make:
    """A plan and its panel: offices by month, the measure from the 13th month on."""

    def made(
        *, treated: int = 6, controls: int = 6, effect: float = 0.0, moved: float = 0.0, seed: int = 1, **entries: Any
    ) -> Path:
        random = np.random.default_rng(seed)
        shared = 0.01 * random.normal(size=24)
        lines = ["office,month,closed,other,declarations,start"]
        for o in range(treated + controls):
            begins = MONTHS[12] if o < treated else ""
            for t, month in enumerate(MONTHS):
                on = bool(begins) and t >= 12
                n = 1_000
                p = 0.20 + 0.005 * (o % 5) + shared[t] + effect * on
                q = 0.10 + moved * on
                lines.append(f"O{o:02d},{month},{random.binomial(n, p)},{random.binomial(n, q)},{n},{begins}")
        (tmp_path / "panel.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        plan = {
            "measure": "Examining officers rotate every month",
            "theory": "Pairs that favour each other cannot last",
            "data": "panel.csv",
            "unit": "office",
            "period": "month",
            "outcome": {"column": "closed", "better": "lower"},
            "counter_outcomes": [{"column": "other", "better": "lower"}],
            "exposure": "declarations",
            "first_treated": "start",
            "smallest_effect": 0.03,
            **entries,
        }
        path = tmp_path / "plan.yaml"
        path.write_text(yaml.safe_dump({k: v for k, v in plan.items() if v is not None}), encoding="utf-8")
        return path

    return made


def run(path: Path, folder: str = "out") -> Evaluation:
    return evaluate(read_plan(path), path.parent / folder)


def test_a_reform_that_works_is_said_to_work(world: Make) -> None:
    found = run(world(effect=-0.06))
    assert found.verdict == "better"
    main = found.findings[0].estimate
    assert main.low < -0.06 < main.high
    assert found.design.method == "reassignment"
    assert found.grade >= 3
    assert "closed changed for the better" in told(found)
    assert not found.displaced


def test_a_reform_without_effect_is_said_to_have_none_and_may_be_published(world: Make) -> None:
    found = run(world(effect=0.0))
    assert found.verdict == "no-effect"
    assert "may be published" in told(found)


def test_a_reform_that_only_displaces_is_warned_of(world: Make) -> None:
    found = run(world(effect=-0.06, moved=0.06))
    assert [d.where for d in found.displaced] == ["other"]
    assert "Displacement: other" in told(found)
    assert found.grade < run(world(effect=-0.06), "again").grade


def test_verdicts_are_wrong_no_more_often_than_they_say(world: Make) -> None:
    """20 worlds without effect: at most 4 changes claimed (5% asked for; 4 or fewer with probability 99.7%)."""
    claimed = [run(world(seed=seed), f"out{seed}").verdict in ("better", "worse") for seed in range(20)]
    assert sum(claimed) <= 4


def test_with_too_few_offices_it_cannot_tell(world: Make) -> None:
    found = run(world(treated=2, controls=3, effect=-0.1))
    assert found.verdict == "cannot-tell"
    assert found.findings == ()
    assert found.grade == 0
    assert "Cannot tell" in told(found)


def test_an_interval_that_holds_both_cannot_tell(world: Make) -> None:
    found = run(world(effect=0.0, smallest_effect=0.0001))
    assert (found.verdict, found.why) == ("cannot-tell", "interval-too-wide")


def test_one_treated_office_is_compared_with_a_synthetic_one(world: Make) -> None:
    found = run(world(treated=1, controls=45, effect=-0.08))
    assert found.design.method == "synthetic"
    assert found.verdict == "better"


def test_everyone_treated_at_once_is_one_series(world: Make) -> None:
    path = world(treated=8, controls=0)
    assert run(path).verdict == "cannot-tell"  # twelve months before are too few


def test_power_is_told_before_results_and_grows_with_units(world: Make) -> None:
    small = power_of(read_plan(world()))[1]
    large = power_of(read_plan(world(treated=24, controls=24)))[1]
    assert small is not None
    assert large is not None
    assert 0 < large.detectable < small.detectable


@pytest.mark.parametrize("baseline", ["all", "last"])
def test_the_change_that_power_promises_is_shown_as_often(world: Make, baseline: Baseline) -> None:
    promised = power_of(read_plan(world(baseline=baseline)))[1]
    assert promised is not None
    shown = []
    for seed in range(60):
        panel = read_plan(world(effect=-promised.detectable, seed=100 + seed)).panel()
        one = randomisation_test(panel.outcome(), panel.time, panel.first, draws=1, baseline=baseline)
        shown.append(one.p <= 0.05)
    assert 0.6 <= np.mean(shown) <= 0.98  # 80% promised; the standard error of 60 worlds is 5 points


def test_a_changed_plan_after_seeing_results_without_a_visible_mark(world: Make) -> None:
    """Must never happen: a changed plan after seeing results without a visible mark."""
    first = run(world())
    assert not first.registered.amended
    again = run(world(smallest_effect=0.05))
    assert again.registered.amended
    assert "Amended" in told(again)
    assert result_file(again)["amended"] is True
    assert not run(world()).registered.amended


def test_registering_a_plan_looks_at_no_result(world: Make) -> None:
    path = world(effect=-0.06)
    out = path.parent / "out"
    done = CliRunner().invoke(app, ["effects", str(path), "--out", str(out), "--power"])
    assert done.exit_code == 0, done.output
    assert "you would see changes of closed larger than" in done.output
    assert [p.name for p in out.iterdir()] == ["register.jsonl"]
    entry = json.loads((out / "register.jsonl").read_text())
    assert (entry["event"], entry["hash"]) == ("plan", read_plan(path).hash)


@pytest.mark.parametrize("lang", languages())
def test_it_is_told_in_every_language_without_banned_words(lang: str, world: Make) -> None:
    path = world(effect=-0.06, moved=0.06)
    done = CliRunner().invoke(app, ["effects", str(path), "--out", str(path.parent / "out"), "--lang", lang])
    assert done.exit_code == 0, done.output
    assert not banned_words(done.output, lang)
    assert "closed" in done.output


def test_the_result_file_can_be_pooled_and_holds_no_unit(world: Make) -> None:
    paths = []
    for seed in range(3):
        done = result_file(run(world(effect=-0.05, seed=seed), f"admin{seed}"))
        assert "O01" not in json.dumps(done)
        path = world().parent / f"result{seed}.json"
        path.write_text(json.dumps(done), encoding="utf-8")
        paths.append(path)
    found = pool(paths)
    main = [json.loads(p.read_text())["outcomes"][0] for p in paths]
    want = random_effects([m["effect"] for m in main], [m["se"] ** 2 for m in main], knapp_hartung=True)
    assert found.effect == pytest.approx(float(want.coefficients[0]))
    assert found.low < -0.05 < found.high
    with pytest.raises(ArushaError, match="no summary"):
        pool(paths[:1])


def test_near_units_are_no_controls_and_are_looked_at(world: Make) -> None:
    path = world(treated=6, controls=12, effect=-0.06, near=["O06", "O07", "O08", "O09"])
    found = run(path)
    assert found.design.controls == 8
    assert "Name such units under near" not in told(found)
    lines = (path.parent / "panel.csv").read_text().splitlines()
    moved = []
    for line in lines:
        cells = line.split(",")
        if cells[0] in ("O06", "O07", "O08", "O09") and cells[1] >= MONTHS[12]:
            cells[2] = str(int(cells[2]) + 80)
        moved.append(",".join(cells))
    (path.parent / "panel.csv").write_text("\n".join(moved) + "\n")
    assert [d.where for d in run(path).displaced] == ["near"]


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"theory": None}, "missing: theory"),
        ({"theory": " "}, "theory is empty"),
        ({"outcomes": 3}, "unknown: outcomes"),
        ({"outcome": {"column": "closed", "better": "up"}}, "direction that would be good"),
        ({"smallest_effect": 0}, "smallest_effect is not above 0"),
        ({"smallest_effect": "2%"}, "smallest_effect is no number\nWhat to do: write a plain number with a point"),
        ({"smallest_effect": float("inf")}, "smallest_effect is not above 0"),
        ({"anticipation": 1.5}, "anticipation is no whole number"),
        ({"watch_periods": 1}, "watch_periods is no whole number from 2 on"),
        ({"scale": "percent"}, "scale is none of those there are\nWhat to do: write level, rate, log"),
        ({"unit": True}, "unit reads as yes or no"),
        ({"exclude": [["O03"]]}, "exclude holds something that is no text"),
        ({"first_treated": None}, "when the measure began"),
        ({"periods": ["2024-01"]}, "periods are the first and the last"),
    ],
)
def test_a_plan_that_cannot_be_used_says_why(entries: dict[str, Any], problem: str, world: Make) -> None:
    with pytest.raises(PlanError, match=problem) as told_:
        read_plan(world(**entries))
    assert told_.value.remedy


def test_one_name_or_sentence_by_itself_is_a_list_of_one(world: Make) -> None:
    plan = read_plan(world(also_happened="A new director", exclude="O03", near="O11"))
    assert (plan.also_happened, plan.exclude, plan.near) == (("A new director",), ("O03",), ("O11",))
    assert plan.hash == read_plan(world(also_happened=["A new director"], exclude=["O03"], near=["O11"])).hash


def test_a_plan_that_is_no_yaml_says_on_which_line(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("measure: Officers rotate\ntheory: Ties: they cannot last\n")
    with pytest.raises(PlanError, match=r"plan\.yaml, line 2: it is not usable YAML"):
        read_plan(tmp_path / "plan.yaml")


def test_a_broken_register_stops_the_evaluation(world: Make) -> None:
    path = world()
    out = path.parent / "out"
    out.mkdir()
    (out / "register.jsonl").write_text("{}\n")
    with pytest.raises(ArushaError, match="line 1 is not an entry"):
        evaluate(read_plan(path), out)
