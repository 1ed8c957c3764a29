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
PORT = json.loads((Path(__file__).parent / "threshold_reference.json").read_text())["rdrobust 2.1.1 (Python)"]["rows"]
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
