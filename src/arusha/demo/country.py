"""The Republic of Examplia before anybody lodges anything: offices, desks, rules, officers, traders and goods."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo import goods as goods_
from arusha.demo import parties as parties_
from arusha.demo import staff as staff_
from arusha.demo.clock import DAYS, FIRST_DAY, HORIZON, HOUR, day_number, weekday
from arusha.demo.goods import GROUPS
from arusha.demo.offices import OFFICES, Desk, Office
from arusha.demo.parties import Parties
from arusha.demo.staff import Staff

DAY_SHIFT, EVENING_SHIFT, NIGHT_SHIFT = range(3)
METHODS: Final = ("random", "workload", "rota")


HOLIDAYS: Final = (
    *(
        day_number(m, d)
        for m, d in ((1, 1), (2, 3), (3, 31), (4, 18), (4, 21), (5, 1), (6, 6), (8, 15), (10, 24), (12, 25), (12, 26))
    ),
    DAYS,
)


@dataclass(frozen=True)
class Rule:
    """A row of assignment_rules beyond the offices' general ones."""

    office: int
    section: str | None
    hs_prefix: str
    pool: str
    officers: tuple[int, ...]


@dataclass
class Lookalike:
    """Something innocent that resembles a scheme.

    ``units`` are (officer, declarant) pairs; None stands for "any". What only the finished declarations can tell is
    filled in by ``units_from`` (see ``lookalikes``).
    """

    kind: str
    office: int | None
    note: str
    units: list[tuple[int | None, int | None]] = field(default_factory=list)
    units_from: Any = None
    importers: list[int] = field(default_factory=list)


@dataclass
class Country:
    """Everything that exists before the first declaration. Look-alikes change it; schemes do not."""

    seed: int
    size: int
    offices: tuple[Office, ...]
    desks: list[Desk]
    general_desk: NDArray[np.int64]
    method: list[str]
    rule_given: NDArray[np.bool_]
    goods: goods_.Goods
    staff: Staff
    parties: Parties
    open_day: NDArray[np.bool_]
    day_weight: NDArray[np.float64]
    rules: list[Rule] = field(default_factory=list)
    lookalikes: list[Lookalike] = field(default_factory=list)
    busy_officers: set[int] = field(default_factory=set)
    busy_declarants: set[int] = field(default_factory=set)

    def random(self, name: str, part: int = 0) -> np.random.Generator:
        """A stream of its own for each named purpose, so that one purpose's draws never move another's."""
        return stream(self.seed, name, part)

    @property
    def zones(self) -> tuple[str, ...]:
        return tuple(o.zone for o in self.offices)

    def desk_of(self) -> NDArray[np.int64]:
        """(office, product) -> desk on the day shift; a desk of its own goods comes before its section."""
        table = np.repeat(self.general_desk[:, None], self.goods.count, axis=1)
        for number, desk in sorted(enumerate(self.desks), key=lambda nd: bool(nd[1].products)):
            if desk.products:
                table[desk.office, list(desk.products)] = number
            elif desk.groups:
                table[desk.office, np.isin(self.goods.group, desk.groups)] = number
        return table

    def parent_of(self) -> NDArray[np.int64]:
        """Desk -> the desk that takes its work when nobody of its own is on shift."""
        parent = np.arange(len(self.desks))
        for number, desk in enumerate(self.desks):
            if desk.products:
                group = int(self.goods.group[desk.products[0]])
                parent[number] = self.section_desk(desk.office, group)
        return parent

    def section_desk(self, office: int, group: int) -> int:
        """The ordinary desk of a commodity group at an office."""
        for number, desk in enumerate(self.desks):
            if desk.office == office and group in desk.groups and not desk.products:
                return number
        return int(self.general_desk[office])

    def has_shift(self, office: int, kind: int) -> bool:
        spec = self.offices[office]
        return (True, spec.evening, spec.continuous)[kind]

    def shift_start(self) -> NDArray[np.int64]:
        """(office, shift) -> local second of the day at which it starts."""
        rows = [(6, 14, 22) if o.evening else (8, 0, 0) for o in self.offices]
        return np.array(rows, dtype=np.int64) * HOUR

    def shift_length(self) -> NDArray[np.int64]:
        """(office, shift) -> seconds."""
        rows = [(8, 8, 8) if o.continuous else (8, 6, 0) if o.evening else (9, 0, 0) for o in self.offices]
        return np.array(rows, dtype=np.int64) * HOUR

    # What look-alikes and schemes ask for -----------------------------------------------------------------------

    def take_officer(self, rng: np.random.Generator, office: int, desk: int | None = None) -> int | None:
        """An examiner of the office (and desk) who is in no look-alike yet; None where there is none."""
        s = self.staff
        free = (s.role == staff_.EXAMINER) & (s.home == office) & ~s.night
        if desk is not None:
            free &= s.desk == desk
        free[list(self.busy_officers)] = False
        choice = np.flatnonzero(free)
        if not choice.size:
            return None
        officer = int(rng.choice(choice))
        self.busy_officers.add(officer)
        return officer

    def main_desk(self, declarant: int, office: int) -> int:
        """The desk of the office that most of the declarant's goods go to."""
        p = self.parties
        place = slice(p.client_from[declarant], p.client_to[declarant])
        groups = self.goods.group[p.product[p.client[place], 0]]
        heaviest = np.bincount(groups, weights=p.client_weight[place], minlength=len(GROUPS))
        return self.section_desk(office, int(np.argmax(heaviest)))

    def take_declarant(
        self, rng: np.random.Generator, office: int, low: float = 0.0, high: float = 1.0, brokers_only: bool = True
    ) -> int | None:
        """A declarant of the office, in no look-alike yet, whose share of its declarations is in [low, high]."""
        p = self.parties
        here = p.unit_office == office
        share = np.zeros(p.declarants)
        np.add.at(share, p.unit_declarant[here], p.unit_weight[here] / p.unit_weight[here].sum())
        free = (share >= low) & (share <= high) & (share > 0) & (p.home == office)
        if brokers_only:
            free &= np.arange(p.declarants) < p.brokers
        free[list(self.busy_declarants)] = False
        choice = np.flatnonzero(free)
        if not choice.size:
            return None
        declarant = int(rng.choice(choice))
        self.busy_declarants.add(declarant)
        return declarant


