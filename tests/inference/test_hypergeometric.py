"""Hypergeometric tails against rational arithmetic, scipy and simulation."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.inference import hypergeometric as hg


def exact_law(strata: list[tuple[int, int, int]]) -> dict[int, Fraction]:
    """The law of T in rational arithmetic."""
    law = {0: Fraction(1)}
    for M, m, n in strata:
        new: dict[int, Fraction] = {}
        for t, p in law.items():
            for k in range(max(0, m + n - M), min(m, n) + 1):
                new[t + k] = new.get(t + k, Fraction(0)) + p * Fraction(comb(m, k) * comb(M - m, n - k), comb(M, n))
        law = new
    return law


@st.composite
def strata(draw: st.DrawFn, most: int = 8, largest: int = 25) -> list[tuple[int, int, int]]:
    out = []
    for _ in range(draw(st.integers(1, most))):
        M = draw(st.integers(0, largest))
        out.append((M, draw(st.integers(0, M)), draw(st.integers(0, M))))
    return out


@settings(deadline=None, max_examples=150)
@given(strata(), st.integers(-2, 2), st.floats(0, 1))
def test_stratified_tails_equal_rational_arithmetic(given_strata, beyond, where):
    law = exact_law(given_strata)
    least, most = min(law), max(law)
    t = round(least + where * (most - least)) + beyond
    M, m, n = (np.array(column) for column in zip(*given_strata, strict=True))
    indptr = [0, len(given_strata)]
    upper = hg.stratified_upper_tail([t], M, m, n, indptr)
    lower = hg.stratified_lower_tail([t], M, m, n, indptr)
    # 1e-13: positive terms only, some hundred roundings of 1e-16 each.
    assert upper.p[0] == pytest.approx(float(sum((p for k, p in law.items() if k >= t), Fraction(0))), rel=1e-13)
    assert lower.p[0] == pytest.approx(float(sum((p for k, p in law.items() if k <= t), Fraction(0))), rel=1e-13)
    if t >= upper.expected[0]:
        assert upper.point[0] == pytest.approx(float(law.get(t, Fraction(0))), rel=1e-13)
    mean = sum((k * p for k, p in law.items()), Fraction(0))
    assert upper.expected[0] == pytest.approx(float(mean), rel=1e-13)
    variance = float(sum((p * (k - mean) ** 2 for k, p in law.items()), Fraction(0)))
    assert upper.variance[0] == pytest.approx(variance, rel=1e-12, abs=1e-14)


def test_tiny_tails_keep_their_relative_accuracy():
    strata_given = [(60, 20, 9)] * 6 + [(40, 7, 12)] * 5
    law = exact_law(strata_given)
    M, m, n = (np.array(c) for c in zip(*strata_given, strict=True))
    t = np.arange(min(law), max(law) + 2)
    units = t.size
    found = hg.stratified_upper_tail(
        t, np.tile(M, units), np.tile(m, units), np.tile(n, units), np.arange(units + 1) * M.size
    ).p
    wanted = np.array([float(sum((p for k, p in law.items() if k >= one), Fraction(0))) for one in t])
    assert wanted[-2] < 1e-50  # the test reaches where subtraction from 1 would have nothing left
    np.testing.assert_allclose(found, wanted, rtol=1e-13)


def test_copies_stand_for_identical_strata():
    M, m, n, copies = [30, 12, 50], [4, 6, 11], [5, 3, 20], [7, 0, 3]
    long = [np.repeat(v, copies) for v in (M, m, n)]
    t = np.arange(0, 40)
    merged = hg.stratified_upper_tail(
        t, np.tile(M, 40), np.tile(m, 40), np.tile(n, 40), np.arange(41) * 3, copies=np.tile(copies, 40)
    )
    apart = hg.stratified_upper_tail(t, *(np.tile(v, 40) for v in long), np.arange(41) * 10)
    np.testing.assert_allclose(merged.p, apart.p, rtol=1e-13)
    np.testing.assert_allclose(merged.variance, apart.variance, rtol=1e-13)


def test_noncentral_single_stratum_equals_scipy():
    M, m, n = 80, 30, 25
    for log_odds in (-3.0, -0.4, 0.7, 2.5):
        t = np.arange(0, 26)
        law = stats.nchypergeom_fisher(M, m, n, np.exp(log_odds))
        found = hg.stratified_upper_tail(t, [M] * 26, [m] * 26, [n] * 26, np.arange(27), log_odds=log_odds).p
        wanted = np.array([law.pmf(np.arange(one, 26)).sum() for one in t])
        # 1e-10: scipy's noncentral probabilities carry about ten digits.
        np.testing.assert_allclose(found, wanted, rtol=1e-10)


def test_reference_tails(golden):
    """R's one-sided Fisher tests are single strata; its exact Mantel-Haenszel test is the sum over six departments."""
    tests = golden("classical_tests")
    for name, case in tests["fisher_2x2"].items():
        a, c, b, d = case["table_colmajor"]
        tail = {"greater": hg.stratified_upper_tail, "less": hg.stratified_lower_tail}.get(name.split("_")[1])
        if tail is not None:
            assert tail([a], [a + b + c + d], [a + b], [a + c], [0, 1]).p[0] == pytest.approx(case["p"], rel=1e-12)
    cells = np.array(tests["mantelhaen_UCB"]["table"]).reshape(6, 2, 2)  # admitted and not, by column
    a, M, m, n = cells[:, 0, 0], cells.sum((1, 2)), cells[:, :, 0].sum(1), cells[:, 0, :].sum(1)
    wanted = tests["mantelhaen_UCB_exact"]
    assert a.sum() == wanted["statistic"]["S"]
    found = hg.stratified_lower_tail([a.sum()], M, m, n, [0, 6])
    law = hg.strata(M, m, n, [0, 6])
    # Two-sided by the chance of all sums no likelier; the reference adds the same law up in another order.
    assert hg.no_likelier(law, a.sum()[None])[0] == pytest.approx(wanted["p"], rel=1e-10)
    # The one tail is about half of it, the law being nearly symmetric at 4,526 applicants.
    assert 2 * found.p[0] == pytest.approx(wanted["p"], rel=0.05)


