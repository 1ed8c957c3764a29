"""A sample whose variances are those of its replicates: every statistic beside R's survey 4.1-1, and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import t as student

import arusha.surveys as s
from arusha.errors import SurveyError

REFERENCE = json.loads((Path(__file__).parent / "replicate_reference.json").read_text("utf-8"))
STYPE = {"E": 4421, "H": 755, "M": 1018}


def both(theirs):
    return [*theirs["est"], *theirs["se"]]


def found(estimate):
    return [*estimate.values, *estimate.se]


@pytest.fixture(params=["JK1", "JKn", "JK1mse"])
def sample(request, table):
    name = request.param
    d = table(f"survey_api/api{'strat' if name == 'JKn' else 'clus1'}.csv")
    drawn = {"strata": d["stype"]} if name == "JKn" else {"clusters": d["dnum"]}
    design = s.sample_design(d["pw"], population=d["fpc"], **drawn)
    return d, s.replicate_design(s.jackknife(design), around_full=name == "JK1mse"), REFERENCE[name]


def test_means_totals_ratios_and_domains(sample):
    """Closed forms on both sides: to rounding. Shares of the strata that were sampled by them do not vary."""
    d, r, g = sample
    means = s.mean(r, np.column_stack([d["api00"], d["api99"]]))
    assert found(means) == pytest.approx(both(g["mean"]), rel=1e-11)
    assert means.interval()[0] == pytest.approx(g["confint"], rel=1e-11)
    assert r.degrees_of_freedom == g["degf"][0]
    assert found(s.total(r, d["enroll"])) == pytest.approx(both(g["total"]), rel=1e-11)
    kinds = s.mean(r, d["stype"][:, None] == np.array(["E", "H", "M"]))
    assert found(kinds) == pytest.approx(both(g["stype"]), rel=1e-11, abs=1e-13)
    assert found(s.ratio(r, d["api.stu"], d["enroll"])) == pytest.approx(both(g["ratio"]), rel=1e-11)
    assert found(s.by_domain(r, d["api00"], d["stype"])) == pytest.approx(both(g["by"]), rel=1e-11)
    kinds = s.by_domain(r, d["enroll"], np.char.add(d["sch.wide"], d["stype"]), statistic="total")
    assert found(kinds) == pytest.approx(both(g["bytotal"]), rel=1e-11)
    assert found(s.population_variance(r, d["api00"])) == pytest.approx(both(g["var"]), rel=1e-11)
    primary = s.mean(r, d["api00"], domain=d["stype"] == "E")
    assert found(primary) == pytest.approx(both(g["E"]), rel=1e-11)
    assert primary.degrees_of_freedom == g["degfE"][0]


@pytest.mark.parametrize("method", ["logit", "xlogit", "asin", "beta", "mean"])
def test_proportions(sample, method):
    """R reads the first off a fit whose steps end at 1e-8. It has no likelihood interval of replicates."""
    d, r, g = sample
    share = s.proportion(r, d["sch.wide"] == "Yes", method=method)
    assert [share.estimate, share.low, share.high] == pytest.approx(g[f"ci_{method}"], rel=1e-8)


def test_quantiles(sample):
    d, r, g = sample
    q = s.quantile(r, d["api00"], [0.25, 0.5, 0.75])
    assert np.column_stack([q.values, q.low, q.high, q.se]) == pytest.approx(np.array(g["q_mean"]), rel=1e-11)


def test_regressions_and_tests(sample):
    """Logistic fits of R's replicates end at 1e-8 of the deviance: its errors are up to 6e-8 away."""
    d, r, g = sample
    X = np.column_stack([np.ones(r.size), d["ell"], d["meals"], d["mobility"]])
    fit = s.regression(r, d["api00"], X)
    assert [*fit.coefficients, *fit.se] == pytest.approx(both(g["glm"]), rel=1e-10)
    assert fit.degrees_of_freedom == g["glm"]["df"][0]
    fit = s.regression(r, d["sch.wide"] == "Yes", X[:, :3], kind="logistic")
    assert [*fit.coefficients, *fit.se] == pytest.approx(both(g["logit"]), rel=1e-7)
    test = s.independence(r, d["sch.wide"], d["stype"])
    assert [test.statistic, *test.degrees_of_freedom, test.p] == pytest.approx(g["F"], rel=1e-10)
    for order, name in (("first", "Chisq"), ("wald", "Wald")):
        test = s.independence(r, d["sch.wide"], d["stype"], order=order)
        assert [test.statistic, test.p] == pytest.approx(g[name], rel=1e-10)
    test = s.compare_two(r, d["api00"], d["sch.wide"] == "Yes")
    assert [test.statistic, *test.degrees_of_freedom, test.p, test.estimate] == pytest.approx(g["t"], rel=1e-10)
    test = s.rank_test(r, d["api00"], d["sch.wide"] == "Yes")
    assert [test.statistic, *test.degrees_of_freedom, test.p] == pytest.approx(g["rank"], rel=1e-10)


