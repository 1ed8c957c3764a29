"""The rules of heaps, gaps and placebos at a threshold: what a gap alone and named round numbers may show, and not."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest

from arusha.effects import evaluate_threshold, threshold_power, told_threshold, told_threshold_power
from arusha.effects.threshold_evaluation import EMPTY, Gap, ThresholdEvaluation, _counted
from arusha.effects.threshold_plan import ThresholdPlan, threshold_plan_from
from arusha.language import banned_words, languages

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "threshold_verdicts.md"


def planned(folder: Path, value: np.ndarray, **entries: object) -> ThresholdPlan:
    """A plan for declared values around 1,000."""
    with (folder / "values.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["value"])
        rows.writerows([f"{v:.2f}"] for v in value)
    given = {"measure": "A limit", "theory": "It pays", "data": "values.csv", "running": "value", "threshold": 1_000}
    return threshold_plan_from({**given, "smallest_effect": 0.5, **entries}, "plan", folder)


def declared(*, hole: float = 0.0, moved: bool = False, heaped: float = 0.0, seed: int = 1) -> np.ndarray:
    """8,000 values; those up to ``hole`` beyond 1,000 are absent, or were moved to just below it."""
    random = np.random.default_rng(seed)
    value = np.exp(random.normal(np.log(900), 0.8, 8_000))
    value = np.where(random.random(8_000) < heaped, np.maximum(np.round(value / 100), 1) * 100, value)
    goes = (value > 1_000) & (value < 1_000 + hole)
    return np.where(goes, 1_000 - random.integers(0, 60, 8_000), value) if moved else value[~goes]


def said(folder: Path, value: np.ndarray, **entries: object) -> ThresholdEvaluation:
    return evaluate_threshold(planned(folder, value, **entries), folder / "out")


def test_a_gap_with_more_values_within_piles_up_however_wide_it_is(tmp_path: Path) -> None:
    """The strongest notch leaves too little beyond for a density: it is counted, and not called too few."""
    for k, hole in enumerate((100.0, 150.0)):
        place = tmp_path / str(k)
        place.mkdir()
        found = said(place, declared(hole=hole, moved=True))
        assert (found.verdict, found.why) == ("piles-up", "")
        assert found.gap is not None
        assert found.heap is not None
        assert found.heap.declarations > 1.96 * found.heap.se


def test_must_never_happen_that_values_which_are_only_absent_are_said_to_pile_up(tmp_path: Path) -> None:
    """A tariff or a minimum price may leave a gap of its own: nothing shows that anything was declared elsewhere."""
    found = said(tmp_path, declared(hole=150.0))
    assert (found.verdict, found.why, found.grade) == ("cannot-tell", "gap-alone", 0)
    assert "does not show that they were declared on the other side" in told_threshold(found)


def test_must_never_happen_that_heaps_which_the_plan_names_are_said_to_pile_up(tmp_path: Path) -> None:
    """Half of all values are hundreds everywhere: only what lies above such heaps tells."""
    answers = set()
    for seed in range(6):
        place = tmp_path / str(seed)
        place.mkdir()
        found = said(place, declared(heaped=0.5, seed=seed), round_numbers=[100], bin=20)
        answers.add(found.verdict)
        if found.verdict == "piles-up":
            assert found.heap is not None
            assert found.heap.declarations > 1.96 * found.heap.se
    assert "cannot-tell" in answers or "alike" in answers


def test_heaps_that_nobody_named_are_no_surplus(tmp_path: Path) -> None:
    """The density test takes heaps for a jump in four of five such worlds; there is no more within than around."""
    for seed in range(6):
        place = tmp_path / str(seed)
        place.mkdir()
        found = said(place, declared(heaped=0.5, seed=seed))
        assert found.verdict != "piles-up"
        assert found.why != "no-surplus" or (found.p_adjusted is not None and found.p_adjusted <= 0.05)


def test_power_says_that_values_will_be_counted_and_nothing_more(tmp_path: Path) -> None:
    plan = planned(tmp_path, declared(hole=150.0, moved=True))
    cutoff, near, detectable, why = threshold_power(plan)
    assert (detectable, why) == (None, EMPTY)
    told = told_threshold_power(plan, cutoff, near, detectable, why)
    assert "values are counted" in told
    assert "pile up" not in told


@pytest.mark.parametrize("lang", languages())
def test_what_a_gap_shows_is_told_in_every_language(tmp_path: Path, lang: str) -> None:
    for name, moved in (("a", True), ("b", False)):
        (tmp_path / name).mkdir()
        told = told_threshold(said(tmp_path / name, declared(hole=150.0, moved=moved)), lang)
        assert "nan" not in told
        assert "inf" not in told.split()
        assert not banned_words(told, lang)


def test_the_interval_of_a_count_is_that_of_a_share() -> None:
    """Clopper and Pearson by hand: 39 of 40, 95%: 0.8684 to 0.9994 (beta quantiles)."""
    from scipy.stats import beta

    found = _counted(Gap(10.0, 39, 1, 0.01))
    low, high = beta.ppf(0.025, 39, 2), beta.ppf(0.975, 40, 1)
    assert found.excess == pytest.approx(38.0)
    assert found.low == pytest.approx(low / (1 - low) - 1, rel=1e-6)  # the limit is found by bisection
    assert found.high == pytest.approx(high / (1 - high) - 1, rel=1e-4)
    assert np.isinf(_counted(Gap(10.0, 40, 0, 0.01)).high)


def test_the_committed_table_says_how_to_repeat_it_and_what_was_missed() -> None:
    text = RESULTS.read_text("utf-8")
    assert "python benchmarks/threshold_verdicts.py" in text
    worlds = int(re.search(r"(\d+) worlds a row", text).group(1))  # type: ignore[union-attr]
    assert worlds >= 100
    assert json.dumps("a notch: 100% move")[1:-1] in text
