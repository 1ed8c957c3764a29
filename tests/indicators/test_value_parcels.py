from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from arusha.indicators.value_contrasts import Contrasts
from arusha.indicators.value_pairs import shrunken_logs
from arusha.indicators.value_parcels import Parcels, without_ring


@pytest.fixture(scope="module")
def parcels() -> pa.Table:
    """Two offices, three declarants with two importers each, six officers; the first officer values low for one."""
    rng = np.random.default_rng(3)
    size = 4000
    pick = {name: rng.integers(0, k, size) for name, k in (("o", 2), ("d", 3), ("i", 2), ("u", 6), ("line", 9))}
    n = rng.integers(1, 4, size)
    low = (pick["u"] == 0) & (pick["d"] == 1) & (pick["o"] == 0)
    gap = np.round(n * (rng.normal(0, 120, size) - 400 * low)).astype(np.int64)
    return pa.table(
        {
            "office": [f"P{k}" for k in pick["o"]],
            "declarant": [f"D{k}" for k in pick["d"]],
            "importer": [f"M{k}" for k in pick["i"]],
            "line": pick["line"],
            "officer": [f"U{k}" for k in pick["u"]],
            "week": rng.integers(0, 30, size),
            "n": n,
            "gap": gap,
            "declared_gap": gap - 5,
        }
    )


def same(found: Contrasts, other: Contrasts) -> None:
    for name, values in found.__dict__.items():
        theirs = getattr(other, name)
        if isinstance(values, tuple):
            assert values == theirs
        else:
            np.testing.assert_array_equal(values, theirs)


def of(table: pa.Table, office: str, declarant: str) -> pa.Table:
    return table.filter(pc.and_(pc.equal(table["office"], office), pc.equal(table["declarant"], declarant)))


def test_each_declarant_stands_for_itself(parcels: pa.Table) -> None:
    whole = Parcels.of(parcels)
    names = [(office, declarant) for office, declarant, _ in whole.declarants()]
    assert names == [(f"P{o}", f"D{d}") for o in range(2) for d in range(3)]
    for office, declarant, own in whole.declarants():
        same(own.contrasts(), Parcels.of(of(parcels, office, declarant)).contrasts())


def test_pairs_set_aside_are_as_if_they_had_no_parcels(parcels: pa.Table) -> None:
    table = of(parcels, "P1", "D2")
    own = Parcels.of(table)
    aside = np.isin(own.officer.names, ["U2", "U3"])
    without = table.filter(pc.invert(pc.is_in(table["officer"], pa.array(["U2", "U3"]))))
    same(own.contrasts(aside), Parcels.of(without).contrasts())
    aside[own.officer.names.index("U3")] = False
    alone = own.contrasts(aside, only=own.officer.names.index("U3"))
    assert alone.officer == ("U3",)
    with_it = Parcels.of(table.filter(pc.not_equal(table["officer"], "U2"))).contrasts()
    assert alone.p[0] == with_it.p[with_it.officer.index("U3")]


def test_the_pair_that_values_low_is_set_aside_and_tested_without_nobody_else(parcels: pa.Table) -> None:
    own = Parcels.of(of(parcels, "P0", "D1"))
    found, aside = without_ring(own, 0.002, 0.05)
    assert aside == ("U0",)
    plain = own.contrasts()
    assert found.officer[-1] == "U0"
    assert found.p[-1] == plain.p[0] < 1e-6
    # Without the low one, nobody else looks high.
    assert np.all(np.minimum(found.p, 1 - found.p)[:-1] > 0.002)


def test_a_pair_alone_on_its_lines_informs_of_nothing() -> None:
    rows = [("A", 1, w, 10) for w in range(12)] + [("B", 1, w, -10) for w in range(12)] + [("C", 2, 1, 5)]
    table = pa.table(
        {
            "office": ["P"] * 25,
            "declarant": ["D"] * 25,
            "importer": ["M"] * 25,
            "officer": [r[0] for r in rows],
            "line": [r[1] for r in rows],
            "week": [r[2] for r in rows],
            "n": [1] * 25,
            "gap": [r[3] for r in rows],
            "declared_gap": [r[3] for r in rows],
        }
    )
    own = Parcels.of(table)
    assert own.informing(np.zeros(3, dtype=bool)).tolist() == [True, True, False]
    # B alone is left, and A beside it: both still inform, each beside what is kept.
    assert own.informing(np.array([True, False, False])).tolist() == [True, False, False]
    assert own.contrasts().officer == ("A", "B")


def test_shrunken_differences_are_the_same_on_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    se = rng.uniform(0.01, 0.1, 4500)
    values = rng.normal(0, se)
    found = []
    for threads in (1, 2, 4):
        monkeypatch.setattr("arusha.indicators.value_pairs.THREADS", threads)
        found.append(shrunken_logs(values, se, 0.95))
    for other in found[1:]:
        for name in ("effect", "low", "high"):
            np.testing.assert_array_equal(getattr(found[0], name), getattr(other, name))
