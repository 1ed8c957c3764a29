"""What is lodged: who declares what, for whom, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import DAY, DAYS, to_utc
from arusha.demo.country import Country
from arusha.demo.goods import VAT
from arusha.demo.parties import SLOT_SHARE

PROCEDURES: Final = ("IM4", "EX1", "IM7")
HOME_USE, EXPORT, WAREHOUSE = range(3)
PROCEDURE_SHARE: Final = (0.85, 0.09, 0.06)
HONEST, UNDERVALUED, MISCLASSIFIED, UNDERSTATED = range(4)
"""What is wrong with a declaration, whoever examines it: the price, the commodity code, the quantity."""
WRONG_SHARE: Final = (0.55, 0.25, 0.2)
"""Of what is wrong: price, code, quantity."""
RISK_MIDDLE: Final = 2.0
"""The log risk at which every other declaration has something wrong with it."""
WRONG_IN_EXPORT: Final = 0.01
LEAST_DECLARED, MOST_DECLARED = 0.5, 0.85
"""Part of the true price or quantity that is declared where it is wrong."""
Whole = NDArray[np.int64]
LAST_REGISTRATION: Final = 900
"""Seconds before the end of a shift after which nothing more is registered."""


@dataclass
class Lodged:
    """Declarations in order of registration (arrays over rows) and their items (``item_*``, grouped by row).

    ``product`` is what the first item is declared as: more nobody knows when lanes and officers are chosen.
    Money is in thousandths. ``honest`` is what the goods of an item really cost, ``declared`` what was lodged.
    ``batch`` numbers the groups lodged together, ``local`` is seconds on the office's clock, ``day`` the day on which
    the shift began.
    """

    declarant: NDArray[np.int64]
    office: NDArray[np.int64]
    importer: NDArray[np.int64]
    product: NDArray[np.int64]
    day: NDArray[np.int64]
    kind: NDArray[np.int64]
    batch: NDArray[np.int64]
    local: NDArray[np.int64]
    registered: NDArray[np.int64]
    procedure: NDArray[np.int64]
    wrong: NDArray[np.int64]
    risk: NDArray[np.float64]
    first_item: NDArray[np.int64]
    item_count: NDArray[np.int64]
    item_row: NDArray[np.int64]
    item_product: NDArray[np.int64]
    item_true_product: NDArray[np.int64]
    item_origin: NDArray[np.int64]
    item_mass: NDArray[np.int64]
    item_quantity: NDArray[np.float64]
    item_honest: NDArray[np.int64]
    item_declared: NDArray[np.int64]
    item_exempt: NDArray[np.bool_]

    @property
    def rows(self) -> int:
        return self.declarant.size


def plan(country: Country, declarations: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(unit, day) -> how many declarations, summing to ``declarations``."""
    p = country.parties
    share = np.array([o.share for o in country.offices])
    within = p.unit_weight / np.bincount(p.unit_office, weights=p.unit_weight, minlength=share.size)[p.unit_office]
    weight = share[p.unit_office] * within
    totals = rng.multinomial(declarations, weight / weight.sum())
    return np.asarray(rng.multinomial(totals, p.day_weights(country.day_weight)))


