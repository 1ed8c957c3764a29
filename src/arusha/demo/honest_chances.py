"""What honest conduct leaves to chance in a generated year: findings, endings without an act, prices.

Computed from the generator's own parameters, the year as it was lodged and who handled it. Two states of knowledge:
before a file is opened (``Knowing.RISK``: how likely something is wrong with it, from the trader's and the goods' risk)
and with what is wrong already known (``Knowing.WRONG``). No records hold the second in any form.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from arusha.demo import handling
from arusha.demo.clock import EXTRACT_AT, to_utc
from arusha.demo.trade import EXPORT, MISCLASSIFIED, RISK_MIDDLE, UNDERVALUED, WRONG_IN_EXPORT, WRONG_SHARE
from arusha.demo.world import World

FloatArray = NDArray[np.float64]


class Knowing(Enum):
    """What is known of a file that nobody has opened."""

    RISK = "risk"
    WRONG = "wrong"


def of_wrong(world: World, knowing: Knowing) -> FloatArray:
    """Chance that a declaration is honest, undervalued, misclassified, understated: declarations by four."""
    lo, g = world.part.draft.lodged, world.country.goods
    out = np.zeros((lo.rows, 4))
    if knowing is Knowing.WRONG:
        out[np.arange(lo.rows), lo.wrong] = 1.0
        return out
    any_ = np.where(lo.procedure == EXPORT, WRONG_IN_EXPORT, 1.0 / (1.0 + np.exp(RISK_MIDDLE - lo.risk)))
    out[:, 1:] = any_[:, None] * np.array(WRONG_SHARE)
    # Where no product has a lower duty to borrow, it is the price instead.
    product = lo.item_true_product[lo.first_item]
    alone = g.neighbour[product] == product
    out[alone, UNDERVALUED] += out[alone, MISCLASSIFIED]
    out[alone, MISCLASSIFIED] = 0.0
    out[:, 0] = 1.0 - any_
    return out


@dataclass(frozen=True)
class Acts:
    """Controls in the order of ``handling.row``; (row, kind of wrong) arrays have four columns."""

    finds: FloatArray
    """Chance that an act, where one is made, finds what is wrong, by kind of wrong."""
    papers: FloatArray
    """Chance of a discrepancy in the papers alone."""
    discrepancy: FloatArray
    """Chance that an act, where one is made, writes down a discrepancy of either sort."""
    finding: FloatArray
    """Chance that it finds what is wrong."""


def of_acts(world: World, knowing: Knowing) -> Acts:
    """At the strictness of the officer who handled each file."""
    h, wrong = world.part.handling, of_wrong(world, knowing)[world.part.handling.row]
    strict = world.country.staff.strictness[world.part.draft.officer[h.row]]
    finds = np.minimum(handling.FINDS[h.act] * strict[:, None], handling.MOST_FOUND)
    papers = np.minimum(handling.PAPERS * strict, 1.0)
    finding = np.sum(wrong * finds, axis=1)
    return Acts(finds, papers, 1.0 - (1.0 - finding) * (1.0 - papers), finding)


def examined(world: World) -> NDArray[np.bool_]:
    """Controls (as in ``handling.row``) whose act was made and written down before the extract."""
    part, h = world.part, world.part.handling
    ended = to_utc(h.ended, world.country.zones, part.draft.lodged.office[h.row])
    return np.asarray(part.course.has_act[h.row] & (ended <= EXTRACT_AT))
