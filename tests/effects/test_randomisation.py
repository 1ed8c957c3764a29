"""Randomisation inference: brute force, exactness, and what a design can show at best."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from arusha.effects import NEVER, aggregate, group_time, randomisation_test
from arusha.effects.assignments import Scores, ShiftedEffects, assignments, count, effects, scores
from arusha.effects.staggered import DesignError


def test_the_effect_is_that_of_group_time() -> None:
    random = np.random.default_rng(1)
    first = random.permutation(np.repeat([3, 5, NEVER], [4, 3, 8]))
    y = random.normal(size=(15, 8))
    found = randomisation_test(y, np.arange(8), first, draws=99)
    assert found.effect == pytest.approx(aggregate(group_time(y, np.arange(8), first)).overall, abs=1e-12)


def test_every_assignment_is_looked_at_once() -> None:
    random = np.random.default_rng(2)
    first = np.array([3, 3, 4, NEVER, NEVER, NEVER, NEVER])
    made = scores(random.normal(size=(7, 6)), np.arange(6), first)
    labels, exact = assignments(made, 10, 1)
    assert exact
    assert labels.shape[0] == count(made) == 7 * 6 * 5 // 2 == len({tuple(row) for row in labels.tolist()})
    assert {tuple(row) for row in labels.tolist()} == set(permutations(made.label.tolist()))
    assert labels[0].tolist() == made.label.tolist()


def test_p_is_the_share_of_assignments_at_least_as_extreme() -> None:
    random = np.random.default_rng(3)
    y = random.normal(size=(9, 5))
    y[:3, 3:] += 1.0
    first = np.repeat([3, NEVER], [3, 6])
    change = y[:, 3:].mean(axis=1) - y[:, 2]

    def t(treated: tuple[int, ...]) -> float:
        a, b = change[list(treated)], np.delete(change, treated)
        return abs(a.mean() - b.mean()) / np.sqrt(a.var(ddof=1) / 3 + b.var(ddof=1) / 6)

    every = np.array([t(c) for c in combinations(range(9), 3)])
    found = randomisation_test(y, np.arange(5), first)
    assert found.p == pytest.approx(np.mean(every >= t((0, 1, 2)) - 1e-12))
    assert found.assignments == every.size
    assert found.smallest_p == pytest.approx(1 / 84)


def test_the_variance_of_a_staggered_effect_is_that_of_its_influence_function() -> None:
    random = np.random.default_rng(4)
    first = random.permutation(np.repeat([3, 5, NEVER], [20, 15, 40]))
    made = scores(random.normal(size=(75, 8)), np.arange(8), first)
    _, variance = effects(made, made.label[None, :])
    influence = np.zeros(75)
    for g, (weight, size) in enumerate(zip(made.weight, made.size, strict=True)):
        inside = made.label == g
        v = made.value[:, g]
        influence[inside] = weight * (v[inside] - v[inside].mean()) / size * np.sqrt(size / (size - 1))
        influence[made.label == -1] -= weight * (v - v[made.label == -1].mean())[made.label == -1] / 40
    influence[made.label == -1] *= np.sqrt(40 / 39)
    assert_allclose(variance, np.sum(influence**2))


def test_the_interval_holds_what_the_test_does_not_reject() -> None:
    random = np.random.default_rng(5)
    y = np.cumsum(random.normal(size=(12, 8)), axis=1)
    first = np.repeat([4, NEVER], [5, 7])
    y[:5, 4:] += 3.0
    found = randomisation_test(y, np.arange(8), first)
    for at, inside in ((found.low, False), (found.high, False), (found.low + 0.01, True), (found.high - 0.01, True)):
        shifted = y - at * (np.arange(8) >= 4) * (np.arange(12) < 5)[:, None]
        assert (randomisation_test(shifted, np.arange(8), first).p > 0.05) == inside


def test_size_is_what_is_asked_for_with_eight_offices() -> None:
    """Exact whatever the series are like, here with strong memory: 1,000 worlds, standard error 0.7%."""
    rejected = 0
    for seed in range(1_000):
        random = np.random.default_rng(seed)
        y = np.cumsum(random.standard_t(3, size=(8, 10)), axis=1)
        first = random.permutation(np.repeat([5, NEVER], 4))
        made = scores(y, np.arange(10), first)
        labels, _ = assignments(made, 1, 1)
        effect, variance = effects(made, labels)
        t = np.abs(effect) / np.sqrt(variance)
        rejected += bool(np.mean(t >= t[0] * (1 - 1e-9)) <= 0.05)
    assert 0.015 <= rejected / 1_000 <= 0.065


def test_a_design_that_cannot_show_anything_has_no_interval() -> None:
    random = np.random.default_rng(6)
    first = np.repeat([3, NEVER], [2, 2])
    found = randomisation_test(random.normal(size=(4, 6)), np.arange(6), first)
    assert found.smallest_p == pytest.approx(1 / 6)
    assert (found.low, found.high) == (-np.inf, np.inf)


@pytest.mark.parametrize("first", [[3, 3, 3], [NEVER] * 3, [0, NEVER, NEVER]])
def test_designs_without_a_comparison_say_so(first: list[int]) -> None:
    with pytest.raises(DesignError) as told:
        randomisation_test(np.zeros((3, 5)), np.arange(5), np.array(first))
    assert told.value.remedy


def test_effects_less_a_constant_are_those_of_the_outcome_less_it() -> None:
    """The sums that are made once say what the scores themselves say, for three starts, to rounding."""
    random = np.random.default_rng(4)
    time, first = np.arange(14), np.full(15, NEVER)
    first[:6] = 6 + 2 * (np.arange(6) % 3)
    made = scores(random.normal(size=(15, 14)), time, first)
    treatment = scores((time[None, :] >= first[:, None]).astype(float), time, first).value
    labels, _ = assignments(made, 200, 1)
    shifted = ShiftedEffects(made, treatment, labels)
    for tau in (0.0, 0.7, -3.0):
        want = effects(Scores(made.value - tau * treatment, made.weight, made.size, made.label), labels)
        for mine, theirs in zip(shifted.at(tau), want, strict=True):
            assert_allclose(mine, theirs, rtol=1e-12, atol=1e-14)
