"""Randomised response against R's rr package, against likelihoods by hand, and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from arusha.errors import SurveyError
from arusha.surveys import (
    UnknownUnrelated,
    crosswise,
    disguised,
    forced,
    inattention_bias,
    list_or_direct,
    mirrored,
    power,
    power_of_difference,
    randomised_regression,
    randomised_share,
    sample_size,
    smallest_share,
    unrelated,
)
from arusha.surveys.sensitive.planning import ListPlan

DESIGNS = {
    "forced": forced(2 / 3, 1 / 6),
    "mirrored": mirrored(0.75),
    "crosswise": crosswise(0.2),
    "disguised": disguised(0.8),
    "disguised, two stacks": disguised(0.8, 0.3),
    "unrelated": unrelated(0.7, 0.25),
}


@pytest.fixture(scope="module")
def nigeria(table):
    answers = table("list_experiment/nigeria_rr.csv")["rr.q1"]
    return answers[np.isfinite(answers)]


def test_moments_of_the_forced_design(nigeria, golden):
    theirs = golden("randomized_response")["forced_known_moment"]
    ours = randomised_share(nigeria, forced(theirs["p"], theirs["p1"]))
    assert ours.respondents == theirs["n"]
    assert ours.recorded_yes == pytest.approx(theirs["mean_yes"], rel=1e-14)
    assert ours.estimate == pytest.approx(theirs["prevalence"], rel=1e-13)
    assert ours.se == pytest.approx(theirs["se_n"], rel=1e-13)


def test_regression_of_the_forced_design(nigeria, golden):
    """The reference stops its EM 1e-7 from the maximum, which has a closed form with a constant alone: ours is that."""
    theirs = golden("randomized_response")["rrreg_intercept"]
    fit = randomised_regression(nigeria, forced(2 / 3, 1 / 6))
    share = randomised_share(nigeria, forced(2 / 3, 1 / 6)).estimate
    assert fit.part("sensitive").estimate[0] == pytest.approx(np.log(share / (1 - share)), abs=1e-9)
    assert fit.part("sensitive").estimate[0] == pytest.approx(theirs["est"], abs=2e-4)
    assert fit.part("sensitive").se[0] == pytest.approx(theirs["se"], rel=2e-4)
    assert fit.vcov[0, 0] == pytest.approx(theirs["vcov"][0][0], rel=4e-4)


def test_power_of_the_reference(golden):
    theirs = golden("randomized_response")["power"]
    ours = power(
        forced(2 / 3, 1 / 6), theirs["n"], theirs["presp"], null=theirs["presp.null"], size=theirs["sig.level"]
    )
    assert ours == pytest.approx(theirs["power"], rel=1e-12)


@pytest.mark.parametrize("name", DESIGNS)
def test_regression_is_the_maximum_of_the_likelihood_by_hand(name):
    design, draw = DESIGNS[name], np.random.default_rng(3)
    X = np.column_stack([np.ones(2500), draw.normal(size=2500)])
    truth = expit(X @ np.array([-0.7, 0.8]))
    yes = draw.random(2500) < design.slope * truth + design.base

    def loss(b):
        rate = design.slope * expit(X @ b) + design.base
        return -np.log(np.where(yes, rate, 1 - rate)).sum()

    fit = randomised_regression(yes, design, X)
    by_hand = minimize(loss, fit.coefficients + 0.1, method="BFGS", options={"gtol": 1e-5})
    assert fit.converged
    assert fit.loglik == pytest.approx(-by_hand.fun, abs=1e-7)
    assert fit.coefficients == pytest.approx(by_hand.x, abs=1e-4)
    step, second = 1e-4, np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            corners = [
                si * sj * loss(fit.coefficients + step * (si * np.eye(2)[i] + sj * np.eye(2)[j]))
                for si in (1, -1)
                for sj in (1, -1)
            ]
            second[i, j] = sum(corners) / (4 * step**2)
    assert fit.vcov == pytest.approx(np.linalg.inv(second), rel=1e-4)


def test_an_unknown_unrelated_question_by_moments_and_regression():
    draw = np.random.default_rng(4)
    design = UnknownUnrelated((0.7, 0.3))
    group = np.repeat([0, 1], 3000)
    asked = draw.random(6000) < np.where(group == 0, 0.7, 0.3)
    yes = np.where(asked, draw.random(6000) < 0.25, draw.random(6000) < 0.6)
    moments = randomised_share(yes, design, group=group)
    fit = randomised_regression(yes, design, group=group)
    # Two rates, two unknowns: both methods solve the same equations.
    assert expit(fit.part("sensitive").estimate[0]) == pytest.approx(moments.estimate, abs=1e-7)
    assert expit(fit.part("unrelated").estimate[0]) == pytest.approx(moments.unrelated, abs=1e-7)
    assert fit.share().se == pytest.approx(moments.se, rel=1e-6)
    assert abs(moments.estimate - 0.25) < 4 * moments.se


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("share", [0.02, 0.3])
def test_coverage_of_the_share(name, share):
    """95% intervals of 2,000 surveys at the smallest size that is not refused: within 3.3 simulation errors of 94% or
    more."""
    design = DESIGNS[name]
    n = int(np.ceil(100 / design.slope**2))
    counts = np.random.default_rng(5).binomial(n, design.slope * share + design.base, 2000)
    covered = {}
    for count in np.unique(counts):
        found = randomised_share(np.arange(n) < count, design)
        covered[count] = found.low <= share <= found.high
    assert np.mean([covered[c] for c in counts]) >= 0.94 - 3.3 * np.sqrt(0.05 * 0.95 / 2000)


def test_weights_count_as_kish_says():
    yes = np.arange(900) % 3 == 0
    plain = randomised_share(yes, DESIGNS["forced"])
    same = randomised_share(yes, DESIGNS["forced"], weights=np.full(900, 2.5))
    assert (same.estimate, same.se, same.low, same.high) == pytest.approx(
        (plain.estimate, plain.se, plain.low, plain.high), rel=1e-12
    )
    uneven = randomised_share(yes, DESIGNS["forced"], weights=np.tile([1.0, 3.0], 450))
    assert uneven.se == pytest.approx(plain.se * np.sqrt(1.25), rel=0.02)


def test_a_negative_estimate_is_shown_as_it_is():
    found = randomised_share(np.arange(1000) < 155, forced(2 / 3, 1 / 6))
    assert found.estimate < 0 < found.high


def test_inattention_overstates_a_small_share():
    design = mirrored(0.8)
    assert inattention_bias(design, 0.05, 0.1) > 0.04
    draw = np.random.default_rng(6)
    rate = 0.9 * (design.slope * 0.05 + design.base) + 0.1 * 0.5
    found = randomised_share(draw.random(200_000) < rate, design)
    assert found.estimate - 0.05 == pytest.approx(inattention_bias(design, 0.05, 0.1), abs=4 * found.se)


PLANS = [DESIGNS["forced"], DESIGNS["crosswise"], UnknownUnrelated((0.8, 0.2)), ListPlan(4, 0.45)]


@pytest.mark.parametrize("plan", PLANS)
def test_sample_size_is_the_first_that_reaches(plan):
    n = sample_size(plan, 0.2, reach=0.8)
    assert power(plan, n, 0.2) >= 0.8 > power(plan, n - 1, 0.2)
    assert smallest_share(plan, n) == pytest.approx(0.2, abs=2e-3)


def test_power_is_how_often_the_list_sees_it():
    """2,000 list experiments of 1,200: the share of them above the threshold, within 3.3 simulation errors."""
    draw, plan = np.random.default_rng(7), ListPlan(4, 0.45)
    threshold = 1.6448536 * np.sqrt(plan.variance(0.0) / 1200)
    long = draw.binomial(4, 0.45, (2000, 600)) + (draw.random((2000, 600)) < 0.15)
    gaps = long.mean(axis=1) - draw.binomial(4, 0.45, (2000, 600)).mean(axis=1)
    told = power(plan, 1200, 0.15)
    assert np.mean(gaps > threshold) == pytest.approx(told, abs=3.3 * np.sqrt(told * (1 - told) / 2000))


def test_power_of_a_difference_between_two_waves():
    draw, design, n = np.random.default_rng(8), DESIGNS["forced"], 800
    rates = [draw.binomial(n, design.slope * s + design.base, 4000) / n for s in (0.35, 0.2)]
    gaps = (rates[0] - rates[1]) / design.slope
    null = 0.2 * design.slope + design.base
    threshold = 1.6448536 * np.sqrt(2 * null * (1 - null) / n) / design.slope
    told = power_of_difference(design, n, 0.35, 0.2)
    assert np.mean(gaps > threshold) == pytest.approx(told, abs=3.3 * np.sqrt(0.25 / 4000))


def test_where_list_and_direct_question_break_even():
    plan = ListPlan(4, 0.5)
    n = round(list_or_direct(plan, 1000, 0.3, 0.5).break_even)
    at = list_or_direct(plan, n, 0.3, 0.5)
    assert at.listed == pytest.approx(at.direct, rel=1e-3)
    assert list_or_direct(plan, 4 * n, 0.3, 0.5).listed < list_or_direct(plan, 4 * n, 0.3, 0.5).direct
    assert list_or_direct(plan, 1000, 0.3, 0.0).break_even == float("inf")


def test_items_that_exclude_each_other_make_a_better_list():
    assert ListPlan(4, 0.5, correlation=-0.2).variance(0.2) < ListPlan(4, 0.5).variance(0.2)


def test_randomised_bad_input_is_refused_with_the_remedy():
    with pytest.raises(SurveyError, match="says nothing about the item"):
        mirrored(0.5)
    with pytest.raises(SurveyError, match="do not fit into 1"):
        forced(0.9, 0.3)
    with pytest.raises(SurveyError, match=r"with chances 0.5 and 0.5"):
        UnknownUnrelated((0.5, 0.5))
    with pytest.raises(SurveyError, match="tell as much as 44 direct ones") as told:
        randomised_share(np.zeros(100), forced(2 / 3, 1 / 6))
    assert "not for an office" in told.value.remedy
    with pytest.raises(SurveyError, match=r"1 answers are neither 0 nor 1 \(row 2\); the first is 9"):
        randomised_share([0, 9, 1] + [0] * 400, forced(2 / 3, 1 / 6))
    with pytest.raises(SurveyError, match="which group"):
        randomised_share(np.zeros(1000), UnknownUnrelated((0.7, 0.3)))
    with pytest.raises(SurveyError, match="shares, not per cent"):
        power(forced(2 / 3, 1 / 6), 100, 15)
