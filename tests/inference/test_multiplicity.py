"""Adjusted p-values against reference values, definitions and simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.inference import multiplicity as mu

METHODS = ("bonferroni", "holm", "hochberg", "hommel", "bh", "by")
chances = st.one_of(st.just(float("nan")), st.integers(0, 200).map(lambda x: x / 200))


def reference_name(method: str) -> str:
    return method.upper() if method in ("bh", "by") else method


@pytest.mark.parametrize("method", METHODS)
def test_reference_small(golden, method):
    wanted = golden("multiple_testing")["small"]
    np.testing.assert_allclose(mu.adjust(wanted["p"], method), wanted[reference_name(method)], rtol=1e-14)


@pytest.mark.parametrize("method", METHODS)
def test_reference_hedenfalk(golden, data, method):
    p = pd.read_csv(data("multiple_testing/hedenfalk_p.csv"))["p"].to_numpy()
    np.testing.assert_allclose(
        mu.adjust(p, method), golden("multiple_testing")["hedenfalk"][reference_name(method)], rtol=1e-13
    )


@settings(deadline=None)
@given(st.lists(chances, min_size=1, max_size=25))
def test_invariants(p):
    p = np.array(p)
    order = np.argsort(p)
    previous = None
    for method in ("bh", "hommel", "hochberg", "holm", "bonferroni"):
        q = mu.adjust(p, method)
        np.testing.assert_array_equal(np.isnan(q), np.isnan(p))
        tested = q[order][~np.isnan(q[order])]
        assert np.all(np.diff(tested) >= -1e-12)
        assert np.all(tested >= p[order][: tested.size] - 1e-12)
        assert np.all(tested <= 1)
        shuffled = np.random.default_rng(1).permutation(p.size)
        np.testing.assert_allclose(mu.adjust(p[shuffled], method), q[shuffled])
        if previous is not None:  # each method in the list is at least as cautious as the one before
            assert np.all((q >= previous - 1e-12) | np.isnan(q))
        previous = q


def test_hommel_equals_its_closed_testing_definition():
    random = np.random.default_rng(2)
    for _ in range(30):
        p = np.round(random.uniform(0, 1, 7) ** 2, 3)
        wanted = np.zeros(7)
        for subset in range(1, 128):
            members = [i for i in range(7) if subset >> i & 1]
            ordered = np.sort(p[members])
            simes = np.min(len(members) * ordered / np.arange(1, len(members) + 1))
            for i in members:
                wanted[i] = max(wanted[i], min(simes, 1))
        np.testing.assert_allclose(mu.adjust(p, "hommel"), wanted, rtol=1e-12)


def test_missing_do_not_count():
    q = mu.adjust([0.01, np.nan, 0.04, np.nan], "bh")
    np.testing.assert_allclose(q, [0.02, np.nan, 0.04, np.nan])
    assert np.isnan(mu.adjust([np.nan], "holm")).all()
    assert mu.adjust([], "bh").size == 0


def test_bad_values_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        mu.adjust([0.5, 1.2])
    with pytest.raises(ValueError, match="unknown adjustment"):
        mu.adjust([0.5], "best")  # type: ignore[arg-type]


def two_level(p: np.ndarray, family: np.ndarray, rate: float) -> np.ndarray:
    """The procedure as written down, at one rate."""
    rejected = np.zeros(p.size, dtype=bool)
    names = [f for f in np.unique(family) if not np.isnan(p[family == f]).all()]
    if not names:
        return rejected
    simes = np.array([mu.simes(p[family == f]) for f in names])
    selected = mu.adjust(simes, "bh") <= rate
    for name in np.array(names)[selected]:
        inside = np.flatnonzero(family == name)
        rejected[inside] = mu.adjust(p[inside], "bh") <= rate * selected.sum() / len(names)
    return rejected


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(chances, st.integers(0, 5)), min_size=1, max_size=30), st.integers(0, 2**31))
def test_hierarchical_equals_the_procedure_at_every_rate(rows, seed):
    # Ties of a threshold and a p-value differ in the last bit between two ways of writing one inequality: a jitter
    # keeps them apart, and rates are drawn between the attained values as well as at random.
    random = np.random.default_rng(seed)
    p = np.array([x for x, _ in rows])
    p = np.clip(p + random.uniform(0, 1e-4, p.size), 0, 1)
    family = np.array([f for _, f in rows])
    q = mu.hierarchical_bh(p, family).q
    np.testing.assert_array_equal(np.isnan(q), np.isnan(p))
    values = np.unique(q[~np.isnan(q)])
    rates = np.concatenate([values * (1 + 1e-9), values * (1 - 1e-9), random.uniform(0, 1, 10)])
    for rate in rates[(rates > 0) & (rates < 1)]:
        np.testing.assert_array_equal(np.nan_to_num(q, nan=2.0) <= rate, two_level(p, family, rate))


def test_hierarchical_with_one_family_is_plain_and_families_are_named():
    p = np.array([0.001, 0.02, 0.5])
    found = mu.hierarchical_bh(p, ["a", "a", "a"])
    np.testing.assert_allclose(found.q, mu.adjust(p, "bh"))
    named = mu.hierarchical_bh([0.001, np.nan, 0.5], ["b", "c", "a"])
    assert named.families.tolist() == ["a", "b", "c"]
    np.testing.assert_allclose(named.family_p, [0.5, 0.001, np.nan])
    np.testing.assert_allclose(named.family_q, [0.5, 0.002, np.nan])


def test_hierarchical_holds_the_rate_over_selected_families():
    """The average over selected families of the false share, at 10%, from 600 worlds of 12 families of 25 tests."""
    random = np.random.default_rng(17)
    rate, shares = 0.1, []
    family = np.repeat(np.arange(12), 25)
    for _ in range(600):
        signal = np.zeros((12, 25))
        signal[:4, :5] = 3.2
        z = random.normal(size=(12, 25)) + signal
        from scipy.special import ndtr

        rejected = (mu.hierarchical_bh(ndtr(-z).ravel(), family).q <= rate).reshape(12, 25)
        selected = rejected.any(1)
        false = np.where(rejected.any(1), (rejected & (signal == 0)).sum(1) / np.maximum(rejected.sum(1), 1), 0.0)
        shares.append(false[selected].sum() / max(selected.sum(), 1))
    error = np.std(shares) / np.sqrt(600)
    assert np.mean(shares) <= rate + 3.3 * error
    assert np.mean(shares) > 0.02


@pytest.mark.parametrize("method", ["bh", "by", "smoother", "bootstrap"])
def test_false_discovery_rate_by_simulation(method):
    """60 of 400 tests have an effect; the mean false share at 10% over 300 worlds is at most the rate.

    Benjamini-Hochberg spends 340 / 400 of its rate, Storey's q (which estimates that share) nearly all of it.
    """
    from scipy.special import ndtr

    random = np.random.default_rng(18)
    shares = []
    for _ in range(300):
        effect = np.where(np.arange(400) < 60, 3.0, 0.0)
        p = ndtr(-(random.normal(size=400) + effect))
        q = mu.adjust(p, method) if method in ("bh", "by") else mu.storey_q(p, method).q
        rejected = q <= 0.1
        shares.append(rejected[60:].sum() / max(rejected.sum(), 1))
    error = np.std(shares) / np.sqrt(300)
    # The smoother's estimate of the share of nulls has a standard error of a fifth with 400 tests.
    assert np.mean(shares) <= 0.1 + 3.3 * error + (0.01 if method in ("smoother", "bootstrap") else 0.0)
    if method == "bh":
        assert np.mean(shares) == pytest.approx(0.1 * 340 / 400, abs=3.3 * error)


def test_storey_bootstrap_by_hand():
    """Ten p-values: the shares of nulls at four lambdas, the one of least estimated error, and q."""
    p = np.array([0.001, 0.004, 0.02, 0.11, 0.23, 0.31, 0.52, 0.64, 0.77, 0.93])
    lambdas = np.array([0.1, 0.3, 0.5, 0.7])
    above = np.array([7, 5, 4, 2])
    shares = above / (10 * (1 - lambdas))
    low = np.sort(shares)[0] + 0.3 * (np.sort(shares)[1] - np.sort(shares)[0])  # the tenth of four values
    error = above / (100 * (1 - lambdas) ** 2) * (1 - above / 10) + (shares - low) ** 2
    found = mu.storey_q(p, "bootstrap", lambdas=lambdas)
    np.testing.assert_allclose(found.null_share_by_lambda, shares, rtol=1e-12)
    assert found.null_share == pytest.approx(shares[np.argmin(error)], rel=1e-12)
    np.testing.assert_allclose(found.q, found.null_share * mu.adjust(p, "bh"), rtol=1e-12)


def test_storey_q_on_uniform_nulls_and_with_signals():
    random = np.random.default_rng(4)
    null = random.uniform(size=4000)
    for method in ("smoother", "bootstrap"):
        # The estimate at lambda = 0.95 rests on about 200 p-values: a standard error of 7%; three of them.
        assert mu.storey_q(null, method).null_share == pytest.approx(1.0, abs=0.21)
    mixed = np.concatenate([null[:3000], random.uniform(size=1000) ** 6])
    for method in ("smoother", "bootstrap"):
        assert 0.7 < mu.storey_q(mixed, method).null_share < 0.95


def test_storey_smoother_equals_scipys_smoothing_spline(data):
    """The degrees of freedom fix the penalty; at that penalty scipy's spline gives the same value."""
    from scipy.interpolate import make_smoothing_spline
    from scipy.optimize import brentq

    p = pd.read_csv(data("multiple_testing/hedenfalk_p.csv"))["p"].to_numpy()
    found = mu.storey_q(p)
    x, y = found.lambdas, found.null_share_by_lambda

    def trace(log_a: float) -> float:
        unit = np.eye(x.size)
        return sum(float(make_smoothing_spline(x, unit[i], lam=np.exp(log_a))(x[i])) for i in range(x.size))

    log_a = brentq(lambda a: trace(a) - 3.0, -20, 5, xtol=1e-10)
    wanted = float(make_smoothing_spline(x, y, lam=np.exp(log_a))(x[-1]))
    # scipy solves a banded system of condition about 1e6.
    assert found.null_share == pytest.approx(wanted, rel=1e-7)
    np.testing.assert_allclose(found.q, wanted * mu.adjust(p, "bh"), rtol=1e-7)


