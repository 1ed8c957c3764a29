"""Officers and declarants who meet unevenly as a rule: what an office's pairs differ by, and a pair against that."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats
from steering_worlds import Move, Office, World, moved, override_draws, world
from test_assignment_accounts import LIMITS, given, judged, signals

from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_pairs import Block, Pairs, one_table
from arusha.indicators.assignment_rounds import Tested as Answer
from arusha.indicators.assignment_rounds import run
from arusha.indicators.assignment_scatter import office_scatter, tails_beyond, widened
from arusha.indicators.ordinary_scatter import Scatter, mixed_tail

OFFICE = Office(draws=6000, officers=8, declarants=40)
FEW = Office(draws=3000, officers=6, declarants=40, mechanism="three shifts")


def table(n: NDArray[np.int64], observed: NDArray[np.int64], chance: float) -> Pairs:
    """Pairs of declarants with ``n`` draws, each of them the officer's with one chance."""
    which, zero = np.arange(n.size), np.zeros(n.size)
    expected = n * chance
    return Pairs(which, which, n, zero, observed, expected, expected * (1 - chance), zero + 0.5, which, zero)


def counts(rng: np.random.Generator, sd: float, pairs: int = 300) -> Pairs:
    """Binomial counts of eight officers' turns, whose log odds scatter by ``sd``."""
    n, chance = rng.integers(20, 120, pairs), 1 / 8
    odds = chance / (1 - chance) * np.exp(rng.normal(0.0, sd, pairs))
    return table(n, rng.binomial(n, odds / (1 + odds)), chance)


def test_plain_draws_hardly_ever_have_a_scatter() -> None:
    found = sum(office_scatter(counts(np.random.default_rng(seed), 0.0)) is not None for seed in range(400))
    # Beyond three standard errors lies one in 740; of skewed counts some more. Six of 400 is 1.5%.
    assert found <= 6


@pytest.mark.parametrize("sd", [0.3, 0.6])
def test_the_scatter_of_pairs_is_measured(sd: float) -> None:
    found = [office_scatter(counts(np.random.default_rng(seed), sd)) for seed in range(40)]
    measured = [f.sd for f in found if f is not None]
    assert len(measured) >= 38
    # A tenth either way: the middle of the pairs is a little narrower than the whole law; 300 pairs err by 7% each.
    assert np.mean(measured) == pytest.approx(sd, rel=0.1)


def test_a_few_schemes_do_not_widen_it() -> None:
    made = counts(np.random.default_rng(5), 0.0)
    observed = made.observed.copy()
    observed[:10] += 30
    assert office_scatter(replace(made, observed=observed)) is None


def aside(ready: Prepared, answer: Answer) -> NDArray[np.bool_]:
    cells = np.zeros((len(ready.draws.declarants), ready.columns), dtype=bool)
    for b, i in answer.structural:
        cells[b, i] = True
    return cells


def agrees(ready: Prepared, answer: Answer) -> Pairs:
    """Pairs whose tail without scatter is held against that of the table, which knows of no scatter."""
    cells = aside(ready, answer)
    known = np.flatnonzero(answer.pairs.p > 1e-200)
    # Every fifth, and those of declarants with a pair set aside.
    some = known[(np.arange(known.size) % 5 == 0) | cells.any(axis=1)[answer.pairs.declarant[known]]]
    beyond = tails_beyond(ready, cells, answer.pairs, some, Scatter(0.0, 100, 50.0))
    pairs = answer.pairs.where(np.isin(np.arange(answer.pairs.p.size), some))
    # What a pace was learnt from blurs a table's small tail (up to 0.2); that blur is a part of the scatter here.
    sure = (pairs.loose == 0) | (pairs.p > 0.2)
    # Near the mean the table's tails are Edgeworth's series, right to a few thousandths there.
    assert beyond[sure] == pytest.approx(pairs.p[sure], rel=5e-3)
    assert np.all(beyond[~sure] <= 1.005 * pairs.p[~sure])
    assert np.all(beyond[~sure] >= 0.2 * pairs.p[~sure])
    assert cells[pairs.declarant, pairs.outcome].any()
    return pairs


