"""Leniency against reference values on real judges, brute force and simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from arusha.inference import leniency as ln


@pytest.fixture(scope="module")
def judges(data):
    return pd.read_parquet(data("examiner_robust/stevenson_judges.parquet"))


def test_reference_judges(golden, judges):
    wanted = golden("leniency")
    assert len(judges) == wanted["n"]
    jail = ln.unit_rates(judges["jail3"], judges["judge_pre"])
    guilt = ln.unit_rates(judges["guilt"], judges["judge_pre"])
    rates = wanted["judge_rates"]
    assert [str(u) for u in jail.unit] == rates["judge"] or [str(int(u)) for u in jail.unit] == rates["judge"]
    np.testing.assert_array_equal(jail.n, rates["n"])
    np.testing.assert_allclose(jail.rate, rates["jail_rate"], rtol=1e-13)
    np.testing.assert_allclose(guilt.rate, rates["guilt_rate"], rtol=1e-13)
    loo = ln.leave_one_out(judges["jail3"], judges["judge_pre"])
    head = wanted["loo_head"]
    np.testing.assert_allclose(loo[:20], head["row1_20"], rtol=1e-12)
    assert loo.mean() == pytest.approx(head["mean"], rel=1e-12)
    assert loo.std(ddof=1) == pytest.approx(head["sd"], rel=1e-10)


def test_judges_differ_and_their_cases_less_so(judges):
    outcome = ln.equal_rates(judges["jail3"], judges["judge_pre"], judges["bailDate"])
    balance = ln.equal_rates(judges["male"], judges["judge_pre"], judges["bailDate"])
    assert outcome.chi2_p < 1e-6
    assert outcome.chi2 > 3 * balance.chi2


def test_leave_one_out_by_brute_force_within_strata():
    random = np.random.default_rng(1)
    unit, stratum, y = random.integers(0, 4, 60), random.integers(0, 12, 60), random.normal(size=60)
    found = ln.leave_one_out(y, unit, stratum)
    departures = np.full(60, np.nan)
    for d in range(60):
        others = (stratum == stratum[d]) & (np.arange(60) != d)
        if others.any():
            departures[d] = y[d] - y[others].mean()
    for d in range(60):
        mine = (unit == unit[d]) & (np.arange(60) != d) & ~np.isnan(departures)
        assert found[d] == pytest.approx(departures[mine].mean(), rel=1e-10)
    alone = ln.leave_one_out([1.0, 0.0], ["a", "b"])
    assert np.isnan(alone).all()


def test_f_equals_nested_least_squares():
    random = np.random.default_rng(2)
    unit, stratum = random.integers(0, 5, 200), random.integers(0, 15, 200)
    y = random.normal(size=200) + 0.2 * unit + 0.3 * stratum
    found = ln.equal_rates(y, unit, stratum)
    small = np.eye(15)[stratum]
    large = np.column_stack([small, np.eye(5)[unit][:, 1:]])

    def left(X):
        return np.sum((y - X @ np.linalg.lstsq(X, y, rcond=None)[0]) ** 2)

    f = (left(small) - left(large)) / 4 / (left(large) / (200 - 19))
    assert found.f_df == (4, 181)
    assert found.f == pytest.approx(f, rel=1e-9)
    assert found.f_p == pytest.approx(stats.f.sf(f, 4, 181), rel=1e-8)


def test_chi2_of_two_units_is_mantel_haenszel():
    from arusha.inference import mantel_haenszel as mh

    random = np.random.default_rng(3)
    unit, stratum = random.integers(0, 2, 300), random.integers(0, 10, 300)
    y = random.integers(0, 2, 300)
    found = ln.equal_rates(y, unit, stratum)
    cells = [
        [np.sum((stratum == s) & (unit == u) & (y == v)) for s in range(10)]
        for u, v in ((0, 1), (0, 0), (1, 1), (1, 0))
    ]
    reference = mh.cochran_mantel_haenszel(*cells, [0, 10], correct=False)
    assert found.chi2_df == 1
    assert found.chi2 == pytest.approx(reference.chi2[0], rel=1e-10)


def test_chi2_covariance_is_that_of_random_dealing():
    """Mean chi2 over 4,000 deals of fixed outcomes is its degrees of freedom."""
    random = np.random.default_rng(4)
    stratum = np.repeat(np.arange(8), 12)
    unit = np.tile([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3], 8)
    y = random.exponential(size=96) ** 2
    values = []
    for _ in range(4000):
        dealt = unit.copy()
        for s in range(8):
            dealt[stratum == s] = random.permutation(dealt[stratum == s])
        values.append(ln.equal_rates(y, dealt, stratum).chi2)
    assert np.mean(values) == pytest.approx(3.0, abs=3.3 * np.std(values) / np.sqrt(4000))


def test_size_of_both_tests():
    random = np.random.default_rng(5)
    hits = np.zeros(2)
    for _ in range(500):
        stratum, unit = random.integers(0, 30, 600), random.integers(0, 6, 600)
        y = random.uniform(size=600) < (0.1 + 0.01 * stratum)
        found = ln.equal_rates(y, unit, stratum)
        hits += [found.chi2_p <= 0.1, found.f_p <= 0.1]
    assert np.all(np.abs(hits / 500 - 0.1) < 3.3 * np.sqrt(0.09 / 500))


def test_strata_of_one_unit_say_nothing():
    found = ln.equal_rates([1.0, 0.0, 1.0], ["a", "a", "b"], [1, 1, 2])
    assert found.informing == 0
    assert np.isnan(found.chi2_p)
    same = ln.equal_rates([1.0, 1.0, 1.0], ["a", "b", "b"])
    assert np.isnan(same.chi2_p)
    assert np.isnan(same.f_p)
    with pytest.raises(ValueError, match="missing"):
        ln.equal_rates([np.nan], ["a"])


def test_reference_within_strata_by_the_law_and_by_shuffles():
    """R's coin 1.4-2: two units in four strata (p by the law and by 99,999 shuffles), three units in five."""
    y = [
        0.73,
        1.04,
        0.14,
        2.05,
        0.82,
        0.57,
        1.77,
        0.14,
        1.37,
        0.76,
        3.3,
        2.74,
        0.95,
        0.6,
        1.53,
        0.33,
        1.47,
        0.63,
        2.84,
        0.53,
        0.91,
        0.54,
        0.08,
        1.14,
    ]
    two = ln.equal_rates(y, np.tile([1, 2], 12), np.repeat([1, 2, 3, 4], 6), draws=9_999, seed=2)
    assert two.chi2 == pytest.approx(1.13944380800731**2, rel=1e-10)
    assert two.chi2_p == pytest.approx(0.254518092840357, rel=1e-9)
    p = 0.269272692726927
    assert abs(two.chi2_drawn_p - p) < 3.3 * np.sqrt(p * (1 - p) * (1 / 9_999 + 1 / 99_999))
    three = ln.equal_rates(
        [
            0.13,
            1.38,
            0.09,
            4.55,
            0.84,
            0.27,
            1.89,
            0.31,
            1.05,
            2.07,
            0.06,
            0.17,
            0.33,
            3.22,
            0.73,
            2.66,
            0.81,
            0.87,
            1.87,
            0.08,
            4.92,
            0.05,
            0.76,
            0.3,
            0.95,
            1.12,
            2.12,
            0.19,
            1.87,
            0.23,
            0.95,
            1.05,
            0.37,
            0.39,
            0.11,
            1.91,
            0.22,
            0.6,
            1.63,
            0.08,
        ],
        [
            1,
            2,
            2,
            3,
            3,
            2,
            2,
            2,
            3,
            1,
            3,
            1,
            1,
            1,
            2,
            2,
            2,
            1,
            2,
            1,
            2,
            2,
            2,
            3,
            3,
            3,
            1,
            2,
            1,
            2,
            3,
            3,
            3,
            3,
            3,
            1,
            1,
            3,
            2,
            2,
        ],
        [
            5,
            2,
            1,
            3,
            3,
            2,
            2,
            5,
            2,
            4,
            3,
            3,
            2,
            2,
            3,
            3,
            2,
            1,
            1,
            5,
            2,
            4,
            3,
            5,
            1,
            3,
            2,
            5,
            1,
            1,
            2,
            3,
            2,
            3,
            2,
            1,
            4,
            1,
            3,
            3,
        ],
    )
    assert three.chi2 == pytest.approx(1.02833327817804, rel=1e-10)
    assert three.chi2_p == pytest.approx(0.597998735794941, rel=1e-9)
    assert np.isnan(three.chi2_drawn_p)


def test_drawn_p_against_every_deal():
    """Two strata of four cases, two units with two in each: all 36 deals, and 3.3 standard errors of 4,000 shuffles."""
    from itertools import combinations, product

    y, stratum = np.array([0.1, 0.4, 1.2, 0.9, 2.0, 0.3, 0.2, 3.1]), np.repeat([0, 1], 4)
    unit = np.array([0, 0, 1, 1, 1, 0, 0, 1])
    found = ln.equal_rates(y, unit, stratum, draws=4_000, seed=3)
    deals = []
    for first, second in product(combinations(range(4), 2), combinations(range(4, 8), 2)):
        dealt = np.ones(8, dtype=int)
        dealt[[*first, *second]] = 0
        deals.append(ln.equal_rates(y, dealt, stratum).chi2)
    p = np.mean(np.array(deals) >= found.chi2 * (1 - 1e-9))
    assert abs(found.chi2_drawn_p - p) < 3.3 * np.sqrt(p * (1 - p) / 4_000) + 1 / 4_000
    with pytest.raises(ValueError, match="draws"):
        ln.equal_rates(y, unit, stratum, draws=-1)
