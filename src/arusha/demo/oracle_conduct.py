"""What could be found at best of leniency, endings without an act, emptied desks and files moved away.

Each asks what the question of its scheme asks, of the same kinds of unit, with the chances under honest conduct known:
nothing is compared with colleagues, so that no stratum, no ordinary scatter and no unit set aside is needed.
"""

from __future__ import annotations

import numpy as np

from arusha.demo import handling
from arusha.demo.clock import EXTRACT_AT, weekday
from arusha.demo.country import DAY_SHIFT
from arusha.demo.honest_chances import Knowing, examined, of_acts
from arusha.demo.oracle_units import ANYONE, BoolArray, FloatArray, IntArray, Units, counted, grouped
from arusha.demo.world import World


def findings(world: World, knowing: Knowing = Knowing.RISK) -> list[Units]:
    """Officers and pairs: examinations without a finding, against the chance of each (finding-rate)."""
    part, h = world.part, world.part.handling
    at = np.flatnonzero(examined(world))
    row = h.row[at]
    office, declarant = part.draft.lodged.office[row], part.draft.lodged.declarant[row]
    officer = part.draft.officer[row]
    papers = h.papers[at] & ~part.draft.suppressed[row]
    nothing = ~(part.outcome.found[row] | papers)
    chance = 1.0 - of_acts(world, knowing).discrepancy[at]
    case = np.ones(row.size, dtype=np.int64)
    anyone = np.full(row.size, ANYONE)
    return [
        counted(office, officer, anyone, chance, nothing, case),
        counted(office, officer, declarant, chance, nothing, case),
    ]


def endings(world: World, knowing: Knowing = Knowing.RISK) -> list[Units]:
    """Officers or users, and pairs: controls closed out of order, against the chance that they close each so.

    Of each control several could: the officer in charge without an act, the chief without an act, a colleague of the
    same shift with or without one. Of these a unit's cases are the controls that it closed.
    """
    part, h, d, lo = world.part, world.part.handling, world.part.draft, world.part.draft.lodged
    course = part.course
    back = course.rerouted_by[h.row] >= 0
    seen = (course.assessed[h.row] <= EXTRACT_AT) & (~back | (course.rerouted[h.row] <= EXTRACT_AT))
    at = np.flatnonzero(seen)
    row = h.row[at]
    own = d.officer[row]
    chief = world.country.staff.chief_of[lo.office[row]]
    closer = np.where(back[at], course.rerouted_by[row], own)
    stranger = (closer != own) & (closer != chief)
    out_of_order = back[at] & (~course.has_act[row] | stranger)

    draw = d.draws.of_row[at]
    size = d.draws.size[draw]
    chief_there = ((h.shift_kind[at] == DAY_SHIFT) & (weekday(h.shift_day[at]) < 5)) * handling.BY_CHIEF
    same_shift = ((h.shift_day[at] == lo.day[row]) & (h.shift_kind[at] == lo.kind[row])) * handling.BY_HELPER
    finding = of_acts(world, knowing).finding[at]
    no_act = handling.NO_ACT * handling.BACK
    acted = (1.0 - handling.NO_ACT) * (handling.BACK - finding * (handling.BACK - handling.BACK_IF_FOUND))
    entry = np.repeat(np.arange(row.size), size)
    slot = np.arange(entry.size) - np.repeat(np.cumsum(size) - size, size)
    member = d.draws.members[d.draws.start[draw][entry] + slot]
    helps = (same_shift / size)[entry]
    himself = np.bincount(entry, weights=member == own[entry], minlength=row.size) * same_shift / size
    parts = [
        (np.arange(row.size), own, no_act * (1.0 - chief_there - same_shift + himself)),
        (np.arange(row.size), chief, no_act * chief_there),
        (entry, member, np.where(member == own[entry], 0.0, helps * (no_act + acted[entry]))),
    ]
    # Who closed a control without being among those who could is a draw without a chance.
    could = _holds(entry, member, closer) | (closer == own) | (closer == chief)
    parts.append((np.flatnonzero(~could), closer[~could], np.zeros(int((~could).sum()))))
    rows = np.concatenate([p[0] for p in parts])
    who = np.concatenate([p[1] for p in parts])
    chance: FloatArray = np.concatenate([p[2] for p in parts])
    # One entry a control and user.
    key = rows * world.country.staff.count + who
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    rows, who = rows[first], who[first]
    chance = np.bincount(inverse, weights=chance).astype(np.float64)
    case = closer[rows] == who
    hit = case & out_of_order[rows]
    office, declarant = lo.office[row][rows], lo.declarant[row][rows]
    return [
        counted(office, who, np.full(who.size, ANYONE), chance, hit, case.astype(np.int64)),
        counted(office, who, declarant, chance, hit, case.astype(np.int64)),
    ]


def _holds(entry: IntArray, member: IntArray, wanted: IntArray) -> BoolArray:
    found = np.zeros(wanted.size, dtype=bool)
    found[entry[member == wanted[entry]]] = True
    return found


def honest_pools(world: World) -> IntArray:
    """Officers in the pool of each draw before a scheme sent anybody away: those who went stand behind the others."""
    d, roster = world.part.draft.draws, world.part.draft.roster
    everyone, seniors = roster.everyone, roster.seniors
    full = [np.diff(np.append(pools.start, pools.officer.size)) for pools in (everyone, seniors)]
    key = d.group // 2
    return np.where(d.start >= everyone.officer.size, full[1][key], full[0][key])


def rosters(world: World) -> Units:
    """Pairs: first picks, against the chances had the roster been left alone (assignment-steering, emptied desks).

    The question holds picks against who was on shift, which an emptied desk leaves in order.
    """
    d, lo = world.part.draft, world.part.draft.lodged
    size = honest_pools(world)
    # A batch, which has one declarant, is one draw.
    heads = d.draws.head
    entry = np.repeat(np.arange(d.draws.count), size)
    slot = np.arange(entry.size) - np.repeat(np.cumsum(size) - size, size)
    member = d.draws.members[d.draws.start[entry] + slot]
    chance: FloatArray = 1.0 / size[entry]
    picked = member == d.first[heads[entry]]
    office, declarant = lo.office[heads], lo.declarant[heads]
    # A pair's cases are its declarant's draws at the office, whoever was in their pools, as ``oracle.steering`` has it.
    _, broker, draws_of = np.unique(office * (declarant.max() + 1) + declarant, return_inverse=True, return_counts=True)
    order, pointers, _ = grouped(office[entry], member, declarant[entry])
    case = np.zeros(entry.size, dtype=np.int64)
    first = order[pointers[:-1]]
    case[first] = draws_of[broker[entry[first]]]
    return counted(office[entry], member, declarant[entry], chance, picked, case)


def moves(world: World) -> Units:
    """Declarants: files that ended with another officer than the first pick (assignment-override).

    Each against the chance that honest work moves it, given how far the officer got with it.
    """
    h, lo = world.part.handling, world.part.draft.lodged
    office, declarant = lo.office[h.row], lo.declarant[h.row]
    anyone = np.full(h.row.size, ANYONE)
    return counted(office, anyone, declarant, h.moves, h.second >= 0, np.ones_like(h.row))
