"""Teams told by the kind of control act that their officers write: a documents desk and a yard.

Which kind of control a file needs is settled before the pick, and often stands nowhere: what is recorded is the act,
which the officer writes *after* it. An officer who may choose the kind could choose it for a friend, so that the kind
of a file's own act is never conditioned on. What is read is the officer: in an office nearly all of whose acts are
written by officers of one kind each, whoever lodges, the kind is that of the officer and no choice of the file's. Files
are then given to a team, and a pair must stand out within the team of its officer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from arusha.engine.query import Query, Step
from arusha.indicators.assignment_contrasts import FEWEST
from arusha.indicators.assignment_desks import FEWEST_OFFICERS
from arusha.indicators.assignment_draws import UNKNOWN, IntArray

if TYPE_CHECKING:
    from arusha.engine.session import Session

OTHER = 0.1
"""Part of an officer's acts, and of an office's, that may be of another kind: someone stands in for a colleague."""


def has_kinds(session: Session) -> bool:
    """Whether the records say who wrote which kind of act."""
    return session.has("inspections", "officer_id", "kind")


def acts() -> Query:
    """Control acts by officer and kind, whoever lodged."""
    step = Step(
        "acts",
        "How many control acts of each kind an officer wrote, whoever lodged the file.",
        "SELECT i.officer_id AS officer, i.kind, COUNT(*) AS acts FROM inspections AS i "
        "WHERE i.officer_id IS NOT NULL AND i.kind IS NOT NULL GROUP BY i.officer_id, i.kind "
        "ORDER BY officer, i.kind",
    )
    return Query("assignment_acts", (step,))


def teams_by_acts(outcomes: Sequence[str], table: pa.Table | None) -> IntArray:
    """One an outcome: the team of officers who write one kind of act; ``UNKNOWN`` where the office has no such teams.

    ``table``: columns ``officer``, ``kind``, ``acts``; None where the records do not say.
    """
    team = np.full(len(outcomes), UNKNOWN)
    if table is None or not table.num_rows:
        return team
    at = {name: i for i, name in enumerate(outcomes)}
    kinds = sorted(set(table["kind"].to_pylist()))
    n = np.zeros((len(outcomes), len(kinds)), dtype=np.int64)
    for officer, kind, count in zip(*(table[c].to_pylist() for c in ("officer", "kind", "acts")), strict=True):
        if officer in at:
            n[at[officer], kinds.index(kind)] += count
    total = n.sum(axis=1)
    sure = (total >= FEWEST) & (n.max(axis=1) >= (1 - OTHER) * total)
    if n[sure].sum() < (1 - OTHER) * n.sum():
        return team
    of = n.argmax(axis=1)
    size = np.bincount(of[sure], minlength=len(kinds))
    # One officer alone is what the question asks about, and one kind for all parts nobody from anybody.
    if np.count_nonzero(size) < 2 or size[size > 0].min() < FEWEST_OFFICERS:
        return team
    team[sure] = of[sure]
    return team
