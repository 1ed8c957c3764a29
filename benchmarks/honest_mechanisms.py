"""Honest ways of giving out work, of kinds that the question was not made for: how often is an innocent pair flagged?

    python benchmarks/honest_mechanisms.py [seeds] [part of a name ...] > benchmarks/results/honest_mechanisms.txt

Each mechanism is a year of one customs office as tables of the records contract, and is asked end to end. The
mechanisms were thought of from what offices do, by someone who had not read how the question works. In none of them
does it matter to an officer whose the file is; where a mechanism goes by the person all the same (an account officer
for each importer), it says so. With one planted scheme, only its neighbours count.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.engine import session_from_tables
from arusha.indicators import assignment_override, assignment_steering
from arusha.indicators.definition import Settings
from arusha.inference.intervals import clopper_pearson

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
FIRST = datetime(2025, 1, 6)  # a Monday; day k is the k-th working day
CHAPTERS = np.array([2, 8, 22, 27, 30, 39, 48, 52, 61, 62, 72, 73, 84, 85, 87, 94])
ORIGINS = np.array(["CN", "IN", "FR", "US", "ZA", "AE", "TR", "JP"])
DAY = 24 * 60
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Shift = tuple[int, int, int]
"""Officer, first minute and last, counted from the first day."""


@dataclass(frozen=True)
class Lodged:
    """What declarants lodged in a year, in order of time: it does not depend on how the office works."""

    rng: np.random.Generator
    day: Ints
    minute: Ints
    declarant: Ints
    importer: Ints
    origin: Ints
    procedure: Ints
    lane: Ints
    terminal: Ints
    count: Ints
    """Items of each declaration."""
    chapters: Ints
    """Chapter index of up to five items, -1 beyond the last; declarations x 5."""
    values: Floats
    masses: Floats

    @property
    def n(self) -> int:
        return int(self.day.size)

    @property
    def hour(self) -> Floats:
        return self.minute / 60

    @property
    def at(self) -> Ints:
        return self.day * DAY + self.minute

    def any_item(self, *chapters: int) -> NDArray[np.bool_]:
        wanted = np.flatnonzero(np.isin(CHAPTERS, chapters))
        return np.isin(self.chapters, wanted).any(axis=1)

    def by_item(self, measure: Floats, *chapters: int) -> NDArray[np.bool_]:
        there = np.where(self.chapters >= 0, measure, -1.0)
        best = self.chapters[np.arange(self.n), there.argmax(axis=1)]
        return np.isin(CHAPTERS[best], chapters)


def lodged(
    seed: int, draws: int = 4000, declarants: int = 100, days: int = 250, largest: float | None = None, **about: Any
) -> Lodged:
    rng = np.random.default_rng([seed, 77])
    size = 1.0 / np.arange(1, declarants + 1) ** 0.9
    size /= size.sum()
    if largest is not None:
        size[1:] *= (1 - largest) / size[1:].sum()
        size[0] = largest
    who = rng.choice(declarants, size=draws, p=size)
    weekday = rng.dirichlet(np.full(5, 3.0), size=declarants)  # each has its days of the week
    season = np.ones((declarants, days))
    for b in np.flatnonzero(rng.random(declarants) < about.get("seasonal", 0.15)).tolist():
        begins = rng.integers(0, days)
        season[b] = np.where((np.arange(days) - begins) % days < days * 0.3, 1.0, 0.05)
    load = season * np.tile(weekday, days // 5 + 1)[:, :days] * rng.gamma(15, 1 / 15, days)
    load = (load / load.sum(axis=1, keepdims=True)).cumsum(axis=1)
    day = (rng.random(draws)[:, None] > load[who]).sum(axis=1).clip(0, days - 1)
    night = about.get("night", False)
    centre = rng.uniform(0, 24, declarants) if night else rng.uniform(8.2, 16, declarants)
    spread = rng.uniform(0.2, 3.5, declarants) if night else rng.uniform(0.2, 2.0, declarants)
    hour = centre[who] + spread[who] * rng.standard_normal(draws)
    hour = hour % 24 if night else np.where((hour < 8) | (hour > 17), rng.uniform(8, 17, draws), hour)
    if about.get("opening"):  # the large ones send what they have at the opening
        early = (who < 8) & (rng.random(draws) < 0.8)
        hour = np.where(early, 8 + rng.exponential(0.07, draws), hour)
    if about.get("fixed"):  # the large ones come on one day of the week at one hour
        day = np.where(who < 12, (day // 5) * 5 + rng.integers(0, 5, declarants)[who], day).clip(0, days - 1)
        hour = np.where(who < 12, rng.uniform(8, 16, declarants)[who] + rng.random(draws), hour)
    minute = np.floor(hour.clip(0, 23.99) * 60).astype(np.int64)
    order = np.lexsort((rng.random(draws), minute, day))
    day, minute, who = day[order], minute[order], who[order]
    taste = rng.dirichlet(np.full(CHAPTERS.size, 0.2), size=declarants)
    main = (rng.random(draws)[:, None] > taste[who].cumsum(axis=1)).sum(axis=1).clip(0, 15)
    count = 1 + rng.binomial(4, rng.beta(1, 3, declarants)[who])
    mix = rng.beta(1, 3, declarants)[who][:, None]
    other = (rng.random((draws, 5))[:, :, None] > taste[who].cumsum(axis=1)[:, None, :]).sum(axis=2).clip(0, 15)
    chapters = np.where(rng.random((draws, 5)) < mix, other, main[:, None])
    chapters = np.where(np.arange(5)[None, :] < count[:, None], chapters, -1)
    tastes = rng.dirichlet(np.full(ORIGINS.size, 0.3), size=declarants)
    origin = (rng.random(draws)[:, None] > tastes[who].cumsum(axis=1)).sum(axis=1).clip(0, 7)
    wharf = rng.dirichlet(np.full(3, 0.5), size=declarants)
    terminal = (rng.random(draws)[:, None] > wharf[who].cumsum(axis=1)).sum(axis=1).clip(0, 2)
    return Lodged(
        rng,
        day.astype(np.int64),
        minute,
        who.astype(np.int64),
        (who * 6 + rng.geometric(0.45, draws).clip(1, 6) - 1).astype(np.int64),
        origin.astype(np.int64),
        (rng.random(draws) < rng.beta(1, 5, declarants)[who]).astype(np.int64),
        (rng.random((draws, 2)) < rng.beta(2, 3, declarants)[who][:, None]).sum(axis=1).astype(np.int64),
        terminal.astype(np.int64),
        count.astype(np.int64),
        chapters.astype(np.int64),
        np.exp(rng.normal(8, 1.2, (draws, 5)) + rng.normal(0, 0.8, declarants)[who][:, None]),
        np.exp(rng.normal(6, 1.5, (draws, 5))),
    )


# -- picks -----------------------------------------------------------------------------------------------------------


def by_chance(k: Lodged, weight: Floats) -> Ints:
    weight = np.broadcast_to(weight, (k.n, weight.shape[-1])).copy()
    weight[weight.sum(axis=1) == 0] = 1.0
    chances = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)
    return (k.rng.random(k.n)[:, None] > chances).sum(axis=1).clip(0, weight.shape[1] - 1).astype(np.int64)


def in_turn(k: Lodged, there: NDArray[np.bool_], restart: Ints | None = None) -> Ints:
    """Rota over those ``there`` (draws x officers); where ``restart`` changes it begins again with the first."""
    c, turn = there.shape[1], -1
    out = np.empty(k.n, dtype=np.int64)
    for d in range(k.n):
        if restart is not None and d and restart[d] != restart[d - 1]:
            turn = -1
        for step in range(1, c + 1):
            if there[d, (turn + step) % c]:
                break
        turn = (turn + step) % c
        out[d] = turn
    return out


def least_loaded(k: Lodged, there: NDArray[np.bool_], work: Floats, daily: bool, ties: str = "chance") -> Ints:
    """The officer with least work so far; of the day only, or of what is still open."""
    c = there.shape[1]
    load, out, pace = np.zeros(c), np.empty(k.n, dtype=np.int64), k.rng.gamma(10, 1 / 10, c)
    shade = np.arange(c) * 1e-9
    for d in range(k.n):
        if d and k.day[d] != k.day[d - 1]:
            load[:] = 0 if daily else load * 0.3
        tie = 1e-9 * k.rng.random(c) if ties == "chance" else shade
        out[d] = int(np.argmin(np.where(there[d], load + tie, np.inf)))
        load[out[d]] += work[d]
        if not daily:
            load = np.maximum(load - pace * work.mean() / c * 0.8, 0)
    return out


def pulled(k: Lodged, there: NDArray[np.bool_], taking: Floats) -> Ints:
    """Whoever is free first takes the next file; ``taking`` is what a file takes, in minutes, of an average officer."""
    c = there.shape[1]
    free, out, pace = np.zeros(c), np.empty(k.n, dtype=np.int64), k.rng.gamma(20, 1 / 20, c)
    for d in range(k.n):
        ready = np.where(there[d], np.maximum(free, k.at[d]) + 1e-6 * k.rng.random(c), np.inf)
        out[d] = int(np.argmin(ready))
        free[out[d]] = ready[out[d]] + taking[d] / pace[out[d]]
    return out


def sticky(k: Lodged, fresh: Ints, whose: Ints, days: int, chance: float = 1.0) -> Ints:
    """A file goes to the officer who had the last one of ``whose`` within ``days`` before."""
    out, last = fresh.copy(), {}
    keep = k.rng.random(k.n) < chance
    for d in range(k.n):
        before = last.get(int(whose[d]))
        if before is not None and k.day[d] - before[0] < days and keep[d]:
            out[d] = before[1]
        last[int(whose[d])] = (int(k.day[d]), int(out[d]))
    return out


# -- an office -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """An office at work. ``final`` where files are moved."""

    lodged: Lodged
    officer: Ints
    roster: list[Shift] | None = None
    rules: list[dict[str, Any]] | None = None
    pools: list[dict[str, Any]] | None = None
    section: Ints | None = None
    office: Ints | None = None
    final: Ints | None = None
    scheme: tuple[int, int] | None = None
    more: dict[str, pa.Table] = field(default_factory=dict)


def presence(k: Lodged, c: int, share: float = 0.9) -> NDArray[np.bool_]:
    there = k.rng.random((int(k.day.max()) + 1, c)) < share
    there[there.sum(axis=1) == 0] = True
    return there


def all_day(there: NDArray[np.bool_], begins: int = 0, ends: int = DAY) -> list[Shift]:
    return [(int(i), int(d) * DAY + begins, int(d) * DAY + ends) for d, i in zip(*np.nonzero(there), strict=True)]


def stamps(minutes: Any) -> pa.Array:
    calendar = np.asarray(minutes) // DAY
    shown = np.asarray(minutes) + (calendar // 5) * 2 * DAY  # five working days a week
    return pa.array((np.datetime64(FIRST, "m") + shown).astype("datetime64[us]"))


def tables(made: Made) -> dict[str, pa.Table]:
    k, n = made.lodged, made.lodged.n
    at = stamps(k.at)
    on = pa.array(at.to_numpy().astype("datetime64[D]"))
    hour = pa.array(k.minute // 60)
    office = np.array(["PORT", "AIR"])[made.office if made.office is not None else np.zeros(n, dtype=int)]
    ids = pa.array([f"2025-{d:07d}" for d in range(n)])
    name = np.array([f"P-{i:03d}" for i in range(200)])
    which, item = np.nonzero(k.chapters >= 0)
    rows = {
        "declaration_id": ids,
        "office": pa.array(office),
        "procedure": pa.array(np.where(k.procedure == 1, "IM7", "IM4")),
        "registered_at": at,
        "registered_on": on,
        "registered_hour": hour,
        "declarant_id": pa.array([f"B-{b:03d}" for b in k.declarant.tolist()]),
        "importer_id": pa.array([f"M-{b:04d}" for b in k.importer.tolist()]),
        "lane_assigned": pa.array(np.array(["yellow", "red", "blue"])[k.lane]),
        "declared_value": pa.array(np.where(k.chapters >= 0, k.values, 0).sum(axis=1).round(2)),
        "officer_id": pa.array(name[made.officer if made.final is None else made.final]),
        "source_file": pa.array(np.zeros(n, dtype=np.int64)),
        "source_line": pa.array(np.arange(2, n + 2)),
    }
    if made.section is not None:
        rows["section"] = pa.array(np.array(["T1", "T2", "T3", "T4"])[made.section])

    def picks(which: Ints, officer: Ints, sequence: int, hours: int, by: str) -> pa.Table:
        late = stamps(k.at[which] + hours * 60)
        return pa.table(
            {
                "assignment_id": pa.array([f"A{sequence}-{d:07d}" for d in which.tolist()]),
                "declaration_id": ids.take(pa.array(which)),
                "sequence": pa.array(np.full(which.size, sequence)),
                "officer_id": pa.array(name[officer[which]]),
                "assigned_at": late,
                "assigned_on": pa.array(late.to_numpy().astype("datetime64[D]")),
                "assigned_hour": pa.array(np.minimum(k.minute[which] // 60 + hours, 23)),
                "assigned_by": pa.array([by] * which.size),
            }
        )

    assigned = picks(np.arange(n), made.officer, 1, 0, "system")
    if made.final is not None:
        moved = np.flatnonzero(made.final != made.officer)
        assigned = pa.concat_tables([assigned, picks(moved, made.final, 2, 1, "CHIEF")])
    out = {
        "declarations": pa.table(rows),
        "assignments": assigned,
        "items": pa.table(
            {
                "declaration_id": ids.take(pa.array(which)),
                "item_no": pa.array(item + 1),
                "hs_code": pa.array([f"{c:02d}0190" for c in CHAPTERS[k.chapters[which, item]].tolist()]),
                "origin": pa.array(ORIGINS[k.origin[which]]),
                "net_mass_kg": pa.array(k.masses[which, item].round(2)),
                "declared_value": pa.array(k.values[which, item].round(2)),
            }
        ),
    }
    text, day = pa.string(), pa.date32()
    if made.roster is not None:
        who, begins, ends = (np.array(a) for a in zip(*made.roster, strict=True))
        out["shifts"] = pa.table(
            {
                "officer_id": pa.array(name[who]),
                "office": pa.array(["PORT"] * who.size),
                "starts_at": stamps(begins),
                "ends_at": pa.array(stamps(begins).to_numpy() + (ends - begins).astype("timedelta64[m]")),
                "section": pa.nulls(who.size, text),
            }
        )
    if made.rules is not None:
        usual = {"office": "PORT", "from_date": date(2024, 1, 1), "method": "random", "pool": "on shift"}
        kinds = {"office": text, "section": text, "procedure": text, "lane": text, "hs_prefix": text}
        kinds |= {"from_date": day, "to_date": day, "method": text, "pool": text, "version": text}
        filled = [{c: (usual | r).get(c) for c in kinds} for r in made.rules]
        out["assignment_rules"] = pa.Table.from_pylist(filled, schema=pa.schema(list(kinds.items())))
    if made.pools is not None:
        kinds = {"pool": text, "officer_id": text, "from_date": day, "to_date": day}
        filled = [{c: r.get(c) for c in kinds} for r in made.pools]
        out["assignment_pools"] = pa.Table.from_pylist(filled, schema=pa.schema(list(kinds.items())))
    return out | made.more


# -- the mechanisms --------------------------------------------------------------------------------------------------

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


def team(c: int, *members: int) -> NDArray[np.bool_]:
    return np.isin(np.arange(c), members)


def desks(k: Lodged, at_desk: NDArray[np.bool_], c: int = 12, size: int = 3, leak: float = 0.02) -> Made:
    there = presence(k, c)
    pool = np.where(at_desk[:, None], np.arange(c) < size, np.arange(c) >= size)
    return Made(k, by_chance(k, there[k.day] * (pool + leak)), all_day(there))


@add("desk by any item's chapter")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, k.any_item(61, 62, 52, 87))


@add("desk by the heaviest item")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, k.by_item(k.masses, 61, 62, 52, 87))


@add("desk by last item")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, np.isin(CHAPTERS[k.chapters[np.arange(k.n), k.count - 1]], [61, 62, 52, 87]))


@add("desk by any item, rule by goods declared")
def _(seed: int) -> Made:
    k = lodged(seed)
    pools = [{"pool": "TEXTILE", "officer_id": f"P-{i:03d}"} for i in range(3)]
    rest = [{"pool": "REST", "officer_id": f"P-{i:03d}"} for i in range(3, 12)]
    goods = [{"hs_prefix": p, "pool": "TEXTILE"} for p in ("61", "62", "52", "87")]
    made = desks(k, k.any_item(61, 62, 52, 87), leak=0.0)
    return replace(made, rules=[{"pool": "REST"}, *goods], pools=pools + rest)


@add("desk by origin")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, np.isin(ORIGINS[k.origin], ["CN", "JP"]))


also("desk by origin, rule says random", MECHANISMS["desk by origin"], True, EVEN)


@add("desk by language, loosely as origin")
def _(seed: int) -> Made:
    k = lodged(seed)
    chinese = np.where(ORIGINS[k.origin] == "CN", 0.7, 0.03)
    return desks(k, k.rng.random(k.n) < chinese, size=2)


@add("desk by importer's letter (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    letter = np.random.default_rng(seed).integers(0, 4, k.importer.max() + 1)
    there = presence(k, 12)
    return Made(k, by_chance(k, there[k.day] * ((np.arange(12) % 4)[None, :] == letter[k.importer][:, None])))


@add("account officer for each importer (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    account = np.random.default_rng(seed).integers(0, 12, k.importer.max() + 1)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * (np.eye(12)[account[k.importer]] + 1e-6)))


@add("team by declarant's number (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 4) == (k.declarant % 4)[:, None])))


@add("desk by terminal, no section in the records")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 3) == k.terminal[:, None])))


@add("desk by terminal, section in the records")
def _(seed: int) -> Made:
    return replace(MECHANISMS["desk by terminal, no section in the records"](seed), section=lodged(seed).terminal)


@add("desk in the mornings only")
def _(seed: int) -> Made:
    k, c = lodged(seed), 12
    there = presence(k, c)
    at_desk = k.any_item(61, 62, 52) & (k.hour < 12)
    pool = np.where(at_desk[:, None], np.arange(c) < 3, (np.arange(c) >= 3) | (k.hour >= 12)[:, None])
    return Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there))


@add("senior officers for high values, threshold moved in mid-year")
def _(seed: int) -> Made:
    k = lodged(seed)
    value = np.where(k.chapters >= 0, k.values, 0).sum(axis=1)
    return desks(k, value > np.where(k.day < 120, 12000, 25000))


@add("fewer files after lunch, roster all day")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    slow = (np.arange(12) < 4)[None, :] & (k.hour >= 13)[:, None]
    return Made(k, by_chance(k, there[k.day] * np.where(slow, 0.3, 1.0)), all_day(there))


also("fewer files after lunch, rule says random", MECHANISMS["fewer files after lunch, roster all day"], True, EVEN)


@add("lunch in two sittings, roster all day")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    sitting = (12 + np.arange(12) % 2)[None, :]
    return Made(k, by_chance(k, there[k.day] * (np.floor(k.hour)[:, None] != sitting)), all_day(there), EVEN)


@add("leave nobody wrote down, roster says present")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    listed = all_day(there)
    for i in range(12):
        for begins in k.rng.integers(0, 245, 4).tolist():
            there[begins : begins + int(k.rng.integers(3, 12)), i] = False
    return Made(k, by_chance(k, there[k.day].astype(float)), listed, EVEN)


also("leave nobody wrote down, no roster", MECHANISMS["leave nobody wrote down, roster says present"], False)
also("leave nobody wrote down, no rule", MECHANISMS["leave nobody wrote down, roster says present"], True)


@add("hours of absence nobody wrote down")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    begins = k.rng.uniform(8, 16, (there.shape[0], 12))[k.day]
    off = (k.rng.random((there.shape[0], 12)) < 0.35)[k.day]
    gone = off & (k.hour[:, None] >= begins) & (k.hour[:, None] < begins + 2.5)
    return Made(k, by_chance(k, there[k.day] * ~gone + 1e-9), all_day(there), EVEN)


@add("half of those rostered are in the yard, week about")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    yard = (np.arange(12) % 2)[None, :] == (np.arange(there.shape[0]) // 5 % 2)[:, None]
    return Made(k, by_chance(k, there[k.day] * (~yard[k.day] + 1e-6)), all_day(there), EVEN)


@add("half of those rostered are in the yard, half-day about")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    half = k.rng.permuted(np.tile(np.arange(12) % 2, (there.shape[0], 1)), axis=1)[k.day]
    yard = half == (k.hour >= 12.5)[:, None]
    return Made(k, by_chance(k, there[k.day] * (~yard + 1e-6)), all_day(there), EVEN)


def crews(k: Lodged, swapped: float, shown: int = 0) -> Made:
    """Two crews, mornings and afternoons, that change every week; some swap, and the roster does not know."""
    days = int(k.day.max()) + 1
    crew = (np.arange(12)[None, :] + np.arange(days)[:, None] // 5) % 2
    listed = [
        (i, d * DAY + (480 if crew[d, i] == 0 else 780) + shown, d * DAY + (780 if crew[d, i] == 0 else 1080) + shown)
        for d in range(days)
        for i in range(12)
    ]
    swap = k.rng.random((days, 12)) < swapped
    now = (k.hour >= 13).astype(int)
    return Made(k, by_chance(k, ((crew ^ swap)[k.day] == now[:, None]).astype(float)), listed, EVEN)


MECHANISMS["two crews"] = lambda seed: crews(lodged(seed), 0.0)
MECHANISMS["two crews, a tenth of the shifts swapped"] = lambda seed: crews(lodged(seed), 0.1)
also("two crews, swaps, no rule", MECHANISMS["two crews, a tenth of the shifts swapped"], True)
also("two crews, swaps, no roster", MECHANISMS["two crews, a tenth of the shifts swapped"], False)
MECHANISMS["two crews, roster an hour late"] = lambda seed: crews(lodged(seed), 0.0, 60)
MECHANISMS["two crews, roster three hours late"] = lambda seed: crews(lodged(seed), 0.0, 180)


@add("night crews of two, three nights each")
def _(seed: int) -> Made:
    k = lodged(seed, night=True)
    night = (k.hour >= 20) | (k.hour < 6)
    turn = (k.day - (k.hour < 6)) // 3 % 5
    crew = (np.arange(12)[None, :] // 2) == turn[:, None]
    there = presence(k, 12)
    return Made(k, by_chance(k, np.where(night[:, None], crew, there[k.day] & ~crew) + 0.0))


@add("lent to another office by the day, roster says here")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    lent = k.rng.random(there.shape) < np.where(np.arange(12) < 4, 0.3, 0.0)
    return Made(k, by_chance(k, (there & ~lent)[k.day] + 1e-9), all_day(there), EVEN)


@add("two offices share officers: here in the mornings, there in the afternoons")
def _(seed: int) -> Made:
    k, c = lodged(seed, 5000), 14
    where = (np.random.default_rng(seed).random(k.declarant.max() + 1) < 0.4).astype(np.int64)[k.declarant]
    here = np.where(where[:, None] == 0, (np.arange(c) < 9), np.arange(c) >= 9)
    both = (np.arange(c) >= 5) & (np.arange(c) < 9)
    here = np.where(both & (where[:, None] == 1), (k.hour >= 13)[:, None], here)
    here = np.where(both & (where[:, None] == 0), (k.hour < 13)[:, None], here)
    return Made(k, by_chance(k, presence(k, c)[k.day] * here), office=where)


@add("team by the declaration's number")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 3) == (np.arange(k.n) % 3)[:, None])))


def rota(seed: int, opening: bool, restart: str) -> Made:
    k = lodged(seed, opening=opening)
    there = presence(k, 12)
    when = {"never": None, "each morning": k.day, "each shift": k.day * 2 + (k.hour >= 13)}[restart]
    return Made(k, in_turn(k, there[k.day], when), all_day(there))


MECHANISMS["rota, large declarants at opening"] = lambda seed: rota(seed, True, "never")
MECHANISMS["rota that begins again each morning"] = lambda seed: rota(seed, False, "each morning")
MECHANISMS["rota that begins again each morning, large declarants at opening"] = lambda s: rota(s, True, "each morning")
MECHANISMS["rota that begins again each shift"] = lambda seed: rota(seed, False, "each shift")
also("rota that begins again, at opening, no roster", lambda seed: rota(seed, True, "each morning"), False)


@add("rota by lane, begins again each morning")
def _(seed: int) -> Made:
    k = lodged(seed, opening=True)
    there, out = presence(k, 12), np.empty(lodged(seed).n, dtype=np.int64)
    for lane in range(3):
        at = np.flatnonzero(k.lane == lane)
        part = replace(k, **{f: getattr(k, f)[at] for f in ("day", "minute")})
        out[at] = in_turn(part, there[part.day], part.day)
    return Made(k, out)


def loaded(seed: int, by: str, daily: bool, ties: str, **about: Any) -> Made:
    k = lodged(seed, **about)
    there = presence(k, 12)
    value = np.where(k.chapters >= 0, k.values, 0).sum(axis=1)
    work = {"items": 10.0 + 5 * k.count, "value": value, "number": np.ones(k.n)}[by]
    return Made(k, least_loaded(k, there[k.day], work, daily, ties), all_day(there))


MECHANISMS["least loaded by items"] = lambda seed: loaded(seed, "items", False, "chance")
MECHANISMS["least loaded by value"] = lambda seed: loaded(seed, "value", False, "chance")
MECHANISMS["least loaded of the day, ties by number"] = lambda seed: loaded(seed, "number", True, "number")
MECHANISMS["least loaded of the day, ties by number, at opening"] = lambda seed: loaded(
    seed, "items", True, "number", opening=True
)


@add("whoever is free takes the next file")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    hard = np.where(np.isin(CHAPTERS[k.chapters[:, 0]], [84, 85, 87]), 3.0, 1.0)
    return Made(k, pulled(k, there[k.day], hard * k.rng.gamma(2, 60, k.n)), all_day(there))


def stuck(seed: int, whose: str, days: int, chance: float, draws: int = 4000) -> Made:
    k = lodged(seed, draws)
    there = presence(k, 12)
    fresh = by_chance(k, there[k.day].astype(float))
    return Made(k, sticky(k, fresh, getattr(k, whose), days, chance), all_day(there))


MECHANISMS["same importer within the day, same officer"] = lambda seed: stuck(seed, "importer", 1, 1.0)
MECHANISMS["same declarant within the day, same officer"] = lambda seed: stuck(seed, "declarant", 1, 1.0)
MECHANISMS["same importer within three days, same officer"] = lambda seed: stuck(seed, "importer", 3, 1.0)
MECHANISMS["same importer within a week, same officer"] = lambda seed: stuck(seed, "importer", 5, 1.0)
MECHANISMS["a fifth lodged again within three days, same officer"] = lambda seed: stuck(seed, "importer", 3, 0.2)
also("lodged again within three days, rule says random", lambda seed: stuck(seed, "importer", 3, 0.2), True, EVEN)
also("same importer within the day, rule says random", lambda seed: stuck(seed, "importer", 1, 1.0), True, EVEN)


def lots(seed: int, days: int, size: int = 1) -> Made:
    """An officer, or a team, is drawn by lot for each declarant anew every so often: against familiarity."""
    k, c = lodged(seed), 12
    period = k.day // days
    drawn = np.random.default_rng(seed).integers(0, c // size, (period.max() + 1, k.declarant.max() + 1))
    mine = np.arange(c)[None, :] // size == drawn[period, k.declarant][:, None]
    return Made(k, by_chance(k, presence(k, c)[k.day] * (mine + 1e-6)))


MECHANISMS["officer drawn by lot for each declarant, daily"] = lambda seed: lots(seed, 1)
MECHANISMS["officer drawn by lot for each declarant, weekly"] = lambda seed: lots(seed, 5)
MECHANISMS["officer drawn by lot for each declarant, monthly"] = lambda seed: lots(seed, 20)
MECHANISMS["team of three drawn by lot for each declarant, weekly"] = lambda seed: lots(seed, 5, 3)


@add("declarants of one day and hour, officers of certain days")
def _(seed: int) -> Made:
    k = lodged(seed, fixed=True)
    off = k.rng.integers(0, 5, 12)
    there = presence(k, 12) & (np.arange(k.day.max() + 1)[:, None] % 5 != off[None, :])
    afternoon = np.arange(12) >= 9
    weight = there[k.day] * np.where(afternoon, (k.hour >= 12)[:, None], True)
    return Made(k, by_chance(k, weight.astype(float)), all_day(there))


also("the same, no roster", MECHANISMS["declarants of one day and hour, officers of certain days"], False)


@add("seasonal declarants, officers who come and go all year")
def _(seed: int) -> Made:
    k, c = lodged(seed, seasonal=0.6), 18
    begins = k.rng.integers(-150, 200, c)
    stays = k.rng.integers(60, 250, c)
    d = np.arange(k.day.max() + 1)[:, None]
    there = presence(k, c) & (d >= begins) & (d < begins + stays)
    there[:, :2] = True
    learning = np.clip((k.day[:, None] - begins) / 60, 0.2, 1)
    return Made(k, by_chance(k, there[k.day] * learning), all_day(there))


also(
    "seasonal declarants, comings and goings, no roster",
    MECHANISMS["seasonal declarants, officers who come and go all year"],
    False,
)


@add("two officers become seniors in mid-year: hard goods only")
def _(seed: int) -> Made:
    k, c = lodged(seed), 12
    hard = k.any_item(87, 27, 22)
    senior = (k.day >= k.rng.integers(80, 180))[:, None]
    pool = np.where(senior, np.where(hard[:, None], np.arange(c) < 2, np.arange(c) >= 2), True)
    there = presence(k, c)
    return Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there))


@add("small teams by lane")
def _(seed: int) -> Made:
    k, c = lodged(seed), 9
    of = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    return Made(k, by_chance(k, presence(k, c, 0.95)[k.day] * (of[None, :] == k.lane[:, None])))


@add("holidays on a skeleton crew, office opened in mid-year")
def _(seed: int) -> Made:
    k = lodged(seed)
    k = replace(k, day=np.sort(100 + k.day * 6 // 10))
    there = presence(k, 12)
    for d in k.rng.choice(np.arange(100, 250), 15, replace=False).tolist():
        there[d] = np.isin(np.arange(12), k.rng.choice(12, 2, replace=False))
    return Made(k, by_chance(k, there[k.day].astype(float)), all_day(there))


@add("rule of a named pool, out of date")
def _(seed: int) -> Made:
    k, c = lodged(seed), 14
    there = presence(k, c)
    there[120:, 0:2] = False
    there[:120, 12:] = False
    pools = [{"pool": "HALL", "officer_id": f"P-{i:03d}"} for i in range(12)]
    return Made(k, by_chance(k, there[k.day].astype(float)), None, [{"pool": "HALL"}], pools)


def plain(seed: int, c: int, **about: Any) -> Made:
    k = lodged(seed, **about)
    there = presence(k, c)
    return Made(k, by_chance(k, there[k.day] * k.rng.gamma(8, 1 / 8, c)), all_day(there))


MECHANISMS["three officers"] = lambda seed: plain(seed, 3)
MECHANISMS["80 officers"] = lambda seed: plain(seed, 80, draws=6000)
MECHANISMS["six declarants"] = lambda seed: plain(seed, 10, declarants=6)
MECHANISMS["one declarant of 60%"] = lambda seed: plain(seed, 12, largest=0.6)


@add("duty officer of the day takes three in four")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    duty = k.rng.integers(0, 12, there.shape[0])[k.day]
    return Made(k, by_chance(k, there[k.day] * 0.03 + np.eye(12)[duty]), all_day(there))


@add("turns at the counter of two hours")
def _(seed: int) -> Made:
    k = lodged(seed)
    turn = k.day * 5 + ((k.hour - 8) // 2).clip(0, 4).astype(int)
    return Made(k, k.rng.integers(0, 12, turn.max() + 1)[turn])


@add("turns at the counter of 40 minutes, two officers at it")
def _(seed: int) -> Made:
    k = lodged(seed)
    turn = k.day * 15 + ((k.minute - 480) // 40).clip(0, 14)
    two = k.rng.integers(0, 12, (turn.max() + 1, 2))[turn]
    return Made(k, two[np.arange(k.n), k.rng.integers(0, 2, k.n)])


@add("pace that wanders from week to week")
def _(seed: int) -> Made:
    k = lodged(seed, seasonal=0.5)
    there = presence(k, 12)
    walk = np.cumsum(k.rng.normal(0, 0.25, (51, 12)), axis=0)
    return Made(k, by_chance(k, there[k.day] * np.exp(walk - walk.mean(axis=0))[k.day // 5]), all_day(there))


@add("pace that differs by hour for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.6, (10, 12)))[(k.hour - 8).clip(0, 9).astype(int)]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))


@add("pace that differs by goods for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.35, (16, 12)))[k.chapters[:, 0]]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))


also("pace by goods, no roster", MECHANISMS["pace that differs by goods for each officer"], False)


@add("pace that differs by goods and by origin for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.4, (8, 16, 12)))[k.origin, k.chapters[:, 0]]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))


@add("vessel every eight days, its agents' files to the officers at the berth")
def _(seed: int) -> Made:
    k = lodged(seed, 4500)
    vessel = k.day % 8 == 0
    berth = k.rng.integers(0, 12, (int(k.day.max()) + 1, 2))[k.day]
    off_ship = vessel & (k.terminal == 0)
    pool = (np.eye(12)[berth[:, 0]] + np.eye(12)[berth[:, 1]]) > 0
    there = presence(k, 12)
    return Made(k, by_chance(k, np.where(off_ship[:, None], pool, there[k.day]) + 1e-6), all_day(there))


def scheme(seed: int, strength: float, roster: bool) -> Made:
    """The largest declarant but two steered; everybody else is honest."""
    k = lodged(seed, largest=0.25)
    there = presence(k, 12)
    honest = by_chance(k, there[k.day] * k.rng.gamma(8, 1 / 8, 12))
    hit = (k.declarant == 0) & (k.rng.random(k.n) < strength) & there[k.day, 5]
    return Made(k, np.where(hit, 5, honest), all_day(there) if roster else None, scheme=(0, 5))


MECHANISMS["neighbours of one scheme of a quarter of the work, roster"] = lambda seed: scheme(seed, 0.8, True)
MECHANISMS["neighbours of one scheme of a quarter of the work"] = lambda seed: scheme(seed, 0.8, False)


# -- moves, for assignment-override ----------------------------------------------------------------------------------

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


def others(k: Lodged, there: NDArray[np.bool_], first: Ints, hit: NDArray[np.bool_], pool: Floats) -> Ints:
    return np.where(hit, by_chance(k, there[k.day] * pool + 1e-9), first)


@moves("files of an officer who fell ill that day, to colleagues")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    ill = k.rng.random(there.shape) < 0.06
    return others(k, there, first, ill[k.day, first], (~ill)[k.day].astype(float))


@moves("files of an officer who fell ill, all to one deputy of the day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    ill = k.rng.random(there.shape) < 0.06
    deputy = k.rng.integers(0, 12, there.shape[0])[k.day]
    return np.where(ill[k.day, first], deputy, first)


@moves("files after four o'clock, to the early officers of the next day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    early = k.rng.integers(0, 12, (there.shape[0], 2))[k.day]
    hit = (k.minute >= 960) & (k.rng.random(k.n) < 0.8)
    return np.where(hit, early[np.arange(k.n), k.rng.integers(0, 2, k.n)], first)


@moves("goods of any item to the specialists")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = k.any_item(87, 27) & (k.rng.random(k.n) < 0.7)
    return others(k, there, first, hit, np.isin(np.arange(12), [1, 2]).astype(float))


@moves("origins to those who read the language")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (ORIGINS[k.origin] == "CN") & (k.rng.random(k.n) < 0.5)
    return others(k, there, first, hit, np.isin(np.arange(12), [3, 4]).astype(float))


@moves("high values to two seniors")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = np.where(k.chapters >= 0, k.values, 0).sum(axis=1) > 30000
    return others(k, there, first, hit, np.isin(np.arange(12), [0, 7]).astype(float))


@moves("the files of the longest pile are shared out at noon")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    out = first.copy()
    for d in np.unique(k.day):
        mine = np.flatnonzero((k.day == d) & (k.hour < 12))
        pile = np.bincount(first[mine], minlength=12)
        longest, least = int(pile.argmax()), int(np.where(there[d], pile, 99).argmin())
        take = mine[first[mine] == longest][1:]
        out[take] = least
    return out


@moves("a file follows the importer's earlier file of that week")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return sticky(k, first, k.importer, 5, 0.5)


@moves("a file follows the importer's earlier file of that day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return sticky(k, first, k.importer, 1, 1.0)


@moves("goods at one terminal to the officers there")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (k.terminal == 2) & (k.rng.random(k.n) < 0.6)
    return others(k, there, first, hit, (np.arange(12) >= 9).astype(float))


@moves("inspection in the yard: red lane to the yard team of the week")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (k.lane == 1) & (k.rng.random(k.n) < 0.4)
    yard = (np.arange(12)[None, :] // 3) == (k.day // 5 % 4)[:, None]
    return others(k, there, first, hit, yard.astype(float))


@moves("refused by one officer for kinship with a declarant (by person)")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return others(k, there, first, (first == 4) & (k.declarant == 2), (np.arange(12) != 4).astype(float))


# -- asking ----------------------------------------------------------------------------------------------------------


def flags(made: Made, question: Any) -> list[tuple[str, str | None]]:
    with session_from_tables(tables(made)) as session:
        found = question.INDICATOR.test(question.INDICATOR.cells(session, SETTINGS), SETTINGS)
    rows = [(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist() if r["signal"]]
    planted = (f"P-{made.scheme[1]:03d}", f"B-{made.scheme[0]:03d}") if made.scheme else None
    return [pair for pair in rows if pair != planted]


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(15)
    words = sys.argv[2:]
    wanted = [w for w in words if w[0] != "-"] or [""]
    for title, question, known in (
        ("assignment-steering", assignment_steering, MECHANISMS),
        ("assignment-override", assignment_override, MOVES),
    ):
        print(title)
        for name, make in known.items():
            if any(w[1:] in name for w in words if w[0] == "-") or not any(w in name for w in wanted):
                continue
            began, hits, pairs = time.process_time(), 0, 0
            for seed in seeds:
                found = flags(make(seed), question)
                hits, pairs = hits + bool(found), pairs + len(found)
            between = clopper_pearson(hits, len(seeds))
            took = (time.process_time() - began) / len(seeds)
            print(
                f"{name:75s} {hits:3d} of {len(seeds):3d} ({np.max(between.low):.0%} to {np.max(between.high):.0%})"
                f" {pairs / len(seeds):6.2f} pairs an office  {took:.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
