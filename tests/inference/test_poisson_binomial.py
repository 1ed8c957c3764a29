"""Poisson-binomial tails against enumeration, reference values, scipy's binomial and simulation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import poisson_binomial as pb


def by_enumeration(p: list[Fraction], t: int) -> Fraction:
    return sum(
        (
            prod(q if y else 1 - q for q, y in zip(p, draws, strict=True))
            for draws in product((0, 1), repeat=len(p))
            if sum(draws) >= t
        ),
        Fraction(0),
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 32), min_size=1, max_size=8), st.integers(-1, 9))
def test_tails_equal_enumeration(thirty_seconds, t):
    p = [Fraction(x, 32) for x in thirty_seconds]
    values = [float(x) for x in p]
    wanted = float(by_enumeration(p, t))
    assert pb.upper_tail([t], values, [0, len(p)]).p[0] == pytest.approx(wanted, rel=1e-13)
    assert pb.lower_tail([t], values, [0, len(p)]).p[0] == pytest.approx(float(1 - by_enumeration(p, t + 1)), rel=1e-13)


def test_reference_values(golden):
    wanted = golden("sampling_misc")["poisson_binomial"]
    np.testing.assert_allclose(pb.probabilities(wanted["p"]), wanted["pmf"], rtol=1e-14)
    assert pb.upper_tail([5], wanted["p"], [0, 8]).p[0] == pytest.approx(wanted["upper_ge_5"], rel=1e-13)


def test_equal_chances_are_binomial_down_to_tiny_tails():
    n, chance = 400, 0.07
    t = np.arange(0, 402)
    found = pb.upper_tail(t, np.full(402, chance), np.arange(403), copies=np.full(402, n)).p
    wanted = stats.binom.sf(t - 1, n, chance)
    shown = wanted > 1e-300
    # 1e-11: scipy's incomplete beta is the less accurate of the two in the far tail.
    np.testing.assert_allclose(found[shown], wanted[shown], rtol=1e-11)


def test_many_units_at_once_equal_one_at_a_time():
    random = np.random.default_rng(3)
    sizes = random.integers(0, 40, 50)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    p = random.uniform(0, 1, indptr[-1])
    t = random.integers(0, 20, 50)
    together = pb.upper_tail(t, p, indptr, threads=2)
    for unit in range(50):
        part = p[indptr[unit] : indptr[unit + 1]]
        assert together.p[unit] == pb.upper_tail([t[unit]], part, [0, part.size]).p[0]
        assert together.expected[unit] == pytest.approx(part.sum(), rel=1e-12)
        assert together.variance[unit] == pytest.approx((part * (1 - part)).sum(), rel=1e-12)


@pytest.mark.parametrize("base", [0.5, 0.15])
@pytest.mark.parametrize("distance", [-4.0, -0.2, 0.0, 0.3, 2.0, 5.0, 12.0, 25.0])
def test_saddlepoint_is_within_its_stated_accuracy(base, distance):
    n = 25_000
    p = np.random.default_rng(8).uniform(0, 2 * base, n)
    t = int(p.sum() + distance * np.sqrt((p * (1 - p)).sum()))
    auto = pb.upper_tail([t], p, [0, n])
    exact = pb.upper_tail([t], p, [0, n], method="exact")
    assert not auto.exact[0]
    assert exact.exact[0]
    # The accuracy stated in the module; measured 5e-8 at worst.
    assert auto.p[0] == pytest.approx(exact.p[0], rel=1e-6)
    assert auto.point[0] == pytest.approx(exact.point[0], rel=1e-6)


def test_auto_convolves_where_the_variance_is_small():
    p = np.full(30_000, 1e-3)
    found = pb.upper_tail([60], p, [0, 30_000])
    assert found.exact[0]
    assert found.p[0] == pytest.approx(stats.binom.sf(59, 30_000, 1e-3), rel=1e-11)


def test_certain_draws():
    found = pb.upper_tail([2, 3, 1], [1.0, 1.0, 0.0] * 3, [0, 3, 6, 9])
    assert found.p.tolist() == [1.0, 0.0, 1.0]


@pytest.mark.parametrize("p", [[1.2], [-0.1], [np.nan]])
def test_chances_outside_are_refused(p):
    with pytest.raises(ValueError, match="chances"):
        pb.upper_tail([1], p, [0, 1])


def test_size_under_the_null():
    random = np.random.default_rng(21)
    p = random.uniform(0.02, 0.4, 60)
    t = (random.uniform(size=(5000, 60)) < p).sum(1)
    found = pb.upper_tail(t, np.tile(p, 5000), np.arange(5001) * 60).p
    for rate in (0.01, 0.05, 0.2):
        assert np.mean(found <= rate) <= rate + 3.3 * np.sqrt(rate * (1 - rate) / 5000)
    assert np.mean(found <= 0.05) > 0.02
