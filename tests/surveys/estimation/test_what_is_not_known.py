"""What one cluster cannot tell, and input that would be sure of nothing: refused, or NaN, never an error of 0."""

from __future__ import annotations

import numpy as np
import pytest

from arusha import surveys
from arusha.errors import SurveyError
from arusha.surveys.disclosure.tables import release_shares

OFFICE = np.arange(300) // 15
SAMPLE = surveys.sample_design(np.ones(300), clusters=OFFICE)
SAID = np.random.default_rng(1).random(300) < 0.3


def test_the_mean_of_one_sampled_cluster_has_no_error_of_zero():
    """Around its own mean a single cluster adds up to 0, which is no knowledge of how another one would differ."""
    one = OFFICE == 3
    assert np.isnan(surveys.mean(SAMPLE, SAID, domain=one).se[0])
    assert np.isnan(surveys.ratio(SAMPLE, SAID, np.ones(300), domain=one).se[0])
    share = surveys.proportion(SAMPLE, SAID, domain=one)
    assert share.estimate == pytest.approx(SAID[one].mean())
    assert np.isnan([share.low, share.high, share.se]).all()
    assert np.isnan(surveys.quantile(SAMPLE, SAID * 1.0, 0.5, domain=one).low[0])
    two = (OFFICE == 3) | (OFFICE == 4)
    assert surveys.mean(SAMPLE, SAID, domain=two).se[0] > 0
    # A total is of the whole population: that the domain lies where it does is part of its error.
    assert surveys.total(SAMPLE, SAID, domain=one).se[0] > 0


def test_offices_that_are_clusters_are_not_told_apart_with_certainty():
    by_office = surveys.by_domain(SAMPLE, SAID, OFFICE)
    assert np.isnan(by_office.se).all()
    with pytest.raises(SurveyError, match="lies in one cluster"):
        surveys.differences(by_office)
    with pytest.raises(SurveyError, match="lies in one cluster"):
        surveys.change(by_office, by_office)
    mixed = surveys.by_domain(SAMPLE, SAID, np.where(OFFICE == 0, "one", np.where(OFFICE < 10, "a", "b")))
    assert np.isfinite(surveys.differences(mixed, [("a", "b")]).p).all()
    with pytest.raises(SurveyError, match="lies in one cluster"):
        surveys.compare_two(SAMPLE, SAID * 1.0, (OFFICE == 0).astype(int))
    # Offices as strata, people in them as clusters: each is told.
    apart = surveys.by_domain(surveys.sample_design(np.ones(300), strata=OFFICE), SAID, OFFICE)
    assert np.isfinite(surveys.differences(apart).p).all()


def test_a_stratum_sampled_whole_has_no_error_to_know():
    whole = surveys.sample_design(np.ones(300), clusters=OFFICE, population=np.full(300, 20))
    assert surveys.mean(whole, SAID, domain=OFFICE == 3).se[0] == 0.0


def test_a_table_by_the_sampled_office_tells_no_interval(tmp_path):
    kept = surveys.Releases.create(tmp_path / "ledger")
    answers = surveys.coded([int(s) for s in SAID], {1: 1.0, 0: 0.0})
    rows = release_shares(kept, "t", SAMPLE, answers, [f"R{i}" for i in range(300)], {"office": OFFICE}, measure="paid")
    told = [r for r in rows if r.share is not None]
    assert len(told) > 10
    for row in told:
        assert (row.low is None) == (row.high is None) == (row.labels != ("all",))
    surveys.write_rows(tmp_path / "t.csv", ["office"], rows)
    assert "nan" not in (tmp_path / "t.csv").read_text(encoding="utf-8")


def test_labels_and_populations_that_cannot_be():
    missing = np.where(np.arange(300) == 7, np.nan, OFFICE)
    for wrong in (
        lambda: surveys.sample_design(np.ones(300), clusters=missing),
        lambda: surveys.sample_design(np.ones(300), strata=missing),
        lambda: surveys.sample_design(np.ones(300), strata=np.where(OFFICE > 3, "a", None)),
    ):
        with pytest.raises(SurveyError, match="missing"):
            wrong()
    with pytest.raises(SurveyError, match=r"one stratum .* populations of 400 and 500"):
        surveys.sample_design(np.ones(300), population=np.where(OFFICE > 3, 500, 400))


def test_regressions_that_clusters_or_answers_cannot_carry():
    X = np.random.default_rng(2).normal(size=(300, 25))
    assert np.isnan(surveys.regression(SAMPLE, SAID * 1.0, X).p).all()
    with pytest.raises(SurveyError, match="no maximum"):
        surveys.regression(SAMPLE, SAID, np.column_stack([np.ones(300), SAID]), kind="logistic")
    with pytest.raises(SurveyError, match="outside 0 to 1"):
        surveys.quantile(SAMPLE, SAID * 1.0, [1.5])


def test_lists_and_plans_that_would_be_sure_of_nothing():
    arms = np.repeat([0, 1], 400)
    with pytest.raises(SurveyError, match="alike"):
        surveys.difference_in_means(np.zeros(800, int), arms, items=4)
    with pytest.raises(SurveyError, match="level"):
        surveys.difference_in_means(np.arange(800) % 5, arms, items=4, level=95)
    plan = surveys.ListPlan(4, 0.45, 0.0)
    for wrong in (
        lambda: surveys.power(plan, 0, 0.1),
        lambda: surveys.power_of_difference(plan, 0, 0.2, 0.1),
        lambda: surveys.sample_size(plan, 0.1, reach=1.0),
        lambda: surveys.smallest_share(plan, 0),
    ):
        with pytest.raises(SurveyError):
            wrong()


def test_text_where_numbers_belong_is_told():
    with pytest.raises(SurveyError, match="weights are not numbers"):
        surveys.sample_design(["1", "x"])
    with pytest.raises(SurveyError, match="values are not numbers"):
        surveys.mean(surveys.sample_design([1.0, 1.0]), ["1", "DK"])
