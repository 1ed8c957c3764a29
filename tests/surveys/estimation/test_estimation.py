"""Estimates from a sample by hand, by the jackknife and by simulation; what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.errors import SurveyError
from arusha.surveys import (
    bootstrap,
    by_domain,
    calibrate,
    change,
    differences,
    jackknife,
    mean,
    post_stratify,
    proportion,
    quantile,
    rake,
    ratio,
    regression,
    replicated,
    sample_design,
    total,
)


def people(seed, n=240, strata=4):
    draw = np.random.default_rng(seed)
    stratum = np.repeat(np.arange(strata), n // strata)
    cluster = np.arange(n) // 10
    return {
        "w": draw.uniform(1, 4, n),
        "stratum": stratum,
        "cluster": cluster,
        "y": draw.normal(size=n) + draw.normal(size=n // 10)[cluster] + stratum,
        "draw": draw,
    }


def test_the_variance_of_a_stratified_total_by_hand():
    y, w = np.array([1.0, 3.0, 8.0, 2.0, 2.0, 5.0]), np.array([4.0, 4.0, 4.0, 2.0, 2.0, 2.0])
    design = sample_design(w, strata=[0, 0, 0, 1, 1, 1], population=[12, 12, 12, 6, 6, 6])
    by_hand = 12**2 * (1 - 3 / 12) * np.var(y[:3], ddof=1) / 3 + 6**2 * (1 - 3 / 6) * np.var(y[3:], ddof=1) / 3
    assert total(design, y).se[0] ** 2 == pytest.approx(by_hand, rel=1e-13)


def test_the_variance_of_a_two_stage_total_by_hand():
    y = np.array([1.0, 2.0, 4.0, 3.0, 7.0, 9.0])
    cluster, size = np.array([0, 0, 0, 1, 1, 1]), np.array([6, 6, 6, 5, 5, 5])
    w = 4 / 2 * size / 3
    design = sample_design(w, clusters=[cluster, np.arange(6)], population=[np.full(6, 4), size])
    totals = [size[i] * y[cluster == cluster[i]].mean() for i in (0, 3)]
    first = 4**2 * (1 - 2 / 4) * np.var(totals, ddof=1) / 2

    def inner(i):
        return 4 / 2 * size[i] ** 2 * (1 - 3 / size[i]) * np.var(y[cluster == cluster[i]], ddof=1) / 3

    second = inner(0) + inner(3)
    assert total(design, y).se[0] ** 2 == pytest.approx(first + second, rel=1e-13)


def test_the_jackknife_by_hand_and_beside_linearisation():
    p = people(1)
    design = sample_design(p["w"], strata=p["stratum"], clusters=p["cluster"])
    found = replicated(jackknife(design), lambda w: np.array([w @ p["y"] / w.sum()]))
    by_hand = 0.0
    again = {}
    for h in range(4):
        own = np.unique(p["cluster"][p["stratum"] == h])
        for c in own:
            w = np.where(p["stratum"] == h, p["w"] * len(own) / (len(own) - 1), p["w"]) * (p["cluster"] != c)
            again[h, c] = w @ p["y"] / w.sum()
    middle = np.mean(list(again.values()))
    for (h, _), value in again.items():
        n = np.unique(p["cluster"][p["stratum"] == h]).size
        by_hand += (n - 1) / n * (value - middle) ** 2
    assert found.vcov[0, 0] == pytest.approx(by_hand, rel=1e-12)
    assert found.se[0] == pytest.approx(mean(design, p["y"]).se[0], rel=0.03)


def test_the_jackknife_of_a_total_is_linearisation():
    p = people(2)
    design = sample_design(p["w"], clusters=p["cluster"], population=np.full(240, 60))
    found = replicated(jackknife(design), lambda w: np.array([w @ p["y"]]))
    assert found.se[0] == pytest.approx(total(design, p["y"]).se[0], rel=1e-12)


def test_the_bootstrap_is_near_linearisation():
    p = people(3)
    design = sample_design(p["w"], strata=p["stratum"], clusters=p["cluster"])
    found = replicated(bootstrap(design, 3000), lambda w: np.array([w @ p["y"] / w.sum()]))
    assert found.se[0] == pytest.approx(mean(design, p["y"]).se[0], rel=0.06)


def test_raked_errors_are_those_of_raking_again_and_again():
    """The linearised error beside a jackknife that rakes every replicate."""
    p = people(4)
    p["y"] = p["y"] + 2.0 * (np.arange(240) % 2)
    margins = [(p["stratum"] % 2, {0: 350.0, 1: 250.0}), (np.arange(240) % 2, {0: 280.0, 1: 320.0})]
    design = sample_design(p["w"], clusters=p["cluster"])
    raked = mean(rake(design, margins), p["y"]).se[0]

    def statistic(w):
        w = rake(sample_design(np.maximum(w, 1e-9)), margins).weights
        return np.array([w @ p["y"] / w.sum()])

    assert raked == pytest.approx(replicated(jackknife(design), statistic).se[0], rel=0.05)


def test_calibration_meets_its_totals_and_post_stratification_is_a_case_of_it():
    p = people(5)
    design = sample_design(p["w"])
    group = p["stratum"]
    X = (group[:, None] == np.arange(4)).astype(float)
    totals = np.array([130.0, 170.0, 140.0, 160.0])
    stratified = post_stratify(design, group, dict(enumerate(totals)))
    for distance in ("linear", "raking", "logit"):
        fitted = calibrate(design, X, totals, distance=distance)
        assert fitted.weights @ X == pytest.approx(totals, rel=1e-9)
        assert fitted.weights == pytest.approx(stratified.weights, rel=1e-8)
        assert mean(fitted, p["y"]).se == pytest.approx(mean(stratified, p["y"]).se, rel=1e-8)
    bounded = calibrate(design, np.column_stack([X, p["y"]]), [*totals, 900.0], distance="logit", bounds=(0.5, 2.0))
    assert np.all((bounded.weights / design.weights > 0.5) & (bounded.weights / design.weights < 2.0))
    assert bounded.weights @ p["y"] == pytest.approx(900.0, rel=1e-9)


def test_a_total_that_was_calibrated_to_has_no_error():
    p = people(6)
    X = np.column_stack([np.ones(240), p["y"]])
    fitted = calibrate(sample_design(p["w"]), X, [600.0, 900.0], distance="raking")
    assert total(fitted, p["y"]).se[0] == pytest.approx(0.0, abs=1e-8)


def test_coverage_of_the_mean_of_a_clustered_sample():
    """95% intervals in 400 samples of 20 clusters from a population of 200, within 3.3 simulation errors."""
    draw = np.random.default_rng(7)
    level, truth = draw.normal(size=200), 0.0
    everyone = level[:, None] + draw.normal(size=(200, 30))
    truth = everyone.mean()
    covered = 0
    for _ in range(400):
        chosen = draw.choice(200, 20, replace=False)
        y = np.concatenate([draw.choice(everyone[c], 10, replace=False) for c in chosen])
        clusters = np.repeat(np.arange(20), 10)
        design = sample_design(np.full(200, 30.0), clusters=clusters, population=np.full(200, 200))
        low, high = mean(design, y).interval()[0]
        covered += low <= truth <= high
    assert covered / 400 == pytest.approx(0.95, abs=3.3 * np.sqrt(0.05 * 0.95 / 400))


def test_coverage_of_a_rare_share():
    """The beta interval of a share of 3% among 240: at least 93% in 400 samples, where the symmetric one fails."""
    draw, hits = np.random.default_rng(8), {"beta": 0, "mean": 0}
    for _ in range(400):
        answers = draw.random(240) < 0.03
        design = sample_design(draw.uniform(1, 3, 240))
        for method in hits:
            found = proportion(design, answers, method=method)
            hits[method] += found.low <= 0.03 <= found.high
    assert hits["beta"] >= 0.93 * 400
    assert hits["mean"] < hits["beta"]


def test_a_share_of_nought_has_an_upper_limit():
    found = proportion(sample_design(np.ones(60)), np.zeros(60))
    assert (found.low, found.estimate) == (0.0, 0.0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 60), rel=1e-10)  # Clopper and Pearson's


def test_quantiles_of_equal_weights_are_order_statistics():
    found = quantile(sample_design(np.ones(101)), np.arange(101.0), [0.0, 0.25, 0.5, 1.0])
    assert found.values.tolist() == [0.0, 25.0, 50.0, 100.0]


def test_differences_of_domains_are_controlled_together():
    p = people(9)
    design = sample_design(p["w"], strata=p["stratum"], clusters=p["cluster"])
    domains = np.array(["نعم.", "نعم", "لا"])[np.arange(240) % 3]
    found = by_domain(design, p["y"], domains)
    assert set(found.labels) == {"نعم.", "نعم", "لا"}  # kept as they are written
    pairs = differences(found)
    assert len(pairs.pairs) == 3
    assert np.all(pairs.adjusted >= pairs.p)
    member = domains == "لا"
    X = np.column_stack([np.ones(240), member, domains == "نعم"])
    fit = regression(design, p["y"], X)
    at = pairs.pairs.index(("نعم.", "لا")) if ("نعم.", "لا") in pairs.pairs else pairs.pairs.index(("لا", "نعم."))
    assert abs(pairs.values[at]) == pytest.approx(abs(fit.coefficients[1]), rel=1e-10)
    assert pairs.se[at] == pytest.approx(fit.se[1], rel=1e-10)


def test_a_change_between_waves_adds_their_variances():
    waves = [by_domain(sample_design(p["w"]), p["y"], p["stratum"]) for p in (people(10), people(11))]
    found = change(*waves)
    assert found.se**2 == pytest.approx(waves[0].se ** 2 + waves[1].se ** 2, rel=1e-12)
    with pytest.raises(SurveyError, match="other labels"):
        change(waves[0], by_domain(sample_design(np.ones(40)), np.arange(40.0), np.arange(40) % 2))


def test_estimation_bad_input_is_refused_with_the_remedy():
    p = people(12)
    with pytest.raises(SurveyError, match=r"1 of 240 weights are zero or below \(row 4\)"):
        sample_design(np.where(np.arange(240) == 3, 0.0, p["w"]))
    with pytest.raises(SurveyError, match="single cluster") as told:
        sample_design(p["w"], strata=np.where(p["cluster"] == 0, 9, 0), clusters=p["cluster"])
    assert "join" in told.value.remedy
    with pytest.raises(SurveyError, match="population smaller than the sample"):
        sample_design(p["w"], population=np.full(240, 100))
    design = sample_design(p["w"])
    with pytest.raises(SurveyError, match="values are missing") as told:
        mean(design, np.where(np.arange(240) == 1, np.nan, p["y"]))
    assert "domain=" in told.value.remedy
    with pytest.raises(SurveyError, match="nobody belongs"):
        mean(design, p["y"], domain=np.zeros(240, bool))
    with pytest.raises(SurveyError, match="total of zero"):
        ratio(design, p["y"], np.zeros(240))
    with pytest.raises(SurveyError, match="no population total is known for 3"):
        post_stratify(design, p["stratum"], {0: 10, 1: 10, 2: 10})
    with pytest.raises(SurveyError, match="populations of 600, 500"):
        rake(design, [(p["stratum"], dict.fromkeys(range(4), 150)), (np.arange(240) % 2, {0: 250, 1: 250})])
    with pytest.raises(SurveyError, match="weights would be zero or below"):
        calibrate(design, np.column_stack([np.ones(240), p["y"]]), [600.0, 9000.0])


def test_an_answer_missing_in_part_leaves_the_sample_whole():
    p = people(13)
    design = sample_design(p["w"], clusters=p["cluster"])
    answered = np.arange(240) % 5 != 0
    y = np.where(answered, p["y"], np.nan)
    found = mean(design, y, domain=answered)
    assert found.respondents == (192,)
    assert found.values[0] == pytest.approx(np.average(p["y"][answered], weights=p["w"][answered]), rel=1e-12)
