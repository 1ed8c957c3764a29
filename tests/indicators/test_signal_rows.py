import numpy as np
import pytest

from arusha.indicators.signal_rows import FEW_UNITS, shrunken_ratios


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
