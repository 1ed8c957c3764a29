"""The rows behind a pair: every draw of the declarant in the office, those with the officer and those without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from arusha.indicators.assignment_answer import Office
from arusha.indicators.assignment_draws import UNKNOWN, dense
from arusha.indicators.assignment_duty_pairs import nearly_all
from arusha.indicators.assignment_office import block_of, duty_of
from arusha.indicators.assignment_pairs import NEARLY_ALL

COUNTED = "counted"
BATCH = "same batch as an earlier draw"
DESK = "goods that nearly only this declarant brings"
NOBODY = "no second officer or declarant at that moment"
ANYWAY = "the officer has nearly all such work at that moment"
OUTSIDE = "the roster does not say who could be picked"
ASIDE = "with another officer who stands out with this declarant"


def evidence_of(rows: pa.Table, office: Office, signal: Mapping[str, Any]) -> pa.Table:
    """The declarant's draws in order of time, each with whether it was the officer's and whether and why it counted.

    Those with ``with_officer`` and ``counted`` = "counted" add up to the signal's observed number; those counted, to
    its n.
    """
    draws, prepared = office.draws, office.prepared
    b = draws.declarants.index(signal["other_id"])
    i = draws.outcomes.index(signal["unit_id"])
    mine = np.flatnonzero(draws.declarant == b)
    if mine.size != rows.num_rows:
        raise AssertionError("the declarant's draws are not those that were tested")
    state = np.full(len(draws), BATCH, dtype=object)
    moment = np.full(len(draws), UNKNOWN)
    block = block_of(prepared, b)
    duty = duty_of(prepared, b)
    others = [o for (d, o) in office.tested.structural if d == b and o != i]
    if duty is not None:
        state[prepared.kept] = np.where(duty.inside, COUNTED, OUTSIDE)
        aside = np.zeros((len(draws.declarants), len(draws.outcomes)), dtype=bool)
        for d, o in office.tested.structural:
            if o < len(draws.outcomes):
                aside[d, o] = True
        state[prepared.kept[nearly_all(duty, b, i, aside)]] = ANYWAY
        state[prepared.kept[duty.alone(b)]] = DESK
    elif block is not None:
        state[prepared.kept] = DESK
        used = block.informative[block.stratum]
        state[prepared.kept[block.rows]] = np.where(used, COUNTED, NOBODY)
        moment[prepared.kept[block.rows]] = block.stratum
        m = np.bincount(block.stratum[block.outcome == i], minlength=block.strata)
        most = m > NEARLY_ALL * np.bincount(block.stratum, minlength=block.strata)
        state[prepared.kept[block.rows]] = np.where(
            used & most[block.stratum], ANYWAY, state[prepared.kept[block.rows]]
        )
    state[(draws.declarant == b) & np.isin(draws.outcome, others) & (state == COUNTED)] = ASIDE
    stratum, _ = dense(moment[mine])
    return pa.table(
        {
            "source_file": rows["source_file"],
            "source_line": rows["source_line"],
            "declaration_id": rows["declaration_id"],
            "office": rows["office"],
            "registered_at": rows["registered_at"],
            "registered_on": rows["registered_on"],
            "registered_hour": rows["registered_hour"],
            "section": rows["section"],
            "lane": rows["lane"],
            "procedure": rows["procedure"],
            "goods": rows["main_goods"],
            "officer_id": rows["officer"],
            "with_officer": pa.array((draws.outcome[mine] == i).tolist(), pa.bool_()),
            "counted": pa.array(state[mine].tolist(), pa.string()),
            "stratum": pa.array(stratum.tolist(), pa.int64()),
        }
    )
