"""Small worlds of draws with known assignment chances, made for these tests only.

One office a world. Each world says how officers are picked (the honest mechanism), how declarants lodge, and which
pairs are steered. The true chances of every draw are kept: they are what an oracle would test against.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import Draws
from arusha.indicators.assignment_rules import Eligible
from arusha.inference.multiplicity import adjust
from arusha.inference.poisson_binomial import upper_tail


@dataclass(frozen=True)
class Scheme:
    """While the officer is at work each draw of ``declarant`` goes there with chance ``strength``, against the rule."""

    declarant: int
    officer: int
    strength: float


@dataclass(frozen=True)
class World:
    """Draws of one office in order of time; ``chances`` are the honest ones, draws x officers."""

    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    declarant: NDArray[np.int64]
    officer: NDArray[np.int64]
    lane: NDArray[np.int64]
    chapter: NDArray[np.int64]
    procedure: NDArray[np.int64]
    chances: NDArray[np.float64]
    schemes: tuple[Scheme, ...] = ()
    batches: NDArray[np.int64] | None = None


def excess(made: World, declarant: int) -> NDArray[np.float64]:
    """The true excess share of each officer among a declarant's draws (one scheme a declarant)."""
    chances = made.chances[made.declarant == declarant]
    out = np.zeros(chances.shape[1])
    for scheme in made.schemes:
        if scheme.declarant == declarant:
            there = chances[:, scheme.officer] > 0
            to = np.arange(chances.shape[1]) == scheme.officer
            out += scheme.strength * (there[:, None] * (to - chances)).mean(axis=0)
    return out


@dataclass(frozen=True)
class Office:
    """How an office works. ``mechanism`` is one of the names that ``_availability`` and ``_pick`` know."""

    draws: int = 6000
    officers: int = 12
    declarants: int = 120
    days: int = 250
    mechanism: str = "random"
    inequality: float = 1.0
    """Zipf exponent of declarants' sizes."""
    largest_share: float | None = None
    """Share of the first declarant, where fixed."""
    lodging: str = "own hours"
    """``own hours``: each declarant keeps its own part of the day; ``even``: all alike."""
    goods: str = "own chapters"
    batch: int = 1
    """Mean number of declarations lodged and assigned together."""
    batch_minutes: int = 0
    """A batch is spread over this many minutes."""
    batchers: float = 1.0
    """Share of declarants that lodge in batches."""
    schemes: tuple[Scheme, ...] = field(default=())


def world(office: Office, seed: int) -> World:
    """Draw one world."""
    rng = np.random.default_rng(seed)
    day, minute, declarant, batch = _lodge(office, rng)
    n = day.size
    chapters = np.array([2, 8, 22, 27, 30, 39, 48, 52, 61, 62, 72, 73, 84, 85, 87, 94])
    if office.goods == "own chapters":
        # Most declarants deal in few chapters.
        taste = rng.dirichlet(np.full(chapters.size, 0.15), size=office.declarants)
    else:
        taste = np.full((office.declarants, chapters.size), 1 / chapters.size)
    chapter = chapters[(rng.random(n)[:, None] > taste[declarant].cumsum(axis=1)).sum(axis=1).clip(0, 15)]
    procedure = np.where(rng.random(n) < rng.beta(1, 6, office.declarants)[declarant], 1, 0)
    lane = np.where(rng.random(n) < rng.beta(2, 3, office.declarants)[declarant], 1, 0)
    chances = _chances(office, rng, day, minute, chapter, lane)
    honest = _pick(office, rng, chances, day, minute, batch)
    officer = honest.copy()
    for scheme in office.schemes:
        # Only while the officer is at work, or has a chance at all.
        hit = (declarant == scheme.declarant) & (rng.random(n) < scheme.strength) & (chances[:, scheme.officer] > 0)
        officer[hit] = scheme.officer
    return World(day, minute, declarant, officer, lane, chapter, procedure, chances, office.schemes, batch)