@pytest.mark.parametrize("roster", [False, True])
def test_without_scatter_the_tail_is_that_of_the_table(roster: bool) -> None:
    ready, answer, _ = judged(given(FEW, 3, {1: (0.8, (1,)), 2: (0.7, (0, 1))}), roster=roster)
    assert agrees(ready, answer).p.size >= 20


def test_without_scatter_the_tail_is_that_of_the_table_beside_nobody() -> None:
    made = world(FEW, 3)
    final = moved(made, (Move(declarant=1, officer=2, strength=0.5), Move(declarant=2, officer=None, strength=0.5)), 3)
    ready = prepare(override_draws(made, final), 30, nobody=0)
    pairs = agrees(ready, run([ready], LIMITS)[0])
    assert (pairs.outcome == len(ready.draws.outcomes)).any()


@pytest.mark.parametrize(("draws", "of", "turns", "sd"), [(5, 20, 5, 1.0), (3, 20, 3, 1.0), (2, 20, 2, 1.5)])
def test_the_tail_in_strata_is_that_of_odds_multiplied_in_each(draws: int, of: int, turns: int, sd: float) -> None:
    """Twenty strata of so many draws of the declarant, of all, and turns of the officer, by convolution."""
    strata, law = 20, stats.t(50.0)
    t = np.linspace(*law.ppf([1e-9, 1 - 1e-9]), 401)
    weights = law.pdf(t) / law.pdf(t).sum()
    exact = np.zeros(strata * draws + 1)
    for u, weight in zip(sd * t, weights, strict=True):
        one = stats.nchypergeom_fisher.pmf(np.arange(draws + 1), of, turns, draws, np.exp(u))
        total = np.ones(1)
        for _ in range(strata):
            total = np.convolve(total, one)
        exact += weight * total
    tails = exact[::-1].cumsum()[::-1]
    stratum = np.repeat(np.arange(strata), of)
    within = np.tile(np.arange(of), strata)
    for observed in range(int(strata * draws * turns / of) + 5, strata * draws + 1, 10):
        # The declarant's draws come first in each stratum; the officer has as many of them as the count wants.
        left = np.clip(observed - np.arange(strata) * min(draws, turns), 0, min(draws, turns))
        if left.sum() < observed:
            break
        rest = (within >= draws) & (within < draws + turns - left[stratum])
        officer = np.where((within < left[stratum]) | rest, 0, 1)
        declarant = np.where(within < draws, 0, 1)
        block = Block(stratum, strata, declarant, officer, np.array([0]), np.arange(stratum.size))
        none = np.zeros((2, 2), dtype=bool)

        def averaged(d: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.array([one_table(block, 2, none, 0, 0).averaged_tail(d[0], w)])  # noqa: B023, called at once

        (beyond,) = mixed_tail(averaged, np.ones(1), Scatter(sd, 100, 50.0))
        # The two sums over the scatter have nodes of their own. Where the tail is as small as what they leave out of
        # the scatter's law, they need not agree.
        assert beyond == pytest.approx(tails[observed], rel=0.01, abs=1e-8)


def test_the_tail_by_roster_is_that_of_odds_multiplied_in_each_draw() -> None:
    """Against a hundred thousand counts drawn with the chances of the officers on duty."""
    made = given(FEW, 3, {1: (0.5, (1,))})
    ready, answer, _ = judged(made, roster=True)
    pairs, sd, cells = answer.pairs, 0.5, aside(ready, answer)
    (at,) = np.flatnonzero((pairs.declarant == 1) & (pairs.outcome == 1))
    (beyond,) = tails_beyond(ready, cells, pairs, np.array([at]), Scatter(sd, 100, 50.0))
    # Of the officers at work each has an even chance. The program learns paces from the others' draws instead: one pace
    # that gives what it expects stands for them.
    at_work = made.chances[ready.kept][ready.draws.declarant == 1] > 0
    chances = at_work[:, 1] / at_work.sum(axis=1)
    chances = chances[(chances > 0) & (chances <= 0.8)]  # an officer who is alone at work says nothing

    def moved_by(pace: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(special.expit(special.logit(chances) + np.asarray(pace)[..., None]))

    pace = optimize.brentq(lambda u: moved_by(u).sum() - float(pairs.expected[at]), -1.0, 1.0)
    rng = np.random.default_rng(8)
    each = moved_by(pace + sd * widened(ready, cells, 1, 1) * rng.standard_t(50.0, 100_000))
    share = np.mean((rng.random(each.shape) < each).sum(axis=1) >= pairs.observed[at])
    # A twentieth for paces that differ by shift, beside four standard errors.
    assert beyond == pytest.approx(share, abs=0.05 * share + 4 * np.sqrt(share / 100_000))


def test_a_pair_is_held_against_others_who_are_uneven_too() -> None:
    """Four officers with even work; the first declarant has half of the draws, two more a quarter each."""
    declarant = np.repeat([0, 0, 1, 2], 100)
    outcome = np.tile(np.arange(4), 100)
    ready = SimpleNamespace(draws=SimpleNamespace(declarant=declarant, outcome=outcome, declarants=("A", "B", "C")))
    none = np.zeros((3, 4), dtype=bool)
    assert widened(ready, none, 0, 0) == pytest.approx(np.sqrt(1 + 1 / 2))  # type: ignore[arg-type]
    assert widened(ready, none, 1, 0) == pytest.approx(np.sqrt(1 + 4 / 9 + 1 / 9))  # type: ignore[arg-type]
    two = none.copy()
    two[0, 2:] = True  # one other officer is left of three
    assert widened(ready, two, 0, 0) == pytest.approx(np.sqrt((1 + 1 / 2) * 2 / (1 + 1 / 3)))  # type: ignore[arg-type]
    two[1, 1] = True  # and the second declarant speaks no more
    assert widened(ready, two, 0, 0) == pytest.approx(np.sqrt(2 * 2 / (1 + 1 / 3)))  # type: ignore[arg-type]


def all_uneven(seed: int, tau: float) -> World:
    """Every pair of an office has odds of its own, by a normal law of the logarithm."""
    office = Office(draws=12_000, officers=8, declarants=40)
    made = world(office, seed)
    rng = np.random.default_rng([seed, 9])
    weights = made.chances * np.exp(rng.normal(0.0, tau, (office.declarants, office.officers)))[made.declarant]
    weights /= weights.sum(axis=1, keepdims=True)
    picked = (rng.random(weights.shape[0])[:, None] > weights.cumsum(axis=1)).sum(axis=1)
    return replace(made, officer=picked.clip(0, office.officers - 1))


def test_an_office_in_which_every_pair_differs_accuses_hardly_anybody() -> None:
    """Twenty pairs an office stand out against draws by chance; without what is set aside the scatter was too small."""
    before, after = 0, 0
    for seed in range(100, 104):
        _, plain, answer = judged(all_uneven(seed, 0.3), roster=False)
        before, after = before + len(signals(plain)), after + len(signals(answer))
    assert before >= 60
    # One pair in ten such offices; four have more than two in a thousandth of all cases.
    assert after <= 2


def uneven(seed: int, office: Office = OFFICE) -> World:
    """Every declarant has a share of its own of files at either of two docks, each with half of the officers."""
    rng = np.random.default_rng([seed, 7])
    half = office.officers // 2
    docks = (tuple(range(half)), tuple(range(half, office.officers)))
    whom = {b: (float(rng.uniform(0.0, 0.6)), docks[int(rng.integers(2))]) for b in range(office.declarants)}
    return given(office, seed, whom)


def test_who_goes_to_a_dock_that_no_record_names_is_not_steering() -> None:
    before, after = 0, 0
    for seed in range(6):
        _, plain, answer = judged(uneven(seed), roster=False)
        before, after = before + bool(signals(plain)), after + bool(signals(answer))
        assert {a.kind for a in answer.accounts} <= {"desk", "scatter", "avoidance"}
    assert before >= 5
    assert after == 0


def test_a_pair_far_beyond_what_is_ordinary_there_stands_out() -> None:
    made = uneven(1)
    hit = (made.declarant == 3) & (np.random.default_rng(2).random(made.officer.size) < 0.8)
    made = replace(made, officer=np.where(hit, 6, made.officer))
    assert (3, 6) in signals(judged(made, roster=False)[2])


def test_too_few_pairs_say_nothing_of_a_scatter() -> None:
    assert office_scatter(counts(np.random.default_rng(3), 0.8, pairs=12)) is None
