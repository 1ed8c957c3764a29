"""The oracles: their chances are those that the generator draws by, and their tails are exact."""

from __future__ import annotations

import functools
import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from arusha.demo import assignment, at_best, handling, oracle_conduct, oracle_values
from arusha.demo.answers import Answers
from arusha.demo.honest_chances import Knowing, of_acts, of_wrong
from arusha.demo.oracle_units import ANYONE, Units, counted, found
from arusha.demo.scorecard import compare
from arusha.demo.scorecard_numbers import found as found_numbers
from arusha.demo.world import World, generate, prepare
from arusha.errors import ArushaError

SEEDS = (31, 32, 33)


@functools.cache
def clean(seed: int) -> World:
    return generate(20_000, seed, clean=True)


@functools.cache
def planted(kind: str, seed: int = 5) -> World:
    return generate(20_000, seed, schemes={kind: 1}, strengths=("strong",))


def test_tails_are_those_of_all_outcomes_counted() -> None:
    chance = np.array([0.1, 0.5, 0.3, 0.9, 0.2, 0.05])
    hit = np.array([True, True, False, True, False, False])
    where, anyone = np.zeros(6, dtype=np.int64), np.full(6, ANYONE)
    units = counted(where, where, anyone, chance, hit, np.full(6, 5))
    by_hand = sum(
        np.prod(np.where(outcome, chance, 1.0 - chance))
        for outcome in itertools.product((False, True), repeat=6)
        if sum(outcome) >= 3
    )
    assert units.n.tolist() == [30]
    assert units.observed.tolist() == [3.0]
    # Both are sums of 64 products: a few units in the last place.
    assert units.p[0] == pytest.approx(by_hand, rel=1e-13)
    assert units.expected[0] == pytest.approx(chance.sum(), rel=1e-14)
    assert not units.beyond[0], "0.95 above what is expected is under the floor of five"


def test_a_unit_of_too_few_cases_is_not_asked() -> None:
    one = np.zeros(29, dtype=np.int64)
    none = counted(one, one, one, np.full(29, 0.01), np.ones(29, dtype=bool), np.ones(29, dtype=np.int64))
    assert none.p.size == 0


@pytest.mark.parametrize("knowing", Knowing)
def test_the_chance_of_a_discrepancy_is_that_of_all_ways_to_one(knowing: Knowing) -> None:
    world = clean(31)
    h, acts, wrong = world.part.handling, of_acts(world, knowing), of_wrong(world, knowing)
    assert np.allclose(wrong.sum(axis=1), 1.0, rtol=0, atol=1e-12)
    strictness = world.country.staff.strictness
    for k in range(0, h.row.size, 701):
        strict = strictness[world.part.draft.officer[h.row[k]]]
        by_hand = 0.0
        for kind in range(4):
            finds = min(handling.FINDS[h.act[k], kind] * strict, 0.97)
            for found_, papers in ((True, True), (True, False), (False, True)):
                chance = (finds if found_ else 1 - finds) * (0.03 * strict if papers else 1 - 0.03 * strict)
                by_hand += wrong[h.row[k], kind] * chance
        assert acts.discrepancy[k] == pytest.approx(by_hand, rel=1e-12)


def asked(world: World, knowing: Knowing) -> dict[str, Units]:
    of_officers, of_pairs = oracle_conduct.findings(world, knowing)
    closers, closing = oracle_conduct.endings(world, knowing)
    return {
        "officers' findings": of_officers,
        "pairs' findings": of_pairs,
        "closers": closers,
        "closing pairs": closing,
        "moves": oracle_conduct.moves(world),
        "rosters": oracle_conduct.rosters(world),
    }


@pytest.mark.parametrize("knowing", Knowing)
def test_honest_years_are_as_the_oracles_expect(knowing: Knowing) -> None:
    """Counts within four standard deviations of their expectation (a Poisson law's, which is wider than theirs); and no
    more small tails than their size, to three standard deviations of a binomial count."""
    years = [asked(clean(seed), knowing) for seed in SEEDS]
    for name in years[0]:
        observed, expected = (sum(float(getattr(y[name], f).sum()) for y in years) for f in ("observed", "expected"))
        assert abs(observed - expected) <= 4.0 * np.sqrt(expected), name
        p = np.concatenate([y[name].p for y in years])
        for size in (0.05, 0.2):
            assert (p <= size).sum() <= p.size * size + 3.0 * np.sqrt(p.size * size * (1.0 - size)), (name, size)


@pytest.mark.parametrize("knowing", Knowing)
def test_tails_of_honest_prices_are_uniform(knowing: Knowing) -> None:
    p = np.concatenate([oracle_values.shortfalls(clean(seed), knowing).p for seed in SEEDS])
    assert p.size > 300
    # One run in a thousand of a uniform law would fail; the seeds are fixed.
    assert stats.kstest(p, "uniform").pvalue > 1e-3


def test_the_law_of_a_price_is_that_of_many_drawn() -> None:
    world = clean(31)
    law = oracle_values.prices(world)
    standard = (law.gap - law.mean) / np.sqrt(law.variance)
    # A standard error of the mean of so many is 0.006; of the mean square, which wrong declarations make wide, 0.02.
    assert standard.size > 20_000
    assert abs(standard.mean()) < 0.025
    assert abs((standard**2).mean() - 1.0) < 0.08
    assert (law.third <= 0.0).mean() > 0.9, "what is wrong mostly lowers a price"


