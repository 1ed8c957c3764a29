"""Adjusted means, covariances, kappa and alpha of a sample: beside R's survey 4.1-1, by hand, and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from arusha import surveys as s
from arusha.errors import SurveyError

# R 4.2.2, survey 4.1-1, of apistrat and apiclus1: svypredmeans of api00 (and of sch.wide, logistic) on meals and ell by
# stype (E, H, M); svykappa of comp.imp and sch.wide; svycralpha of ell, mobility, emer and meals; svyvar of api00,
# api99 and meals.
REFERENCE = {
    "apistrat": {
        "linear": (
            [687.86209285598693, 559.56781063837002, 627.40267507448061],
            [10.038225675317948, 12.350002045785127, 11.682227618813096],
        ),
        "logistic": (
            [0.91377374835772751, 0.47582816524491861, 0.68857500912615721],
            [0.0284693714684091, 0.074062373018409539, 0.062302245195996142],
        ),
        "kappa": (0.48298692706134344, 0.064187816743835224),
        "alpha": 0.69425195552707319,
        "covariances": (
            [
                15190.586205827334,
                15458.825911154325,
                -2944.5560848082596,
                16518.236962973442,
                -3212.6437519422757,
                870.42027546580312,
            ],
            [
                1255.7399786809804,
                1277.0496395006267,
                260.15940945179091,
                1318.4331131202498,
                270.14176461027279,
                62.468703789692448,
            ],
        ),
    },
    "apiclus1": {
        "linear": (
            [658.92057538783172, 565.69668466560483, 603.14734235334834],
            [21.654050182359562, 29.698602860435958, 26.825805162700046],
        ),
        "logistic": (
            [0.91673758211615797, 0.80182134483530987, 0.67571738467976916],
            [0.017233759447906186, 0.077251058839774719, 0.11368566983618485],
        ),
        "kappa": (0.5532145763631432, 0.039857557069542596),
        "alpha": 0.60797061776805128,
        "covariances": (
            [
                11182.822794691647,
                11516.32789887708,
                -2378.5582477631656,
                12735.208310814869,
                -2603.3893292499852,
                709.07428091034649,
            ],
            [
                1386.4139429142574,
                1412.8585146994017,
                318.16774704821688,
                1450.0814940519906,
                327.08775303572259,
                102.10866007954823,
            ],
        ),
    },
}


@pytest.fixture(params=list(REFERENCE))
def sample(request, table):
    d = table(f"survey_api/{request.param}.csv")
    how = {"strata": d["stype"]} if request.param == "apistrat" else {"clusters": d["dnum"]}
    return d, s.sample_design(d["pw"], population=d["fpc"], **how), REFERENCE[request.param]


@pytest.mark.parametrize("kind", ["linear", "logistic"])
def test_adjusted_means_beside_svypredmeans(sample, kind):
    """Closed forms to rounding; the logistic fit to where glm ends."""
    d, design, theirs = sample
    values = d["api00"] if kind == "linear" else d["sch.wide"] == "Yes"
    X = np.column_stack([d["meals"], d["ell"]])
    found = s.adjusted_means(design, values, d["stype"], X, kind=kind, errors="apart")
    assert found.labels == ("E", "H", "M")
    assert found.values == pytest.approx(theirs[kind][0], rel=1e-9)
    assert found.se == pytest.approx(theirs[kind][1], rel=1e-7)
    # Where nothing is adjusted for they are the means of the groups, with the errors of those.
    plain = s.adjusted_means(design, values, d["stype"], kind=kind)
    by = s.by_domain(design, np.asarray(values, float), d["stype"])
    assert plain.values == pytest.approx(by.values, rel=1e-9)
    assert plain.se == pytest.approx(by.se, rel=1e-9)


def test_covariances_kappa_and_alpha(sample):
    d, design, theirs = sample
    found = s.covariances(design, np.column_stack([d["api00"], d["api99"], d["meals"]]))
    assert found.labels == ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    assert found.values == pytest.approx(theirs["covariances"][0], rel=1e-11)
    assert found.se == pytest.approx(theirs["covariances"][1], rel=1e-10)
    kappa = s.agreement(design, d["comp.imp"], d["sch.wide"])
    # The slope of kappa is taken in steps, which costs half the digits.
    assert [kappa.values[0], kappa.se[0]] == pytest.approx(theirs["kappa"], rel=1e-8)
    items = np.column_stack([d[c] for c in ("ell", "mobility", "emer", "meals")])
    assert s.scale_alpha(design, items) == pytest.approx(theirs["alpha"], rel=1e-11)


def test_errors_together_beside_the_jackknife(table):
    """Of 60 clusters: the linearised error within 5% of that of doing it again without each."""
    draw = np.random.default_rng(1)
    cluster = np.repeat(np.arange(60), 8)
    x = draw.normal(size=480) + draw.normal(size=60)[cluster]
    group = np.where(draw.random(480) < 1 / (1 + np.exp(-x)), "officials", "traders")
    y = 2.0 + x + 0.5 * (group == "officials") + draw.normal(size=480) + draw.normal(size=60)[cluster]
    design = s.sample_design(np.full(480, 3.0), clusters=cluster)
    found = s.adjusted_means(design, y, group, x)
    again = s.adjusted_means(s.replicate_design(s.jackknife(design)), y, group, x)
    assert again.values == pytest.approx(found.values, rel=1e-12)
    assert again.se == pytest.approx(found.se, rel=0.05)
    raw = s.differences(s.by_domain(design, y, group))
    adjusted = s.differences(found)
    # Officials have the larger x: unadjusted they lie farther apart than the half that is true.
    assert abs(raw.values[0]) > 1.0
    assert abs(abs(adjusted.values[0]) - 0.5) < 3.3 * adjusted.se[0]


def test_coverage_of_the_adjusted_difference():
    """95% intervals of 300 samples of 40 clusters: 95 within 3.3 standard errors (1.26 points)."""
    draw = np.random.default_rng(2)
    held = 0
    for _ in range(300):
        cluster = np.repeat(np.arange(40), 6)
        x = draw.normal(size=240) + draw.normal(size=40)[cluster]
        group = (draw.random(240) < 1 / (1 + np.exp(-x))).astype(int)
        y = x + 0.5 * group + draw.normal(size=240) + draw.normal(size=40)[cluster]
        found = s.differences(s.adjusted_means(s.sample_design(np.ones(240), clusters=cluster), y, group, x))
        held += found.low[0] < 0.5 < found.high[0]
    assert abs(held / 300 - 0.95) < 3.3 * 0.0126


def test_kappa_by_hand_and_what_is_refused():
    design = s.sample_design(np.ones(10))
    first, second = np.array(list("aaaaabbbbb")), np.array(list("aaaabbbbba"))
    # 8 of 10 agree; half would by chance.
    assert s.agreement(design, first, second).values[0] == pytest.approx(0.6)
    assert s.agreement(design, first, first).values[0] == pytest.approx(1.0)
    with pytest.raises(SurveyError, match="one code only"):
        s.agreement(design, np.ones(10), np.ones(10))
    with pytest.raises(SurveyError, match="one group only"):
        s.adjusted_means(design, np.arange(10.0), np.ones(10))
    with pytest.raises(SurveyError, match="one item"):
        s.scale_alpha(design, np.arange(10.0)[:, None])
