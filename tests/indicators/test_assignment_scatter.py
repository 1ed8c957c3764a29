"""Officers and declarants who meet unevenly as a rule: what an office's pairs differ by, and a pair against that."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from steering_worlds import Office, World
from test_assignment_accounts import given, judged, signals

from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_scatter import office_scatter, tails_beyond
from arusha.indicators.ordinary_scatter import Scatter

OFFICE = Office(draws=6000, officers=8, declarants=40)


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


def test_without_scatter_the_tail_is_binomial() -> None:
    n, chance, x = np.array([40, 100]), 0.2, np.array([15, 28])
    made = table(n, x, chance)
    beyond = tails_beyond(made, np.arange(2), Scatter(0.0, 100, 50.0))
    assert beyond == pytest.approx(stats.binom.sf(x - 1, n, chance), rel=1e-9)


def test_the_tail_beyond_a_scatter_is_that_of_many_pairs_drawn_with_it() -> None:
    rng = np.random.default_rng(6)
    n, chance, x, sd = 80, 0.15, 26, 0.4
    odds = chance / (1 - chance) * np.exp(sd * rng.standard_t(50.0, 400_000))
    share = np.mean(rng.binomial(n, odds / (1 + odds)) >= x)
    made = table(np.array([n]), np.array([x]), chance)
    (beyond,) = tails_beyond(made, np.array([0]), Scatter(sd, 100, 50.0))
    assert beyond == pytest.approx(share, abs=4 * np.sqrt(share / 400_000))


@pytest.mark.parametrize(("draws", "of", "turns", "sd"), [(5, 20, 5, 1.0), (3, 20, 3, 1.0), (2, 20, 2, 1.5)])
def test_the_tail_is_no_smaller_than_that_of_counts_within_strata(draws: int, of: int, turns: int, sd: float) -> None:
    """Twenty strata of so many draws of the declarant, of all, and turns of the officer: odds multiplied in each."""
    strata, law = 20, stats.t(50.0)
    t = np.linspace(*law.ppf([1e-6, 1 - 1e-6]), 201)
    weights = law.pdf(t) / law.pdf(t).sum()
    exact = np.zeros(strata * draws + 1)
    for u, weight in zip(sd * t, weights, strict=True):
        one = stats.nchypergeom_fisher.pmf(np.arange(draws + 1), of, turns, draws, np.exp(u))
        total = np.ones(1)
        for _ in range(strata):
            total = np.convolve(total, one)
        exact += weight * total
    n, chance = strata * draws, turns / of
    tails = exact[::-1].cumsum()[::-1]
    observed = np.arange(int(n * chance) + 5, n + 1, 5)
    made = table(np.full(observed.size, n), observed, chance)
    beyond = tails_beyond(made, np.arange(observed.size), Scatter(sd, 100, 50.0))
    # The nodes on either side differ: a hundredth of a tail is allowed for that, down to what floats can tell.
    far = tails[observed] > 1e-12
    assert far.sum() >= 5
    assert np.all(beyond[far] >= 0.99 * tails[observed][far])


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
        assert {a.kind for a in answer.accounts} <= {"desk", "scatter"}
    assert before >= 5
    assert after == 0


def test_a_pair_far_beyond_what_is_ordinary_there_stands_out() -> None:
    made = uneven(1)
    hit = (made.declarant == 3) & (np.random.default_rng(2).random(made.officer.size) < 0.8)
    made = replace(made, officer=np.where(hit, 6, made.officer))
    assert (3, 6) in signals(judged(made, roster=False)[2])


def test_too_few_pairs_say_nothing_of_a_scatter() -> None:
    assert office_scatter(counts(np.random.default_rng(3), 0.8, pairs=12)) is None
