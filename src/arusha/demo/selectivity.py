"""The selectivity engine: criteria that weigh risk, tuned to the expected rates, and a random share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo.country import Country
from arusha.demo.trade import PROCEDURES, Lodged

GREEN, BLUE, YELLOW, RED = range(4)
LANES: Final = ("green", "blue", "yellow", "red")
# procedure -> expected rate of (blue, yellow, red) and minimum random rate of (yellow, red), as shares of declarations
_EXPECTED: Final = {"IM4": (0.06, 0.34, 0.20), "EX1": (0.0, 0.10, 0.03), "IM7": (0.04, 0.30, 0.10)}
_RANDOM: Final = {"IM4": (0.02, 0.03), "EX1": (0.005, 0.005), "IM7": (0.01, 0.01)}
MARGIN: Final = 1.2
"""The engine draws a little more at random than the minimum it owes."""


@dataclass(frozen=True)
class Settings:
    """(office, procedure, lane) -> expected rate and minimum random rate (NaN where there is none)."""

    expected: NDArray[np.float64]
    minimum_random: NDArray[np.float64]


def settings(country: Country) -> Settings:
    """What each office expects; offices differ a little."""
    rng = country.random("selectivity")
    shape = (len(country.offices), len(PROCEDURES), len(LANES))
    expected = np.zeros(shape)
    minimum = np.full(shape, np.nan)
    for p, name in enumerate(PROCEDURES):
        blue, yellow, red = _EXPECTED[name]
        factor = rng.uniform(0.85, 1.15, (shape[0], 3))
        expected[:, p, BLUE] = np.round(blue * factor[:, 0], 3)
        expected[:, p, YELLOW] = np.round(yellow * factor[:, 1], 3)
        expected[:, p, RED] = np.round(red * factor[:, 2], 3)
        minimum[:, p, YELLOW], minimum[:, p, RED] = _RANDOM[name]
    expected[:, :, GREEN] = np.round(1.0 - expected[:, :, BLUE:].sum(axis=2), 3)
    return Settings(expected, minimum)


def _tuned(
    weight: NDArray[np.float64], rate: NDArray[np.float64], cell: NDArray[np.int64], cells: int, cap: float
) -> NDArray[np.float64]:
    """Chances in proportion to weight whose mean within each cell is the cell's rate."""
    n = np.maximum(np.bincount(cell, minlength=cells), 1)
    chance = weight
    for _ in range(12):
        mean = np.bincount(cell, weights=chance, minlength=cells) / n
        chance = np.minimum(chance * (rate / np.maximum(mean, 1e-12))[cell], cap)
    return chance


def select(country: Country, lodged: Lodged, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lane of each declaration and the criterion that chose it (index into ``criteria``, -1 for none)."""
    s = settings(country)
    n, procedures = lodged.rows, len(PROCEDURES)
    cell = lodged.office * procedures + lodged.procedure
    cells = len(country.offices) * procedures
    expected = s.expected.reshape(cells, 4)
    random = np.nan_to_num(s.minimum_random.reshape(cells, 4)) * MARGIN
    seen = lodged.risk + rng.normal(0.0, 0.7, n)
    red = _tuned(np.exp(0.8 * seen), expected[:, RED] - random[:, RED], cell, cells, 0.45)
    yellow = _tuned(np.exp(0.3 * seen), expected[:, YELLOW] - random[:, YELLOW], cell, cells, 0.42)
    steps = np.stack([random[cell, RED], random[cell, YELLOW], red, yellow, expected[cell, BLUE]])
    bound = np.cumsum(steps, axis=0)
    u = rng.random(n)
    outcome = (u[None, :] >= bound).sum(axis=0)
    lane = np.array([RED, YELLOW, RED, YELLOW, BLUE, GREEN])[outcome]
    # Which criterion hit: the goods, the trader, the origin or the value.
    g, p = country.goods, country.parties
    leading = lodged.first_item
    strength = np.stack(
        [
            g.risk[lodged.product],
            p.risk[lodged.importer] + 0.2,
            0.6 * (lodged.item_origin[leading] < 4) - 0.2,
            0.5 * (np.log10(lodged.item_declared[leading] + 1) - 7.3),
        ]
    ) + rng.normal(0.0, 0.3, (4, n))
    which = np.argmax(strength, axis=0)
    criterion = np.where(which == 0, 4 + g.chapter[lodged.product], which)
    criterion = np.where(outcome < 2, 0, criterion)
    return lane, np.where(lane == GREEN, -1, criterion)


def criteria() -> list[str]:
    """Names by index: the random share, trader, origin, value, then one a chapter of goods."""
    return ["random", "TRADER", "ORIGIN", "VALUE", *(f"HS{chapter:02d}" for chapter in range(100))]
