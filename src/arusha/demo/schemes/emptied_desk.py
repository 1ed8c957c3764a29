"""A chief empties a desk on the days on which a broker lodges, so that an honest pick can only fall on one officer.

Nothing is done to the pick: the system draws at random, by rota or by workload among whoever is on shift, and the
shift was arranged. The broker says the day before what will come; the chief finds a course, an errand for another
section or time off for the colleagues of the broker's officer, that day only. What remains of it in the records:
absences of one day, each recorded the day before by the chief, on the broker's days; the officer alone in the pool;
much of the desk's other work on that officer too. Given who was on shift, no pick is unlikely.

The strength says on how many of the possible days it happens and how many colleagues go at most; at "strong" as good
as everybody. Desks with many officers a day and brokers that lodge every day are left alone: that many absences would
be noticed. Touched are the broker's declarations of the days arranged, also where a colleague stayed and was picked;
the rest of the desk's work of the day is nobody's favour. What it is for rides on it as it does on other steering.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.demo import riding
from arusha.demo.country import DAY_SHIFT
from arusha.demo.draft import Draft, Rows, Scheme
from arusha.demo.roster import OFF
from arusha.demo.staff import Duty

KIND = "emptied-desk"
MOST = 1
DAYS = {"weak": 0.3, "medium": 0.6, "strong": 0.9}
"""Part of the days on which the broker has something for the desk and the officer is there, up to ``MOST_DAYS``."""
MOST_DAYS = 30
SENT = {"weak": 1, "medium": 2, "strong": 5}
"""Colleagues sent away on such a day, at most."""
OCCASIONS = 12
"""Fewer days than this in a year are not worth the arrangement."""
LARGEST_POOL = 6.5
"""Mean number of officers a day, the broker's own included, up to which a desk can be emptied."""
PRETEXTS = (("training", "one-day course"), ("acting for", "audit visits"), ("leave", "time off in lieu"))


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    for _ in range(80):
        office = draft.choose_office(rng)
        # A broker that lodges every day would have the desk empty all year.
        declarant = draft.choose_declarant(rng, office, 50, 150)
        if declarant is None:
            continue
        officer = draft.choose_officer(rng, office, draft.examined(office, declarant))
        if officer is not None:
            desk, rows = _occasions(draft, office, declarant, officer)
            days = np.unique(draft.lodged.day[rows])
            if days.size >= OCCASIONS and draft.draws.size[draft.draw_of[rows]].mean() <= LARGEST_POOL:
                break
            draft.busy_officers.discard(officer)
        draft.busy_declarants.discard(declarant)
    else:
        return None
    scheme = draft.open(KIND, strength, office, [(officer, declarant)])
    arranged = days[rng.random(days.size) < min(DAYS[strength], MOST_DAYS / days.size)]
    emptied = [int(day) for day in arranged if _empty(draft, rng, desk, int(day), officer, SENT[strength])]
    rows = rows[np.isin(draft.lodged.day[rows], emptied)]
    scheme.touched.append(rows)
    riding.maybe_ride(draft, rng, strength, scheme, lambda: rows[draft.officer[rows] == officer])
    return scheme


def _occasions(draft: Draft, office: int, declarant: int, officer: int) -> tuple[int, Rows]:
    """The desk where the officer meets most of the broker's goods by day, and those declarations."""
    rows = draft.examined(office, declarant)
    rows = rows[draft.eligible(rows, officer) & (draft.lodged.kind[rows] == DAY_SHIFT)]
    desk = draft.draws.desk[draft.draw_of[rows]]
    most = int(np.argmax(np.bincount(desk))) if desk.size else -1
    return most, rows[desk == most]


def _empty(draft: Draft, rng: np.random.Generator, desk: int, day: int, officer: int, most: int) -> bool:
    """Send up to ``most`` colleagues of the officer away from the desk for a day; whether anybody went.

    The roster, the pools drawn from it and the duties change together, since shifts, logins, hand-overs and chances
    all follow from them.
    """
    r, d, c = draft.roster, draft.draws, draft.country
    key = r.key(np.array([day]), np.array([DAY_SHIFT]), np.array([desk]))[0]
    everyone = r.everyone.officer[r.everyone.start[key] : r.everyone.start[key] + r.everyone.size[key]]
    # Who is in a scheme stays: others count on them, and a pick may already be fixed.
    colleagues = everyone[~np.isin(everyone, sorted(draft.busy_officers | {officer}))]
    gone = rng.choice(colleagues, size=min(most, colleagues.size), replace=False)
    if not gone.size:
        return False
    for pools in (r.everyone, r.seniors):
        pools.size[key] = _without(pools.officer, int(pools.start[key]), int(pools.size[key]), gone)
    here = np.flatnonzero(
        (d.desk == desk) & (draft.lodged.day[d.head] == day) & (draft.lodged.kind[d.head] == DAY_SHIFT)
    )
    for start in np.unique(d.start[here]):
        same = here[d.start[here] == start]
        d.size[same] = _without(d.members, int(start), int(d.size[same[0]]), gone)
    for one in gone:
        away = int(one)
        r.kind[away, day] = OFF
        following = r.next_day[away]
        following[following == day] = following[day]
        kind, detail = PRETEXTS[int(rng.integers(len(PRETEXTS)))]
        chief = int(c.staff.chief_of[c.desks[desk].office])
        c.staff.duties.append(Duty(away, kind, day, day + 1, detail, day - 1, chief, away=True))
    return True


def _without(members: NDArray[np.int64], start: int, size: int, gone: NDArray[np.int64]) -> int:
    """Put those who go behind those who stay within a pool; how many stay."""
    pool = members[start : start + size].copy()
    goes = np.isin(pool, gone)
    members[start : start + size] = np.concatenate([pool[~goes], pool[goes]])
    return int((~goes).sum())
