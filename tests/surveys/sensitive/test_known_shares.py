"""List answers beside shares known from elsewhere: R's values, what it is for, and its test."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from arusha.errors import SurveyError
from arusha.surveys import (
    forced,
    list_two_step,
    list_with_known_shares,
    randomised_regression,
    randomised_with_known_shares,
)

# list 9.2.6 (h, group) on the race survey with the covariates south and age, its moments written again in R 4.2.2 and
# searched by optim from the last end six times (numeric slopes of 1e-5): n times what is left, coefficients (control,
# sensitive), errors.
TWO_SHARES = {
    "two-step": (
        0.1614573169,
        [0.70665269631, -0.35460593850, 0.07042503252, -6.48918744055, 1.84937340230, 0.69037858556],
        [0.15765860756, 0.09992696694, 0.03378725713, 2.06421384578, 0.31245717726, 0.34703492185],
    ),
    "continuous": (
        0.160320862,
        [0.70600117399, -0.35476403049, 0.07052949344, -6.47914127155, 1.84813760951, 0.68868897443],
        [0.15764301788, 0.09989131876, 0.03378850953, 2.06041710168, 0.31137568144, 0.34659230297],
    ),
}
ONE_SHARE = (
    0.006801296468,
    [0.70715720371, -0.36546444448, 0.06789101302, -5.95148048289, 1.96211863175, 0.63181887459],
    [0.15688833424, 0.10281486815, 0.03434860896, 2.28167227637, 0.95859114112, 0.32720286002],
)


@pytest.mark.parametrize("weighing", ["two-step", "continuous", "one"])
def test_the_race_survey(table, weighing):
    """optim's numeric slopes end it 5e-6 from the least (8e-5 where the weights move too): tolerances a little over."""
    d = table("list_experiment/race.csv")
    X = np.column_stack([np.ones(d["y"].size), d["south"], d["age"]])
    group = np.where(d["south"] == 1, "south", "north")
    shares = {"south": 0.25} if weighing == "one" else {"south": 0.2, "north": 0.05}
    statistic, at, se = ONE_SHARE if weighing == "one" else TWO_SHARES[weighing]
    found = list_with_known_shares(
        d["y"],
        d["treat"],
        X,
        items=3,
        groups=group,
        shares=shares,
        weighing="two-step" if weighing == "one" else weighing,
    )
    assert found.fit.converged
    assert found.free == len(shares)
    assert found.statistic == pytest.approx(statistic, rel=1e-5)
    near = 2e-4 if weighing == "continuous" else 1e-5
    assert found.fit.coefficients == pytest.approx(at, abs=near)
    assert np.sqrt(np.diag(found.fit.vcov)) == pytest.approx(se, abs=near)


def world(seed, n=2000):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=n)
    X = np.column_stack([np.ones(n), x])
    chance = expit(X @ [-1.0, 0.8])
    z = draw.random(n) < chance
    arm = np.arange(n) % 2
    return draw.binomial(3, expit(0.3 * x)) + arm * z, arm, X, np.where(x > 0, "high", "low"), chance


def test_true_shares_narrow_false_ones_are_refused():
    """12 surveys with shares of the model itself: errors at most a half of those without; 95% intervals of the slope
    hold it in at least 9 (fewer happens once in 500); false shares (twice as many) refused in at least 10."""
    kept, refused, true = 0, 0, 0
    for seed in range(12):
        y, arm, X, group, chance = world(seed)
        share = {g: float(chance[group == g].mean()) for g in ("high", "low")}
        found = list_with_known_shares(y, arm, X, items=3, groups=group, shares=share)
        plain, held = list_two_step(y, arm, X, items=3).part("sensitive"), found.fit.part("sensitive")
        assert held.se[0] < 0.5 * plain.se[0]
        assert found.fit.share(X).estimate == pytest.approx(float(chance.mean()), abs=0.02)
        kept += abs(held.estimate[1] - 0.8) < 1.96 * held.se[1]
        true += found.p < 0.05
        false = {g: min(2.0 * v, 0.95) for g, v in share.items()}
        refused += list_with_known_shares(y, arm, X, items=3, groups=group, shares=false).p < 0.05
    assert kept >= 9
    assert true <= 3
    assert refused >= 10


def test_a_share_that_the_answers_give_moves_nothing():
    """What the two steps say already leaves coefficients and 0 as the statistic, however it is weighed."""
    y, arm, X, group, _ = world(3)
    first = list_two_step(y, arm, X, items=3)
    said = float(expit(X[group == "low"] @ first.part("sensitive").estimate).mean())
    for weighing in ("two-step", "continuous"):
        found = list_with_known_shares(y, arm, X, items=3, groups=group, shares={"low": said}, weighing=weighing)
        assert found.fit.coefficients == pytest.approx(first.coefficients, abs=1e-7)
        assert found.statistic == pytest.approx(0.0, abs=1e-9)


