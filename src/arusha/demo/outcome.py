"""What it comes to: values and taxes after control, with and without what was planted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.demo.draft import Draft
from arusha.demo.handling import Handling
from arusha.demo.trade import HOME_USE, MISCLASSIFIED, tax


@dataclass
class Outcome:
    """Item arrays and their sums over declarations, money in thousandths.

    ``lost`` is tax that an honest course of the same declaration would have brought in.
    """

    item_declared: NDArray[np.int64]
    item_assessed: NDArray[np.int64]
    item_declared_tax: NDArray[np.int64]
    item_assessed_tax: NDArray[np.int64]
    item_assessed_product: NDArray[np.int64]
    item_duty: NDArray[np.float64]
    item_manual: NDArray[np.bool_]
    declared: NDArray[np.int64]
    assessed: NDArray[np.int64]
    declared_tax: NDArray[np.int64]
    assessed_tax: NDArray[np.int64]
    found: NDArray[np.bool_]
    lost: NDArray[np.int64]


def _sums(values: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.add.reduceat(values, first) if values.size else np.zeros(0, dtype=np.int64)


def settle(draft: Draft, h: Handling, number: int) -> Outcome:
    """Findings become assessed values and codes; the difference to the honest course is what was lost."""
    lo, g = draft.lodged, draft.country.goods
    row, first = lo.item_row, lo.first_item
    liable = (lo.procedure[row] == HOME_USE) & ~lo.item_exempt
    recover = np.zeros(lo.rows)
    recover[h.row] = h.recover
    leading = np.zeros(row.size, dtype=bool)
    leading[first] = True

    def after(found: NDArray[np.bool_], declared: NDArray[np.int64]):  # type: ignore[no-untyped-def]
        hit = found[row] & leading
        gap = np.maximum(lo.item_honest - declared, 0)
        assessed = declared + np.where(hit, np.round(gap * recover[row] / 10).astype(np.int64) * 10, 0)
        recoded = hit & (lo.wrong[row] == MISCLASSIFIED)
        product = np.where(recoded, lo.item_true_product, lo.item_product)
        return assessed, product, tax(assessed, g.duty[product], liable)

    honest_tax = after(draft.would_find, lo.item_declared)[2]
    declared = lo.item_declared
    planted = draft.value_factor != 1.0
    if planted.any():
        lower = np.maximum(10, np.round(declared * draft.value_factor[row] / 10).astype(np.int64) * 10)
        declared = np.where(planted[row], lower, declared)
    found = draft.would_find & ~draft.suppressed
    assessed, product, assessed_tax = after(found, declared)
    duty = g.duty[lo.item_product]
    declared_tax = tax(declared, duty, liable)
    return Outcome(
        item_declared=declared,
        item_assessed=assessed,
        item_declared_tax=declared_tax,
        item_assessed_tax=assessed_tax,
        item_assessed_product=product,
        item_duty=np.where(liable, g.duty[product], 0.0),
        item_manual=draft.country.random("manual", number).random(row.size) < 0.01,
        declared=_sums(declared, first),
        assessed=_sums(assessed, first),
        declared_tax=_sums(declared_tax, first),
        assessed_tax=_sums(assessed_tax, first),
        found=found,
        lost=_sums(honest_tax - assessed_tax, first),
    )
