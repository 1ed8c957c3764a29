"""Declarants against like goods, where the records name no officer."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from arusha.indicators.definition import Settings
from arusha.indicators.signals import rows_of
from arusha.indicators.value_declarants import cluster_mean, declarant_findings
from arusha.indicators.value_pairs import Found
from arusha.indicators.value_shortfall import DEFINITION

SETTINGS = Settings(date(2025, 1, 6), date(2026, 1, 5))


def sums(gaps: list[list[tuple[int, float]]]) -> pa.Table:
    """Declarants by their products: (items, mean log gap) each; in hundredths, as the query makes them."""
    rows = []
    for number, products in enumerate(gaps):
        n = np.array([k for k, _ in products])
        gap = np.round(100 * n * np.array([g for _, g in products])).astype(int)
        rows.append(
            {
                "office": "PORT",
                "declarant": f"D{number:02d}",
                "products": n.size,
                "n": int(n.sum()),
                "gap": int(gap.sum()),
                "gap2": int((gap**2).sum()),
                "gap_n": int((gap * n).sum()),
                "n2": int((n**2).sum()),
            }
        )
    return pa.Table.from_pylist(rows)


def test_mean_and_error_by_hand() -> None:
    """Three products of 10, 20 and 30 items whose gaps add up to -1, 2 and -6."""
    s, n = np.array([-1.0, 2.0, -6.0]), np.array([10.0, 20.0, 30.0])
    arrays = (np.array([60]), *(np.array([v]) for v in (s.sum(), (s**2).sum(), (s * n).sum(), (n**2).sum())))
    mean, se = cluster_mean(*arrays, np.array([3]))
    assert mean[0] == pytest.approx(-5 / 60)
    assert se[0] == pytest.approx(np.sqrt(1.5 * np.sum((s + n * 5 / 60) ** 2)) / 60)


def declarants(count: int, low: float) -> list[list[tuple[int, float]]]:
    rng = np.random.default_rng(3)
    return [[(20, float(g)) for g in rng.normal(-low if k == 0 else 0.0, 0.05, 12)] for k in range(count)]


def rows(found: Found) -> list[dict[str, Any]]:
    return rows_of(found.columns, range(len(found.columns["signal"])))


def test_what_was_not_measured_is_not_said_to_have_been() -> None:
    few = declarant_findings(DEFINITION, sums(declarants(4, 0.0)), False, SETTINGS).notes
    assert [n.key for n in few] == ["value-few-declarants"]
    many = declarant_findings(DEFINITION, sums(declarants(30, 0.0)), False, SETTINGS).notes
    assert many[1].key == "value-scatter-declarants"
    assert many[1].values["units"] == 30


def test_a_declarant_far_below_all_others_stands_out_and_ordinary_ones_do_not() -> None:
    found = rows(declarant_findings(DEFINITION, sums(declarants(30, 1.2)), False, SETTINGS))
    assert [r["unit_id"] for r in found if r["signal"]] == ["D00"]
    assert found[0]["observed"] / found[0]["expected"] == pytest.approx(np.exp(-1.2), rel=0.05)
    # Among four nobody knows by how much declarants ordinarily differ: 40% less is not told from a third.
    few = rows(declarant_findings(DEFINITION, sums(declarants(4, 0.5)), False, SETTINGS))
    assert not any(r["signal"] for r in few)


def test_few_products_cannot_tell() -> None:
    found = rows(declarant_findings(DEFINITION, sums([[(20, 0.0)] * 5]), False, SETTINGS))
    assert found[0]["reason"] == "cannot tell: under 10 products"
    assert found[0]["p_value"] is None
