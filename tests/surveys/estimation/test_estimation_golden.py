"""A sample of California schools against R's survey package: simple, stratified and clustered.

Closed forms agree to rounding, and so do errors after raking. The likelihood interval does not: the reference draws a
spline through a dozen points of the profile and a straight line between three times as many, which errs by 3e-6.
"""

from __future__ import annotations

import numpy as np
import pytest

from arusha.surveys import (
    by_domain,
    compare_two,
    independence,
    mean,
    population_variance,
    post_stratify,
    proportion,
    quantile,
    rake,
    ratio,
    regression,
    sample_design,
    total,
)

STYPE = {"E": 4421, "H": 755, "M": 1018}


@pytest.fixture(scope="module", params=["srs", "strat", "clus1"])
def sample(request, table, golden):
    data = table(f"survey_api/api{request.param}.csv")
    drawn = {"strat": {"strata": data["stype"]}, "clus1": {"clusters": data["dnum"]}}.get(request.param, {})
    return data, sample_design(data["pw"], population=data["fpc"], **drawn), golden("survey")[request.param]


def near(values, rel=1e-11):
    return pytest.approx(
        np.array(list(values.values()) if isinstance(values, dict) else values, float), rel=rel, abs=1e-13
    )


def test_means_totals_and_design_effects(sample):
    data, design, theirs = sample
    assert design.degrees_of_freedom == theirs["degf"]
    found = mean(design, np.column_stack([data["api00"], data["api99"]]))
    both = theirs["mean_api00_api99"]
    assert found.values == near(both["est"])
    assert found.se == near(both["se"])
    assert found.design_effect == near(both["deff"])
    assert found.interval()[0] == near(theirs["mean_confint_t"]["values"][0])
    found = total(design, data["enroll"])
    assert found.values == near(theirs["total_enroll"]["est"])
    assert found.se == near(theirs["total_enroll"]["se"])
    assert found.design_effect == near(theirs["total_enroll"]["deff"])
    found = mean(design, data["stype"][:, None] == np.array(["E", "H", "M"]))
    assert found.values == near(theirs["mean_stype"]["est"])
    assert found.se == near(theirs["mean_stype"]["se"])


def test_ratios_domains_and_variances(sample):
    data, design, theirs = sample
    found = ratio(design, data["api.stu"], data["enroll"])
    assert (found.values[0], found.se[0]) == near([theirs["ratio_apistu_enroll"][k] for k in ("est", "se")])
    found = by_domain(design, data["api00"], data["stype"])
    assert list(found.labels) == theirs["by_stype_mean"]["stype"]
    assert found.values == near(theirs["by_stype_mean"]["est"])
    assert found.se == near(theirs["by_stype_mean"]["se"])
    both = theirs["by_stype_schwide_total"]
    found = by_domain(design, data["enroll"], np.char.add(data["sch.wide"], data["stype"]), statistic="total")
    assert list(found.labels) == [a + b for a, b in zip(both["sch.wide"], both["stype"], strict=True)]
    assert found.values == near(both["est"])
    assert found.se == near(both["se"])
    found = population_variance(design, data["api00"])
    assert (found.values[0], found.se[0]) == near([theirs["var_api00"][k] for k in ("est", "se")])
    found = mean(design, data["api00"], domain=data["stype"] == "E")
    assert (found.values[0], found.se[0]) == near(
        [theirs["domain_E_mean"]["est"]["api00"], np.ravel(theirs["domain_E_mean"]["se"])[0]]
    )


@pytest.mark.parametrize(
    ("method", "name", "rel"),
    [
        ("beta", "beta", 1e-11),
        ("asin", "asin", 1e-11),
        ("mean", "mean", 1e-11),
        ("logit", "xlogit", 1e-11),
        ("logit", "logit", 1e-9),
        ("likelihood", "likelihood", 5e-6),
    ],
)
def test_intervals_of_a_proportion(sample, method, name, rel):
    data, design, theirs = sample
    ours, theirs = proportion(design, data["sch.wide"] == "Yes", method=method), theirs[f"ciprop_schwide_{name}"]
    assert (ours.estimate, ours.low, ours.high, ours.se) == near([theirs[k] for k in ("est", "lo", "hi", "se")], rel)


