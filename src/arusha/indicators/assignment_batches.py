"""Batches: declarations lodged together and assigned together are one draw, not many.

How far apart "together" reaches is learnt from the draws. Two picks for one declarant that follow each other closely
are held against picks for the same declarant on other days: where closeness in time makes the same officer more likely,
near picks are not separate draws. Steering does not look like that: it favours an officer near and far alike. Which
draws are kept never depends on who was picked (the first of each batch is kept), so thinning costs power and cannot
make bias.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray, dense

FloatArray = NDArray[np.float64]

GAPS = (0, 5, 15, 60, 24 * 60)
"""Minutes within which draws of one declarant may belong together: 0 is the same minute, the last one the same day."""
WEEK, MONTH = 7 * 24 * 60, 28 * 24 * 60
"""Calendar weeks and blocks of four: an officer drawn by lot for each declarant anew every so often, or a file that
goes where the importer's last one went. Only many declarants together show it, since a scheme may come and go."""
NONE = -1
"""No gap: draws of the same minute count once within their frame, and nothing else does."""
CLEAR = 3.0
"""Standard deviations by which near picks must exceed far ones."""
FEWEST_STEPS = 5
"""Near steps without which a declarant's own batches are not looked for."""
DOUBT = 0.25
"""Share of near steps due to nearness below which a declarant is told not to lodge in batches."""
MATERIAL = 0.05
"""And the share of near picks beyond it that must be due to nearness."""
LONGEST = 4
"""A chain of near draws is broken after this many times the gap, so that a busy declarant keeps its draws."""


@dataclass(frozen=True)
class Batches:
    """What was learnt: the gap in minutes within which draws count once (0: none)."""

    office_gap: int
    gap: IntArray
    """One a declarant: the office's, or its own where that is wider."""
    keep: BoolArray
    """One a draw: the first of each batch."""


def same_minute(draws: Draws) -> BoolArray:
    """The first draw of each declarant, frame and minute: draws that nobody can tell apart count once."""
    keep = np.ones(len(draws), dtype=bool)
    order = np.lexsort((np.arange(len(draws)), draws.minute, draws.frame, draws.declarant))
    a, b = order[:-1], order[1:]
    same = (draws.minute[a] == draws.minute[b]) & (draws.minute[b] != UNKNOWN)
    for key in (draws.declarant, draws.frame):
        same &= key[a] == key[b]
    keep[b[same]] = False
    return keep


def find(draws: Draws, pooled: IntArray) -> Batches:
    """Learn how far batches reach and keep the first draw of each.

    ``draws`` are one a minute already (``same_minute``); ``pooled`` is a code of the known pools, one a draw.
    """
    declarants = len(draws.declarants)
    gap = np.full(declarants, NONE, dtype=np.int64)
    if len(draws) < 2:
        return Batches(NONE, gap, np.ones(len(draws), dtype=bool))
    near, far, longer = _concordance(draws, pooled)
    n_far, excess_far, variance_far = _by_declarant(far, np.ones(far.gap.size, dtype=bool), declarants)
    # A few far steps prove no habit: they weigh against as many that met no one more often.
    base = np.maximum(excess_far / (n_far + FEWEST_STEPS), 0.0)
    spread = variance_far / (n_far + FEWEST_STEPS) ** 2
    office_gap = doubtful_gap = NONE
    sticky, steps, total, noise = (np.zeros(declarants) for _ in range(4))
    for minutes in GAPS if draws.timed else GAPS[-1:]:
        n, excess, variance = _by_declarant(near, near.gap == minutes, declarants)
        beyond = excess - n * base
        error = np.sqrt(variance + n**2 * spread)
        enough = beyond.sum() > MATERIAL * n.sum()
        # One vote a declarant: the self-normalised sum cannot be carried by a single one.
        length = np.sqrt(np.sum(beyond**2))
        if enough and beyond.sum() > CLEAR * length:
            office_gap = minutes
        if enough and beyond.sum() > CLEAR * np.sqrt(np.sum(error**2)):
            doubtful_gap = minutes
        own = (n >= FEWEST_STEPS) & (beyond > CLEAR * error) & (beyond > MATERIAL * n)
        # Steps half as sticky as the batch's shorter ones are its ends.
        rate = np.where(n > 0, beyond / np.maximum(n, 1), 0.0)
        own |= (gap > NONE) & (n > 0) & (rate > 0.5 * sticky)
        gap[own] = minutes
        sticky = np.where(own, np.maximum(rate, sticky), sticky)
        if minutes == doubtful_gap:
            steps, total, noise = steps + n, total + beyond, noise + error**2
    gap = np.maximum(gap, office_gap)
    # Where some lodge in batches, so are all taken to do that cannot be told not to.
    clean = (steps > 0) & (total + 2 * np.sqrt(noise) < DOUBT * steps)
    gap[~clean] = np.maximum(gap[~clean], doubtful_gap)
    for minutes, (within, across) in longer.items():
        if _lasts(within, across, declarants):
            office_gap, gap = minutes, np.full(declarants, minutes, dtype=np.int64)
    return Batches(office_gap, gap, first_of_batches(draws, gap))


def _lasts(within: _Steps, across: _Steps, declarants: int) -> bool:
    """Whether draws of one week (or month) meet the same officer more often than those of two, for many declarants."""
    n, excess, _ = _by_declarant(within, np.ones(within.gap.size, dtype=bool), declarants)
    n_far, excess_far, _ = _by_declarant(across, np.ones(across.gap.size, dtype=bool), declarants)
    beyond = excess - n * np.maximum(excess_far / (n_far + FEWEST_STEPS), 0.0)
    clear = beyond.sum() > CLEAR * np.sqrt(np.sum(beyond**2))
    return bool(clear and beyond.sum() > MATERIAL * n.sum())


