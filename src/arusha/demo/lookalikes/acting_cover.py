"""An officer covers another section for some weeks, on record, while a broker of that section has its season."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.draft import Draft
from arusha.demo.staff import Cover, Duty

KIND = "acting-cover"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 1]))
    sections = [n for n, d in enumerate(country.desks) if d.office == office and d.groups]
    one, two = (int(d) for d in rng.choice(sections, size=2, replace=False))
    acting, absent = country.take_officer(rng, office, one), country.take_officer(rng, office, two)
    if acting is None or absent is None:
        return None
    s = country.staff
    begin = int(rng.integers(30, 260))
    end = begin + 63
    chief = int(s.chief_of[office])
    s.duties.append(Duty(absent, "leave", begin, end, "long leave", -25, chief, away=True))
    s.duties.append(
        Duty(acting, "acting for", begin, end, f"{s.code[absent]}, section {country.desks[two].label}", -25, chief)
    )
    s.duties[:] = [d for d in s.duties if not (d.officer == acting and d.away and begin - 20 < d.from_day < end)]
    s.covers.append(Cover(acting, two, begin, end))
    declarant = country.take_declarant(rng, office, 0.015, 0.2)
    if declarant is not None:
        units = country.parties.units_of(declarant, office)
        country.parties.unit_week[units, (begin + 2) // 7 : (end + 2) // 7] *= 5.0
        clients = country.parties.clients(declarant)
        goods = np.flatnonzero(np.isin(country.goods.group, country.desks[two].groups))
        country.parties.product[clients] = rng.choice(goods, (clients.size, country.parties.product.shape[1]))

    def units_(draft: Draft) -> list[tuple[int | None, int | None]]:
        rows = draft.examined(office)
        rows = rows[(draft.first[rows] == acting) & (draft.draws.desk[draft.draw_of[rows]] == two)]
        n = np.bincount(draft.lodged.declarant[rows], minlength=country.parties.declarants)
        return [(acting, int(d)) for d in np.flatnonzero(n >= 4)]

    note = "cover of another section for nine weeks, recorded before the year"
    return Lookalike(KIND, office, note, units_from=units_)
