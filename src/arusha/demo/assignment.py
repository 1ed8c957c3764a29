"""How an office gives out work: at random, by rota, or to whoever has least on the desk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import HOUR
from arusha.demo.country import DAY_SHIFT, Country
from arusha.demo.roster import Roster
from arusha.demo.selectivity import RED, YELLOW
from arusha.demo.trade import Lodged

WORKLOAD_DECLARATION, WORKLOAD_ITEM = 10, 5
"""Weights of a declaration and of an item in the load of an officer."""
CLEARED_A_HOUR = 25
"""Load that an officer works off in an hour."""


@dataclass(frozen=True)
class Draws:
    """One draw gives one officer to all declarations that were lodged together and need one.

    ``row`` lists the declarations that need an officer, ``of_row`` the draw of each. The pool of draw ``d`` is
    ``pools.officer[start[d]:start[d] + size[d]]``; every member had the same chance (see ``chance``).
    """

    row: NDArray[np.int64]
    of_row: NDArray[np.int64]
    head: NDArray[np.int64]
    weight: NDArray[np.int64]
    start: NDArray[np.int64]
    size: NDArray[np.int64]
    desk: NDArray[np.int64]
    group: NDArray[np.int64]
    members: NDArray[np.int64]

    @property
    def count(self) -> int:
        return self.head.size


def section_desks(country: Country, roster: Roster, lodged: Lodged) -> NDArray[np.int64]:
    """The desk to whose section each declaration belongs: one that is empty by day leaves its goods to the section."""
    own = country.desk_of()[lodged.office, lodged.product]
    empty = roster.everyone.size[roster.key(lodged.day, np.full(own.size, DAY_SHIFT), own)] == 0
    return np.where(empty & (lodged.kind == DAY_SHIFT), country.parent_of()[own], own)


def draws(country: Country, roster: Roster, lodged: Lodged, lane: NDArray[np.int64]) -> Draws:
    """Who could have been picked for what."""
    row = np.flatnonzero((lane == YELLOW) | (lane == RED))
    _, head_at, of_row = np.unique(lodged.batch[row], return_index=True, return_inverse=True)
    head = row[head_at]
    weight = np.bincount(of_row, weights=WORKLOAD_DECLARATION + WORKLOAD_ITEM * lodged.item_count[row]).astype(np.int64)
    office, day, kind = lodged.office[head], lodged.day[head], lodged.kind[head]
    desk = np.where(kind == DAY_SHIFT, section_desks(country, roster, lodged)[head], country.general_desk[office])
    everyone, seniors = roster.everyone, roster.seniors
    key = roster.key(day, kind, desk)
    # Trainees are given what is simple: documents only, one item, goods of low risk.
    hard = (np.bincount(of_row, weights=lane[row] == RED) > 0) | (weight > WORKLOAD_DECLARATION + WORKLOAD_ITEM)
    hard |= country.goods.risk[lodged.product[head]] > np.quantile(country.goods.risk, 0.6)
    hard &= seniors.size[key] > 0
    members = np.concatenate([everyone.officer, seniors.officer])
    start = np.where(hard, seniors.start[key] + everyone.officer.size, everyone.start[key])
    size = np.where(hard, seniors.size[key], everyone.size[key])
    apart = hard & (seniors.size[key] != everyone.size[key])
    return Draws(row, of_row, head, weight, start, size, desk, key * 2 + apart, members)


def _ranks(group: NDArray[np.int64], time: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Order of all draws by group and time, and each draw's place within its group in that order."""
    order = np.lexsort((time, group))
    g = group[order]
    first = np.flatnonzero(np.concatenate([[True], g[1:] != g[:-1]])) if g.size else np.empty(0, dtype=np.int64)
    place = np.arange(g.size) - np.repeat(first, np.diff(np.append(first, g.size)))
    return order, place


def pick(
    country: Country, lodged: Lodged, d: Draws, forced: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Officer of each draw, and how many shared the best claim to it at that moment under the office's rule.

    ``forced`` is the officer that a scheme puts there (-1 for none); the rule goes on from what happened, so that a
    forced pick weighs on the officer's load like any other.

    Over the starting point of the rota and the load left from before, which nobody's goods depend on, every member of
    the pool has the same chance under each of the three rules: they are exchangeable.
    """
    u = rng.random(d.count)
    officer = d.members[np.minimum(d.start + (u * d.size).astype(np.int64), d.members.size - 1)]
    claims = d.size.astype(np.float64)
    method = np.array([("random", "workload", "rota").index(m) for m in country.method])[lodged.office[d.head]]

    rota = np.flatnonzero(method == 2)
    if rota.size:
        order, place = _ranks(d.group[rota], lodged.registered[d.head[rota]])
        chosen = rota[order]
        first = chosen[np.maximum.accumulate(np.where(place == 0, np.arange(place.size), 0))]
        turn = (np.floor(u[first] * d.size[first]).astype(np.int64) + place) % d.size[chosen]
        officer[chosen] = d.members[d.start[chosen] + turn]
        claims[chosen] = 1.0

    load = np.flatnonzero(method == 1)
    if load.size:
        _least_loaded(lodged, d, load, forced, u, rng, officer, claims)
    officer = np.where(forced >= 0, forced, officer)
    return officer, claims


def _least_loaded(
    lodged: Lodged,
    d: Draws,
    load: NDArray[np.int64],
    forced: NDArray[np.int64],
    u: NDArray[np.float64],
    rng: np.random.Generator,
    officer: NDArray[np.int64],
    claims: NDArray[np.float64],
) -> None:
    """Replay the workload rule, all shifts of all desks side by side, one draw of each at a time."""
    time = lodged.registered[d.head[load]]
    order, place = _ranks(d.group[load], time)
    chosen = load[order]
    group = np.cumsum(place == 0) - 1
    first = chosen[place == 0]
    size, start = d.size[first], d.start[first]
    widest = int(size.max())
    slots = np.arange(widest)
    outside = slots[None, :] >= size[:, None]
    # What was left on each desk from before is the same for all in law.
    left = rng.integers(0, 4, (size.size, widest)) * float(WORKLOAD_DECLARATION)
    loads = np.where(outside, np.inf, left)
    last = lodged.registered[d.head[first]].astype(np.float64)
    by_place = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[by_place], np.arange(place.max() + 2))
    members = np.append(d.members, -1)
    for step in range(bounds.size - 1):
        at = by_place[bounds[step] : bounds[step + 1]]
        draw, g = chosen[at], group[at]
        now = lodged.registered[d.head[draw]].astype(np.float64)
        loads[g] = np.maximum(0.0, loads[g] - CLEARED_A_HOUR * ((now - last[g]) / HOUR)[:, None])
        last[g] = now
        current = loads[g]
        tied = current <= current.min(axis=1, keepdims=True) + 1e-9
        ties = tied.sum(axis=1)
        nth = (u[draw] * ties).astype(np.int64)
        slot = np.argmax(np.cumsum(tied, axis=1) > nth[:, None], axis=1)
        pool = members[np.minimum(start[g][:, None] + slots[None, :], members.size - 1)]
        is_forced = (pool == forced[draw][:, None]) & ~outside[g]
        slot = np.where(is_forced.any(axis=1), np.argmax(is_forced, axis=1), slot)
        officer[draw] = pool[np.arange(at.size), slot]
        claims[draw] = ties
        loads[g, slot] += d.weight[draw]