def test_quantiles(sample):
    data, design, theirs = sample
    ours, theirs = quantile(design, data["api00"], [0.25, 0.5, 0.75]), theirs["quantile_api00"]
    for name, found in (("est", ours.values), ("lo", ours.low), ("hi", ours.high), ("se", ours.se)):
        assert found == near(theirs[name])


def test_regressions_and_tests(sample):
    data, design, theirs = sample
    X = np.column_stack([np.ones(design.size), data["ell"], data["meals"], data["mobility"]])
    for kind, y, covariates, name, rel in (
        ("linear", data["api00"], X, "glm_gauss", 1e-10),
        ("logistic", data["sch.wide"] == "Yes", X[:, :3], "glm_logit", 5e-7),  # the reference stops its glm at 1e-8
    ):
        fit, reference = regression(design, y, covariates, kind=kind), theirs[name]
        assert fit.coefficients == near(reference["coef"], rel)
        assert fit.se == near(reference["se"], rel)
        assert fit.degrees_of_freedom == reference["df.resid"]
    second = independence(design, data["sch.wide"], data["stype"])
    assert (second.statistic, *second.degrees_of_freedom, second.p) == near(list(theirs["chisq_F"].values()), 1e-10)
    first = independence(design, data["sch.wide"], data["stype"], order="first")
    assert (first.statistic, *first.degrees_of_freedom, first.p) == near(list(theirs["chisq_chisq"].values()), 1e-10)
    found = compare_two(design, data["api00"], data["comp.imp"] == "Yes")
    assert (found.statistic, *found.degrees_of_freedom, found.p, found.estimate) == near(
        list(theirs["ttest"].values()), 1e-10
    )


@pytest.fixture(scope="module")
def clustered(table):
    data = table("survey_api/apiclus1.csv")
    return data, sample_design(data["pw"], clusters=data["dnum"], population=data["fpc"])


def test_post_stratification(clustered, golden):
    data, design = clustered
    theirs = golden("survey")["clus1_postStratify"]
    fitted = post_stratify(design, data["stype"], STYPE)
    assert fitted.weights[:10] == near(theirs["weights_head"])
    for found, name in ((mean(fitted, data["api00"]), "mean_api00"), (total(fitted, data["enroll"]), "total_enroll")):
        assert found.values == near(theirs[name]["est"])
        assert found.se == near(theirs[name]["se"])


def test_raking(clustered, golden):
    data, design = clustered
    theirs = golden("survey")["clus1_rake"]
    fitted = rake(design, [(data["stype"], STYPE), (data["sch.wide"], {"No": 1072, "Yes": 5122})])
    assert fitted.weights[:10] == near(theirs["weights_head"], 1e-10)
    for found, name in ((mean(fitted, data["api00"]), "mean_api00"), (total(fitted, data["enroll"]), "total_enroll")):
        assert found.values == near(theirs[name]["est"], 1e-10)
        assert found.se == near(theirs[name]["se"], 1e-10)


def test_two_stages_and_strata_with_clusters_run_on_the_other_samples(table):
    two = table("survey_api/apiclus2.csv")
    design = sample_design(two["pw"], clusters=[two["dnum"], two["snum"]], population=[two["fpc1"], two["fpc2"]])
    first = sample_design(two["pw"], clusters=two["dnum"], population=two["fpc1"])
    # The second stage adds variance between the schools of a sampled district.
    assert mean(design, two["api00"]).se[0] > mean(first, two["api00"]).se[0]
    # Published in the package's documentation: 670.81 with error 30.099.
    assert mean(design, two["api00"]).values[0] == pytest.approx(670.81, abs=0.005)
    assert mean(design, two["api00"]).se[0] == pytest.approx(30.099, abs=0.0005)
