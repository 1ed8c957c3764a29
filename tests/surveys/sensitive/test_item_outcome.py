"""An outcome regressed on an item that nobody admits: the likelihood by hand, its maximum, and what it is for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import binom, norm

from arusha.errors import SurveyError
from arusha.surveys import forced, list_outcome, randomised_outcome

J = 3
TRUTH = {"sensitive": [-0.4, 0.6], "outcome": [-0.3, 0.5, 1.2]}


def world(n, seed, kind):
    draw = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), draw.normal(size=n)])
    z = (draw.random(n) < expit(X @ TRUTH["sensitive"])).astype(float)
    arm = np.arange(n) % 2
    y = draw.binomial(J, expit(X @ [0.1, -0.3])) + arm * z
    mean = np.column_stack([X, z]) @ TRUTH["outcome"]
    o = (draw.random(n) < expit(mean)).astype(float) if kind == "logistic" else mean + draw.normal(size=n)
    return X, z, arm, y, o


def by_hand(b, y, arm, X, o, kind, free):
    """Log likelihood of each answer, summed over whether he holds the item."""
    k, more = X.shape[1], int(free)
    h, b = b[: k + more], b[k + more :]
    g, f = b[:k], b[k : 2 * k + 1 + more]
    total = np.zeros(y.size)
    for z in (0, 1):
        count = y - arm * z
        at = X @ h[:k] + (h[k] * z if free else 0.0)
        mean = X @ f[:k] + (f[k] * count if free else 0.0) + f[-1] * z
        part = binom.pmf(count, J, expit(at)) * (expit(X @ g) if z else 1 - expit(X @ g))
        if kind == "logistic":
            part = part * np.where(o == 1, expit(mean), 1 - expit(mean))
        else:
            part = part * norm.pdf(o, mean, np.exp(b[-1] / 2))
        total += part
    return np.log(total)


@pytest.mark.parametrize("kind", ["logistic", "linear"])
@pytest.mark.parametrize("dependence", ["constrained", "unconstrained"])
def test_the_maximum_and_its_errors_by_direct_search(kind, dependence):
    X, _, arm, y, o = world(700, 1, kind)
    fit = list_outcome(y, arm, o, X, items=J, kind=kind, dependence=dependence, smallest_arm=50)
    free = dependence == "unconstrained"

    def loss(b):
        return -by_hand(b, y, arm, X, o, kind, free).sum()

    assert fit.converged
    assert fit.loglik == pytest.approx(-loss(fit.coefficients), abs=1e-8)
    search = minimize(loss, fit.coefficients + 0.05, method="BFGS", options={"gtol": 1e-4})
    assert fit.loglik >= -search.fun - 1e-6
    assert fit.coefficients == pytest.approx(search.x, abs=2e-3)
    step, size = 1e-5, fit.coefficients.size
    scores = np.array(
        [
            (
                by_hand(fit.coefficients + step * e, y, arm, X, o, kind, free)
                - by_hand(fit.coefficients - step * e, y, arm, X, o, kind, free)
            )
            / (2 * step)
            for e in np.eye(size)
        ]
    )
    outer = list_outcome(y, arm, o, X, items=J, kind=kind, dependence=dependence, smallest_arm=50, errors="scores")
    assert np.diag(outer.vcov) == pytest.approx(np.diag(np.linalg.inv(scores @ scores.T)), rel=1e-3)


@pytest.mark.parametrize("kind", ["logistic", "linear"])
def test_the_item_counts_as_it_did_and_guessing_it_would_not_find_it(kind):
    """12 surveys: the mean of the estimates is the truth within 3.5 of its errors; a regression on what a respondent of
    the long list is more likely to hold is far below it."""
    found, guessed = [], []
    for seed in range(12):
        X, _, arm, y, o = world(3000, 100 + seed, kind)
        fit = list_outcome(y, arm, o, X, items=J, kind=kind)
        found.append(fit.part("outcome").estimate[-1])
        long = arm == 1
        guess = (y[long] >= 2).astype(float)
        b = np.linalg.lstsq(np.column_stack([X[long], guess]), o[long], rcond=None)[0]
        guessed.append(b[-1])
    off = np.mean(found) - TRUTH["outcome"][-1]
    assert abs(off) < 3.5 * np.std(found, ddof=1) / np.sqrt(12)
    if kind == "linear":
        assert np.mean(guessed) < 0.5 * TRUTH["outcome"][-1]


@pytest.mark.parametrize("kind", ["logistic", "linear"])
def test_an_outcome_beside_randomised_response(kind):
    design = forced(2 / 3, 1 / 6)
    X, z, _, _, o = world(4000, 7, kind)
    draw = np.random.default_rng(8)
    yes = draw.random(4000) < design.slope * z + design.base
    fit = randomised_outcome(yes, design, o, X, kind=kind)

    def loss(b):
        f, total = b[2:5], np.zeros(4000)
        for held in (0, 1):
            rate = design.slope * held + design.base
            mean = X @ f[:2] + f[2] * held
            part = np.where(yes, rate, 1 - rate) * (expit(X @ b[:2]) if held else 1 - expit(X @ b[:2]))
            if kind == "logistic":
                total += part * np.where(o == 1, expit(mean), 1 - expit(mean))
            else:
                total += part * norm.pdf(o, mean, np.exp(b[-1] / 2))
        return -np.log(total).sum()

    assert fit.converged
    assert fit.loglik == pytest.approx(-loss(fit.coefficients), abs=1e-8)
    search = minimize(loss, fit.coefficients + 0.05, method="BFGS", options={"gtol": 1e-3})
    assert fit.coefficients == pytest.approx(search.x, abs=2e-3)
    part = fit.part("outcome")
    assert abs(part.estimate[-1] - TRUTH["outcome"][-1]) < 3.3 * part.se[-1]


# rr's alternation written again in R 4.2.2 on that R's glm and arm 1.13-1's bayesglm, run on to 1e-10: estimates and
# errors of the item, then of the outcome (the item last).
NIGERIA = {
    "bayesglm": (
        [-0.5193821512, 0.08684472013, -0.3219121988, -0.2515612195, 0.03168092115, -0.01537209745, -0.5620163676],
        [0.6007207229, 0.0423723446, 0.2568325898, 0.2662424976, 0.02628766512, 0.04587505209, 0.1633205818],
        [
            -2.8380960103,
            0.11210982302,
            0.3191574509,
            0.9409031482,
            -0.10259305668,
            0.086059957,
            -0.02531178953,
            0.3840819964,
        ],
        [
            0.3746823919,
            0.02364850114,
            0.1361893053,
            0.1499354897,
            0.01518777286,
            0.02454068213,
            0.10445144603,
            0.5608184987,
        ],
    ),
    "glm": (
        [-0.4034569011, 0.08853263622, -0.2908299686, -0.3318581214, 0.04016757493, -0.01248002807, -0.5622423647],
        [0.5941879342, 0.04245443752, 0.2568183323, 0.2658424101, 0.0262190346, 0.04593866668, 0.1635688382],
        [
            -3.0558292671,
            0.11345803192,
            0.2755113065,
            1.0609924321,
            -0.11531495035,
            0.08548021666,
            -0.02474176352,
            0.4000612476,
        ],
        [
            0.3765628006,
            0.02364731086,
            0.1351522242,
            0.1513682784,
            0.01533922114,
            0.02453252951,
            0.10321297822,
            0.5400349201,
        ],
    ),
}


@pytest.mark.parametrize("how", NIGERIA)
def test_the_survey_of_the_delta_as_rr_has_it(table, how):
    """Civic leaders by contact with armed groups (Blair, Imai and Zhou 2015)."""
    d = table("list_experiment/nigeria_rr.csv")
    names = ("cov.asset.index", "cov.married", "cov.age", "cov.education", "cov.female")
    use = ~np.isnan(np.column_stack([d["rr.q1"], *(d[k] for k in names)])).any(axis=1) & (d["civic"] != "NA")
    wealth, married, age, school, female = (d[k][use] for k in names)
    X = np.column_stack([np.ones(use.sum()), wealth, married, age / 10, (age / 10) ** 2, school, female])
    yes, civic = d["rr.q1"][use], d["civic"][use] == "TRUE"
    fit = randomised_outcome(yes, forced(2 / 3, 1 / 6), civic, X, as_rr=how)
    assert fit.converged
    item, item_se, outcome, outcome_se = NIGERIA[how]
    # bayesglm ends where the deviance moves by less than 1e-8 of it.
    assert fit.part("sensitive").estimate == pytest.approx(item, abs=1e-6)
    assert fit.part("outcome").estimate == pytest.approx(outcome, abs=1e-6)
    assert fit.part("sensitive").se == pytest.approx(item_se, rel=1e-6)
    assert fit.part("outcome").se == pytest.approx(outcome_se, rel=1e-6)
    assert randomised_outcome(yes, forced(2 / 3, 1 / 6), civic, X).loglik > fit.loglik
    with pytest.raises(SurveyError, match="as_rr"):
        randomised_outcome(yes, forced(2 / 3, 1 / 6), civic, X, as_rr=how, weights=np.ones(yes.size))


def test_truthful_answers_alone_are_right_on_average():
    """20 surveys of 3,000: the mean estimate of what goes with the item is within 3.5 of its errors."""
    design, found = forced(2 / 3, 1 / 6), []
    for seed in range(20):
        X, z, _, _, o = world(3000, 300 + seed, "logistic")
        yes = np.random.default_rng(900 + seed).random(3000) < design.slope * z + design.base
        found.append(randomised_outcome(yes, design, o, X, as_rr="glm").part("outcome").estimate[-1])
    assert abs(np.mean(found) - TRUTH["outcome"][-1]) < 3.5 * np.std(found, ddof=1) / np.sqrt(20)


def test_the_vote_survey_of_the_source(table):
    """Imai, Park and Greene's Mexican panel: the list on vote buying and the approval of the new president."""
    d = table("list_experiment/mexico.csv")
    names = ("mex.male", "mex.wealth")
    X = np.column_stack([np.ones(d["mex.t"].size), *(d[c] for c in names)])
    for outcome, kind in (("mex.epnapprove", "linear"), ("mex.votecard", "logistic")):
        fit = list_outcome(d["mex.y.all"], d["mex.t"], d[outcome], X, items=4, kind=kind)
        assert fit.converged
        assert np.isfinite(fit.part("outcome").se).all()


def test_outcomes_of_another_kind_are_refused():
    X, _, arm, y, o = world(400, 3, "linear")
    with pytest.raises(SurveyError, match="outcome"):
        list_outcome(y, arm, o, X, items=J, smallest_arm=50)
    with pytest.raises(SurveyError, match="several long lists"):
        list_outcome(y, np.arange(400) % 3, o > 0, X, items=J, smallest_arm=50)
