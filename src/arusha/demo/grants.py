"""Rights given beside the standing roles, the pairs that the administration keeps apart, and the acts of each role.

Most rights that meet here are innocent: a supervisor's right for the day of a hand-over, a chief's for days of cover,
a right of an installation that was never closed. None of them was used against the list. The right to change channels
was given to chiefs for a cover and kept: where they gave out a file again and changed its channel too, the clash was
used. In a small office one person may have to do both, which is what an exception with a compensating control is for.
Everything is drawn from a generator of its own, so that the
other tables of a year are what they were without it.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from arusha.demo.clock import DAYS, date_of
from arusha.demo.country import Country
from arusha.demo.staff import CHIEF, EXAMINER, SUPERVISOR

CONFLICTS = (
    ("EXAMINER", "CHIEF"),
    ("EXAMINER", "SUPERVISOR"),
    ("EXAMINER", "SYSTEM"),
    ("CHIEF", "CHANNEL"),
    ("CHIEF", "SYSTEM"),
)
"""Who gives out files does not examine, nor change channels; who runs the system does neither."""
ACTS = """role,act
CHANNEL,log:reroute
CHIEF,assignment
CHIEF,log:reassign
EXAMINER,inspection
EXAMINER,log:assess
SYSTEM,log:configure
"""
"""Which act belongs to which role, as ``arusha.access.role_acts`` reads it. A supervisor has no act of their own."""
COVER = (9, 15)
"""Days of a cover, at least and fewer than."""
Row = tuple[int, str, int | None, int, int | None]
"""Officer, role, office (none for all), first day, day after the last."""


def grants(country: Country) -> pa.Table:
    """Rights given singly or for a time."""
    s = country.staff
    rows = sorted(_rows(country), key=lambda r: (r[3], r[0], r[1]))
    by = str(s.code[s.outsiders()[0]])
    return pa.table(
        {
            "user_id": pa.array([str(s.code[r[0]]) for r in rows], pa.string()),
            "role": pa.array([r[1] for r in rows], pa.string()),
            "office": pa.array([None if r[2] is None else country.offices[r[2]].code for r in rows], pa.string()),
            "from_date": pa.array([date_of(r[3]) for r in rows], pa.date32()),
            "to_date": pa.array([None if r[4] is None else date_of(r[4]) for r in rows], pa.date32()),
            "granted_by": pa.array([by] * len(rows), pa.string()),
        }
    )


def role_conflicts() -> pa.Table:
    """The administration's list."""
    return pa.table(
        {"role": pa.array([one for one, _ in CONFLICTS]), "other_role": pa.array([other for _, other in CONFLICTS])}
    )


def _rows(country: Country) -> list[Row]:
    s, rng = country.staff, country.random("grants")
    rows: list[Row] = []
    for office in range(len(country.offices)):
        team = np.flatnonzero((s.role == EXAMINER) & (s.home == office))
        (chief,) = np.flatnonzero((s.role == CHIEF) & (s.home == office))
        (supervisor,) = np.flatnonzero((s.role == SUPERVISOR) & (s.home == office))
        opened = max(int(s.posted[chief]), int(s.posted[supervisor]), 0)
        rows.append((int(supervisor), "CHANNEL", office, int(s.posted[supervisor]), None))
        # Chiefs were given it when they covered for the supervisor, and kept it.
        rows.append((int(chief), "CHANNEL", office, int(s.posted[chief]), None))
        deputy = int(rng.choice(team))
        # One of the team covers for the chief, and takes over from the supervisor on one day.
        begins = max(int(rng.integers(20, DAYS - 40)), int(s.posted[deputy]), opened)
        ends, day = begins + int(rng.integers(*COVER)), max(int(rng.integers(20, DAYS - 40)), int(s.posted[deputy]))
        if rng.random() < 0.5:
            rows.append((deputy, "CHIEF", office, begins, ends))
        if rng.random() < 0.4:
            rows.append((deputy, "SUPERVISOR", office, day, day + 1))
    # A right of the installation, in all offices, which nobody closed and nobody uses.
    rows.append((int(s.outsiders()[-1]), "EXAMINER", None, -700, None))
    return rows
