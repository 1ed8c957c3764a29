"""What each case behind a signal of peers was held against, so that n, observed and expected can be added up again.

All cases of the unit are rows, those that count and those that do not: what speaks for somebody is shown with what
speaks against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import FloatArray, IntArray
from arusha.indicators.peer_cells import PeerCells
from arusha.indicators.peer_pairs import held_against
from arusha.indicators.peer_tests import officer_held_against

COUNTED = "counted"
NO_LIKE = "colleagues have no like case"


@dataclass(frozen=True)
class Held:
    """One entry a cell: colleagues' like cases, those of them that count, and what is expected of each own case.

    NaN, and no like cases, where the unit is not compared.
    """

    own: IntArray
    """The unit's cells."""
    expected: FloatArray
    like: IntArray
    counting: IntArray


def held(cells: PeerCells, signal: Mapping[str, Any], *, least: float, excess: float, missing: bool = False) -> Held:
    """What the cells of one signal's unit are held against, by the comparison whose numbers the signal tells.

    An officer's expected number is the sum over own cases of colleagues' rate in the stratum. A pair's is moved by the
    officer's level on other goods and is the same share for each of its cases. ``missing``: cases count where
    something is missing, and the signal tells the rest (see ``peer_rows``).
    """
    office = cells.office.names.index(signal["office"])
    officer = cells.officer.names.index(signal["unit_id"])
    mine = (cells.office.code == office) & (cells.officer.code == officer)
    if signal["other_id"]:
        declarant = cells.declarant.names.index(signal["other_id"])
        here = cells.take(np.flatnonzero(cells.office.code == office))
        strata, like, counting = held_against(here, officer, declarant, least, excess)
        code = cells.like_for_pairs[0]
        mine &= cells.declarant.code == declarant
        # The same for every case: see peer_pairs.
        share = float(signal["expected"]) / float(signal["n"])
        share = 1.0 - share if missing else share
    else:
        way, strata, like, counting = officer_held_against(cells.offices(), office, officer, excess)
        code = cells.like[way]
        share = float("nan")
    rows, size = np.flatnonzero(mine), mine.size
    out = Held(rows, np.full(size, np.nan), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64))
    if not strata.size:
        return out
    place = np.minimum(np.searchsorted(strata, code[rows]), strata.size - 1)
    known = (strata[place] == code[rows]) & (like[place] > 0)
    rows, place = rows[known], place[known]
    out.like[rows], out.counting[rows] = like[place], counting[place]
    out.expected[rows] = share if signal["other_id"] else counting[place] / like[place]
    if missing:
        # The other way round: what a reader counts is what is not missing.
        out.expected[rows] = 1.0 - out.expected[rows]
        out.counting[rows] = out.like[rows] - out.counting[rows]
    return out


def with_held(rows: pa.Table, cells: pa.Table, held_: Held, keys: Sequence[str], what: str) -> pa.Table:
    """The unit's cases with ``counted``, ``expected`` and colleagues' like cases, found by the cell that each is in.

    ``keys``: columns of ``cells`` that say the cell; in ``rows`` they are called ``cell_`` and so, and are dropped.
    ``what``: how like cases that count are called in the column's name.
    """
    own = cells.take(pa.array(held_.own))
    named = zip(*(own[k].to_pylist() for k in keys), strict=True)
    place = dict(zip(named, held_.own.tolist(), strict=True))
    cell = [place.get(key, -1) for key in zip(*(rows[f"cell_{k}"].to_pylist() for k in keys), strict=True)]
    at = np.array(cell, dtype=np.int64)
    compared = (at >= 0) & (held_.like[at] > 0)
    expected = np.where(compared, held_.expected[at], 0.0)
    rows = rows.drop_columns([f"cell_{k}" for k in keys])
    places = rows.column_names.index("source_file")
    told = {
        "counted": pa.array(np.where(compared, COUNTED, NO_LIKE).tolist(), pa.string()),
        "expected": pa.array(np.round(expected, 9), mask=~compared),
        "like": pa.array(held_.like[at], mask=~compared),
        f"like_{what}": pa.array(held_.counting[at], mask=~compared),
    }
    for name, column in reversed(told.items()):
        rows = rows.add_column(places, name, column)
    return rows
