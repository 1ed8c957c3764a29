"""What declarants lodge in a year, which does not depend on how the office works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHAPTERS = np.array([2, 8, 22, 27, 30, 39, 48, 52, 61, 62, 72, 73, 84, 85, 87, 94])
ORIGINS = np.array(["CN", "IN", "FR", "US", "ZA", "AE", "TR", "JP"])
DAY = 24 * 60
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


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
