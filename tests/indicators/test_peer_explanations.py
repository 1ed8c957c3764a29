from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from arusha.engine import session_from_tables
from arusha.indicators import explanations, peer_explanations
from arusha.indicators.coded_columns import coded
from arusha.indicators.duty_words import read
from arusha.indicators.explanations import Scope
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


@pytest.mark.parametrize("versions", [True, False])
def test_a_desk_for_an_exemption_covers_files_for_which_it_was_asked(versions: bool) -> None:
    """Of three files relief was asked for one and refused, granted at the control for the second, and stands."""
    items = {
        "declaration_id": ["D1", "D2", "D3", "D4"],
        "item_no": [1, 1, 1, 1],
        "exemption": [None, "C26", "C26", None],
        "declared_exemption": ["C26", None, "C26", None],
    }
    if not versions:
        del items["declared_exemption"]
    declarations = pa.table({"declaration_id": items["declaration_id"], "day": [date(2025, 1, 2)] * 4})
    tables = {"items": pa.table(items), "declarations": declarations}
    scope = Scope(date(2025, 1, 1), date(2026, 1, 1), read("exemption C26"))
    with session_from_tables(tables) as session:
        sql = peer_explanations.covered_rows(session, [scope], "d")
        assert sql is not None
        rows = explanations.listed(session, "covered", f"SELECT d.declaration_id FROM declarations AS d WHERE {sql}")
    covered = sorted(row["declaration_id"] for row in rows)
    assert covered == (["D1", "D3"] if versions else ["D2", "D3"])
