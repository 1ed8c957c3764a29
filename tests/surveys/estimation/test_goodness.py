"""Whether a sample is made up as given shares say: R's survey, Pearson's own test, size by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha import surveys
from arusha.errors import SurveyError


@pytest.mark.parametrize(
    ("name", "design", "column", "shares", "want"),
    [
        # svygofchisq of survey 4.1.1: statistic and p by Satterthwaite, 17 digits.
        (
            "apiclus1",
            {"clusters": "dnum"},
            "stype",
            {"E": 0.7, "H": 0.12, "M": 0.18},
            (229.23714222123436457, 0.13054136124209464),
        ),
        (
            "apistrat",
            {"strata": "stype"},
            "awards",
            {"No": 0.4, "Yes": 0.6},
            (39.12587397140580237, 0.25777419082446901),
        ),
    ],
)
def test_the_reference(table, name, design, column, shares, want):
    data = table(f"survey_api/{name}.csv")
    sample = surveys.sample_design(data["pw"], population=data["fpc"], **{k: data[v] for k, v in design.items()})
    found = surveys.goodness_of_fit(sample, data[column], shares, law="chi-square")
    assert (found.statistic, found.p) == pytest.approx(want, rel=1e-11)
    again = surveys.goodness_of_fit(sample, data[column], {k: 7 * v for k, v in shares.items()})
    assert again.p > found.p  # fewer degrees of freedom; shares are made to add up to 1


def test_of_people_drawn_one_by_one_it_is_pearson_s():
    """With weights alike the effects are all n / (n - 1) under the null, and close to it near it."""
    answers = np.repeat(["a", "b", "c"], [420, 305, 275])
    shares = {"a": 0.42, "b": 0.30, "c": 0.28}
    found = surveys.goodness_of_fit(surveys.sample_design(np.ones(1000)), answers, shares, law="chi-square")
    plain = stats.chisquare([420, 305, 275], [420, 300, 280])
    assert found.statistic == pytest.approx(plain.statistic, rel=1e-12)
    assert found.p == pytest.approx(plain.pvalue, abs=0.01)
    assert found.degrees_of_freedom[0] == pytest.approx(2, abs=0.01)


def test_size_in_a_sample_of_offices():
    """1,000 worlds of 30 offices of 10 people who resemble each other: 5% within 3.3 simulation errors (2.3 points),
    where Pearson's test without the design refuses a fifth."""
    rng, labels = np.random.default_rng(4), np.array(["a", "b", "c"])
    sample = surveys.sample_design(np.ones(300), clusters=np.arange(300) // 10)
    ours, naive = 0, 0
    for _ in range(1000):
        own = rng.dirichlet([2.0, 2.0, 1.0], 30)
        drawn = (rng.random((30, 10, 1)) > own.cumsum(axis=1)[:, None, :2]).sum(axis=2).ravel()
        ours += surveys.goodness_of_fit(sample, labels[drawn], {"a": 0.4, "b": 0.4, "c": 0.2}).p < 0.05
        naive += stats.chisquare(np.bincount(drawn, minlength=3), [120, 120, 60]).pvalue < 0.05
    assert abs(ours / 1000 - 0.05) < 0.023
    assert naive / 1000 > 0.2


def test_who_did_not_answer_is_left_out_by_a_domain():
    answers = np.array(["a", "b", ""] * 40)
    sample = surveys.sample_design(np.ones(120))
    assert surveys.goodness_of_fit(sample, answers, {"a": 0.5, "b": 0.5}, domain=answers != "").p > 0.99
    for shares in (
        {"a": 0.5, "b": 0.5},
        {"a": 0.5, "b": 0.4, "": 0.0},
        {"a": 1.0},
        {"a": 0.4, "b": 0.3, "": 0.2, "z": 0.1},
    ):
        with pytest.raises(SurveyError, match="do not fit"):
            surveys.goodness_of_fit(sample, answers, shares)
    with pytest.raises(SurveyError, match="labels for 120"):
        surveys.goodness_of_fit(sample, answers[:5], {"a": 0.5, "b": 0.5})
