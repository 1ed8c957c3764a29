"""Two periods, two groups: the reference implementation and what doubly robust means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from arusha.effects import two_periods
from arusha.effects.doubly_robust import NoComparisonError


@pytest.fixture(scope="module")
def training(columns: Callable[[str], dict[str, NDArray[np.str_]]]) -> tuple[Any, Any, Any]:
    """Earnings before and after a training programme: the treated and a comparison group of a household survey."""
    table = columns("did/nsw_long_subsample.csv")
    before = {i: r for r, (i, y) in enumerate(zip(table["id"], table["year"], strict=True)) if y == "1975"}
    after = {i: r for r, (i, y) in enumerate(zip(table["id"], table["year"], strict=True)) if y == "1978"}
    a, b = (np.array([rows[i] for i in before]) for rows in (before, after))
    change = table["re"][b].astype(float) - table["re"][a].astype(float)
    X = np.column_stack(
        [table[c][a].astype(float) for c in ("age", "educ", "black", "married", "nodegree", "hisp", "re74")]
    )
    return change, table["experimental"][a].astype(float), X


@pytest.mark.parametrize(("case", "method"), [("drdid_panel_trad", "dr"), ("drdid_panel_imp", "dr-improved")])
def test_effects_agree_with_the_reference(
    case: str, method: Any, training: tuple[Any, Any, Any], golden: Callable[[str], dict[str, Any]]
) -> None:
    expected = golden("drdid")[case]
    change, treated, X = training
    found = two_periods(change, treated, X, method=method)
    assert found.att == pytest.approx(expected["ATT"], rel=1e-9)
    assert found.se == pytest.approx(expected["se"], rel=1e-9)


def _worlds(n: int, seed: int) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, 2))
    treated = (random.random(n) < 1 / (1 + np.exp(-0.6 * x[:, 0] + 0.4 * x[:, 1]))).astype(float)
    change = 2.0 + x @ [1.0, -1.5] + 0.5 * treated + random.normal(size=n)
    return change, treated, x


@pytest.mark.parametrize("method", ["regression", "ipw", "ipw-unstabilised", "dr", "dr-improved"])
def test_the_effect_is_found_and_its_interval_covers(method: Any) -> None:
    """400 worlds of 300 units: 95% intervals cover at least 92% (the standard error of that share is 1.1%)."""
    found = [two_periods(*_worlds(300, seed), method=method) for seed in range(400)]
    gaps = np.array([f.att - 0.5 for f in found])
    se = np.array([f.se for f in found])
    assert abs(gaps.mean()) < 4 * gaps.std() / 20
    assert np.mean(np.abs(gaps) <= 1.96 * se) >= 0.92


def test_raw_differences_would_be_biased_here() -> None:
    gaps = np.array([two_periods(*_worlds(300, seed)[:2]).att - 0.5 for seed in range(100)])
    assert gaps.mean() > 0.5


def test_one_right_model_is_enough_for_the_doubly_robust() -> None:
    """The outcome is not linear in x: regression alone misses, and so does nothing that also weights."""
    att = {m: [] for m in ("regression", "dr", "dr-improved")}  # type: dict[str, list[float]]
    for seed in range(60):
        random = np.random.default_rng(seed)
        x = random.normal(size=(2_000, 1))
        treated = (random.random(2_000) < 1 / (1 + np.exp(1 - x[:, 0]))).astype(float)
        change = x[:, 0] ** 2 + random.normal(size=2_000)
        for method in att:
            att[method].append(two_periods(change, treated, x, method=method).att)  # type: ignore[arg-type]
    assert abs(np.mean(att["regression"])) > 0.3
    assert abs(np.mean(att["dr"])) < 0.05
    assert abs(np.mean(att["dr-improved"])) < 0.05


def test_calibrated_weights_match_the_means_of_the_treated() -> None:
    from arusha.effects.doubly_robust import calibrated, logit

    _, d, x = _worlds(200, 5)
    X = np.hstack([np.ones((200, 1)), x])
    score = calibrated(d, X, np.ones(200), logit(d, X, np.ones(200)))
    odds = score.p / (1 - score.p)
    assert score.calibrated
    np.testing.assert_allclose(odds[d == 0] @ X[d == 0], d @ X, rtol=1e-9)


def test_covariates_that_say_the_same_are_refused() -> None:
    change, d, x = _worlds(100, 1)
    with pytest.raises(NoComparisonError, match="cannot be told apart"):
        two_periods(change, d, np.column_stack([x[:, 0], 2 * x[:, 0]]), method="regression")


def test_all_treated_is_refused() -> None:
    with pytest.raises(NoComparisonError, match="no treated units or no controls"):
        two_periods(np.zeros(5), np.ones(5))
