import numpy as np
import pytest
from scipy import stats

from arusha.indicators.ordinary_scatter import (
    ASSUMED,
    ASSUMED_DF,
    FEWEST,
    Scatter,
    in_words,
    mixed_tail,
    ordinary_scatter,
    quantile_z,
    tail_against,
)


@pytest.mark.parametrize("sd", [0.2, 0.5])
def test_the_spread_of_normal_units_is_recovered(sd: float) -> None:
    rng = np.random.default_rng(1)
    information = rng.uniform(5, 80, 4000)
    z = rng.normal(0, 1, 4000) + rng.normal(0, sd, 4000) * np.sqrt(information)
    # Standard error of a winsorised standard deviation of 4,000 units is about 1.3%, more where chance dominates.
    assert ordinary_scatter(z, information).sd == pytest.approx(sd, rel=0.08)


def test_chance_alone_leaves_what_is_assumed_and_less_of_it_the_more_units_there_are() -> None:
    rng = np.random.default_rng(2)
    found = {
        units: np.mean([ordinary_scatter(rng.normal(0, 1, units), np.full(units, 60.0)).sd for _ in range(40)])
        for units in (20, 200, 2000)
    }
    assert ASSUMED > found[20] > found[200] > found[2000]
    # 2,000 units at an information of 60 are worth 0.72 * 2,000 * 0.71 degrees of freedom beside the assumption's 6.
    assert found[2000] < 0.06


def test_units_that_say_little_are_worth_little() -> None:
    z = np.random.default_rng(6).normal(0, 1, 100)
    assert ordinary_scatter(z, np.full(100, 2.0)).df < 10
    assert ordinary_scatter(z, np.full(100, 200.0)).df > 60


def test_units_far_up_do_not_widen_what_is_ordinary() -> None:
    rng = np.random.default_rng(3)
    information = np.full(60, 30.0)
    z = rng.normal(0, 1, 60) + rng.normal(0, 0.3, 60) * np.sqrt(information)
    clean = ordinary_scatter(z, information)
    z[:5] += 15
    assert ordinary_scatter(z, information).sd == pytest.approx(clean.sd, abs=0.12)
    assert ordinary_scatter(z, information).units <= 55


def test_too_few_units_get_the_assumed_scatter() -> None:
    found = ordinary_scatter([0.0] * (FEWEST - 1), [20.0] * (FEWEST - 1))
    assert (found.sd, found.df, found.measured) == (ASSUMED, ASSUMED_DF, False)
    assert "is taken as ordinary" in in_words(found, "Officers", "odds of a finding")
    assert not ordinary_scatter(np.zeros(50), np.full(50, 0.5)).measured


def test_without_scatter_the_exact_tail_stands() -> None:
    assert tail_against([1e-7], [5.0], [10.0], Scatter(0.0, 50, 40.0)) == pytest.approx([1e-7])
    wide = tail_against([1e-7], [5.0], [10.0], Scatter(0.5, 101, 72.0))
    # 2.5 of a variance of 3.5 are the scatter's, known with 72 degrees of freedom.
    assert wide == pytest.approx([stats.t.sf(5.0 / np.sqrt(3.5), 72.0 * (3.5 / 2.5) ** 2)])


def test_the_averaged_tail_is_the_integral_over_ordinary_units() -> None:
    scatter = Scatter(0.4, 101, 72.0)

    def averaged(log_odds: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return stats.norm.sf(3.0 - 2.0 * log_odds) @ weights

    grid = np.linspace(-40, 40, 200_001)
    exact = np.trapezoid(stats.norm.sf(3.0 - 2.0 * 0.4 * grid) * stats.t.pdf(grid, scatter.df), grid)
    # 41 nodes against 200,001.
    assert mixed_tail(averaged, [1.0], scatter) == pytest.approx([exact], rel=1e-3)
    assert mixed_tail(averaged, [1.0], Scatter(0.0, 50, 40.0)) == pytest.approx([stats.norm.sf(3.0)])


def test_quantiles_of_tails_keep_their_order_far_out() -> None:
    z = quantile_z([1e-250, 1e-20, 0.5, 1.0])
    assert np.all(np.diff(z) < 0)
    assert z[2] == pytest.approx(0.0)
