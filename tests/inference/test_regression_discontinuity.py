"""A jump in a regression: the authors' package over its options, brute force, and coverage by simulation."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from arusha.inference import discontinuity
from arusha.inference.local_regression import neighbour_residuals

Data = Callable[[str], Path]
REFERENCE = json.loads((Path(__file__).parent / "threshold_reference.json").read_text())
PORT = REFERENCE["rdrobust 2.1.1 (Python)"]["rows"]
FURTHER = REFERENCE["rdrobust 2.1.1 (Python), further columns"]["rows"]
SOURCES = {
    "senate": ("rdrobust_RDsenate.csv", "vote", "margin", 0.0),
    "gov": ("gov_transfers.csv", "Support", "Income_Centered", 0.0),
    "lmb": ("close_elections_lmb.csv", "score", "lagdemvoteshare", 0.5),
}
OURS = {
    "kernel": "kernel",
    "p": "p",
    "deriv": "derivative",
    "scaleregul": "regularise",
    "h": "bandwidth",
    "b": "bias_bandwidth",
    "bwselect": "selection",
    "vce": "variance",
    "bwcheck": "fewest_different",
    "sharpbw": "sharp_bandwidth",
}


@pytest.mark.parametrize("name", list(SOURCES))
def test_every_option_as_the_authors_have_it(data: Data, name: str) -> None:
    """Estimates, errors, intervals and bandwidths: measured within 1e-9; their own editions agree to 1e-8."""
    file, outcome, running, cutoff = SOURCES[name]
    with data(f"rdd_bunching/{file}").open(newline="") as source:
        rows = [r for r in csv.DictReader(source) if not {r[outcome], r[running]} & {"", "NA"}]
    y, x = (np.array([float(r[c]) for r in rows]) for c in (outcome, running))
    checked = 0
    for case, options, *want in PORT:
        if case != name:
            continue
        given: dict[str, Any] = {OURS[k]: v for k, v in options.items() if k in OURS}
        if options.get("masspoints") == "off":
            given["adjust"] = False
        found = discontinuity(y, x, cutoff, **given)
        robust = found.robust
        ours = [found.conventional.estimate, robust.estimate, found.conventional.se, robust.se, robust.low, robust.high]
        assert_allclose([*ours, *found.bandwidth, *found.bias_bandwidth, *found.used], want, rtol=1e-8)
        checked += 1
    assert checked == 24


@pytest.mark.parametrize("name", ["senate", "gov", pytest.param("lmb", marks=pytest.mark.slow)])
def test_covariates_treatment_weights_and_clusters_as_the_authors_have_them(data: Data, name: str) -> None:
    """Measured within 1e-9 as above. The first data set has covariates of its own; the other columns follow the row."""
    file, outcome, running, cutoff = SOURCES[name]
    own = ["Education", "Age"] if name == "gov" else []
    with data(f"rdd_bunching/{file}").open(newline="") as source:
        rows = [r for r in csv.DictReader(source) if not {r[c] for c in (outcome, running, *own)} & {"", "NA"}]
    y, x = (np.array([float(r[c]) for r in rows]) for c in (outcome, running))
    i = np.arange(y.size)
    columns = {
        "covs": np.column_stack([np.sin(i) + 0.01 * y, np.cos(3.0 * i)]),
        "fuzzy": np.sin(7.0 * i) + 0.5 * np.where(x >= cutoff, 1, -1) > 0,
        "weights": 1.5 + np.sin(5.0 * i),
        "cluster": i // (i.size // 60),
    }
    if own:
        columns["covs"] = np.array([[float(r[c]) for c in own] for r in rows])
    names = {"covs": "covariates", "fuzzy": "treatment", "weights": "weights", "cluster": "cluster"}
    checked = 0
    for case, which, options, *want in FURTHER:
        if case != name:
            continue
        given: dict[str, Any] = {OURS[k]: v for k, v in options.items()} | {names[k]: columns[k] for k in which}
        found = discontinuity(y, x, cutoff, **given)
        robust = found.robust
        ours = [found.conventional.estimate, robust.estimate, found.conventional.se, robust.se, robust.low, robust.high]
        assert_allclose([*ours, *found.bandwidth, *found.bias_bandwidth, *found.used], want, rtol=1e-8)
        checked += 1
    assert checked == 12


def test_covariates_treatment_and_weights_by_hand() -> None:
    """One weighted regression with a line on each side and the covariates of all; a ratio of two jumps."""
    random = np.random.default_rng(4)
    n, h = 400, 0.6
    x, Z, w = random.uniform(-1, 1, n), random.normal(size=(n, 2)), random.integers(1, 4, n)
    above = x >= 0
    received = random.random(n) < 0.2 + 0.5 * above
    y = 1 + x + Z @ [1.0, -2.0] + 0.7 * received + random.normal(0, 0.3, n)

    def jump(v: np.ndarray, *beside: np.ndarray) -> float:
        root = np.sqrt(np.maximum(1 - np.abs(x) / h, 0) * w)
        X = np.column_stack([above, np.ones(n), x, x * above, *beside])
        return float(np.linalg.lstsq(X * root[:, None], v * root, rcond=None)[0][0])

    how: dict[str, Any] = {"bandwidth": h, "weights": w}
    found = discontinuity(y, x, covariates=Z, **how)
    assert found.conventional.estimate == pytest.approx(jump(y, Z), rel=1e-10)
    # A covariate that says nothing more than another changes nothing.
    again = discontinuity(y, x, covariates=np.column_stack([Z, Z[:, 0] - Z[:, 1]]), **how)
    assert again.robust.estimate == pytest.approx(found.robust.estimate, rel=1e-9)
    both = discontinuity(y, x, covariates=Z, treatment=received, **how)
    assert both.conventional.estimate == pytest.approx(jump(y, Z) / jump(received * 1.0, Z), rel=1e-10)
    first = discontinuity(received, x, covariates=Z, **how).robust
    assert both.first_stage is not None
    assert (both.first_stage.estimate, both.first_stage.se) == pytest.approx((first.estimate, first.se), rel=1e-10)
    repeated = discontinuity(np.repeat(y, w), np.repeat(x, w), bandwidth=h, covariates=np.repeat(Z, w, axis=0))
    assert repeated.robust.estimate == pytest.approx(found.robust.estimate, rel=1e-10)
    with pytest.raises(ValueError, match="does not jump"):
        discontinuity(y, x, treatment=np.ones(n), **how)
    for wrong in ({"weights": -w}, {"covariates": Z[:5]}, {"treatment": np.full(n, np.nan)}):
        with pytest.raises(ValueError, match=r"row an observation|weights not below"):
            discontinuity(y, x, **wrong)


def test_by_hand() -> None:
    """Local linear fits by least squares; the corrected one is the quadratic fit where both bandwidths are the same."""
    random = np.random.default_rng(3)
    x = random.uniform(-1, 1, 200)
    y = 1 + x + 0.7 * (x >= 0) + random.normal(0, 0.3, 200)

    def level(side: np.ndarray, order: int) -> float:
        w = np.sqrt(np.maximum(1 - np.abs(x[side]) / 0.6, 0))
        X = x[side][:, None] ** np.arange(order + 1)
        return float(np.linalg.lstsq(X * w[:, None], y[side] * w, rcond=None)[0][0])

    found = discontinuity(y, x, bandwidth=0.6, bias_bandwidth=0.6)
    right, left = (x >= 0), (x < 0)
    assert found.conventional.estimate == pytest.approx(level(right, 1) - level(left, 1))
    assert found.robust.estimate == pytest.approx(level(right, 2) - level(left, 2))


def test_neighbours_by_hand() -> None:
    """Three nearest by definition, with ties: equal values and equal distances come all or not at all."""
    random = np.random.default_rng(5)
    x, y = np.sort(random.integers(0, 12, 40)).astype(float), random.normal(size=40)
    want = []
    for i in range(x.size):
        away = np.abs(x - x[i])
        reach = 0.0
        while np.sum(away <= reach) - 1 < 3:
            reach = float(np.min(away[away > reach]))
        near = away <= reach
        others = np.sum(near) - 1
        want.append(np.sqrt(others / (others + 1)) * (y[i] - (y[near].sum() - y[i]) / others))
    assert_allclose(neighbour_residuals(x, y, 3), want, rtol=1e-12, atol=1e-13)


def test_clusters_of_one_are_the_usual_residuals() -> None:
    """With every observation its own cluster the variance is that of HC0, but for the correction for n."""
    random = np.random.default_rng(6)
    x, y = random.normal(size=300), random.normal(size=300)
    a = discontinuity(y, x, bandwidth=1.0, cluster=np.arange(300)).conventional
    b = discontinuity(y, x, bandwidth=1.0, variance="hc0").conventional
    assert a.estimate == b.estimate
    assert a.se == pytest.approx(b.se, rel=0.02)


@pytest.mark.slow
def test_coverage() -> None:
    """Robust intervals, 600 worlds: 95% asked for, 92% at least (3.3 standard errors); the outcome bends strongly."""
    held = 0
    for seed in range(600):
        random = np.random.default_rng(seed)
        x = 2 * random.beta(2, 4, 800) - 1
        y = 0.5 + 1.3 * x - 3 * x**2 + 2 * x**3 + 0.1 * (x >= 0) + random.normal(0, 0.3, 800)
        robust = discontinuity(y, x).robust
        held += robust.low <= 0.1 <= robust.high
    assert held / 600 >= 0.92


@pytest.mark.slow
def test_covariates_shorten_the_interval_and_the_ratio_is_covered() -> None:
    """150 worlds of 600: 95% asked for, 89% at least (3.4 standard errors); half the noise is the covariate's."""
    held, length, plain = np.zeros(2), 0.0, 0.0
    for seed in range(150):
        random = np.random.default_rng(1000 + seed)
        x, z = random.uniform(-1, 1, 600), random.normal(0, 0.4, 600)
        got = random.random(600) < 0.2 + 0.6 * (x >= 0)
        y = 0.5 + x - x**2 + 0.3 * got + z + random.normal(0, 0.4, 600)
        with_z = discontinuity(y, x, covariates=z).robust
        ratio = discontinuity(y, x, covariates=z, treatment=got).robust
        held += [with_z.low <= 0.18 <= with_z.high, ratio.low <= 0.3 <= ratio.high]
        if seed < 30:
            without = discontinuity(y, x).robust
            length, plain = length + with_z.high - with_z.low, plain + without.high - without.low
    assert held.min() / 150 >= 0.89
    assert length < 0.8 * plain


@pytest.mark.parametrize(
    ("x", "options", "said"),
    [
        (np.arange(1.0, 40), {}, "outside"),
        (np.arange(-5.0, 6), {}, "fewer than 20"),
        (np.repeat([-1.0, 1.0], 20), {}, "different values|equal"),
        (np.arange(-20.0, 20), {"q": 1}, "derivative"),
        (np.arange(-20.0, 20), {"selection": "ik"}, "selection"),
        (np.arange(-20.0, 20), {"bandwidth": 0.5}, "different values"),
        (np.arange(-20.0, 20), {"bandwidth": -1.0}, "above 0"),
        (np.arange(-20.0, 20), {"bandwidth": 9.0, "cluster": np.zeros(40)}, "one cluster"),
    ],
)
def test_what_cannot_be_estimated_is_refused(x: np.ndarray, options: dict[str, Any], said: str) -> None:
    y = np.random.default_rng(1).normal(size=x.size)
    with pytest.raises(ValueError, match=said):
        discontinuity(y, x, 0.0, **options)
