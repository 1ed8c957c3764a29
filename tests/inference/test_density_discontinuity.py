"""The manipulation test: reference values, the authors' Python port, brute force, and size and power by simulation."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import integrate

from arusha.inference import binomial_windows, density_test
from arusha.inference.one_sided_kernels import empirical_process_gram, gram, next_moments, weights

Data = Callable[[str], Path]
PORT = json.loads((Path(__file__).parent / "threshold_reference.json").read_text())["rddensity 3.0 (Python)"]["rows"]
SOURCES = {
    "senate": ("rddensity_senate.csv", "d", 0.0),
    "gov": ("gov_transfers_density.csv", "Income_Centered", 0.0),
    "lmb": ("close_elections_lmb.csv", "lagdemvoteshare", 0.5),
}


def column(path: Path, name: str) -> np.ndarray:
    with path.open(newline="") as file:
        return np.array([float(row[name]) for row in csv.DictReader(file) if row[name] not in ("", "NA")])


@pytest.fixture(scope="module")
def series(data: Data) -> Callable[[str], tuple[np.ndarray, float]]:
    def read(name: str) -> tuple[np.ndarray, float]:
        file, name, cutoff = SOURCES[name]
        return column(data(f"rdd_bunching/{file}"), name), cutoff

    return read


@pytest.mark.parametrize(("case", "order"), [("senate_default", 2), ("senate_p3", 3)])
def test_reference(series: Any, golden: Callable[[str], dict[str, Any]], case: str, order: int) -> None:
    """Ours by QR; R inverts the normal equations of up to 12 columns and loses digits there: measured 5e-10."""
    x, cutoff = series("senate")
    want, found = golden("rddensity")[case], density_test(x, cutoff, p=order)
    j = found.robust
    ours = [j.density.left, j.density.right, j.density.difference, j.se.left, j.se.right, j.se.difference, j.t, j.p]
    theirs = [*want["hat"].values(), *want["sd_jk"].values(), want["test"]["t_jk"], want["test"]["p_jk"]]
    assert_allclose(ours, theirs, rtol=2e-9)
    assert_allclose(found.bandwidth, [want["h"]["left"], want["h"]["right"]], rtol=2e-9)
    assert found.n == (want["N"]["left"], want["N"]["right"])
    assert found.used == (want["N"]["eff_left"], want["N"]["eff_right"])
    bino = binomial_windows(x, cutoff, bandwidth=found.bandwidth)
    assert_allclose(bino.p, want["bino"]["pval"], rtol=1e-12)
    assert_allclose(bino.left_width, want["bino"]["LeftWindow"], rtol=1e-15)
    assert_allclose(bino.right_width, want["bino"]["RightWindow"], rtol=1e-15)
    assert bino.left.tolist() == want["bino"]["LeftN"]
    assert bino.right.tolist() == want["bino"]["RightN"]


@pytest.mark.parametrize("name", list(SOURCES))
def test_every_option_as_the_authors_have_it(series: Any, name: str) -> None:
    """Their normal equations again; the restricted fit, whose columns are nearly alike, loses most: measured 2e-7."""
    x, cutoff = series(name)
    rows = [row for row in PORT if row[0] == name]
    assert len(rows) > 10
    for _, p, kernel, fit, variance, ties, selection, *want in rows:
        found = density_test(
            x, cutoff, p=p, kernel=kernel, fit=fit, variance=variance, mass_points=ties, selection=selection
        )
        j = found.robust
        ours = [j.density.left, j.density.right, j.se.left, j.se.right, j.se.difference, j.t, found.conventional.t]
        assert_allclose([*ours, *found.bandwidth, *found.used], want, rtol=1e-6)


@pytest.mark.parametrize("kernel", ["triangular", "uniform", "epanechnikov"])
def test_moments_are_the_integrals(kernel: Any) -> None:
    def k(u: float) -> float:
        return float(weights(np.array([u]), kernel)[0])

    for i, j in ((0, 0), (1, 2), (3, 1)):
        assert gram(3, kernel)[i, j] == pytest.approx(integrate.quad(lambda u, a: u**a * k(u), 0, 1, i + j)[0])
        assert next_moments(3, 4, kernel)[i] == pytest.approx(integrate.quad(lambda u, a: u**a * k(u), 0, 1, i + 4)[0])
        grid = (np.arange(4_000) + 0.5) / 4_000  # midpoints: an error of the order of 1e-7
        u, v, w = grid[:, None], grid[None, :], weights(grid, kernel)
        double = np.mean(np.minimum(u, v) * u**i * v**j * w[:, None] * w[None, :])
        assert empirical_process_gram(3, kernel)[i, j] == pytest.approx(double, abs=1e-6)


def by_hand(x: np.ndarray, h: float, order: int) -> tuple[float, float, float]:
    """Densities and the jackknife's standard error of their difference, observation by observation."""
    x = np.sort(x)
    n = x.size
    F = np.array([(np.sum(x <= v) - 1) / (n - 1) for v in x])
    inside = np.abs(x) <= h
    w = np.where(inside, (1 - np.abs(x) / h) / h, 0.0)
    X = np.zeros((n, 2 * order + 2))
    for k in range(order + 1):
        X[x < 0, k] = x[x < 0] ** k
        X[x >= 0, order + 1 + k] = x[x >= 0] ** k
    S = np.linalg.inv(X.T @ (w[:, None] * X))
    b = S @ X.T @ (w * F)
    middle = np.zeros_like(S)
    for i in np.flatnonzero(inside):
        first = int(np.flatnonzero(x == x[i])[0])
        later = np.arange(n) > first
        one = (X * w[:, None])[later].sum(axis=0) / (n - 1)
        middle += np.outer(one, one)
    V = S @ middle @ S
    a, c = 1, order + 2
    return float(b[a]), float(b[c]), float(np.sqrt(V[a, a] + V[c, c] - 2 * V[a, c]))


