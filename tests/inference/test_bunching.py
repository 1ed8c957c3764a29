"""Excess mass at thresholds: reference values, brute force, and intervals by simulation."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from arusha.inference import bins, bootstrapped, excess_mass
from arusha.inference.bunching import Bins, Region
from arusha.inference.threshold_response import dominated_region, elasticity, marginal_buncher


@pytest.fixture(scope="module")
def simulated(data: Callable[[str], Path]) -> dict[str, np.ndarray]:
    with data("rdd_bunching/bunching_data.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {k: np.array([float(r[f"{k}_vector"]) for r in rows if r[f"{k}_vector"]]) for k in ("kink", "notch")}


def test_reference(simulated: Any, golden: Callable[[str], dict[str, Any]]) -> None:
    """The R package rounds B, b and e to nine digits after the point."""
    want = golden("bunching")["kink_basic"]
    b = bins(simulated["kink"], 10_000, 50, 20, 20)
    assert b.at.tolist() == want["bins"]["bin"]
    assert b.count.tolist() == want["bins"]["freq"]
    found = excess_mass(b, Region(order=4), integrate=True)
    assert found.mass == pytest.approx(want["B"], abs=1e-9)
    assert found.normalised == pytest.approx(want["b"], abs=1e-9)
    assert elasticity(10_000, 50, found.normalised, 0.0, 0.2) == pytest.approx(want["e"], abs=1e-9)
    assert marginal_buncher(10_000, 50, found.normalised) == pytest.approx(want["marginal_buncher"], abs=1e-9)
    assert_allclose(found.counterfactual, want["cf"], rtol=1e-12)
    table = np.array(want["model_fit"]["values"])
    assert_allclose(found.coefficients, table[:, 0], rtol=1e-10)
    assert_allclose(found.se, table[:, 1], rtol=1e-10)


def test_the_reference_bootstrap_is_one_of_ours(simulated: Any, golden: Callable[[str], dict[str, Any]]) -> None:
    """Its 50 draws cannot be repeated without R's generator: they lie within what batches of 50 of ours give."""
    want = golden("bunching")["kink_basic"]
    b = bins(simulated["kink"], 10_000, 50, 20, 20)
    made = bootstrapped(b, Region(order=4), draws=2_000, residuals="raw", integrate=True)
    for found, key in ((made.mass, "B_sd_boot50"), (made.normalised, "b_sd_boot50")):
        batches = found.reshape(-1, 50).std(axis=1, ddof=1)
        assert batches.min() < want[key] < batches.max()


def test_excess_by_least_squares_without_the_region() -> None:
    """A level of its own for each bin of the region is the same as leaving the region out of the fit."""
    random = np.random.default_rng(2)
    step = np.arange(-15, 16)
    b = Bins(
        1_000.0 + 10 * step, step, random.poisson(200 - 3 * step + 60 * (step == 0) + 25 * (step == -1)).astype(float)
    )
    found = excess_mass(b, Region(below=1, above=2, order=3))
    outside = (step < -1) | (step > 2)
    curve = np.polynomial.Polynomial.fit(step[outside], b.count[outside], 3)(step)
    assert_allclose(found.counterfactual, curve, rtol=1e-9)
    assert found.mass == pytest.approx(np.sum((b.count - curve)[~outside]))
    assert found.normalised == pytest.approx(found.mass / curve[~outside].mean())
    assert found.below == pytest.approx(np.sum((b.count - curve)[(step >= -1) & (step <= 0)]))


def test_the_integration_constraint_holds_at_the_end() -> None:
    """Counts above, raised by the excess in proportion, are those that the counterfactual was fitted to."""
    step = np.arange(-20, 21)
    b = Bins(100.0 + step, step, (300.0 - 2 * step + 150 * (step == 0)))
    found = excess_mass(b, Region(order=2), integrate=True)
    above = step > 0
    raised = b.count * (1 + above * found.mass / b.count[above].sum())
    again = excess_mass(replace(b, count=raised), Region(order=2))
    assert_allclose(again.counterfactual, found.counterfactual, rtol=0.002)  # stops within one observation
    assert found.mass < excess_mass(b, Region(order=2)).mass
    assert found.iterations > 1


