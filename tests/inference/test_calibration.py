"""Calibration against running through every outcome, by simulation, and on cases by hand."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference.calibration import FEWEST, calibration

chances = st.lists(st.floats(0.02, 0.98), min_size=1, max_size=9)


@settings(deadline=None)
@given(chances, st.randoms())
def test_p_is_the_chance_of_a_count_no_likelier(told: list[float], random) -> None:
    happened = [random.random() < 0.5 for _ in told]
    law = [0.0] * (len(told) + 1)
    for outcome in product((False, True), repeat=len(told)):
        law[sum(outcome)] += prod(p if o else 1 - p for p, o in zip(told, outcome, strict=True))
    seen = law[sum(happened)]
    expected = sum(x for x in law if x <= seen * (1 + 1e-7))
    found = calibration(told, happened)
    assert found.p == pytest.approx(min(1.0, expected), rel=1e-6)
    assert found.expected == pytest.approx(sum(told))
    assert found.happened == sum(happened)


def test_equal_chances_are_a_binomial_test_in_one_bin() -> None:
    found = calibration([0.3] * 40, [k < 20 for k in range(40)])
    assert found.p == pytest.approx(stats.binomtest(20, 40, 0.3).pvalue, rel=1e-9)
    exact = stats.binomtest(20, 40).proportion_ci(method="exact")
    assert (found.n.tolist(), found.share.tolist()) == ([40], [0.5])
    assert found.low[0] == pytest.approx(exact.low)
    assert found.high[0] == pytest.approx(exact.high)


def test_right_chances_are_refused_in_one_of_twenty_and_wrong_ones_are_seen() -> None:
    rng = np.random.default_rng(8)
    worlds, refused, seen = 1_000, 0, 0
    for _ in range(worlds):
        told = rng.uniform(0.1, 0.9, 60)
        refused += calibration(told, rng.random(60) < told).p <= 0.05
        seen += calibration(told, rng.random(60) < told * 0.6).p <= 0.05
    # Exact: at most 5%, and 3.3 standard errors of 1,000 worlds on top.
    assert refused / worlds <= 0.05 + 3.3 * (0.05 * 0.95 / worlds) ** 0.5
    assert seen / worlds > 0.7


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.2, 0.5, 0.55, 0.9]), min_size=1, max_size=120), st.integers(1, 6))
def test_bins_are_in_order_hold_everything_and_ten_each(told: list[float], bins: int) -> None:
    found = calibration(told, [True] * len(told), bins=bins)
    assert found.n.sum() == len(told)
    assert found.n.size <= bins
    assert found.n.size == 1 or found.n.min() >= FEWEST
    assert np.all(np.diff(found.told) > 0)
    assert np.all((found.low <= found.share) & (found.share <= found.high))


@pytest.mark.parametrize(
    ("told", "happened"), [([], []), ([0.5], [True, False]), ([1.5], [True]), ([float("nan")], [True])]
)
def test_what_is_no_chance_is_refused(told: list[float], happened: list[bool]) -> None:
    with pytest.raises(ValueError):
        calibration(told, happened)
