"""Cluster bootstrap: exact small cases, invariants, coverage by simulation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from arusha.inference import bootstrap as bs


def test_percentile_equals_all_draws_of_a_small_case():
    """Four clusters have 256 equally likely draws: the bootstrap's quantiles approach theirs."""
    top, bottom = np.array([1.0, 4.0, 2.5, 7.0]), np.array([2.0, 3.0, 5.0, 4.0])
    every = [top[list(i)].sum() / bottom[list(i)].sum() for i in product(range(4), repeat=4)]
    found = bs.ratio(top, bottom, ["a", "b", "c", "d"], kind="percentile", draws=40_000, seed=1)
    assert found.estimate == pytest.approx(14.5 / 14)
    # The law is on 35 points: its inner quantiles at 2.5% and 97.5% do not lie on a step, and 40,000 draws find them.
    wanted = np.quantile(every, [0.025, 0.975], method="inverted_cdf")
    assert (found.low, found.high) == pytest.approx(tuple(wanted), rel=1e-9)
    # Relative error of a standard deviation from 40,000 draws: about 0.4%; four of them.
    assert found.se == pytest.approx(np.std(every), rel=0.016)


def test_standard_error_is_the_linearised_one_for_many_clusters():
    random = np.random.default_rng(2)
    cluster = random.integers(0, 300, 3000)
    weight = random.uniform(0.5, 2, 3000)
    value = random.normal(size=3000) + random.normal(size=300)[cluster]
    found = bs.weighted_mean(value, weight, cluster, seed=3, draws=4000)
    mean = (value * weight).sum() / weight.sum()
    residual = np.bincount(cluster, weights=weight * (value - mean))
    # 5%: 1.1% Monte Carlo error of 4,000 draws, the rest the linearisation's own at 300 clusters.
    assert found.se == pytest.approx(np.sqrt((residual**2).sum()) / weight.sum(), rel=0.05)


def test_same_seed_same_bits_and_order_of_rows_does_not_matter():
    random = np.random.default_rng(4)
    cluster = random.integers(0, 30, 400)
    top, bottom = random.integers(0, 9, 400).astype(float), np.ones(400)
    one = bs.ratio(top, bottom, cluster, seed=9)
    assert one == bs.ratio(top, bottom, cluster, seed=9)
    shuffled = random.permutation(400)
    assert one == bs.ratio(top[shuffled], bottom[shuffled], cluster[shuffled], seed=9)
    assert one != bs.ratio(top, bottom, cluster, seed=10)


def test_groups_have_streams_of_their_own():
    random = np.random.default_rng(5)
    group = np.repeat(["x", "y"], 60)
    cluster = np.tile(np.arange(12), 10)
    top = random.normal(size=120)
    names, found = bs.ratios(top, np.ones(120), cluster, group, seed=6)
    assert names.tolist() == ["x", "y"]
    again = bs.ratio(top[:60], np.ones(60), cluster[:60], seed=np.random.SeedSequence(6).spawn(2)[0])
    assert found[0] == again


def test_strata_are_kept():
    """With one cluster a stratum nothing varies."""
    found = bs.ratio([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], [1, 2, 3], strata=[1, 2, 3], kind="percentile", seed=1)
    assert found.low == found.high == found.estimate
    with pytest.raises(ValueError, match="one stratum"):
        bs.ratio([1.0, 2.0], [1.0, 1.0], [1, 1], strata=[1, 2], seed=1)


def test_what_strata_differ_by_is_no_error():
    """Clusters are drawn within strata: a stratum moved by 100 a cluster moves the interval by that and widens nothing.

    Source: definition; squares about the ratio of all clusters would count the strata's difference as error.
    """
    random = np.random.default_rng(12)
    value, stratum = random.exponential(size=20), np.repeat([0, 1], [8, 12])
    plain = bs.total(value, np.arange(20), strata=stratum, seed=1, draws=400)
    moved = bs.total(value + 100.0 * (stratum == 1), np.arange(20), strata=stratum, seed=1, draws=400)
    # Squares of 100 beside deviations of about 1 lose five of sixteen digits.
    assert (moved.low - 1200, moved.high - 1200) == pytest.approx((plain.low, plain.high), rel=1e-7)