def _lodge(office: Office, rng: np.random.Generator) -> tuple[NDArray[np.int64], ...]:
    size = 1.0 / np.arange(1, office.declarants + 1) ** office.inequality
    size /= size.sum()
    if office.largest_share is not None:
        size[1:] *= (1 - office.largest_share) / size[1:].sum()
        size[0] = office.largest_share
    lodges = max(1, int(office.draws / (1 + (office.batch - 1) * office.batchers)))
    declarant = rng.choice(office.declarants, size=lodges, p=size)
    weekday_load = np.array([1.2, 1.0, 1.0, 0.9, 0.9])
    load = np.tile(weekday_load, office.days // 5 + 1)[: office.days] * rng.gamma(20, 1 / 20, office.days)
    day = rng.choice(office.days, size=lodges, p=load / load.sum())
    if office.mechanism in {"three shifts", "night desk"}:
        centre, spread = rng.uniform(0, 24, office.declarants), 3.0
    else:
        centre, spread = rng.uniform(8, 16, office.declarants), 1.5
    if office.lodging == "own hours":
        hour = centre[declarant] + spread * rng.standard_normal(lodges)
    else:
        hour = rng.uniform(0, 24, lodges) if spread == 3.0 else rng.uniform(8, 17, lodges)
    minute = np.floor((hour % 24) * 60).astype(np.int64)
    repeat = np.ones(lodges, dtype=np.int64)
    if office.batch > 1:
        batcher = rng.random(office.declarants) < office.batchers
        repeat = np.where(batcher[declarant], 1 + rng.poisson(office.batch - 1, lodges), 1)
    batch = np.repeat(np.arange(lodges), repeat)
    day, minute, declarant = (np.repeat(a, repeat) for a in (day, minute, declarant))
    if office.batch_minutes:
        minute = np.minimum(minute + rng.integers(0, office.batch_minutes + 1, minute.size), 24 * 60 - 1)
    order = np.lexsort((rng.random(day.size), minute, day))
    return day[order].astype(np.int64), minute[order], declarant[order].astype(np.int64), batch[order]


def _chances(
    office: Office,
    rng: np.random.Generator,
    day: NDArray[np.int64],
    minute: NDArray[np.int64],
    chapter: NDArray[np.int64],
    lane: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The honest chance of each officer for each draw."""
    n, c = day.size, office.officers
    present = (rng.random((office.days, c)) < 0.9).astype(float)  # leave, days off
    weight = present[day]
    hour = minute / 60
    kind = office.mechanism
    if kind in {"weights", "workload", "rota"}:
        weight = weight * rng.gamma(6, 1 / 6, c)
    if kind == "part time":
        weight[:, 0] *= hour < 12
        weight[:, 1] *= hour >= 13
        weight[:, 2] *= day % 5 < 2
    if kind == "three shifts":
        # The crews change shift every week.
        crew = np.arange(c) % 3
        shift = ((hour - 6) % 24 // 8).astype(int)
        operating_day = day - (hour < 6)
        weight = weight * (crew[None, :] == ((shift + operating_day // 7) % 3)[:, None])
    if kind == "night desk":
        night = (hour >= 21) | (hour < 6)
        weight = weight * np.where(night[:, None], np.arange(c) < 3, np.arange(c) >= 3)
    if kind == "rotation":
        half = office.days // 2
        weight = weight * np.where((day < half)[:, None], np.arange(c) < c - 3, np.arange(c) >= 3)
    if kind in {"desks", "desks rotate"}:
        desk = np.isin(chapter, [61, 62, 52])
        other = np.isin(chapter, [87])
        a, b = (np.arange(c) < 3), (np.arange(c) == 3)
        if kind == "desks rotate":
            late = day >= office.days // 2
            a2, b2 = (np.arange(c) >= c - 3), (np.arange(c) == 4)
            in_a = np.where(late[:, None], a2, a)
            in_b = np.where(late[:, None], b2, b)
        else:
            in_a, in_b = np.broadcast_to(a, (n, c)), np.broadcast_to(b, (n, c))
        pool = np.where(desk[:, None], in_a, np.where(other[:, None], in_b, ~(in_a | in_b)))
        weight = weight * (pool + 0.03)
    if kind == "lanes":
        weight = weight * np.where(lane[:, None] == 1, np.arange(c) < c // 2, np.arange(c) >= c // 2)
    empty = weight.sum(axis=1) == 0
    weight[empty] = 1.0
    return weight / weight.sum(axis=1, keepdims=True)


def _pick(
    office: Office,
    rng: np.random.Generator,
    chances: NDArray[np.float64],
    day: NDArray[np.int64],
    minute: NDArray[np.int64],
    batch: NDArray[np.int64],
) -> NDArray[np.int64]:
    n = day.size
    if office.mechanism == "workload":
        return _least_loaded(rng, chances, day)
    if office.mechanism == "rota":
        return _in_turn(chances, day)
    # One pick a batch: the first of the batch decides.
    u = rng.random(n)
    _, first, inverse = np.unique(batch, return_index=True, return_inverse=True)
    u = u[first][inverse] if office.batch > 1 else u
    picked = (u[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(0, office.officers - 1)
    return picked.astype(np.int64)


def _least_loaded(rng: np.random.Generator, chances: NDArray[np.float64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """The officer with least open work is picked; officers clear work at their own pace."""
    c = chances.shape[1]
    pace = rng.gamma(8, 1 / 8, c)
    load = np.zeros(c)
    picked = np.empty(day.size, dtype=np.int64)
    weight = 10 + 5 * rng.geometric(0.4, day.size)
    for d in range(day.size):
        if d and day[d] != day[d - 1]:
            load *= 0.2
        open_work = np.where(chances[d] > 0, load + 1e-6 * rng.random(c), np.inf)
        who = int(np.argmin(open_work))
        picked[d] = who
        load[who] += weight[d]
        load = np.maximum(load - pace * 1.5, 0)
    return picked


def _in_turn(chances: NDArray[np.float64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    c = chances.shape[1]
    picked = np.empty(day.size, dtype=np.int64)
    turn = 0
    for d in range(day.size):
        for step in range(1, c + 1):
            who = (turn + step) % c
            if chances[d, who] > 0:
                turn = who
                break
        picked[d] = turn
    return picked


def records(made: World, zone_hours: int = 0) -> dict[str, pa.Table]:
    """A world as tables of the records contract, with the local day and hour that a load derives."""
    n = made.day.size
    first = np.datetime64("2025-01-06")  # a Monday
    local = first.astype("datetime64[m]") + made.day * 24 * 60 + made.minute
    at = pa.array((local - np.timedelta64(zone_hours, "h")).astype("datetime64[us]"))
    on = pa.array((first + made.day).astype("datetime64[D]"))
    hour = pa.array(made.minute // 60)
    ids = pa.array([f"2025-{k:07d}" for k in range(n)])
    line = pa.array(np.arange(2, n + 2))
    lane = pa.array(np.where(made.lane == 1, "red", "yellow"))
    officer = pa.array([f"P-{k:03d}" for k in made.officer.tolist()])
    one = pa.array(np.ones(n, dtype=np.int64))
    return {
        "declarations": pa.table(
            {
                "declaration_id": ids,
                "office": pa.array(["PORT"] * n),
                "procedure": pa.array(np.where(made.procedure == 1, "IM7", "IM4")),
                "registered_at": at,
                "registered_on": on,
                "registered_hour": hour,
                "declarant_id": pa.array([f"B-{k:03d}" for k in made.declarant.tolist()]),
                "lane_assigned": lane,
                "source_file": pa.array(np.zeros(n, dtype=np.int64)),
                "source_line": line,
            }
        ),
        "assignments": pa.table(
            {
                "assignment_id": pa.array([f"A{k:07d}" for k in range(n)]),
                "declaration_id": ids,
                "sequence": one,
                "officer_id": officer,
                "assigned_at": at,
                "assigned_on": on,
                "assigned_hour": hour,
                "assigned_by": pa.array(["system"] * n),
            }
        ),
        "items": pa.table(
            {
                "declaration_id": ids,
                "item_no": one,
                "hs_code": pa.array([f"{c:02d}0190" for c in made.chapter.tolist()]),
                "origin": pa.array(["CN"] * n),
            }
        ),
    }


@dataclass(frozen=True)
class Move:
    """Each declaration of ``declarant`` is moved to ``officer`` (None: to anyone) with chance ``strength``."""

    declarant: int
    officer: int | None
    strength: float


def moved(made: World, moves: tuple[Move, ...], seed: int, ordinary: float = 0.04) -> NDArray[np.int64]:
    """Who has each draw in the end: a few moves at random, and those planted."""
    rng = np.random.default_rng(seed)
    final = made.officer.copy()
    count = made.chances.shape[1]
    hit = rng.random(final.size) < ordinary
    final[hit] = rng.integers(0, count, int(hit.sum()))
    for move in moves:
        hit = (made.declarant == move.declarant) & (rng.random(final.size) < move.strength)
        final[hit] = rng.integers(0, count, int(hit.sum())) if move.officer is None else move.officer
    return final


def with_moves(
    tables: dict[str, pa.Table], made: World, final: NDArray[np.int64], hours: int = 2
) -> dict[str, pa.Table]:
    """The records with a second pick, some hours later and by the chief's hand, where the officer changed."""
    at = np.flatnonzero(final != made.officer)
    first = tables["assignments"].take(pa.array(at))
    later = pa.table(
        {
            "assignment_id": pa.array([f"R{k:07d}" for k in at.tolist()]),
            "declaration_id": first["declaration_id"],
            "sequence": pa.array(np.full(at.size, 2)),
            "officer_id": pa.array([f"P-{k:03d}" for k in final[at].tolist()]),
            "assigned_at": pa.array(first["assigned_at"].to_numpy() + np.timedelta64(hours, "h")),
            "assigned_on": first["assigned_on"],
            "assigned_hour": pa.array(np.minimum(first["assigned_hour"].to_numpy() + hours, 23)),
            "assigned_by": pa.array(["CHIEF"] * at.size),
        }
    )
    return tables | {"assignments": pa.concat_tables([tables["assignments"], later.cast(first.schema)])}


def draws(made: World, office: str = "PORT", declared: bool = False) -> tuple[Draws, Eligible | None]:
    """A world as the draws that the test takes. ``declared``: an even chance over the officers at work is known."""
    n = made.day.size
    chapters = np.unique(made.chapter)
    first = 20094  # 2025-01-06 in days since 1970, a Monday
    group, pool = np.full(n, -1), None
    names = tuple(f"P-{k:03d}" for k in range(made.chances.shape[1]))
    if declared:
        members, group = np.unique(made.chances > 0, axis=0, return_inverse=True)
        group = group.reshape(-1)
        pool = Eligible(group, members, names)
    count = int(made.declarant.max()) + 1
    levels = {"lane": made.lane, "chapter": np.searchsorted(chapters, made.chapter), "procedure": made.procedure}
    level_names = {"lane": ("red", "yellow"), "chapter": tuple(map(str, chapters)), "procedure": ("IM4", "IM7")}
    return (
        Draws(
            office=office,
            frame=np.zeros(n, dtype=np.int64),
            day=made.day + first,
            hour=made.minute // 60,
            minute=(made.day + first) * 24 * 60 + made.minute,
            interval=np.full(n, -1),
            group=group,
            declarant=made.declarant,
            outcome=made.officer,
            levels=levels,
            declarants=tuple(f"B-{k:03d}" for k in range(count)),
            outcomes=names,
            level_names=level_names,
        ),
        pool,
    )


def override_draws(made: World, final: NDArray[np.int64], office: str = "PORT") -> Draws:
    """A world and who had each draw in the end, as the draws of the override question: outcome 0 is nobody."""
    taken, _ = draws(made, office)
    outcome = np.where(final != made.officer, final + 1, 0)
    return replace(
        taken,
        outcome=outcome,
        outcomes=("", *taken.outcomes),
        levels={**taken.levels, "first pick": made.officer},
        level_names={**taken.level_names, "first pick": taken.outcomes},
    )


def oracle(made: World, rate: float = 0.05, exposure: int = 30, excess: float = 5.0) -> set[tuple[int, int]]:
    """Pairs that stand out for one who knows the true chance of every draw (batches counted once)."""
    counts, chances, copies, cells, expected = [], [], [0], [], []
    for b in np.flatnonzero(np.bincount(made.declarant) >= exposure).tolist():
        mine = np.flatnonzero(made.declarant == b)
        if made.batches is not None:
            mine = mine[np.unique(made.batches[mine], return_index=True)[1]]
        for i in range(made.chances.shape[1]):
            counts.append(int((made.officer[mine] == i).sum()))
            chances.append(made.chances[mine, i])
            copies.append(copies[-1] + mine.size)
            cells.append((b, i))
            expected.append(float(made.chances[mine, i].sum()))
    q = adjust(upper_tail(counts, np.concatenate(chances), copies).p)
    return {c for c, k, n, e in zip(cells, q.tolist(), counts, expected, strict=True) if k <= rate and n - e >= excess}
