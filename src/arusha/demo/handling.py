"""How work is done once it is given out: handed over, examined, assessed, paid, released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo.clock import DAY, EXTRACT_AT, HORIZON, HOUR, to_utc, weekday
from arusha.demo.country import DAY_SHIFT, Country
from arusha.demo.draft import NOBODY, Draft
from arusha.demo.selectivity import RED
from arusha.demo.trade import HONEST

NEVER: Final = np.int64(HORIZON * DAY * 3)
"""A local second that is after the extract."""
LATER: Final = np.int64(2) * EXTRACT_AT
"""A UTC second that is after the extract."""
MINUTE: Final = 60
DOCUMENTARY, PHYSICAL, SCAN = range(3)
ACTS: Final = ("documentary", "physical", "scan")
# chance that an honest act of ordinary strictness finds a (price, code, quantity) irregularity
FINDS: Final = np.array([[0.0, 0.38, 0.32, 0.05], [0.0, 0.46, 0.45, 0.6], [0.0, 0.1, 0.1, 0.5]])
MOST_FOUND: Final = 0.97
PAPERS: Final = 0.03
"""Chance of a discrepancy in the papers that costs nothing."""
NO_ACT: Final = 0.012
"""Honest officers too leave an act out of the system: on paper, in a hurry, on a day when it was down."""
_ABANDONED: Final = 0.004
"""Goods that nobody pays for and nobody fetches."""
BACK, BACK_IF_FOUND = 0.88, 0.7
"""Chance that a control ends with a re-route to green, without a finding and with one."""
BY_CHIEF, BY_HELPER = 0.08, 0.003
"""Chance that the chief, where present, or a colleague of the same shift presses the button."""
LEAST_RECOVERED: Final = 0.6
"""Part of what was left out that a finding brings back, at least."""
_TIRED: Final = 0.06
"""Chance that a file left over at the end of a shift is handed over."""
_QUERY: Final = 0.012
"""Chance that another file goes to a colleague after a query."""

Whole = NDArray[np.int64]


@dataclass
class Handling:
    """Arrays over the examined declarations (``row``), times in local seconds; -1 is nobody.

    ``second`` is the officer of a second pick, made by ``second_by`` at ``second_at``; ``moves`` the chance that honest
    work moves the file to another officer, given when it was begun and who is there.
    """

    row: NDArray[np.int64]
    assigned: NDArray[np.int64]
    second: NDArray[np.int64]
    second_by: NDArray[np.int64]
    second_at: NDArray[np.int64]
    second_reason: NDArray[np.int64]
    begun: NDArray[np.int64]
    ended: NDArray[np.int64]
    shift_kind: NDArray[np.int64]
    shift_day: NDArray[np.int64]
    act: NDArray[np.int64]
    scanned: NDArray[np.bool_]
    missing: NDArray[np.bool_]
    papers: NDArray[np.bool_]
    recover: NDArray[np.float64]
    moves: NDArray[np.float64]


REASONS: Final = ("absence", "end of shift", "query", "workload", "random", "rota")


def _work(
    draft: Draft,
    officer: NDArray[np.int64],
    day: NDArray[np.int64],
    kind: NDArray[np.int64],
    office: NDArray[np.int64],
    given: NDArray[np.int64],
    wait: NDArray[np.int64],
    takes: NDArray[np.int64],
    late: NDArray[np.int64],
) -> tuple[Whole, Whole, NDArray[np.bool_], NDArray[np.bool_], Whole, Whole]:
    """When the officer begins and ends: on this shift if it can be finished, else early in the officer's next one."""
    c, r = draft.country, draft.roster
    start, length = c.shift_start(), c.shift_length()
    begun = given + wait
    ended = begun + takes
    closing = day * DAY + start[office, kind] + length[office, kind] - 5 * MINUTE
    crosses = ended > closing
    next_day = r.next_day[officer, day]
    known = np.minimum(next_day, HORIZON - 1)
    next_kind = np.maximum(r.kind[officer, known], 0).astype(np.int64)
    next_office = r.office[officer, known]
    opening = known * DAY + start[next_office, next_kind]
    last = opening + length[next_office, next_kind] - 5 * MINUTE
    then_begun = np.minimum(opening + late, last - 10 * MINUTE)
    then_ended = np.minimum(then_begun + takes, last)
    gone = next_day >= HORIZON
    begun = np.where(crosses, np.where(gone, NEVER, then_begun), begun)
    ended = np.where(crosses, np.where(gone, NEVER, then_ended), ended)
    away = crosses & ((next_day - day > 3) | (next_office != office))
    at_kind, at_day = np.where(crosses, next_kind, kind), np.where(crosses, known, day)
    return begun, ended, crosses, away, at_kind, at_day


