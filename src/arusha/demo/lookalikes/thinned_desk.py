"""Half a desk is on a long course, planned before the year, in the very weeks of one broker's season.

Those who stay meet the broker more often than over the rest of the year, as in an arranged shift: but the absences were
recorded before the year, last for weeks and do not follow the broker's days.
"""

from __future__ import annotations

import numpy as np

from arusha.demo.clock import weekday
from arusha.demo.country import Country, Lookalike
from arusha.demo.draft import Draft
from arusha.demo.staff import EXAMINER, Duty

KIND = "thinned-desk"
WEEKS = 8


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 1]))
    desk = int(rng.choice([n for n, d in enumerate(country.desks) if d.office == office and d.groups]))
    s, p = country.staff, country.parties
    team = np.flatnonzero((s.role == EXAMINER) & (s.home == office) & (s.desk == desk) & ~s.night)
    declarant = country.take_declarant(rng, office, 0.02, 0.2)
    if declarant is None or team.size < 4:
        return None
    taken = [country.take_officer(rng, office, desk) for _ in range(team.size // 2)]
    students = [o for o in taken if o is not None]
    if len(students) < 2:
        return None
    begin = int(rng.integers(30, 250))
    begin -= int(weekday(np.array([begin]))[0])
    end = begin + 7 * WEEKS
    # Nobody takes leave from a course.
    s.duties[:] = [
        d for d in s.duties if not (d.officer in students and d.away and d.from_day < end and (d.to_day or end) > begin)
    ]
    chief = int(s.chief_of[office])
    s.duties += [Duty(o, "training", begin, end, "academy, long course", -40, chief, away=True) for o in students]
    units = p.units_of(declarant, office)
    p.unit_week[units, (begin + 2) // 7 : (end + 2) // 7] *= 6.0
    p.unit_shift[units] = (1.0, 0.0, 0.0)
    clients = p.clients(declarant)
    goods = np.flatnonzero(np.isin(country.goods.group, country.desks[desk].groups))
    p.product[clients] = rng.choice(goods, (clients.size, p.product.shape[1]))

    def units_(draft: Draft) -> list[tuple[int | None, int | None]]:
        rows = draft.examined(office, declarant)
        day = draft.lodged.day[rows]
        rows = rows[(day >= begin) & (day < end) & (draft.draws.desk[draft.draw_of[rows]] == desk)]
        planted = {o for scheme in draft.schemes for o, _ in scheme.units}
        n = np.bincount(draft.first[rows], minlength=s.count)
        return [(int(o), declarant) for o in np.flatnonzero(n >= 3) if int(o) not in planted]

    note = "half the desk was on a long course, recorded before the year, in this broker's season"
    return Lookalike(KIND, office, note, units_from=units_)
