"""The roster of the year, day by day, and the pools of officers that an assignment can pick from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import HORIZON, weekday
from arusha.demo.country import DAY_SHIFT, EVENING_SHIFT, NIGHT_SHIFT, Country
from arusha.demo.staff import EXAMINER

OFF = -1


@dataclass(frozen=True)
class Pools:
    """Officers by pool: pool ``key`` holds ``officer[start[key]:start[key] + size[key]]``, in order of officer."""

    officer: NDArray[np.int64]
    start: NDArray[np.int64]
    size: NDArray[np.int64]

    def holds(self, key: NDArray[np.int64], officer: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each officer is in the pool named beside."""
        found = np.zeros(key.size, dtype=bool)
        for slot in range(int(self.size[key].max(initial=0))):
            at = np.minimum(self.start[key] + slot, self.officer.size - 1)
            found |= (self.officer[at] == officer) & (slot < self.size[key])
        return found


@dataclass(frozen=True)
class Roster:
    """(officer, day) arrays: ``kind`` of shift or OFF, ``office``, and the ``desk`` whose work the officer takes.

    ``everyone`` and ``seniors`` are the pools with and without trainees; their key is ``key(day, kind, desk)``.
    """

    kind: NDArray[np.int8]
    office: NDArray[np.int64]
    desk: NDArray[np.int64]
    next_day: NDArray[np.int64]
    desks: int
    everyone: Pools
    seniors: Pools

    def key(self, day: NDArray[np.int64], kind: NDArray[np.int64], desk: NDArray[np.int64]) -> NDArray[np.int64]:
        return (day * 3 + kind) * self.desks + desk


def _pools(entries: NDArray[np.int64], officers: NDArray[np.int64], keys: int) -> Pools:
    order = np.argsort(entries, kind="stable")
    sorted_keys = entries[order]
    start = np.searchsorted(sorted_keys, np.arange(keys + 1))
    return Pools(officers[order], start[:-1], np.diff(start))


def _fill_gaps(country: Country, kind: NDArray[np.int8], office: NDArray[np.int64], desk: NDArray[np.int64],
               free: NDArray[np.bool_]) -> None:  # fmt: skip
    """Nobody's desk stays empty on an open day: a colleague is moved over, or gives up a rest day."""
    for number in range(len(country.offices)):
        ordinary = [d for d, k in enumerate(country.desks) if k.office == number and not k.products and k.groups]
        here = office == number
        wanted = [(DAY_SHIFT, d) for d in ordinary]
        wanted += [(k, -1) for k in (EVENING_SHIFT, NIGHT_SHIFT) if country.has_shift(number, k)]
        for shift, which in wanted:
            on = here & (kind == shift)
            if which >= 0:
                on = on & (desk == which)
            for day in np.flatnonzero((on.sum(axis=0) == 0) & country.open_day[number]):
                at_day = here[:, day] & (kind[:, day] == DAY_SHIFT) & ~country.staff.trainee
                seats = np.bincount(desk[at_day, day], minlength=len(country.desks))
                spare = np.flatnonzero(at_day & (seats[desk[:, day]] > 1) & np.isin(desk[:, day], ordinary))
                rest = np.flatnonzero(here[:, day] & free[:, day] & (kind[:, day] == OFF) & ~country.staff.trainee)
                choice = spare if spare.size else rest
                if not choice.size:
                    continue
                officer = choice[day % choice.size]
                kind[officer, day] = shift
                desk[officer, day] = which if which >= 0 else desk[officer, day]


def build(country: Country) -> Roster:
    """Expand postings, rest days, leave, evening weeks and covers into one row a day."""
    s = country.staff
    n = s.count
    days = np.arange(HORIZON)
    office = np.repeat(s.home[:, None], HORIZON, axis=1)
    desk = np.repeat(s.desk[:, None], HORIZON, axis=1)
    posted = days[None, :] >= s.posted[:, None]
    for move in s.moves:
        posted[move.officer, move.day :] = move.office >= 0
        if move.office >= 0:
            office[move.officer, move.day :] = move.office
            desk[move.officer, move.day :] = move.desk
    continuous = np.array([o.continuous for o in country.offices])
    evening = np.array([o.evening for o in country.offices])
    opened = country.open_day[office, days[None, :]]
    # Who works fewer days has them fixed; all others rest two days of seven, in turn.
    rested = (((days[None, :] + 3 * s.rank[:, None]) % 7) < 5) | ~np.all(s.workdays, axis=1, keepdims=True)
    free = posted & opened & (s.role == EXAMINER)[:, None]
    for duty in s.duties:
        if duty.away:
            free[duty.officer, max(duty.from_day, 0) : duty.to_day] = False
    on = free & np.where(continuous[office], rested, True) & s.workdays[:, weekday(days)]
    own_desk = np.array([bool(d.products) for d in country.desks])
    kind = np.where(on, DAY_SHIFT, OFF).astype(np.int8)
    week = (days + 2) // 7
    turns = ((week[None, :] + s.rank[:, None]) % 4 == 0) & evening[office] & s.evenings[:, None] & ~own_desk[desk]
    kind[on & turns & ~s.night[:, None] & ~s.trainee[:, None]] = EVENING_SHIFT
    kind[on & s.night[:, None] & continuous[office]] = NIGHT_SHIFT
    for cover in s.covers:
        window = slice(cover.from_day, cover.to_day)
        desk[cover.officer, window] = cover.desk
        kind[cover.officer, window] = np.where(on[cover.officer, window], DAY_SHIFT, OFF)
    _fill_gaps(country, kind, office, desk, free)

    pool_desk = np.where(kind == DAY_SHIFT, desk, country.general_desk[office])
    officers, day = np.nonzero(kind >= 0)
    entries = (day * 3 + kind[officers, day]) * len(country.desks) + pool_desk[officers, day]
    keys = HORIZON * 3 * len(country.desks)
    senior = ~s.trainee[officers]
    next_day = np.full((n, HORIZON + 1), HORIZON, dtype=np.int64)
    for d in range(HORIZON - 1, -1, -1):
        next_day[:, d] = np.where(kind[:, d] >= 0, d, next_day[:, d + 1])
    return Roster(
        kind=kind,
        office=office,
        desk=pool_desk,
        next_day=next_day[:, 1:],
        desks=len(country.desks),
        everyone=_pools(entries, officers, keys),
        seniors=_pools(entries[senior], officers[senior], keys),
    )
