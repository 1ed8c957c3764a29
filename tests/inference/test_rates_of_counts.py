"""Regression of counts: R's glm, MASS and pscl, the law by scipy, and coverage by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.inference.rates_of_counts import _Model, count_regression


def world(seed=3, n=500, size=1.5, never=0.25):
    draw = np.random.default_rng(seed)
    x = np.round(draw.normal(size=n), 3)
    exposure = np.round(draw.uniform(0.5, 4.0, n), 2)
    X, Z = np.column_stack([np.ones(n), x]), np.column_stack([np.ones(n), draw.integers(0, 2, n)])
    mu = exposure * np.exp(0.4 + 0.5 * x)
    y = draw.poisson(mu * draw.gamma(size, 1.0 / size, n))
    y[draw.random(n) < never * (0.5 + Z[:, 1])] = 0
    return y, X, Z, exposure


# glm (epsilon 1e-14), glm.nb of MASS 7.3-58.2 and zeroinfl of pscl 1.5.5 (reltol 1e-15), R 4.2.2, on world().
REFERENCE = {
    "poisson": {
        "loglik": -1636.95807918,
        "coefficients": [0.189565953602, 0.471738601707],
        "se": [0.0287714938882, 0.0255672562471],
    },
    "nb": {
        "loglik": -1025.54622013,
        "coefficients": [0.179998825803, 0.475080638959],
        "se": [0.0696050987055, 0.0702976188340],
        "size": 0.529513196305,
        "size_log_se": 0.0941413149809,
    },
    "zeros, poisson": {
        "loglik": -1211.8064615,
        "coefficients": [0.656301973234, 0.434437588220],
        "se": [0.0301531541005, 0.0261946514599],
        "zeros": [-0.976318772836, 0.911554123987],
        "zeros_se": [0.1667348272349, 0.2109750282631],
    },
    "zeros, nb": {
        "loglik": -1003.88538543,
        "coefficients": [0.510618196478, 0.485850871436],
        "se": [0.0682902933228, 0.0592879727332],
        "size": 1.36439674654,
        "size_log_se": 0.176747727801,
        "zeros": [-1.739617669000, 1.313937692363],
        "zeros_se": [0.3619934367517, 0.3550145350567],
    },
}


@pytest.mark.parametrize("way", list(REFERENCE))
def test_beside_the_reference(way):
    """Coefficients to 1e-6, where R's searches end; errors with its numeric second derivatives 1e-5."""
    y, X, Z, exposure = world()
    want = REFERENCE[way]
    law = "poisson" if "poisson" in way else "negative-binomial"
    found = count_regression(y, X, exposure=exposure, law=law, zero_covariates=Z if way.startswith("zeros") else None)
    assert found.converged
    assert found.loglik == pytest.approx(want["loglik"], abs=1e-7)
    assert found.coefficients == pytest.approx(want["coefficients"], abs=1e-6)
    assert found.se == pytest.approx(want["se"], rel=1e-5)
    if "size" in want:
        assert found.size == pytest.approx(want["size"], rel=1e-6)
        # glm.nb gives the error of the size itself, its coefficients taken as known.
        assert found.size_log_se == pytest.approx(want["size_log_se"], rel=1e-4)
    if "zeros" in want:
        assert found.zeros == pytest.approx(want["zeros"], abs=1e-6)
        assert np.sqrt(np.diag(found.zeros_vcov)) == pytest.approx(want["zeros_se"], rel=1e-5)


@pytest.mark.parametrize("law", ["poisson", "negative-binomial"])
def test_likelihood_and_slope(law):
    y, X, Z, exposure = world(n=60)
    weights = np.round(np.random.default_rng(1).uniform(1, 3, 60), 2)
    model = _Model(y.astype(float), X, Z, np.log(exposure), weights, law)
    at = np.array([0.3, 0.4, *([] if law == "poisson" else [0.2]), -0.7, 0.5])
    mu, never = exposure * np.exp(X @ at[:2]), 1 / (1 + np.exp(-Z @ at[-2:]))
    size = np.exp(0.2)
    law_of = stats.poisson(mu) if law == "poisson" else stats.nbinom(size, size / (size + mu))
    chance = never * (y == 0) + (1 - never) * law_of.pmf(y)
    value, slope = model.evaluated(at)
    assert value == pytest.approx(float(weights @ np.log(chance)), rel=1e-12)
    for k, h in enumerate(1e-6 * np.eye(at.size)):
        told = (model.evaluated(at + h)[0] - model.evaluated(at - h)[0]) / 2e-6
        assert slope[k] == pytest.approx(told, rel=1e-6, abs=1e-6)


def test_weights_of_two_are_two_units():
    y, X, _, exposure = world(n=200)
    twice = np.r_[np.arange(200), np.arange(50)]
    one = count_regression(y, X, exposure=exposure, weights=np.r_[np.full(50, 2.0), np.ones(150)])
    other = count_regression(y[twice], X[twice], exposure=exposure[twice])
    assert one.coefficients == pytest.approx(other.coefficients, abs=1e-8)
    assert one.se == pytest.approx(other.se, rel=1e-7)


def test_coverage_of_the_slope():
    """200 samples of 200 over-dispersed counts: 95% intervals hold it in 95 within 3.3 standard errors (1.5 points) and
    a point that the sample leaves; those of a Poisson law clearly fewer."""
    held = {"negative-binomial": 0, "poisson": 0}
    for seed in range(200):
        y, X, _, exposure = world(100 + seed, n=200, never=0.0)
        for law in held:
            found = count_regression(y, X, exposure=exposure, law=law)
            held[law] += abs(found.coefficients[1] - 0.5) < 1.96 * found.se[1]
    assert abs(held["negative-binomial"] / 200 - 0.95) < 3.3 * 0.0154 + 0.01
    assert held["poisson"] < 0.85 * 200


def test_counts_that_are_poisson_have_a_large_size():
    draw = np.random.default_rng(4)
    X = np.column_stack([np.ones(400), draw.normal(size=400)])
    y = draw.binomial(12, 0.5, 400)  # less spread than a Poisson law
    found, plain = count_regression(y, X), count_regression(y, X, law="poisson")
    assert found.size > 1e4
    assert found.coefficients == pytest.approx(plain.coefficients, abs=1e-4)


def test_what_is_refused():
    y, X, _, exposure = world(n=60)
    for wrong, match in (
        ({"counts": y - 1}, "whole numbers"),
        ({"counts": y * 0}, "not all 0"),
        ({"exposure": exposure * 0}, "above 0"),
        ({"covariates": np.column_stack([X, X[:, 1]])}, "repeats"),
        ({"covariates": X * np.nan}, "missing"),
        ({"covariates": X[:5]}, "one row"),
    ):
        given = {"counts": y, "covariates": X, "exposure": exposure} | wrong
        with pytest.raises(ValueError, match=match):
            count_regression(given.pop("counts"), given.pop("covariates"), **given)
