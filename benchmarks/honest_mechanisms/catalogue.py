"""The mechanisms by name: families add theirs when they are imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from benchmarks.honest_mechanisms.lodging import Ints, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from numpy.typing import NDArray

MECHANISMS: dict[str, Callable[[int], Made]] = {}
EVEN: list[dict[str, Any]] = [{}]


def add(name: str) -> Callable[[Callable[[int], Made]], Callable[[int], Made]]:
    def keep(make: Callable[[int], Made]) -> Callable[[int], Made]:
        MECHANISMS[name] = make
        return make

    return keep


def also(name: str, make: Callable[[int], Made], roster: bool = True, rules: Any = None) -> None:
    """The same office seen with less or with more: without its roster, or with a rule that says random."""
    MECHANISMS[name] = lambda seed: replace(m := make(seed), roster=m.roster if roster else None, rules=rules)


MOVES: dict[str, Callable[[int], Made]] = {}


def moves(name: str) -> Callable[[Callable[[Lodged, NDArray[np.bool_], Ints], Ints]], None]:
    def keep(move: Callable[[Lodged, NDArray[np.bool_], Ints], Ints]) -> None:
        def make(seed: int) -> Made:
            k = lodged(seed)
            there = presence(k, 12)
            first = by_chance(k, there[k.day].astype(float))
            final = move(k, there, first)
            chance = k.rng.random(k.n) < 0.03
            final = np.where(chance, by_chance(k, there[k.day].astype(float)), final)
            return Made(k, first, all_day(there), final=final)

        MOVES[name] = make

    return keep


WHOLE: dict[str, Callable[[int], Made]] = {}
"""Offices with acts, findings and prices too: all questions are asked of them."""


def whole(name: str) -> Callable[[Callable[[int], Made]], Callable[[int], Made]]:
    def keep(make: Callable[[int], Made]) -> Callable[[int], Made]:
        WHOLE[name] = make
        return make

    return keep


@dataclass(frozen=True)
class Planted:
    """A scheme and its answer key: who is in it. A flag is of the scheme where all whom it names are."""

    made: Made
    declarants: tuple[int, ...]
    officers: tuple[int, ...]


PLANTED: dict[str, Callable[[int], Planted]] = {}
"""Offices with a scheme: what is found of it, and who else is flagged."""


def planted(name: str) -> Callable[[Callable[[int], Planted]], Callable[[int], Planted]]:
    def keep(make: Callable[[int], Planted]) -> Callable[[int], Planted]:
        PLANTED[name] = make
        return make

    return keep