def _next_open(country: Country) -> NDArray[np.int64]:
    """(office, day) -> the next open day after it."""
    table = np.full((len(country.offices), HORIZON + 1), HORIZON, dtype=np.int64)
    for d in range(HORIZON - 1, -1, -1):
        table[:, d] = np.where(country.open_day[:, d], d, table[:, d + 1])
    return table[:, 1:]


def handle(draft: Draft, rng: np.random.Generator) -> Handling:
    """Waiting, handing over, examining. Fills ``draft.officer`` and ``draft.would_find``."""
    c, r, lo, d = draft.country, draft.roster, draft.lodged, draft.draws
    row = d.row
    m = row.size
    head = d.head[d.of_row]
    office, day, kind = lo.office[row], lo.day[row], lo.kind[row]
    first = draft.first[row]
    red = draft.lane[row] == RED
    assigned = lo.local[head] // MINUTE * MINUTE + MINUTE + rng.integers(15, 400, d.count)[d.of_row]
    speed = c.staff.speed[first]
    wait = (rng.exponential(1.0, m) * np.where(red, 80, 35) * MINUTE * speed).astype(np.int64) + 3 * MINUTE
    takes = (rng.lognormal(0.0, 0.5, m) * np.where(red, 60, 18) * MINUTE * speed).astype(np.int64) + 2 * MINUTE
    late = rng.integers(5 * MINUTE, 100 * MINUTE, m)
    _, _, crosses, away, _, _ = _work(draft, first, day, kind, office, assigned, wait, takes, late)

    # Ordinary second picks, by the chief, to whoever is there.
    u = rng.random((3, m))
    tired = crosses & ~away & (u[0] < _TIRED)
    hand_over = away | tired
    next_open = _next_open(c)[office, day]
    hand_over &= next_open < HORIZON
    then = np.minimum(next_open, HORIZON - 1)
    desk = c.desk_of()[office, lo.product[row]]
    key = r.key(then, np.zeros(m, dtype=np.int64), desk)
    key = np.where(r.seniors.size[key] > 0, key, r.key(then, np.zeros(m, dtype=np.int64), c.parent_of()[desk]))
    size = r.seniors.size[key]
    hand_over &= size > 0
    taker = r.seniors.officer[
        np.minimum(r.seniors.start[key] + (u[1] * size).astype(np.int64), r.seniors.officer.size - 1)
    ]
    hand_over &= taker != first
    n = d.size[d.of_row]
    query = ~hand_over & ~crosses & (u[0] < _QUERY) & (n > 1)
    mine = np.zeros(m, dtype=np.int64)
    for slot in range(int(n.max()) if m else 0):
        at = np.minimum(d.start[d.of_row] + slot, d.members.size - 1)
        mine = np.where((d.members[at] == first) & (slot < n), slot, mine)
    step = (mine + 1 + (u[2] * np.maximum(n - 1, 1)).astype(np.int64)) % n
    colleague = d.members[np.minimum(d.start[d.of_row] + step, d.members.size - 1)]
    others = size - r.seniors.holds(key, first)
    given_over = np.where(away, 1.0, _TIRED) * (next_open < HORIZON) * others / np.maximum(size, 1)
    moves = np.where(crosses, given_over, _QUERY * (n > 1))
    second = np.where(hand_over, taker, np.where(query, colleague, NOBODY))
    second_by = np.where(second >= 0, c.staff.chief_of[office], NOBODY)
    morning = then * DAY + c.shift_start()[office, DAY_SHIFT] + rng.integers(5 * MINUTE, 40 * MINUTE, m)
    second_at = np.where(hand_over, morning, assigned + (wait * rng.uniform(0.2, 0.8, m)).astype(np.int64))
    reason = np.where(away, 0, np.where(tired, 1, 2))

    for act in draft.at_pick:
        act()
    moved = draft.moved_to[row] >= 0
    shift_end = day * DAY + c.shift_start()[office, kind] + c.shift_length()[office, kind]
    soon = np.minimum(assigned + rng.integers(90, 1500, m), shift_end - MINUTE)
    second = np.where(moved, draft.moved_to[row], second)
    second_by = np.where(moved, draft.moved_by[row], second_by)
    second_at = np.where(moved, soon, second_at)
    reason = np.where(moved, 3, reason)
    hand_over &= ~moved

    officer = np.where(second >= 0, second, first)
    given = np.where(second >= 0, second_at, assigned)
    at_day, at_kind = np.where(hand_over, then, day), np.where(hand_over, DAY_SHIFT, kind)
    begun, ended, _, _, at_kind, at_day = _work(draft, officer, at_day, at_kind, office, given, wait, takes, late)
    draft.officer[row] = officer

    act_kind = np.where(red, np.where(rng.random(m) < 0.9, PHYSICAL, SCAN), DOCUMENTARY)
    scanned = red & (act_kind == PHYSICAL) & (rng.random(m) < 0.2)
    missing = rng.random(m) < NO_ACT
    strict = c.staff.strictness[officer]
    chance = np.minimum(FINDS[act_kind, lo.wrong[row]] * strict, MOST_FOUND)
    finds = (rng.random(m) < chance) & ~missing & (lo.wrong[row] != HONEST)
    draft.would_find[row] = finds
    papers = (rng.random(m) < PAPERS * strict) & ~missing
    for act in draft.at_handling:
        act()
    return Handling(
        row, assigned, second, second_by, second_at, reason, begun, ended, at_kind, at_day, act_kind, scanned, missing,
        papers, rng.uniform(LEAST_RECOVERED, 1.0, m), moves,
    )  # fmt: skip


