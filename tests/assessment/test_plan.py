"""The plan: what is read, what is refused, and that its hash moves with every entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arusha.assessment.plan import Plan, propose, read
from arusha.errors import PlanError
from arusha.indicators.definition import Definition

LANES = ("green", "blue", "yellow", "red")
OPTIONS = {"assignment-steering": {"lanes": LANES}, "lane-rates": {}}


def definition(name: str) -> Definition:
    return Definition(
        id=name,
        title="A title",
        question="A question?",
        unit="declarations",
        needs={"declarations": ("declaration_id",)},
        null_hypothesis="nothing",
        statistic="a count",
        min_exposure=30,
        min_effect=5,
        conditions_on=(),
        explanations=(),
        gaming="",
        counter_indicator="",
        false_flags_per_thousand="",
        source="",
        options=OPTIONS.get(name),
    )


DEFINITIONS = {name: definition(name) for name in ("assignment-steering", "lane-rates", "of-others")}
PROPOSED = propose(date(2025, 1, 1), date(2025, 12, 31), DEFINITIONS)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_proposed_plan_covers_the_last_day_of_the_records() -> None:
    assert PROPOSED.period_end == date(2026, 1, 1)


def test_a_plan_written_and_read_again_has_the_same_hash(tmp_path: Path) -> None:
    plan = replace(PROPOSED, rate=0.01, floors={"lane-rates": {"exposure": 50.0}}, seed=3)
    assert read(written(tmp_path, plan.to_yaml()), PROPOSED, DEFINITIONS).hash == plan.hash


@pytest.mark.parametrize(
    "change",
    [
        {"questions": ("lane-rates",)},
        {"period_start": date(2025, 1, 2)},
        {"period_end": date(2025, 12, 31)},
        {"rate": 0.049},
        {"level": 0.9},
        {"seed": 2},
        {"floors": {"lane-rates": {"exposure": 31.0}}},
        {"options": {"lane-rates": {"peers": "office"}}},
    ],
)
def test_every_entry_of_the_plan_moves_its_hash(change: dict[str, object]) -> None:
    assert replace(PROPOSED, **change).hash != PROPOSED.hash  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("questions: [assignment-stering]", "did you mean assignment-steering"),
        ("questions: []", "not a list"),
        ("questions: [lane-rates, lane-rates]", "twice"),
        ("period: {start: 2025-06-01, end: 2025-01-01}", "ends (2025-01-01) before it starts"),
        ("period: {start: 1 June}", "is not a date"),
        ("rate: 1.5", "between 0 and 0.5"),
        ("rate: true", "between 0 and 0.5"),
        ("seed: many", "whole number"),
        ("floors: {lane-rates: {exposure: 10}}", "never lowered"),
        ("floors: {lane-rates: {exposures: 40}}", "did you mean exposure"),
        ("sed: 4", "did you mean seed"),
        ("version: 9", "reads version 1"),
        ("rate: [", "line 1"),
        ("- lane-rates", "not made of entries"),
        ("questions: [[lane-rates]]", "unknown question"),
        ("questions: [{a: b}]", "unknown question"),
        ("period: {start: 2025-02-30}", "cannot be"),
        ("period: {start: 2025-01-01 10:00:00}", "time of day"),
        ("rate: .nan", "between 0 and 0.5"),
        ("seed: 99999999999999999999", "no exact form"),
        ("floors: {lane-rates: {exposure: .inf}}", "exposure floor"),
        ("floors: {lane-rates: {exposure: .nan}}", "exposure floor"),
        ("options: {of-others: {peers: .nan}}", "no exact form"),
        ("options: {of-others: {peers: 2025-01-01}}", "no exact form"),
        ("options: {of-others: {1: office}}", "no exact form"),
        ("options: &a {lane-rates: *a}", "holds itself"),
        ("options: {lane-rates: {peers: office}}", "allowed: none"),
        ("options: {assignment-steering: {lane: [red]}}", "did you mean lanes"),
        ("options: {assignment-steering: {lanes: 5}}", "some of green, blue, yellow, red"),
        ("options: {assignment-steering: {lanes: []}}", "some of green, blue, yellow, red"),
        ('options: {assignment-steering: {lanes: ["red\') OR 1=1 --"]}}', "some of green, blue, yellow, red"),
        ("questions: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused_with_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PlanError) as refused:
        read(written(tmp_path, text), PROPOSED, DEFINITIONS)
    assert said in str(refused.value)
    assert "plan.yaml" in str(refused.value)
    assert refused.value.remedy


def test_a_missing_plan_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"nowhere\.yaml"):
        read(tmp_path / "nowhere.yaml", PROPOSED, DEFINITIONS)


def test_a_questions_seed_depends_on_the_question_and_the_plan_only() -> None:
    alone = replace(PROPOSED, questions=("lane-rates",))
    assert alone.settings("lane-rates").seed == PROPOSED.settings("lane-rates").seed
    assert PROPOSED.settings("lane-rates").seed != PROPOSED.settings("assignment-steering").seed
    assert replace(PROPOSED, seed=2).settings("lane-rates").seed != PROPOSED.settings("lane-rates").seed


@given(st.integers(1, 12), st.floats(0.001, 0.2))
def test_the_rate_over_all_questions_is_the_chance_of_any_false_alarm(count: int, rate: float) -> None:
    plan = Plan(tuple(str(i) for i in range(count)), date(2025, 1, 1), date(2026, 1, 1), rate=rate)
    clean = 1.0
    for _ in range(count):
        clean *= 1 - rate
    # Two ways of multiplying a dozen numbers below one differ only in their last bits.
    assert plan.assessment_rate() == pytest.approx(1 - clean, abs=1e-12)


def test_the_yaml_lists_everything_that_is_hashed() -> None:
    assert yaml.safe_load(PROPOSED.to_yaml()) == PROPOSED.as_dict()
