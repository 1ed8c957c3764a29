"""Priors of a chosen shape: reference values, quadrature, the conditions of a best fit, grids, rates by simulation."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from scipy import integrate, stats

from arusha.inference import normal_prior, shrunken_estimates
from arusha.inference.adaptive_shrinkage import PARAMETRIC, Shape, widths
from arusha.inference.mixture_weights import likeliest_weights
from arusha.inference.prior_components import Component, met

# Weights by mixsqp 0.3-48 (R 4.2.2), which R's ashr calls, on 120 estimates and the widths of ashr.
REFERENCE = json.loads((Path(__file__).parent / "mixture_reference.json").read_text("utf-8"))
LAWS = {
    "normal": (Component("normal", 0.3, width=0.8), stats.norm(0.3, 0.8)),
    "uniform": (Component("uniform", -0.4, 1.1), stats.uniform(-0.4, 1.5)),
    "above": (Component("exponential", 0.2, width=0.7), stats.expon(0.2, 0.7)),
    "narrow": (Component("uniform", 0.0, 0.05), stats.uniform(0.0, 0.05)),
}


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("y", [-6.0, -0.5, 0.6, 2.0, 8.0])
def test_components_by_quadrature(name, y):
    part, law = LAWS[name]
    s = 0.9
    found = met([part], np.array([y]), np.array([s]))
    low, high = law.support()
    low, high = max(low, y - 15, -20.0), min(high, y + 15, 20.0)
    low, high = (low, high) if low < high else law.support()
    places = [p for p in (y, 0.3, 0.35) if low < p < high]

    def of(f):
        return integrate.quad(
            lambda t: f(t) * law.pdf(t) * stats.norm.pdf(y, t, s), low, high, points=places or None, epsabs=0, limit=400
        )[0]

    mass = of(lambda t: 1.0)
    # quad's own relative error is some 1e-9.
    assert found.log_density[0, 0] == pytest.approx(np.log(mass), abs=1e-8)
    assert found.mean[0, 0] == pytest.approx(of(lambda t: t) / mass, abs=1e-7)
    assert found.second_moment[0, 0] == pytest.approx(of(lambda t: t * t) / mass, rel=1e-6)
    for at in (0.01, 0.35):
        if low < at < high:
            places.append(at)
            below = of(lambda t, at=at: float(t <= at)) / mass
            places.pop()
            assert found.at_most(at)[0, 0] == pytest.approx(below, abs=1e-6)


def test_the_left_side_mirrors_the_right_one():
    y, s = np.array([-3.0, 0.2, 4.0]), np.array([1.0, 0.5, 2.0])
    right = met([Component("exponential", 0.5, width=0.7)], y, s)
    left = met([Component("exponential", -0.5, width=-0.7)], -y, s)
    np.testing.assert_allclose(left.log_density, right.log_density, rtol=1e-13)
    np.testing.assert_allclose(left.mean, -right.mean, rtol=1e-12)
    np.testing.assert_allclose(left.at_most(-0.8), 1.0 - right.at_most(0.8), atol=1e-13)


def test_far_estimates_stay_finite():
    parts = [c for c, _ in LAWS.values()] + [Component("point", 0.0)]
    found = met(parts, np.array([-300.0, 300.0]), np.ones(2))
    assert np.all(np.isfinite(found.log_density))
    # 300 standard errors beyond its end a uniform law's posterior lies at that end.
    np.testing.assert_allclose(found.mean[:, 1], [-0.4, 1.1], atol=0.01)
    assert np.all(found.second_moment >= found.mean**2)


def _estimates(size=120, seed=3):
    random = np.random.default_rng(seed)
    true = np.where(random.random(size) < 0.7, 0.0, random.normal(0.0, 2.0, size))
    se = random.choice([0.5, 1.0, 2.0], size)
    return true + se * random.normal(size=size), se, true


@pytest.mark.parametrize("extra", [0.0, 9.0])
def test_weights_meet_the_conditions_of_the_best_fit(extra):
    y, se, _ = _estimates()
    parts = [Component("point", 0.0)] + [Component("normal", 0.0, width=w) for w in np.geomspace(0.05, 8, 20)]
    log_density = met(parts, y, se).log_density
    more = np.r_[extra, np.zeros(20)]
    w = likeliest_weights(log_density, more)
    density = np.exp(log_density - log_density.max(1, keepdims=True))
    slope = density.T @ (1.0 / (density @ w)) + more / np.where(w > 0, w, 1.0)
    # No part gains more than a unit a unit; those that carry weight gain just that. Units: 120 and those added.
    total = y.size + extra
    assert slope.max() <= total * (1 + 1e-8)
    np.testing.assert_allclose(slope[w > 1e-6], total, rtol=1e-5)
    assert w.sum() == pytest.approx(1.0, rel=1e-14)


@pytest.mark.parametrize("weight", [1, 10])
@pytest.mark.parametrize("shape", ["normal-mixture", "unimodal", "unimodal-symmetric", "unimodal-above"])
def test_mixtures_fit_as_well_as_the_reference(shape, weight):
    found = shrunken_estimates(REFERENCE["y"], REFERENCE["se"], shape=shape, null_weight=weight)
    want = REFERENCE[f"weight_{weight}"][shape]
    # The reference stops within about 1e-7 of a likelihood; with weight 10 the sum told is not what was maximised.
    assert found.log_likelihood == pytest.approx(want, abs=1e-6 if weight == 1 else 1e-4)


@pytest.mark.parametrize("name", ["eight_schools_normal", "eight_schools_normal_mode0"])
def test_reference_normal(golden, data, name):
    want = golden("ebnm_ash")[name]
    with data("empirical_bayes/eight_schools.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    y, se = (np.array([float(r[c]) for r in rows]) for c in ("y", "se"))
    found = shrunken_estimates(y, se, shape="normal", mode=0.0 if name.endswith("0") else None)
    # The likeliest spread is none; the reference stops at a small one, with 2e-7 of a likelihood to go.
    assert want["ll"] - 1e-12 <= found.log_likelihood <= want["ll"] + 1e-6
    np.testing.assert_allclose(found.estimate, want["post_mean"], atol=1e-4)


def test_published_batting(data):
    """What the vignette of R's ebnm prints for 688 batters: log likelihood 989.64 and posteriors of the normal prior;
    its unimodal prior keeps the best batter at 0.439 (0.0155) and Carpenter, of 154 turns, at 0.355 (0.043)."""
    with data("empirical_bayes/wOBA.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    x, s = (np.array([float(r[c]) for r in rows]) for c in ("x", "s"))
    normal = shrunken_estimates(x, s, shape="normal", mode=None)
    assert normal.log_likelihood == pytest.approx(989.64, abs=0.005)
    np.testing.assert_allclose(normal.estimate[:6], [0.303, 0.308, 0.310, 0.311, 0.339, 0.394], atol=5e-4)
    np.testing.assert_allclose(normal.sd[:6], [0.0287, 0.0286, 0.0283, 0.0282, 0.0254, 0.0184], atol=5e-5)
    # The likelihood hardly tells the mode of a unimodal law (0.2 between 0.26 and 0.31), and it moves the far batter.
    wide = shrunken_estimates(x, s, shape="unimodal", mode=0.28)
    np.testing.assert_allclose(wide.estimate[:6], [0.302, 0.307, 0.310, 0.311, 0.355, 0.439], atol=0.002)
    assert wide.sd[4] == pytest.approx(0.0430, abs=0.003)
    assert wide.sd[5] == pytest.approx(0.0155, abs=0.001)


@pytest.mark.parametrize("mode", [0.0, None])
def test_normal_is_the_normal_prior(mode):
    y, se, _ = _estimates()
    found, want = shrunken_estimates(y, se, shape="normal", mode=mode), normal_prior(y, se**2, mean=mode)
    assert found.log_likelihood == pytest.approx(want.log_likelihood, abs=1e-8)
    np.testing.assert_allclose(found.estimate, want.estimate, atol=1e-5)
    np.testing.assert_allclose(found.sd, want.estimate_sd, atol=1e-5)


@pytest.mark.parametrize("shape", ["point-normal", "point-laplace", "point-exponential"])
def test_spike_and_law_by_a_grid(shape):
    """No pair on a fine grid of shares and widths is likelier."""
    y, se, _ = _estimates()
    found = shrunken_estimates(y, se, shape=shape)
    best = -np.inf
    sides = [1.0, -1.0] if shape == "point-laplace" else [1.0]
    kind = "normal" if shape == "point-normal" else "exponential"
    for width in np.geomspace(0.1, 10, 200):
        density = np.exp(met([Component("point", 0.0)], y, se).log_density[:, 0])
        law = np.mean([np.exp(met([Component(kind, 0.0, width=width * g)], y, se).log_density[:, 0]) for g in sides], 0)
        shares = np.linspace(0.001, 0.999, 300)[:, None]
        best = max(best, float(np.log((1 - shares) * density + shares * law).sum(1).max()))
    assert found.log_likelihood >= best - 1e-9
    assert found.log_likelihood == pytest.approx(best, abs=0.01)  # the grid's own coarseness


def test_any_law_fits_as_well_as_the_reference(data):
    """Log likelihoods and posterior means by mixsqp 0.3-48 (R 4.2.2) on the same points; 300 normal laws where the
    estimates lie so far apart that points would be too many; the batters."""
    y, se = np.array(REFERENCE["y"]), np.array(REFERENCE["se"])
    with data("empirical_bayes/wOBA.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    x, s = (np.array([float(r[c]) for r in rows]) for c in ("x", "s"))
    for of, error, loglik, means in (
        (y, se, -235.8042331931, [-1.600058, 2.299902, 1.495544, -5.810506, -0.947935]),
        (1000.0 * y, se, -971.5839027704, [-2632.120168, 2436.005234, 5108.178, -5810.523, -1238.491404]),
        (x, s, 994.1929982990, [0.302971, 0.308504, 0.312154, 0.345530, 0.311534]),
    ):
        found = shrunken_estimates(of, error, shape="free")
        assert found.log_likelihood == pytest.approx(loglik, abs=1e-8)
        np.testing.assert_allclose(found.estimate[[0, 1, 8, 25, 118]], means, atol=2e-6)
    # No other law is likelier by more than the grid's coarseness: 1 / n a unit.
    free = shrunken_estimates(y, se, shape="free").log_likelihood
    assert all(shrunken_estimates(y, se, shape=k).log_likelihood < free + 1.0 for k in ("unimodal", "point-laplace"))


def test_widths_may_be_given():
    y, se, _ = _estimates()
    found = shrunken_estimates(y, se, shape="unimodal")
    again = shrunken_estimates(y, se, shape="unimodal", sizes=widths(y, se, 0.0, 2.0**0.5))
    np.testing.assert_array_equal(again.estimate, found.estimate)
    with pytest.raises(ValueError, match="sizes"):
        shrunken_estimates(y, se, shape="unimodal", sizes=[0.0, 1.0])


@pytest.mark.parametrize("shape", [shape for shape in get_args(Shape) if shape != "free"])
def test_posterior_by_bayes_rule_on_a_grid(shape):
    y, se, _ = _estimates(40, seed=6)
    found = shrunken_estimates(y, se, shape=shape)
    edge = np.linspace(-14, 14, 280_001)
    at, cell = 0.5 * (edge[1:] + edge[:-1]), edge[1] - edge[0]
    prior = np.zeros(at.size)
    spike = 0.0
    for weight, c in zip(found.weights, found.components, strict=True):
        if c.kind == "point":
            spike += weight
        elif c.kind == "normal":
            prior += weight * stats.norm.pdf(at, c.start, c.width)
        elif c.kind == "uniform":
            prior += weight * ((at > c.start) & (at < c.stop)) / (c.stop - c.start)
        else:
            side = np.sign(c.width)
            prior += weight * np.where(side * at > 0, np.exp(-np.abs(at / c.width)), 0.0) / abs(c.width)
    for i in range(0, 40, 7):
        density = prior * stats.norm.pdf(y[i], at, se[i]) * cell
        point = spike * stats.norm.pdf(y[i], 0.0, se[i])
        total = density.sum() + point
        mean = float(density @ at / total)
        # Cells of 1e-4, and a law of a twentieth's width may begin within one: some 1e-4 of what it weighs.
        assert found.estimate[i] == pytest.approx(mean, abs=1e-4)
        assert found.sd[i] == pytest.approx(np.sqrt(density @ at**2 / total - mean**2), abs=1e-4)
        below, above = density[at < 0].sum() / total, density[at > 0].sum() / total
        assert found.null_chance[i] == pytest.approx(point / total, abs=1e-5)
        assert found.sign_rate[i] == pytest.approx(min(below, above) + point / total, abs=1e-4)
        running = np.cumsum(density + np.where(np.arange(at.size) == at.size // 2, point, 0.0)) / total
        assert found.low[i] == pytest.approx(at[np.searchsorted(running, 0.025)], abs=3e-4)
        assert found.high[i] == pytest.approx(at[np.searchsorted(running, 0.975)], abs=3e-4)


def test_moved_estimates_move_a_fitted_mode():
    y, se, _ = _estimates(80, seed=9)
    for shape in ("point-normal", "normal-mixture"):
        here, there = (shrunken_estimates(y + move, se, shape=shape, mode=None) for move in (0.0, 5.0))
        assert there.mode == pytest.approx(here.mode + 5.0, abs=1e-3)
        np.testing.assert_allclose(there.estimate, here.estimate + 5.0, atol=2e-3)


@pytest.mark.slow
def test_signs_told_at_a_rate_are_wrong_no_more_often():
    """25 worlds of 300 units, seven in ten truly 0: of all signs told with a rate of 5%, at most that share is wrong
    (or of a unit that is 0) where units are added at the spike; intervals hold 95%, within 3.3 standard errors."""
    wrong, covered = {"unimodal": [], "point-normal": []}, []
    for world in range(25):
        y, se, true = _estimates(300, seed=100 + world)
        for shape in wrong:
            found = shrunken_estimates(y, se, shape=shape, null_weight=10.0)
            told = found.sign_q <= 0.05
            wrong[shape].append(np.mean(np.sign(found.estimate[told]) != np.sign(true[told])) if told.any() else 0.0)
        covered.append(np.mean((true >= found.low - 1e-9) & (true <= found.high + 1e-9)))
    for shape, share in wrong.items():
        assert np.mean(share) <= 0.05 + 3.3 * np.std(share) / np.sqrt(25), shape
    # A point at 0 within the interval makes it hold more than it says.
    assert np.mean(covered) >= 0.95 - 3.3 * np.std(covered) / np.sqrt(25)


def test_refusals():
    with pytest.raises(ValueError, match="missing"):
        shrunken_estimates([1.0, np.nan], [1.0, 1.0])
    with pytest.raises(ValueError, match="positive"):
        shrunken_estimates([1.0, 2.0], [1.0, 0.0])
    with pytest.raises(ValueError, match="at least one"):
        shrunken_estimates([], [])
    with pytest.raises(ValueError, match="unknown shape"):
        shrunken_estimates([1.0], [1.0], shape="round")
    with pytest.raises(ValueError, match="null_weight"):
        shrunken_estimates([1.0], [1.0], null_weight=0.5)
    assert set(PARAMETRIC) < set(get_args(Shape))
