"""Pairs under fixed margins: against all arrangements of small tables, with and without pairs set aside."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from arusha.indicators.assignment_pairs import Block, Pairs, tails

DECLARANT = np.array([0, 0, 1, 2, 0, 1, 1, 2, 2, 0])
OUTCOME = np.array([0, 0, 1, 2, 0, 1, 2, 1, 2, 1])
STRATUM = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 2])
"""Two strata that inform, and one with a single draw."""


def block(keep: np.ndarray | None = None) -> Block:
    keep = np.ones(DECLARANT.size, dtype=bool) if keep is None else keep
    rows = np.flatnonzero(keep)
    return Block(STRATUM[keep], 3, DECLARANT[keep], OUTCOME[keep], np.array([0, 1, 2]), rows)


def by_enumeration(declarant: int, outcome: int, keep: np.ndarray) -> tuple[int, float, float]:
    """Observed, expected and P(T >= observed) over every arrangement of outcomes within the two strata."""
    laws = []
    for s in (0, 1):
        at = np.flatnonzero(keep & (s == STRATUM))
        own = DECLARANT[at] == declarant
        laws.append([int(np.sum(own & (np.array(p) == outcome))) for p in permutations(OUTCOME[at].tolist())])
    totals = np.array([a + b for a, b in product(*laws)])
    inside = keep & (STRATUM < 2)
    observed = int(np.sum(inside & (declarant == DECLARANT) & (outcome == OUTCOME)))
    return observed, float(totals.mean()), float(np.mean(totals >= observed))


def row(pairs: Pairs, declarant: int, outcome: int) -> int:
    return int(np.flatnonzero((pairs.declarant == declarant) & (pairs.outcome == outcome))[0])


NONE = np.zeros((3, 3), dtype=bool)
TESTED = np.zeros(3, dtype=bool)


@pytest.mark.parametrize("declarant", [0, 1, 2])
@pytest.mark.parametrize("outcome", [0, 1, 2])
def test_every_pair_against_all_arrangements(declarant: int, outcome: int) -> None:
    pairs = tails(block(), 3, NONE, TESTED)
    k = row(pairs, declarant, outcome)
    observed, expected, p = by_enumeration(declarant, outcome, np.ones(10, dtype=bool))
    assert pairs.observed[k] == observed
    assert pairs.expected[k] == pytest.approx(expected, rel=1e-12)
    assert pairs.p[k] == pytest.approx(p, rel=1e-9)  # tails are exact to 1e-11


def test_a_pair_set_aside_leaves_its_row_to_the_others_and_its_column_to_itself() -> None:
    aside = NONE.copy()
    aside[0, 0] = True
    pairs = tails(block(), 3, aside, TESTED)
    # Declarant 1 is tested without the draws of declarant 0.
    _, expected, p = by_enumeration(1, 1, DECLARANT != 0)
    k = row(pairs, 1, 1)
    assert (pairs.expected[k], pairs.p[k]) == (pytest.approx(expected, rel=1e-12), pytest.approx(p, rel=1e-9))
    # The pair itself is tested in the whole table, and its declarant's other pairs without the officer's column.
    k = row(pairs, 0, 0)
    assert pairs.p[k] == pytest.approx(by_enumeration(0, 0, np.ones(10, dtype=bool))[2], rel=1e-9)
    k = row(pairs, 0, 1)
    _, expected, _ = by_enumeration(0, 1, OUTCOME != 0)
    assert pairs.expected[k] == pytest.approx(expected, rel=1e-12)


def test_strata_without_a_second_declarant_or_outcome_say_nothing() -> None:
    pairs = tails(block(), 3, NONE, TESTED)
    assert pairs.n[row(pairs, 0, 1)] == 3  # the draw alone in its stratum is left out


def test_where_one_officer_has_nearly_all_the_work_his_pairs_are_not_judged() -> None:
    declarant = np.array([0] * 6 + [1] * 6 + [0, 1, 0, 1])
    outcome = np.array([0] * 11 + [1] + [0, 1, 1, 0])
    stratum = np.array([0] * 12 + [1] * 4)
    desk = Block(stratum, 2, declarant, outcome, np.array([0, 1]), np.arange(16))
    pairs = tails(desk, 2, np.zeros((2, 2), dtype=bool), np.zeros(2, dtype=bool))
    k = row(pairs, 0, 0)
    assert (pairs.n[k], pairs.anyway[k], pairs.observed[k]) == (2, 6, 1)
    k = row(pairs, 0, 1)  # the other officer's pairs keep the stratum
    assert (pairs.n[k], pairs.anyway[k], pairs.observed[k]) == (8, 0, 1)


def test_compared_is_the_mantel_haenszel_weight() -> None:
    pairs = tails(block(), 3, NONE, TESTED)
    # Two of four draws, and one of five: 2 x 2/4 + 1 x 4/5.
    assert pairs.compared[row(pairs, 0, 1)] == pytest.approx(1.8)


def test_results_do_not_depend_on_threads() -> None:
    rng = np.random.default_rng(4)
    n = 3000
    big = Block(
        rng.integers(0, 200, n), 200, rng.integers(0, 20, n), rng.integers(0, 8, n), np.arange(20), np.arange(n)
    )
    one, two = (tails(big, 8, np.zeros((20, 8), dtype=bool), np.zeros(8, dtype=bool), t) for t in (1, 2))
    assert np.array_equal(one.p, two.p)
