"""Repeated answers: R's geepack, the sandwich written out, and coverage by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from arusha.inference.estimating_equations import repeated_answers


def world(seed=6, units=150):
    draw = np.random.default_rng(seed)
    times = draw.integers(2, 6, units)
    unit = np.repeat(np.arange(units), times)
    n = unit.size
    X = np.column_stack([np.ones(n), np.round(draw.normal(size=n), 3), draw.integers(0, 2, units)[unit]])
    own = draw.normal(0, 0.9, units)[unit]
    yes = (draw.random(n) < expit(X @ [-0.3, 0.5, 0.6] + own)).astype(float)
    counts = draw.poisson(np.exp(X @ [0.2, 0.3, 0.2] + 0.5 * own))
    return (
        unit,
        X,
        {"logistic": yes, "poisson": counts, "linear": np.round(X @ [1, 0.5, -0.4] + own + draw.normal(size=n), 4)},
    )


# geeglm of geepack 1.3.9 (R 4.2.2, epsilon 1e-12) on world(): coefficients, errors, correlation, scale.
REFERENCE = {
    ("logistic", "independent"): (
        [-0.25968056281, 0.37076204657, 0.31367210897],
        [0.148061545527, 0.085032568767, 0.223942384183],
        0.0,
        1.0000325362,
    ),
    ("logistic", "exchangeable"): (
        [-0.24570790813, 0.38652256149, 0.32012399957],
        [0.148936502490, 0.079939496739, 0.221876902639],
        0.20421248533,
        1.0022160727,
    ),
    ("logistic", "autoregressive"): (
        [-0.26086501077, 0.37988695183, 0.29907540267],
        [0.149287497375, 0.081323375203, 0.224045558277],
        0.23604066352,
        1.0017769339,
    ),
    ("poisson", "exchangeable"): (
        [0.30129825442, 0.30401968265, 0.16684513255],
        [0.062497068310, 0.033676139898, 0.098109976720],
        0.26004724631,
        1.1733382905,
    ),
    ("poisson", "autoregressive"): (
        [0.28587864879, 0.30431845990, 0.19595781889],
        [0.062520867008, 0.034563951619, 0.099299138027],
        0.3419767936,
        1.1734902314,
    ),
    ("linear", "independent"): (
        [1.12192430916, 0.45672961389, -0.56171190055],
        [0.117911196894, 0.057015871708, 0.183543520182],
        0.0,
        1.9009851812,
    ),
    ("linear", "exchangeable"): (
        [1.11864166586, 0.49921413891, -0.53877992720],
        [0.114701559894, 0.050340861968, 0.176159992455],
        0.46700640404,
        1.9029310782,
    ),
    ("linear", "autoregressive"): (
        [1.11721354718, 0.50352212729, -0.54443153584],
        [0.115267391497, 0.057306036567, 0.178530792319],
        0.64037897987,
        1.9032331756,
    ),
}


@pytest.mark.parametrize(("kind", "correlation"), list(REFERENCE))
def test_beside_the_reference(kind, correlation):
    unit, X, values = world()
    coefficients, se, between, scale = REFERENCE[kind, correlation]
    found = repeated_answers(values[kind], X, unit, kind=kind, correlation=correlation)
    assert found.converged
    assert found.units == 150
    assert found.coefficients == pytest.approx(coefficients, abs=1e-9)
    assert found.se == pytest.approx(se, rel=1e-8)
    assert (found.correlation, found.scale) == pytest.approx((between, scale), abs=1e-9)
    # Units may come in any order, as long as each one's answers keep theirs.
    order = np.argsort(np.random.default_rng(1).permutation(150)[unit], kind="stable")
    again = repeated_answers(values[kind][order], X[order], unit[order], kind=kind, correlation=correlation)
    assert again.coefficients == pytest.approx(found.coefficients, abs=1e-10)


def test_independent_answers_are_least_squares_with_errors_by_unit():
    unit, X, values = world()
    found = repeated_answers(values["linear"], X, unit, kind="linear", correlation="independent")
    bread = np.linalg.inv(X.T @ X)
    b = bread @ X.T @ values["linear"]
    sums = np.array([X[unit == u].T @ (values["linear"] - X @ b)[unit == u] for u in range(150)])
    assert found.coefficients == pytest.approx(b, rel=1e-10)
    assert found.vcov == pytest.approx(bread @ sums.T @ sums @ bread, rel=1e-9)


@pytest.mark.parametrize("correlation", ["independent", "exchangeable"])
def test_coverage_where_answers_go_together(correlation):
    """150 samples of 100 units: 95% intervals of a unit's covariate hold its average effect in 95 within 3.3 standard
    errors (1.8 points) and a point that 100 units leave. The truth is that of 200,000 units."""
    large = np.random.default_rng(9)
    group = np.repeat([0.0, 1.0], 100_000)
    share = expit(-0.3 + 0.6 * group + large.normal(0, 0.9, 200_000))
    logit = [np.log(m / (1 - m)) for m in (share[group == 0].mean(), share[group == 1].mean())]
    held = 0
    for seed in range(150):
        unit = world(200 + seed, units=100)[0]
        draw = np.random.default_rng(seed)
        X = np.column_stack([np.ones(unit.size), draw.integers(0, 2, 100)[unit]])
        y = draw.random(unit.size) < expit(X @ [-0.3, 0.6] + draw.normal(0, 0.9, 100)[unit])
        found = repeated_answers(y, X, unit, correlation=correlation)
        held += abs(found.coefficients[1] - (logit[1] - logit[0])) < 1.96 * found.se[1]
    assert abs(held / 150 - 0.95) < 3.3 * 0.0178 + 0.01


def test_what_is_refused():
    unit, X, values = world(units=20)
    y = values["logistic"]
    with pytest.raises(ValueError, match="0 or 1"):
        repeated_answers(y + 1, X, unit)
    with pytest.raises(ValueError, match="repeats"):
        repeated_answers(y, np.column_stack([X, X[:, 1]]), unit)
    with pytest.raises(ValueError, match="not enough"):
        repeated_answers(y, X, unit % 3)
    with pytest.raises(ValueError, match="missing"):
        repeated_answers(np.where(y == 1, np.nan, y), X, unit)
    with pytest.raises(ValueError, match="one unit a row"):
        repeated_answers(y, X, unit[:5])
    with pytest.raises(ValueError, match="without error"):
        repeated_answers(y, np.column_stack([np.ones(y.size), y]), unit, correlation="independent")
