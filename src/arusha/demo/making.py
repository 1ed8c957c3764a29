"""From a country and some days to everything that happened on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.demo import assignment, handling, outcome, selectivity, trade
from arusha.demo.country import Country
from arusha.demo.draft import NOBODY, Draft
from arusha.demo.handling import Course, Handling
from arusha.demo.outcome import Outcome
from arusha.demo.roster import Roster


@dataclass
class Part:
    """What happened on some days. ``number`` is each declaration's number in its office's register, from 1.

    ``claims`` is, by draw, how many officers shared the best claim under the office's rule at that moment.
    """

    draft: Draft
    handling: Handling
    course: Course
    outcome: Outcome
    claims: NDArray[np.float64]
    number: NDArray[np.int64]
    amended: NDArray[np.bool_]
    amended_from: NDArray[np.int64]


@dataclass
class Counters:
    """Numbers already given out, so that parts of a year follow on."""

    by_office: NDArray[np.int64]
    inspection: int = 0
    event: int = 0


def counters(country: Country) -> Counters:
    return Counters(np.zeros(len(country.offices), dtype=np.int64))


def _register_numbers(office: NDArray[np.int64], given: Counters) -> NDArray[np.int64]:
    number = np.zeros(office.size, dtype=np.int64)
    for k in range(given.by_office.size):
        mine = np.flatnonzero(office == k)
        number[mine] = given.by_office[k] + 1 + np.arange(mine.size)
        given.by_office[k] += mine.size
    return number


def make(
    country: Country,
    roster: Roster,
    counts: NDArray[np.int64],
    days: slice,
    given: Counters,
    part: int = 0,
    plant: Callable[[Draft], None] | None = None,
) -> Part:
    """Lodge, select, plant, assign, handle, settle."""
    lodged = trade.lodge(country, counts, days, country.random("trade", part))
    lane, criterion = selectivity.select(country, lodged, country.random("lanes", part))
    draws = assignment.draws(country, roster, lodged, lane)
    n = lodged.rows
    draw_of = np.full(n, NOBODY)
    draw_of[draws.row] = draws.of_row
    draft = Draft(
        country=country,
        roster=roster,
        lodged=lodged,
        lane=lane,
        criterion=criterion,
        draws=draws,
        forced=np.full(draws.count, NOBODY),
        draw_of=draw_of,
        first=np.full(n, NOBODY),
        officer=np.full(n, NOBODY),
        would_find=np.zeros(n, dtype=bool),
        moved_to=np.full(n, NOBODY),
        moved_by=np.full(n, NOBODY),
        value_factor=np.ones(n),
        amended_after=np.zeros(n, dtype=bool),
        suppressed=np.zeros(n, dtype=bool),
        cleared_by=np.full(n, NOBODY),
    )
    if plant:
        plant(draft)
    picked, claims = assignment.pick(country, lodged, draws, draft.forced, country.random("picks", part))
    draft.first[draws.row] = picked[draws.of_row]
    handled = handling.handle(draft, country.random("work", part))
    settled = outcome.settle(draft, handled, part)
    after = country.random("after", part)
    course = handling.course(draft, handled, settled.assessed_tax > 0, settled.found, after)
    amended = after.random(n) < 0.02
    old = np.maximum(10, np.round(settled.declared * after.uniform(0.94, 1.06, n) / 10).astype(np.int64) * 10)
    # What a scheme had lowered after the pick was first declared as the honest would have it.
    honest = np.add.reduceat(lodged.item_declared, lodged.first_item) if n else np.zeros(0, dtype=np.int64)
    old = np.where(draft.amended_after, honest, old)
    return Part(
        draft,
        handled,
        course,
        settled,
        claims,
        _register_numbers(lodged.office, given),
        amended | draft.amended_after,
        old,
    )
