"""Two officers of a small section of their own; no duty says so, but the section of every declaration does."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.draft import Draft
from arusha.demo.offices import Desk

KIND = "section-specialists"
CHAPTERS = ((39,), (84,), (62,), (17, 10), (69, 72))


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 1]))
    chapters = CHAPTERS[int(rng.integers(len(CHAPTERS)))]
    products = tuple(int(p) for p in np.flatnonzero(np.isin(country.goods.chapter, chapters)))
    if {p for d in country.desks if d.office == office for p in d.products} & set(products):
        return None
    section = country.section_desk(office, int(country.goods.group[products[0]]))
    officers = [o for o in (country.take_officer(rng, office, section) for _ in range(2)) if o is not None]
    if len(officers) < 2:
        return None
    number = len(country.desks)
    country.desks.append(Desk(office, "S", products=products))
    country.staff.desk[officers] = number
    declarant = country.take_declarant(rng, office, 0.015, 0.2)
    if declarant is not None:
        clients = country.parties.clients(declarant)
        country.parties.product[clients, 0] = rng.choice(products, clients.size)

    def units(draft: Draft) -> list[tuple[int | None, int | None]]:
        rows = draft.examined(office)
        rows = rows[draft.draws.desk[draft.draw_of[rows]] == number]
        n = np.bincount(draft.lodged.declarant[rows], minlength=country.parties.declarants)
        return [(o, int(d)) for o in officers for d in np.flatnonzero(n >= 8)]

    note = f"a section of two officers for chapters {', '.join(map(str, chapters))}; nothing in the duties"
    return Lookalike(KIND, office, note, units_from=units)
