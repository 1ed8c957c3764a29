"""A stratum with one sampled cluster: refused, or told what it adds; by hand beside the formula."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.errors import SurveyError
from arusha.surveys import bootstrap, jackknife, sample_design, total

STRATA = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2])
CLUSTERS = np.array([0, 0, 1, 1, 2, 2, 3, 3, 4])
Y = np.array([1.0, 2, 4, 3, 5, 6, 2, 1, 7])
W = np.full(9, 2.0)


def error(lonely, population=None):
    design = sample_design(W, strata=STRATA, clusters=CLUSTERS, population=population, lonely=lonely)
    return float(total(design, Y).se[0]) ** 2


def sums():
    return np.bincount(CLUSTERS, weights=W * Y)


def test_it_is_refused_with_what_to_do():
    with pytest.raises(SurveyError, match="1 strata have a single cluster") as told:
        sample_design(W, strata=STRATA, clusters=CLUSTERS)
    assert told.value.remedy


def test_what_it_adds():
    s = sums()
    own = 2 * ((s[:2] - s[:2].mean()) ** 2).sum() + 2 * ((s[3:] - s[3:].mean()) ** 2).sum()
    assert error("certainty") == pytest.approx(own, rel=1e-12)
    assert error("average") == pytest.approx(own * 3 / 2, rel=1e-12)
    assert error("adjust") == pytest.approx(own + (s[2] - s.mean()) ** 2, rel=1e-12)


def test_a_cluster_that_is_its_whole_stratum_is_not_lonely():
    population = np.array([4, 4, 4, 4, 1, 1, 4, 4, 4])
    values = {lonely: error(lonely, population) for lonely in ("refuse", "certainty", "average", "adjust")}
    assert len({round(v, 10) for v in values.values()}) == 1


def test_only_lonely_strata_cannot_tell():
    design = sample_design(np.ones(2), strata=[0, 1], clusters=[0, 1], lonely="average")
    assert np.isnan(total(design, [1.0, 2.0]).se[0])


def test_replicates_need_two_clusters_or_all():
    alone = sample_design(W, strata=STRATA, clusters=CLUSTERS, lonely="average")
    for make in (jackknife, bootstrap):
        with pytest.raises(SurveyError, match="has no replicates"):
            make(alone)
        population = np.array([4, 4, 4, 4, 1, 1, 4, 4, 4])
        assert np.isfinite(
            make(sample_design(W, strata=STRATA, clusters=CLUSTERS, population=population)).weights
        ).all()
