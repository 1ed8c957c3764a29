"""Do two who decide the same cases agree beyond chance: Cohen's kappa, plain or weighed by how far apart they are.

Sources: Cohen 1960, 1968; Fleiss, Cohen and Everitt 1969 (Psychological Bulletin 72:323) for the error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.inference.segments import FloatArray

Distance = Literal["none", "equal", "squared"]


@dataclass(frozen=True)
class Kappa:
    """``estimate`` is 1 where the two always agree and 0 where they do as often as by chance; ``agreed`` and ``chance``
    are the (weighed) shares that it is made of."""

    estimate: float
    se: float
    low: float
    high: float
    agreed: float
    chance: float
    cases: int


def cohen_kappa(table: ArrayLike, *, distance: Distance = "none", level: float = 0.95) -> Kappa:
    """Kappa of a square ``table``: how often one said the row and the other the column.

    Parameters
    ----------
    distance
        ``none``: only the same answer agrees. ``equal``: answers in order, each step apart counts against it alike.
        ``squared``: steps count by their square.
    level
        Of the interval, by the normal law: with few cases, or nearly full agreement, it is too narrow.

    Raises
    ------
    ValueError
        For a table that is not square or has no two answers, counts that are not whole, and where chance alone would
        always agree.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.shape[0] < 2:
        raise ValueError("a square table of two answers or more is needed")
    if np.any(counts < 0) or np.any(counts != np.floor(counts)) or not counts.sum() > 0:
        raise ValueError("whole numbers, none negative and not all 0, are needed")
    n, k = float(counts.sum()), counts.shape[0]
    p = counts / n
    steps = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
    w: FloatArray = {"none": np.eye(k), "equal": 1.0 - steps, "squared": 1.0 - steps**2}[distance]
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    agreed, chance = float(np.sum(w * p)), float(rows @ w @ columns)
    if not chance < 1.0:
        raise ValueError("both always say the same one answer: agreement beyond chance cannot be told")
    kappa = (agreed - chance) / (1.0 - chance)
    usual = (w @ columns)[:, None] + (rows @ w)[None, :]
    spread = float(np.sum(p * (w - usual * (1.0 - kappa)) ** 2)) - (kappa - chance * (1.0 - kappa)) ** 2
    se = float(np.sqrt(max(spread, 0.0) / n)) / (1.0 - chance)
    half = float(stats.norm.ppf(0.5 + level / 2.0)) * se
    return Kappa(kappa, se, kappa - half, min(kappa + half, 1.0), agreed, chance, int(n))
