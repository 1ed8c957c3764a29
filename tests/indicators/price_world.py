"""A port whose importers buy the same few products again and again, at prices of their own: for value-shortfall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

START = date(2025, 1, 6)
END = START + timedelta(days=364)
RATE = 0.2


def world(
    seed: int,
    *,
    declarations: int = 6000,
    officers: int = 6,
    declarants: int = 10,
    factor: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray] | None = None,
    raised: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    tail: float = 4.0,
) -> tuple[dict[str, pa.Table], np.ndarray, np.ndarray]:
    """Tables, and the true value and officer x declarant code (100 officer + declarant) of each item.

    ``factor(officer, declarant, product)`` multiplies declared values; ``raised(officer, declarant)`` is what officers
    multiply them by. Prices: product, origin, importer x product, a drifting market, a part that a declaration shares,
    and heavy tails.
    """
    rng = np.random.default_rng(seed)
    day = rng.integers(0, 364, declarations)
    share = 1 / np.arange(1, declarants + 1) ** 0.7
    who = rng.choice(declarants, declarations, p=share / share.sum())
    importer = who * 10 + rng.integers(0, 4, declarations)
    officer = rng.integers(0, officers, declarations)
    of = np.repeat(np.arange(declarations), 1 + rng.poisson(0.5, declarations))
    product = (importer[of] * 7 + rng.integers(0, 4, of.size) * 11) % 30
    origin = (product + rng.integers(0, 2, of.size)) % 5
    log_price = (
        rng.normal(3, 1, 30)[product]
        + rng.normal(0, 0.2, 5)[origin]
        + rng.normal(0, 0.25, (declarants * 10, 30))[importer[of], product]
        + np.cumsum(rng.normal(0, 0.05, 53))[day[of] // 7]
        + rng.normal(0, 0.1, declarations)[of]
        + rng.standard_t(tail, of.size) * 0.2
    )
    mass = np.exp(rng.normal(5, 1.0, of.size))
    true = np.exp(log_price) * mass
    declared = true * (factor(officer[of], who[of], product) if factor else 1.0)
    assessed = declared * (raised(officer[of], who[of]) if raised else 1.0)
    days = [START + timedelta(days=int(d)) for d in day]
    first = np.concatenate([[0], np.flatnonzero(np.diff(of)) + 1])
    number = np.arange(of.size) - np.repeat(first, np.diff(np.append(first, of.size))) + 1
    tables = {
        "declarations": pa.table(
            {
                "declaration_id": [f"D{i}" for i in range(declarations)],
                "office": ["PORT"] * declarations,
                "declarant_id": [f"B{b}" for b in who],
                "importer_id": [f"I{m}" for m in importer],
                "officer_id": [f"F{f}" for f in officer],
                "registered_on": pa.array(days, pa.date32()),
                "registered_at": pa.array([datetime(d.year, d.month, d.day) for d in days], pa.timestamp("us")),
                "source_file": pa.array([0] * declarations, pa.int16()),
                "source_line": pa.array(range(2, declarations + 2), pa.int64()),
            }
        ),
        "items": pa.table(
            {
                "declaration_id": [f"D{i}" for i in of],
                "item_no": number.tolist(),
                "hs_code": [f"61{p:04d}00" for p in product],
                "origin": [("CN", "IN", "DE", "FR", "US")[o] for o in origin],
                "net_mass_kg": mass.tolist(),
                "declared_value": declared.tolist(),
                "assessed_value": assessed.tolist(),
                "duty_rate": [RATE] * of.size,
            }
        ),
    }
    return tables, true, officer[of] * 100 + who[of]
