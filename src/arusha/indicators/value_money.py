"""What low values cost in tax, and how far the loss is concentrated: signed, weighted by tax, with bootstrap intervals.

A sum of positive parts reports a loss where there is only noise; every gap counts here with its sign. An item's weight
is the tax that it would bear at the price of like goods, never its own tax, which is low where its price is low.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import FloatArray, IntArray, coded, joint, numbers, sums
from arusha.indicators.value_records import SCALE
from arusha.inference import bootstrap
from arusha.inference.segments import in_threads

DRAWS = 2000
CURVE_DRAWS = 400
COUNTS_AT_ONCE = 4_000_000
"""Drawn counts of clusters held in memory at a time."""
THREADS = min(os.cpu_count() or 1, 8)
"""Threads of the curve's draws; results are the same for any number."""
TOPS = (1, 2, 3, 5, 10, 20, 50, 100)
HUNDREDTHS = 100.0


@dataclass(frozen=True)
class Stake:
    """Tax at stake in one pair, in national currency, with its interval."""

    estimate: float
    low: float
    high: float
    gap: float
    """The tax-weighted mean of the log gap."""
    borne: float
    """The tax that the compared goods bore."""


def tax_at_stake(
    parcels: pa.Table, officer: str, aside: tuple[str, ...], seed: np.random.SeedSequence, level: float
) -> Stake | None:
    """What the pair's compared goods would have borne at the declarant's own prices with others, less what they did.

    Parameters
    ----------
    parcels
        One declarant's parcels in one office (``value_records.detail_query``).
    officer
        The pair's officer.
    aside
        Officers whose goods of this declarant count in no mean.

    L = T (exp(-g) - 1), T the tax that the compared goods bore, g = sum w (gap - m) / sum w over the officer's parcels,
    m the mean of the other officers' goods of the line, w the tax at the importer's own price level. That level is the
    mean of all goods of the line: weighed by exp(m), lines in which m came out high by chance would count for more, and
    noise alone would cost tax. A shift of logs by g is a factor exp(g) on sums whatever the law of prices, so that the
    back-transformation needs no smearing; where only a part of the goods was lowered, and that by much, L is too large.
    The interval draws lots anew on both sides: an officer's week of one importer. None where nothing compares.
    """
    who = np.array(parcels["officer"].to_pylist(), dtype=object)
    kept = (who == officer) | ~np.isin(who, list(aside))
    parcels, who = parcels.filter(pa.array(kept)), who[kept]
    line, _ = joint(coded(parcels["importer"]).code, numbers(parcels, "line"))
    lines = int(line.max(initial=-1)) + 1
    mine = who == officer
    n, gap = numbers(parcels, "n").astype(np.float64), numbers(parcels, "gap") / SCALE
    others = sums(np.where(mine, 0.0, n), line, lines)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(others > 0, sums(np.where(mine, 0.0, gap), line, lines) / others, np.nan)
    at = np.nan_to_num(mean)[line]
    compared = others[line] > 0
    level_of = np.exp((sums(gap, line, lines) / sums(n, line, lines))[line])
    weight = np.where(mine & compared, numbers(parcels, "reference_tax") * level_of, 0.0) / HUNDREDTHS
    moved = np.where(
        mine & compared, (numbers(parcels, "gap_tax") - numbers(parcels, "reference_tax") * at) * level_of, 0.0
    )
    W = weight.sum()
    if W <= 0:
        return None
    own_line = sums(weight, line, lines)
    with np.errstate(divide="ignore", invalid="ignore"):
        back = np.where(others > 0, own_line / others, 0.0)[line] * (gap - n * at)
    influence = np.where(mine, moved / HUNDREDTHS, -back) / W
    lot, _ = joint(coded(parcels["importer"]).code, coded(parcels["officer"]).code, numbers(parcels, "week"))
    informs = compared & (mine | (own_line[line] > 0))
    if np.unique(lot[informs]).size < 4:
        return None
    drawn = bootstrap.total(influence[informs], lot[informs], strata=mine[informs], level=level, draws=DRAWS, seed=seed)
    borne = float(np.sum(np.where(mine & compared, numbers(parcels, "tax"), 0))) / HUNDREDTHS
    worth = [borne * float(np.expm1(-g)) for g in (drawn.estimate, drawn.high, drawn.low)]
    return Stake(worth[0], worth[1], worth[2], drawn.estimate, borne)


def concentration(
    short_even: FloatArray, short_odd: FloatArray, tax: FloatArray, cluster: IntArray, seed: int, level: float
) -> pa.Table:
    """How much of the tax the units with the largest shortfalls hold: a curve, without names.

    Units are put in order by the shortfall of even weeks and counted by that of odd weeks, and the other way round, so
    that an order made by noise adds nothing: without any shortfall the curve stays at nought. ``cluster`` (declarants)
    are drawn anew for the interval, and the order is made anew in each draw.

    Returns
    -------
    pa.Table
        ``units`` (how many), ``shortfall`` in national currency, and its ``share`` of the tax of all goods compared
        with ``low`` and ``high``.
    """
    whole = tax.sum() / HUNDREDTHS
    size = short_even.size
    tops = sorted({k for k in TOPS if k < size} | {size})
    if not size or whole <= 0:
        return pa.table({name: pa.array([], kind) for name, kind in _CURVE.items()})
    names, code = np.unique(cluster, return_inverse=True)
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, size])))
    orders = []
    for by, counted in ((short_even, short_odd), (short_odd, short_even)):
        order = np.argsort(-by, kind="stable")
        orders.append((code[order].astype(np.int64), counted[order]))
    once = np.ones((1, names.size), dtype=np.int64)
    estimate = _curves(orders, once, tops)[0]
    even_chance = np.full(names.size, 1.0 / names.size)
    step = max(1, COUNTS_AT_ONCE // names.size)
    draws = np.concatenate(
        [
            _curves(orders, random.multinomial(names.size, even_chance, min(step, CURVE_DRAWS - i)), tops)
            for i in range(0, CURVE_DRAWS, step)
        ]
    )
    low, high = np.quantile(draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
    columns = (tops, estimate, estimate / whole, low / whole, high / whole)
    return pa.table(dict(zip(_CURVE, columns, strict=True)))


_CURVE = {
    "units": pa.int64(),
    "shortfall": pa.float64(),
    "share": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
}


def _curves(orders: list[tuple[IntArray, FloatArray]], times: IntArray, tops: list[int]) -> FloatArray:
    """Twice cross-fitted sums of the largest units, each counted as often as its cluster was drawn; a row a draw."""
    from arusha.indicators import value_kernel

    total, asked = np.zeros((len(times), len(tops))), np.array(tops, dtype=np.int64)
    for cluster, counted in orders:

        def run(first: int, last: int, cluster: IntArray = cluster, counted: FloatArray = counted) -> None:
            value_kernel.largest_held(cluster, counted, times, asked, first, last, total)

        in_threads(run, len(times), THREADS)
    return total / HUNDREDTHS
