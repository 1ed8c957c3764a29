import numpy as np
import pytest

from arusha.indicators.signal_rows import FEW_UNITS, shrunken_ratios
from arusha.indicators.signals import rounded, rounded_all


@pytest.mark.parametrize("units", [40, FEW_UNITS + 200])
def test_intervals_cover_and_small_units_are_drawn_in(units: int) -> None:
    rng = np.random.default_rng(1)
    covered, worlds = 0.0, 20
    for _ in range(worlds):
        expected = rng.uniform(2, 60, units)
        truth = rng.gamma(1 / 0.3**2, 0.3**2, units)
        found = shrunken_ratios(rng.poisson(truth * expected), expected, 0.95)
        covered += float(np.mean((found.low <= truth) & (truth <= found.high))) / worlds
    # 40 units in 20 worlds: standard error of the coverage 0.8%.
    assert 0.92 <= covered <= 0.985


def test_no_more_than_chance_still_leaves_an_interval() -> None:
    expected = np.full(1000, 10.0)
    found = shrunken_ratios(np.full(1000, 10), expected, 0.95)
    assert np.all(found.high - found.low > 0.05)
    assert found.effect == pytest.approx(np.ones(1000), abs=0.01)


def test_few_units_and_units_without_expectation() -> None:
    found = shrunken_ratios(np.array([3, 0]), np.array([6.0, 0.0]), 0.95)
    assert found.effect[0] == pytest.approx(0.5)
    assert found.low[0] < 0.5 < found.high[0]
    assert np.isnan(found.effect[1])


@pytest.mark.parametrize("units", [6, 60])
def test_events_that_go_together_are_worth_as_many_as_their_batches(units: int) -> None:
    """Events come five at a time: taken as single ones the intervals would cover six in ten."""
    rng = np.random.default_rng(2)
    covered, blind = [], []
    for _ in range(60):
        batches = rng.uniform(3, 20, units)
        truth = rng.gamma(1 / 0.3**2, 0.3**2, units)
        observed = 5 * rng.poisson(truth * batches)
        for out, together in ((covered, 5.0), (blind, 1.0)):
            found = shrunken_ratios(observed, 5 * batches, 0.95, together=together)
            out.append(np.mean((found.low <= truth) & (truth <= found.high)))
    # 360 units or more: standard error of the coverage 1.1%.
    assert np.mean(covered) >= 0.92
    assert np.mean(blind) < 0.8


def test_an_expectation_from_few_colleagues_widens_the_interval() -> None:
    """Expectations made from 4 to 15 events of others: as if known they would cover clearly less."""
    rng = np.random.default_rng(3)
    covered, blind = [], []
    for _ in range(120):
        others = rng.uniform(4, 15, 12)
        truth = rng.gamma(1 / 0.3**2, 0.3**2, 12)
        seen = np.maximum(rng.poisson(others), 1)
        observed, expected = rng.poisson(truth * 3 * others), 3.0 * seen
        for out, error in ((covered, 1.0 / seen), (blind, 0.0)):
            found = shrunken_ratios(observed, expected, 0.95, error=error)
            out.append(np.mean((found.low <= truth) & (truth <= found.high)))
    # 1,440 units: standard error of the coverage 0.6%.
    assert np.mean(covered) >= 0.93
    assert np.mean(blind) < 0.85


def test_two_units_held_against_each_other_share_their_noise() -> None:
    """2 of 40 against 18 of 40: the second's expectation of 2 is itself known to a factor of five."""
    observed, expected = np.array([2.0, 18.0]), np.array([18.0, 2.0])
    found = shrunken_ratios(observed, expected, 0.95, error=1.0 / expected)
    assert found.effect == pytest.approx([1 / 9, 9.0])
    # The ratio of two counts and its inverse; with an expectation taken as known the second is 5.3 to 14.2.
    assert found.low == pytest.approx(1.0 / found.high[::-1], rel=1e-9)
    assert found.low[1] < 2.5
    assert found.high[1] > 60


def test_many_values_are_rounded_as_one_is() -> None:
    random = np.random.default_rng(5)
    usual = random.choice([-1.0, 1.0], 20_000) * 10.0 ** random.uniform(-14, 23, 20_000)
    halves = np.round(random.uniform(0, 1, 20_000), 12) + 5e-13
    edges = [0.0, -0.0, np.inf, -np.inf, 1e-300, 999_999_999_999.5, 0.999_999_999_999_5, 1e22, -1.5, np.nan]
    values = np.concatenate([usual, halves, random.integers(0, 10**13, 20_000) / 1000, edges])
    one_by_one = [np.nan if (r := rounded(float(v))) is None else r for v in values]
    np.testing.assert_array_equal(rounded_all(values), one_by_one)
