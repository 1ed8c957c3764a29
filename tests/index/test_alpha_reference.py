"""Every number of psych 2.2.9's alpha (R 4.2.2) on 30 departments' answers: plain, with an item turned, with gaps."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from arusha.errors import ArushaError
from arusha.index.reliability import alpha

REFERENCE = json.loads((Path(__file__).parent / "alpha_reference.json").read_text("utf-8"))
CLOSED = 1e-12
TOTAL = {
    "raw": "raw_alpha",
    "standardised": "std.alpha",
    "lambda6": "G6(smc)",
    "average_r": "average_r",
    "signal_to_noise": "S/N",
    "se": "ase",
    "mean": "mean",
    "sd": "sd",
    "median_r": "median_r",
}
DROPPED = {
    "raw": "raw_alpha",
    "standardised": "std.alpha",
    "lambda6": "G6(smc)",
    "average_r": "average_r",
    "signal_to_noise": "S/N",
    "se": "alpha se",
    "variance_r": "var.r",
    "median_r": "med.r",
}
ITEM = {"item_whole_raw": "raw.r", "item_whole_standardised": "std.r", "item_whole": "r.cor", "item_rest": "r.drop"}


@pytest.fixture
def answers(data: Callable[[str], Path]) -> np.ndarray:
    names = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
    with data("psychometrics_networks/attitude.csv").open(encoding="utf-8", newline="") as file:
        return np.array([[float(r[n]) for n in names] for r in csv.DictReader(file)])


@pytest.mark.parametrize("case", ["plain", "keys", "missing"])
def test_alpha_beside_psych(answers: np.ndarray, case: str) -> None:
    theirs = REFERENCE[case]
    if case == "missing":
        answers[[0, 4, 8, 19], [1, 2, 6, 0]] = np.nan
    if case == "keys":
        answers[:, 5] = 150 - answers[:, 5]
    found = alpha(answers, keys=[1, 1, 1, 1, 1, -1, 1] if case == "keys" else None)
    for ours, name in TOTAL.items():
        assert getattr(found, ours) == pytest.approx(theirs["total"][name], rel=CLOSED), ours
    for ours, name in DROPPED.items():
        np.testing.assert_allclose(getattr(found.dropped, ours), theirs["drop"][name], rtol=CLOSED)
    for ours, name in ITEM.items():
        np.testing.assert_allclose(getattr(found, ours), theirs["stats"][name], rtol=CLOSED)
    assert (found.low, found.high) == pytest.approx((theirs["feldt"][0], theirs["feldt"][2]), rel=CLOSED)


def test_items_that_are_turned_are_found(answers: np.ndarray) -> None:
    turned = answers.copy()
    turned[:, 5] = 150 - turned[:, 5]
    found = alpha(turned, keys="first component")
    assert found.keys.tolist() == [1, 1, 1, 1, 1, -1, 1]
    assert found.raw == pytest.approx(alpha(answers).raw, rel=CLOSED)
    assert alpha(turned).raw < found.raw
    with pytest.raises(ArushaError, match="1 or -1"):
        alpha(answers, keys=[1, 2, 1, 1, 1, 1, 1])


def test_lambda_2(answers: np.ndarray) -> None:
    assert alpha(answers).lambda2 == pytest.approx(REFERENCE["lambda2"], rel=CLOSED)


def test_the_interval_covers_and_the_error_is_that_of_many_samples() -> None:
    """400 samples of 60 people: 95% intervals cover at least 92% (an error is 1.1%); errors right within a tenth."""
    random = np.random.default_rng(3)
    truth = 5 / 4 * (1 - 5 * 2.0 / (25 + 5))  # five items with variance 2 and covariance 1
    raw, se, hits = [], [], 0
    for _ in range(400):
        found = alpha(random.normal(size=(60, 1)) + random.normal(size=(60, 5)))
        raw.append(found.raw)
        se.append(found.se)
        hits += found.low <= truth <= found.high
    assert hits / 400 >= 0.92
    assert np.mean(se) == pytest.approx(np.std(raw), rel=0.1)