@dataclass
class Course:
    """Arrays over all declarations, UTC seconds (LATER or beyond the extract where it did not happen)."""

    assessed: NDArray[np.int64]
    paid: NDArray[np.int64]
    released: NDArray[np.int64]
    exited: NDArray[np.int64]
    rerouted: NDArray[np.int64]
    rerouted_by: NDArray[np.int64]
    has_act: NDArray[np.bool_]


def _bank_hours(country: Country, local: NDArray[np.int64], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """The moment itself between 8 and 17 on a working day, else the morning of the next one."""
    day, second = local // DAY, local % DAY
    shut = (second >= 17 * HOUR) | (weekday(day) >= 5)
    day = np.where(shut, day + 1, day)
    day = day + np.where(weekday(day) == 5, 2, np.where(weekday(day) == 6, 1, 0))
    morning = day * DAY + 8 * HOUR + (u * 2 * HOUR).astype(np.int64)
    return np.where(shut | (second < 8 * HOUR), morning, local)


def course(
    draft: Draft, h: Handling, due: NDArray[np.bool_], found: NDArray[np.bool_], rng: np.random.Generator
) -> Course:
    """Times from assessment to exit, and who put what back to green. ``due`` says where there is tax to pay."""
    c, lo = draft.country, draft.lodged
    n, m = lo.rows, h.row.size
    row = h.row
    assessed = lo.local + rng.integers(30, 120, n)
    by = draft.cleared_by[row]
    quick = by >= 0
    given = np.where(h.second >= 0, h.second_at, h.assigned)
    has_act = ~h.missing & ~quick
    assessed[row] = np.where(quick, given + rng.integers(2 * MINUTE, 8 * MINUTE, m), h.ended + rng.integers(45, 280, m))
    assessed = np.minimum(assessed, NEVER)

    u = rng.random((3, m))
    back = quick | (u[0] < np.where(found[row], BACK_IF_FOUND, BACK))
    chief = c.staff.chief_of[lo.office[row]]
    chief_there = (h.shift_kind == DAY_SHIFT) & (weekday(h.shift_day) < 5)
    who = np.where(chief_there & (u[1] < BY_CHIEF), chief, draft.officer[row])
    # Now and then a colleague on the same shift presses the button.
    d = draft.draws
    helper = d.members[np.minimum(d.start[d.of_row] + (u[2] * d.size[d.of_row]).astype(np.int64), d.members.size - 1)]
    same_shift = (h.shift_day == lo.day[row]) & (h.shift_kind == lo.kind[row])
    who = np.where(same_shift & (u[1] > 1.0 - BY_HELPER), helper, who)
    who = np.where(quick, by, who)
    rerouted_by = np.full(n, NOBODY)
    rerouted_by[row] = np.where(back, who, NOBODY)
    acts = np.zeros(n, dtype=bool)
    acts[row] = has_act

    # Payment keeps bank hours; release and exit run on, so they are counted on the clock that never changes.
    zones, office = c.zones, lo.office
    pay = _bank_hours(c, assessed + (rng.lognormal(1.5, 0.9, n) * HOUR).astype(np.int64), rng.random(n))
    left_behind = rng.random(n) < _ABANDONED
    paid = np.where(due & (assessed < NEVER) & ~left_behind, to_utc(pay, zones, office), LATER)
    assessed = np.where(assessed < NEVER, to_utc(assessed, zones, office), LATER)
    back_at = np.full(n, LATER)
    back_at[row] = np.where(back, assessed[row] + rng.integers(4, 18, m), LATER)
    ready = np.where(due, np.maximum(paid, assessed), assessed)
    released = ready + (rng.gamma(2.0, 0.4, n) * HOUR).astype(np.int64) + 3 * MINUTE
    exited = released + (rng.lognormal(2.2, 0.8, n) * HOUR).astype(np.int64) + 10 * MINUTE
    return Course(assessed, paid, released, exited, back_at, rerouted_by, acts)
