"""Traders and brokers: how big they are, where and when they lodge, for whom, what they bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import DAYS, weekday
from arusha.demo.goods import GROUPS, ORIGINS, Goods
from arusha.demo.offices import Office

BROKERS: Final = 120
SELF_DECLARANTS: Final = 24
IMPORTERS: Final = 1500
SLOTS: Final = 4
SLOT_SHARE: Final = np.array([0.55, 0.25, 0.13, 0.07])
WEEKS: Final = 54


@dataclass
class Parties:
    """Declarants (brokers first, then traders that declare for themselves), importers, and units.

    A unit is one declarant at one office: its share of that office's declarations (``unit_weight``, relative), its
    spread over shifts, weekdays and weeks. ``client`` lists importers by declarant (``client_from`` .. ``client_to``).
    """

    brokers: int
    broker_code: NDArray[np.str_]
    importer_code: NDArray[np.str_]
    own_importer: NDArray[np.int64]
    home: NDArray[np.int64]
    batch: NDArray[np.float64]
    unit_declarant: NDArray[np.int64]
    unit_office: NDArray[np.int64]
    unit_weight: NDArray[np.float64]
    unit_shift: NDArray[np.float64]
    unit_weekday: NDArray[np.float64]
    unit_week: NDArray[np.float64]
    client: NDArray[np.int64]
    client_weight: NDArray[np.float64]
    client_from: NDArray[np.int64]
    client_to: NDArray[np.int64]
    product: NDArray[np.int64]
    origin: NDArray[np.int64]
    risk: NDArray[np.float64]
    quality: NDArray[np.float64]
    items: NDArray[np.float64]
    registered: NDArray[np.int64]

    @property
    def declarants(self) -> int:
        return len(self.home)

    @property
    def importers(self) -> int:
        return len(self.importer_code)

    @property
    def declarant_code(self) -> NDArray[np.str_]:
        return np.concatenate([self.broker_code, self.importer_code[self.own_importer]])

    def clients(self, declarant: int) -> NDArray[np.int64]:
        return self.client[self.client_from[declarant] : self.client_to[declarant]]

    def units_of(self, declarant: int, office: int | None = None) -> NDArray[np.int64]:
        mask = self.unit_declarant == declarant
        if office is not None:
            mask &= self.unit_office == office
        return np.flatnonzero(mask)

    def office_share(self, declarant: int, office: int) -> float:
        here = self.unit_office == office
        return float(self.unit_weight[here & (self.unit_declarant == declarant)].sum() / self.unit_weight[here].sum())

    def set_share(self, declarant: int, office: int, share: float) -> None:
        """Make the declarant's share of the office's declarations ``share``, the others keeping their proportions."""
        units = self.units_of(declarant, office)
        here = self.unit_office == office
        others = self.unit_weight[here].sum() - self.unit_weight[units].sum()
        self.unit_weight[units] = others * share / (1.0 - share) / units.size

    def day_weights(self, office_day: NDArray[np.float64]) -> NDArray[np.float64]:
        """(unit, day) -> share of the unit's year that falls on the day."""
        days = np.arange(DAYS)
        week = (days + 2) // 7
        weights = office_day[self.unit_office] * self.unit_weekday[:, weekday(days)] * self.unit_week[:, week]
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _codes(prefix: str, width: int, n: int, rng: np.random.Generator) -> NDArray[np.str_]:
    numbers = rng.choice(np.arange(1, 10**width), size=n, replace=False) if n < 10**width // 2 else np.arange(1, n + 1)
    return np.array([f"{prefix}{k:0{width}d}" for k in numbers])


