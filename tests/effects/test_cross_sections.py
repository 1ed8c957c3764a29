"""Two samples instead of a panel: influence functions by hand, simulation, and the panel as a case of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from arusha.effects import Panel, aggregate, group_time, group_time_sections, two_periods, two_samples
from arusha.effects.doubly_robust import NoComparisonError
from arusha.effects.staggered import DesignError

METHODS = ["regression", "ipw", "ipw-unstabilised", "dr", "dr-improved"]


def _samples(n: int, seed: int) -> tuple[Any, Any, Any, Any]:
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, 2))
    d = (random.random(n) < 1 / (1 + np.exp(-0.6 * x[:, 0] + 0.4 * x[:, 1]))).astype(float)
    after = random.integers(0, 2, n).astype(float)
    y = 1.0 + d + x @ [0.5, 0.5] + after * (2.0 + x @ [1.0, -1.5] + 0.5 * d) + random.normal(size=n)
    return y, after, d, x


@pytest.mark.parametrize("method", ["regression", "ipw", "ipw-unstabilised", "dr"])
@pytest.mark.parametrize("treated_regression", [True, False])
def test_the_influence_function_is_the_derivative_in_the_weights(method: Any, treated_regression: bool) -> None:
    """Each row's influence is n times the derivative of the estimate in the weight of that row."""
    y, after, d, x = _samples(120, 3)
    w = np.random.default_rng(4).uniform(0.5, 1.5, y.size)

    def at(weights: Any) -> Any:
        options = {"method": method, "weights": weights, "treated_regression": treated_regression}
        return two_samples(y, after, d, x, **options)

    found = at(w)
    step = 1e-3
    # Weights of twice the size halve this estimate: its influence is the derivative with the sum of weights held.
    held = found.att if method == "ipw-unstabilised" else 0.0
    for i in range(0, y.size, 17):
        moved = [at(w + sign * step * (np.arange(y.size) == i)).att for sign in (1, -1)]
        # 2e-4: the cubed step, and the stopping rule of the logit (1e-8 of the deviance).
        assert (moved[0] - moved[1]) / (2 * step) * y.size * w[i] + held == pytest.approx(found.influence[i], abs=2e-4)
    if method == "dr":
        other = two_samples(
            y, after, d, x, method=method, weights=w, treated_regression=treated_regression, as_drdid=True
        )
        assert other.att == found.att
        assert other.se != found.se


@pytest.mark.parametrize("method", METHODS)
def test_the_effect_is_found_and_its_interval_covers_with_other_people_after(method: Any) -> None:
    """300 worlds of 400 rows: 95% intervals cover at least 91% (the standard error of that share is 1.3%)."""
    found = [two_samples(*_samples(400, seed), method=method) for seed in range(300)]
    gaps, se = np.array([f.att - 0.5 for f in found]), np.array([f.se for f in found])
    assert abs(gaps.mean()) < 4 * gaps.std() / np.sqrt(300)
    assert np.mean(np.abs(gaps) <= 1.96 * se) >= 0.91


def test_without_covariates_every_method_is_the_difference_of_four_means() -> None:
    y, after, d, _ = _samples(200, 5)
    cell = {(i, j): y[(d == i) & (after == j)] for i in (0, 1) for j in (0, 1)}
    gap = cell[1, 1].mean() - cell[1, 0].mean() - cell[0, 1].mean() + cell[0, 0].mean()
    for method in METHODS:
        if method != "ipw-unstabilised":  # whose weights do not add up to the sizes of the cells
            assert two_samples(y, after, d, method=method).att == pytest.approx(gap, abs=1e-10)
    se = np.sqrt(sum(np.mean((v - v.mean()) ** 2) / v.size for v in cell.values()))
    assert two_samples(y, after, d).se == pytest.approx(se * np.sqrt(200 / 199), rel=1e-10)


def test_the_authors_simulated_samples(columns: Callable[[str], dict[str, NDArray[np.str_]]]) -> None:
    """Data of the authors' first design (sim_rc), in which there is no effect: every interval holds 0, and to regress
    among the treated too makes errors an order smaller."""
    c = {k: v.astype(float) for k, v in columns("did/drdid_sim_rc.csv").items()}
    X = np.column_stack([c[f"x{i}"] for i in range(1, 5)])
    found = {m: two_samples(c["y"], c["post"], c["d"], X, method=m) for m in METHODS}  # type: ignore[arg-type]
    assert all(abs(f.att) < 1.96 * f.se for f in found.values())
    for method in ("dr", "dr-improved"):
        apart = two_samples(c["y"], c["post"], c["d"], X, method=method, treated_regression=False)  # type: ignore[arg-type]
        assert found[method].se < 0.1 * apart.se


def test_rows_of_a_complete_panel_give_the_effects_of_the_panel(counties: Panel) -> None:
    """Without covariates; errors are those of the panel where rows are known to be of the same units."""
    y = counties.outcome("level")
    n, periods = y.shape
    unit, time = np.repeat(np.arange(n), periods), np.tile(counties.time, n)
    first = np.repeat(counties.first, periods)
    wide = group_time(y, counties.time, counties.first, control="not-yet")
    long = group_time_sections(y.ravel(), time, first, unit=unit, control="not-yet")
    assert long.att == pytest.approx(wide.att, abs=1e-12)
    assert long.se == pytest.approx(wide.se, rel=1e-10)
    assert long.pretest == pytest.approx(wide.pretest, rel=1e-8)
    for kind in ("simple", "group", "calendar", "dynamic"):
        a, b = aggregate(long, kind), aggregate(wide, kind)  # type: ignore[arg-type]
        assert [a.overall, a.overall_se] == pytest.approx([b.overall, b.overall_se], rel=1e-10)
    apart = group_time_sections(y.ravel(), time, first, control="not-yet")
    assert apart.n == n * periods
    # Counties differ far more than they change: who forgets that they are the same is much less sure.
    assert np.nanmin(apart.se / long.se) > 3


def test_a_panel_with_gaps_still_answers(counties: Panel) -> None:
    y = counties.outcome("level")
    n, periods = y.shape
    keep = np.random.default_rng(1).random(n * periods) < 0.9
    unit, time = np.repeat(np.arange(n), periods)[keep], np.tile(counties.time, n)[keep]
    first, lpop = np.repeat(counties.first, periods)[keep], counties.covariates.reshape(n * periods, -1)[keep]
    found = group_time_sections(y.ravel()[keep], time, first, unit=unit, covariates=lpop)
    assert np.isfinite(found.att).all()
    assert found.n == np.unique(unit).size


def test_groups_without_rows_are_named() -> None:
    y, after, d, _ = _samples(80, 1)
    with pytest.raises(NoComparisonError, match="in one of the periods"):
        two_samples(y, np.where(d == 1, 1.0, after), d)
    with pytest.raises(DesignError, match="more than one start"):
        group_time_sections(y, after, np.where(after == 1, 1, 99), unit=np.arange(80) // 2)


def test_one_period_twice_is_the_panel() -> None:
    """The change of a panel regressed on what does not change is the same in two samples of the same units."""
    random = np.random.default_rng(8)
    x, d = random.normal(size=(90, 1)), (np.arange(90) < 40).astype(float)
    before, after = random.normal(size=90), random.normal(size=90)
    rows = two_samples(np.r_[before, after], np.repeat([0, 1], 90), np.r_[d, d], np.r_[x, x], method="regression")
    assert rows.att == pytest.approx(two_periods(after - before, d, x, method="regression").att, abs=1e-12)
