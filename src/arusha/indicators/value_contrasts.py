"""An officer's goods of a declarant against the declarant's own goods with other officers, from sums over lots.

Under the null the officers' lots of one importer are exchangeable. The law of an officer's sum is then that of a draw
of so many lots without replacement from all lots of the importer: its first three moments are exact in the lots' sums
of powers, and Pearson's type III law through them gives the tail. Measured size at 1e-2 to 3e-4, for normal, t3, skewed
and outlying lots: 0.2 to 1.3 times nominal (docs/indicators/value-shortfall.md), where a normal law reaches 2.7 and
Student's t of the officer's own lots 3.7. Source: Pearson 1937; Edgington and Onghena 2007 for the approximation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import stats

from arusha.indicators.coded_columns import FloatArray, IntArray, coded, joint, numbers, sums
from arusha.indicators.value_records import SCALE

MOST_SKEWED = 3.0
"""Beyond this the type III law is all but exponential; it is read there."""


@dataclass(frozen=True)
class Contrasts:
    """One entry a pair of officer and declarant in one office. Gaps are natural logs."""

    office: tuple[str, ...]
    declarant: tuple[str, ...]
    officer: tuple[str, ...]
    n: IntArray
    """Items that other officers' goods of the same importer, product and quarter stand beside."""
    lots: IntArray
    other_lots: IntArray
    gap: FloatArray
    """Mean gap of the pair's goods to like goods of other declarants."""
    contrast: FloatArray
    """Mean difference to the declarant's own goods with other officers."""
    declared: FloatArray
    """The same of the values as declared: the rest is what colleagues raised and this officer did not."""
    se: FloatArray
    """Of the contrast, under the null."""
    p: FloatArray
    """Chance of so low a contrast."""

    def __len__(self) -> int:
        return int(self.n.size)


def three_moment_tail(z: FloatArray, skewness: FloatArray) -> FloatArray:
    """P(Z <= z) for Pearson's type III law of mean 0, variance 1 and that skewness."""
    skew = np.clip(skewness, -MOST_SKEWED, MOST_SKEWED)
    tail: FloatArray = stats.pearson3.cdf(z, skew)
    return np.clip(tail, 0.0, 1.0)