def test_round_numbers_and_other_levels_do_not_count_as_bunching() -> None:
    step = np.arange(-20, 21)
    at = 10_000.0 + 50 * step
    base = 300.0 - step
    heaped = base + 80.0 * (at % 500 == 0) + 30.0 * ((at % 250 == 0) & (at % 500 != 0)) + 500.0 * (step == 4)
    plain = excess_mass(Bins(at, step, heaped), Region(order=2))
    allowed = excess_mass(Bins(at, step, heaped), Region(order=2, round_numbers=(250.0, 500.0), levels=(10_200.0,)))
    assert plain.mass > 40
    # The threshold is round itself: what other round numbers have is taken off it.
    assert allowed.mass == pytest.approx(0.0, abs=1e-6)
    three = Region(order=2, round_numbers=(1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match="two round numbers"):
        excess_mass(Bins(at, step, heaped), three)


def test_a_notch_finds_how_far_above_the_missing_ones_were(simulated: Any) -> None:
    b = bins(simulated["notch"], 10_000, 50, 40, 40)
    value, far = dominated_region(10_000, 50, 0.18, 0.25)
    assert (value, far) == (10_934.0, 19)
    found = excess_mass(b, Region(order=5), notch=True, find_upper=True, dominated=far)
    assert found.below > -found.above  # the last step before more is missing than in excess
    wider = excess_mass(b, Region(order=5, above=found.upper + 1), notch=True)
    assert wider.below <= -wider.above
    assert found.normalised == pytest.approx(found.below / found.height)
    forced = excess_mass(b, Region(order=5, above=found.upper), notch=True, dominated=far)
    assert forced.mass == pytest.approx(found.mass)
    assert 0 < (found.dominated or 0) < 1
    step = np.arange(-20, 21)
    with pytest.raises(ValueError, match="no notch"):
        excess_mass(
            Bins(100.0 + step, step, 50.0 + 30 * (step == 1) * -1), Region(order=1), notch=True, find_upper=True
        )


def test_responses_by_their_formulas() -> None:
    assert elasticity(100, 5, 2, 0.0, 0.2) == pytest.approx(0.1 / 0.2)
    assert elasticity(100, 5, 2, 0.0, 0.2, parametric=True) == pytest.approx(-np.log(1.1) / np.log(0.8))
    assert elasticity(100, 5, 2, 0.1, 0.2, notch=True) == pytest.approx(0.1**2 / 2.1 / (0.1 / 0.9))
    e = elasticity(100, 5, 4, 0.1, 0.15, notch=True, parametric=True)
    kept, t = 1 / 1.2, 0.05 / 0.9
    assert kept - kept ** (1 + 1 / e) / (1 + 1 / e) - (1 - t) ** (1 + e) / (1 + e) == pytest.approx(0, abs=1e-9)
    assert np.isnan(elasticity(100, 5, 0.2, 0.9, 0.95, notch=True, parametric=True))


@pytest.mark.parametrize("edge", ["middle", "lowest", "highest"])
def test_bins_by_hand(edge: Any) -> None:
    values = np.array([94, 95, 97.5, 99, 100, 101, 102.5, 105, 105.1, np.nan])
    found = bins(np.tile(values, 3), 100, 5, 6, 6, edge)
    at = dict(zip(found.at.tolist(), (found.count / 3).tolist(), strict=True))
    want = {
        "middle": {95: 2, 100: 4, 105: 3},  # 97.5 begins the threshold's bin, 102.5 the next
        "lowest": {90: 1, 95: 3, 100: 3, 105: 2},
        "highest": {95: 2, 100: 3, 105: 3, 110: 1},
    }[edge]
    assert {k: v for k, v in at.items() if v} == want


@pytest.mark.parametrize(("spread", "least"), [(1.0, 0.91), (3.0, 0.90)])
def test_intervals_of_the_bootstrap_cover(spread: float, least: float) -> None:
    """200 worlds, counts as in a Poisson law or three times as scattered: measured 94 and 93 of 100 over 300 worlds.

    Least is 3.3 standard errors below 95, and below what residuals of 45 bins can tell. Raw residuals cover 88.
    """
    step = np.arange(-24, 25)
    mean = 300.0 - 2 * step + 0.02 * step**2 + 140 * (step == 0) + 60 * (step == -1)
    held = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        count = random.poisson(mean) if spread == 1 else random.negative_binomial(mean / (spread - 1), 1 / spread)
        b = Bins(10_000.0 + 50 * step, step, count.astype(float))
        se = bootstrapped(b, Region(order=4, below=1), draws=60, seed=seed).mass_se
        held += abs(excess_mass(b, Region(order=4, below=1)).mass - 200) < 1.96 * se
    assert held / 200 >= least


def test_too_few_bins_are_refused() -> None:
    with pytest.raises(ValueError, match="6 bins"):
        bins([1.0], 0.0, 1.0, 3, 9)
    step = np.arange(-6, 7)
    with pytest.raises(ValueError, match="too few bins"):
        excess_mass(Bins(0.0 + step, step, np.ones(13)), Region(below=3, above=3, order=9))
