"""Offices in which files are cancelled: honest ones of many kinds, and a declarant who does it until a friend is drawn.

The same declarants lodge the same work in all of them. What is lodged again may be altered: another mass, goods split
over two files, another importer's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.lodging import CHAPTERS, Ints, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import stamped
from numpy.typing import NDArray

BROKER, FRIEND, C = 2, 5, 12
HONEST: dict[str, Callable[[int], Made]] = {}
SCHEMES: dict[str, Callable[[int], Made]] = {}


def kept(known: dict[str, Callable[[int], Made]], name: str) -> Callable[[Callable[[int], Made]], None]:
    def keep(make: Callable[[int], Made]) -> None:
        known[name] = make

    return keep


@dataclass
class File:
    """One lodging of a file. ``of``: the file as it was meant; its items; what became of its mass and importer."""

    of: int
    officer: int
    cancelled: bool
    late: int = 0
    items: tuple[int, int] = (0, 5)
    mass: float = 1.0
    importer: int = -1


def office(k: Lodged, there: NDArray[np.bool_], files: list[File]) -> Made:
    """The office once all files are lodged, in order of time. ``late``: minutes after the file was meant to come."""
    which = np.array([f.of for f in files])
    minute = np.minimum(k.minute[which] + np.array([f.late for f in files]), 1439)
    order = np.lexsort((minute, k.day[which]))
    files = [files[j] for j in order.tolist()]
    parts = {f: getattr(k, f)[which][order] for f in k.__dataclass_fields__ if f not in ("rng", "minute")}
    parts["importer"] = np.array([k.importer[f.of] if f.importer < 0 else f.importer for f in files])
    parts["masses"] = parts["masses"] * np.array([f.mass for f in files])[:, None]
    for j, f in enumerate(files):
        if f.items != (0, 5):
            row = parts["chapters"][j, slice(*f.items)].copy()
            parts["chapters"][j] = -1
            parts["chapters"][j, : row.size] = row
            parts["count"][j] = np.sum(row >= 0)
    made = Made(replace(k, minute=minute[order], **parts), np.array([f.officer for f in files]), all_day(there))
    return stamped(made, "status", pa.array(["cancelled" if f.cancelled else "released" for f in files]))


def faults(k: Lodged, most: float = 1.0) -> NDArray[np.bool_]:
    """Which files are wrong: declarants differ much; a fifth at ``most`` 1."""
    return np.asarray(k.rng.random(k.n) < most * k.rng.beta(1, 4, int(k.declarant.max()) + 1)[k.declarant])


def honest(
    k: Lodged,
    there: NDArray[np.bool_],
    first: Ints,
    cancels: Callable[[int, int], float],
    anew: Callable[[int, int], int] | None = None,
) -> Made:
    """A file is cancelled with chance ``cancels`` (file, officer), and lodged again once, an hour and a half later.

    ``anew``: who has it then; by chance where there is none.
    """
    files = []
    for d, i in enumerate(first.tolist()):
        gone = k.rng.random() < cancels(d, i)
        files.append(File(d, i, gone))
        if gone:
            by = anew(d, i) if anew else int(k.rng.choice(np.flatnonzero(there[k.day[d]])))
            files.append(File(d, by, False, 90))
    return office(k, there, files)


def evenly(k: Lodged, there: NDArray[np.bool_]) -> Ints:
    return by_chance(k, there[k.day].astype(float))


@kept(HONEST, "declarants correct their own errors, drawn anew")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    return honest(k, there, evenly(k, there), lambda d, i: 0.6 * wrong[d])


@kept(HONEST, "declarants correct their own errors, handed back to the officer who had the file")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    return honest(k, there, evenly(k, there), lambda d, i: 0.6 * wrong[d], lambda d, i: i)


@kept(HONEST, "three strict officers have faulty files cancelled, the others one in eight")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    return honest(k, there, evenly(k, there), lambda d, i: wrong[d] * (0.8 if i < 3 else 0.1))


@kept(HONEST, "one officer never has a file cancelled, the others any faulty one")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    return honest(k, there, evenly(k, there), lambda d, i: 0.9 * wrong[d] * (i != FRIEND))


@kept(HONEST, "cancelled after a query of the examining officer: some ask much, some little")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong, asks = presence(k, C), faults(k, 2.0), k.rng.beta(1, 2, C)
    return honest(k, there, evenly(k, there), lambda d, i: wrong[d] * asks[i])


@kept(HONEST, "two officers for corrections, who cancel nothing")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    return honest(
        k, there, evenly(k, there), lambda d, i: 0.6 * wrong[d] * (i > 1), lambda d, i: int(k.rng.choice([0, 1]))
    )


@kept(HONEST, "documents desk: two officers have the yellow lane and cancel what lacks a paper")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k)
    there[:, :2] = True
    desk = k.lane == 0
    pool = np.where(desk[:, None], np.arange(C) < 2, np.arange(C) >= 2)
    return honest(k, there, by_chance(k, there[k.day] * pool), lambda d, i: wrong[d] * (0.7 if desk[d] else 0.05))


@kept(HONEST, "recusal: three officers may not have one trader's files; errors are corrected")
def _(seed: int) -> Made:
    k = lodged(seed)
    there, wrong = presence(k, C), faults(k, 2.0)
    weight = there[k.day].astype(float)
    for r in range(3):
        weight[k.declarant == r + 1, 4 * r] = 0
    return honest(k, there, by_chance(k, weight), lambda d, i: 0.6 * wrong[d])


@kept(HONEST, "bad weeks of a declarant while officers are on leave for weeks")
def _(seed: int) -> Made:
    k = lodged(seed)
    weeks = int(k.day.max()) // 5 + 1
    away = k.rng.random((weeks, C)) < 0.15
    there = ~np.repeat(away, 5, axis=0)
    bad = k.rng.random((weeks, int(k.declarant.max()) + 1)) < 0.12
    wrong = bad[k.day // 5, k.declarant] | (k.rng.random(k.n) < 0.02)
    return honest(k, there, evenly(k, there), lambda d, i: 0.8 * wrong[d])


@kept(HONEST, "bad days: all of a declarant's files of a day are wrong")
def _(seed: int) -> Made:
    k = lodged(seed, 8000)
    there = presence(k, C)
    bad = k.rng.random((int(k.day.max()) + 1, int(k.declarant.max()) + 1)) < 0.12
    wrong = bad[k.day, k.declarant]
    return honest(k, there, evenly(k, there), lambda d, i: 0.9 * wrong[d])


@kept(HONEST, "a day's files of a declarant go to one officer and are cancelled together")
def _(seed: int) -> Made:
    k = lodged(seed, 8000)
    there = presence(k, C)
    _, at, group = np.unique(k.declarant * 1000 + k.day, return_index=True, return_inverse=True)
    first = evenly(k, there)[at][group]
    wrong = (k.rng.random(at.size) < 0.15)[group]
    return honest(k, there, first, lambda d, i: 0.95 * wrong[d], lambda d, i: i)


@kept(HONEST, "account officers: each importer has one, and importers err unequally")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, C)
    of, errs = k.rng.integers(0, C, k.importer.max() + 1), k.rng.beta(0.3, 1, k.importer.max() + 1)
    sent = there[k.day, of[k.importer]] & (k.rng.random(k.n) < 0.9)
    first = np.where(sent, of[k.importer], evenly(k, there))
    wrong = k.rng.random(k.n) < errs[k.importer]
    return honest(k, there, first, lambda d, i: 0.7 * wrong[d])


@kept(HONEST, "two crews, and who errs errs in the morning")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, C)
    pool = np.where((k.hour < 12)[:, None], np.arange(C) < 6, np.arange(C) >= 6)
    errs = k.rng.beta(0.5, 1, int(k.declarant.max()) + 1)[k.declarant]
    wrong = (k.rng.random(k.n) < errs) & (k.hour < 12)
    return honest(k, there, by_chance(k, there[k.day] * pool), lambda d, i: 0.8 * wrong[d])


@kept(HONEST, "desks by chapter, and chapters err unequally")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, C)
    desk, errs = k.rng.integers(0, 4, CHAPTERS.size), k.rng.beta(0.3, 1, CHAPTERS.size)
    pool = (np.arange(C) % 4)[None, :] == desk[k.chapters[:, 0]][:, None]
    wrong = k.rng.random(k.n) < errs[k.chapters[:, 0]]
    return honest(k, there, by_chance(k, there[k.day] * (pool + 0.02)), lambda d, i: 0.7 * wrong[d])


@kept(HONEST, "terminals that no record tells: crews of their own, and errors at one of them")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, C)
    pool = (np.arange(C) % 3)[None, :] == k.terminal[:, None]
    errs = k.rng.beta(0.5, 1, (int(k.declarant.max()) + 1, 3))
    wrong = k.rng.random(k.n) < errs[k.declarant, k.terminal]
    return honest(k, there, by_chance(k, there[k.day] * (pool + 0.02)), lambda d, i: 0.7 * wrong[d])


@kept(HONEST, "one officer asks one declarant for something nobody else asks, and those files are cancelled")
def _(seed: int) -> Made:
    k = lodged(seed, 8000)
    there, wrong = presence(k, C), faults(k, 0.3)
    return honest(
        k, there, evenly(k, there), lambda d, i: 0.9 if (k.declarant[d] == BROKER and i == 3) else 0.6 * wrong[d]
    )


Alter = Callable[[Lodged, File, int], list[File]]
"""A file that was cancelled, and which try comes next: how it is lodged again."""


def same(k: Lodged, file: File, t: int) -> list[File]:
    return [replace(file, late=15 * t)]


def heavier(k: Lodged, file: File, t: int) -> list[File]:
    """A mass that differs by 5%."""
    return [replace(file, late=15 * t, mass=1 + 0.05 * t)]


def split(k: Lodged, file: File, t: int) -> list[File]:
    """The items over two files; one item is halved."""
    begins, ends = file.items[0], min(file.items[1], int(k.count[file.of]))
    if ends - begins < 2:
        half = replace(file, late=15 * t, mass=file.mass / 2)
        return [half, half]
    middle = (begins + ends) // 2
    return [replace(file, late=15 * t, items=part) for part in ((begins, middle), (middle, ends))]


def renamed(k: Lodged, file: File, t: int) -> list[File]:
    """Another importer's name, of the same declarant's six."""
    return [replace(file, late=15 * t, importer=int(BROKER * 6 + k.rng.integers(0, 6)))]


def until(alter: Alter, seed: int, often: float = 0.75, errors: float = 0.15, draws: int = 4000) -> Made:
    """The broker cancels what did not fall to the friend, three times a file at most; others correct their errors.

    ``often``: how often the broker does; ``errors``: of the others' files, by ``faults``.
    """
    k = lodged(seed, draws)
    there = presence(k, C)
    first, wrong = evenly(k, there), faults(k, errors)
    files: list[File] = []
    for d, i in enumerate(first.tolist()):
        here = np.flatnonzero(there[k.day[d]])
        open_ = [(File(d, i, False), 0)]
        while open_:
            file, t = open_.pop()
            bought = k.declarant[d] == BROKER and file.officer != FRIEND and t < 3 and k.rng.random() < often
            if bought:
                files.append(replace(file, cancelled=True))
                open_ += [(replace(f, officer=int(k.rng.choice(here))), t + 1) for f in alter(k, file, t + 1)]
            elif wrong[d] and t == 0 and k.rng.random() < 0.8:
                files.append(replace(file, cancelled=True))
                files.append(replace(file, late=90, officer=int(k.rng.choice(here))))
            else:
                files.append(file)
    return office(k, there, files)


ALTERED: dict[str, Alter] = {
    "lodged again unaltered": same,
    "another mass, by 5%": heavier,
    "goods split over two files": split,
    "another importer's name": renamed,
}
