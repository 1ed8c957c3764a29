"""Halves and one factor of a scale: beside R's psych 2.2.9, by hand, and on a scale that is known."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from arusha.errors import ArushaError
from arusha.index.halves import one_factor, split_halves
from arusha.index.reliability import cronbach

Data = Callable[[str], Path]


@pytest.fixture
def attitude(data: Data) -> np.ndarray:
    with data("psychometrics_networks/attitude.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
    return np.array([[float(r[n]) for n in names] for r in rows])


def test_halves_beside_psych(attitude: np.ndarray) -> None:
    """Of six items, all ten splits. Of an odd number psych tries half of the list of splits only (18 of 35 here) and
    divides their sum by half their number (17.5), which is done again by hand; the best of all is among them."""
    draw = np.random.default_rng(4)
    core = draw.normal(size=200)
    loads = np.array([0.9, 0.7, 0.8, 0.5, 0.6, 0.3])
    x = np.clip(np.round(3 + core[:, None] * loads + draw.normal(size=(200, 6))), 1, 5)
    x[draw.random(x.shape) < 0.05] = np.nan
    six = split_halves(x)
    assert [six.best, six.worst, six.mean] == pytest.approx([0.692303351730, 0.607104370552, 0.656536759827], abs=1e-11)
    assert six.splits == 10
    seven = split_halves(attitude)
    assert seven.best == pytest.approx(0.892632206338, abs=1e-11)
    assert seven.splits == 35
    R = np.corrcoef(attitude.T)
    found = []
    for i in range(7):
        for j in range(i + 1, 7):
            for k in range(j + 1, 7):
                half = np.isin(np.arange(7), (i, j, k)).astype(float)
                found.append(4 * half @ R @ (1 - half) / R.sum())
    assert [min(found[:18]), sum(found[:18]) / 17.5] == pytest.approx([0.743343837733, 0.851179718227], abs=1e-11)
    assert [seven.worst, seven.mean] == pytest.approx([min(found), np.mean(found)], abs=1e-12)


def test_the_mean_of_equal_halves_is_alpha() -> None:
    """Of standardised items and an even number: Cronbach 1951."""
    x = np.random.default_rng(1).normal(size=(80, 8)) + np.random.default_rng(2).normal(size=(80, 1))
    x = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    assert split_halves(x).mean == pytest.approx(cronbach(x), abs=1e-12)


def test_the_worst_split_parts_two_scales() -> None:
    draw = np.random.default_rng(3)
    one, other = draw.normal(size=(2, 400, 1))
    x = np.hstack([one + 0.7 * draw.normal(size=(400, 3)), other + 0.7 * draw.normal(size=(400, 3))])
    found = split_halves(x)
    assert set(found.worst_half) in ({0, 1, 2}, {3, 4, 5})
    assert found.worst < 0.2 < 0.6 < found.best


def test_one_factor_beside_psych(attitude: np.ndarray) -> None:
    """1e-6: psych's search for the items' own variances ends there."""
    found = one_factor(attitude)
    loadings = [0.757772224935, 0.833827161664, 0.603427276333, 0.788727056277, 0.841119377112, 0.284464807131]
    assert found.loadings == pytest.approx([*loadings, 0.491046864893], abs=2e-6)
    assert found.omega == pytest.approx(0.850992465078, abs=1e-7)
    assert found.residual == pytest.approx(0.107341183669, abs=1e-7)


def test_a_scale_that_is_one_factor() -> None:
    """Correlations made of loadings give them back; omega is the ratio of variances, and alpha at most that."""
    loads = np.array([0.9, 0.7, 0.5, 0.6])
    R = np.outer(loads, loads)
    np.fill_diagonal(R, 1.0)
    draw = np.random.default_rng(5).normal(size=(50, 4))
    draw = draw - draw.mean(axis=0)
    white = draw @ np.linalg.inv(np.linalg.cholesky(np.cov(draw.T))).T
    x = white @ np.linalg.cholesky(R).T
    found = one_factor(x)
    assert found.loadings == pytest.approx(loads, abs=1e-7)
    assert found.residual == pytest.approx(0.0, abs=1e-8)
    assert found.omega == pytest.approx(loads.sum() ** 2 / R.sum(), abs=1e-8)
    assert cronbach(x) < found.omega


def test_what_is_refused() -> None:
    x = np.random.default_rng(6).normal(size=(60, 3))
    with pytest.raises(ArushaError, match="one answer only"):
        split_halves(np.column_stack([x, np.ones(60)]))
    with pytest.raises(ArushaError, match="too many halves"):
        split_halves(np.random.default_rng(7).normal(size=(60, 19)))
    with pytest.raises(ArushaError, match="many factors"):
        one_factor(x[:, :2])
    with pytest.raises(ArushaError, match="explained in full"):
        one_factor(np.column_stack([x[:, 0], x[:, 0] + x[:, 1], x[:, 0] - x[:, 1]]))
