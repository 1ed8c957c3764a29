"""Families for the control of false discoveries: a question's offices, and the kinds of unit that share its rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.inference.multiplicity import hierarchical_bh

FloatArray = NDArray[np.float64]


def office_q(p: ArrayLike, office: Sequence[str | None] | NDArray[np.generic], *, share: float = 1.0) -> FloatArray:
    """q-values of one kind of unit: offices first, then the units within the offices that stand out.

    Parameters
    ----------
    p
        One a unit; NaN where the unit was not tested, which counts nowhere.
    office
        One a unit.
    share
        The part of the question's rate that this kind of unit may spend. A question with two kinds of unit gives each a
        half, so that it flags something in a clean administration no more often than its rate says.

    A unit is a discovery at rate ``a`` if and only if its q is at most ``a``. Source: Benjamini and Bogomolov 2014, by
    ``arusha.inference.multiplicity.hierarchical_bh``; the share is a Bonferroni split.
    """
    values = np.asarray(p, dtype=np.float64)
    if not values.size:
        return values
    names = np.array(["" if name is None else str(name) for name in office])
    q: FloatArray = np.minimum(hierarchical_bh(values, names).q / share, 1.0)
    return q
