"""Linear mixed models: published fits, the likelihood of the marginal normal law, and closed forms where balanced."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from arusha.inference import Term, mixed_model


def test_dyestuff_as_published(data):
    """Bates, lme4 (2010), section 1.3: variances 1764.05 and 2451.25 (REML criterion 319.6543), 1388.33 by maximum
    likelihood (deviance 327.3271); balanced, so REML is the analysis of variance."""
    d = pd.read_csv(data("empirical_bayes/Dyestuff.csv"))
    y, batch = d["Yield"].to_numpy(float), d["Batch"].to_numpy()
    fit = mixed_model(y, [Term(batch)])
    within = sum(((g["Yield"] - g["Yield"].mean()) ** 2).sum() for _, g in d.groupby("Batch")) / 24
    between = 5 * d.groupby("Batch")["Yield"].mean().var(ddof=1)
    assert fit.sigma**2 == pytest.approx(within, rel=1e-7)
    assert fit.terms[0].covariance[0, 0] == pytest.approx((between - within) / 5, rel=1e-6)
    assert fit.terms[0].covariance[0, 0] == pytest.approx(1764.05, abs=5e-3)
    assert -2 * fit.log_likelihood == pytest.approx(319.6543, abs=5e-5)
    assert (fit.coefficients[0], fit.se[0]) == pytest.approx((1527.5, 19.38342), rel=1e-6)
    share = (between - within) / between
    means = d.groupby("Batch")["Yield"].mean().to_numpy()
    assert fit.terms[0].effect[:, 0] == pytest.approx(share * (means - 1527.5), rel=1e-6)
    plain = mixed_model(y, [Term(batch)], restricted=False)
    assert plain.terms[0].covariance[0, 0] == pytest.approx(1388.33, abs=5e-3)
    assert -2 * plain.log_likelihood == pytest.approx(327.3271, abs=5e-5)


def test_crossed_groups_as_published(data):
    """Penicillin (section 2.1): 0.7169, 3.7309 and 0.3024; REML criterion 330.8606."""
    d = pd.read_csv(data("empirical_bayes/Penicillin.csv"))
    fit = mixed_model(d["diameter"].to_numpy(float), [Term(d["plate"].to_numpy()), Term(d["sample"].to_numpy())])
    found = [fit.terms[0].covariance[0, 0], fit.terms[1].covariance[0, 0], fit.sigma**2, -2 * fit.log_likelihood]
    assert found == pytest.approx([0.7169, 3.7309, 0.3024, 330.8606], abs=6e-5)


def test_slopes_that_go_with_levels_as_published(data):
    """Sleep deprivation (Bates et al. 2015, section 1.2): 612.10, 35.07 and 654.94, fixed effects 251.405 and 10.467
    with errors 6.825 and 1.546, REML criterion 1743.628; without correlation 1743.669."""
    d = pd.read_csv(data("empirical_bayes/sleepstudy.csv"))
    X = np.column_stack([np.ones(180), d["Days"]])
    fit = mixed_model(d["Reaction"].to_numpy(), [Term(d["Subject"].to_numpy(), X)], X)
    # The reference stops its search some 2e-5 short of these variances.
    assert np.diag(fit.terms[0].covariance) == pytest.approx([612.10, 35.07], rel=1e-4)
    assert fit.sigma**2 == pytest.approx(654.94, rel=1e-5)
    assert fit.coefficients == pytest.approx([251.405, 10.467], abs=5e-4)
    assert fit.se == pytest.approx([6.825, 1.546], abs=5e-4)
    assert -2 * fit.log_likelihood == pytest.approx(1743.628, abs=5e-4)
    apart = mixed_model(d["Reaction"].to_numpy(), [Term(d["Subject"].to_numpy(), X, correlated=False)], X)
    assert -2 * apart.log_likelihood == pytest.approx(1743.669, abs=5e-4)
    assert apart.terms[0].covariance[0, 1] == 0.0


@pytest.mark.parametrize("restricted", [True, False])
def test_likelihood_and_predictions_are_those_of_the_marginal_law(restricted):
    """Unbalanced, crossed, with a slope: the normal law of all answers at once, and its conditional means."""
    random = np.random.default_rng(2)
    n = 90
    officer, office = random.integers(0, 7, n), random.integers(0, 4, n)
    x = random.normal(size=n)
    X = np.column_stack([np.ones(n), x])
    y = X @ [1.0, 0.5] + random.normal(size=7)[officer] + random.normal(size=(4, 2))[office, 0] + random.normal(size=n)
    fit = mixed_model(y, [Term(officer), Term(office, X)], X, restricted=restricted)
    Z = [(officer[:, None] == np.arange(7)).astype(float)]
    Z += [np.concatenate([(office == k)[:, None] * X for k in range(4)], axis=1)]
    S = [np.kron(np.eye(7), fit.terms[0].covariance), np.kron(np.eye(4), fit.terms[1].covariance)]
    V = sum(z @ s @ z.T for z, s in zip(Z, S, strict=True)) + fit.sigma**2 * np.eye(n)
    inverse = np.linalg.inv(V)
    C = np.linalg.inv(X.T @ inverse @ X)
    b = C @ X.T @ inverse @ y
    assert fit.coefficients == pytest.approx(b, rel=1e-8)
    assert fit.covariance == pytest.approx(C, rel=1e-7)
    value = stats.multivariate_normal(X @ b, V).logpdf(y)
    if restricted:
        value += 0.5 * (2 * np.log(2 * np.pi) + np.linalg.slogdet(C)[1])
    assert fit.log_likelihood == pytest.approx(value, abs=1e-8)
    for k in range(2):
        effect = S[k] @ Z[k].T @ inverse @ (y - X @ b)
        assert fit.terms[k].effect.ravel() == pytest.approx(effect, abs=1e-8)
        spread = np.sqrt(np.diag(S[k] - S[k] @ Z[k].T @ inverse @ Z[k] @ S[k]))
        assert fit.terms[k].se.ravel() == pytest.approx(spread, abs=1e-6)
    # No covariance near by is more likely.
    for factor in (0.9, 1.1):
        near = V + (factor - 1) * Z[0] @ S[0] @ Z[0].T
        there = np.linalg.inv(near)
        D = np.linalg.inv(X.T @ there @ X)
        c = D @ X.T @ there @ y
        other = stats.multivariate_normal(X @ c, near).logpdf(y)
        if restricted:
            other += 0.5 * (2 * np.log(2 * np.pi) + np.linalg.slogdet(D)[1])
        assert other <= value + 1e-9


def test_no_spread_is_said_and_bad_input_refused():
    random = np.random.default_rng(1)
    group = np.repeat(np.arange(10), 5)
    y = random.normal(size=50)
    y -= np.array([y[group == g].mean() for g in range(10)])[group]
    fit = mixed_model(y, [Term(group)])
    assert fit.singular
    assert fit.terms[0].covariance[0, 0] == pytest.approx(0.0, abs=1e-6)
    with pytest.raises(ValueError, match="one level a row"):
        mixed_model(y, [Term(group[:-1])])
    with pytest.raises(ValueError, match="two levels"):
        mixed_model(y, [Term(np.zeros(50))])
    with pytest.raises(ValueError, match="one term"):
        mixed_model(y, [])
