"""Maximum likelihood held to the difference in means: the reference's values, and what it is for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from arusha.errors import SurveyError
from arusha.surveys import difference_in_means, list_held_to_means, list_likelihood

# list's robust maximum likelihood on the race survey, its moments written again in R 4.2.2: coefficients by optim's
# L-BFGS-B (factr 10), errors, and n times what is left.
SENSITIVE = [-5.70487551863, 1.19897211555, 0.61351822404, 0.33403542089, -1.17395279251]
CONTROL = [1.12106443675, -0.25159922084, 0.05031816605, -0.20665526198, -0.50826612405]
SENSITIVE_SE = [1.34083138113, 0.77412200024, 0.23453953820, 0.76098474687, 1.10172599136]
CONTROL_SE = [0.13220261606, 0.08592257835, 0.02533095893, 0.07812865130, 0.08134684865]


def test_the_race_survey(table):
    """optim ends some 1e-5 from the least, numeric slopes take as much from the errors."""
    d = table("list_experiment/race.csv")
    X = np.column_stack([np.ones(d["y"].size), *(d[c] for c in ("south", "age", "male", "college"))])
    found = list_held_to_means(d["y"], d["treat"], X, items=3, as_list=True)
    assert found.fit.converged
    assert found.statistic == pytest.approx(9.911827864, rel=1e-6)
    for name, estimate, se in (("sensitive", SENSITIVE, SENSITIVE_SE), ("control", CONTROL, CONTROL_SE)):
        assert found.fit.part(name).estimate == pytest.approx(estimate, abs=2e-5)
        assert found.fit.part(name).se == pytest.approx(se, rel=5e-5)
    assert found.fit.share(X).estimate == pytest.approx(0.0691207404, abs=1e-6)
    honest = list_held_to_means(d["y"], d["treat"], X, items=3)
    assert honest.fit.coefficients == pytest.approx(found.fit.coefficients, abs=1e-12)
    # The share is the difference in means, and so must its error be, or nearly.
    plain = difference_in_means(d["y"], d["treat"], items=3)
    assert honest.fit.share(X).se == pytest.approx(plain.se, rel=0.05)


def world(seed, correlation, n=1500):
    draw = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), draw.normal(size=n)])
    z = draw.random(n) < expit(X @ [-0.8, 0.5])
    p, spread = expit(X @ [0.0, 0.3]), 1.0 / correlation - 1.0 if correlation else 0.0
    p = draw.beta(p * spread, (1.0 - p) * spread) if correlation else p
    arm = np.arange(n) % 2
    return draw.binomial(4, p) + arm * z, arm, X, float(z.mean())


@pytest.mark.parametrize("correlation", [0.0, 0.25])
def test_the_share_is_the_difference_in_means_whatever_the_law(correlation):
    """12 surveys each: within 0.01 of the difference in means, where the likelihood is off by 0.08 under the wrong law
    (at least 0.04 with its noise, 0.034 / sqrt(12)); the test keeps its size, and sees the wrong law."""
    statistics, off, errors = [], [], []
    for seed in range(12):
        y, arm, X, held = world(seed, correlation)
        found = list_held_to_means(y, arm, X, items=4)
        plain = difference_in_means(y, arm, items=4)
        share = found.fit.share(X)
        assert share.estimate == pytest.approx(plain.estimate, abs=0.01)
        statistics.append(found.statistic)
        errors.append(share.se / plain.se)
        off.append(list_likelihood(y, arm, X, items=4).share(X).estimate - held)
    assert 0.8 < np.mean(errors) < 1.05
    if correlation:
        assert np.mean(off) > 0.04
        assert np.mean(np.array(statistics) > 3.84) > 0.3
    else:
        assert np.mean(statistics) < 1.0 + 3.3 * np.sqrt(2.0 / 12)  # chi-square of one degree


def test_several_long_lists_are_refused(table):
    y, _, X, _ = world(1, 0.0)
    with pytest.raises(SurveyError, match="several long lists"):
        list_held_to_means(np.minimum(y, 4), np.arange(y.size) % 3, X, items=4)
