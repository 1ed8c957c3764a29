"""Declarants against like goods of others, for records without officers: what can and cannot be said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import FloatArray, IntArray, coded, numbers
from arusha.indicators.definition import Definition, Note, Settings
from arusha.indicators.families import office_q
from arusha.indicators.ordinary_scatter import Scatter, ordinary_scatter, tail_against
from arusha.indicators.signal_rows import columns
from arusha.indicators.value_money import concentration
from arusha.indicators.value_pairs import Found, shrunken_logs
from arusha.inference.segments import whole_numbers

FEWEST_PRODUCTS = 10
"""Products of one importer: a declarant of fewer says more of its goods than of itself."""
SUMS = 100.0
"""Gaps of the query are in hundredths of a log."""


def cluster_mean(
    n: IntArray, total: FloatArray, square: FloatArray, cross: FloatArray, n2: FloatArray, clusters: IntArray
) -> tuple[FloatArray, FloatArray]:
    """A mean over items and its standard error when items of a cluster go together, from sums over clusters.

    ``total``, ``square``, ``cross``, ``n2``: sums over clusters of the cluster's sum s, of s^2, s n and n^2. The
    variance is G/(G-1) sum (s - m n)^2 / N^2. Source: linearised ratio of cluster totals (Cochran 1977).
    """
    items = whole_numbers(n, "n").astype(np.float64)
    G = clusters.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / items
        squares = np.maximum(square - 2.0 * mean * cross + mean**2 * n2, 0.0)
        se = np.where(G > 1, np.sqrt(G / (G - 1.0) * squares) / items, np.nan)
    return mean, se


def declarant_findings(definition: Definition, table: pa.Table, money: bool, settings: Settings) -> Found:
    """Every declarant with enough items as a row of the signals contract."""
    floor, least = settings.exposure_floor(definition), settings.effect_floor(definition)
    few = numbers(table, "n") < floor
    note = Note(
        "value-few-declarants",
        f"{int(few.sum())} declarants with under {floor:g} items with like goods are not listed.",
        {"declarants": int(few.sum())},
    )
    table = table.filter(pa.array(~few))
    result = Found(notes=[note])
    if not table.num_rows:
        return result
    n, products = numbers(table, "n"), numbers(table, "products")
    mean, se = cluster_mean(
        n,
        numbers(table, "gap") / SUMS,
        numbers(table, "gap2") / SUMS**2,
        numbers(table, "gap_n") / SUMS,
        numbers(table, "n2").astype(np.float64),
        products,
    )
    enough = (products >= FEWEST_PRODUCTS) & (se > 0)
    reason = [None if ok else f"cannot tell: under {FEWEST_PRODUCTS} products" for ok in enough]
    middle = float(np.median(mean[enough])) if enough.any() else 0.0
    error = np.where(enough, se, np.nan)
    z, info = -(mean - middle) / error, 1.0 / error**2
    scatter = ordinary_scatter(z, info)
    p = tail_against(_student(z, products - 1), z, info, scatter)
    office = table["office"].to_pylist()
    p = np.where(enough, p, np.nan)
    result.columns = columns(
        definition.id,
        settings,
        kind=["declarant"] * n.size,
        unit=table["declarant"].to_pylist(),
        other=[None] * n.size,
        office=office,
        n=n,
        observed=np.exp(mean),
        expected=np.full(n.size, np.exp(middle)),
        ratios=shrunken_logs(mean - middle, se, settings.level),
        p=p,
        q=office_q(p, office),
        reason=reason,
        beyond=np.expm1(mean - middle) <= -least,
    )
    if scatter.measured:
        result.notes.append(_scatter(scatter))
    if money:
        even, odd, tax = (numbers(table, name).astype(np.float64) for name in ("short_even", "short_odd", "tax"))
        cluster = coded(table["declarant"]).code
        result.tables["concentration"] = concentration(even, odd, tax, cluster, settings.seed, settings.level)
    return result


def _scatter(scatter: Scatter) -> Note:
    """How far declarants ordinarily differ, where it was measured."""
    percent = float(np.expm1(scatter.sd))
    text = (
        f"Declarants' prices ordinarily differ by {percent:.0%} from like goods, measured from the middle of "
        f"{scatter.units} of them; one stands out only beyond that. Cheaper goods look the same as low values."
    )
    return Note("value-scatter-declarants", text, {"share": round(percent, 4), "units": scatter.units})


def _student(z: FloatArray, df: IntArray) -> FloatArray:
    from scipy import stats

    tail: FloatArray = stats.t.sf(z, np.maximum(df, 1))
    return tail