def test_no_unit_no_stratum_and_impossible_counts():
    nothing = hg.stratified_upper_tail([], [], [], [], [0])
    assert nothing.p.size == 0
    empty = hg.stratified_upper_tail([0, 1], [], [], [], [0, 0, 0])
    assert empty.p.tolist() == [1.0, 0.0]
    fixed = hg.stratified_upper_tail([5, 6, 4], [5] * 3, [5] * 3, [5] * 3, [0, 1, 2, 3])
    assert fixed.p.tolist() == [1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("M", "m", "n"), [([5], [6], [1]), ([5], [-1], [1]), ([5], [1], [9]), ([5.5], [1], [1]), ([np.nan], [1], [1])]
)
def test_impossible_margins_are_refused(M, m, n):
    with pytest.raises(ValueError, match=r"stratum|whole"):
        hg.stratified_upper_tail([1], M, m, n, [0, 1])


def test_row_pointers_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="indptr"):
        hg.stratified_upper_tail([1], [5, 5], [1, 1], [1, 1], [0, 1])
    with pytest.raises(ValueError, match="one observed count a unit"):
        hg.stratified_upper_tail([1, 1], [5], [1], [1], [0, 1])


def test_single_cells_equal_scipy_and_their_stratified_form():
    random = np.random.default_rng(5)
    M = random.integers(1, 4000, 3000)
    m = (M * random.uniform(0, 1, 3000)).astype(int)
    n = (M * random.uniform(0, 0.5, 3000)).astype(int)
    x = random.hypergeometric(m, M - m, n) + random.integers(-12, 12, 3000)
    upper, lower = hg.upper_tail(x, M, m, n), hg.lower_tail(x, M, m, n)
    exact = hg.stratified_upper_tail(x, M, m, n, np.arange(3001)).p
    # 1e-9: a difference of log-factorials of 4,000 (about 3e4) loses four to five of sixteen digits.
    np.testing.assert_allclose(upper, exact, rtol=1e-9)
    np.testing.assert_allclose(upper, stats.hypergeom.sf(x - 1, M, m, n), rtol=1e-9, atol=1e-250)
    np.testing.assert_allclose(lower, stats.hypergeom.cdf(x, M, m, n), rtol=1e-9, atol=1e-250)


