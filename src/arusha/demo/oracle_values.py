"""What could be found at best of undervaluation: prices against the law that honest ones come from.

Known are the mean price of each item (product, origin, quarter, importer), how far one shipment's price lies from it,
how likely something is wrong and how likely an officer finds it. The price that this shipment really had is not: nobody
has it to compare with, and with it every lowered value would be found for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from arusha.demo import handling
from arusha.demo.clock import DAYS, EXTRACT_AT
from arusha.demo.honest_chances import Knowing, examined, of_acts, of_wrong
from arusha.demo.oracle_units import EXPOSURE, FloatArray, IntArray, Units, grouped
from arusha.demo.trade import LEAST_DECLARED, MOST_DECLARED, UNDERSTATED, UNDERVALUED
from arusha.demo.world import World

LEAST = 0.05
"""The effect floor of value-shortfall: values lower by a twentieth."""
MOST_SKEWED = 3.0
NODES = 32


@dataclass(frozen=True)
class Prices:
    """Items that an officer handled; one entry an item. Natural logs of final over honest mean unit value."""

    office: IntArray
    officer: IntArray
    declarant: IntArray
    gap: FloatArray
    mean: FloatArray
    variance: FloatArray
    third: FloatArray
    """Central moment."""


def _powers() -> dict[str, FloatArray]:
    """First three raw moments of what a wrong declaration moves a log unit value by.

    ``declared``: a price left as declared; ``raised``: one of which a finding brought a part back; ``quantity``: a
    finding on a quantity, whose value is raised and whose mass is not. Both parts are uniform: by Gauss and Legendre.
    """
    x, weight = np.polynomial.legendre.leggauss(NODES)
    x, weight = 0.5 * (x + 1.0), 0.5 * weight
    part = LEAST_DECLARED + (MOST_DECLARED - LEAST_DECLARED) * x
    back = handling.LEAST_RECOVERED + (1.0 - handling.LEAST_RECOVERED) * x
    after = part[:, None] + (1.0 - part[:, None]) * back[None, :]
    both = weight[:, None] * weight[None, :]
    k = np.arange(1, 4)
    return {
        "declared": np.array([np.sum(weight * np.log(part) ** j) for j in k]),
        "raised": np.array([np.sum(both * np.log(after) ** j) for j in k]),
        "quantity": np.array([np.sum(both * np.log(after / part[:, None]) ** j) for j in k]),
    }


def prices(world: World, knowing: Knowing = Knowing.RISK) -> Prices:
    """Every item of a control with the honest law of its price."""
    part, h, d, lo = world.part, world.part.handling, world.part.draft, world.part.draft.lodged
    goods = world.country.goods
    row = lo.item_row
    at = np.flatnonzero((d.officer >= 0)[row])
    row = row[at]
    assessed = (part.course.assessed <= EXTRACT_AT)[row]
    final = np.where(assessed, part.outcome.item_assessed[at], part.outcome.item_declared[at])
    product, quarter = lo.item_true_product[at], np.minimum(lo.day[row] // (DAYS // 4), 3)
    usual = goods.log_price[product, lo.item_origin[at], quarter] + world.country.parties.quality[lo.importer[row]]

    leading = np.zeros(lo.item_row.size, dtype=bool)
    leading[lo.first_item] = True
    first = leading[at]
    wrong = np.where(first[:, None], of_wrong(world, knowing)[row], 0.0)
    acts = of_acts(world, knowing)
    finds = np.zeros((lo.rows, 4))
    acted = examined(world) | ~part.course.has_act[h.row]
    finds[h.row] = acts.finds * (1.0 - handling.NO_ACT) * acted[:, None]
    found = np.where(assessed[:, None], finds[row], 0.0)
    moved = _powers()
    low, short = wrong[:, UNDERVALUED], wrong[:, UNDERSTATED] * found[:, UNDERSTATED]
    seen = low * found[:, UNDERVALUED]
    raw = [
        (low - seen) * moved["declared"][j] + seen * moved["raised"][j] + short * moved["quantity"][j] for j in range(3)
    ]
    return Prices(
        lo.office[row],
        d.officer[row],
        lo.declarant[row],
        np.log(final / lo.item_mass[at]) - usual,
        raw[0],
        raw[1] - raw[0] ** 2 + goods.noise[product] ** 2,
        raw[2] - 3.0 * raw[0] * raw[1] + 2.0 * raw[0] ** 3,
    )


def shortfalls(world: World, knowing: Knowing = Knowing.RISK) -> Units:
    """Pairs: the mean log price of their items below its honest law (value-shortfall).

    The tail is Pearson's type III law through the exact first three moments, as the question has it.
    """
    found = prices(world, knowing)
    order, pointers, units = grouped(found.office, found.officer, found.declarant)
    n = np.diff(pointers)
    enough = np.flatnonzero(n >= EXPOSURE)
    n = n[enough]
    gap, mean, variance, third = (
        np.add.reduceat(values[order], pointers[:-1])[enough]
        for values in (found.gap, found.mean, found.variance, found.third)
    )
    z = (gap - mean) / np.sqrt(variance)
    skewness = np.clip(third / variance**1.5, -MOST_SKEWED, MOST_SKEWED)
    p = np.clip(stats.pearson3.cdf(z, skewness), 0.0, 1.0)
    below = np.expm1((gap - mean) / n) <= -LEAST
    office, officer, declarant = units[:, enough]
    return Units(office, officer, declarant, n, gap / n, mean / n, p, below)
