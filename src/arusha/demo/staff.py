"""Officers: where they are posted, at which desk they sit, when they are away, how strict they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import DAYS
from arusha.demo.offices import Desk, Office

EXAMINER, CHIEF, SUPERVISOR, OTHER = range(4)
ROLES: Final = ("examiner", "chief", "supervisor", "other")
GRADES: Final = ("G1", "G2", "G3", "G4", "G5")


@dataclass(frozen=True)
class Move:
    """From ``day`` on the officer works at another office and desk; ``office`` -1 means no longer in post."""

    officer: int
    day: int
    office: int
    desk: int


@dataclass(frozen=True)
class Duty:
    """A row of duties. ``away`` takes the officer off the roster; ``to_day`` is exclusive, None while it lasts."""

    officer: int
    kind: str
    from_day: int
    to_day: int | None
    detail: str | None
    recorded_day: int
    recorded_by: int
    away: bool = False


@dataclass(frozen=True)
class Cover:
    """Between two days the officer sits at another desk of the same office."""

    officer: int
    desk: int
    from_day: int
    to_day: int


@dataclass
class Staff:
    """Arrays over officers; ``moves``, ``duties`` and ``covers`` are lists in order of effect."""

    code: NDArray[np.str_]
    home: NDArray[np.int64]
    role: NDArray[np.int64]
    desk: NDArray[np.int64]
    night: NDArray[np.bool_]
    evenings: NDArray[np.bool_]
    rank: NDArray[np.int64]
    workdays: NDArray[np.bool_]
    trainee: NDArray[np.bool_]
    strictness: NDArray[np.float64]
    speed: NDArray[np.float64]
    grade: NDArray[np.int64]
    hired: NDArray[np.int64]
    posted: NDArray[np.int64]
    chief_of: NDArray[np.int64]
    moves: list[Move] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.code)

    def outsiders(self) -> NDArray[np.int64]:
        """Users with system rights who belong to no office's examination: they run the system."""
        return np.flatnonzero(self.role == OTHER)


def _leave(staff: Staff, offices: Sequence[Office], rng: np.random.Generator) -> None:
    """Two spells of leave for everyone, spread so that an office is never emptied, and some training."""
    for office in range(len(offices)):
        team = np.flatnonzero((staff.role == EXAMINER) & (staff.home == office))
        for place, officer in enumerate(team):
            planned = -int(rng.integers(10, 40))
            for half in (0, 1):
                start = half * 182 + int(place * 165 / max(team.size, 1)) + int(rng.integers(0, 8))
                end = min(start + int(rng.integers(9, 15)), DAYS)
                staff.duties.append(
                    Duty(int(officer), "leave", start, end, None, planned, int(staff.chief_of[office]), away=True)
                )
            if rng.random() < 0.25:
                start = int(rng.integers(0, DAYS - 5))
                by = int(staff.chief_of[office])
                staff.duties.append(
                    Duty(int(officer), "training", start, start + 4, "course", start - 20, by, away=True)
                )


def build(offices: Sequence[Office], desks: Sequence[Desk], growth: float, rng: np.random.Generator) -> Staff:
    """Officers of every office, their chief and supervisor, and two system administrators."""
    home: list[int] = []
    role: list[int] = []
    desk: list[int] = []
    night: list[bool] = []
    for number, office in enumerate(offices):
        own = [d for d, k in enumerate(desks) if k.office == number and k.label] or [
            d for d, k in enumerate(desks) if k.office == number
        ]
        general = next(d for d, k in enumerate(desks) if k.office == number and not k.label)
        examiners = max(3, round(office.staff * growth))
        nights = round(examiners * 0.13) if office.continuous else 0
        for place in range(examiners):
            at_night = place < nights
            home.append(number)
            role.append(EXAMINER)
            night.append(at_night)
            desk.append(general if at_night else own[place % len(own)])
        for extra in (CHIEF, SUPERVISOR):
            home.append(number)
            role.append(extra)
            night.append(False)
            desk.append(general)
    for _ in range(2):
        home.append(0)
        role.append(OTHER)
        night.append(False)
        desk.append(0)
    n = len(home)
    homes, roles = np.array(home), np.array(role)
    codes = rng.permutation(np.arange(1, max(1000, 3 * n)))[:n]
    rank = np.zeros(n, dtype=np.int64)
    for number in range(len(offices)):
        members = np.flatnonzero((homes == number) & (roles == EXAMINER))
        rank[members] = np.arange(members.size)
    hired = -rng.integers(400, 9000, n)
    posted = np.maximum(hired, -rng.integers(60, 1500, n))
    opened = np.array([o.opens_on for o in offices])
    posted = np.where(opened[homes] > 0, opened[homes], posted)
    staff = Staff(
        code=np.array([f"EX{c:04d}" for c in codes]),
        home=homes,
        role=roles,
        desk=np.array(desk),
        night=np.array(night),
        evenings=np.ones(n, dtype=bool),
        rank=rank,
        workdays=np.ones((n, 7), dtype=bool),
        trainee=np.zeros(n, dtype=bool),
        strictness=rng.lognormal(0.0, 0.22, n),
        speed=rng.lognormal(0.0, 0.2, n),
        grade=np.where(roles == EXAMINER, rng.integers(0, 3, n), np.where(roles == CHIEF, 3, 4)),
        hired=hired,
        posted=posted,
        chief_of=np.array([np.flatnonzero((homes == k) & (roles == CHIEF))[0] for k in range(len(offices))]),
    )
    _leave(staff, offices, rng)
    return staff
