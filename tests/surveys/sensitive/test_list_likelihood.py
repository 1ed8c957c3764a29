"""Maximum likelihood of list experiments against direct maximisation, EM by hand and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import betabinom, binom

from arusha.errors import SurveyError
from arusha.surveys import difference_in_means, list_likelihood, list_two_step, specification_test
from arusha.surveys.sensitive.mixture import Mixture, evaluate

J = 3


def world(n, seed, *, hide=0.0, gap=0.0, long_lists=1):
    """Answers of n respondents; ``hide`` of the holders hide it at the ceiling, ``gap`` more items among holders."""
    draw = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), draw.normal(size=n)])
    arm = draw.integers(0, long_lists + 1, n)
    held = draw.random(n) < expit(X @ np.array([-0.8, 0.7]))
    y0 = draw.binomial(J, expit(X @ np.array([0.2, -0.4]) + gap * held))
    told = held & ~((y0 == J) & (draw.random(n) < hide))
    return y0 + told * (arm > 0), arm, X


def by_hand(y, arm, X, theta, dependence="constrained", hide=None, floor=None, rho=None):
    """The log likelihood written out answer by answer."""
    k = X.shape[1]
    b0 = theta[:k]
    b1 = theta[k : 2 * k] if dependence == "unconstrained" else b0
    g = theta[-k:] if hide is None else theta[-k - 1 : -1]
    total = 0.0
    for yi, ti, x in zip(y, arm, X, strict=True):
        share = expit(x @ g)

        def law(c, b, x=x):
            if c < 0 or c > J:
                return 0.0
            p = expit(x @ b)
            return (
                binom.pmf(c, J, p)
                if rho is None
                else betabinom.pmf(c, J, p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho)
            )

        if ti == 0:
            chance = share * law(yi, b1) + (1 - share) * law(yi, b0)
        else:
            tells_top = 1.0 if hide is None else 1.0 - hide
            honest = law(yi - 1, b1) * (tells_top if yi - 1 == J else 1.0)
            hidden = law(J, b1) * (1.0 - tells_top) if yi == J else 0.0
            chance = share * (honest + hidden) + (1 - share) * law(yi, b0)
        total += np.log(chance)
    return total


@pytest.mark.parametrize("dependence", ["constrained", "unconstrained"])
def test_likelihood_and_maximum_by_direct_search(dependence):
    y, arm, X = world(400, 3, gap=0.6 if dependence == "unconstrained" else 0.0)
    fit = list_likelihood(y, arm, X, items=J, dependence=dependence, smallest_arm=50)
    assert fit.loglik == pytest.approx(by_hand(y, arm, X, fit.coefficients, dependence), rel=1e-12)
    found = minimize(
        lambda t: -by_hand(y, arm, X, t, dependence), fit.coefficients + 0.05, method="BFGS", options={"gtol": 1e-4}
    )
    assert -found.fun <= fit.loglik + 1e-9
    assert found.x == pytest.approx(fit.coefficients, abs=2e-3)


def test_ceiling_likelihood_answer_by_answer():
    y, arm, X = world(400, 4, hide=0.6)
    fit = list_likelihood(y, arm, X, items=J, ceiling=True, smallest_arm=50)
    hide = expit(fit.part("ceiling").estimate[0])
    assert fit.loglik == pytest.approx(by_hand(y, arm, X, fit.coefficients, hide=hide), rel=1e-12)


def test_overdispersed_likelihood_answer_by_answer():
    y, arm, X = world(300, 9)
    fit = list_likelihood(y, arm, X, items=J, overdispersed=True, smallest_arm=50)
    rho = expit(fit.part("spread").estimate[0])
    theta = np.concatenate([fit.part("control").estimate, fit.part("sensitive").estimate])
    assert fit.loglik == pytest.approx(by_hand(y, arm, X, theta, rho=rho), rel=1e-9)


def test_em_by_hand_reaches_the_same_maximum():
    """Without covariates the EM steps are shares and means: done here by hand, 4,000 times."""
    y, arm, _ = world(900, 5)
    fit = list_likelihood(y, arm, None, items=J, smallest_arm=50)
    share, chance = 0.3, 0.5
    for _ in range(4000):
        with_item = np.where(arm == 1, share * binom.pmf(y - 1, J, chance), share * binom.pmf(y, J, chance))
        without = (1 - share) * binom.pmf(y, J, chance)
        w = with_item / (with_item + without)
        share, chance = w.mean(), (y - arm * w).mean() / J
    assert expit(fit.part("sensitive").estimate[0]) == pytest.approx(share, abs=1e-9)
    assert expit(fit.part("control").estimate[0]) == pytest.approx(chance, abs=1e-9)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"dependence": "unconstrained"},
        {"dependence": "level"},
        {"dependence": "indicators"},
        {"overdispersed": True},
        {"dependence": "unconstrained", "overdispersed": True},
        {"ceiling": True},
        {"floor": True},
        {"ceiling": True, "floor": True},
        {"ceiling": True, "floor": True, "prior": 0.5},
        {"careless": "top"},
        {"careless": "uniform"},
        {"careless": "uniform", "overdispersed": True},
    ],
)
def test_score_and_information_are_the_derivatives(options, monkeypatch):
    """Away from the maximum too: the derivatives of the likelihood, by finite differences."""
    seen: list[Mixture] = []

    def watched(model, starts, first=4):
        seen.append(model)
        return original(model, starts, first)

    import arusha.surveys.sensitive.list_likelihood as module

    original = module.best_of
    monkeypatch.setattr(module, "best_of", watched)
    y, arm, X = world(300, 6)
    list_likelihood(y, arm, X, items=J, smallest_arm=50, **options)
    model = seen[0]
    size = sum(d.shape[1] for d in model.designs)
    at = np.random.default_rng(1).normal(scale=0.4, size=size)
    point, step = evaluate(model, at), 1e-5
    score, information = np.zeros(size), np.zeros((size, size))
    for i in range(size):
        ahead, behind = at.copy(), at.copy()
        ahead[i] += step
        behind[i] -= step
        up, down = evaluate(model, ahead), evaluate(model, behind)
        score[i] = (up.loglik - down.loglik) / (2 * step)
        information[i] = -(up.score - down.score) / (2 * step)
    assert point.score == pytest.approx(score, abs=1e-4)
    assert point.information == pytest.approx(information, abs=1e-3)


def test_several_sensitive_items_share_the_short_list():
    y, arm, X = world(3000, 7, long_lists=2)
    fit = list_likelihood(y, arm, X, items=J)
    assert list(fit.blocks) == ["control", "sensitive 1", "sensitive 2"]
    # Both lists had the same item added here.
    gap = fit.part("sensitive 1").estimate - fit.part("sensitive 2").estimate
    assert np.all(np.abs(gap) < 4 * fit.part("sensitive 1").se)


def test_whole_number_weights_are_repeated_answers():
    y, arm, X = world(700, 8)
    w = np.random.default_rng(2).integers(1, 4, y.size)
    weighted = list_likelihood(y, arm, X, items=J, weights=w)
    repeated = list_likelihood(np.repeat(y, w), np.repeat(arm, w), np.repeat(X, w, axis=0), items=J)
    assert weighted.coefficients == pytest.approx(repeated.coefficients, abs=1e-7)


def test_a_share_of_zero_is_said_to_lie_at_the_edge():
    draw = np.random.default_rng(3)
    arm = np.repeat([0, 1], 400)
    y = draw.binomial(J, 0.5, 800)  # nobody holds the item
    y[arm == 1] = np.maximum(y[arm == 1] - (draw.random(400) < 0.1), 0)
    fit = list_likelihood(y, arm, None, items=J)
    assert fit.at_edge == ("sensitive",)


def test_coverage_of_the_constrained_and_unconstrained_model():
    """95% intervals of the mean share over 200 surveys of 2 x 500: between 90% and 99% is 3.3 simulation errors."""
    covered = {"constrained": 0, "unconstrained": 0}
    for seed in range(200):
        draw = np.random.default_rng([11, seed])
        arm = np.repeat([0, 1], 500)
        y = draw.binomial(4, 0.45, 1000) + arm * (draw.random(1000) < 0.25)
        for dependence in covered:
            share = list_likelihood(y, arm, None, items=4, dependence=dependence).share()
            covered[dependence] += share.low <= 0.25 <= share.high
    assert 180 <= covered["constrained"] <= 198
    assert 180 <= covered["unconstrained"] <= 198


def test_a_prior_keeps_those_who_hide_from_running_to_the_edge(table):
    """The affirmative-action survey of the source: ceiling and floor with covariates, Cauchy prior of scale 2.5."""
    d = table("list_experiment/affirm.csv")
    X = np.column_stack([np.ones(d["y"].size), *(d[c] for c in ("age", "college", "male", "south"))])
    free = list_likelihood(d["y"], d["treat"] == "TRUE", X, items=3, ceiling=X, floor=X)
    held = list_likelihood(d["y"], d["treat"] == "TRUE", X, items=3, ceiling=X, floor=X, prior=2.5)
    assert held.converged
    size = np.abs(np.concatenate([held.part(b).estimate for b in ("ceiling", "floor")])).max()
    assert size < 12
    assert np.abs(np.concatenate([free.part(b).estimate for b in ("ceiling", "floor")])).max() > size
    # The maximum of the likelihood with the prior: the likelihood alone is lower, the prior higher.
    at = np.concatenate([held.part(b).estimate for b in ("ceiling", "floor")])
    alone = held.loglik - np.sum(np.log(2.5 / np.pi) - np.log(2.5**2 + at**2))
    assert alone <= free.loglik + 1e-6


def test_errors_from_scores_and_information_meet_in_a_large_survey():
    y, arm, X = world(40_000, 12)
    by = {e: list_likelihood(y, arm, X, items=J, errors=e) for e in ("information", "scores", "sandwich")}
    for name in ("scores", "sandwich"):
        assert np.sqrt(np.diag(by[name].vcov)) == pytest.approx(np.sqrt(np.diag(by["information"].vcov)), rel=0.06)


@pytest.mark.parametrize("kind", ["top", "uniform"])
def test_careless_likelihood_answer_by_answer(kind):
    y, arm, X = world(500, 13)
    fit = list_likelihood(y, arm, X, items=J, careless=kind, smallest_arm=50)
    h = expit(X @ fit.part("control").estimate)
    g = expit(X @ fit.part("sensitive").estimate)
    counted = np.where(arm == 1, g * binom.pmf(y - 1, J, h) + (1 - g) * binom.pmf(y, J, h), binom.pmf(y, J, h))
    if kind == "top":
        p, blind = expit(fit.part("careless").estimate[0]), (y == J + arm).astype(float)
    else:
        p = expit(np.array([fit.part(f"careless {n}").estimate[0] for n in ("short", "long")]))[arm.astype(int)]
        blind = 1.0 / (J + 1 + arm)
    assert fit.loglik == pytest.approx(np.log((1 - p) * counted + p * blind).sum(), abs=1e-8)


def test_careless_answers_are_found_and_bias_what_does_not_allow_for_them():
    """A tenth answer with the longest list there is. The difference in means is a tenth too high."""
    draw = np.random.default_rng(14)
    n = 12_000
    X, arm = np.column_stack([np.ones(n), draw.normal(size=n)]), np.arange(n) % 2
    y = draw.binomial(J, expit(X @ [-0.4, 0.3])) + arm * (draw.random(n) < expit(X @ [-1.0, 0.5]))
    y = np.where(draw.random(n) < 0.1, J + arm, y)
    fit = list_likelihood(y, arm, X, items=J, careless="top")
    truth = expit(X @ [-1.0, 0.5]).mean()
    share = fit.share(X)
    assert abs(share.estimate - truth) < 3.3 * share.se
    part = fit.part("careless")
    assert abs(expit(part.estimate[0]) - 0.1) < 3.3 * part.se[0] * 0.09
    assert difference_in_means(y, arm, items=J).estimate - truth == pytest.approx(0.1 * (1 - truth), abs=0.05)
    fits = list_likelihood(y, arm, X, items=J), list_two_step(y, arm, X, items=J)
    assert specification_test(*fits, X).p < 0.01
    assert specification_test(*fits, over="coefficients").p < 0.01
    with pytest.raises(SurveyError, match="careless"):
        list_likelihood(y, arm, X, items=J, careless="top", ceiling=True)


def test_the_specification_test_keeps_its_size():
    """80 honest surveys: at most 5% and 3.3 errors are rejected; all coefficients at once reject too many."""
    rejected = np.zeros(2)
    for seed in range(80):
        y, arm, X = world(1200, 300 + seed)
        fits = list_likelihood(y, arm, X, items=J), list_two_step(y, arm, X, items=J)
        rejected[0] += specification_test(*fits, X).p < 0.05
        rejected[1] += specification_test(*fits, over="coefficients").p < 0.05
    assert rejected[0] <= 80 * 0.05 + 3.3 * np.sqrt(80 * 0.05 * 0.95)
    assert rejected[1] > 2 * 80 * 0.05  # said in its docstring
