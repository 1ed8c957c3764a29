"""Reforms with a known effect: the same for the same seed, consistent in themselves, and true to their key."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from arusha.demo.reform_files import panel_text, plan, write_reform
from arusha.demo.reforms import BEGINS, COLUMNS, ELSEWHERE, KINDS, MAIN, Reform, reform, reforms
from arusha.demo.writing import write_demo
from arusha.effects import read_plan
from arusha.errors import ArushaError


def truth(made: Reform) -> dict[str, float]:
    return {t.column: t.effect for t in made.truth}


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert panel_text(reform(3, "works")) == panel_text(reform(3, "works"))
    assert panel_text(reform(3, "works")) != panel_text(reform(4, "works"))


def test_each_seed_has_one_of_each_kind_and_a_name_tells_nothing() -> None:
    dealt = [tuple(r.kind for r in reforms(seed)) for seed in range(12)]
    assert all(sorted(kinds) == sorted(KINDS) for kinds in dealt)
    assert {kinds[0] for kinds in dealt} == set(KINDS), "the first measure works in some worlds and not in others"


def test_a_reform_that_does_nothing_has_no_true_effect() -> None:
    assert set(truth(reform(5, "nothing")).values()) == {0.0}


def test_a_reform_that_works_changes_one_thing() -> None:
    found = truth(reform(5, "works"))
    assert found[MAIN] < -0.01
    assert all(effect == 0 for column, effect in found.items() if column != MAIN)


@pytest.mark.parametrize("to", ELSEWHERE)
def test_a_reform_that_displaces_takes_nothing_away(to: str) -> None:
    made = reform(5, "displaces", elsewhere=to)  # type: ignore[arg-type]
    found = truth(made)
    assert found[MAIN] < -0.01
    if to == "office":
        assert found["near"] > 0.01
        assert all(abs(found[c]) < 1e-12 for c in COLUMNS if c != MAIN), "rates of the same controls, elsewhere"
    else:
        (where,) = [c for c, (_, place) in COLUMNS.items() if place == to]
        assert found[where] == pytest.approx(-found[MAIN]), "what leaves one column is in the other"


def test_the_true_effect_is_that_of_many_draws() -> None:
    """Observed differences of two worlds with the same ties average to the truth.

    Both worlds share all expected rates but for the reform. 120 worlds of 12 treated posts over some 16 months: the
    standard error of the mean difference is below 0.0015 (measured spread of one world 0.007), so that 0.005 is three.
    """
    gaps = []
    for seed in range(120):
        with_it, without = reform(seed, "works"), reform(seed, "nothing")
        on = np.array([[s is not None and m >= s for m in with_it.months] for s in with_it.starts])
        rate = [r.counts[MAIN] / r.controls for r in (with_it, without)]
        gaps.append(float((rate[0] - rate[1])[on].mean()) - truth(with_it)[MAIN])
    assert abs(np.mean(gaps)) < 0.005


def test_counts_fit_into_their_controls_and_before_the_start_nothing_differs() -> None:
    made = reform(8, "displaces", elsewhere="office")
    assert all(np.all((n >= 0) & (n <= made.controls)) for n in made.counts.values())
    assert made.controls.min() >= 1
    treated = [s for s in made.starts if s is not None]
    assert (len(treated), min(treated)) == (12, made.months[BEGINS])
    assert not {p for p, s in zip(made.posts, made.starts, strict=True) if s} & set(made.near)


def test_the_file_is_the_panel_of_its_plan(tmp_path: Path) -> None:
    made = reform(2, "works", measure="second-signature")
    read = read_plan(write_reform(made, tmp_path))
    panel = read.panel()
    assert panel.units == tuple(sorted(made.posts))
    order = np.argsort(np.array(made.posts))
    assert np.array_equal(panel.count, made.counts[MAIN][order])
    assert panel.exposure is not None
    assert np.array_equal(panel.exposure, made.controls[order])
    assert int(panel.treated.sum()) == 12
    rows = list(csv.DictReader((tmp_path / "panel.csv").read_text().splitlines()))
    expected = sum(float(r["expected_closed_without_act"]) for r in rows if r["month"] < "2024-01")
    assert expected == pytest.approx(made.counts[MAIN][:, :12].sum(), rel=1e-4), "fixed to the first year's rate"
    assert read.near == made.near
    assert "near" not in plan(made, near=False)


def test_a_demo_holds_reforms_only_where_asked(tmp_path: Path) -> None:
    write_demo(tmp_path / "plain", 600, 9)
    write_demo(tmp_path / "more", 600, 9, reforms=True)
    plain, more = (json.loads((tmp_path / d / "answer_key.json").read_text()) for d in ("plain", "more"))
    assert {k: v for k, v in more.items() if k != "reforms"} == plain
    assert sorted(r["does"] for r in more["reforms"]) == sorted(KINDS)
    for r in more["reforms"]:
        assert r["posts"]
        assert r["true_effects"].keys() == {*COLUMNS, "near"}
        assert read_plan(tmp_path / "more" / "reforms" / r["measure"] / "plan.yaml").near == tuple(r["near"])
    same = [p.relative_to(tmp_path / "plain") for p in (tmp_path / "plain" / "canonical").iterdir()]
    assert all((tmp_path / "plain" / p).read_bytes() == (tmp_path / "more" / p).read_bytes() for p in same)


def test_what_there_is_not_is_refused() -> None:
    for wrong in ({"kind": "helps"}, {"kind": "works", "elsewhere": "moon"}, {"kind": "works", "force": (0.9, 0.1)}):
        with pytest.raises(ArushaError, match="no such reform"):
            reform(1, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ArushaError, match="no such reform"):
        reform(-1, "works")