def test_moves_are_drawn_by_the_chance_that_is_told() -> None:
    """The same files worked through 40 times."""
    world = generate(3_000, 8, clean=True)
    draft = replace(world.part.draft, at_pick=[], at_handling=[])
    moved, chance = 0, 0.0
    for k in range(40):
        again = handling.handle(draft, np.random.default_rng(k))
        moved += int((again.second >= 0).sum())
        chance += float(again.moves.sum())
    assert moved > 300
    assert abs(moved - chance) <= 4.0 * np.sqrt(chance)


@pytest.mark.parametrize("seed", [5, 9, 11])
def test_pools_before_a_desk_was_emptied_are_those_of_the_roster_drawn_up(seed: int) -> None:
    world = planted("emptied-desk", seed)
    country, roster = prepare(20_000, seed, True)
    before = assignment.draws(country, roster, world.part.draft.lodged, world.part.draft.lane)
    size = oracle_conduct.honest_pools(world)
    assert (size > world.part.draft.draws.size).any(), "somebody was sent away"
    assert np.array_equal(size, before.size)
    for draw in np.flatnonzero(size > world.part.draft.draws.size):
        start, n = before.start[draw], before.size[draw]
        pool, now = before.members[start : start + n], world.part.draft.draws.members[start : start + n]
        assert sorted(pool) == sorted(now)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("emptied-desk", "assignment-steering/emptied-desk"),
        ("leniency", "finding-rate"),
        ("lane-change-without-act", "lane-change-without-act"),
        ("undervaluation", "value-shortfall"),
        ("avoided-examiner", "assignment-override/avoided-examiner"),
    ],
)
def test_a_strong_scheme_is_found_and_nothing_in_the_honest_year(kind: str, name: str) -> None:
    """In one of three worlds at least: weak evidence is weak for an oracle too. All seeds are fixed."""
    told = 0
    for seed in (5, 9, 11):
        world = planted(kind, seed)
        of_it = [u for s in world.truth.schemes if s.kind == kind for u in s.units]
        known = {u.officer_id for u in of_it} | {u.declarant_id for u in of_it}
        told += any(unit in known for unit, _ in at_best.OF_CONDUCT[name](world))
    assert told >= 1
    assert not at_best.OF_CONDUCT[name](clean(31))


def test_kinds_of_unit_share_the_rate() -> None:
    world = clean(31)
    one = np.zeros(1, dtype=np.int64)
    units = Units(one, one, one, one, one + 9.0, one + 1.0, np.array([0.04]), np.array([True]))
    assert found(world.country, [units])
    assert not found(world.country, [units, units])


def test_a_world_kept_before_is_completed_from_its_seed() -> None:
    world = planted("leniency")
    whole = Answers.of(world, {})
    kept = Answers.read(replace(whole, oracle=at_best.of_picks(world)).text())
    assert kept.complete(lambda: generate(20_000, 5, schemes={"leniency": 1}, strengths=("strong",))) == whole
    assert Answers.read(whole.text()) == whole
    with pytest.raises(ArushaError, match="another answer key"):
        kept.complete(lambda: clean(31))


def test_a_clean_world_is_not_made_again() -> None:
    kept = replace(Answers.of(clean(31), {}), oracle={})
    assert kept.complete(lambda: pytest.fail("made again")) is kept


KEY = {
    "schemes": [
        {
            "id": "S01",
            "kind": "leniency",
            "strength": "strong",
            "units": [{"officer_id": "P-1", "declarant_id": "T-1"}],
            "declarations_affected": 9,
            "rides_on": None,
        },
        {
            "id": "S02",
            "kind": "avoided-examiner",
            "strength": "strong",
            "units": [{"officer_id": "P-2", "declarant_id": "T-2"}],
            "declarations_affected": 9,
            "rides_on": None,
        },
    ],
    "lookalikes": [],
    "assignment_methods": {},
}


def row(indicator: str, unit: str, other: str | None, kind: str) -> dict[str, object]:
    told = {"indicator": indicator, "unit_id": unit, "other_id": other, "unit_kind": kind, "p_value": 0.0}
    return told | {"signal": True, "flagged": True}


def test_units_of_a_scheme_are_held_against_its_own_oracle() -> None:
    known = {
        "finding-rate": {("P-1", "T-1"), ("P-1", None), ("P-9", None)},
        "assignment-override": {("P-5", "T-2")},
        "assignment-override/avoided-examiner": {("T-2", None)},
    }
    rows = [
        row("finding-rate", "P-1", None, "officer"),
        row("assignment-override", "T-2", None, "declarant"),
    ]
    statuses = {"finding-rate": "asked", "assignment-override": "asked"}
    line = compare(Answers(KEY, {}, known, {}), rows, statuses)
    lenient, avoided = line["schemes"]
    assert (lenient["found"], lenient["oracle_found"], lenient["found_of_oracle"]) == (True, 2, 1)
    assert (avoided["found"], avoided["oracle_found"], avoided["found_of_oracle"]) == (True, 1, 1)
    cells = found_numbers([line])
    assert cells["leniency/strong"]["oracle"]["count"] == 1
    assert cells["by kind of scheme"]["leniency"]["of_oracle"]["of"] == 2
    assert cells["all that the oracle finds"]["of_oracle"]["count"] == 2
