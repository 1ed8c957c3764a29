from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from arusha.indicators.coded_columns import IntArray, coded
from arusha.indicators.peer_cells import PeerCells, furthest
from arusha.indicators.peer_strata import Ground, against_few
from arusha.indicators.peer_tests import officers, pairs


def invented(seed: int, officers_: int = 14, declarants: int = 9) -> PeerCells:
    """One office whose officers and pairs differ by much, with batches, in two ways to say what is alike."""
    random = np.random.default_rng(seed)
    size = 900
    officer, declarant = random.integers(0, officers_, size), random.integers(0, declarants, size)
    stratum = random.integers(0, 6, size)
    batches = random.integers(1, 5, size)
    n = batches * random.integers(1, 4, size)
    chance = 1.0 / (1.0 + np.exp(2.0 - random.normal(0, 1.5, officers_)[officer] - (officer == declarant) * 1.5))
    x = random.binomial(n, chance)
    batches_x = np.minimum(batches, x)
    return PeerCells(
        coded(pa.array(["P"] * size)),
        coded(pa.array([f"o{i:02d}" for i in officer])),
        coded(pa.array([f"d{i}" for i in declarant])),
        (stratum % 3, stratum),
        (stratum % 2, stratum),
        (n, x),
        (batches, batches_x),
    )


def ground_of(cells: PeerCells, way: int) -> Ground:
    return Ground.of(cells, cells.officer.code, len(cells.officer.names), cells.like[way])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_those_set_aside_are_the_furthest_in_turn(seed: int, spread: float) -> None:
    ground = ground_of(invented(seed), 1)
    few = against_few(ground.leaning(np.zeros(ground.units, dtype=bool)))
    aside = np.zeros(ground.units, dtype=bool)
    while 2 * (np.count_nonzero(aside) + 1) < ground.units:
        strata = ground.strata(aside)
        z, information, _ = strata.log_odds()
        z = z / np.sqrt(1.0 + spread**2 * few * information)
        best = furthest(z, strata.observed - strata.expected, ~aside, 5.0)
        if best is None:
            break
        aside[best] = True
    assert aside.any()
    assert ground.far_ones(5.0, spread).tolist() == aside.tolist()


def test_officers_who_differ_as_ordinary_ones_do_are_not_set_aside() -> None:
    """Honest officers of one office, with much data each: far apart beyond chance, and not beyond each other."""
    random = np.random.default_rng(4)
    officer, stratum = (v.ravel() for v in np.meshgrid(np.arange(12), np.arange(6), indexing="ij"))
    n = np.full(officer.size, 300)
    x = random.binomial(n, 1.0 / (1.0 + np.exp(2.0 - random.normal(0, 0.5, 12)[officer])))
    cells = PeerCells(
        coded(pa.array(["P"] * officer.size)),
        coded(pa.array([f"o{i:02d}" for i in officer])),
        coded(pa.array(["d"] * officer.size)),
        (stratum, stratum),
        (stratum, stratum),
        (n, x),
        (n, x),
    )
    ground = ground_of(cells, 1)
    # Half of twelve, less one, is the most that may be set aside.
    assert np.count_nonzero(ground.far_ones(5.0, 0.0)) == 5
    assert not ground.far_ones(5.0, 0.5).any()


def test_nobody_is_set_aside_by_fewer_cases_than_asked_for() -> None:
    assert not ground_of(invented(0), 1).far_ones(1e9, 0.0).any()


def test_a_unit_is_held_against_the_cells_of_others_that_are_not_set_aside() -> None:
    cells = invented(1)
    ground = ground_of(cells, 0)
    aside = np.zeros(ground.units, dtype=bool)
    aside[[2, 5]] = True
    found = ground.strata(aside)
    # Every officer has cases in each of the three strata.
    assert np.diff(found.indptr).tolist() == [3] * ground.units
    for unit in (0, 2):
        for k, stratum in enumerate(range(3)):
            rows = cells.like[0] == stratum
            counted: IntArray = cells.batch[1]
            own = counted[rows & (cells.officer.code == unit)].sum()
            others = counted[rows & (cells.officer.code != unit) & ~aside[cells.officer.code]].sum()
            at = found.indptr[unit] + k
            assert (found.own[3][at], found.everyone[3][at]) == (own, own + others)


def test_answers_are_the_same_on_any_number_of_threads() -> None:
    offices = [invented(seed) for seed in (2, 3)]
    one, two, four = (officers(offices, excess=5, threads=t) for t in (1, 2, 4))
    of_pairs = [pairs(offices, least=10, excess=5, threads=t) for t in (1, 2, 4)]
    for first, *rest in ((one, two, four), of_pairs):
        for other in rest:
            for a, b in zip(
                (*first.p, *(t.z for t in first.tested)), (*other.p, *(t.z for t in other.tested)), strict=True
            ):
                assert a.tobytes() == b.tobytes()