@dataclass(frozen=True)
class _Steps:
    """Pairs of picks for one declarant: which gap, whether the officer is the same, and how likely that was."""

    declarant: IntArray
    gap: IntArray
    same: BoolArray
    chance: FloatArray


def _by_declarant(steps: _Steps, used: BoolArray, declarants: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    who = steps.declarant[used]
    n = np.bincount(who, minlength=declarants).astype(float)
    excess = np.bincount(who, weights=steps.same[used] - steps.chance[used], minlength=declarants)
    # The rate of the same officer as it is, favoured or not: two successes and failures more keep it off 0 and 1.
    rate = (np.bincount(who, weights=steps.same[used], minlength=declarants) + 1) / (n + 2)
    return n, excess.astype(np.float64), np.asarray(n * rate * (1 - rate), dtype=np.float64)


def _concordance(draws: Draws, pooled: IntArray) -> tuple[_Steps, _Steps, dict[int, tuple[_Steps, _Steps]]]:
    """Near steps (successive draws of a declarant on one day) and far ones (its first draws of successive days).

    And by week and month: steps of successive days (or weeks) within it, and from one to the next.
    """
    from arusha.indicators import assignment_kernel as kernel

    N = len(draws)
    # The moment: neighbouring draws of the frame and pool on that day, about twenty.
    base, count = dense(draws.frame, pooled, draws.day, draws.interval)
    order = np.argsort(base, kind="stable")
    size = np.bincount(base, minlength=count)
    rank = np.empty(N, dtype=np.int64)
    rank[order] = np.arange(N) - np.concatenate([[0], np.cumsum(size)])[base[order]]
    parts = np.maximum(size // 20, 1)
    moment, moments = dense(base, rank * parts[base] // size[base])
    begins, listed = np.empty(moments + 1, dtype=np.int64), np.empty(N, dtype=np.int64)
    kernel.counting_order(moment, moments, begins, listed)
    each = draws.declarant, draws.outcome
    there = draws.declarant[listed], draws.outcome[listed]

    # Draws come in order of time, so a stable sort by declarant keeps each one's own sequence.
    chain = np.argsort(draws.declarant, kind="stable")
    a, b = chain[:-1], chain[1:]
    linked = draws.declarant[a] == draws.declarant[b]
    today = linked & (draws.day[a] == draws.day[b])
    first = np.ones(N, dtype=bool)
    first[b[today]] = False
    heads = chain[first[chain]]
    fa, fb = heads[:-1], heads[1:]
    apart = draws.declarant[fa] == draws.declarant[fb]

    def steps(one: IntArray, two: IntArray, gap: IntArray) -> _Steps:
        """Chance that ``two`` meets the officer of ``one``: his share of the other declarants' draws at that moment."""
        others, theirs = np.zeros(one.size, dtype=np.int64), np.zeros(one.size, dtype=np.int64)
        kernel.others_shares(one, two, moment, begins, *each, *there, others, theirs)
        who = draws.outcome[one]
        known = others > 0
        return _Steps(
            draws.declarant[two][known],
            gap[known],
            draws.outcome[two][known] == who[known],
            theirs[known] / others[known],
        )

    one, two = a[today], b[today]
    known_time = (draws.minute[one] != UNKNOWN) & (draws.minute[two] != UNKNOWN)
    minutes = np.where(known_time, draws.minute[two] - draws.minute[one], GAPS[-1])
    gap = np.array(GAPS)[np.searchsorted(np.array(GAPS), minutes).clip(0, len(GAPS) - 1)]

    def plain(one: IntArray, two: IntArray) -> _Steps:
        return steps(one, two, np.zeros(one.size, dtype=np.int64))

    longer = {}
    for reach in (WEEK, MONTH):
        ha, hb = heads[:-1], heads[1:]
        own = draws.declarant[ha] == draws.declarant[hb]
        inside = own & (_span(draws.day[ha], reach) == _span(draws.day[hb], reach))
        near = plain(ha[inside], hb[inside])
        opens = np.ones(heads.size, dtype=bool)
        opens[1:] = ~inside
        heads = heads[opens]
        own = draws.declarant[heads[:-1]] == draws.declarant[heads[1:]]
        longer[reach] = near, plain(heads[:-1][own], heads[1:][own])
    return steps(one, two, gap), plain(fa[apart], fb[apart]), longer


def _span(day: IntArray, minutes: int) -> IntArray:
    """The day, or the calendar week or block of four weeks in which it lies."""
    return day if minutes == GAPS[-1] else (day + 3) // (minutes // GAPS[-1])


def first_of_batches(draws: Draws, gap: IntArray) -> BoolArray:
    """The first draw of each batch of a declarant."""
    from arusha.indicators import assignment_kernel as kernel

    keep = np.ones(len(draws), dtype=bool)
    order = np.argsort(draws.declarant, kind="stable")
    day, longest = draws.day, int(gap.max(initial=NONE))
    if longest > GAPS[-1]:  # weeks and months are the whole office's
        day, gap = _span(day, longest), np.full(gap.size, GAPS[-1])
    order = order[gap[draws.declarant[order]] != NONE]
    moment = np.where(draws.minute == UNKNOWN, draws.day * GAPS[-1], draws.minute)
    kernel.later_of_batches(order, draws.declarant, day, moment, gap, GAPS[-1], LONGEST, keep)
    return keep
