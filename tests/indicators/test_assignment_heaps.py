"""Heaps handed out in bundles: what neighbours in a pile say, and what a pair is worth by its place in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from steering_worlds import Office, World, draws, world
from test_assignment_accounts import judged, signals

from arusha.engine import session_from_tables
from arusha.indicators.assignment_heaps import Heaps
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks/ lies beside the package, not in it

from benchmarks.honest_mechanisms import turns  # noqa: F401, adds its mechanisms to the catalogue
from benchmarks.honest_mechanisms.catalogue import WHOLE
from benchmarks.honest_mechanisms.office import Made, tables

SETTINGS = Settings(np.datetime64("2025-01-01").item(), np.datetime64("2026-01-01").item())
OFFICE = Office(draws=3000, officers=8, declarants=60)
NIGHT = "files lodged at night lie until eight and are handed out in bundles of a quarter"


def piled(seed: int, bundles: int | None) -> World:
    """All files of a day are given out at eight: in bundles, each to an officer by lot, or (None) each by lot."""
    made = world(OFFICE, seed)
    rng = np.random.default_rng([seed, 21])
    officer = rng.integers(0, OFFICE.officers, made.day.size)
    for day in np.unique(made.day).tolist() if bundles is not None else []:
        for part in np.array_split(np.flatnonzero(made.day == day), bundles or 1):
            officer[part] = rng.integers(0, OFFICE.officers)
    return replace(made, minute=np.full(made.day.size, 480), officer=officer)


def ready(made: World) -> Prepared:
    taken, _ = draws(made)
    return prepare(taken, 30)


def test_the_chance_that_neighbours_meet_one_officer_is_its_share_of_the_others_in_the_heap() -> None:
    office = ready(piled(3, 4))
    kept = office.draws
    a, b, chance = Heaps(office)._side_by_side
    of = {}
    for x, y, p in zip(a.tolist(), b.tolist(), chance.tolist(), strict=True):
        of[x, y] = p
    seen = 0
    for day in np.unique(kept.day).tolist():
        heap = np.flatnonzero(kept.day == day).tolist()
        for x, y in pairwise(heap):
            if kept.declarant[x] == kept.declarant[y]:
                assert (x, y) not in of
                continue
            others = [k for k in heap if kept.declarant[k] != kept.declarant[x]]
            assert of[x, y] == pytest.approx(np.mean(kept.outcome[others] == kept.outcome[x]), abs=1e-12)
            seen += 1
    assert seen == len(of) > 500


@pytest.mark.parametrize("bundles", [2, 3, 5])
def test_the_number_of_bundles_is_learnt(bundles: int) -> None:
    """Of two neighbouring bundles one in eight has the same officer, and a heap holds nine files or so."""
    found = Heaps(ready(piled(5, bundles))).bundles(0)
    assert found is not None
    assert abs(found - bundles) <= 1


def test_where_files_of_a_heap_are_drawn_one_by_one_nothing_is_learnt() -> None:
    for seed in range(12):
        assert Heaps(ready(piled(seed, None))).bundles(0) is None
        # Nor where each file is given out when it comes: hardly any two have one moment.
        assert Heaps(ready(world(OFFICE, seed))).bundles(0) is None


def test_one_declarant_and_its_neighbours_make_no_bundles() -> None:
    """Whoever lies beside the declarant goes to its officer: each of the others says so a few times only."""
    made = piled(7, None)
    beside = np.flatnonzero(made.declarant == 1)
    officer = made.officer.copy()
    officer[beside] = 2
    assert Heaps(ready(replace(made, officer=officer))).bundles(0) is None
    assert Heaps(ready(replace(made, officer=officer))).bundles(1) is None


def test_the_tail_by_place_is_a_sum_over_places_of_the_quarter() -> None:
    """Two places of a quarter: hypergeometric counts, folded. A file alone that day says nothing."""
    made = piled(9, 2)
    made = replace(
        made, lane=np.zeros_like(made.lane), chapter=np.zeros_like(made.chapter), procedure=made.procedure * 0
    )
    first = made.day < 60
    made = replace(
        made,
        **{f: getattr(made, f)[first] for f in ("day", "minute", "declarant", "officer", "lane", "chapter")},
        procedure=made.procedure[first],
        chances=made.chances[first],
    )
    office = ready(made)
    kept, heaps = office.draws, Heaps(office)
    assert not office.pools.splits
    quarter = kept.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3
    place = heaps._rank * 2 // heaps._size[heaps._heap]
    b, i = 0, 3
    chances: NDArray[np.float64] = np.ones(1)
    seen = 0
    for q in np.unique(quarter).tolist():
        for half in (0, 1):
            here = (quarter == q) & (place == half) & (heaps._size[heaps._heap] > 1)
            mine, met = here & (kept.declarant == b), here & (kept.outcome == i)
            n = int(mine.sum())
            law = stats.hypergeom.pmf(np.arange(n + 1), int(here.sum()), int(met.sum()), n)
            chances, seen = np.convolve(chances, law), seen + int((mine & met).sum())
    assert heaps.tail(b, i, 2) == pytest.approx(chances[seen:].sum(), abs=1e-10)


def night(seed: int) -> Made:
    return WHOLE[NIGHT](seed)


@pytest.mark.parametrize("seed", [0, 2])
def test_who_lodges_at_the_same_hour_of_the_night_is_not_steered(seed: int) -> None:
    with session_from_tables(tables(night(seed))) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    assert not any(found.signals["signal"].to_pylist())
    # Two pairs were flagged of the one, one of the other.
    assert set(found.tables["accounts"]["account"].to_pylist()) == {"bundle"}
    assert sum(found.tables["accounts"]["pairs"].to_pylist()) == (2 if seed == 0 else 1)
    assert any("by their place in the pile" in (r or "") for r in found.signals["reason"].to_pylist())


def test_a_declarant_whose_files_are_taken_out_of_their_bundles_stands_out() -> None:
    made = night(1)
    k = made.lodged
    hit = (k.declarant == 3) & (np.random.default_rng(2).random(k.n) < 0.5)
    with session_from_tables(tables(replace(made, officer=np.where(hit, 4, made.officer)))) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    rows = [r for r in found.signals.to_pylist() if r["signal"]]
    assert [(r["unit_id"], r["other_id"]) for r in rows] == [("P-004", "B-003")]


def test_a_ring_in_an_office_without_heaps_is_judged_as_before() -> None:
    made = world(Office(draws=4000, officers=12, declarants=60), 4)
    rng = np.random.default_rng(6)
    hit = np.isin(made.declarant, [1, 3, 6]) & (rng.random(made.day.size) < 0.5)
    office, plain, answer = judged(replace(made, officer=np.where(hit, 5, made.officer)), roster=False)
    assert Heaps(office).bundles(1) is None
    assert {(1, 5), (3, 5), (6, 5)} <= signals(answer) == signals(plain)
