"""Difference in means, two steps, the test of a design effect and the direct question, by hand and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls
from scipy.special import expit
from scipy.stats import ttest_ind

from arusha.errors import SurveyError
from arusha.surveys import (
    beside_direct,
    coded,
    design_effect,
    difference_in_means,
    forced,
    list_likelihood,
    list_linear,
    list_two_step,
    listed_less_asked,
    randomised_regression,
)
from arusha.surveys.sensitive.design_effect import mixing_weights


def survey(seed, n=800, share=0.3, items=4, shift=0.0):
    draw = np.random.default_rng(seed)
    arm = np.repeat([0, 1], n // 2)
    y = draw.binomial(items, 0.45 + shift * arm, n) + arm * (draw.random(n) < share)
    return y, arm


def test_the_difference_in_means_is_welchs():
    y, arm = survey(1)
    ours = difference_in_means(y, arm, items=4)
    theirs = ttest_ind(y[arm == 1], y[arm == 0], equal_var=False).confidence_interval(0.95)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-12)


def test_least_squares_alone_is_the_difference_in_means():
    y, arm = survey(2)
    assert list_linear(y, arm, items=4).share().estimate == pytest.approx(
        difference_in_means(y, arm, items=4).estimate, rel=1e-12
    )


def test_two_steps_without_covariates_are_the_difference_in_means():
    y, arm = survey(3, n=4000)
    share, plain = list_two_step(y, arm, items=4).share(), difference_in_means(y, arm, items=4)
    assert share.estimate == pytest.approx(plain.estimate, abs=1e-10)
    assert share.se == pytest.approx(plain.se, rel=1e-3)  # n - 1 in place of n


def test_the_mixing_weights_are_those_of_fitted_means():
    cov = np.array([[1.0, 0.6, 0.3, 0.1], [0.6, 1.0, 0.5, 0.2], [0.3, 0.5, 1.0, 0.4], [0.1, 0.2, 0.4, 1.0]])
    root = np.linalg.cholesky(np.linalg.inv(cov)).T
    draws = np.random.default_rng(1).multivariate_normal(np.zeros(4), cov, 6000)
    held = np.bincount([int((nnls(root, root @ d)[0] <= 1e-10).sum()) for d in draws], minlength=5) / 6000
    assert mixing_weights(cov) == pytest.approx(held, abs=3.3 * np.sqrt(0.25 / 6000))


def test_the_size_and_power_of_the_design_effect_test():
    """No effect: at most 5% of 300 surveys are rejected, plus 3.3 errors. A strong one is mostly seen."""
    quiet = np.mean([design_effect(*survey(s), items=4).p < 0.05 for s in range(300)])
    loud = np.mean([design_effect(*survey(s, share=0.05, shift=-0.15), items=4).p < 0.05 for s in range(60)])
    assert quiet <= 0.05 + 3.3 * np.sqrt(0.05 * 0.95 / 300)
    assert loud > 0.9


def test_beside_the_direct_question():
    """200 surveys: the combined estimate covers, is more precise than the list, and the placebo tests keep their
    size."""
    covered, narrower, rejected = 0, 0, np.zeros(2)
    for seed in range(200):
        draw = np.random.default_rng([5, seed])
        arm = np.repeat([0, 1], 600)
        held = draw.random(1200) < 0.4
        admits = held & (draw.random(1200) < 0.5)
        y = draw.binomial(4, 0.45, 1200) + arm * held
        found = beside_direct(y, arm, admits, items=4)
        covered += found.combined.low <= 0.4 <= found.combined.high
        narrower += found.combined.se < found.listed.se
        rejected += [found.p_admitted < 0.05, found.p_moved < 0.05]
    assert 180 <= covered <= 199
    assert narrower == 200
    assert np.all(rejected <= 10 + 3.3 * np.sqrt(9.5))


def test_the_placebo_tests_see_false_admissions_and_moved_answers():
    draw = np.random.default_rng(6)
    arm = np.repeat([0, 1], 600)
    held = draw.random(1200) < 0.3
    y = draw.binomial(4, 0.45, 1200) + arm * held
    boasts = held | (draw.random(1200) < 0.3)
    assert beside_direct(y, arm, boasts, items=4).p_admitted < 1e-3
    moved = held & ((arm == 0) | (draw.random(1200) < 0.3))
    assert beside_direct(y, arm, moved, items=4).p_moved < 1e-3


def test_the_combined_estimate_and_placebos_of_the_source(table):
    """Aronow and others' (2015) survey, first list after the direct question: the values that list 9.2.6 tests itself
    by, to the digits it gives."""
    d = table("list_experiment/combinedListExps.csv")
    known = np.all([v != "NA" if v.dtype.kind == "U" else ~np.isnan(v) for v in d.values()], axis=0)
    use = known & (d["directsfirst"] == 1)
    found = beside_direct(
        *(d[k][use] for k in ("list1N", "list1treat", "direct1")), items=4, formula="shares", smallest_arm=50
    )
    assert found.combined.estimate == pytest.approx(0.66561842, abs=5.1e-9)
    assert found.admitted.estimate == pytest.approx(1.053962, abs=5.1e-7)
    assert found.moved.estimate == pytest.approx(0.06626651, abs=5.1e-9)


def test_hidden_is_the_difference_with_its_covariance():
    y, arm = survey(8)
    direct = np.random.default_rng(1).random(y.size) < 0.1
    found = beside_direct(y, arm, direct, items=4)
    assert found.hidden.estimate == pytest.approx(found.listed.estimate - found.direct.estimate, rel=1e-12)
    draws = []
    draw = np.random.default_rng(2)
    for _ in range(1500):
        pick = np.concatenate([draw.choice(np.flatnonzero(arm == k), 400) for k in (0, 1)])
        draws.append(difference_in_means(y[pick], arm[pick], items=4).estimate - direct[pick].mean())
    assert found.hidden.se == pytest.approx(np.std(draws), rel=0.07)


def test_estimates_below_the_size_where_they_mean_anything_are_refused():
    y, arm = survey(4, n=400)
    for estimate in (difference_in_means, list_linear, list_two_step, design_effect):
        with pytest.raises(SurveyError, match="200 respondents in arm 0 are too few") as told:
            estimate(y, arm, items=4)
        assert "not for an office" in told.value.remedy


def test_a_list_answer_above_its_length_is_named_and_nothing_is_lost():
    y, arm = survey(5)
    y = y.astype(float)
    y[10], y[3] = 5, 99
    before = y.copy()
    with pytest.raises(SurveyError, match=r"2 list answers .* \(rows 4, 11\); the first is 99 for a list of 4") as told:
        difference_in_means(y, arm, items=4)
    assert told.value.remedy
    assert np.array_equal(y, before)


@pytest.mark.parametrize("wrong", [0.0, -1.0])
def test_weights_of_zero_are_refused_with_the_remedy(wrong):
    y, arm = survey(6)
    w = np.ones(y.size)
    w[7] = wrong
    with pytest.raises(SurveyError, match=r"weights are zero or below \(row 8\)") as told:
        list_linear(y, arm, items=4, weights=w)
    assert "leave out" in told.value.remedy


def test_missing_answers_absent_arms_and_repeated_covariates_are_refused():
    y, arm = survey(7)
    with pytest.raises(SurveyError, match="missing or not finite"):
        list_linear(np.where(np.arange(y.size) == 2, np.nan, y), arm, items=4)
    with pytest.raises(SurveyError, match="nobody is in arm 1"):
        list_linear(y, np.zeros(y.size), items=4)
    with pytest.raises(SurveyError, match="only 1 of the 2 covariates"):
        list_linear(y, arm, np.ones((y.size, 2)), items=4)
    with pytest.raises(SurveyError, match="are not numbers"):
        list_linear(["two"] * y.size, arm, items=4)
    with pytest.raises(SurveyError, match=r"neither 0 nor 1"):
        beside_direct(y, arm, np.full(y.size, 2), items=4)


def test_an_unknown_answer_code_is_named_with_the_nearest_known_one():
    answers = ["yes", "no", "Yes", "no", "dk", "Yes"]
    with pytest.raises(
        SurveyError, match=r"2 of 6 answers .*'Yes' 2 times \(did you mean 'yes'\?\) \(rows 3, 6\)"
    ) as told:
        coded(answers, {"yes": 1, "no": 0}, missing=["dk"])
    assert "nothing was dropped" in told.value.remedy
    found = coded(answers, {"yes": 1, "Yes": 1, "no": 0}, missing=["dk"])
    assert found.answered.tolist() == [True, True, True, True, False, True]
    assert found.values[:4].tolist() == [1, 0, 1, 0]


def test_an_arabic_label_with_a_full_stop_is_its_own_label():
    with pytest.raises(SurveyError, match=r"'نعم\.' 1 times \(did you mean 'نعم'\?\)"):
        coded(["نعم", "لا", "نعم."], {"نعم": 1, "لا": 0})
    assert coded(["نعم", "لا", "نعم."], {"نعم": 1, "نعم.": 1, "لا": 0}).values.tolist() == [1, 0, 1]


def test_a_difference_of_predicted_shares():
    draw = np.random.default_rng(9)
    n = 3000
    group = draw.integers(0, 2, n)
    X = np.column_stack([np.ones(n), group])
    arm = draw.integers(0, 2, n)
    y = draw.binomial(4, 0.45, n) + arm * (draw.random(n) < expit(-1.2 + 1.0 * group))
    fit = list_linear(y, arm, X, items=4)
    gap = fit.difference([1.0, 1.0], [1.0, 0.0])
    assert gap.estimate == pytest.approx(fit.part("sensitive").estimate[1], rel=1e-12)
    assert gap.se == pytest.approx(fit.part("sensitive").se[1], rel=1e-12)


def test_beside_direct_with_covariates_and_the_formula_of_the_source():
    """By the formulas, with least squares written out; without covariates the two errors differ by little."""
    draw = np.random.default_rng(9)
    arm = np.repeat([0, 1], 600)
    x = draw.normal(size=1200)
    held = draw.random(1200) < expit(x)
    admits = held & (draw.random(1200) < 0.5)
    y = draw.binomial(4, expit(0.5 * x), 1200) + arm * held
    X = np.column_stack([np.ones(1200), x])
    found = beside_direct(y, arm, admits, X, items=4, formula="shares")

    def fitted(use):
        Z = np.column_stack([np.ones(use.sum()), arm[use], x[use]])
        b = np.linalg.solve(Z.T @ Z, Z.T @ y[use])
        return b[1], y[use] - Z @ b

    gap, left = fitted(np.ones(1200, bool))
    assert found.listed.estimate == pytest.approx(gap, rel=1e-10)
    assert found.listed.se**2 == pytest.approx(sum(left[arm == k].var(ddof=1) / 600 for k in (0, 1)), rel=1e-10)
    gap, left = fitted(~admits)
    d = admits.mean()
    combined = d + (1 - d) * gap
    spread = sum(left[arm[~admits] == k].var(ddof=1) / 0.5 for k in (0, 1))
    assert found.combined.estimate == pytest.approx(combined, rel=1e-10)
    assert found.combined.se**2 == pytest.approx(
        ((1 - combined) ** 2 / (1 - d) * d + (1 - d) * spread) / 1200, rel=1e-9
    )
    plain = [beside_direct(y, arm, admits, items=4, formula=f).combined for f in ("cells", "shares")]
    assert plain[0].estimate == plain[1].estimate
    assert plain[0].se == pytest.approx(plain[1].se, rel=0.02)
    assert found.combined.se < plain[1].se  # covariates explain answers


def test_what_a_direct_question_put_to_others_misses():
    draw = np.random.default_rng(10)
    n = 6000
    arm, X = np.repeat([0, 1], n // 2), np.column_stack([np.ones(n), draw.normal(size=n)])
    y = draw.binomial(4, 0.4, n) + arm * (draw.random(n) < expit(X @ [-0.5, 0.7]))
    asked_X = np.column_stack([np.ones(n), draw.normal(size=n)])
    says = (draw.random(n) < expit(asked_X @ [-0.5, 0.7])) & (draw.random(n) < 0.6)
    listed = list_likelihood(y, arm, X, items=4)
    asked = randomised_regression(says, forced(1.0, 0.0), asked_X)
    found = listed_less_asked(listed, asked, X)
    truth = 0.4 * expit(X @ [-0.5, 0.7]).mean()
    assert abs(found.estimate - truth) < 3.3 * found.se
    assert found.se == pytest.approx(np.hypot(listed.share(X).se, asked.share(X).se), rel=1e-12)