def build(offices: Sequence[Office], goods: Goods, growth: float, rng: np.random.Generator) -> Parties:
    """Heavy-tailed brokers and importers; a trader's goods are mostly of one group and few origins."""
    brokers = round(BROKERS * growth**0.45)
    selfs = round(SELF_DECLARANTS * growth**0.45)
    importers = round(IMPORTERS * growth**0.6)
    declarants = brokers + selfs
    share = np.array([o.share for o in offices])
    homes = share**0.75 * (np.array([o.opens_on for o in offices]) == 0)
    home = rng.choice(len(offices), size=declarants, p=homes / homes.sum())
    for place in np.flatnonzero(homes):
        # Every office has its own few brokers, however small it is.
        home[place * 5 : place * 5 + 5] = place
    weight = rng.lognormal(0.0, 1.15, declarants)
    weight[brokers:] *= 0.35

    unit_declarant, unit_office, unit_weight = list(range(declarants)), list(home), list(weight)
    for d in range(declarants):
        if rng.random() < 0.3:
            other = int(rng.choice(len(offices), p=homes / homes.sum()))
            if other != home[d]:
                unit_declarant.append(d)
                unit_office.append(other)
                unit_weight.append(weight[d] * rng.uniform(0.1, 0.4))
    # The office that opens in mid-year takes over part of its neighbour's traders.
    for office, spec in enumerate(offices):
        if spec.opens_on:
            neighbour = int(np.argmin(np.abs(share - 0.065)))
            movers = [d for d in range(declarants) if home[d] == neighbour][:8]
            unit_declarant += movers
            unit_office += [office] * len(movers)
            unit_weight += [weight[d] * float(rng.uniform(0.3, 0.9)) for d in movers]
    u_declarant, u_office = np.array(unit_declarant), np.array(unit_office)
    u_weight = np.array(unit_weight)
    units = u_declarant.size
    shift = np.array(
        [(0.72, 0.2, 0.08) if o.continuous else (0.78, 0.22, 0.0) if o.evening else (1.0, 0.0, 0.0) for o in offices]
    )

    codes = _codes("T", 6 if importers > 40_000 else 5, importers, rng)
    family = rng.choice(len(GROUPS), size=importers, p=(0.22, 0.2, 0.22, 0.22, 0.14))
    product = np.empty((importers, SLOTS), dtype=np.int64)
    for group in range(len(GROUPS)):
        rows = np.flatnonzero(family == group)
        p = np.where(goods.group == group, goods.share, 0.0)
        product[rows] = rng.choice(goods.count, size=(rows.size, SLOTS), p=p / p.sum())
    stray = rng.random((importers, SLOTS)) < np.array([0.0, 0.1, 0.2, 0.3])
    product[stray] = rng.choice(goods.count, size=int(stray.sum()), p=goods.share / goods.share.sum())

    # Each importer has a main broker, a quarter have a second; those that declare for themselves have none.
    p_broker = weight[:brokers] ** 0.8
    main = rng.choice(brokers, size=importers, p=p_broker / p_broker.sum())
    main[selfs : selfs + brokers] = np.arange(brokers)[: max(0, importers - selfs)]
    second = rng.choice(brokers, size=importers, p=p_broker / p_broker.sum())
    size = rng.lognormal(0.0, 1.4, importers)
    own = np.arange(selfs)
    rows = np.arange(selfs, importers)
    both = rows[rng.random(rows.size) < 0.25]
    client = np.concatenate([rows, both, own])
    of = np.concatenate([main[rows], second[both], brokers + own])
    client_weight = np.concatenate([size[rows], 0.5 * size[both], np.ones(selfs)])
    order = np.argsort(of, kind="stable")
    client, of, client_weight = client[order], of[order], client_weight[order]
    return Parties(
        brokers=brokers,
        broker_code=_codes("B", 4, brokers, rng),
        importer_code=codes,
        own_importer=own,
        home=home,
        batch=np.where(rng.random(declarants) < 0.3, rng.uniform(0.05, 0.25, declarants), 0.02),
        unit_declarant=u_declarant,
        unit_office=u_office,
        unit_weight=u_weight,
        unit_shift=shift[u_office],
        unit_weekday=np.ones((units, 7)),
        unit_week=rng.gamma(4.0, 0.25, (units, WEEKS)) + 0.05,
        client=client,
        client_weight=client_weight,
        client_from=np.searchsorted(of, np.arange(declarants), side="left"),
        client_to=np.searchsorted(of, np.arange(declarants), side="right"),
        product=product,
        origin=rng.choice(len(ORIGINS), size=(importers, SLOTS), p=goods.origin_share),
        risk=rng.normal(0.0, 0.6, importers),
        quality=rng.normal(0.0, 0.12, importers),
        items=rng.uniform(0.25, 0.75, importers),
        registered=-rng.integers(200, 7000, importers),
    )