def test_bad_input():
    y, arm, X, group, _ = world(1)
    with pytest.raises(SurveyError, match="nobody is in the group middle"):
        list_with_known_shares(y, arm, X, items=3, groups=group, shares={"middle": 0.2})
    with pytest.raises(SurveyError, match=r"a share of 1\.2"):
        list_with_known_shares(y, arm, X, items=3, groups=group, shares={"low": 1.2})
    with pytest.raises(SurveyError, match="no share is known"):
        list_with_known_shares(y, arm, X, items=3, groups=group, shares={})
    with pytest.raises(SurveyError, match="several long lists"):
        list_with_known_shares(np.minimum(y, 3), np.arange(y.size) % 3, X, items=3, groups=group, shares={"low": 0.2})


# rr 1.4.2 (h, group) on the Nigerian survey with age in decades and sex (a forced design), its moments written again in
# R 4.2.2: n times what is left, coefficients, errors. "rr": with its own weights of the shares' moments.
RANDOMISED = {
    "two-step": (
        7.0769180221,
        [-0.820803065347, -0.050158475747, -0.272822359377],
        [0.198953862249, 0.058019557794, 0.003502771099],
    ),
    "two-step, rr": (
        5.2229619016,
        [-0.747359233974, -0.053932439457, -0.376653410926],
        [0.203212793495, 0.057156896968, 0.081750399119],
    ),
    "continuous": (
        7.0789571445,
        [-0.821750736444, -0.049881202013, -0.272813422500],
        [0.1988680690762, 0.0579881309752, 0.0034887619656],
    ),
    "continuous, rr": (
        5.2120487399,
        [-0.748201918469, -0.053487342117, -0.376056412187],
        [0.202924532330, 0.057055910797, 0.081682704879],
    ),
}


@pytest.fixture(scope="module")
def nigeria(table):
    d = table("list_experiment/nigeria_rr.csv")
    known = ~(np.isnan(d["rr.q1"]) | np.isnan(d["cov.age"]) | np.isnan(d["cov.female"]))
    X = np.column_stack([np.ones(known.sum()), d["cov.age"][known] / 10, d["cov.female"][known]])
    return d["rr.q1"][known], X, np.where(X[:, 2] == 1, "women", "men")


@pytest.mark.parametrize("way", list(RANDOMISED))
def test_randomised_answers_beside_the_reference(nigeria, way):
    """optim ends some 1e-6 from the least, 1e-5 where the shares are held to within a thousandth."""
    y, X, group = nigeria
    statistic, at, se = RANDOMISED[way]
    found = randomised_with_known_shares(
        y,
        forced(2 / 3, 1 / 6),
        X,
        groups=group,
        shares={"women": 0.22, "men": 0.27},
        weighing="two-step" if way.startswith("two") else "continuous",
        as_rr=way.endswith("rr"),
    )
    assert found.fit.converged
    assert found.statistic == pytest.approx(statistic, rel=1e-6)
    assert found.fit.coefficients == pytest.approx(at, abs=1e-5)
    assert np.sqrt(np.diag(found.fit.vcov)) == pytest.approx(se, abs=1e-5)


def test_randomised_shares_that_the_answers_give_move_nothing(nigeria):
    y, X, group = nigeria
    first = randomised_regression(y, forced(2 / 3, 1 / 6), X)
    said = float(expit(X[group == "men"] @ first.coefficients).mean())
    for as_rr in (True, False):
        found = randomised_with_known_shares(
            y, forced(2 / 3, 1 / 6), X, groups=group, shares={"men": said}, as_rr=as_rr
        )
        assert found.fit.coefficients == pytest.approx(first.coefficients, abs=1e-6)
        assert found.statistic == pytest.approx(0.0, abs=1e-9)


def test_randomised_answers_beside_true_and_false_shares():
    """12 surveys of 1,500: errors of the constant fall to 0.7 and less; false shares (half as many again) are refused
    in at least 8, true ones in at most 3."""
    true, false = 0, 0
    for seed in range(12):
        draw = np.random.default_rng(seed)
        x = draw.normal(size=1500)
        X, chance = np.column_stack([np.ones(1500), x]), expit(-1.0 + 0.8 * x)
        said = draw.random(1500) < (2 / 3) * (draw.random(1500) < chance) + 1 / 6
        group = np.where(x > 0, "high", "low")
        share = {g: float(chance[group == g].mean()) for g in ("high", "low")}
        plain = randomised_regression(said, forced(2 / 3, 1 / 6), X)
        found = randomised_with_known_shares(said, forced(2 / 3, 1 / 6), X, groups=group, shares=share)
        assert found.fit.part("sensitive").se[0] < 0.7 * plain.part("sensitive").se[0]
        true += found.p < 0.05
        more = {g: 1.5 * v for g, v in share.items()}
        false += randomised_with_known_shares(said, forced(2 / 3, 1 / 6), X, groups=group, shares=more).p < 0.05
    assert true <= 3
    assert false >= 8
