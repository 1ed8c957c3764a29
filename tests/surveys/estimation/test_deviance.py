"""Regressions of amounts and of ratios of shares, and tests by the deviance, beside R's survey 4.1-1 (R 4.2.2).

The values in ``deviance_reference.json`` were computed with it on three samples of Californian schools, with glm's
steps going on to a relative change of the deviance of 1e-13. Where R has the law of a sum of chi-squares by a
saddlepoint, it seeks the root to 1e-8 of its scale.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from arusha import surveys as s
from arusha.errors import SurveyError
from arusha.surveys.estimation.response_laws import deviance
from arusha.surveys.estimation.weighed_squares import exact, saddlepoint, satterthwaite

REFERENCE = json.loads((Path(__file__).parent / "deviance_reference.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=["strat", "clus1", "clus2"])
def sample(request, table):
    d = table(f"survey_api/api{request.param}.csv")
    how = {
        "strat": lambda: {"strata": d["stype"], "population": d["fpc"]},
        "clus1": lambda: {"clusters": d["dnum"], "population": d["fpc"]},
        "clus2": lambda: {"clusters": [d["dnum"], d["snum"]]},
    }[request.param]()
    return d, s.sample_design(d["pw"], **how), REFERENCE[request.param]


def columns(d, *names, scale=1.0):
    return np.column_stack([np.ones(d["pw"].size), *(d[name] / scale for name in names)])


@pytest.mark.parametrize(
    ("kind", "name"), [("gamma", "gamma_log"), ("gamma-inverse", "gamma_inv"), ("log-linear", "gauss_log")]
)
def test_regressions_of_amounts(sample, kind, name):
    d, design, theirs = sample
    fit = s.regression(design, d["api00"], columns(d, "ell", "meals"), kind=kind)
    # 1e-7: what glm's last step leaves of a coefficient next to 0.
    assert fit.coefficients == pytest.approx(theirs[name]["b"], rel=1e-7)
    assert fit.se == pytest.approx(theirs[name]["se"], rel=1e-7)


def test_ratios_of_shares(sample):
    d, design, theirs = sample
    yes, X = d["sch.wide"] == "Yes", columns(d, "ell", "meals", scale=100.0)
    if "logbin" in theirs:
        fit = s.regression(design, yes, X, kind="log-binomial")
        assert [*fit.coefficients, *fit.se] == pytest.approx(
            [*theirs["logbin"]["b"], *theirs["logbin"]["se"]], rel=1e-6
        )
        return
    with pytest.raises(SurveyError, match="a chance would have to be 1"):  # glm stops on the way there
        s.regression(design, yes, X, kind="log-binomial")


@pytest.mark.parametrize(
    ("name", "kind", "value", "of", "tested"),
    [
        ("lr_gauss", "linear", "api00", ("ell", "meals", "mobility"), [1, 3]),
        ("lr_logit", "logistic", "sch.wide", ("ell", "meals", "mobility"), [1, 3]),
        ("lr_pois", "poisson", "api.stu", ("ell", "meals", "mobility"), [1, 3]),
        ("lr_one", "logistic", "sch.wide", ("ell", "meals"), [2]),
    ],
)
def test_tests_by_the_deviance(sample, name, kind, value, of, tested):
    d, design, theirs = sample
    y = d[value] == "Yes" if kind == "logistic" else d[value]
    X, reference = columns(d, *of), theirs[name]
    found = s.likelihood_ratio(design, y, X, tested, kind=kind, law="saddlepoint")
    assert found.statistic == pytest.approx(reference["lrt"][0], rel=1e-10)
    assert found.p == pytest.approx(reference["lrt"][1], rel=1e-6)
    assert found.degrees_of_freedom == (len(tested), reference["lrt"][2])
    working = s.likelihood_ratio(design, y, X, tested, kind=kind, law="saddlepoint", working=True)
    assert [working.statistic, working.p] == pytest.approx(reference["working"], rel=1e-6)
    by_mean = s.likelihood_ratio(design, y, X, tested, kind=kind, law="satterthwaite")
    assert by_mean.p == pytest.approx(reference["satterthwaite"], rel=1e-6)
    assert s.likelihood_ratio(design, y, X, tested, kind=kind).p == pytest.approx(found.p, abs=0.01)


def test_the_saddlepoint_of_independence_also_where_a_cell_is_empty(sample):
    d, design, theirs = sample
    cut = np.searchsorted([500, 600, 700], d["api99"], side="left")
    assert s.independence(design, cut, d["stype"], order="saddlepoint").p == pytest.approx(theirs["saddle"], rel=1e-7)
    both = s.independence(design, d["sch.wide"], d["comp.imp"], order="saddlepoint")
    assert both.p == pytest.approx(theirs["saddle2"], rel=1e-6)


def test_three_laws_of_weighed_chi_squares():
    """All alike they are an F; else the exact one is the share of a million draws. R's values hold the others."""
    assert exact(6.0, np.ones(2), 14) == pytest.approx(stats.f.sf(3.0, 2, 14), abs=1e-9)
    assert satterthwaite(6.0, np.ones(2), 14) == pytest.approx(stats.f.sf(3.0, 2, 14), rel=1e-12)
    assert saddlepoint(6.0, np.ones(2), 14) == pytest.approx(stats.f.sf(3.0, 2, 14), abs=0.003)
    draw, weights = np.random.default_rng(1), np.array([3.0, 1.0, 0.2])
    drawn = draw.normal(size=(1_000_000, 3)) ** 2 @ weights / (draw.chisquare(20, 1_000_000) / 20)
    for value in (2.0, 8.0, 20.0):
        share = float(np.mean(drawn > value))
        assert exact(value, weights, 20) == pytest.approx(share, abs=4 * np.sqrt(share / 1e6))


@pytest.mark.parametrize("kind", ["logistic", "poisson", "gamma", "linear"])
def test_a_deviance_is_twice_a_fall_of_the_log_likelihood(kind):
    draw = np.random.default_rng(2)
    mu, w = draw.uniform(0.2, 0.8, 50), draw.uniform(1, 3, 50)
    laws = {
        "logistic": (draw.integers(0, 2, 50).astype(float), lambda y, m: stats.bernoulli.logpmf(y, m)),
        "poisson": (draw.poisson(2, 50).astype(float), lambda y, m: stats.poisson.logpmf(y, m)),
        "gamma": (draw.gamma(2, 1, 50), lambda y, m: stats.expon.logpdf(y, scale=m)),
        "linear": (draw.normal(0, 1, 50), lambda y, m: stats.norm.logpdf(y, m)),
    }
    y, law = laws[kind]
    own = law(y, np.where(y == 0, 1e-300, y) if kind == "poisson" else y)
    assert deviance(y, mu, w, kind) == pytest.approx(2 * w @ (own - law(y, mu)), rel=1e-9)


def test_amounts_of_zero_and_columns_that_are_not_there_are_refused():
    design, X = s.sample_design(np.ones(40)), np.column_stack([np.ones(40), np.arange(40.0)])
    with pytest.raises(SurveyError, match="not above 0"):
        s.regression(design, np.zeros(40), X, kind="gamma")
    with pytest.raises(SurveyError, match="no constant"):
        s.regression(design, np.arange(1.0, 41.0), X[:, 1:], kind="gamma")
    for wrong in ([], [0, 1], [2], [1, 1]):
        with pytest.raises(SurveyError, match="columns that are not some of the covariates"):
            s.likelihood_ratio(design, np.arange(40.0), X, wrong)
