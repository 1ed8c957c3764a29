"""Desks that a declared rule by goods names: offices differ in what the rule means by the goods of a declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, add
from benchmarks.honest_mechanisms.lodging import CHAPTERS, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from numpy.typing import NDArray

TEXTILE, MACHINES = (61, 62, 52, 87), (84, 85)


def members(pool: str, *officers: int) -> list[dict[str, Any]]:
    return [{"pool": pool, "officer_id": f"P-{i:03d}"} for i in officers]


def covers(pool: str, *chapters: int) -> list[dict[str, Any]]:
    return [{"hs_prefix": f"{c:02d}", "pool": pool} for c in chapters]


def first_item(k: Lodged) -> NDArray[np.bool_]:
    return np.isin(CHAPTERS[k.chapters[:, 0]], TEXTILE)


def last_item(k: Lodged) -> NDArray[np.bool_]:
    return np.isin(CHAPTERS[k.chapters[np.arange(k.n), k.count - 1]], TEXTILE)


def most_items(k: Lodged) -> NDArray[np.bool_]:
    there = k.chapters >= 0
    return np.asarray(2 * (there & np.isin(CHAPTERS[k.chapters], TEXTILE)).sum(axis=1) >= there.sum(axis=1))


MEANINGS: dict[str, Callable[[Lodged], NDArray[np.bool_]]] = {
    "any item": lambda k: k.any_item(*TEXTILE),
    "the heaviest item": lambda k: k.by_item(k.masses, *TEXTILE),
    "the main item": lambda k: k.by_item(k.values, *TEXTILE),
    "the first item": first_item,
    "the last item": last_item,
    "most of its items": most_items,
    "every item": lambda k: np.asarray(~k.any_item(*(set(CHAPTERS.tolist()) - set(TEXTILE)))),
}


def desk(
    seed: int, meaning: str, *, rest: str = "REST", known: bool = True, roster: bool = True, size: int = 3
) -> Made:
    """One desk of ``size`` for textiles and vehicles, the other officers for the rest (or everybody ``on shift``)."""
    k, c = lodged(seed), 12
    there = presence(k, c)
    at_desk = MEANINGS[meaning](k)[:, None]
    others = np.arange(c) >= size if rest == "REST" else np.ones(c, dtype=bool)
    pool = np.where(at_desk, np.arange(c) < size, others)
    pools = members("TEXTILE", *range(size)) + members("REST", *range(size, c))
    return Made(
        k,
        by_chance(k, (there[k.day] * pool).astype(float)),
        all_day(there) if roster else None,
        rules=[{"pool": rest}, *covers("TEXTILE", *TEXTILE)],
        pools=[p for p in pools if known and p["pool"] in ("TEXTILE", rest)] or None,
    )


def _desk(name: str, *about: Any, **more: Any) -> None:
    MECHANISMS[name] = lambda seed: desk(seed, *about, **more)


_desk("desk by any item, rule by goods declared", "any item")
for _meaning in [m for m in MEANINGS if m != "any item"]:
    _desk(f"rule by goods declared: {_meaning}", _meaning)
_desk("rule by goods declared: any item, the rest to all on shift", "any item", rest="on shift")
_desk("rule by goods declared: any item, who belongs to the desk not recorded", "any item", known=False)
_desk(
    "rule by goods declared: the heaviest item, who belongs to the desk not recorded", "the heaviest item", known=False
)
_desk("rule by goods declared: any item, no roster", "any item", roster=False)
_desk("rule by goods declared: the heaviest item, no roster", "the heaviest item", roster=False)
_desk("rule by goods declared: any item, a desk of one", "any item", size=1)


def several(seed: int, how: str) -> Made:
    """Three desks, two of them by goods; a declaration may touch them all."""
    k, c = lodged(seed), 12
    there = presence(k, c)
    of = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
    touched = np.stack([k.any_item(*TEXTILE), k.any_item(*MACHINES), np.zeros(k.n, dtype=bool)], axis=1)
    rest = set(CHAPTERS.tolist()) - set(TEXTILE) - set(MACHINES)
    touched[:, 2] = k.any_item(*rest)
    if how == "drawn among the desks touched":
        chosen = by_chance(k, touched.astype(float))
    elif how == "drawn among the officers of the desks touched":
        chosen = None
    else:  # the desk with the shortest queue that day, among those touched
        chosen = np.empty(k.n, dtype=np.int64)
        load = np.zeros(3)
        for d in range(k.n):
            if d and k.day[d] != k.day[d - 1]:
                load[:] = 0
            chosen[d] = int(np.argmin(np.where(touched[d], load / np.bincount(of), np.inf)))
            load[chosen[d]] += 1
    allowed = touched[:, of] if chosen is None else of[None, :] == chosen[:, None]
    pools = [
        p for k_, name in enumerate(("TEXTILE", "MACHINES", "REST")) for p in members(name, *np.flatnonzero(of == k_))
    ]
    return Made(
        k,
        by_chance(k, (there[k.day] * allowed).astype(float)),
        all_day(there),
        rules=[{"pool": "REST"}, *covers("TEXTILE", *TEXTILE), *covers("MACHINES", *MACHINES)],
        pools=pools,
    )


for _how in (
    "drawn among the desks touched",
    "drawn among the officers of the desks touched",
    "the shortest queue of the desks touched",
):
    MECHANISMS[f"two desks by goods declared: {_how}"] = lambda seed, how=_how: several(seed, how)


@add("two desks by goods declared: by the main item, an officer at both")
def _(seed: int) -> Made:
    k, c = lodged(seed), 12
    there = presence(k, c)
    textile, machines = k.by_item(k.values, *TEXTILE)[:, None], k.by_item(k.values, *MACHINES)[:, None]
    first, second = np.arange(c) < 4, (np.arange(c) >= 3) & (np.arange(c) < 7)
    allowed = np.where(textile, first, np.where(machines, second, np.arange(c) >= 7))
    made = several(seed, "drawn among the desks touched")
    pools = members("TEXTILE", *range(4)) + members("MACHINES", *range(3, 7)) + members("REST", *range(7, c))
    return replace(
        made, lodged=k, officer=by_chance(k, (there[k.day] * allowed).astype(float)), roster=all_day(there), pools=pools
    )
