"""Schemes with an answer key, by someone who had not read the detector: what a remedy may not lose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.catalogue import Planted, planted
from benchmarks.honest_mechanisms.controls import ordinary, priced
from benchmarks.honest_mechanisms.lodging import Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import desk, duties, on, stamped
from numpy.typing import NDArray

BROKER, FRIEND, C = 2, 5, 12


def eased(made: Made, theirs: NDArray[np.bool_], unwritten: NDArray[np.bool_] | None = None) -> Made:
    """Ordinary acts, but the friend finds next to nothing in the files that were bought."""
    officer = made.officer if made.final is None else made.final
    return replace(made, controls=ordinary(made.lodged, officer, np.where(theirs, -2.5, 0.0), unwritten))


def cheaper(k: Lodged, theirs: NDArray[np.bool_]) -> Lodged:
    """Values a third lower in the files that were bought."""
    return replace(k, values=k.values * np.where(theirs, 0.67, 1.0)[:, None])


def ring(made: Made, theirs: NDArray[np.bool_], *brokers: int) -> Planted:
    return Planted(eased(made, theirs), brokers or (BROKER,), (FRIEND,))


@planted("tip-off: a broker lodges when its friend is one of four on the roster, and declares less where he draws it")
def _(seed: int) -> Planted:
    k = lodged(seed, 5000)
    rng = np.random.default_rng([seed, 31])
    days = int(k.day.max()) + 1
    half = np.argsort(rng.random((days * 2, C)), axis=1)[:, :4]
    on_roster = np.zeros((days * 2, C), dtype=bool)
    np.put_along_axis(on_roster, half, True, axis=1)
    good = np.flatnonzero(on_roster[:, FRIEND])
    told = (k.declarant == BROKER) & (k.rng.random(k.n) < 0.85)
    slot = k.day * 2 + (k.minute >= 750)
    slot = np.where(told, good[np.searchsorted(good, slot).clip(0, good.size - 1)], slot)
    minute = np.where(told, np.where(slot % 2 == 0, 490, 760) + k.rng.integers(0, 200, k.n), k.minute)
    order = np.lexsort((minute, slot // 2))
    parts = {f: getattr(k, f)[order] for f in k.__dataclass_fields__ if f not in ("rng", "day", "minute")}
    k = priced(replace(k, day=(slot // 2)[order], minute=minute[order], **parts))
    now = k.day * 2 + (k.minute >= 750)
    officer = by_chance(k, on_roster[now].astype(float))
    theirs = (k.declarant == BROKER) & (officer == FRIEND)
    shifts = [(int(i), int(s) // 2 * 1440 + (480, 750)[s % 2], int(s) // 2 * 1440 + (750, 1080)[s % 2])
              for s, i in zip(*np.nonzero(on_roster), strict=True)]  # fmt: skip
    return ring(Made(cheaper(k, theirs), officer, shifts, [{}]), theirs)


@planted("a desk written for a friend in mid-year, by the chief, weeks after it had begun")
def _(seed: int) -> Planted:
    k = priced(lodged(seed))
    there = presence(k, C)
    main = np.bincount(k.chapters[k.declarant == BROKER, 0], minlength=16).argmax()
    goods = k.chapters[:, 0] == main
    often = np.where(k.declarant == BROKER, 0.85, 0.15)
    sent = goods & (k.day >= 80) & (k.rng.random(k.n) < often) & there[k.day, FRIEND]
    officer = np.where(sent, FRIEND, by_chance(k, there[k.day].astype(float)))
    theirs = sent & (k.declarant == BROKER)
    row = desk(FRIEND, f"goods of broker B-{BROKER:03d}", on(80))
    row |= {"recorded_at": datetime.combine(on(110), time()), "recorded_by": "CHIEF"}
    made = Made(cheaper(k, theirs), officer, all_day(there), more={"duties": duties([row])})
    return ring(made, theirs)


@planted("follow-up: once the friend has drawn one file of the broker, those of the next two weeks are moved to him")
def _(seed: int) -> Planted:
    k = priced(lodged(seed))
    there = presence(k, C)
    first = by_chance(k, there[k.day].astype(float))
    final, since = first.copy(), -100
    move = k.rng.random(k.n) < 0.6
    for d in np.flatnonzero(k.declarant == BROKER).tolist():
        if k.day[d] - since < 10 and move[d] and there[k.day[d], FRIEND]:
            final[d] = FRIEND
        elif first[d] == FRIEND:
            since = int(k.day[d])
    theirs = (k.declarant == BROKER) & (final == FRIEND)
    return ring(Made(cheaper(k, theirs), first, all_day(there), final=final), theirs)


@planted("acting chief: on a fifth of the days the broker's picks are the friend's, on the others chance's")
def _(seed: int) -> Planted:
    k = priced(lodged(seed))
    there = presence(k, C)
    acting = np.random.default_rng([seed, 32]).random(there.shape[0]) < 0.2
    theirs = (k.declarant == BROKER) & acting[k.day] & there[k.day, FRIEND] & (k.rng.random(k.n) < 0.95)
    officer = np.where(theirs, FRIEND, by_chance(k, there[k.day].astype(float)))
    return ring(Made(cheaper(k, theirs), officer, all_day(there)), theirs)


@planted("only what pays: the broker's goods of its two main chapters in the red lane go to the friend")
def _(seed: int) -> Planted:
    k = priced(lodged(seed))
    there = presence(k, C)
    pays = np.argsort(np.bincount(k.chapters[k.declarant == BROKER, 0], minlength=16))[-2:]
    theirs = (k.declarant == BROKER) & np.isin(k.chapters[:, 0], pays) & (k.lane == 1) & there[k.day, FRIEND]
    theirs = theirs & (k.rng.random(k.n) < 0.85)
    officer = np.where(theirs, FRIEND, by_chance(k, there[k.day].astype(float)))
    return ring(Made(cheaper(k, theirs), officer, all_day(there)), theirs)


@planted("one owner under three names, each steered by a quarter")
def _(seed: int) -> Planted:
    k = priced(lodged(seed))
    there = presence(k, C)
    names = (2, 6, 9)
    theirs = np.isin(k.declarant, names) & there[k.day, FRIEND] & (k.rng.random(k.n) < 0.25)
    officer = np.where(theirs, FRIEND, by_chance(k, there[k.day].astype(float)))
    return ring(Made(cheaper(k, theirs), officer, all_day(there)), theirs, *names)


@planted("cancelled and lodged again until the friend is drawn, three times at most; the lost ones stay as cancelled")
def _(seed: int) -> Planted:
    k = lodged(seed)
    there = presence(k, C)
    first = by_chance(k, there[k.day].astype(float))
    tries: list[tuple[int, int, int, bool]] = []
    for d in range(k.n):
        here, i, t = np.flatnonzero(there[k.day[d]]), int(first[d]), 0
        while k.declarant[d] == BROKER and i != FRIEND and t < 3 and k.rng.random() < 0.75:
            tries.append((d, i, t, True))
            i, t = int(k.rng.choice(here)), t + 1
        tries.append((d, i, t, False))
    which, officer, again, cancelled = (np.array(a) for a in zip(*tries, strict=True))
    minute = np.minimum(k.minute[which] + 15 * again, 1439)
    order = np.lexsort((minute, k.day[which]))
    parts = {f: getattr(k, f)[which][order] for f in k.__dataclass_fields__ if f not in ("rng", "minute")}
    officer, cancelled = officer[order], cancelled[order]
    k = priced(replace(k, minute=minute[order], **parts))
    theirs = (k.declarant == BROKER) & (officer == FRIEND) & ~cancelled
    made = eased(Made(cheaper(k, theirs), officer, all_day(there)), theirs, unwritten=cancelled)
    if made.controls is not None:
        made = replace(made, controls=replace(made.controls, freed=made.controls.freed & ~cancelled))
    made = stamped(made, "status", pa.array(np.where(cancelled, "cancelled", "released")))
    return Planted(made, (BROKER,), (FRIEND,))