def draw_moments(
    drawn: FloatArray, of: FloatArray, total: FloatArray, square: FloatArray, cube: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Variance and third central moment of the sum of ``drawn`` values taken without replacement from ``of``.

    ``total``, ``square`` and ``cube`` are the sums of powers of all values. Entry by entry; 0 where nothing can vary.
    """
    g, h = drawn, of
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / h
        second = square - total * mean
        third = cube - 3.0 * mean * square + 2.0 * h * mean**3
        variance = np.where(h > 1, g * (h - g) / (h * (h - 1.0)) * second, 0.0)
        cubed = np.where(h > 2, g * (h - g) * (h - 2.0 * g) / (h * (h - 1.0) * (h - 2.0)) * third, 0.0)
    return np.maximum(variance, 0.0), cubed


def contrasts(pairs: pa.Table) -> Contrasts:
    """Contrasts of all pairs from the moments of their lots (``value_records.pairs_query``)."""

    def total(name: str, scale: float) -> FloatArray:
        return numbers(pairs, name) / scale

    information, n = total("information", SCALE), numbers(pairs, "n")
    spread = SCALE / 10.0
    v, third = total("variance", spread**2), total("cubed", spread**3)
    apart = total("apart", SCALE)
    informs = (information > 0) & (v > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z, skewness = apart / np.sqrt(v), third / v**1.5
        return Contrasts(
            tuple(pairs["office"].to_pylist()),
            tuple(pairs["declarant"].to_pylist()),
            tuple(pairs["officer"].to_pylist()),
            n,
            numbers(pairs, "lots"),
            numbers(pairs, "other_lots"),
            total("gap", SCALE) / n,
            np.where(informs, apart / information, np.nan),
            np.where(informs, total("declared_apart", SCALE) / information, np.nan),
            np.where(informs, np.sqrt(v) / information, np.nan),
            np.where(informs, three_moment_tail(np.where(informs, z, 0.0), np.where(informs, skewness, 0.0)), np.nan),
        )


def moments_of(parcels: pa.Table, aside: NDArray[np.bool_]) -> pa.Table:
    """Moments of pairs from parcels (``value_records.detail_query``), without those set aside.

    ``aside`` marks parcels that count in no mean. The same numbers as ``pairs_query`` makes of all goods.
    """
    kept = parcels.filter(pa.array(~aside))
    names = ("office", "declarant", "importer")
    keys = {name: coded(kept[name]) for name in (*names, "officer")}
    week = numbers(kept, "week")
    line, _ = joint(*(keys[name].code for name in names), numbers(kept, "line"))
    arm, arm_first = joint(line, keys["officer"].code)
    lines = int(line.max(initial=-1)) + 1
    n, gap, declared = (numbers(kept, name).astype(np.float64) for name in ("n", "gap", "declared_gap"))
    officers = np.bincount(line[arm_first], minlength=lines)
    whole = {k: sums(v, line, lines)[line] for k, v in (("n", n), ("gap", gap), ("declared", declared))}
    parcels_in = sums(np.ones(n.size), line, lines)[line]
    arm_n = sums(n, arm, arm_first.size)
    arm_told = np.floor(arm_n * (1.0 - arm_n / whole["n"][arm_first]) * SCALE + 0.5)
    rows = officers[line] > 1
    mean, declared_mean = whole["gap"] / whole["n"], whole["declared"] / whole["n"]
    factor = np.sqrt(parcels_in / np.maximum(parcels_in - 1.0, 1.0))
    columns = {
        "n": n,
        "gap": gap,
        "apart": np.floor(gap - n * mean + 0.5),
        "declared_apart": np.floor(declared - n * declared_mean + 0.5),
        "spread": np.floor((gap - n * mean) * factor + 0.5),
    }
    who = [keys[name].code[rows] for name in ("office", "declarant", "importer", "officer")]
    lot, lot_first = joint(*who, week[rows])
    lots = {name: sums(values[rows], lot, lot_first.size) for name, values in columns.items()}
    lots["spread"] = np.floor(lots["spread"] / 10.0 + 0.5)
    share, share_first = joint(*(code[lot_first] for code in who))
    shares = {name: sums(values, share, share_first.size) for name, values in lots.items()}
    powers = [sums(lots["spread"] ** k, share, share_first.size) for k in (1, 2, 3)]
    count = np.bincount(share, minlength=share_first.size).astype(np.float64)
    at = lot_first[share_first]
    importer, _ = joint(*(code[at] for code in who[:3]))
    of = int(importer.max(initial=-1)) + 1
    whole_count = sums(count, importer, of)[importer]
    variance, cubed = draw_moments(count, whole_count, *(sums(p, importer, of)[importer] for p in powers))
    shares |= {
        "lots": count,
        "other_lots": whole_count - count,
        "variance": np.floor(variance + 0.5),
        "cubed": np.floor(cubed + 0.5),
    }
    pair, pair_first = joint(who[0][at], who[1][at], who[3][at])
    named = {
        name: [keys[name].names[i] for i in code[at][pair_first]]
        for name, code in zip(("office", "declarant", "officer"), (who[0], who[1], who[3]), strict=True)
    }
    added = {name: sums(values, pair, pair_first.size).astype(np.int64) for name, values in shares.items()}
    # What an arm tells stands with its first parcel, so that it is counted once.
    told = np.zeros(n.size)
    told[arm_first] = arm_told
    lots_told = sums(told[rows], lot, lot_first.size)
    added["information"] = sums(sums(lots_told, share, share_first.size), pair, pair_first.size).astype(np.int64)
    return pa.table({**named, **added})


def without_ring(
    parcels: pa.Table, office: str, declarant: str, rate: float, least: float
) -> tuple[Contrasts, tuple[str, ...]]:
    """One declarant's pairs where officers that stand out are set aside in turn: each is tested without the others.

    Set aside is the officer with the smallest p on either side, if it is at most ``rate`` and the contrast at least
    ``least`` in size (an officer who raises values makes all others look low); at most half of the officers.
    """
    own = parcels.filter(pc.and_(pc.equal(parcels["office"], office), pc.equal(parcels["declarant"], declarant)))
    officer = np.array(own["officer"].to_pylist(), dtype=object)
    aside: list[str] = []
    while True:
        out = np.isin(officer, aside)
        found = _joined([contrasts(moments_of(own, out))] + [_one(own, officer, aside, name) for name in aside])
        p = np.where(np.isin(found.officer, aside), 1.0, np.minimum(found.p, 1.0 - found.p))
        p = np.where(np.abs(found.contrast) >= least, p, 1.0)
        if not len(found) or 2 * (len(aside) + 1) > len(found) or not np.nanmin(p) <= rate:
            return found, tuple(aside)
        aside.append(found.officer[int(np.nanargmin(p))])


def _one(own: pa.Table, officer: NDArray[np.generic], aside: list[str], name: str) -> Contrasts:
    """One officer that was set aside, tested without the others that were."""
    others = [other for other in aside if other != name]
    found = contrasts(moments_of(own, np.isin(officer, others)))
    return _take(found, [i for i, o in enumerate(found.officer) if o == name])


def _take(found: Contrasts, rows: Sequence[int]) -> Contrasts:
    def some(values: Any) -> Any:
        if isinstance(values, tuple):
            return tuple(values[i] for i in rows)
        return values[list(rows)]

    return Contrasts(**{name: some(values) for name, values in found.__dict__.items()})


def _joined(parts: Sequence[Contrasts]) -> Contrasts:
    def all_of(name: str) -> Any:
        values = [getattr(part, name) for part in parts]
        if isinstance(values[0], tuple):
            return tuple(v for part in values for v in part)
        return np.concatenate(values)

    return Contrasts(**{name: all_of(name) for name in parts[0].__dict__})


def replaced(found: Contrasts, again: Mapping[tuple[str, str], Contrasts]) -> Contrasts:
    """``found`` with the pairs of some declarants, by office and declarant, as tested again."""
    keys = zip(found.office, found.declarant, strict=True)
    rest = [i for i, key in enumerate(keys) if key not in again]
    return _joined([_take(found, rest), *again.values()])