def stream(seed: int, name: str, part: int = 0) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode()), part])


def _open_days(offices: tuple[Office, ...]) -> NDArray[np.bool_]:
    days = np.arange(HORIZON)
    week = weekday(days)
    holiday = np.isin(days, HOLIDAYS)
    rows = []
    for o in offices:
        row = np.ones(HORIZON, dtype=bool)
        if not o.continuous:
            row &= (week < (6 if o.kind == "land" and o.evening else 5)) & ~holiday
        row[: o.opens_on] = False
        rows.append(row)
    return np.stack(rows)


def _day_weights(
    offices: tuple[Office, ...], open_day: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.float64]:
    """(office, day): season, weekday, holidays and ship arrivals."""
    days = np.arange(DAYS)
    season = 1.0 + 0.15 * np.sin(2 * np.pi * (days - 60) / 365) + 0.25 * np.exp(-(((days - 325) / 22.0) ** 2))
    week = np.array([1.0, 1.05, 1.05, 1.0, 0.95, 0.5, 0.25])[weekday(days)]
    rows = []
    for o, is_open in zip(offices, open_day[:, :DAYS], strict=True):
        row = season * week * np.where(np.isin(days, HOLIDAYS), 0.3, 1.0)
        if o.kind == "port":
            ships = np.zeros(DAYS)
            for arrival in np.flatnonzero(rng.random(DAYS) < 0.28):
                lag = days - arrival
                ships += np.where(lag >= 0, np.exp(-np.maximum(lag, 0) / 1.8), 0.0) * rng.lognormal(0.0, 0.7)
            row *= 0.45 + 0.55 * ships / ships.mean()
        rows.append(row * is_open)
    return np.stack(rows)


def build(seed: int, size: int) -> Country:
    """The country for a year of about ``size`` declarations; larger years have more officers, brokers and traders."""
    offices = OFFICES
    desks: list[Desk] = []
    general = np.zeros(len(offices), dtype=np.int64)
    for number, office in enumerate(offices):
        general[number] = len(desks)
        desks.append(Desk(number, None, tuple(range(len(GROUPS))) if not office.sections else ()))
        for letter, groups in zip("ABCDE", office.sections, strict=False):
            desks.append(Desk(number, letter, groups))
    rules = stream(seed, "rules")
    method = ["random" if n == 0 else METHODS[int(rules.choice(3, p=(0.5, 0.3, 0.2)))] for n in range(len(offices))]
    rule_given = rules.random(len(offices)) < 0.6
    rule_given[0] = True
    goods = goods_.build(stream(seed, "goods"))
    open_day = _open_days(offices)
    growth = max(1.0, size / 20_000)
    return Country(
        seed=seed,
        size=size,
        offices=offices,
        desks=desks,
        general_desk=general,
        method=method,
        rule_given=rule_given,
        goods=goods,
        staff=staff_.build(offices, desks, growth**0.4, stream(seed, "staff")),
        parties=parties_.build(offices, goods, growth, stream(seed, "parties")),
        open_day=open_day,
        day_weight=_day_weights(offices, open_day, stream(seed, "days")),
    )


def opening(office: Office, is_open: bool) -> tuple[str | None, str | None]:
    """Opening and closing time of a day."""
    if not is_open:
        return None, None
    if office.continuous:
        return "00:00", "23:59"
    return ("06:00", "20:00") if office.evening else ("08:00", "17:00")


def year_start() -> dt.date:
    return FIRST_DAY
