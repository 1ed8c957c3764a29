import numpy as np
import pytest
from scipy import stats

from arusha.indicators.blocked_rates import blocked_rate


def test_blocks_that_scatter_less_than_chance_are_read_as_independent_draws() -> None:
    found = blocked_rate([10] * 10, [40] * 10, null_low=0.08, null_high=0.12)
    assert (found.n, found.observed, found.design_effect, found.df) == (400, 100, 1.0, 9.0)
    # The exact binomial tail, moved to Student's t with nine degrees of freedom at the same distance.
    exact = stats.binom.sf(99, 400, 0.12)
    assert found.p_above == pytest.approx(stats.t.sf(stats.norm.isf(exact), 9), rel=1e-9)
    assert found.p_below > 0.999
    assert found.low < 0.25 < found.high


def test_all_or_nothing_weeks_count_as_so_many_weeks() -> None:
    count, total = np.array([40, 0] * 10), np.full(20, 40)
    found = blocked_rate(count, total, null_low=0.3, null_high=0.3)
    # Each week is one draw: 20/19 * 40 is the ratio of the variance between weeks to the binomial one.
    assert found.design_effect == pytest.approx(40 * 20 / 19)
    naive = stats.binom.sf(399, 800, 0.3)
    assert naive < 1e-30
    assert found.p_above > 0.01


def test_no_case_at_all_has_the_exact_lower_tail() -> None:
    found = blocked_rate([0] * 8, [25] * 8, null_low=0.02, null_high=0.02)
    assert found.p_below == pytest.approx(stats.t.sf(stats.norm.isf(0.98**200), 7), rel=1e-9)
    assert found.low == 0.0
    assert found.p_above == 1.0


@pytest.mark.parametrize("precision", [1e6, 20.0])
def test_tails_keep_their_size_when_days_of_a_week_go_together(precision: float) -> None:
    rng = np.random.default_rng(5)
    worlds, rate = 4000, 0.1
    p = np.empty(worlds)
    for w in range(worlds):
        total = rng.poisson(40 * np.exp(rng.normal(0, 0.5, 52))) + 1
        day = rng.beta(rate * precision, (1 - rate) * precision, 52)
        p[w] = blocked_rate(rng.binomial(total, day), total, null_low=rate, null_high=rate).p_above
    # Expected at most 40 and 4; three standard errors above.
    assert np.sum(p <= 0.01) <= 59
    assert np.sum(p <= 0.001) <= 10


def test_impossible_blocks_are_refused() -> None:
    with pytest.raises(ValueError, match="count <= total"):
        blocked_rate([3], [2], null_low=0.1, null_high=0.1)
    with pytest.raises(ValueError, match="two of them"):
        blocked_rate([1, 0], [2, 0], null_low=0.1, null_high=0.1)