def test_single_cells_beyond_the_table():
    M, m, n = 3_000_000, 40_000, 20_000
    x = np.array([150, 267, 300, 500])
    wanted = hg.stratified_upper_tail(x, [M] * 4, [m] * 4, [n] * 4, np.arange(5)).p
    np.testing.assert_array_equal(hg.upper_tail(x, M, m, n), wanted)
    # Each probability from log-factorials of 3e6 is good to about 1e-8 only, hence the comparison at 1e-7.
    np.testing.assert_allclose(wanted, stats.hypergeom.sf(x - 1, M, m, n), rtol=1e-7)


def test_large_strata_keep_their_digits():
    """A stratum of a quarter million against integer arithmetic: factorials would have lost seven digits."""
    M, m, n = 250_000, 4_000, 600
    whole = comb(M, n)
    for t in (5, 10, 20, 40):
        wanted = sum(comb(m, k) * comb(M - m, n - k) for k in range(t, 90))
        found = hg.stratified_upper_tail([t], [M], [m], [n], [0, 1]).p[0]
        # The terms beyond 90 are below 1e-30 of the sum.
        assert found == pytest.approx(float(Fraction(wanted, whole)), rel=1e-12)


def test_threads_do_not_change_a_bit():
    random = np.random.default_rng(7)
    M = random.integers(5, 200, 4000)
    m, n = random.integers(0, M + 1), random.integers(0, M + 1)
    t = random.hypergeometric(m, M - m, n).reshape(400, 10).sum(1)
    one = hg.stratified_upper_tail(t, M, m, n, np.arange(401) * 10)
    two = hg.stratified_upper_tail(t, M, m, n, np.arange(401) * 10, threads=2)
    np.testing.assert_array_equal(one.p, two.p)
    np.testing.assert_array_equal(hg.upper_tail(m // 2, M, m, n), hg.upper_tail(m // 2, M, m, n, threads=2))


def test_the_averaged_tail_is_the_mean_of_the_tails_at_each_node_on_any_threads():
    random = np.random.default_rng(17)
    M = random.integers(5, 400, 1000)
    m, n = random.integers(0, M + 1), random.integers(0, M + 1)
    indptr = np.arange(101) * 10
    t = random.hypergeometric(m, M - m, n).reshape(100, 10).sum(1) + random.integers(-20, 40, 100)
    nodes = random.uniform(0.1, 1.5, 100)[:, None] * np.linspace(-6, 6, 41)
    weights = stats.norm.pdf(np.linspace(-6, 6, 41))
    tails = [hg.stratified_upper_tail(t, M, m, n, indptr, log_odds=node).p for node in nodes.T]
    one, two, four = (hg.averaged_upper_tail(t, M, m, n, indptr, nodes, weights, threads=k) for k in (1, 2, 4))
    np.testing.assert_allclose(one, weights @ np.array(tails), rtol=1e-14)
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(one, four)
    with pytest.raises(ValueError, match="rise"):
        hg.averaged_upper_tail(t, M, m, n, indptr, nodes[:, ::-1], weights)


def test_the_rate_of_small_p_under_the_null_is_at_most_nominal():
    random = np.random.default_rng(11)
    M, m, n = (np.tile(v, 4000) for v in ([30, 45, 12, 60], [6, 9, 4, 11], [10, 8, 5, 20]))
    t = random.hypergeometric(m, M - m, n).reshape(4000, 4).sum(1)
    p = hg.stratified_upper_tail(t, M, m, n, np.arange(4001) * 4).p
    for rate in (0.01, 0.05, 0.2):
        # Exact tests are at or below the rate; 3.3 standard errors of a simulation of 4,000.
        assert np.mean(p <= rate) <= rate + 3.3 * np.sqrt(rate * (1 - rate) / 4000)
    assert np.mean(p <= 0.05) > 0.02  # and not for want of ever rejecting


def test_mid_p_is_between_the_tail_and_the_next():
    found = hg.stratified_upper_tail([3, 4], [20, 20], [5, 5], [8, 8], [0, 1, 2])
    assert found.p[1] < found.mid_p[0] < found.p[0]
    assert found.mid_p[0] == pytest.approx(0.5 * (found.p[0] + found.p[1]), rel=1e-12)
