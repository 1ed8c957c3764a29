"""At a threshold: what is said in worlds where the truth is known, and what must never happen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from arusha.cli import app
from arusha.effects import (
    ThresholdPlan,
    evaluate_threshold,
    plan_in,
    threshold_power,
    threshold_result,
    told_threshold,
    told_threshold_power,
)
from arusha.effects.threshold_data import ThresholdError, distances, from_file, placebo_thresholds, roundness
from arusha.effects.threshold_evaluation import ThresholdEvaluation, _ratio
from arusha.errors import ArushaError, PlanError
from arusha.language import banned_words, languages
from arusha.records.workspace import Workspace

Make = Callable[..., Path]
ENTRIES = {
    "measure": "Simplified declaration up to 1,000",
    "theory": "Below it nobody looks inside",
    "data": "values.csv",
    "running": "value",
    "threshold": 1_000,
    "smallest_effect": 0.5,
}


@pytest.fixture
def world(tmp_path: Path) -> Make:
    """A plan and its declarations: log-normal values, of which a share moves from just beyond to just within."""

    def made(
        *, n: int = 8_000, moved: float = 0.0, seed: int = 1, heaps: float = 0.0, value: Any = None, **entries: Any
    ) -> Path:
        random = np.random.default_rng(seed)
        if value is None:
            value = np.exp(random.normal(np.log(900), 0.8, n))
            value = np.where(random.random(n) < heaps, np.maximum(np.round(value / 100), 1) * 100, value)
            goes = (value > 1_000) & (value < 1_150) & (random.random(n) < moved)
            value = np.where(goes, 1_000 - random.integers(0, 60, n), value)
        value = np.asarray(value, dtype=float)
        red = random.random(value.size) < np.where(value <= 1_000, 0.05, 0.2)
        trader = random.integers(0, 3_000, value.size)
        lines = ["value,trader,red", *(f"{v:.2f},T{t},{int(r)}" for v, t, r in zip(value, trader, red, strict=True))]
        (tmp_path / "values.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        given = {**ENTRIES, **entries}
        path = tmp_path / "plan.yaml"
        path.write_text(yaml.safe_dump({k: v for k, v in given.items() if v is not None}), encoding="utf-8")
        return path

    return made


def plan_of(path: Path) -> ThresholdPlan:
    found = plan_in(path)
    assert isinstance(found, ThresholdPlan)
    return found


def run(path: Path, folder: str = "out") -> ThresholdEvaluation:
    return evaluate_threshold(plan_of(path), path.parent / folder)


def test_values_that_pile_up_are_said_to_pile_up(world: Make) -> None:
    found = run(world(moved=0.35, outcomes=["red"], cluster="trader"))
    assert found.verdict == "piles-up"
    assert found.jump is not None
    assert found.jump.low > 0
    assert found.heap is not None
    assert found.heap.declarations > 2 * found.heap.se
    assert found.outcomes[0].high < 0  # fewer controls within: 5% against 20%
    assert found.outcomes[0].p_adjusted >= found.outcomes[0].p
    assert found.grade == 4
    said = told_threshold(found)
    assert "pile up at the threshold, on the side where it pays to be" in said
    assert "not who chose them" in said


def test_values_that_do_not_are_said_to_be_alike_and_may_be_published(world: Make) -> None:
    found = run(world(n=60_000))
    assert found.verdict == "alike"
    assert found.grade >= 3
    assert "No piling up" in told_threshold(found)


def test_an_interval_that_holds_both_cannot_tell(world: Make) -> None:
    found = run(world(n=3_000, smallest_effect=0.05))
    assert (found.verdict, found.why, found.grade) == ("cannot-tell", "interval-too-wide", 0)


def test_the_other_side_counts_where_it_pays_to_be_above(world: Make) -> None:
    """The same values, mirrored at the threshold: the same answer to the last digit."""
    path = world(moved=0.35)
    below = run(path)
    values = np.array([float(line.split(",")[0]) for line in (path.parent / "values.csv").read_text().split()[1:]])
    above = run(world(value=2_000 - values, pays="above"), "mirrored")
    assert below.jump is not None
    assert above.jump is not None
    assert above.verdict == "piles-up"
    assert above.jump.excess == pytest.approx(below.jump.excess, rel=1e-9)
    assert above.jump.p == pytest.approx(below.jump.p, rel=1e-9)
    beyond = run(world(moved=0.35, pays="above"), "beyond")
    assert beyond.verdict == "piles-up-beyond"


def test_the_threshold_itself_lies_where_the_rule_says() -> None:
    value = np.array([999.0, 1_000.0, 1_001.0])
    assert (distances(value, 1_000, "below", True) <= 0).tolist() == [True, True, False]
    assert (distances(value, 1_000, "below", False) <= 0).tolist() == [True, False, False]
    assert (distances(value, 1_000, "above", True) <= 0).tolist() == [False, True, True]
    assert (distances(value, 1_000, "above", False) <= 0).tolist() == [False, False, True]


def test_values_that_heap_anyway_are_no_evidence(world: Make) -> None:
    """Three of ten values are rounded to hundreds: the threshold is one of many heaps, and nothing moved."""
    assert run(world(n=20_000, heaps=0.3)).verdict == "cannot-tell"
    assert run(world(n=20_000, heaps=0.3, bin=20, round_numbers=[100]), "named").verdict == "cannot-tell"


def test_a_jump_where_no_rule_begins_takes_the_answer_back(world: Make) -> None:
    """The same piling up at 2,000, which the plan names as a placebo."""
    random = np.random.default_rng(5)
    value = np.exp(random.normal(np.log(1_400), 0.6, 20_000))
    for at in (1_000, 2_000):
        goes = (value > at) & (value < 1.15 * at) & (random.random(value.size) < 0.4)
        value = np.where(goes, at - at * 0.06 * random.random(value.size), value)
    assert run(world(value=value, placebos=[700])).verdict == "piles-up"
    found = run(world(value=value, placebos=[2_000]), "named")
    assert (found.verdict, found.why) == ("cannot-tell", "placebos-jump")
    assert "round_numbers" in told_threshold(found)


def test_what_lies_above_heaps_at_round_numbers_is(world: Make) -> None:
    found = run(world(n=20_000, heaps=0.1, moved=0.6, bin=20, round_numbers=[100]))
    assert found.verdict == "piles-up"


def test_power_comes_first_and_gives_no_result_away(world: Make) -> None:
    plan = plan_of(world(moved=0.35))
    cutoff, near, detectable, why = threshold_power(plan)
    assert (cutoff, why) == (1_000, "")
    assert detectable is not None
    assert 0.1 < detectable < 2
    said = told_threshold_power(plan, cutoff, near, detectable, why)
    assert "you would see" in said
    assert "pile" not in said.replace("piling", "")


def test_a_plan_changed_after_results_shows(world: Make) -> None:
    first = run(world(n=60_000))
    again = run(world(n=60_000, smallest_effect=0.6))
    assert not first.registered.amended
    assert again.registered.amended
    assert again.grade == first.grade - 1


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (np.linspace(1, 900, 500), "outside"),
        (np.concatenate([np.linspace(1, 999, 500), np.linspace(1_001, 1_100, 40)]), "one-side"),
        (np.repeat(np.arange(910.0, 1_090, 20), 200), "heaps"),
        (np.concatenate([np.linspace(1, 999, 5_000), np.repeat([1_500.0, 1_600.0], 100)]), "heaps"),
    ],
)
def test_what_cannot_be_told_is_said_with_its_reason(world: Make, value: np.ndarray, why: str) -> None:
    found = run(world(value=value))
    assert (found.verdict, found.why, found.grade) == ("cannot-tell", why, 0)
    assert "Cannot tell" in told_threshold(found)


@pytest.mark.parametrize("gap", [0.0, 30.0, 60.0, 100.0, 150.0, 200.0, 300.0])
def test_a_density_of_nearly_nothing_beyond_is_no_trouble(world: Make, gap: float) -> None:
    """The fitted density may be anything near 0, its interval endless: told, or not told, and written as JSON."""
    random = np.random.default_rng(int(gap))
    value = np.concatenate([1_000 * random.random(1_500) ** 0.5, 1_000 + gap + 400 * random.random(300)])
    found = run(world(value=value))
    assert found.verdict in ("piles-up", "cannot-tell")
    json.loads(json.dumps(threshold_result(found), allow_nan=False))
    assert told_threshold(found)


def test_the_result_names_nobody_and_holds_no_declaration(world: Make) -> None:
    found = run(world(moved=0.35, outcomes=["red"], cluster="trader"))
    text = json.dumps(threshold_result(found))
    # Whole strings are compared: the hour of the plan ("T17:27") is nobody's number.
    traders = {f"T{number}" for number in range(3_000)}
    assert traders.isdisjoint(re.findall(r'"([^"]*)"', text))
    assert len(text) < 5_000
    assert json.loads(text)["format"] == "arusha-threshold/1"


@pytest.mark.parametrize("lang", languages())
def test_it_is_told_in_every_language(world: Make, lang: str) -> None:
    for entries in ({"moved": 0.35, "outcomes": ["red"]}, {"value": np.linspace(1, 900, 500)}):
        found = run(world(**entries), lang + str(len(entries)))
        said = told_threshold(found, lang)
        assert "effects-" not in said
        assert not banned_words(said, lang)


def test_empty_values_are_left_out_and_said(world: Make) -> None:
    path = world()
    with (path.parent / "values.csv").open("a") as file:
        file.write(",T1,0\n,T2,1\n")
    found = run(path)
    assert found.left_out == 2
    assert "left out: 2" in told_threshold(found)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"threshold": "a thousand"}, "threshold is no number"),
        ({"running": None}, "data and running"),
        ({"workspace": "x.arusha"}, "where the values are"),
        ({"smallest_effect": 0}, "above 0"),
        ({"pays": "left"}, "pays is"),
        ({"round_numbers": [100]}, "bins must end"),
        ({"round_numbers": [100], "bin": 30}, "bins must end"),
        ({"round_numbers": [1, 2, 3], "bin": 1}, "round_numbers up to two"),
        ({"theory": " "}, "theory is empty"),
        ({"colour": "red"}, "unknown: colour"),
        ({"outcomes": {"red": 1}}, "outcomes is a list"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused(world: Make, entries: dict[str, Any], said: str) -> None:
    with pytest.raises(PlanError, match=said):
        plan_in(world(n=50, **entries))


def test_columns_that_are_not_there_are_named(world: Make) -> None:
    with pytest.raises(ThresholdError, match="no column 'duty'"):
        run(world(n=50, outcomes=["duty"]))
    path = world(n=50)
    (path.parent / "values.csv").write_text("value\n12\ntwelve\n")
    with pytest.raises(ThresholdError, match="line 3, column value: value holds 'twelve', which is not a number"):
        run(path)


def test_placebos_are_as_round_as_the_threshold() -> None:
    assert [roundness(v) for v in (1_000, 250_000, 150, 800, 0.25)] == [1_000, 50_000, 50, 200, 0.05]
    value = np.exp(np.random.default_rng(1).normal(np.log(900), 0.8, 5_000))
    found = placebo_thresholds(value, 1_000, 50)
    assert len(found) == 4
    assert all(v % 100 == 0 for v in found)
    assert 1_000 not in found


def test_values_come_from_a_workspace_under_the_administrations_own_threshold(
    examplia: Workspace, tmp_path: Path
) -> None:
    """The demo states two; nobody there moves values to them."""
    given = {k: v for k, v in ENTRIES.items() if k not in ("data", "running")}
    path = tmp_path / "plan.yaml"
    for name in ("simplified declaration", "second officer"):
        given |= {"workspace": str(examplia.path), "threshold": name, "outcomes": ["control"]}
        path.write_text(yaml.safe_dump(given), encoding="utf-8")
        found = run(path, name)
        assert found.cutoff == {"simplified declaration": 1_000, "second officer": 250_000}[name]
        assert found.near is not None
        assert found.verdict != "piles-up"
    path.write_text(yaml.safe_dump(given | {"threshold": "third"}), encoding="utf-8")
    with pytest.raises(ThresholdError, match="no threshold 'third'"):
        run(path)
    path.write_text(yaml.safe_dump(given | {"outcomes": ["bribes"]}), encoding="utf-8")
    with pytest.raises(ThresholdError, match="no outcome bribes"):
        run(path)


def test_the_command_line_says_power_first_and_then_the_result(world: Make, tmp_path: Path) -> None:
    path = world(moved=0.35)
    out = tmp_path / "out"
    first = CliRunner().invoke(app, ["effects", str(path), "--out", str(out), "--power"])
    assert first.exit_code == 0, first.output
    assert "registered at" in first.output
    second = CliRunner().invoke(app, ["effects", str(path), "--out", str(out)])
    assert second.exit_code == 0, second.output
    content = json.loads((out / "result.json").read_text())
    assert content["verdict"] == "piles-up"
    assert content["registered_at"] in first.output
    neither = CliRunner().invoke(app, ["effects", str(path)])
    assert neither.exit_code == 2


def test_the_mass_of_a_declaration_is_that_of_its_items() -> None:
    """A limit in kilograms; a declaration with an item of unknown mass is left out."""
    import pyarrow as pa

    from arusha.effects.threshold_records import declared_query, rule_named
    from arusha.engine import session_from_tables

    day = np.array(["2025-03-01"] * 3, dtype="datetime64[D]")
    tables = {
        "thresholds": pa.table(
            {
                "name": ["light"],
                "office": pa.array(["O1"]),
                "procedure": pa.nulls(1, pa.string()),
                "quantity": ["mass"],
                "limit": [30.0],
                "from_date": day[:1],
                "to_date": pa.nulls(1, pa.date32()),
            }
        ),
        "declarations": pa.table(
            {
                "declaration_id": ["a", "b", "c"],
                "office": ["O1", "O1", "O2"],
                "procedure": ["IM4"] * 3,
                "registered_on": day,
                "declarant_id": ["d1", "d2", "d3"],
                "lane_assigned": ["red", "green", "red"],
                "lane_final": ["green", "green", "red"],
                "declared_value": [1.0, 2.0, 3.0],
                "declared_tax": [0.1, 0.2, 0.3],
            }
        ),
        "items": pa.table(
            {"declaration_id": ["a", "a", "b", "b", "c"], "net_mass_kg": pa.array([10.0, 5.0, 7.0, None, 9.0])}
        ),
    }
    with session_from_tables(tables) as session:
        rule = rule_named(session, "light")
        rows = session.run(declared_query(rule)).to_pylist()
    assert rows == [{"declarant": "d1", "counted": 15.0, "physical_control": 1, "control": 1, "rerouted": 1}]


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(ENTRIES), encoding="utf-8")
    with pytest.raises(ArushaError, match="no such file"):
        run(path)


def test_the_interval_of_a_ratio_holds_1_where_the_difference_is_not_told_from_0() -> None:
    """Fieller's interval by its definition: the ratios r at which one - r other is within its own error of 0."""
    random = np.random.default_rng(4)
    grid = np.concatenate([np.linspace(0, 50, 200_001), [1e6]])
    for _ in range(200):
        one, other = random.uniform(0.05, 2, 2)
        v, w = random.uniform(0.001, 0.3, 2)
        covariance = random.uniform(-0.5, 0.5) * np.sqrt(v * w)
        low, high = _ratio(one, other, v, w, covariance)
        spread = v - 2 * grid * covariance + grid**2 * w
        inside = grid[np.abs(one - grid * other) <= 1.959964 * np.sqrt(spread)]
        assert inside.min() == pytest.approx(low, abs=3e-4)
        assert (inside.max() == 1e6) == (high == np.inf)
        if high < 50:
            assert inside.max() == pytest.approx(high, abs=3e-4)