@pytest.mark.parametrize("digits", [8, 1])
def test_by_hand(digits: int) -> None:
    """Also with repeated values: rounded to one digit, ten share each."""
    x = np.round(np.random.default_rng(4).normal(0.3, 1, 300), digits)
    found = density_test(x, 0.0, p=1, q=2, bandwidth=1.3).robust
    want = by_hand(x, 1.3, 2)
    assert_allclose([found.density.left, found.density.right, found.se.difference], want, rtol=1e-9)


def test_binomial_windows_by_their_options() -> None:
    x = np.concatenate([-np.arange(1, 41), np.arange(0, 60, 2)]).astype(float)
    wide = binomial_windows(x, width=(5, 9), step_width=(1, 2), windows=3)
    assert wide.left.tolist() == [5, 6, 7]
    assert wide.right.tolist() == [5, 6, 7]
    counted = binomial_windows(x, count=4, step_count=3, windows=2)
    assert counted.left_width.tolist() == [6.0, 12.0]  # four on the right reach to 6, three more to 12
    assert counted.right.tolist() == [4, 7]
    only = binomial_windows(x, width=5.0, bandwidth=3.0)
    assert only.p.size == 1
    assert only.p[0] == pytest.approx(1.0, abs=0.3)
    squeezed = binomial_windows(x, width=5.0, bandwidth=14.0, windows=4)
    assert squeezed.left_width.tolist() == [5.0, 8.0, 11.0, 14.0]


def test_size_and_power() -> None:
    """300 worlds without a jump: 5% asked for, at most 9.2% (3.3 standard errors). The density falls by half nearby.

    With half of those up to 0.3 below the threshold moved over it, 71 of 100 worlds were seen: at least 55.
    """
    false, seen = 0, 0
    for seed in range(300):
        random = np.random.default_rng(seed)
        x = random.exponential(1.0, 2_000) - 1.0
        false += density_test(x).robust.p <= 0.05
        if seed < 100:
            moved = (x < 0) & (x > -0.3) & (random.random(2_000) < 0.5)
            seen += density_test(np.where(moved, -x, x)).robust.p <= 0.05
    assert false / 300 <= 0.092
    assert seen / 100 >= 0.55


@pytest.mark.parametrize(
    ("x", "options", "said"),
    [
        ([1.0] * 30, {}, "outside"),
        (list(range(1, 40)), {}, "outside"),
        ([*range(-5, 40)], {}, "fewer than 10"),
        ([float("nan"), *range(-30, 30)], {}, "missing"),
        ([-1.0] * 30 + [1.0] * 30, {}, "different values"),
        ([*range(-30, 30)], {"p": 8}, "p is"),
        ([*range(-30, 30)], {"kernel": "normal"}, "kernels"),
        ([*range(-30, 30)], {"fit": "restricted", "bandwidth": (10, 12)}, "one bandwidth"),
        ([*range(-30, 30)], {"fit": "restricted", "selection": "each"}, "one bandwidth"),
        ([*range(-30, 30)], {"bandwidth": -1.0}, "above 0"),
        ([*range(-30, 30)], {"selection": "best"}, "selection"),
    ],
)
def test_what_cannot_be_tested_is_refused(x: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        density_test(x, 0.0, **options)