def test_storey_by_one_lambda_on_logs_and_as_smooth_spline_stops(data):
    """What the documentation of qvalue prints for these p-values is a share of 0.669926: our spline of exactly 3
    degrees of freedom is 4e-6 off it, the search as R stops it 1e-6."""
    p = pd.read_csv(data("multiple_testing/hedenfalk_p.csv"))["p"].to_numpy()
    assert mu.storey_q(p).null_share == pytest.approx(0.669926, abs=5e-6)
    assert mu.storey_q(p, as_smooth_spline=True).null_share == pytest.approx(0.669926, abs=1e-6)
    assert mu.storey_q(p, log=True).null_share == pytest.approx(0.67, abs=0.02)
    one = mu.storey_q(p, "fixed", lambdas=0.5)
    assert one.null_share == pytest.approx(2 * np.mean(p >= 0.5), rel=1e-12)
    np.testing.assert_allclose(one.q, one.null_share * mu.adjust(p, "bh"), rtol=1e-12)


def test_the_positive_rate_by_its_formula():
    p = np.array([0.002, 0.2, 0.04, 0.04, 0.9, np.nan, 0.6])
    found = mu.storey_q(p, "fixed", lambdas=0.5, positive=True)
    known = p[~np.isnan(p)]
    m, share = known.size, min(1.0, 2 * np.mean(known >= 0.5))
    for value, q in zip(p, found.q, strict=True):
        if np.isnan(value):
            assert np.isnan(q)
            continue
        at = [share * m * t / (np.sum(known <= t) * (1 - (1 - t) ** m)) for t in known if t >= value]
        assert q == pytest.approx(min(1.0, *at), rel=1e-12)