def test_a_gap_beyond_the_threshold_is_told(world: Make) -> None:
    """Nobody declares the next hundred: no density can be fitted there, and counting is enough."""
    random = np.random.default_rng(8)
    value = np.exp(random.normal(np.log(900), 0.8, 10_000))
    goes = (value > 1_000) & (value < 1_100)
    value = np.where(goes, 1_000 - 60 * random.random(value.size), value)
    found = run(world(value=value))
    assert found.verdict == "piles-up"
    assert found.gap is not None
    assert found.gap.beyond == 0
    assert "Next to nothing lies just beyond" in told_threshold(found)
    alike = run(world(n=10_000, smallest_effect=0.9), "alike")
    assert alike.gap is None


def test_declarations_of_nobody_are_left_out_and_not_those_of_one_trader(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("value,trader\n1,A\n2,\n3,B\n,C\n5, \n", encoding="utf-8")
    found = from_file(tmp_path / "v.csv", "value", [], "trader")
    assert found.value.tolist() == [1.0, 3.0]
    assert found.cluster is not None
    assert found.cluster.tolist() == ["A", "B"]
    assert found.left_out == 3
    (tmp_path / "w.csv").write_text("value,value,trader\n1,1,A\n", encoding="utf-8")
    with pytest.raises(ThresholdError, match="the column value is there twice"):
        from_file(tmp_path / "w.csv", "value", [], "trader")


@pytest.mark.parametrize("far", [1e7, 1e15, -1e15])
def test_one_value_far_away_does_not_hide_what_lies_at_the_threshold(world: Make, far: float, tmp_path: Path) -> None:
    """A bandwidth from the spread of all values would be that one's: the answer was that no density can be fitted."""
    plan = world(moved=0.35)
    usual = evaluate_threshold(plan_in(plan), tmp_path / "usual")
    with (tmp_path / "values.csv").open("a") as file:
        file.write(f"{far:.2f},T1,0\n")
    found = evaluate_threshold(plan_in(plan), tmp_path / "far")
    assert found.verdict == usual.verdict == "piles-up"
    assert found.jump is not None
    assert usual.jump is not None
    assert found.near is not None
    assert usual.near is not None
    assert found.jump == usual.jump
    assert found.near.within + found.near.beyond == usual.near.within + usual.near.beyond + 1


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"outcomes": ["red", "red"]}, "red cannot be an outcome here, or is named twice"),
        ({"outcomes": ["value"]}, "value cannot be an outcome here"),
        ({"placebos": [1_000]}, "the placebo 1000 is the threshold itself"),
        ({"placebos": [700, 700]}, "the placebo 700 is the threshold itself, or is named twice"),
    ],
)
def test_names_that_would_count_twice_are_refused_before_anything_is_registered(
    world: Make, entries: dict[str, Any], said: str, tmp_path: Path
) -> None:
    plan = plan_in(world(**entries))
    with pytest.raises(ArushaError, match=said) as told:
        evaluate_threshold(plan, tmp_path / "out")
    assert told.value.remedy
    assert not (tmp_path / "out").exists()
