from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from arusha.indicators.value_explanations import contrast_left
from arusha.indicators.value_parcels import Parcels


def parcels(levels: list[float], noise: float = 0.02) -> pa.Table:
    """One importer's goods, 60 weeks of each officer, whose prices lie at ``levels`` (natural logs)."""
    rng = np.random.default_rng(2)
    rows = [
        (f"U{i:02d}", week, line, round(1000 * (level + rng.normal(0, noise))))
        for i, level in enumerate(levels)
        for week in range(60)
        for line in range(2)
    ]
    size = len(rows)
    return pa.table(
        {
            "office": ["P"] * size,
            "declarant": ["D"] * size,
            "importer": ["M"] * size,
            "officer": [r[0] for r in rows],
            "week": [r[1] for r in rows],
            "line": [r[2] for r in rows],
            "n": [1] * size,
            "gap": [r[3] for r in rows],
            "declared_gap": [r[3] for r in rows],
        }
    )


@pytest.mark.parametrize(
    "levels",
    [
        pytest.param(np.linspace(-0.04, 0.04, 16).tolist(), id="measured"),
        pytest.param([-0.03, 0.0, 0.01, 0.0], id="assumed"),
    ],
)
def test_what_is_left_is_held_against_ordinary_differences_of_price(levels: list[float]) -> None:
    table = parcels(levels)
    exact = Parcels.of(table).contrasts().p[0]
    left = contrast_left(table, "U00")
    assert exact < 1e-5
    assert left.p is not None
    assert left.p > 0.05
    assert left.observed / left.n == pytest.approx(-levels[0] + np.mean(levels), abs=0.02)


def test_a_large_shortfall_that_is_left_stays_unlikely() -> None:
    left = contrast_left(parcels([-0.4, *np.linspace(-0.02, 0.02, 15)]), "U00")
    assert left.p is not None
    assert left.p < 1e-4
