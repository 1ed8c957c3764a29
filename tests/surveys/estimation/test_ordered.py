"""Ordered answers and standardised shares of a sample: beside R's survey 4.1-1 (R 4.2.2), by hand, by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from arusha import surveys as s
from arusha.errors import SurveyError

# svyolr of four classes of api00 (up to 550, 650, 750, more) on meals and ell: slopes and thresholds. Its "cloglog" is
# the law called loglog here. Its errors are up to 1e-3 of their size off: it takes second derivatives of the likelihood
# in steps of a thousandth; those here are made of numDeriv's derivatives and svytotal of the influence values.
CLUSTERS = {
    "logistic": (
        [-0.096187748380093641, -0.023260889402994731, -8.275729490751452, -5.456134634958012, -2.0666923698513942],
        [0.018695110107151011, 0.01205274643407132, 1.58573694505925, 1.1825943200694145, 0.72475289511782381],
    ),
    "normal": (
        [-0.053644836804748096, -0.014306265821154235, -4.6367688366815933, -3.0884570554325217, -1.1399434335675389],
        [0.0093191196921897906, 0.0068124533648059558, 0.81240153444337881, 0.62021340260244395, 0.39851671700996333],
    ),
    "loglog": (
        [-0.057443995752860237, -0.013281925636377982, -4.2903409621785196, -2.7789711575307483, -0.7023875010973174],
        [0.010019114555742187, 0.0071099568417114217, 0.72362881185987038, 0.53229950089481126, 0.40914017206025288],
    ),
}
STRATA = (
    [-0.073235634795983579, -0.02524388685383978, -6.7510287488702581, -4.3320169770791059, -1.9378042547151524],
    [0.0088908815136810905, 0.011608948145782661, 0.57500955907341567, 0.36212415697709344, 0.27712795591551304],
)
# svystandardize of NHANES by age (population 55,901, 77,670, 72,816, 45,364) over race and sex, without who has no
# value of HI_CHOL; shares of those over 19 by race within sex, and the same of all together.
STANDARD = {
    "by": (
        (
            0.15437860713490303,
            0.1142945937337478,
            0.10207763814935912,
            0.13583122920988269,
            0.13164356744592037,
            0.1543247408613346,
            0.10254105242327469,
            0.11974338829289385,
        ),
        (
            0.008318203862638129,
            0.010182838477559407,
            0.013547678071547,
            0.042274271423961444,
            0.013418636622445482,
            0.0089321340319659034,
            0.018953585623332898,
            0.04009110600664046,
        ),
    ),
    "all": (0.13362066111252943, 0.007155145452029955),
}


@pytest.mark.parametrize("law", ["logistic", "normal", "loglog", "strata"])
def test_beside_svyolr(table, law):
    """1e-6 relative: numeric derivatives on their side."""
    d = table(f"survey_api/{'apistrat' if law == 'strata' else 'apiclus1'}.csv")
    how = {"strata": d["stype"]} if law == "strata" else {"clusters": d["dnum"]}
    design = s.sample_design(d["pw"], population=d["fpc"], **how)
    answers = np.digitize(d["api00"], [550, 650, 750], right=True)
    estimate, se = STRATA if law == "strata" else CLUSTERS[law]
    X = np.column_stack([d["meals"], d["ell"]])
    found = s.ordered_regression(design, answers, X, law="logistic" if law == "strata" else law)
    assert found.coefficients == pytest.approx(estimate, rel=1e-6)
    assert found.se == pytest.approx(se, rel=1e-6)
    assert found.degrees_of_freedom == (195 if law == "strata" else 12)


def test_replicates_and_bad_input(table):
    d = table("survey_api/apiclus1.csv")
    design = s.sample_design(d["pw"], clusters=d["dnum"], population=d["fpc"])
    answers = np.digitize(d["api00"], [550, 650, 750], right=True)
    plain = s.ordered_regression(design, answers, d["meals"])
    again = s.ordered_regression(s.replicate_design(s.jackknife(design)), answers, d["meals"])
    assert again.coefficients == pytest.approx(plain.coefficients, rel=1e-9)
    # The jackknife of 15 districts beside the linearised error: more, by what the model bends.
    assert np.all(again.se > 0.95 * plain.se)
    assert np.all(again.se < 1.5 * plain.se)
    with pytest.raises(SurveyError, match="all answers are alike"):
        s.ordered_regression(design, np.ones(design.size), d["meals"])
    with pytest.raises(SurveyError, match="repeat each other or a constant"):
        s.ordered_regression(design, answers, np.ones(design.size))
    with pytest.raises(SurveyError, match="without error"):
        s.ordered_regression(design, answers, answers.astype(float))


def test_standardised_beside_svystandardize(table):
    d = table("survey_api/nhanes.csv")
    design = s.sample_design(d["WTMEC2YR"], strata=d["SDMVSTRA"], clusters=d["SDMVPSU"])
    known = ~np.isnan(d["HI_CHOL"])
    ages = ["(0,19]", "(19,39]", "(39,59]", "(59,Inf]"]
    assert set(d["agecat"].tolist()) == set(ages)
    shares = dict(zip(ages, [55901, 77670, 72816, 45364], strict=True))
    high, adult = np.where(known, d["HI_CHOL"], 0.0), known & (d["agecat"] != ages[0])
    group = d["race"] * 10 + d["RIAGENDR"]
    one = s.standardise(design, d["agecat"], shares, over=group, domain=known)
    # A group's weights add up to what they did.
    for g in np.unique(group):
        mine = known & (group == g)
        assert one.weights[mine].sum() == pytest.approx(design.weights[mine].sum(), rel=1e-12)
    found = s.by_domain(one, high, np.where(adult, group, 0))
    order = [found.labels.index(10 * race + sex) for sex in (1, 2) for race in (1, 2, 3, 4)]
    assert found.values[order] == pytest.approx(STANDARD["by"][0], rel=1e-11)
    assert found.se[order] == pytest.approx(STANDARD["by"][1], rel=1e-10)
    whole = s.mean(s.standardise(design, d["agecat"], shares, domain=known), high, domain=adult)
    assert [whole.values[0], whole.se[0]] == pytest.approx(STANDARD["all"], rel=1e-10)


def test_standardised_by_hand_and_what_is_refused():
    design = s.sample_design([1.0, 3.0, 2.0, 2.0, 4.0, 1.0])
    rank, office = np.array(["a", "b", "a", "b", "a", "b"]), np.array([1, 1, 2, 2, 2, 1])
    found = s.standardise(design, rank, {"a": 1, "b": 3}, over=office)
    # Office 1 weighs 5: a has 1.25 of it (one respondent of 1), b 3.75 (of 3 and 1); office 2 weighs 8: 2 and 6.
    assert found.weights == pytest.approx([1.25, 3.75 * 3 / 4, 2 * 2 / 6, 6.0, 2 * 4 / 6, 3.75 / 4])
    with pytest.raises(SurveyError, match="no share above zero for b"):
        s.standardise(design, rank, {"a": 1.0}, over=office)
    with pytest.raises(SurveyError, match="has nobody of c"):
        s.standardise(design, rank, {"a": 1, "b": 1, "c": 1}, over=office)
