"""A broker's files never stay with the strictest examiner: whoever else is there may have them.

No officer is favoured. The system's first pick is honest; where it falls on the one examiner who finds what others
overlook, the file is moved minutes later to any other officer of the pool, most surely where the broker knows that
something is wrong. It is the chief who moves it, by day and on weekdays, or somebody who runs the system, at any hour.

What remains of it in the records: second picks by one user, away from one officer, for one broker, to many; the broker
and the examiner meet too seldom, while no pair of the broker's meets much too often. The declarations that the examiner
keeps are cleaner than the others', so that the strictest looks mild with this broker. Those who receive the files do
nothing wrong, and what they find is what they would find: the key counts no tax as lost, though the strict examiner
would have found more.

The units are the user who moves the files, and the avoided examiner, both with the broker. The examiner is the one
cheated, but it is at that pair that the records differ from the rule.
"""

from __future__ import annotations

import numpy as np

from arusha.demo.clock import weekday
from arusha.demo.country import DAY_SHIFT
from arusha.demo.draft import Draft, Rows, Scheme

KIND = "avoided-examiner"
MOST = 1
SHARE = {"weak": 0.3, "medium": 0.55, "strong": 0.9}
"""Part of the files with nothing wrong that are taken from the examiner, where they can be."""
MEETINGS = {"weak": 8, "medium": 12, "strong": 16}
"""Files of the broker that chance would give the examiner, at least, where they can be moved."""
WHERE_WRONG = 1.6
"""How much likelier a file is taken away where something is wrong."""
STRICT = 1.15
"""An examiner who finds less than this much of what an ordinary one finds is not worth avoiding."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    staff = draft.country.staff
    by_chief = rng.random() < 0.7
    for _ in range(80):
        office = draft.choose_office(rng)
        declarant = draft.choose_declarant(rng, office, 60)
        if declarant is None:
            continue
        rows = draft.examined(office, declarant)
        if by_chief:
            # A chief keeps office hours.
            rows = rows[(draft.lodged.kind[rows] == DAY_SHIFT) & (weekday(draft.lodged.day[rows]) < 5)]
        examiner = _strictest(draft, rng, office, rows, MEETINGS[strength]) if rows.size else None
        if examiner is not None:
            break
        draft.busy_declarants.discard(declarant)
    else:
        return None
    by = int(staff.chief_of[office]) if by_chief else int(rng.choice(staff.outsiders()))
    share = np.where(draft.lodged.wrong[rows] > 0, WHERE_WRONG, 1.0) * SHARE[strength] * rng.uniform(0.9, 1.1)
    unwelcome = rows[rng.random(rows.size) < share]
    scheme = draft.open(KIND, strength, office, [(by, declarant), (examiner, declarant)])
    draft.after_pick(lambda: _move_away(draft, rng, scheme, unwelcome, examiner, by))
    return scheme


def _strictest(draft: Draft, rng: np.random.Generator, office: int, rows: Rows, meetings: float) -> int | None:
    """The strictest free examiner with that many expected picks; all the others stay free."""
    free: list[int] = []
    while (officer := draft.choose_officer(rng, office, rows, 0.1)) is not None:
        free.append(officer)
    draft.busy_officers.difference_update(free)
    strictness = draft.country.staff.strictness
    chance = 1.0 / draft.draws.size[draft.draw_of[rows]]
    able = [o for o in free if strictness[o] >= STRICT and chance[draft.eligible(rows, o)].sum() >= meetings]
    if not able:
        return None
    examiner = max(able, key=lambda o: float(strictness[o]))
    draft.busy_officers.add(examiner)
    return examiner


def _move_away(draft: Draft, rng: np.random.Generator, scheme: Scheme, unwelcome: Rows, examiner: int, by: int) -> None:
    """Each file goes to any other officer of its pool."""
    d = draft.draws
    rows = unwelcome[(draft.first[unwelcome] == examiner) & (d.size[draft.draw_of[unwelcome]] > 1)]
    taker = np.full(rows.size, examiner)
    for n, draw in enumerate(draft.draw_of[rows]):
        pool = d.members[d.start[draw] : d.start[draw] + d.size[draw]]
        taker[n] = rng.choice(pool[pool != examiner])
    for officer in np.unique(taker):
        scheme.reassign(rows[taker == officer], int(officer), by)
