"""The ratio of two proportions against a published case, the definition, exact coverage and scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from arusha.inference.intervals import fisher_exact
from arusha.inference.proportion_ratio import fisher_rejects, proportion_ratio, smallest_seen_ratio


def test_the_case_that_koopman_published() -> None:
    """36 of 40 against 16 of 80: ratio 4.5, limits 2.94 and 7.15 (Biometrics 40, 1984), printed with two decimals."""
    found = proportion_ratio(36, 40, 16, 80)
    assert found.estimate.item() == 4.5
    assert found.low.item() == pytest.approx(2.94, abs=0.005)
    assert found.high.item() == pytest.approx(7.15, abs=0.005)


def by_definition(x1: int, n1: int, x2: int, n2: int, ratio: float) -> float:
    """Koopman's statistic with the restricted likelihood maximised by search rather than by its equation."""

    def against(p2: float) -> float:
        p1 = ratio * p2
        return -(stats.binom.logpmf(x1, n1, p1) + stats.binom.logpmf(x2, n2, p2))

    top = min(1.0, 1.0 / ratio)
    p2 = optimize.minimize_scalar(against, bounds=(1e-12, top - 1e-12), options={"xatol": 1e-13}, method="bounded").x
    p1 = ratio * p2
    return float((x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2) ** 2 / (n2 * p2 * (1 - p2)))


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2"), [(36, 40, 16, 80), (3, 20, 9, 31), (1, 12, 5, 200), (11, 12, 30, 33), (7, 90, 7, 90)]
)
def test_the_limits_are_where_the_definition_says(x1: int, n1: int, x2: int, n2: int) -> None:
    found = proportion_ratio(x1, n1, x2, n2)
    for limit in (found.low.item(), found.high.item()):
        # The search over p2 stops at 1e-8 or so, where the statistic's slope is of the order of n.
        assert by_definition(x1, n1, x2, n2, limit) == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-3)


counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(counts, counts)
def test_turning_the_two_groups_turns_the_limits(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = proportion_ratio(*first, *second), proportion_ratio(*second, *first)
    low, high = there.low.item(), there.high.item()
    assert low < high
    if first[0] and second[0]:
        assert low <= there.estimate.item() * (1 + 1e-9)
        assert there.estimate.item() <= high * (1 + 1e-9)
    assert (1 / high if math.isfinite(high) else 0.0) == pytest.approx(back.low.item(), rel=1e-6, abs=1e-12)
    assert (1 / low if low else math.inf) == pytest.approx(back.high.item(), rel=1e-6)


def test_nothing_seen_in_one_group_leaves_one_side_open() -> None:
    none = proportion_ratio([0, 4, 0], [20, 20, 20], [4, 0, 0], [20, 20, 20])
    assert none.low.tolist()[0] == 0.0
    assert none.high.tolist()[1] == math.inf
    assert math.isnan(none.estimate[2])
    assert (none.low[2], none.high[2]) == (0.0, math.inf)


@pytest.mark.parametrize("bad", [(5, 4, 1, 4), (-1, 4, 1, 4), (0, 0, 1, 4), (1, 4, 5, 4)])
def test_what_is_no_proportion_is_refused(bad: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError):
        proportion_ratio(*bad)


@pytest.mark.parametrize(("n1", "n2", "p1", "p2"), [(12, 90, 0.1, 0.1), (30, 60, 0.2, 0.08), (15, 40, 0.05, 0.1)])
def test_coverage_summed_over_every_table(n1: int, n2: int, p1: float, p2: float) -> None:
    """A score interval is approximate: with groups this small it holds the ratio in 92 to 99 of 100 cases."""
    x1, x2 = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    found = proportion_ratio(x1, n1, x2, n2)
    inside = (found.low <= p1 / p2) & (p1 / p2 <= found.high)
    chance = stats.binom.pmf(x1, n1, p1) * stats.binom.pmf(x2, n2, p2)
    assert 0.92 <= float((inside * chance).sum()) <= 0.995


@pytest.mark.parametrize(("n1", "n2"), [(3, 4), (10, 7), (12, 40)])
def test_the_tables_rejected_are_those_of_scipy_and_of_our_own_fisher(n1: int, n2: int) -> None:
    rejected = fisher_rejects(n1, n2)
    for x1 in range(n1 + 1):
        for x2 in range(n2 + 1):
            p = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
            assert rejected[x1, x2] == (p <= 0.05), (x1, x2, p)
            own = float(np.ravel(fisher_exact(x1, n1 - x1, x2, n2 - x2).p)[0])
            assert own == pytest.approx(p, rel=1e-9)


def test_the_smallest_ratio_seen_is_seen_as_often_as_promised() -> None:
    n1, n2, rate = 40, 160, 0.1
    ratio = smallest_seen_ratio(n1, n2, rate)
    rng = np.random.default_rng(5)
    worlds = 20_000
    x1, x2 = rng.binomial(n1, rate * ratio, worlds), rng.binomial(n2, rate, worlds)
    seen = fisher_rejects(n1, n2)[x1, x2].mean()
    # 0.8 within 3.3 standard errors of 20,000 worlds.
    assert seen == pytest.approx(0.8, abs=3.3 * math.sqrt(0.8 * 0.2 / worlds))


def test_larger_groups_see_smaller_ratios_and_tiny_ones_none() -> None:
    ratios = [smallest_seen_ratio(n, 200, 0.05) for n in (10, 30, 100)]
    assert ratios == sorted(ratios, reverse=True)
    assert smallest_seen_ratio(2, 2, 0.4) == math.inf
    assert math.isnan(smallest_seen_ratio(10, 20, 0.0))
    assert math.isnan(smallest_seen_ratio(2_000, 2_000, 0.1))
