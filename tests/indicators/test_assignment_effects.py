"""The excess share: what it estimates, and intervals that cover."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special
from steering_worlds import Office, Scheme, draws, excess, world

from arusha.indicators import assignment_effects_kernel as kernel
from arusha.indicators.assignment_effects import HALVINGS, excess_share, shrunken
from arusha.indicators.assignment_office import prepare
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_rounds import Limits, run


def test_the_raw_estimate_is_the_mantel_haenszel_difference() -> None:
    # One stratum: 4 of the declarant's 10 draws and 2 of the others' 10 went to the officer.
    one = np.array([0])
    pairs = Pairs(
        declarant=one,
        outcome=one,
        n=np.array([10]),
        compared=np.array([5.0]),
        observed=np.array([4]),
        expected=np.array([3.0]),
        variance=np.array([1.1]),
        p=np.array([0.3]),
        anyway=one,
        loose=np.array([0.0]),
    )
    raw, variance = excess_share(pairs)
    assert raw[0] == pytest.approx(0.4 - 0.2)
    # Two binomial shares of ten draws each; half a success and half a failure are added to the declarant's.
    assert variance[0] == pytest.approx(0.4 * 0.6 / 10 + 0.2 * 0.8 / 10, rel=0.1)
    # An expected count of 3 that may be wrong by a fifth: 0.6 of 5 draws compared.
    _, wider = excess_share(replace(pairs, loose=np.array([0.2])))
    assert wider[0] - variance[0] == pytest.approx((3 * 0.2 / 5) ** 2)


def test_many_without_excess_do_not_draw_a_large_one_to_nothing() -> None:
    rng = np.random.default_rng(1)
    raw = np.concatenate([rng.normal(0, 0.02, 2000), [0.4]])
    found = shrunken(raw, np.full(2001, 0.02**2), 0.95)
    assert found.estimate[-1] > 0.36
    assert np.abs(found.estimate[:-1]).max() < 0.06
    assert np.all(found.low < found.high)


def test_limits_are_those_of_the_law_itself_in_every_digit() -> None:
    """A table decides most halvings; where it could be wrong the law is asked, so that nothing differs."""
    rng = np.random.default_rng(3)
    pairs, parts = 400, 8
    part = rng.dirichlet(np.full(parts, 0.2), pairs)
    part[rng.random(part.shape) < 0.1] = 0.0
    part[:, 0] += 1.0 - part.sum(axis=1)
    sd = 10 ** rng.uniform(-4, 0, part.shape)
    mean = rng.normal(0, 1, part.shape) * 10 ** rng.uniform(-3, 0, part.shape)
    reach = 8 * sd.max(axis=1) + np.abs(mean).max(axis=1)
    table = kernel.normal_table()
    for chance in (0.025, 0.5, 0.995):
        found = np.empty(pairs)
        kernel.quantiles(part, mean, sd, reach, chance, float(special.ndtri(chance)), HALVINGS, table, 0, pairs, found)
        low, high = -reach, reach.copy()
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            under = np.zeros(pairs)
            for k in range(parts):
                z = (mean[:, k] - middle) / sd[:, k] * np.sqrt(0.5)
                under += part[:, k] * 0.5 * np.array([math.erfc(value) for value in z.tolist()])
            low, high = np.where(under < chance, middle, low), np.where(under < chance, high, middle)
        np.testing.assert_array_equal(found, 0.5 * (low + high))


def test_the_table_is_nearer_to_the_law_than_what_it_decides() -> None:
    steps = np.linspace(-9 * kernel.STEPS, 9 * kernel.STEPS, 20001)
    table = kernel.normal_table()
    told = np.array([kernel.looked_up(at, table) for at in steps.tolist()])
    # A cubic through values and slopes is wrong by at most the fourth derivative (1.4) times the step to the fourth
    # over 384, which is 2.2e-10 here.
    assert np.abs(told - special.ndtr(steps / kernel.STEPS)).max() < 2.2e-10 < kernel.SURE


def test_untested_pairs_have_no_effect() -> None:
    found = shrunken(np.array([0.1, np.nan, 0.0]), np.array([0.01, np.nan, 0.01]), 0.95)
    assert np.isnan(found.estimate[1])
    assert np.isfinite(found.estimate[[0, 2]]).all()


def test_intervals_cover() -> None:
    inside = known = 0
    for seed in range(12):
        schemes = (Scheme(2, 3, 0.2), Scheme(6, 7, 0.5), Scheme(11, 0, 0.35))
        made = world(Office(draws=5000, schemes=schemes), seed)
        pairs = run([prepare(draws(made)[0], 30)], Limits(30, 5, 0.05))[0].pairs
        found = shrunken(*excess_share(pairs), 0.95)
        truth = np.zeros(pairs.p.size)
        for s in schemes:
            own = pairs.declarant == s.declarant
            truth[own] = excess(made, s.declarant)[pairs.outcome[own]]
        ok = np.isfinite(found.estimate)
        inside += int(((found.low <= truth) & (truth <= found.high))[ok].sum())
        known += int(ok.sum())
    # 95% of some 5,000 pairs: the error of the share is about half a point, more since pairs share margins.
    assert 0.93 <= inside / known <= 0.985
