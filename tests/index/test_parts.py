"""Normalisation, outliers, imputation, aggregation and alpha by hand and by what must hold for any data."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from arusha.errors import ArushaError
from arusha.index import aggregate, impute, normalise, reliability, treat

COLUMN = st.lists(st.integers(-100_000, 100_000).map(lambda v: v / 100), min_size=3, max_size=20, unique=True)
"""Steps of a hundredth: two values that differ by less than a double can tell have no order to keep."""


@given(COLUMN)
def test_a_scale_keeps_the_order_and_turning_the_sign_turns_it(values: list[float]) -> None:
    for method in ("min-max", "z-score", "rank", "borda", "percentile rank", "distance to most"):
        up, down = normalise.normalised(values, method), normalise.normalised(values, method, -1)
        assert np.array_equal(np.argsort(up, kind="stable"), np.argsort(values, kind="stable"))
        assert np.array_equal(np.argsort(down, kind="stable"), np.argsort(-np.array(values), kind="stable"))


def test_missing_values_stay_missing_and_do_not_count() -> None:
    values = [3.0, np.nan, 1.0, 2.0]
    for method, expected in (
        ("min-max", [100, np.nan, 0, 50]),
        ("rank", [3, np.nan, 1, 2]),
        ("percentile rank", [1, np.nan, 0, 0.5]),
        ("z-score", [1, np.nan, -1, 0]),
    ):
        np.testing.assert_allclose(normalise.normalised(values, method), expected)


def test_goalposts_of_an_indicator_of_which_less_is_better() -> None:
    # 0.05 of 0.2 (worst) to 0 (best) is three quarters of the way, whichever way it is written.
    assert normalise.normalised([0.05, 0.3], "goalposts", -1, low=0.0, high=0.2).tolist() == pytest.approx([0.75, 0.0])
    assert normalise.normalised([0.15], "goalposts", 1, low=0.0, high=0.2).tolist() == pytest.approx([0.75])
    with pytest.raises(ArushaError, match="do not rise"):
        normalise.goalposts([1.0], 1.0, 0.0)


def test_an_indicator_without_a_range_is_refused_with_the_remedy() -> None:
    with pytest.raises(ArushaError, match="goalposts, which do not come from the data"):
        normalise.min_max([2.0, 2.0, np.nan])
    with pytest.raises(ArushaError, match="no method"):
        normalise.normalised([1.0, 2.0], "best")


def test_skewness_and_kurtosis_are_those_of_scipy() -> None:
    x = np.random.default_rng(3).gamma(1.0, size=40)
    assert treat.skewness(x) == pytest.approx(stats.skew(x, bias=False), rel=1e-12)
    assert treat.kurtosis(x) == pytest.approx(stats.kurtosis(x, bias=False), rel=1e-12)


def test_outliers_are_drawn_in_one_after_another_and_no_more_than_needed() -> None:
    x = [*np.arange(1.0, 11.0), 30.0, 100.0]
    done = treat.treated(x)
    assert not treat.acceptable(x)
    # 100 becomes 30; that is not enough, and both become 10.
    assert (done.how, done.moved) == ("drawn in", 1 if treat.acceptable([*x[:-1], 30.0]) else 2)
    assert treat.acceptable(done.values)
    assert done.values.max() in (10.0, 30.0)
    low = treat.treated([-v for v in x])
    np.testing.assert_array_equal(low.values, -done.values)


def test_where_drawing_in_is_not_enough_logs_are_taken_of_what_came() -> None:
    x = np.random.default_rng(5).lognormal(0, 3, 60)
    done = treat.treated(x, most=1)
    assert done.how == "log"
    low, high = x.min(), x.max()
    np.testing.assert_allclose(done.values, np.log(x - low + 0.01 * (high - low)))
    plain = treat.treated(np.arange(20.0))
    assert (plain.how, plain.moved) == ("none", 0)
    with pytest.raises(ArushaError, match="need 4"):
        treat.treated([1.0, 2.0, np.nan, 3.0])


def test_box_cox_is_a_log_at_0_and_the_values_at_1() -> None:
    x = np.array([1.0, 2.0, 5.0])
    np.testing.assert_allclose(treat.box_cox(x, 0), np.log(x))
    np.testing.assert_allclose(treat.box_cox(x, 1), x - 1)
    np.testing.assert_allclose(treat.box_cox(x + 9, 2), (x**2 - 1) / 2)


def test_missing_values_take_those_of_their_group_and_known_ones_stay() -> None:
    x, group = [1.0, np.nan, 5.0, 9.0, np.nan, np.nan], ["a", "a", "b", "b", "b", "c"]
    np.testing.assert_allclose(impute.imputed(x, "group mean", group), [1, 1, 5, 9, 7, np.nan])
    np.testing.assert_allclose(impute.imputed(x, "group median", group), [1, 1, 5, 9, 7, np.nan])
    np.testing.assert_allclose(impute.imputed(x, "mean"), [1, 5, 5, 9, 5, 5])
    np.testing.assert_allclose(impute.imputed(x, "median"), [1, 5, 5, 9, 5, 5])
    np.testing.assert_array_equal(impute.imputed(x, "none"), x)
    with pytest.raises(ArushaError, match="needs the units' groups"):
        impute.imputed(x, "group mean")


@given(
    st.lists(st.floats(0.5, 100), min_size=2, max_size=8),
    st.lists(st.floats(0.1, 5), min_size=8, max_size=8),
)
def test_means_lie_between_the_parts_and_the_poorer_part_weighs_more_down_the_row(
    x: list[float], w: list[float]
) -> None:
    weights = w[: len(x)]
    harmonic, geometric, half, plain, square = (
        aggregate.harmonic_mean(x, weights)[0],
        aggregate.geometric_mean(x, weights)[0],
        aggregate.power_mean(x, weights, 0.5)[0],
        aggregate.arithmetic_mean(x, weights)[0],
        aggregate.power_mean(x, weights, 2.0)[0],
    )
    slack = 1e-9 * max(x)
    ordered = [min(x), harmonic, geometric, half, plain, square, max(x)]
    assert all(a <= b + slack for a, b in itertools.pairwise(ordered))


def test_a_missing_part_is_left_out_with_its_weight_and_too_few_make_nothing() -> None:
    x = [[2.0, np.nan, 4.0], [np.nan, np.nan, np.nan], [1.0, 2.0, 3.0]]
    w = [1.0, 5.0, 3.0]
    np.testing.assert_allclose(aggregate.aggregated(x, "arithmetic", w), [3.5, np.nan, 20 / 9])
    np.testing.assert_allclose(aggregate.aggregated(x, "arithmetic", w, enough=0.9), [np.nan, np.nan, 20 / 9])
    for wrong in ([1.0, 2.0], [1.0, -1.0, 1.0], [0.0, 0.0, 0.0], [1.0, np.nan, 1.0]):
        with pytest.raises(ArushaError, match="weights are one finite number"):
            aggregate.arithmetic_mean(x, wrong)
    with pytest.raises(ArushaError, match="0 or less"):
        aggregate.geometric_mean([0.0, 1.0])


def test_outranking_by_hand() -> None:
    x, w = [[1.0, 5.0, 2.0], [2.0, 5.0, 1.0], [0.0, 6.0, 3.0]], [0.5, 0.2, 0.3]
    found = aggregate.outranking(x, w)
    # First against second: worse on .5, equal on .2, better on .3.
    assert found[0, 1] == pytest.approx(0.3 + 0.1)
    assert found[1, 0] == pytest.approx(0.5 + 0.1)
    assert found[2, 0] == pytest.approx(0.2 + 0.3)
    np.testing.assert_allclose(found + found.T, 1 - np.eye(3))
    np.testing.assert_allclose(aggregate.copeland(x, w), found.sum(axis=1))


def test_alpha_by_hand_and_what_it_refuses() -> None:
    # Two items that differ by a constant are one item twice.
    twice = np.array([[1.0, 2.0], [2.0, 3.0], [4.0, 5.0]])
    assert reliability.cronbach(twice) == pytest.approx(1.0)
    rng = np.random.default_rng(2)
    items = rng.normal(size=(400, 5)) + rng.normal(size=(400, 1))
    found = reliability.alpha(items)
    by_hand = 5 / 4 * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))
    assert found.raw == pytest.approx(by_hand, rel=1e-12)
    rest = [np.corrcoef(items[:, j], np.delete(items, j, 1).sum(axis=1))[0, 1] for j in range(5)]
    np.testing.assert_allclose(found.item_rest, rest, rtol=1e-10)
    with pytest.raises(ArushaError, match="item 2 has one answer only"):
        reliability.alpha([[1.0, 3.0, 1.0], [2.0, 3.0, 3.0], [3.0, 3.0, 1.0]])
    with pytest.raises(ArushaError, match="fewer than two people"):
        reliability.cronbach([[1.0, np.nan], [np.nan, 2.0], [2.0, 3.0]])
