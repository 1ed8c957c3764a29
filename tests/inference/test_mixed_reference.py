"""Mixed models beside R's lme4 1.1-31, and the deviance with a term solved out beside the whole system."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from arusha.inference import Term, mixed_model
from arusha.inference.mixed_models import _Profile

REFERENCE = json.loads((Path(__file__).parent / "mixed_reference.json").read_text("utf-8"))
# The reference's search stops at about 1e-6 of the spreads' scale; ours goes on to where the slope vanishes.
NEAR = 2e-5


def agree(found, want):
    np.testing.assert_allclose(found.coefficients, np.atleast_1d(want["fixef"]), rtol=1e-6)
    np.testing.assert_allclose(found.se, np.atleast_1d(want["se"]), rtol=2 * NEAR)
    assert found.log_likelihood >= want["ll"] - 1e-8
    assert found.log_likelihood == pytest.approx(want["ll"], abs=1e-6)
    assert found.sigma == pytest.approx(want["sd"][-1], rel=NEAR)
    sds = [np.sqrt(np.diag(t.covariance)) for t in found.terms]
    return np.concatenate(sds)


@pytest.mark.parametrize("restricted", [True, False])
def test_batches(data, restricted):
    table = pd.read_csv(data("empirical_bayes/Dyestuff.csv"))
    want = REFERENCE[f"dyestuff_{str(restricted).upper()}"]
    found = mixed_model(table["Yield"], terms=[Term(table["Batch"])], restricted=restricted)
    np.testing.assert_allclose(agree(found, want), want["sd"][:1], rtol=NEAR)
    np.testing.assert_allclose(found.terms[0].effect.ravel(), np.ravel(want["re"]["Batch"]), rtol=NEAR)
    np.testing.assert_allclose(found.terms[0].se.ravel(), want["re_se"]["Batch"], rtol=NEAR)


@pytest.mark.parametrize("correlated", [True, False])
def test_slopes(data, correlated):
    table, want = pd.read_csv(data("empirical_bayes/sleepstudy.csv")), REFERENCE["sleep" if correlated else "sleep_un"]
    X = np.column_stack([np.ones(len(table)), table["Days"]])
    found = mixed_model(table["Reaction"], covariates=X, terms=[Term(table["Subject"], X, correlated=correlated)])
    np.testing.assert_allclose(agree(found, want), want["sd"][:2], rtol=NEAR)
    np.testing.assert_allclose(found.terms[0].effect, want["re"]["Subject"], atol=5e-4)


@pytest.mark.parametrize("name", ["penicillin", "inst"])
def test_crossed_at_the_fit_of_the_reference(data, name):
    """Plates and samples; 10,017 ratings by 1,024 students of 240 lecturers. At the reference's spreads the likelihood
    is its own, no spread near by is likelier, and the coefficients are its own. (The search itself ends there too, 4e-7
    from its effects of lecturers; it takes too long for the tests.)"""
    want = REFERENCE[name]
    if name == "inst":
        table = pd.read_csv(data("empirical_bayes/InstEval_dept4_15.csv"))
        y, X = table["y"].to_numpy(float), np.column_stack([np.ones(len(table)), table["service"]])
        terms = [Term(table["s"]), Term(table["d"])]
    else:
        table = pd.read_csv(data("empirical_bayes/Penicillin.csv"))
        y, X = table["diameter"].to_numpy(float), np.ones((len(table), 1))
        terms = [Term(table["plate"]), Term(table["sample"])]
    profile = _Profile(y, X, terms, True)
    theta = np.array(want["sd"][:2]) / want["sd"][2]
    here, beta, u, _, _, sigma2 = profile.solved(theta)
    assert -0.5 * here == pytest.approx(want["ll"], abs=1e-8)
    assert np.sqrt(sigma2) == pytest.approx(want["sd"][2], rel=1e-6)
    np.testing.assert_allclose(beta, np.atleast_1d(want["fixef"]), rtol=1e-9)
    for i in (0, 1):
        for step in (-1e-2, 1e-2):
            assert profile.deviance(theta + step * np.eye(2)[i]) > here
    if name == "inst":
        begin = profile.widths[0]
        at = [begin + list(map(str, profile.levels[1])).index(level) for level in want["levels"]]
        np.testing.assert_allclose(profile.turned(theta, u, transposed=False)[at], want["re"], atol=1e-9)


@pytest.mark.parametrize("restricted", [True, False])
def test_a_term_solved_out_leaves_the_deviance(restricted):
    random = np.random.default_rng(4)
    n = 150
    X = np.column_stack([np.ones(n), random.normal(size=n)])
    a, b, c = random.integers(0, 30, n), random.integers(0, 8, n), random.integers(0, 4, n)
    terms = [Term(b, X), Term(a), Term(c)]
    profile = _Profile(random.normal(size=n), X, terms, restricted)
    assert profile.apart is not None
    for _ in range(10):
        theta = random.uniform(0.0, 2.0, profile.size)
        # Two orders of the same elimination: rounding of a log determinant of forty terms.
        assert profile.deviance(theta) == pytest.approx(profile.solved(theta)[0], rel=1e-11)
    assert _Profile(random.normal(size=n), X, [Term(b, X)], restricted).apart is None
