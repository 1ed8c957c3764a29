"""Logistic regression with random constants: the reference with its search made strict, integrals, simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import integrate
from scipy.special import expit
from scipy.stats import binom, norm

from arusha.inference import mixed_logistic


@pytest.fixture
def herds(data):
    d = pd.read_csv(data("empirical_bayes/cbpp.csv"))
    X = np.column_stack([np.ones(len(d)), *(d["period"] == k for k in (2, 3, 4))]).astype(float)
    return d["incidence"].to_numpy(), d["size"].to_numpy(), d["herd"].to_numpy(), X


def test_herds_beside_the_reference(herds):
    """lme4 1.1-31 (R 4.2.2) with tolPwrss 1e-12 and rhoend 1e-9: by its defaults it stops 4e-4 from these estimates."""
    y, n, herd, X = herds
    alone = mixed_logistic(y, n, herd, nodes=1)
    assert alone.coefficients == pytest.approx([-2.04616225226], abs=2e-6)
    assert alone.se == pytest.approx([0.2423645275], rel=1e-4)
    assert alone.sd**2 == pytest.approx(0.659342974823, rel=1e-5)
    assert -2 * alone.log_likelihood == pytest.approx(209.662627188, abs=1e-7)
    laplace = mixed_logistic(y, n, herd, X, nodes=1)
    wanted = [-1.398532109825, -0.992332797155, -1.128672133289, -1.580313950951]
    assert laplace.coefficients == pytest.approx(wanted, abs=2e-6)
    assert laplace.se == pytest.approx([0.2324718388, 0.3066422104, 0.3266375751, 0.4274362049], rel=1e-4)
    assert -2 * laplace.log_likelihood == pytest.approx(184.052563743, abs=1e-7)
    nine = mixed_logistic(y, n, herd, X)
    wanted = [-1.399230201522, -0.991403862855, -1.127819665454, -1.579470948591]
    assert nine.coefficients == pytest.approx(wanted, abs=2e-6)
    assert nine.sd**2 == pytest.approx(0.419279218669, rel=1e-5)


def test_the_likelihood_is_the_integral(herds):
    y, n, herd, X = herds
    fit = mixed_logistic(y, n, herd, X, nodes=25)
    total = 0.0
    for h in np.unique(herd):
        own = herd == h

        def part(u, own=own):
            return float(np.prod(binom.pmf(y[own], n[own], expit(X[own] @ fit.coefficients + fit.sd * u)))) * norm.pdf(
                u
            )

        total += np.log(integrate.quad(part, -8, 8, epsabs=0, epsrel=1e-10)[0])
    assert fit.log_likelihood == pytest.approx(total, abs=1e-7)


def test_spread_and_coefficients_are_found():
    """40 worlds of 60 officers with 30 cases each: means of estimates within 3.5 of their errors."""
    found = []
    for seed in range(40):
        random = np.random.default_rng(seed)
        officer = np.repeat(np.arange(60), 2)
        X = np.column_stack([np.ones(120), np.tile([0.0, 1.0], 60)])
        rate = expit(X @ [-1.0, 0.5] + 0.8 * random.normal(size=60)[officer])
        fit = mixed_logistic(random.binomial(15, rate), np.full(120, 15), officer, X)
        found.append([*fit.coefficients, fit.sd])
    off = np.mean(found, axis=0) - [-1.0, 0.5, 0.8]
    # Maximum likelihood understates a spread by about one part in the number of groups.
    assert np.all(np.abs(off) < 3.5 * np.std(found, axis=0) / np.sqrt(40) + [0, 0, 0.8 / 60])


def test_groups_alike_and_bad_counts():
    fit = mixed_logistic(np.full(10, 3), np.full(10, 10), np.arange(10))
    assert fit.sd == pytest.approx(0.0, abs=1e-2)
    assert fit.coefficients[0] == pytest.approx(np.log(3 / 7), abs=1e-3)
    with pytest.raises(ValueError, match="between 0 and trials"):
        mixed_logistic([3], [2], [0])
    with pytest.raises(ValueError, match="two groups"):
        mixed_logistic([1, 2], [3, 3], [0, 0])
