from __future__ import annotations

import numpy as np
import pyarrow as pa

from arusha.indicators import peer_explanations
from arusha.indicators.coded_columns import coded
from arusha.indicators.peer_cells import PeerCells
from arusha.indicators.peer_tests import officers


def test_what_is_left_is_held_against_ordinary_strictness() -> None:
    """Forty officers who differ by half in their odds: one at the upper end is unlikely only if all are alike."""
    odds = np.exp(np.linspace(-0.9, 0.9, 40)) * 0.25
    n = np.full(40, 600)
    x = np.round(n * odds / (1 + odds)).astype(np.int64)
    names = [f"o{i:02d}" for i in range(40)]
    stratum = np.zeros(40, dtype=np.int64)
    cells = PeerCells(
        coded(pa.array(["P"] * 40)),
        coded(pa.array(names)),
        coded(pa.array(["X"] * 40)),
        (stratum,),
        (stratum,),
        (n, x),
        (n, x),
    )
    exact = officers([cells], excess=np.inf).tested[0].exact
    left = peer_explanations.tested_again(cells, "o35", None)
    assert exact[35] < 1e-6
    assert left.p is not None
    assert left.p > 0.05
    assert (left.n, left.observed) == (600, float(x[35]))
