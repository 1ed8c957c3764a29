"""Against the numbers of COINr and psych, to the digits that closed forms can agree to."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from arusha.index import aggregate, normalise, reliability

CLOSED = 1e-12
"""Relative: closed forms; both sides round to 16 digits and sum 51 values at most."""


Golden = Callable[[str], dict[str, Any]]
Data = Callable[[str], Path]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NORMALISATIONS = {
    "minmax_0_100": ("LPI", lambda x: normalise.min_max(x)),
    "minmax_1_10": ("Flights", lambda x: normalise.min_max(x, 1, 10)),
    "zscore_0_1": ("LPI", lambda x: normalise.z_score(x)),
    "zscore_10_2": ("Flights", lambda x: normalise.z_score(x, 10, 2)),
    "scaled": ("LPI", lambda x: normalise.linear(x, 2, 4)),
    "dist2max": ("LPI", normalise.distance_to_most),
    "goalposts": ("LPI", lambda x: normalise.goalposts(x, 2.5, 4)),
    "dist2ref": ("LPI", lambda x: normalise.distance_to_unit(x, 4)),
    "fracmax": ("LPI", normalise.share_of_most),
    "prank": ("LPI", normalise.percentile_ranks),
    "rank": ("LPI", normalise.ranks),
    "borda": ("LPI", normalise.borda),
}


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_normalisations(golden: Golden, name: str) -> None:
    vectors = golden("coinr")["norm_vectors"]
    column, method = NORMALISATIONS[name]
    np.testing.assert_allclose(method(vectors["input"][column]), vectors[name], rtol=CLOSED, atol=1e-13)


def test_means(golden: Golden) -> None:
    given = golden("coinr")["agg_vectors"]
    x, w = given["x"], given["w"]
    found = {
        "amean": aggregate.arithmetic_mean(x, w),
        "gmean": aggregate.geometric_mean(x, w),
        "hmean": aggregate.harmonic_mean(x, w),
        "genmean_p2": aggregate.power_mean(x, w, 2.0),
        "genmean_p05": aggregate.power_mean(x, w, 0.5),
    }
    for name, value in found.items():
        assert value[0] == pytest.approx(given[name], rel=CLOSED)


def test_cronbach_with_missing_answers(golden: Golden, data: Data) -> None:
    expected = golden("coinr")["cronbach"]
    meta = [m for m in rows(data("composite_asem/ASEM_iMeta.csv")) if m["Type"] == "Indicator"]
    units = rows(data("composite_asem/ASEM_iData.csv"))

    def items(codes: list[str]) -> np.ndarray:
        return np.array([[float(r[c]) if r[c] not in ("", "NA") else np.nan for c in codes] for r in units])

    assert np.isnan(items([m["iCode"] for m in meta])).any()
    assert reliability.cronbach(items([m["iCode"] for m in meta])) == pytest.approx(expected["raw_all"], rel=CLOSED)
    physical = [m["iCode"] for m in meta if m["Parent"] == "Physical"]
    assert reliability.cronbach(items(physical)) == pytest.approx(expected["physical"], rel=CLOSED)


def test_alpha_and_its_companions(golden: Golden, data: Data) -> None:
    expected = golden("psychometrics_networks")["alpha_attitude"]
    names = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
    found = reliability.alpha([[float(r[n]) for n in names] for r in rows(data("psychometrics_networks/attitude.csv"))])
    pairs = {
        "raw": found.raw,
        "std": found.standardised,
        "G6": found.lambda6,
        "average_r": found.average_r,
        "alpha_drop": found.if_dropped,
        "r_cor": found.item_whole,
        "r_drop": found.item_rest,
    }
    for name, value in pairs.items():
        np.testing.assert_allclose(value, expected[name], rtol=CLOSED)
