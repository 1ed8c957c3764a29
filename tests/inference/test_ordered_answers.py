"""Regression of ordered answers: R's values, its derivatives, the binary case, and coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.inference.ordered_answers import _evaluated
from arusha.inference.ordered_answers import ordered_regression as fit_of

# polr of MASS 7.3-58.2 (R 4.2.2, optim to 1e-15) on world(): log likelihood, slopes and thresholds, errors.
POLR = {
    "logistic": (
        -510.60658,
        [0.811008968, -0.364756296, -0.971299491, 0.238938209, 1.512153236],
        [0.111678617, 0.184027553, 0.146377380, 0.138844391, 0.162248009],
    ),
    "normal": (
        -511.858758,
        [0.465413853, -0.221883133, -0.581037846, 0.152677686, 0.895226454],
        [0.0638755745, 0.1100774700, 0.0873849159, 0.0848026914, 0.0931591898],
    ),
    "loglog": (
        -515.120254,
        [0.502913723, -0.270926223, -0.252260975, 0.558957372, 1.583696844],
        [0.0723803411, 0.1256208466, 0.0888661867, 0.0996614231, 0.1346384664],
    ),
    "cloglog": (
        -515.244387,
        [0.425724365, -0.196485350, -1.019686957, -0.179256306, 0.506794178],
        [0.0606789433, 0.1120668051, 0.1061751433, 0.0897572725, 0.0855791387],
    ),
}


def world():
    draw = np.random.default_rng(1)
    X = np.column_stack([np.round(draw.normal(size=400), 3), draw.integers(0, 2, 400)])
    weights = np.round(draw.uniform(1, 5, 400), 2)
    return np.digitize(X @ [0.8, -0.5] + draw.logistic(size=400), [-1, 0.2, 1.5]), X, weights


@pytest.mark.parametrize("law", list(POLR))
def test_beside_the_reference(law):
    """1e-7 and 1e-6: R's search and its numeric second derivatives."""
    y, X, _ = world()
    loglik, at, se = POLR[law]
    found = fit_of(y, X, law=law)
    assert found.loglik == pytest.approx(loglik, abs=1e-5)  # the digits that were printed
    assert found.coefficients == pytest.approx(at, abs=1e-7)
    assert found.se == pytest.approx(se, rel=1e-6)


def test_weights_and_order_alone():
    y, X, weights = world()
    found = fit_of(y, X, weights=weights)
    assert found.loglik == pytest.approx(-1558.67293, abs=1e-5)
    assert found.coefficients == pytest.approx(
        [0.841041876, -0.386843081, -0.985793426, 0.287078860, 1.540732302], abs=2e-8
    )
    assert found.se == pytest.approx([0.0647212444, 0.1051863756, 0.0836922103, 0.0796397722, 0.0933836537], rel=1e-7)
    other = fit_of(np.array([-3.0, 0.5, 7.0, 40.0])[y], X, weights=weights)
    assert other.coefficients == pytest.approx(found.coefficients, abs=1e-10)
    # Standardising inside changes nothing: a shifted and stretched covariate.
    moved = fit_of(y, X * [1000.0, 1.0] + [5e5, 0.0], weights=weights)
    assert moved.slopes * [1000.0, 1.0] == pytest.approx(found.slopes, rel=1e-8)
    assert moved.se[:2] * [1000.0, 1.0] == pytest.approx(found.se[:2], rel=1e-7)


@pytest.mark.parametrize("law", ["logistic", "normal", "loglog", "cloglog", "cauchy"])
def test_derivatives_and_chances(law):
    y, X, w = world()
    at, code = np.array([0.3, -0.2, -0.9, 0.1, 1.3]), y.astype(np.int64)
    laws = {"logistic": stats.logistic, "normal": stats.norm, "loglog": stats.gumbel_r, "cloglog": stats.gumbel_l}
    F = laws.get(law, stats.cauchy).cdf
    edge = np.array([-np.inf, *at[2:], np.inf])
    shift = X @ at[:2]
    chance = F(edge[code + 1] - shift) - F(edge[code] - shift)
    value, scores, bend = _evaluated(at, code, X, w, law, 3)
    assert value == pytest.approx(w @ np.log(chance), rel=1e-12)
    for k in range(5):
        h = 1e-5 * np.eye(5)[k]
        up, down = (_evaluated(at + sign * h, code, X, w, law, 3) for sign in (1, -1))
        assert (up[0] - down[0]) / 2e-5 == pytest.approx(w @ scores[:, k], rel=1e-6, abs=1e-5)
        assert (w @ up[1] - w @ down[1]) / 2e-5 == pytest.approx(bend[k], rel=1e-6, abs=1e-4)


def test_scores_and_information_are_of_the_covariates_given():
    y, X, w = world()
    found = fit_of(y, X * [10.0, 1.0] + 3.0, weights=w)
    assert w @ found.scores == pytest.approx(np.zeros(5), abs=1e-6)
    assert np.linalg.inv(found.information) == pytest.approx(found.vcov, rel=1e-8, abs=1e-14)


def test_two_answers_are_a_logistic_regression():
    y, X, _ = world()
    found = fit_of(y > 1, X)
    b = np.zeros(3)
    Z = np.column_stack([np.ones(400), X])
    for _ in range(30):
        p = 1 / (1 + np.exp(-Z @ b))
        b = b + np.linalg.solve(Z.T @ (Z * (p * (1 - p))[:, None]), Z.T @ ((y > 1) - p))
    assert found.slopes == pytest.approx(b[1:], abs=1e-9)
    assert found.thresholds == pytest.approx([-b[0]], abs=1e-9)


def test_coverage_of_the_slope():
    """95% intervals of 300 samples of 150: 95 within 3.3 standard errors (1.26 points)."""
    draw = np.random.default_rng(5)
    held = 0
    for _ in range(300):
        x = draw.normal(size=150)
        y = np.digitize(0.6 * x + draw.logistic(size=150), [-1.0, 0.5])
        found = fit_of(y, x)
        held += abs(found.slopes[0] - 0.6) < 1.96 * found.se[0]
    assert abs(held / 300 - 0.95) < 3.3 * 0.0126


def test_what_has_no_maximum_is_refused():
    y, X, _ = world()
    with pytest.raises(ValueError, match="without error"):
        fit_of(y, y.astype(float))
    with pytest.raises(ValueError, match="alike"):
        fit_of(np.ones(400), X)
    with pytest.raises(ValueError, match="constant"):
        fit_of(y, np.ones(400))
    with pytest.raises(ValueError, match="missing"):
        fit_of(np.where(y == 0, np.nan, y), X)