def test_strata_of_unequal_means_are_covered_with_few_clusters():
    """Ten clusters a side, means far apart, skewed: as the tax at stake of a pair is (300 worlds, error 1.3)."""
    random = np.random.default_rng(13)
    stratum = np.repeat([0, 1], 10)
    hits = 0
    for world in range(300):
        value = random.gamma(2.0, 0.5, 20) + 5.0 * stratum
        found = bs.total(value, np.arange(20), strata=stratum, seed=world, draws=400)
        hits += found.low <= 70.0 <= found.high
    # Studentised with 8 to 15 skewed clusters: 93 to 96 (docs/inference.md); two standard errors below.
    assert hits / 300 >= 0.91


def test_reference_standard_error_of_a_cluster_sample(golden, data):
    """15 whole school districts (Lumley's survey package): the linearised error of a mean and of a ratio."""
    schools = pd.read_csv(data("survey_api/apiclus1.csv"))
    wanted = golden("survey")["clus1"]
    code = np.unique(schools["dnum"], return_inverse=True)[1]
    # The reference takes 15 of 757 districts as drawn without replacement, and gives back the degree of freedom.
    factor = np.sqrt(15 / 14 * (1 - 15 / 757))
    for top, bottom, value, error in (
        (
            schools["api00"],
            np.ones(len(schools)),
            wanted["mean_api00_api99"]["est"]["api00"],
            wanted["mean_api00_api99"]["se"]["api00"],
        ),
        (
            schools["api.stu"],
            schools["enroll"],
            wanted["ratio_apistu_enroll"]["est"],
            wanted["ratio_apistu_enroll"]["se"],
        ),
    ):
        sums = np.column_stack([np.bincount(code, weights=v) for v in (top, bottom)])
        columns = np.column_stack([sums, sums[:, 0] ** 2, sums[:, 0] * sums[:, 1], sums[:, 1] ** 2])
        whole = columns.sum(0)[None, :]
        assert factor * bs._linear_se(whole, np.array([value]))[0] == pytest.approx(error, rel=1e-10)
        found = bs.ratio(top, bottom, schools["dnum"], seed=1, draws=4000)
        assert found.estimate == pytest.approx(value, rel=1e-12)
        # 15 districts of very unequal size: the bootstrap's error is near the linearised one, not equal to it.
        assert factor * found.se == pytest.approx(error, rel=0.15)


def test_total_and_few_clusters():
    found = bs.total([1.0, 2.0, 3.0, 4.0], [1, 1, 2, 3], seed=1, draws=500)
    assert found.estimate == 10
    assert found.low <= 10 <= found.high
    one = bs.ratio([1.0], [2.0], [1], seed=1)
    assert one.estimate == 0.5
    assert np.isnan(one.low)
    with pytest.raises(ValueError, match="missing"):
        bs.ratio([np.nan], [1.0], [1], seed=1)
    with pytest.raises(ValueError, match="kind"):
        bs.ratio([1.0, 2.0], [1.0, 1.0], [1, 2], seed=1, kind="best")  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "clusters", "floor"), [("t", 15, 0.93), ("bca", 60, 0.92), ("percentile", 60, 0.91)])
def test_coverage(kind, clusters, floor):
    """Skewed clusters of unequal size, 500 worlds; floors leave two standard errors (1%) below what was measured."""
    random = np.random.default_rng(7)
    hits = 0
    for world in range(500):
        size = random.integers(1, 30, clusters)
        effect = random.gamma(2.0, 0.5, clusters)
        top = random.poisson(effect * size)
        found = bs.ratio(top, size, np.arange(clusters), kind=kind, draws=600, seed=world)
        hits += found.low <= 1.0 <= found.high
    assert hits / 500 >= floor


def test_rows_taken_for_clusters_would_not_cover():
    """Why clusters: 20 days of 20 alike rows; single rows cover far less than they say."""
    random = np.random.default_rng(8)
    by_cluster = by_row = 0
    for world in range(200):
        day = np.repeat(np.arange(20), 20)
        value = random.normal(size=20)[day] + random.normal(size=400)
        right = bs.ratio(value, np.ones(400), day, kind="t", draws=200, seed=world)
        wrong = bs.ratio(value, np.ones(400), np.arange(400), kind="percentile", draws=200, seed=world)
        by_cluster += right.low <= 0 <= right.high
        by_row += wrong.low <= 0 <= wrong.high
    assert by_cluster / 200 >= 0.90
    assert by_row / 200 < 0.6
