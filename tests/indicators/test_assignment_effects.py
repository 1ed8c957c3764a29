"""The excess share: what it estimates, and intervals that cover."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from steering_worlds import Office, Scheme, draws, excess, world

from arusha.indicators.assignment_effects import excess_share, shrunken
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
