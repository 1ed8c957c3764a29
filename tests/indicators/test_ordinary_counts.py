from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.indicators.coded_columns import Coded
from arusha.indicators.ordinary_counts import Counts, CountScatter, count_scatter, heard
from arusha.indicators.ordinary_scatter import in_words
from arusha.indicators.peer_cells import PeerCells
from arusha.indicators.peer_tests import officers
from arusha.inference.hypergeometric import strata

CASES = 400


def cells(counts: np.ndarray, office: int = 10) -> PeerCells:
    """Offices of officers with 400 cases each, all alike."""
    at = np.arange(counts.size)
    names = [f"{i:03d}" for i in range(counts.size)]
    where, same = at // office, np.full(counts.size, CASES)
    counted = (same, counts)
    return PeerCells(
        Coded(where, names), Coded(at, names), Coded(np.zeros_like(at), ["D"]), (where,), (where,), counted, counted
    )


def drawn(seed: int, tau: float, expected: float, size: int = 60) -> np.ndarray:
    rng = np.random.default_rng(seed)
    odds = np.log(expected / (CASES - expected)) + rng.normal(0.0, tau, size)
    return rng.binomial(CASES, 1.0 / (1.0 + np.exp(-odds)))


def asked(counts: np.ndarray, office: int = 10) -> tuple[CountScatter, np.ndarray]:
    answer = officers(cells(counts, office).offices(), excess=5.0)
    assert isinstance(answer.scatter, CountScatter)
    return answer.scatter, np.concatenate(answer.p)


@pytest.mark.parametrize("tau", [0.3, 0.8])
def test_the_spread_of_officers_is_recovered(tau: float) -> None:
    scatter, _ = asked(drawn(1, tau, 40.0, 400))
    # 400 officers of 40 expected: a standard error of about 4%.
    assert scatter.sd == pytest.approx(tau, rel=0.12)


def test_nothing_said_is_the_prior() -> None:
    scatter, _ = asked(np.zeros(20, dtype=np.int64))
    assert scatter.units == 0
    # The mean square of a half-normal variable with scale 0.5, of which 3.2% lie below 0.02 and are not looked at.
    assert scatter.sd == pytest.approx(0.5 / np.sqrt(1 - 0.0319), rel=1e-3)
    assert not scatter.measured
    assert "is taken as ordinary" in in_words(scatter, "Officers", "odds")


def test_many_who_say_little_say_it_together() -> None:
    """Two expected of each: z of each is far from normal; sixty alike are heard to be alike all the same."""
    said = [asked(drawn(seed, 0.0, 2.0))[0].sd for seed in range(4)]
    widely = [asked(drawn(seed, 1.0, 2.0))[0].sd for seed in range(4)]
    assert max(said) < 0.5 < 0.6 < min(widely)


def test_one_with_far_more_stands_out_further_the_more_the_others_are_alike() -> None:
    alike, apart = drawn(2, 0.0, 2.4), drawn(2, 0.8, 2.4)
    alike[0] = apart[0] = 22
    p = asked(alike)[1][0]
    # Offices of ten and both kinds of unit leave an officer about 4 in 10,000 (2.5% over 60).
    assert p < 2e-4
    assert asked(apart)[1][0] > 10 * p


def test_a_few_who_do_wrong_neither_widen_what_is_ordinary_nor_hide() -> None:
    counts = drawn(3, 0.3, 20.0)
    clean, _ = asked(counts)
    counts[::12] = 110
    scatter, p = asked(counts)
    assert scatter.sd == pytest.approx(clean.sd, abs=0.08)
    assert np.all(p[::12] < 1e-4)
    assert scatter.units == 55


def test_two_officers_do_not_tell_of_each_other() -> None:
    """Each is held against the other: against anything but the prior they would count the same difference twice."""
    counts = np.array([30, 8])
    _, p = asked(counts, 2)

    tau = np.geomspace(0.02, 4.0, 801)
    share = np.exp(-0.5 * (tau / 0.5) ** 2) * tau
    d = np.linspace(-12.0, 12.0, 6_001)
    law = sum(s * stats.norm.pdf(d, 0, np.sqrt(2) * t) for s, t in zip(share / share.sum(), tau, strict=True))
    k = np.arange(0, 39)
    weight = np.exp(stats.hypergeom.logpmf(k, 2 * CASES, 38, CASES) + np.outer(d, k - 19))
    tail = weight[:, 30:].sum(axis=1) / weight.sum(axis=1)
    # 92 spreads against 801.
    assert p[0] == pytest.approx(np.trapezoid(tail * law, d), rel=1e-3)


def test_an_officer_is_held_against_the_others_and_not_against_himself() -> None:
    """What remains without a unit's own likelihood is what would be known had it been nobody's."""
    rng = np.random.default_rng(4)
    counts = rng.binomial(CASES, 0.05, 12)
    many = strata(np.full(12, 100_000), np.full(12, 5_000), np.full(12, CASES), np.arange(13))
    # Against so many others nobody leans on anybody.
    told = heard(Counts(counts, many, np.ones(12), np.zeros((12, 12))))
    scatter = count_scatter([told])
    if not told.high.units.size:
        counts[0] = 27
        told = heard(Counts(counts, many, np.ones(12), np.zeros((12, 12))))
        scatter = count_scatter([told])
    unit = int(told.high.units[0])
    rest = np.delete(np.arange(12), unit)
    kept = scatter.heard[0][rest]
    without = CountScatter(scatter.log_posterior - (told.likelihood[unit] if scatter.heard[0][unit] else 0.0), (kept,))
    p = told.high.tails[0] @ without.share
    assert scatter.against(0, told, told.high)[0] == pytest.approx(p, rel=1e-12)