def _weighted_client(country: Country, declarant: NDArray[np.int64], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """One of the declarant's clients, in proportion to their size."""
    p = country.parties
    total = np.concatenate([[0.0], np.cumsum(p.client_weight)])
    low, high = total[p.client_from[declarant]], total[p.client_to[declarant]]
    place = np.searchsorted(total, low + u * (high - low), side="right") - 1
    place = np.clip(place, p.client_from[declarant], p.client_to[declarant] - 1)
    return np.asarray(p.client[place])


def _moments(
    country: Country, unit: Whole, day: Whole, rng: np.random.Generator
) -> tuple[Whole, Whole, Whole, Whole, Whole, Whole]:
    """Shift and local second of each lodging; lodgings made together share a minute and a batch number."""
    p = country.parties
    office = p.unit_office[unit]
    mix = np.cumsum(p.unit_shift[unit], axis=1)
    kind = (rng.random(unit.size)[:, None] > mix[:, :2] / mix[:, 2:]).sum(axis=1)
    kind[(kind == 2) & (day == DAYS - 1)] = 1  # the last night of the year would belong to the next
    length = country.shift_length()[office, kind]
    start = country.shift_start()[office, kind]
    within = rng.beta(1.3, 1.6, unit.size) * (length - LAST_REGISTRATION)
    second = (start + within).astype(np.int64)
    order = np.lexsort((second, kind, day, unit))
    unit, day, kind, second = unit[order], day[order], kind[order], second[order]
    same = np.zeros(unit.size, dtype=bool)
    same[1:] = (unit[1:] == unit[:-1]) & (day[1:] == day[:-1]) & (kind[1:] == kind[:-1])
    joined = same & (rng.random(unit.size) < p.batch[p.unit_declarant[unit]])
    batch = np.cumsum(~joined) - 1
    head = np.flatnonzero(~joined)[batch]
    many = np.bincount(batch)[batch] > 1
    second = np.where(many, second[head] // 60 * 60 + rng.integers(0, 60, unit.size), second)
    return unit, day, kind, second, batch, head


def lodge(country: Country, counts: NDArray[np.int64], days: slice, rng: np.random.Generator) -> Lodged:
    """Draw the declarations of some days from their counts by unit and day."""
    p, g = country.parties, country.goods
    part = counts[:, days]
    unit, offset = np.nonzero(part)
    times = part[unit, offset]
    unit, day = np.repeat(unit, times), np.repeat(offset + (days.start or 0), times)
    unit, day, kind, second, batch, head = _moments(country, unit, day, rng)
    n = unit.size
    declarant, office = p.unit_declarant[unit], p.unit_office[unit]
    importer = _weighted_client(country, declarant, rng.random(n))[head]
    slot = np.searchsorted(np.cumsum(SLOT_SHARE)[:-1], rng.random(n))[head]
    procedure = np.searchsorted(np.cumsum(PROCEDURE_SHARE)[:-1], rng.random(n))[head]
    local = day * DAY + second
    zones = country.zones
    registered = to_utc(local, zones, office)
    order = np.lexsort((batch, registered))
    declarant, office, importer, slot = declarant[order], office[order], importer[order], slot[order]
    day, kind, local, registered, procedure = day[order], kind[order], local[order], registered[order], procedure[order]
    _, batch = np.unique(batch[order], return_inverse=True)
    product = p.product[importer, slot]

    # What is wrong: more often where the trader or the goods are risky. Exports have little to gain.
    log_risk = p.risk[importer] + g.risk[product] + rng.normal(0.0, 0.3, n)
    chance = np.where(procedure == EXPORT, WRONG_IN_EXPORT, 1.0 / (1.0 + np.exp(RISK_MIDDLE - log_risk)))
    wrong = np.where(rng.random(n) < chance, rng.choice((1, 2, 3), size=n, p=WRONG_SHARE), HONEST)
    wrong[(wrong == MISCLASSIFIED) & (g.neighbour[product] == product)] = UNDERVALUED

    item_count = 1 + rng.geometric(1.0 - p.items[importer]) - 1
    item_count = np.minimum(item_count, 12)
    first = np.concatenate([[0], np.cumsum(item_count)[:-1]])
    row = np.repeat(np.arange(n), item_count)
    m = row.size
    leading = np.zeros(m, dtype=bool)
    leading[first] = True
    who = importer[row]
    other = p.product[who, np.searchsorted(np.cumsum(SLOT_SHARE)[:-1], rng.random(m))]
    true_product = np.where(leading, product[row], other)
    usual = p.origin[who, slot[row]]
    drawn = np.searchsorted(np.cumsum(g.origin_share)[:-1], rng.random(m))
    origin = np.where(rng.random(m) < 0.85, usual, drawn)
    mass = g.typical_mass[true_product] * np.exp(rng.normal(-0.35, 0.8, m)) / np.sqrt(item_count[row])
    unit_mass = g.unit_mass[true_product]
    quantity = np.where(
        unit_mass > 0, np.maximum(1.0, np.round(mass / np.where(unit_mass > 0, unit_mass, 1.0))), np.nan
    )
    mass = np.where(unit_mass > 0, quantity * unit_mass * np.exp(rng.normal(0.0, 0.03, m)), mass)
    quarter = np.minimum(day[row] // 91, 3)
    log_price = (
        g.log_price[true_product, origin, quarter] + p.quality[who] + rng.normal(0.0, 1.0, m) * g.noise[true_product]
    )
    honest = np.round(np.exp(log_price) * mass * 100).astype(np.int64) * 10
    cut = rng.uniform(LEAST_DECLARED, MOST_DECLARED, n)
    part_declared = np.where(leading & np.isin(wrong[row], (UNDERVALUED, UNDERSTATED)), cut[row], 1.0)
    kept_mass = np.where(leading & (wrong[row] == UNDERSTATED), cut[row], 1.0)
    declared_product = np.where(leading & (wrong[row] == MISCLASSIFIED), g.neighbour[true_product], true_product)
    # A misclassified product is counted in the units of what it is said to be.
    units_agree = g.unit_mass[declared_product] > 0
    quantity = np.where(units_agree & ~np.isnan(quantity), np.maximum(1.0, np.round(quantity * kept_mass)), np.nan)
    return Lodged(
        declarant=declarant,
        office=office,
        importer=importer,
        product=declared_product[first],
        day=day,
        kind=kind,
        batch=batch,
        local=local,
        registered=registered,
        procedure=procedure,
        wrong=wrong,
        risk=log_risk,
        first_item=first,
        item_count=item_count,
        item_row=row,
        item_product=declared_product,
        item_true_product=true_product,
        item_origin=origin,
        item_mass=np.maximum(1, np.round(mass * kept_mass * 1000)).astype(np.int64),
        item_quantity=quantity,
        item_honest=honest,
        item_declared=np.maximum(10, np.round(honest * part_declared / 10).astype(np.int64) * 10),
        item_exempt=(rng.random(m) < 0.03) & (procedure[row] == HOME_USE),
    )


def tax(value: NDArray[np.int64], duty: NDArray[np.float64], liable: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Duty on the value, and value-added tax on value and duty, in thousandths."""
    return np.where(liable, np.round(value * (duty + VAT * (1.0 + duty))), 0.0).astype(np.int64)