def test_calibrated_replicates(table):
    """Each replicate is calibrated like the whole; R's raking was told to go on to 1e-9 of a school."""
    d = table("survey_api/apiclus1.csv")
    r = s.replicate_design(s.jackknife(s.sample_design(d["pw"], clusters=d["dnum"], population=d["fpc"])))
    post, g = s.post_stratify(r, d["stype"], STYPE), REFERENCE["post"]
    assert found(s.mean(post, d["api00"])) == pytest.approx(both(g["mean"]), rel=1e-11)
    assert found(s.total(post, d["enroll"])) == pytest.approx(both(g["total"]), rel=1e-11)
    raked = s.rake(r, [(d["stype"], STYPE), (d["sch.wide"], {"No": 1072, "Yes": 5122})])
    assert found(s.mean(raked, d["api00"])) == pytest.approx(both(REFERENCE["rake"]["mean"]), rel=1e-7)
    X = np.column_stack([np.ones(r.size), d["stype"] == "H", d["stype"] == "M", d["api99"]])
    fitted = s.calibrate(r, X, [6194, 755, 1018, 3914069])
    assert found(s.mean(fitted, d["api00"])) == pytest.approx(both(REFERENCE["cal"]["mean"]), rel=1e-11)
    with pytest.raises(SurveyError, match="trimmed replicates"):
        s.trim(r, 10, 50)


def test_replicates_by_hand():
    draw = np.random.default_rng(2)
    n = 60
    y, yes, group = draw.normal(5, 2, n), draw.random(n) < 0.3, np.arange(n) % 2
    plain = s.sample_design(draw.uniform(1, 3, n), clusters=np.arange(n) // 5)
    again = s.bootstrap(plain, 40, seed=3)
    r = s.replicate_design(again)
    assert found(s.mean(r, y)) == pytest.approx(found(s.replicated(again, lambda w: w @ y / w.sum())), rel=1e-12)
    shares = np.array([w @ yes / w.sum() for w in again.weights.T])
    at = float(plain.weights @ yes / plain.weights.sum())
    half = student.ppf(0.975, 11) * np.sqrt(np.sum((logit(shares) - logit(shares).mean()) ** 2) / 40)
    share = s.proportion(r, yes, method="logit")
    assert (share.low, share.high) == pytest.approx((expit(logit(at) - half), expit(logit(at) + half)), rel=1e-12)
    slopes = []
    for w in again.weights.T:
        a, b = (np.average(y[group == k], weights=w[group == k]) for k in (0, 1))
        slopes.append(b - a)
    assert s.compare_two(r, y, group).statistic == pytest.approx(
        s.compare_two(r, y, group).estimate / np.std(slopes), rel=1e-10
    )
    with pytest.raises(SurveyError, match="replicates of replicates"):
        s.jackknife(r)
    groups = np.where(np.arange(n) // 5 == 0, "a", "b")  # gone where its only cluster is left out
    with pytest.raises(SurveyError, match="nobody of"), np.errstate(all="ignore"):
        s.post_stratify(s.replicate_design(s.jackknife(plain)), groups, {"a": 10, "b": 90})
