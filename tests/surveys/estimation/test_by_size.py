"""Samples drawn by size without replacement, and links of regressions, beside R's survey and by brute force."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from arusha import surveys as s
from arusha.errors import SurveyError

REFERENCE = json.loads((Path(__file__).parent / "by_size_reference.json").read_text("utf-8"))


@pytest.mark.parametrize("link", ["probit", "cloglog"])
@pytest.mark.parametrize("name", ["ds", "d2"])
def test_links_are_those_of_the_reference(table: Any, name: str, link: Any) -> None:
    d = table("survey_api/apistrat.csv" if name == "ds" else "survey_api/apiclus2.csv")
    how = {"strata": d["stype"], "population": d["fpc"]} if name == "ds" else {}
    if name == "d2":
        how = {"clusters": [d["dnum"], d["snum"]], "population": [d["fpc1"], d["fpc2"]]}
    design = s.sample_design(d["pw"], **how)
    X = np.column_stack([np.ones(design.size), d["ell"] / 10, d["meals"] / 10])
    fit = s.regression(design, np.asarray(d["sch.wide"]) == "Yes", X, kind=link)
    theirs = REFERENCE[f"{name} {link}"]
    # R stops at a relative change of the deviance of 1e-14, which knows a coefficient to its root.
    assert fit.coefficients == pytest.approx(theirs["est"], rel=1e-6)
    assert fit.se == pytest.approx(theirs["se"], rel=1e-6)

    def likelihood(b: np.ndarray) -> float:
        at = X @ b
        chance = stats.norm.cdf(at) if link == "probit" else -np.expm1(-np.exp(at))
        yes = np.asarray(d["sch.wide"]) == "Yes"
        return float(d["pw"] @ np.log(np.where(yes, chance, 1 - chance)))

    top = likelihood(fit.coefficients)
    for k in range(3):
        for step in (-1e-4, 1e-4):
            assert likelihood(fit.coefficients + step * np.eye(3)[k]) < top


def test_brewers_variance_is_that_of_the_reference(table: Any) -> None:
    d = table("survey_api/apistrat.csv")
    chance = 0.02 + d["enroll"] / 20_000
    design = s.sample_design(1 / chance, strata=d["stype"], chances=chance)
    values = np.column_stack([d["api00"], d["enroll"]])
    theirs = REFERENCE["brewer"]
    total, mean, ratio = s.total(design, values), s.mean(design, values), s.ratio(design, d["api.stu"], d["enroll"])
    for found, name in ((total, "total"), (mean, "mean"), (ratio, "ratio")):
        assert found.values == pytest.approx(theirs[name], rel=1e-12)
        assert found.se == pytest.approx(theirs[f"{name}_se"], rel=1e-11)


def test_brewers_variance_in_two_stages_is_that_of_the_reference(table: Any) -> None:
    d = table("survey_api/apiclus2.csv")
    first = 40 / 757 * (0.5 + (d["dnum"] % 7) / 6)
    sampled = np.array([np.sum(d["dnum"] == k) for k in d["dnum"]])
    second = sampled / d["fpc2"]
    design = s.sample_design(1 / (first * second), clusters=[d["dnum"], d["snum"]], chances=[first, second])
    theirs = REFERENCE["brewer2"]
    for found, name in ((s.total(design, d["api00"]), "total"), (s.mean(design, d["api00"]), "mean")):
        assert found.values == pytest.approx(theirs[name], rel=1e-12)
        assert found.se == pytest.approx(theirs[f"{name}_se"], rel=1e-11)


def test_equal_chances_are_a_population() -> None:
    random = np.random.default_rng(1)
    y, stratum = random.normal(size=30), np.repeat([0, 1], 15)
    by_size = s.sample_design(np.full(30, 4.0), strata=stratum, chances=np.full(30, 0.25))
    counted = s.sample_design(np.full(30, 4.0), strata=stratum, population=np.full(30, 60.0))
    assert s.mean(by_size, y).se == pytest.approx(s.mean(counted, y).se, rel=1e-12)


def test_brewers_variance_is_near_the_variance_over_all_samples() -> None:
    """All 210 samples of 4 of 10 under conditional Poisson sampling: the mean variance is within 6% of the truth."""
    random = np.random.default_rng(2)
    size = np.linspace(1.0, 3.0, 10)
    y = 5 * size + random.normal(size=10)
    odds = size / (6 - size)
    samples = np.array(list(itertools.combinations(range(10), 4)))
    law = np.prod(odds[samples], axis=1)
    law /= law.sum()
    inside = np.zeros((samples.shape[0], 10))
    np.put_along_axis(inside, samples, 1.0, axis=1)
    chance = law @ inside
    totals = np.array([np.sum(y[k] / chance[k]) for k in samples])
    truth = float(law @ (totals - y.sum()) ** 2)
    assert law @ totals == pytest.approx(y.sum(), rel=1e-12)
    made = [s.total(s.sample_design(1 / chance[k], chances=chance[k]), y[k]).se[0] ** 2 for k in samples]
    assert law @ np.array(made) == pytest.approx(truth, rel=0.06)
    replaced = [s.total(s.sample_design(1 / chance[k]), y[k]).se[0] ** 2 for k in samples]
    assert law @ np.array(replaced) > 1.3 * truth  # as if with replacement: safe, and too much


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chances": [0.5, 0.5, 0.0, 0.5]}, "not above 0"),
        ({"chances": [0.5, 0.5, 1.5, 0.5]}, "at most 1"),
        ({"chances": [0.5, 0.4, 0.5, 0.5], "clusters": [1, 1, 2, 2]}, "two chances of one cluster"),
        ({"chances": [0.5] * 4, "population": [8.0] * 4}, "both population and chances"),
    ],
)
def test_chances_that_are_none_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(SurveyError, match=said) as told:
        s.sample_design([2.0] * 4, **options)
    assert told.value.remedy


def test_answers_other_than_yes_and_no_have_no_probit() -> None:
    design = s.sample_design([1.0] * 4)
    with pytest.raises(SurveyError):
        s.regression(design, [0, 1, 2, 1], np.ones((4, 1)), kind="probit")
    with pytest.raises(SurveyError, match="no maximum"):
        s.regression(design, [0, 0, 1, 1], np.column_stack([np.ones(4), [0, 0, 1, 1]]), kind="probit")
