"""A specialist desk on record: one officer examines all goods of one chapter, so one broker's goods are all theirs."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike, Rule
from arusha.demo.draft import Draft
from arusha.demo.offices import Desk
from arusha.demo.staff import Duty

KIND = "desk-specialist"
CHAPTERS = (30, 33, 61, 64, 85, 87)


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 0, 1, 2]))
    chapter = int(rng.choice(CHAPTERS))
    products = tuple(int(p) for p in np.flatnonzero(country.goods.chapter == chapter))
    taken = {p for d in country.desks if d.office == office for p in d.products}
    section = country.section_desk(office, int(country.goods.group[products[0]]))
    officer = country.take_officer(rng, office, section)
    if officer is None or taken & set(products):
        return None
    number = len(country.desks)
    country.desks.append(Desk(office, country.desks[section].label, products=products))
    country.staff.desk[officer] = number
    chief = int(country.staff.chief_of[office])
    country.staff.duties.append(Duty(officer, "specialist desk", -300, None, f"hs {chapter}", -310, chief))
    pool = f"{country.offices[office].code}-desk-{chapter}"
    country.rules.append(Rule(office, country.desks[section].label, f"{chapter}", pool, (officer,)))
    declarant = country.take_declarant(rng, office, 0.015, 0.2)
    if declarant is not None:
        clients = country.parties.clients(declarant)
        country.parties.product[clients, 0] = rng.choice(products, clients.size)

    def units(draft: Draft) -> list[tuple[int | None, int | None]]:
        rows = draft.examined(office)
        rows = rows[draft.draws.desk[draft.draw_of[rows]] == number]
        n = np.bincount(draft.lodged.declarant[rows], minlength=country.parties.declarants)
        return [(officer, int(d)) for d in np.flatnonzero(n >= 8)]

    note = f"a specialist desk for chapter {chapter}, recorded before the year"
    return Lookalike(KIND, office, note, units_from=units)
